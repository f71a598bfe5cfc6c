import { dayInVietnam } from "../knowledge/calendar.ts";
import type { TimeLimit } from "../knowledge/procedure.ts";
import { fold } from "../text/fold.ts";
import type { Filing } from "./complaint.ts";
import {
  countDays,
  type DaysCounted,
  type Due,
  dueAfter,
  dueOn,
  dueSameDay,
  type WorkingTime,
} from "./working-time.ts";

/** What the person told of a dossier; days are ISO days. */
export type Told = {
  readonly submittedOn?: string | undefined;
  /** Time of day it was handed in, `HH:MM`, where they said it. */
  readonly submittedAt?: string | undefined;
  /** The day on which the last supplement was handed in: the limit runs anew from it. */
  readonly supplementedOn?: string | undefined;
  /** The day on the receipt slip, or the new day of a written apology that came in time. */
  readonly promisedOn?: string | undefined;
};

/** Why a day cannot be worked out. */
type Gap =
  | { readonly kind: "unknown"; readonly why: "no-date" | "no-limit" | "several-limits" | "supplemented" }
  | { readonly kind: "unknown"; readonly why: "no-year"; readonly year: number };

/** What sets the day: the receipt slip, or without one the procedure's own limit. */
type Basis = NonNullable<Filing["lateness"]>["by"];

/**
 * Whether a result is late. `lawful`: the day on which the procedure's own limit ends, told beside the slip's day;
 * absent where it cannot be worked out.
 */
export type Lateness =
  | {
      readonly kind: "late";
      readonly due: string;
      readonly by: Basis;
      /** Working days begun since that day; 0 while the next has not come. */
      readonly days: number;
      readonly counted: DaysCounted;
      readonly lawful?: string;
    }
  | { readonly kind: "not-late"; readonly due: string; readonly by: Basis; readonly lawful?: string }
  /** Not late by the slip, whose day lies beyond what the procedure's limit allows. */
  | { readonly kind: "long-promise"; readonly due: string; readonly lawful: string }
  | Gap;

/** Times for which a sector's law stops the clock; it is never known from here whether it did. */
export type Pause = "financial-duty" | "verification" | "exchange";

/** The last minute of a day: who did not say when they handed it in is never told too early a day. */
const LATEST = "23:59";

/**
 * Works out whether the result is late now. The slip's day prevails for the person, as results are given at the time on
 * the slip (NĐ 118/2025/NĐ-CP Đ.22.1); but what it promised for the dossier as first handed in is void when a supplement made
 * the limit run anew (Đ.19.5), which no pause does.
 * @param limits the procedure's own; undefined where it is not known
 */
export function latenessOf(
  told: Told,
  limits: readonly TimeLimit[] | undefined,
  now: Date,
  time: WorkingTime,
): Lateness {
  const lawful = lawfulDay(told, limits, time);
  if (told.promisedOn === undefined) {
    return lawful.kind === "due" ? judge(lawful, "limit", undefined, now, time) : lawful;
  }
  if (told.supplementedOn !== undefined && outdated(told.promisedOn, told.supplementedOn, lawful)) {
    if (lawful.kind === "due") return judge(lawful, "limit", undefined, now, time);
    return lawful.why === "no-year" ? lawful : { kind: "unknown", why: "supplemented" };
  }
  const promised = dueOn(told.promisedOn, time);
  if (promised.kind === "unknown-year") return { kind: "unknown", why: "no-year", year: promised.year };
  return judge(promised, "slip", lawful.kind === "due" ? lawful.day : undefined, now, time);
}

/** Whether the slip is from before the supplement: its day is not after it, or earlier than the limit run anew allows. */
function outdated(
  promisedOn: string,
  supplementedOn: string,
  lawful: Extract<Due, { kind: "due" }> | Gap,
): boolean {
  return promisedOn <= supplementedOn || lawful.kind !== "due" || promisedOn < lawful.day;
}

function judge(
  due: Extract<Due, { kind: "due" }>,
  by: Basis,
  lawful: string | undefined,
  now: Date,
  time: WorkingTime,
): Lateness {
  const beside = lawful !== undefined && { lawful };
  if (now <= due.at) {
    if (lawful !== undefined && lawful < due.day) return { kind: "long-promise", due: due.day, lawful };
    return { kind: "not-late", due: due.day, by, ...beside };
  }
  const counted = countDays(due.day, dayInVietnam(now), time);
  if ("kind" in counted) return { kind: "unknown", why: "no-year", year: counted.year };
  return { kind: "late", due: due.day, by, days: counted.working, counted, ...beside };
}

/** The day on which the procedure's limit ends, if one limit alone can be meant and it runs from the reception. */
function lawfulDay(
  told: Told,
  limits: readonly TimeLimit[] | undefined,
  time: WorkingTime,
): Extract<Due, { kind: "due" }> | Gap {
  const { supplementedOn, submittedOn = supplementedOn, submittedAt = LATEST } = told;
  if (submittedOn === undefined) return { kind: "unknown", why: "no-date" };
  const [limit, ...others] = limits ?? [];
  if (!limit || (limit.kind === "unknown" && others.length === 0))
    return { kind: "unknown", why: "no-limit" };
  if (others.length > 0 || limit.when) return { kind: "unknown", why: "several-limits" };
  const due = endOf(
    new Date(
      supplementedOn === undefined
        ? `${submittedOn}T${submittedAt}:00+07:00`
        : `${supplementedOn}T${LATEST}:00+07:00`,
    ),
    limit,
    time,
  );
  if (!due) return { kind: "unknown", why: "no-limit" };
  return due.kind === "due" ? due : { kind: "unknown", why: "no-year", year: due.year };
}

function endOf(from: Date, limit: TimeLimit, time: WorkingTime): Due | undefined {
  switch (limit.kind) {
    case "within":
      return runsFromReception(limit.from) ? dueAfter(from, limit, time) : undefined;
    case "same-day":
      return dueSameDay(from, limit.cutoff, time);
    case "on-the-spot":
      return dueSameDay(from, undefined, time);
    case "unknown":
      return undefined;
  }
}

/**
 * A limit runs from the reception of the dossier (NĐ 118/2025/NĐ-CP Đ.17.3) unless its own text names another start, such
 * as the end of a verification, which the person cannot know.
 */
function runsFromReception(from: string | undefined): boolean {
  if (from === undefined) return true;
  const start = fold(from);
  return (
    /\b(?:nhan|nop)\b.*\bho so\b/.test(start) &&
    !/\b(?:phi|bo sung|ket thuc|chap nhan|khong tinh|xac minh)\b/.test(start)
  );
}

/**
 * Sectors whose law knows real pauses (design/law.md B1.4): the time for the financial duty in land, verification in
 * civil status, information exchange between agencies for criminal records.
 */
const PAUSES: readonly (readonly [RegExp, Pause])[] = [
  [/^dat dai\b/, "financial-duty"],
  [/^ho tich\b/, "verification"],
  [/^ly lich tu phap\b/, "exchange"],
];

/** For what a procedure of this sector may have been paused; undefined where no law is known to allow it. */
export function pauseOf(sector: string): Pause | undefined {
  const folded = fold(sector);
  return PAUSES.find(([pattern]) => pattern.test(folded))?.[1];
}

/** What of it becomes a fact of the complaint; undefined where nothing could be worked out. */
export function latenessFiled(lateness: Lateness, now: Date): Filing["lateness"] {
  if (lateness.kind === "unknown") return undefined;
  const { due, lawful } = lateness;
  const earlier = lawful !== undefined && lawful < due;
  return {
    due,
    by: lateness.kind === "long-promise" ? "slip" : lateness.by,
    on: dayInVietnam(now),
    ...(lateness.kind === "late" && { daysLate: lateness.days }),
    ...(earlier && { lawful }),
  };
}
