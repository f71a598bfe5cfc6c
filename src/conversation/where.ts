import { fold, syllables } from "../text/fold.ts";
import { sameTone, untoned } from "../text/tones.ts";
import type { Gazetteer, Whereabouts } from "../understanding/places.ts";

/** Words beside a place's name in an answer to "where?", folded; … */
const BESIDE =
  /^(?:o|tai|thuoc|ben|tren|duoi|la|da|vang|a|nhe|xa|phuong|thi|tran|huyen|quan|tinh|thanh|pho|tp|tt|tx|cu|moi|nay|truoc|viet|nam|vn|do|day|in|at|of|the|commune|ward|district|province|city)$/;
/** … and whose it is, where one of them says that a place follows. */
const WHOSE = /^(?:toi|em|minh|tui|con|chau|chung|nha|chi|anh|cho|noi|dia|nop|lam)$/;
const FOLLOWS = /^(?:o|tai|thuoc|xa|phuong|huyen|quan|tinh|tp|in|at)$/;
/** Communes of these names need the word that says what they are: everywhere there is one of these. */
const OFFICE = /^(?:trung tam|van phong|cong an|uy ban)$/;
/** "Q3", "P.5": the letter stands for the type of unit. */
const NUMBERED = /\b([qpf])\.?(\d{1,2})\b/giu;
/** A type of unit, typed with its marks: what follows it is meant as a name. */
const TYPED = /(?:^|\s)(?:xã|phường|thị trấn|thị xã|huyện|quận|tỉnh|thành phố|đặc khu)\s/iu;

/**
 * The place that an answer to "where?" names; undefined where it rather says something else: "họ có biết ai gửi không" is no
 * phường Hồ, "tôi sợ lắm" no xã Sơ Lam. A wrong place would send the complaint to the wrong agency; a place not heard is
 * asked for once more.
 */
export function placeAnswered(text: string, gazetteer: Gazetteer): Whereabouts | undefined {
  const named = gazetteer.find(text);
  return placeAlone(text, gazetteer) ?? (named?.plain && named);
}

/**
 * The place that a text names with nothing beside it but words of where it is.
 * @param besides other folded words that may stand there, such as those of a correction
 */
export function placeAlone(text: string, gazetteer: Gazetteer, besides?: RegExp): Whereabouts | undefined {
  const told = gazetteer.find(text, true);
  return told && namesOnly(text, told, besides) && hasItsMarks(told) ? told : undefined;
}

/** Whether nothing stands beside the place's name but words of where it is. */
function namesOnly(text: string, place: Whereabouts, besides?: RegExp): boolean {
  if (OFFICE.test(fold(place.text))) return false;
  const spaced = text.normalize("NFC").replaceAll(NUMBERED, "$1 $2");
  const rest = fold(spaced.replace(place.text, " ")).match(/[\p{L}\p{N}]+/gu) ?? [];
  const follows = [...rest, ...fold(place.text).split(" ", 1)].some((word) => FOLLOWS.test(word));
  return rest.every(
    (word) => BESIDE.test(word) || (follows && WHOSE.test(word)) || besides?.test(word) === true,
  );
}

/** Whether the name is typed with the marks of what was found, with those of one syllable at least, or with none. */
function hasItsMarks(place: Whereabouts): boolean {
  if (TYPED.test(place.text.normalize("NFC"))) return true;
  const all = syllables(place.text);
  const typed = all.filter(({ marked, folded }) => marked !== folded);
  if (typed.length === 0) return true;
  const names = new Set(
    namesOf(place).flatMap((name) => syllables(name).map(({ marked }) => sameTone(marked))),
  );
  // "Quê" is no phường Quế, but "Núi Thanh" is Núi Thành.
  const bare = new Set(all.length > 1 ? [...names].map(untoned) : []);
  return typed.some(({ marked }) => names.has(sameTone(marked)) || bare.has(marked));
}

function namesOf({ commune, province, choices, former }: Whereabouts): string[] {
  const communes = [...(commune ? [commune] : []), ...choices];
  return [
    ...(former ? [former] : []),
    ...(province ? [province.name, ...province.was] : []),
    ...communes.flatMap(({ name, was }) => [name, ...was.flatMap((unit) => [unit.name, unit.district])]),
  ];
}
