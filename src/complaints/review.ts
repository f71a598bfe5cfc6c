import { z } from "zod";
import type { Guards } from "../knowledge/limits.ts";
import { words } from "../text/fold.ts";
import { official } from "../wording/official.ts";
import { barredFrom } from "./accused.ts";
import { createAlike, type Shingles, shinglesOf } from "./alike.ts";
import { AnswerFault, type Complaint, isConfidential } from "./complaint.ts";
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
  /** Tracking codes of cases with nearly the same answer, those that whoever is told may hear of. */
  like: z.array(z.string()),
  /** Who is told: the agency's superior, else the coordinator; absent where both are complained about. */
  to: z.string().optional(),
});
export type DoubtfulAnswer = Readonly<z.infer<typeof DoubtfulAnswer>>;

/** Small: of all answers ever given each has one. */
type Given = {
  readonly complaint: string;
  readonly trackingCode: string;
  readonly at: string;
  readonly faults: readonly AnswerFault[];
  readonly shingles: Shingles | undefined;
  /** Who may hear of it, before others whom it concerns more. */
  readonly mayHear: readonly string[];
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
  const byAgency = new Map<string, Given[]>();
  const told = new Set<string>();

  const doubtfulOf = (agency: string, answers: readonly Given[]): DoubtfulAnswer[] => {
    const alike = createAlike(likeness, answers.length);
    for (const [place, { shingles }] of answers.entries()) if (shingles) alike.put(place, shingles);
    return answers.flatMap((given) => {
      const { complaint, trackingCode, at, shingles, mayHear } = given;
      if (monthOf(at) !== month) return [];
      const near = shingles ? alike.near(shingles).flatMap((place) => answers[place] ?? []) : [];
      const others = near.filter((other) => other.complaint !== complaint);
      const faults = [...given.faults, ...(others.length > 0 ? (["copied"] as const) : [])];
      if (faults.length === 0) return [];
      const [to] = mayHear;
      const named = others.filter((other) => to === undefined || other.mayHear.includes(to));
      const like = [...new Set(named.map((other) => other.trackingCode))];
      return [{ complaint, trackingCode, agency, at, faults, like, ...(to && { to }) }];
    });
  };

  return {
    take: (complaint) => {
      for (const [index, event] of complaint.events.entries()) {
        if (event.type === "reviewed" && event.month === month) told.add(toldKey(event));
        if (event.type !== "answered") continue;
        const { agency } = event.by;
        const answers = byAgency.get(agency) ?? [];
        byAgency.set(agency, answers);
        answers.push({
          complaint: complaint.id,
          trackingCode: complaint.trackingCode,
          at: event.at,
          faults: faultsOf(complaint, index, guards),
          shingles: words(event.text).length >= fewestWords ? shinglesOf(event.text) : undefined,
          mayHear: hearersOf(agency, directory).filter((id) => mayBeTold(complaint, id, directory)),
        });
      }
    },
    doubtful: () =>
      [...byAgency]
        .flatMap(([agency, answers]) => doubtfulOf(agency, answers))
        .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)),
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

/** Who hears of an agency's answers: its superior, else the coordinator. */
function hearersOf(agency: string, directory: Directory): string[] {
  return [superiorAgency(agency, directory), COORDINATOR].filter((id) => id !== undefined && id !== agency);
}

/** A protected case is no superior's to see, and none is anybody's who is complained about in it. */
function mayBeTold(complaint: Complaint, agency: string, directory: Directory): boolean {
  if (isConfidential(complaint) && agency !== COORDINATOR) return false;
  return !barredFrom(complaint, directory).has(agency);
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
