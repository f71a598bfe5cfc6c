import { z } from "zod";
import type { Guards } from "../knowledge/limits.ts";
import { words } from "../text/fold.ts";
import { official } from "../wording/official.ts";
import { barredFrom } from "./accused.ts";
import { createAlike, type Shingles, shinglesOf } from "./alike.ts";
import { AnswerFault, type Complaint, type ComplaintEvent, isConfidential } from "./complaint.ts";
import { monthOf } from "./figures.ts";
import { agencyDeliveries, agencyName, type Rules } from "./file.ts";
import { composeNotice } from "./notice.ts";
import { COORDINATOR, type Directory, superiorAgency } from "./route.ts";
import { promiseTo, type Step } from "./tell.ts";

/** An answer that should be looked at. */
export const DoubtfulAnswer = z.object({
  complaint: z.string(),
  trackingCode: z.string(),
  agency: z.string(),
  /** ISO instant. */
  at: z.string(),
  faults: z.array(AnswerFault),
  /** Tracking codes of cases with nearly the same answer. */
  like: z.array(z.string()),
  /** Who is told: the agency's superior, else the coordinator; absent where both are complained about. */
  to: z.string().optional(),
});
export type DoubtfulAnswer = Readonly<z.infer<typeof DoubtfulAnswer>>;

type Given = {
  readonly complaint: Complaint;
  readonly event: Extract<ComplaintEvent, { type: "answered" }>;
  readonly faults: readonly AnswerFault[];
  readonly shingles: Shingles | undefined;
};

/** Answers of one month that were given for show, as it seems; each case is taken once. */
export type Review = {
  take(complaint: Complaint): void;
  /** In the order they were given. */
  doubtful(): readonly DoubtfulAnswer[];
  /** `agency to` of the lists that were sent before. */
  told(): ReadonlySet<string>;
};

/** @param month `2026-11` */
export function createReview(month: string, guards: Guards, directory: Directory): Review {
  const { likeness, fewestWords } = guards.answers;
  const byAgency = new Map<string, ReturnType<typeof createAlike<Given>>>();
  const ofMonth: Given[] = [];
  const told = new Set<string>();
  const alikeOf = (agency: string): ReturnType<typeof createAlike<Given>> => {
    const alike = byAgency.get(agency) ?? createAlike<Given>(likeness);
    byAgency.set(agency, alike);
    return alike;
  };
  return {
    take: (complaint) => {
      for (const [index, event] of complaint.events.entries()) {
        if (event.type === "reviewed" && event.month === month) told.add(toldKey(event));
        if (event.type !== "answered") continue;
        const comparable = words(event.text).length >= fewestWords;
        const shingles = comparable ? shinglesOf(event.text) : undefined;
        const given = { complaint, event, shingles, faults: faultsOf(complaint, index, guards) };
        if (shingles) alikeOf(event.by.agency).add(shingles, given);
        if (monthOf(event.at) === month) ofMonth.push(given);
      }
    },
    doubtful: () =>
      ofMonth
        .toSorted((one, other) => Date.parse(one.event.at) - Date.parse(other.event.at))
        .flatMap((given) => {
          const { complaint, event, shingles } = given;
          const near = shingles ? alikeOf(event.by.agency).near(shingles) : [];
          const others = near.flatMap((other) =>
            other.complaint.id === complaint.id ? [] : other.complaint,
          );
          const like = [...new Set(others.map(({ trackingCode }) => trackingCode))];
          const faults = [...given.faults, ...(like.length > 0 ? (["copied"] as const) : [])];
          if (faults.length === 0) return [];
          const { id, trackingCode } = complaint;
          const to = toldOf(complaint, event.by.agency, directory);
          const { agency } = event.by;
          return [{ complaint: id, trackingCode, agency, at: event.at, faults, like, ...(to && { to }) }];
        }),
    told: () => told,
  };
}

/** What a list that was sent is known by. */
export function toldKey({ agency, to }: { readonly agency: string; readonly to: string }): string {
  return `${agency} ${to}`;
}

function faultsOf({ events }: Complaint, index: number, { answers }: Guards): AnswerFault[] {
  const answered = events[index];
  if (answered?.type !== "answered") return [];
  const { agency } = answered.by;
  const taken = events
    .slice(0, index)
    .findLast((event) => event.type === "acknowledged" && event.by.agency === agency);
  const minutes = taken
    ? (Date.parse(answered.at) - Date.parse(taken.at)) / 60_000
    : Number.POSITIVE_INFINITY;
  const next = events.slice(index + 1).find(({ type }) => type === "answered" || type === "disputed");
  return [
    ...(minutes <= answers.quickMinutes ? (["quick"] as const) : []),
    ...(next?.type === "disputed" ? (["disputed"] as const) : []),
  ];
}

/** A protected case is no superior's to see, and none is anybody's who is complained about in it. */
function toldOf(complaint: Complaint, agency: string, directory: Directory): string | undefined {
  const superior = superiorAgency(agency, directory);
  const candidates = isConfidential(complaint) ? [COORDINATOR] : [superior, COORDINATOR];
  const barred = barredFrom(complaint, directory);
  return candidates.find((id) => id !== agency && !barred.has(id));
}

/** Tells one superior of the answers of one agency that should be looked at; recorded on the first of these cases. */
export function tellReview(
  complaint: Complaint,
  list: { readonly month: string; readonly agency: string; readonly to: string },
  answers: readonly DoubtfulAnswer[],
  now: Date,
  rules: Rules,
): Step {
  const { month, agency, to } = list;
  const text = official.guards.review(
    agencyName(agency, rules.directory),
    month,
    answers.slice(0, MOST_LISTED).map(({ trackingCode, faults, like }) => ({ trackingCode, faults, like })),
    answers.length,
  );
  const facts = {
    case: complaint.trackingCode,
    filing: { kind: "other", text },
    due: complaint.answerDue,
  } as const;
  return {
    events: [{ type: "reviewed", at: now.toISOString(), month, agency, to }],
    deliveries: agencyDeliveries(promiseTo(to, complaint, rules), rules, (id, responsible) =>
      composeNotice({ id, ...facts }, "review", responsible),
    ),
  };
}

/** Answers named in a notice; the report lists all. */
const MOST_LISTED = 30;
