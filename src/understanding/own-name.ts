import { foldInPlace } from "../text/fold.ts";

/** Where a name stands, in UTF-16 units. */
type Place = { readonly at: number; readonly length: number };

const set = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Family names, folded. */
const FAMILY = set(
  "nguyen tran le pham huynh hoang phan vu vo dang bui ngo duong ly doan vuong trinh truong dinh phung chau luu quach luong trieu kieu dam ninh nghiem hua khuat thach danh " +
    "do ho dao lam mai to ha ta cao thai tong la chu lai vi lo cam quang lau sung giang thao vang ma nong be luc dieu",
);
/** The same with their marks: "chủ", "vô", "đăng" are none. */
const MARKED = set(
  "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi ngô dương lý lí đoàn vương trịnh trương đinh phùng châu lưu quách lương triệu kiều đàm ninh nghiêm hứa khuất thạch danh " +
    "đỗ hồ đào lâm mai tô hà tạ cao thái tống la chu lại vi lò cầm quàng lầu sùng giàng thào vàng mã ma nông bế lục điểu",
);
/** Those among them that are everyday words as well: in small letters only what follows shows the name. */
const WEAK = set(
  "do ho dao lam mai to ha ta cao thai tong la chu lai vi lo cam quang lau sung giang thao vang ma nong be luc dieu danh dang kieu vo chau luong",
);
/** Syllables that hardly stand behind a family name but in a name. */
const MIDDLE = set("thi van");
const GIVEN = set(
  "anh an binh bich chau cuong diem diep dung duyen duc han hang hanh hao hieu hoa hoai hoang hong hue hung huong huyen khanh khoa khoi kieu lan le lien linh loan loc long man minh my nga ngan nghia ngoc nguyen nguyet nhan nhat nhi nhu nhung oanh phat phong phu phuc phuong quan que quoc quyen quynh son suong tan thang thanh thien thinh thoa thuan thuy tien tin toan tram trang tri trinh trong truc tuan tung tuyet uyen van vinh vy xuan yen",
);
/** What goes on after a name. */
const NO_NAME = set(
  "sdt dt dtdd tel so dien o tai xa phuong thon ap khu nop lam di den xin co bi hien tru thuong sinh nam la cho toi em minh tui chau can ho gia xe cccd cmnd cmt va voi muon da dang ngay hom nay nguoi dan gui goi lien dia khong chua duoc mua ban lai bo ubnd cong nhan nong nghiep",
);
const LONGEST = 5;

const SELF = "(?:chung )?(?:toi|em|minh|chau|con|tui)";
/** The person begins to say who they are: only where a sentence may begin is "tôi" who is named, not who is done to. */
const SAYS = new RegExp(
  String.raw`(?<![\p{L}\d])(?:${SELF} (?:ten(?: that| day du)?(?: la)?|la)|i(?: am|['’]?m))(?![\p{L}\d])`,
  "gu",
);
const BEGINS =
  /(?:^|[\p{P}\n]|(?<![\p{L}\d])(?:da|thua|vang|va|nhung|vi|nen|thi|hien|nay|ngan|nghin|trieu|dong|a|roi|nhe|nha|vay|oi|xin|day|vo|chong|me|cha|bo|con|trai|gai|\d[\d.,]*(?:k|tr|d)?|(?:chao|thua|kinh)(?: [^\s\p{P}]+){1,3}))\s*$/u;
/** Somebody else is quoted. */
const QUOTED = /(?<![\p{L}\d])(?:noi|bao|xung|rang|gioi thieu)(?: (?:la|toi|rang))*\s*[:,"“”']*\s*$/u;
/** The name of who writes, wherever it stands. */
const OWN = new RegExp(
  String.raw`(?<![\p{L}\d])(?:ten (?:cua )?(?:toi|em|minh|chau|tui)(?: la)?|(?:nguoi (?:gui|phan anh|khieu nai|to cao|viet don|lam don)|ky ten|my name)(?: (?:la|is))?)(?![\p{L}\d])`,
  "gu",
);
/** "Họ tên: …" as in a form. */
const FORM =
  /(?<=^|[.,;!?\n(–-]\s{0,3})(?:ho (?:va )?)?ten(?: la)?(?=\s*:)|(?<=^|[.,;!?\n(–-]\s{0,3})ho (?:va )?ten(?: la)?(?![\p{L}\d])/gu;
/** Characters before a cue that tell whether a sentence begins there, or somebody is quoted. */
const NEAR = 100;
const BETWEEN = /^[\s:]*/u;
/** What may stand before the name: "tôi là công dân Trần Thị Lan", "em là vợ ông Nguyễn Văn A". */
const ROLE =
  /^[\s:]*(?:(?:cong dan|nguoi dan|ho dan|chu ho|chu ho so|nong dan|giao vien|vo|chong|con|con trai|con gai|me|cha|bo|em|chi|cua|ong|ba|anh|chi|co|chu|bac|dai dien|ten(?: la)?)(?![\p{L}\d])[\s:]*){0,4}/u;

type Word = { readonly at: number; readonly typed: string; readonly folded: string };

/**
 * The names by which who writes says who they are: "tôi tên Trần Thị Lan", "tôi là Phạm Văn Tèo"; each wherever it stands
 * again. Not the names of others ("cán bộ tên Nguyễn Văn B"), which an agency must read.
 * @param text in composed Unicode
 */
export function ownNamesIn(text: string): Place[] {
  const folded = foldInPlace(text);
  const begun = Array.from(folded.matchAll(SAYS)).filter(({ index }) => {
    const before = folded.slice(Math.max(0, index - NEAR), index);
    const capital = /^\p{Lu}\p{Ll}/u.test(text.slice(index, index + 2));
    return (capital || BEGINS.test(before)) && !QUOTED.test(before);
  });
  const cues = [...begun, ...folded.matchAll(OWN), ...folded.matchAll(FORM)];
  const names = cues.flatMap(({ 0: cue, index }) => {
    const end = index + cue.length;
    // Anything may follow "tôi là", and "Võ", "Chu" are names where no name follows them.
    const named = cue.includes("ten") || !/(?:la|am|m)$/.test(cue);
    return [BETWEEN, ROLE]
      .flatMap((before) => {
        const from = end + (before.exec(folded.slice(end))?.[0].length ?? 0);
        const length = nameLength(text, folded, from, named);
        return length > 0 ? [folded.slice(from, from + length)] : [];
      })
      .slice(0, 1);
  });
  const places = new Map<number, Place>();
  for (const place of [...new Set(names)].flatMap((name) => placesOf(name, folded)))
    if (!places.has(place.at)) places.set(place.at, place);
  return [...places.values()];
}

/** How many characters from there on are a name; none where none begins. */
function nameLength(text: string, folded: string, from: number, named: boolean): number {
  const all = wordsFrom(text, folded, from);
  const [family, second] = all;
  if (!family || !second || !isFamily(family)) return 0;
  const shouted = !/\p{Ll}/u.test(text);
  const capital = (word: Word): boolean =>
    !shouted &&
    /^\p{Lu}(?:\p{Ll}*|\p{Lu}*)$/u.test(word.typed) &&
    !(isShouted(word) && NO_NAME.has(word.folded));
  const run = lengthOfRun(all, capital);
  const last = all[run - 1];
  const count = run >= 2 && last && !MIDDLE.has(last.folded) ? run : smallLetters(all, named);
  const end = all[count - 1];
  return end ? end.at + end.typed.length - from : 0;
}

function isFamily({ typed, folded }: Word): boolean {
  const small = typed.toLowerCase();
  return FAMILY.has(folded) && (small === folded || MARKED.has(small));
}

const isShouted = ({ typed }: Word): boolean => typed.length > 1 && typed === typed.toUpperCase();

/** How many of the words are a name that no capital letters tell. */
function smallLetters(all: readonly Word[], named: boolean): number {
  const [family, second, , fourth] = all;
  if (!family || !second) return 0;
  const strong = MIDDLE.has(second.folded);
  const weak = WEAK.has(family.folded) && !GIVEN.has(second.folded);
  if (!strong && (!named || weak)) return 0;
  const run = Math.min(3, lengthOfRun(all.slice(1), ({ folded }) => !NO_NAME.has(folded)) + 1);
  if (run < (strong ? 3 : 2)) return 0;
  return run === 3 && fourth && GIVEN.has(fourth.folded) ? 4 : run;
}

function lengthOfRun(all: readonly Word[], fits: (word: Word) => boolean): number {
  const end = all.findIndex((word) => !fits(word));
  return end === -1 ? all.length : end;
}

/** The words from there on that nothing but a space parts. */
function wordsFrom(text: string, folded: string, from: number): Word[] {
  const [run = ""] = /^\p{L}+(?: \p{L}+){0,5}/u.exec(text.slice(from)) ?? [];
  return Array.from(run.matchAll(/\p{L}+/gu), ({ 0: typed, index }) => ({
    at: from + index,
    typed,
    folded: folded.slice(from + index, from + index + typed.length),
  })).slice(0, LONGEST);
}

function placesOf(name: string, folded: string): Place[] {
  const found: Place[] = [];
  for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1)) {
    const around = `${folded[at - 1] ?? " "}${folded[at + name.length] ?? " "}`;
    if (!/[\p{L}\d]/u.test(around)) found.push({ at, length: name.length });
  }
  return found;
}
