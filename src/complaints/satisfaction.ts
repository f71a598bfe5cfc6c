import type { Complaint, ComplaintEvent, Score } from "./complaint.ts";
import type { Step } from "./tell.ts";

/** The questions of the survey: the result, and the conduct of the officials (NĐ 118/2025/NĐ-CP Đ.33.1 đ). */
export type SurveyQuestion = "result" | "conduct";

/** What one person said of one answer. */
export type Rating = Readonly<Partial<Record<SurveyQuestion, Score>>>;

/** How many gave each of the five levels, the lowest first. */
export type Levels = readonly [number, number, number, number, number];

/** What people said of one agency's answers. Who said it stays secret (NĐ 118/2025/NĐ-CP Đ.29): only these leave. */
export type Satisfaction = {
  /** Answers that were rated in at least one question. */
  readonly rated: number;
} & Readonly<Record<SurveyQuestion, Levels>>;

/** The person may rate an answer that they said solved it. */
export function mayRate({ status, events }: Complaint, question: SurveyQuestion): boolean {
  return status === "closed_confirmed" && ratingOf(events)[question] === undefined;
}

/** The person answers one question of the survey. Nobody is told. */
export function rate(question: SurveyQuestion, score: Score, now: Date): Step {
  return { events: [{ type: "rated", at: now.toISOString(), [question]: score }], deliveries: [] };
}

/** The rating that stands: of the last answer, and only while the person has not said that it solved nothing. */
export function ratingOf(events: readonly ComplaintEvent[]): Rating {
  let rating: Partial<Record<SurveyQuestion, Score>> = {};
  for (const event of events) {
    if (event.type === "answered" || event.type === "disputed") rating = {};
    if (event.type === "rated") {
      const { result, conduct } = event;
      rating = { ...rating, ...(result && { result }), ...(conduct && { conduct }) };
    }
  }
  return rating;
}

/** Figures by the agency that gave the last answer. */
export function satisfactionOf(complaints: Iterable<Complaint>): ReadonlyMap<string, Satisfaction> {
  return satisfactionIn(
    Array.from(complaints).flatMap(({ events }) => {
      const answered = events.findLast((event) => event.type === "answered");
      return answered ? { agency: answered.by.agency, rating: ratingOf(events) } : [];
    }),
  );
}

/** The same of answers with the agency that gave them and the rating that stands. */
export function satisfactionIn(
  answers: Iterable<{ readonly agency: string; readonly rating: Rating }>,
): ReadonlyMap<string, Satisfaction> {
  const figures = new Map<string, Satisfaction>();
  for (const { agency, rating } of answers) {
    const { result, conduct } = rating;
    if (result === undefined && conduct === undefined) continue;
    const before = figures.get(agency) ?? NONE;
    figures.set(agency, {
      rated: before.rated + 1,
      result: counted(before.result, result),
      conduct: counted(before.conduct, conduct),
    });
  }
  return figures;
}

/** Share of the two upper levels, 0 to 1; undefined where nobody answered the question. */
export function satisfiedShare(levels: readonly number[]): number | undefined {
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  return sum(levels) === 0 ? undefined : sum(levels.slice(3)) / sum(levels);
}

const NONE: Satisfaction = { rated: 0, result: [0, 0, 0, 0, 0], conduct: [0, 0, 0, 0, 0] };

function counted([one, two, three, four, five]: Levels, score: Score | undefined): Levels {
  const more = (level: Score): number => (score === level ? 1 : 0);
  return [one + more(1), two + more(2), three + more(3), four + more(4), five + more(5)];
}
