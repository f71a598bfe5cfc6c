import type { Commune, Places, Province } from "../knowledge/place.ts";
import { foldedOf, type Syllable, syllables, words } from "../text/fold.ts";
import { buildMisspelt } from "./misspelt.ts";

/** Where something happened: one commune, or one province, or a short choice. */
export type Whereabouts = {
  readonly text: string;
  readonly commune?: Commune;
  readonly province?: Province;
  /** More than one commune fits: ask. */
  readonly choices: readonly Commune[];
  readonly former?: string;
  /** What it plainly says to be: no name by chance ("thống nhất"), and no two provinces ("quê Nghệ An, ở Đà Nẵng"). */
  readonly plain?: { readonly province: Province; readonly commune?: Commune };
};

/** `marked`: the name without its type, marks kept, for telling Sơn Hà from Sơn Hạ. */
type Meaning = {
  communes: Set<string>;
  province?: string;
  former?: string;
  marked?: string;
  typed: boolean;
  /** An everyday name is a place however short it is ("HN"). */
  everyday?: true;
};
export type Gazetteer = {
  /**
   * Finds the place a text speaks of.
   * @param direct the text is the answer to "where?", so bare names count
   * @param before it speaks of the time before 1 July 2025: a name is the old unit's, where there was one
   */
  find(text: string, direct?: boolean, before?: boolean): Whereabouts | undefined;
};

const TYPES = /^(?:thi tran|thi xa|thanh pho|dac khu|phuong|quan|huyen|tinh|xa)\s+/;
const TYPE_BEGINS: ReadonlySet<string> = new Set([
  "thi",
  "thanh",
  "dac",
  "phuong",
  "quan",
  "huyen",
  "tinh",
  "xa",
]);
const SHORT_TYPES: Readonly<Record<string, string>> = {
  p: "phuong",
  q: "quan",
  h: "huyen",
  tp: "thanh pho",
  tx: "thi xa",
  tt: "thi tran",
  x: "xa",
  t: "tinh",
  f: "phuong",
};
/** Builds the name table over all communes, former units, districts and provinces. */
export function buildGazetteer(places: Places): Gazetteer {
  const names = new Map<string, Meaning[]>();
  const beginnings = new Map<string, Map<string, number>>();
  const add = (key: string, meaning: Meaning): void => {
    const list = names.get(key);
    if (list) list.push(meaning);
    else names.set(key, [meaning]);
    const syllables = key.split(" ");
    const [first = "", second = ""] = syllables;
    const seconds = beginnings.get(first) ?? new Map<string, number>();
    beginnings.set(first, seconds.set(second, Math.max(syllables.length, seconds.get(second) ?? 0)));
  };
  for (const commune of places.communes.values()) addCommune(commune, add);
  addFormer(places, add);
  for (const province of places.provinces.values()) {
    addProvince(province.name, province.code, undefined, add);
    for (const was of province.was) {
      if (bare(keyOf(was)) !== bare(keyOf(province.name))) addProvince(was, province.code, was, add);
    }
  }
  for (const { name, means } of places.everyday) {
    const marked = markedOf(name);
    for (const meaning of names.get(keyOf(means)) ?? [])
      add(keyOf(name), { ...meaning, marked, typed: true, everyday: true });
  }
  const misspelt = buildMisspelt([...names.keys()].filter((key) => bare(key) === key));
  return {
    find: (text, direct = false, before = false) => {
      const spaced = text.replaceAll(/\b([qpf])\.?(\d{1,2})\b/gi, "$1 $2");
      return locate(mentions(spaced, { names, beginnings, misspelt }, direct), places, spaced, before);
    },
  };
}

type Add = (name: string, meaning: Meaning) => void;

function addCommune(commune: Commune, add: Add): void {
  const key = keyOf(commune.name);
  const meaning = { communes: new Set([commune.code]), marked: markedOf(commune.name) };
  add(key, { ...meaning, typed: true });
  add(bare(key), { ...meaning, typed: false });
}

function addProvince(name: string, code: string, former: string | undefined, add: Add): void {
  const meaning = {
    communes: new Set<string>(),
    province: code,
    marked: markedOf(name),
    ...(former && { former }),
  };
  const key = keyOf(name);
  add(key, { ...meaning, typed: true });
  add(bare(key), { ...meaning, typed: true });
}

function addFormer(places: Places, add: Add): void {
  const units = new Map<string, Set<string>>();
  const districts = new Map<string, Set<string>>();
  const collect = (map: Map<string, Set<string>>, key: string, code: string): void => {
    map.set(key, (map.get(key) ?? new Set()).add(code));
  };
  for (const commune of places.communes.values()) {
    for (const unit of commune.was) {
      collect(units, `${unit.name}|${unit.district}|${unit.province}`, commune.code);
      if (unit.district) collect(districts, `${unit.district}|${unit.province}`, commune.code);
    }
  }
  for (const [map, isDistrict] of [
    [units, false],
    [districts, true],
  ] as const) {
    for (const [key, communes] of map) {
      const [name = "", ...rest] = key.split("|");
      const former = [name, ...rest].join(", ");
      const folded = keyOf(name);
      const meaning = { communes, former, marked: markedOf(name) };
      add(folded, { ...meaning, typed: true });
      if (!/\d$/.test(name)) add(bare(folded), { ...meaning, typed: isDistrict });
    }
  }
}

const keyOf = (name: string): string => words(name).join(" ");

/** A key without its type of unit. */
const bare = (key: string): string => key.replace(TYPES, "");

/** A name's syllables with their marks, without the type of unit. */
function markedOf(name: string): string {
  const typed = syllables(name);
  return lastMarked(typed, bare(keyOf(name)).split(" ").length);
}

const lastMarked = (typed: readonly Syllable[], count: number): string =>
  typed
    .slice(-count)
    .map((syllable) => syllable.marked)
    .join(" ");

type Hit = {
  at: number;
  length: number;
  text: string;
  meanings: readonly Meaning[];
  typed: boolean;
  /** Meant as a place, and written as the name is. */
  plain: boolean;
};

type Beginnings = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** What each name may mean. */
type NameTable = {
  readonly names: ReadonlyMap<string, readonly Meaning[]>;
  /** First syllables of names, then second ones, with the most syllables of such a name: most words of a message begin none. */
  readonly beginnings: Beginnings;
  /** Names that the folded one may be a slip of. */
  readonly misspelt: (key: string, strict: boolean) => readonly string[];
};

/** Names taken from one text: each is compared with each. */
const MOST_HITS = 8;

/** All names in the text, longest first at each place, not overlapping. */
function mentions(text: string, table: NameTable, direct: boolean): Hit[] {
  const typed = syllables(text);
  const folded = typed.map((syllable) => SHORT_TYPES[syllable.folded] ?? syllable.folded);
  const ends = SEPARATOR.test(text) ? partEnds(text) : [typed.length];
  const hits: Hit[] = [];
  let at = 0;
  while (at < typed.length) {
    const end = ends.find((candidate) => candidate > at) ?? typed.length;
    const reach = Math.min(end - at, reachOf(typed, folded, at, table.beginnings));
    const longest = reach > 0 ? longestAt(typed, folded, at, reach, table.names, direct) : undefined;
    const hit =
      (longest && besideProvince(longest, typed, folded, end, table.names, direct)) ??
      slipAt(typed, folded, at, end - at, table, direct);
    // A place is told in a few names, the town and its district perhaps alike; a flood of names tells none.
    if (hit && hits.filter((other) => other.text === hit.text).length < 2) hits.push(hit);
    if (hits.length === MOST_HITS) break;
    at += hit?.length ?? 1;
  }
  return hits;
}

/**
 * "Xã Phú Hòa Đồng Nai" is Phú Hòa in Đồng Nai and no Phú Hòa Đông: a shorter name, where a province follows it and both
 * together reach further.
 */
function besideProvince(
  longest: Hit,
  typed: readonly Syllable[],
  folded: readonly string[],
  end: number,
  names: NameTable["names"],
  direct: boolean,
): Hit {
  const { at } = longest;
  for (let room = longest.length - 1; room > 0; ) {
    const shorter = longestAt(typed, folded, at, room, names, direct);
    if (!shorter) return longest;
    if (at + shorter.length + provinceAt(folded, at + shorter.length, end, names) > at + longest.length)
      return shorter;
    room = shorter.length - 1;
  }
  return longest;
}

/** Syllables of the province's name that begins there; 0 where none does. */
function provinceAt(folded: readonly string[], at: number, end: number, names: NameTable["names"]): number {
  for (let length = Math.min(LONGEST_NAME, end - at); length > 0; length--) {
    const meanings = names.get(folded.slice(at, at + length).join(" "));
    if (meanings?.some(({ province, communes }) => province !== undefined && communes.size === 0))
      return length;
  }
  return 0;
}

/** Syllables of the longest name. */
const LONGEST_NAME = 6;

/** As many syllables as a name that begins here may have: by its first, and by its first two. */
function reachOf(
  typed: readonly Syllable[],
  folded: readonly string[],
  at: number,
  beginnings: Beginnings,
): number {
  const [first, second] = [folded[at], folded[at + 1]];
  const [plain = "", next = ""] = [typed[at]?.folded, typed[at + 1]?.folded];
  // A short type of unit ("tp") stands for two syllables.
  if (first !== plain || second !== next) return LONGEST_NAME;
  const seconds = beginnings.get(plain);
  if (!seconds) return 0;
  return seconds.get(next) ?? 1;
}

const SEPARATOR = /[,;\n]/;
/** Where the parts of a text between commas end, in syllables: "xã Tân An, thành phố …" is not Tân An Thành. */
function partEnds(text: string): number[] {
  let end = 0;
  return text.split(SEPARATOR).map((part) => {
    end += syllables(part).length;
    return end;
  });
}

/** What is meant by a name typed with marks: the names with just these marks, if there are any. */
function asMarked(typed: readonly Syllable[], found: readonly Meaning[]): readonly Meaning[] {
  if (typed.every((syllable) => syllable.marked === syllable.folded)) return found;
  const same = found.filter(
    ({ marked }) => marked === undefined || lastMarked(typed, marked.split(" ").length) === marked,
  );
  return same.length > 0 ? same : found;
}

/** "phường Hải …" is no Phương Hải: its first word is written as a type of unit and not as the name's. */
function startsWithType(typed: readonly Syllable[], marked: string | undefined): boolean {
  const [first] = typed;
  const name = marked?.split(" ") ?? [];
  const isType = first !== undefined && MARKED_TYPE.test(`${first.typed.toLowerCase()} `);
  return isType && name.length === typed.length && name[0] !== first.marked;
}

function longestAt(
  typed: readonly Syllable[],
  folded: readonly string[],
  at: number,
  room: number,
  names: ReadonlyMap<string, readonly Meaning[]>,
  direct: boolean,
): Hit | undefined {
  const hasShort = folded.slice(at, at + room).some((word, place) => word !== typed[at + place]?.folded);
  for (let length = room; length > 0; length--) {
    const key = folded.slice(at, at + length).join(" ");
    const plain = hasShort ? foldedOf(typed, at, at + length) : key;
    const all = names.get(key) ?? names.get(plain);
    if (!all) continue;
    const found = asMarked(typed.slice(at, at + length), all).filter(
      ({ marked }) => !startsWithType(typed.slice(at, at + length), marked),
    );
    const withType = TYPES.test(`${key} `) && key.includes(" ");
    // "Sài Gòn" is the city to everybody, although a ward of it has the name now.
    const everyday = withType ? [] : found.filter((meaning) => meaning.everyday && meaning.province);
    if (everyday.length > 0)
      return { ...hitOf(typed, at, length, everyday, false), plain: isPlain(typed, at, length, everyday) };
    const usable = found.filter(
      (meaning) =>
        withType ||
        direct ||
        (meaning.typed &&
          (length > 1 ||
            plain.length > 3 ||
            meaning.everyday ||
            // "Huế" is short, but not "huệ".
            (meaning.marked === typed[at]?.marked && meaning.marked !== plain))),
    );
    const trusted =
      withType || direct || introduced(folded, at)
        ? found
        : usable.filter((meaning) => meaning.province || length > 1);
    if (!withType && !direct && COMMON.test(plain)) continue;
    if (trusted.length === 0 || (length === 1 && plain.length < 2)) continue;
    const hit = hitOf(typed, at, length, trusted, withType);
    return { ...hit, plain: direct || isPlain(typed, at, length, trusted) };
  }
  return undefined;
}

/** Names of communes that are everyday words even after "ở" or "xã". */
const ORDINARY = /^(?:xa )?(?:bien gioi|an toan|quang truong|truong trung)$/;
/** Types of unit below the province, as typed without marks ("tinh" may be "tính"). */
const COMMUNAL = /^(?:xa|phuong|quan|huyen|thi tran|thi xa|thanh pho|tp|dac khu) /;
/** Names of provinces that are everyday words when typed without marks ("tính giá lại", "năm định cư"). */
const BY_CHANCE =
  /^(?:gia lai|nam dinh|ben tre|son la|can tho|lai chau|phu yen|lam dong|hai phong|cao bang|dien bien)$/;

/**
 * Whether a name stands there as the name of a place: with its marks or in a text that has none, after the type of a unit
 * or a word like "ở", or as a province, which needs neither.
 */
function isPlain(
  typed: readonly Syllable[],
  at: number,
  length: number,
  meanings: readonly Meaning[],
): boolean {
  const name = typed.slice(at, at + length);
  const isBare = ({ marked, folded }: Syllable): boolean => marked === folded;
  const unmarked = name.every(isBare) && typed.filter((one) => !isBare(one)).length <= 1;
  const same = meanings.some(
    ({ marked }) => marked !== undefined && lastMarked(name, marked.split(" ").length) === marked,
  );
  if (!same && !unmarked) return false;
  const written = name.map((one) => one.typed.toLowerCase()).join(" ");
  if (ORDINARY.test(keyOf(written))) return false;
  if (MARKED_TYPE.test(`${written} `)) return true;
  if (length === 1 && name.some((one) => one.typed === one.typed.toUpperCase()))
    return meanings.some(({ everyday }) => everyday);
  const isProvince = meanings.some(({ province }) => province !== undefined);
  // "Tái định cư" is not "tại Định Cư".
  const before = typed.map((one) => (one.typed.toLowerCase() === "tái" ? "" : one.folded));
  // "Ở Vinh" is meant as a name, "ở chợ" is not.
  if (introduced(before, at) && length === 1 && same && /^\p{Lu}/u.test(name[0]?.typed ?? "")) return true;
  if (introduced(before, at) && length > 1) return isProvince || !unmarked || COMMUNAL.test(written);
  return isProvince && (length > 1 || (same && !unmarked)) && !(unmarked && BY_CHANCE.test(bare(written)));
}

/** Words of offices ("bộ phận"); communes of these names need the word that says what they are. */
const COMMON = /^(?:trung tam|van phong|van ban|bo)$/;

function hitOf(
  all: readonly Syllable[],
  at: number,
  length: number,
  meanings: readonly Meaning[],
  typed: boolean,
): Hit {
  return { at, length, text: foldedOf(all, at, at + length), meanings, typed, plain: false };
}

/** Types of unit as they are typed with marks; without marks they are ordinary words ("xa", "quan", "phuong"). */
const MARKED_TYPE = /^(?:xã|phường|huyện|quận|tỉnh|thị trấn|thị xã|thành phố|đặc khu) /;
/** "Bảo hiểm xã hội", "phường mới", "xã nào": no commune is called so. */
const NO_NAME = /^(?:xã hội|\S+ (?:mới|cũ|này|đó|nào|khác|trên|mình|em|tôi))(?: |$)/;
/** A name has two syllables or more, so that one of them can be wrong. */
const SLIP = { least: 2, most: 4 } as const;
/** Syllables in which the type of a unit, or what shows that there is none, stands. */
const TYPE_WITHIN = 8;

/** A misspelt name: the whole answer to "where?", or what follows the type of a unit. */
function slipAt(
  typed: readonly Syllable[],
  folded: readonly string[],
  at: number,
  room: number,
  { names, misspelt }: NameTable,
  direct: boolean,
): Hit | undefined {
  // Nearly every word of a message ends here.
  if (!direct && !TYPE_BEGINS.has(folded[at] ?? "")) return undefined;
  // The type of a unit is at the beginning: a long text must not be gone through once for each of its words.
  const end = at + Math.min(room, TYPE_WITHIN);
  const type = TYPES.exec(`${folded.slice(at, end).join(" ")} `)?.[0] ?? "";
  const skip = type === "" ? 0 : type.trim().split(" ").length;
  const written = typed
    .slice(at, end)
    .map((syllable) => syllable.typed.toLowerCase())
    .join(" ");
  const isType = skip > 0 && MARKED_TYPE.test(`${written} `) && !NO_NAME.test(written);
  if (!direct && !isType) return undefined;
  for (let length = Math.min(SLIP.most, room - skip); length >= SLIP.least; length--) {
    // Within an answer to "where?" a part between commas is one name, not the beginning of another.
    if (!isType && skip + length < room) return undefined;
    const key = folded.slice(at + skip, at + skip + length).join(" ");
    // "Xã Côn Đảo": the type of unit is the slip.
    const named = isType ? (names.get(key) ?? []).filter((meaning) => direct || meaning.typed) : [];
    const exact = asMarked(typed.slice(at + skip, at + skip + length), named);
    if (exact.length > 0) return hitOf(typed, at, skip + length, exact, true);
    const likely = misspelt(key, !direct);
    const ofType = likely.flatMap((name) => names.get(type + name) ?? []);
    const meanings =
      ofType.length > 0
        ? ofType
        : likely.flatMap((name) => (names.get(name) ?? []).filter((meaning) => direct || meaning.typed));
    if (meanings.length > 0) return hitOf(typed, at, skip + length, meanings, skip > 0);
  }
  return undefined;
}

/** "ở Tam Kỳ", "tại Hội An": a bare name after such a word is a place. */
function introduced(folded: readonly string[], at: number): boolean {
  return ["o", "tai", "que", "ubnd", "in"].includes(folded[at - 1] ?? "");
}

/** Narrows by each other: "xã Núi Thành, Đà Nẵng"; the smallest unit named leads. */
function locate(
  hits: readonly Hit[],
  places: Places,
  original: string,
  before: boolean,
): Whereabouts | undefined {
  if (hits.length === 0) return undefined;
  const provinces = new Set(hits.flatMap((hit) => hit.meanings.flatMap((meaning) => meaning.province ?? [])));
  const districts = hits.filter((hit) => hit.meanings.some((meaning) => meaning.communes.size > 1));
  const named = hits.filter((hit) => hit.meanings.some((meaning) => meaning.communes.size > 0));
  const inner = named.filter(
    (hit) =>
      !named.some(
        (other) =>
          other !== hit &&
          encloses(hit, other, places) &&
          !(hit.at < other.at && encloses(other, hit, places)),
      ),
  );
  const local = inner.length > 0 ? inner : named;
  const scored = local
    .map((hit) => narrow(hit, hits, provinces, districts, places, before))
    .filter((candidate) => candidate.communes.length > 0)
    .sort((a, b) => a.communes.length - b.communes.length || Number(b.hit.typed) - Number(a.hit.typed));
  const best = scored[0];
  const text = textOf(hits, original);
  const plain = plainOf(hits, provinces, districts, places, before);
  if (!best) {
    const code = [...provinces][0];
    const province = code ? places.provinces.get(code) : undefined;
    return province && { text, province, choices: [], ...(plain && { plain: { province: plain } }) };
  }
  const codes = new Set(best.communes.map((commune) => commune.province));
  const provinceCode = codes.size === 1 ? [...codes][0] : undefined;
  const province = provinceCode ? places.provinces.get(provinceCode) : undefined;
  const [commune] = best.communes;
  return {
    text,
    ...(best.communes.length === 1 && commune ? { commune } : {}),
    ...(province ? { province } : {}),
    choices: best.communes.length > 1 ? best.communes : [],
    ...(best.former ? { former: best.former } : {}),
    ...(plain && {
      plain: {
        province: plain,
        ...(best.hit.plain && best.communes.length === 1 && commune && { commune }),
      },
    }),
  };
}

/** The only province that the plain names among these are or lie in. */
function plainOf(
  hits: readonly Hit[],
  provinces: ReadonlySet<string>,
  districts: readonly Hit[],
  places: Places,
  before: boolean,
): Province | undefined {
  const named = hits
    .filter(({ plain }) => plain)
    .flatMap((hit) => {
      const own = hit.meanings.flatMap(({ province }) => province ?? []);
      if (own.length > 0) return own;
      const { communes } = narrow(hit, hits, provinces, districts, places, before);
      const within = new Set(communes.map(({ province }) => province));
      return within.size === 1 ? [...within] : [];
    });
  const [only, ...others] = new Set(named);
  return only !== undefined && others.length === 0 ? places.provinces.get(only) : undefined;
}

/**
 * "xã Hòa Liên, Hòa Vang", "Q3 Sài Gòn": the second is said as the district or province of the first. Where either
 * could be, as in "Núi Thành, Núi Thành", the first is the smaller.
 */
function encloses(outer: Hit, inner: Hit, places: Places): boolean {
  const provinces = new Set(outer.meanings.flatMap((meaning) => meaning.province ?? []));
  return inner.meanings.some(
    ({ communes, former }) =>
      outer.meanings.some((around) => around.former && former?.endsWith(`, ${around.former}`)) ||
      [...communes].some((code) => provinces.has(places.communes.get(code)?.province ?? "")),
  );
}

/** Units that had communes in them. */
const TOWN = /^(?:thành phố|thị xã|quận|huyện) /i;

function narrow(
  hit: Hit,
  hits: readonly Hit[],
  provinces: ReadonlySet<string>,
  districts: readonly Hit[],
  places: Places,
  isBefore: boolean,
): { hit: Hit; communes: Commune[]; former?: string } {
  const inProvince = (code: string): boolean => {
    const commune = places.communes.get(code);
    return provinces.size === 0 || (commune !== undefined && provinces.has(commune.province));
  };
  const current = hit.meanings.filter((meaning) => !meaning.former);
  // There are no districts any more: who names one as well means the unit that was in it.
  const others = new Set(
    hits
      .filter((other) => other !== hit && !other.meanings.some((meaning) => meaning.province))
      .flatMap((other) => other.meanings),
  );
  const before = hit.meanings.filter((meaning) =>
    [...others].some(
      ({ communes, former }) => communes.size > 0 && former && meaning.former?.endsWith(`, ${former}`),
    ),
  );
  // "…, tỉnh Bến Tre": units of the old province before others of the name in the new one.
  const old = new Set(
    hits
      .filter((other) => other !== hit)
      .flatMap(({ meanings }) => meanings.flatMap(({ province, former }) => (province && former) || [])),
  );
  const ofOld = (meanings: readonly Meaning[]): readonly Meaning[] => {
    const own = meanings.filter(({ former }) => [...old].some((name) => former?.endsWith(`, ${name}`)));
    return own.length > 0 ? own : meanings;
  };
  const former = hit.meanings.filter((meaning) => meaning.former);
  // A bare "Phan Thiết" may be the old city as well as the ward of today that has its name.
  const towns = hit.typed ? [] : former.filter((meaning) => TOWN.test(meaning.former ?? ""));
  const today = isBefore ? former : current.length > 0 ? [...current, ...towns] : current;
  const pools = [before, today, hit.meanings].map(ofOld).map((meanings) => ({
    meanings,
    codes: new Set(meanings.flatMap((meaning) => [...meaning.communes]).filter(inProvince)),
  }));
  const pool = pools.find((candidate) => candidate.codes.size > 0) ?? {
    meanings: [],
    codes: new Set<string>(),
  };
  let codes = [...pool.codes];
  for (const district of districts) {
    if (district === hit) continue;
    const within = new Set(district.meanings.flatMap((meaning) => [...meaning.communes]));
    const both = codes.filter((code) => within.has(code));
    if (both.length > 0) codes = both;
  }
  const communes = codes.flatMap((code) => places.communes.get(code) ?? []);
  const was = pool.meanings.find(
    (meaning) => meaning.former && codes.some((code) => meaning.communes.has(code)),
  )?.former;
  return { hit, communes, ...(was && { former: was }) };
}

/** The stretch of the original text from the first to the last name. */
function textOf(hits: readonly Hit[], original: string): string {
  const runs = [...original.normalize("NFC").matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
  const first = hits[0];
  const last = hits.at(-1);
  if (!first || !last) return original;
  const from = runs[first.at];
  const to = runs[last.at + last.length - 1];
  if (!from || !to || last.at - first.at > 8) {
    return original.normalize("NFC").slice(from?.index ?? 0, endOf(runs[first.at + first.length - 1]));
  }
  return original.normalize("NFC").slice(from.index, endOf(to));
}

function endOf(run: RegExpExecArray | undefined): number | undefined {
  return run ? run.index + run[0].length : undefined;
}
