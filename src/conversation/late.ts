import type { Apology } from "../complaints/complaint.ts";
import type { Draft } from "../complaints/draft.ts";
import { type Lateness, latenessOf, pauseOf } from "../complaints/lateness.ts";
import { hoursOf } from "../complaints/working-time.ts";
import { dayInVietnam, type SpecialDay } from "../knowledge/calendar.ts";
import type { Choice } from "../messages/message.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Counted, DayRun, Wording } from "../wording/citizen.ts";
import type { Guide } from "./guide.ts";

type Judged = Extract<Lateness, { kind: "late" | "not-late" }>;

/** "Chưa", "không nhận được gì": an answer to "did you get a written apology?" of a few words. */
const NOTHING_CAME = /^(?:da |thua )?(?:khong|ko|chua|chang|cha|no|none|not)\b/;
/** … but who does not remember has told nothing. */
const UNSURE = /\b(?:nho|ro|biet|remember|know|sure)\b/;
const FEW_WORDS = 8;

/**
 * Whether the dossier of this draft is late at `now`; undefined where the complaint is of another kind. Once an agency
 * has moved the day with an apology in time, the procedure's own limit says nothing against it.
 * @param agency id of the unit concerned, whose office hours count
 */
export function workOut(
  draft: Draft,
  agency: string | undefined,
  guide: Guide,
  now: Date,
): Lateness | undefined {
  if (draft.kind !== "late") return undefined;
  const { submittedOn, submittedAt, promisedDate, reappointedOn } = draft;
  const limits = reappointedOn === undefined ? procedureOf(draft, guide)?.time : undefined;
  const told = {
    submittedOn,
    submittedAt,
    promisedOn: reappointedOn ?? promisedDate,
    supplementedOn: restartOf(draft),
  };
  return latenessOf(told, limits, now, hoursOf(agency, guide.rules.workingTime));
}

/** The day from which the limit runs anew; an agency's new appointment after it stands for itself. */
function restartOf({ supplements, reappointedOn }: Draft): string | undefined {
  const lastOn = supplements?.lastOn;
  return lastOn !== undefined && reappointedOn !== undefined && reappointedOn > lastOn ? undefined : lastOn;
}

/** A day that has not passed needs no apology yet, so none is asked for. */
export function mayBeLate(lateness: Lateness | undefined): boolean {
  return lateness?.kind === "late" || lateness?.kind === "unknown";
}

/** What of the told apology stands as a fact: that none came, or too late, means nothing before the day has passed. */
export function apologyStanding(
  told: readonly Apology[] | undefined,
  lateness: Lateness | undefined,
): Apology[] {
  const early = !mayBeLate(lateness);
  return (told ?? []).filter((what) => !early || (what !== "none" && what !== "too_late"));
}

/** Says whether it is late and how that was worked out. */
export function latenessLines(
  lateness: Lateness,
  draft: Draft,
  guide: Guide,
  wording: Wording,
  now: Date,
): string[] {
  const words = wording.lateness;
  switch (lateness.kind) {
    case "unknown":
      return [words.unknown[lateness.why], ...restarted(draft, wording)];
    case "long-promise":
      return [
        words.longPromise(wording.day(lateness.due), wording.day(lateness.lawful)),
        ...ofProcedure(draft, guide, wording),
        ...pauses(draft, guide, wording),
      ];
    case "not-late":
      return [
        words.notLate(wording.day(lateness.due)),
        ...moved(lateness, draft, wording),
        ...beside(lateness, draft, guide, wording),
      ];
    case "late":
      return [
        words.late(lateness.days, wording.day(lateness.due), lateness.by === "slip"),
        ...moved(lateness, draft, wording),
        ...(lateness.days > 0 ? [words.counted(countedOf(lateness, now))] : []),
        ...beside(lateness, draft, guide, wording),
        ...pauses(draft, guide, wording),
      ];
  }
}

/** Says why the day is not the promised one: that is a rest day. */
function moved({ due, by }: Judged, { reappointedOn, promisedDate }: Draft, wording: Wording): string[] {
  const promised = reappointedOn ?? promisedDate;
  return by === "slip" && promised && promised !== due ? [wording.lateness.moved(wording.day(promised))] : [];
}

/** The day by the procedure's own limit beside the slip's, and what it was counted by. */
function beside({ due, by, lawful }: Judged, draft: Draft, guide: Guide, wording: Wording): string[] {
  if (by === "limit" && restartOf(draft) !== undefined) return restarted(draft, wording);
  if (by === "limit") return ofProcedure(draft, guide, wording);
  if (lawful === undefined || lawful === due) return [];
  return [wording.lateness.lawful(wording.day(lawful)), ...ofProcedure(draft, guide, wording)];
}

function restarted(draft: Draft, wording: Wording): string[] {
  const from = restartOf(draft);
  return from === undefined ? [] : [wording.before.supplements.restarted(wording.day(from))];
}

function ofProcedure(draft: Draft, guide: Guide, wording: Wording): string[] {
  const subject = draft.procedureCode ? guide.finder.subject(draft.procedureCode) : undefined;
  return subject ? [wording.lateness.ofProcedure(subject.title)] : [];
}

function pauses(draft: Draft, guide: Guide, wording: Wording): string[] {
  const procedure = procedureOf(draft, guide);
  const pause = procedure && pauseOf(procedure.sector);
  return pause ? [wording.lateness.pauses[pause]] : [];
}

const procedureOf = ({ procedureCode }: Draft, guide: Guide) =>
  procedureCode ? guide.finder.facts(procedureCode)?.procedure : undefined;

function countedOf({ due, counted }: Extract<Lateness, { kind: "late" }>, now: Date): Counted {
  const { working, weekend, off, worked } = counted;
  return {
    from: dayAfter(due),
    to: dayInVietnam(now),
    working,
    weekend,
    off: runs(off),
    worked: runs(worked),
  };
}

/** Days of one name in a row are told once; what the name says in brackets is left out. */
function runs(days: readonly SpecialDay[]): DayRun[] {
  const found: DayRun[] = [];
  for (const { day, name: full } of days) {
    const name = full.replace(/ \(.*$/, "");
    const last = found.at(-1);
    const goesOn = last?.name === name && dayAfter(last.to) === day;
    if (goesOn) found.pop();
    found.push({ from: goesOn ? last.from : day, to: day, name });
  }
  return found;
}

function dayAfter(iso: string): string {
  return new Date(Date.parse(iso) + 86_400_000).toISOString().slice(0, 10);
}

/** The answers to "how often were you asked to supplement, and in writing?". */
export function supplementChoices({ before }: Wording): Choice[] {
  return (["1:written", "1:spoken", "2:written", "2:spoken"] as const).map((what) => ({
    id: `d:supplements:${what}`,
    label: before.supplements.answers[what],
  }));
}

/** The answers to "did you get a written apology?". */
export function apologyChoices({ lateness }: Wording): Choice[] {
  return (["none", "in_time", "too_late", "twice"] as const).map((what) => ({
    id: `d:apology:${what}`,
    label: lateness.apology[what],
  }));
}

/** What a typed answer says became of the apology; empty where they do not know, undefined where it is not clear. */
export function apologyIn(reading: Reading): readonly Apology[] | undefined {
  if (reading.apology) return reading.apology;
  if (!NOTHING_CAME.test(reading.folded) || reading.syllables.length > FEW_WORDS) return undefined;
  return UNSURE.test(reading.folded) ? [] : ["none"];
}
