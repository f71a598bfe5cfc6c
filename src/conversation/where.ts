import type { Draft, PlaceTold } from "../complaints/draft.ts";
import { syllables, words } from "../text/fold.ts";
import { sameTone, untoned } from "../text/tones.ts";
import type { Gazetteer, Whereabouts } from "../understanding/places.ts";
import type { Guide } from "./guide.ts";

/** Words beside a place's name in an answer to "where?", folded; … */
const BESIDE =
  /^(?:o|tai|thuoc|ben|tren|duoi|la|da|vang|thua|um|u|a|nha|nhe|nghe|do|day|ay|vay|ma|oi|anh|chi|em|ban|cu|moi|nay|truoc|viet|nam|vn|thon|xom|ap|khom|buon|lang|khu|vuc|dao|pho|\d+|in|at|of|the|island)$/;
/** … and whose it is, or what was done, where one of these says that a place follows. */
const WHOSE = /^(?:toi|minh|tui|con|chau|chung|cho|noi|dia|xay|ra|nop|lam)$/;
const FOLLOWS = /^(?:o|tai|thuoc|noi|dia|nop|in|at)$/;
/** Types of unit, folded, in single words. */
const UNIT =
  /^(?:xa|phuong|thi|tran|huyen|quan|tinh|thanh|pho|tp|tt|tx|p|q|dac|khu|commune|ward|district|province|city)$/;
/** A type of unit, typed with its marks: what follows it is meant as a name. */
const TYPED = /(?:^|\s)(?:xã|phường|thị trấn|thị xã|huyện|quận|tỉnh|thành phố|đặc khu)\s/iu;
/** "Q3", "P.5": the letter stands for the type of unit. */
const NUMBERED = /\b([qpf])\.?(\d{1,2})\b/giu;
/** What is told before "ở" is no part of the place: "hồ sơ nộp ở Gò Vấp". */
const AFTER_AT = /^.*(?:^|\s)(?:ở|tại|o|tai|in|at)\s+(?=\S)/iu;

/** A place that was told; one that is not `sure` is put before the person and not taken. */
export type PlaceHeard = { readonly place: Whereabouts; readonly sure: boolean };

/**
 * The place that an answer to "where?" names; undefined where it rather says something else: "họ có biết ai gửi không" is no
 * phường Hồ, "tôi sợ lắm" no xã Sơ Lam. A wrong place would send the complaint to the wrong agency.
 */
export function placeAnswered(text: string, gazetteer: Gazetteer): PlaceHeard | undefined {
  const alone = placeAlone(text, gazetteer);
  if (alone) return alone;
  const named = gazetteer.find(text);
  if (named && isPlain(named)) return { place: named, sure: true };
  const tail = text.normalize("NFC").replace(AFTER_AT, "");
  const after = tail === text ? undefined : placeAnswered(tail, gazetteer);
  if (after) return after;
  const told = gazetteer.find(text, true);
  // "UBND xã Bình An", "ấp 4, Phước Kiển, Nhà Bè"; and a slip in what is said to be a name.
  const mayBe = told && hasItsMarks(told) && (isCovered(told) ? words(told.text).length > 1 : isTyped(told));
  return mayBe ? { place: told, sure: false } : undefined;
}

/** The place that a text names with nothing beside it but words of where it is. */
export function placeAlone(text: string, gazetteer: Gazetteer): PlaceHeard | undefined {
  const place = gazetteer.find(text, true);
  if (!place || !namesOnly(text, place) || !isCovered(place) || !hasItsMarks(place)) return undefined;
  const named = gazetteer.find(text);
  return { place, sure: (named !== undefined && isPlain(named)) || isFull(place) };
}

/** The commune that what was typed under the preview plainly names, where it is another than the draft's. */
export function otherPlace({ typed, place }: Draft, { reader }: Guide): PlaceTold | undefined {
  const named = typed === undefined ? undefined : reader.gazetteer.find(typed)?.plain;
  if (!named?.commune || named.commune.code === place?.code) return undefined;
  return { code: named.commune.code, name: `${named.commune.name}, ${named.province.name}` };
}

/** Whether it is said to be a place, and all of it is the place's name. */
function isPlain(place: Whereabouts): boolean {
  return place.plain !== undefined && (place.commune === undefined || isCovered(place));
}

/** Whether nothing stands beside the place's name but words of where it is. */
function namesOnly(text: string, place: Whereabouts): boolean {
  const spaced = text.normalize("NFC").replaceAll(NUMBERED, "$1 $2");
  const rest = words(spaced.replace(place.text, " "));
  const follows = rest.some((word) => FOLLOWS.test(word));
  return rest.every((word) => BESIDE.test(word) || UNIT.test(word) || (follows && WHOSE.test(word)));
}

/** Whether all that was taken for the place is its name: a found text goes from the first name to the last. */
function isCovered(place: Whereabouts): boolean {
  if (place.commune === undefined && place.choices.length === 0) return true;
  const names = new Set(namesOf(place).flatMap(words));
  return words(place.text).every((word) => names.has(word) || UNIT.test(word) || /^\d+$/.test(word));
}

function isTyped({ text }: Whereabouts): boolean {
  return TYPED.test(text.normalize("NFC"));
}

/** Whether it is more than one bare name, which may as well be an everyday word: "đồng ý", "nhà máy", "bình tĩnh". */
function isFull(place: Whereabouts): boolean {
  if (place.commune === undefined || isTyped(place)) return true;
  const ofName = (text: string): number => new Set(words(text).filter((word) => !UNIT.test(word))).size;
  const [name = ""] = (place.former ?? place.commune.name).split(",");
  const [first = ""] = words(place.text);
  return ofName(place.text) > ofName(name) || (ofName(name) > 1 && UNIT.test(first));
}

/** Whether the name is typed with the marks of what was found, with those of one syllable at least, or with none. */
function hasItsMarks(place: Whereabouts): boolean {
  if (isTyped(place) || (place.commune === undefined && place.choices.length === 0)) return true;
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
    ...communes.flatMap(({ name, was }) => [
      name,
      ...was.flatMap((unit) => [unit.name, unit.district, unit.province]),
    ]),
  ];
}
