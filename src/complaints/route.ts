import type { Agency, AgencyKind } from "../knowledge/agency.ts";
import type { ComplaintKind } from "../knowledge/complaint-kind.ts";
import type { Places } from "../knowledge/place.ts";
import { words } from "../text/fold.ts";
import { remember } from "../text/remember.ts";
import { isGuarded, isProtected, type Route } from "./complaint.ts";

/** The agencies and who stands above whom. */
export type Directory = {
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly kinds: ReadonlyMap<string, AgencyKind>;
  readonly places: Places;
};

/** What is known of a case when its recipient is chosen. */
export type RouteQuestion = {
  readonly kind: ComplaintKind;
  /** The unit complained about: its id in the directory, or as the person named it. */
  readonly about?: { readonly id?: string | undefined; readonly name: string } | undefined;
  /** It tells of violence or threats. */
  readonly threatened?: boolean | undefined;
  /** Code of the commune or province where it happened. */
  readonly place?: string | undefined;
  /** Kind of the agency that handles the procedure concerned. */
  readonly agencyKind?: string | undefined;
};

/**
 * The unit complained about, as far as the directory knows it. `above`: the office of the same body above it, which may as
 * well be meant, since the words tell no level: "bảo hiểm xã hội" is a base office and the province's.
 */
export type Concerned = {
  readonly kind?: AgencyKind;
  readonly agency?: Agency;
  readonly above?: Agency;
  readonly name: string;
};

/** Words for officials that do not say of which body. */
const UNNAMED =
  /^(?:(?:anh|chi|co|ong|ba|mot|may|nguoi|canbo|cong chuc|vien chuc|nhan vien|chuyen vien|lanh dao|co quan|quay|phong|bo phan|tiep nhan|officer|official|staff|clerk|an|the) ?)+$/;

/** What tells that an office below the province's is meant; "xã hội", "quản lý" are no levels. */
const LOWER =
  /\b(?:xa(?! hoi\b)|phuong|dac khu|thi tran|huyen|(?<!\b(?:co|hai|thue) )quan(?! (?:ly|doi|su|he)\b)|thi xa|co so|chi nhanh|doi|don|tram|hat|khu vuc|cskv)\b/;

/** Id of the coordinator: every case that has no other route. */
export const COORDINATOR = "dieu-phoi";

/**
 * Chooses who must answer, with reasons. The unit complained about and everything below it is never a recipient: its
 * superior is (Luật Tố cáo 2018 Đ.12–13 as amended, NĐ 20/2008 Đ.9.1d); money demands and threats go to the
 * custodian alone, the inspectorate or the coordinator; no route leads to the coordinator.
 */
export function route(question: RouteQuestion, directory: Directory): Route {
  const concerned = concernedUnit(question, directory);
  const where = placeName(question.place, directory);
  const why = where ? [`Nơi xảy ra: ${where}`] : [];
  if (accusesNobody(question)) return friendly(question, concerned, directory, why);

  if (concerned) why.push(`Đơn vị bị phản ánh: ${concerned.name}; đơn vị này không được giao tự xử lý`);
  const { barred } = standingOf(question, directory);
  // No body of a province stands above a ministry, and its People's Committee not above a vertical agency.
  const central = concerned?.kind?.level === "ministry";
  const apart = central || concerned?.kind?.vertical === true;
  if (isGuarded(question)) return toCustodian(question, central, barred, directory, why);
  const candidates: readonly (readonly [Agency | undefined, string])[] = [
    [
      superiorOf(concerned, question.place, directory),
      "Cấp trên trực tiếp của đơn vị bị phản ánh giải quyết",
    ],
    [
      apart ? undefined : ofKind("provincial-committee", question.place, directory),
      "Ủy ban nhân dân cấp tỉnh là cấp trên chung của các đơn vị trong tỉnh",
    ],
  ];
  for (const [agency, reason] of candidates) {
    if (!agency || !concerned || barred.has(agency.id)) continue;
    return { to: [agency.id], copy: [], why: [...why, `${reason}: ${agency.name}`] };
  }
  return toCoordinator(
    why,
    concerned ? "Danh bạ chưa có cấp trên của đơn vị này" : "Chưa rõ đơn vị bị phản ánh",
  );
}

/** Who alone sees a case of money or threats. Above a ministry there is no inspectorate of a province. */
function toCustodian(
  { kind, place }: RouteQuestion,
  central: boolean,
  barred: ReadonlySet<string>,
  directory: Directory,
  why: readonly string[],
): Route {
  const inspectorate = central ? undefined : ofKind("inspectorate", place, directory);
  const what = kind === "bribe" ? "đòi tiền" : "đe dọa";
  if (!inspectorate || barred.has(inspectorate.id))
    return toCoordinator(why, `Phản ánh ${what} không gửi cho nơi có liên quan`);
  const reason = `Phản ánh ${what} chỉ gửi Thanh tra tỉnh, nơi xác minh nhũng nhiễu`;
  return { to: [inspectorate.id], copy: [], why: [...why, `${reason}: ${inspectorate.name}`] };
}

/** Praise and suggestions accuse nobody: they go to the unit itself, praise with a copy to its head's superior. */
function friendly(
  question: RouteQuestion,
  concerned: Concerned | undefined,
  directory: Directory,
  why: readonly string[],
): Route {
  const unit =
    concerned?.agency ??
    concerned?.above ??
    (question.place ? superiorOf(concerned, question.place, directory) : undefined);
  if (!unit) return toCoordinator(why, "Chưa rõ đơn vị nhận");
  const above = question.kind === "praise" ? superiorOf(concerned, question.place, directory) : undefined;
  return {
    to: [unit.id],
    copy: above && above.id !== unit.id ? [above.id] : [],
    why: [
      ...why,
      `${question.kind === "praise" ? "Lời khen được gửi tới" : "Góp ý được gửi tới"}: ${unit.name}`,
    ],
  };
}

function toCoordinator(why: readonly string[], reason: string): Route {
  return { to: [COORDINATOR], copy: [], why: [...why, `${reason}: người điều phối sẽ chuyển đúng nơi`] };
}

/** Finds the unit: by id, by a name of the directory, by the kind its name shows, else by the procedure. */
export function concernedUnit(question: RouteQuestion, directory: Directory): Concerned | undefined {
  const { about } = question;
  const byId = about?.id ? directory.agencies.get(about.id) : undefined;
  if (byId) return known(byId, directory);
  const named = about ? byName(about.name, question.place, directory) : undefined;
  if (named) return known(named, directory);
  // A body named but unknown is not guessed from the procedure; "cán bộ" alone names none.
  const hint =
    !about || UNNAMED.test(nameKey(about.name)) ? directory.kinds.get(question.agencyKind ?? "") : undefined;
  const kind = (about ? kindByName(about.name, directory) : undefined) ?? hint;
  if (!kind) return undefined;
  const agency = ofKind(kind.kind, question.place, directory);
  const lower = about !== undefined && LOWER.test(nameKey(about.name));
  const above = agency || lower ? undefined : officeAbove(kind, question.place, directory);
  return {
    kind,
    ...(agency && { agency }),
    ...(above && { above }),
    name: agency?.name ?? about?.name ?? kind.name,
  };
}

/** The office of the same body above an office of this kind: tax, social insurance and the police have one name for both. */
function officeAbove(kind: AgencyKind, place: string | undefined, directory: Directory): Agency | undefined {
  const above = directory.kinds.get(kind.superior ?? "");
  return kind.vertical && above?.vertical && above.level !== "ministry"
    ? ofKind(above.kind, place, directory)
    : undefined;
}

function known(agency: Agency, directory: Directory): Concerned {
  const kind = directory.kinds.get(agency.kind);
  return { agency, ...(kind && { kind }), name: agency.name };
}

/** An agency of the place's province whose full or everyday name stands in the text; the longest name wins. */
function byName(text: string, place: string | undefined, directory: Directory): Agency | undefined {
  const province = provinceOf(place, directory);
  const near = [...directory.agencies.values()].filter(
    (agency) => !province || !agency.area || provinceOf(agency.area, directory) === province,
  );
  const named = longestNamed(text, near, 5);
  // Two provinces have a Tây Sơn: without the place nobody knows which one is meant.
  return named.length > 1 ? named.find(({ area }) => area !== undefined && area === place) : named[0];
}

/** The kind whose name or everyday name stands in the text; the longest wins. */
function kindByName(text: string, directory: Directory): AgencyKind | undefined {
  return longestNamed(text, [...directory.kinds.values()], 1)[0];
}

type Named = { readonly name: string; readonly says: readonly string[] };
/** Folded names, made once: the directory never changes. */
const KEYS = new WeakMap<Named, readonly string[]>();

/** Those of the longest name in the text: several, where they share it. */
function longestNamed<T extends Named>(text: string, all: readonly T[], longerThan: number): T[] {
  const folded = ` ${nameKey(text)} `;
  let best: T[] = [];
  let longest = longerThan + 1;
  for (const named of all) {
    const keys = KEYS.get(named) ?? [named.name, ...named.says].map(nameKey);
    KEYS.set(named, keys);
    for (const key of keys) {
      if (
        key.length < longest ||
        (best.includes(named) && key.length === longest) ||
        !folded.includes(` ${key} `)
      )
        continue;
      best = key.length > longest ? [named] : [...best, named];
      longest = key.length;
    }
  }
  return best;
}

/** Folded words; "cán bộ" is one word, or "cán bộ tư pháp" would be the ministry, Bộ Tư pháp. */
function nameKey(text: string): string {
  return words(text).join(" ").replaceAll("can bo", "canbo");
}

/** The agency of this kind that serves the place: the commune's own, else the province's. */
function ofKind(kind: string, place: string | undefined, directory: Directory): Agency | undefined {
  if (!place) return undefined;
  const province = provinceOf(place, directory);
  const all = [...directory.agencies.values()].filter((agency) => agency.kind === kind);
  return all.find((agency) => agency.area === place) ?? all.find((agency) => agency.area === province);
}

/** The country's only agency of this kind. Never for the unit complained about: that is some office of the kind. */
function nationalOfKind(kind: string, directory: Directory): Agency | undefined {
  const [only, ...others] = [...directory.agencies.values()].filter(
    (agency) => agency.kind === kind && agency.area === undefined,
  );
  return others.length === 0 ? only : undefined;
}

function superiorOf(
  concerned: Concerned | undefined,
  place: string | undefined,
  directory: Directory,
): Agency | undefined {
  if (!concerned) return undefined;
  const unit = concerned.agency ?? concerned.above;
  if (unit?.superior) return directory.agencies.get(unit.superior);
  if (concerned.above) return undefined;
  const above = concerned.kind?.superior;
  return above === undefined
    ? undefined
    : (ofKind(above, place, directory) ?? nationalOfKind(above, directory));
}

/** The agency right above the unit concerned, as far as the directory knows it. */
export function superiorUnit(question: RouteQuestion, directory: Directory): Agency | undefined {
  return superiorOf(concernedUnit(question, directory), question.place, directory);
}

/** Whether an agency may not handle a case: it is the unit complained about, or answers to it. */
export function isBarred(question: RouteQuestion, agency: string, directory: Directory): boolean {
  return barredFor(question, directory).has(agency);
}

/** All agencies that may not handle a case. */
export function barredFor(question: RouteQuestion, directory: Directory): ReadonlySet<string> {
  return accusesNobody(question) ? NOBODY : standingOf(question, directory).barred;
}

/** Praise and suggestions do not, unless they tell of threats. */
function accusesNobody(question: RouteQuestion): boolean {
  return (question.kind === "praise" || question.kind === "suggestion") && !isGuarded(question);
}

/** The inspectorate (thanh tra tỉnh) of the place: not above a ministry. */
export function inspectorateOf(question: RouteQuestion, directory: Directory): string | undefined {
  return standingOf(question, directory).inspectorate;
}

/**
 * Who alone handles a case in the protected lane (diện bảo vệ): the inspectorate, or the coordinator where there is none
 * that may. Never one of `seen`, who knew of the case before: the pressure may come from there.
 */
export function custodianFor(question: RouteQuestion, seen: readonly string[], directory: Directory): string {
  const { barred, inspectorate } = standingOf(question, directory);
  const may = inspectorate !== undefined && !barred.has(inspectorate) && !seen.includes(inspectorate);
  return may ? inspectorate : COORDINATOR;
}

/** What follows from a question for everyone who is told later. */
type Standing = { readonly barred: ReadonlySet<string>; readonly inspectorate: string | undefined };

const NOBODY: ReadonlySet<string> = new Set();
/** Questions whose standing stays ready: clocks ask it of each case again and again, and a directory never changes. */
const MOST_STANDINGS = 500;
const STANDINGS = new WeakMap<Directory, (question: RouteQuestion) => Standing>();

function standingOf(question: RouteQuestion, directory: Directory): Standing {
  const ready = STANDINGS.get(directory) ?? remember(MOST_STANDINGS, keyOf, workOutIn(directory));
  STANDINGS.set(directory, ready);
  return ready(question);
}

const workOutIn =
  (directory: Directory) =>
  (question: RouteQuestion): Standing => {
    const concerned = concernedUnit(question, directory);
    const central = concerned?.kind?.level === "ministry";
    const inspectorate = central ? undefined : ofKind("inspectorate", question.place, directory)?.id;
    const barred =
      concerned || !isConfidentialQuestion(question)
        ? barredBy(concerned, directory)
        : bodiesOf(question.place, directory);
    return { barred, inspectorate };
  };

/** Money, harassment or threats: whoever did it reads nothing, though nobody has said yet of which body they are. */
function isConfidentialQuestion(question: RouteQuestion): boolean {
  return isProtected(question.kind) || isGuarded(question);
}

/** The bodies of a commune itself; none of a whole province. */
function bodiesOf(place: string | undefined, { agencies, places }: Directory): Set<string> {
  const commune = place !== undefined && places.communes.has(place);
  const all = commune ? [...agencies.values()].filter(({ area }) => area === place) : [];
  return new Set(all.map(({ id }) => id));
}

function keyOf(question: RouteQuestion): string {
  const { about, place, agencyKind } = question;
  return JSON.stringify([about?.id, about?.name, place, agencyKind, isConfidentialQuestion(question)]);
}

/** The agency above this one; the coordinator when the directory knows none. */
export function superiorAgency(agency: string, directory: Directory): string {
  return directory.agencies.get(agency)?.superior ?? COORDINATOR;
}

/** The units that may be meant and everything that answers to them; all of a kind while it is not known which one is. */
function barredBy(concerned: Concerned | undefined, directory: Directory): Set<string> {
  const { agency: unit, kind, above } = concerned ?? {};
  const tops = unit
    ? [unit]
    : [...directory.agencies.values()].filter((agency) => agency.kind === kind?.kind || agency === above);
  const barred = new Set(tops.map((agency) => agency.id));
  for (let before = 0; before !== barred.size; ) {
    before = barred.size;
    for (const agency of directory.agencies.values()) {
      if (agency.superior && barred.has(agency.superior)) barred.add(agency.id);
    }
  }
  return barred;
}

function provinceOf(place: string | undefined, directory: Directory): string | undefined {
  if (!place) return undefined;
  return (
    directory.places.communes.get(place)?.province ??
    (directory.places.provinces.has(place) ? place : undefined)
  );
}

/** "Xã Núi Thành, Thành phố Đà Nẵng". */
export function placeName(
  code: string | undefined,
  directory: Pick<Directory, "places">,
): string | undefined {
  if (!code) return undefined;
  const commune = directory.places.communes.get(code);
  const province = directory.places.provinces.get(commune?.province ?? code);
  return [commune?.name, province?.name].filter(Boolean).join(", ") || undefined;
}
