import { z } from "zod";
import { type Complaint, type ComplaintEvent, isClosed } from "../complaints/complaint.ts";
import { type CaseFacts, factsOf, monthOf, sortedBy, Tally, tally } from "../complaints/figures.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { cellOf, isPublic, type PublicFigures, publicFigures } from "../complaints/public-figures.ts";
import { createReview, DoubtfulAnswer } from "../complaints/review.ts";
import { satisfactionIn } from "../complaints/satisfaction.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import type { Store } from "../store/store.ts";
import { slowly } from "./rounds.ts";

/** What is read for figures. */
export type FiguresParts = {
  readonly store: Pick<Store, "complaints">;
  readonly rules: Pick<Rules, "directory" | "workingTime" | "guards">;
  readonly clock: () => Date;
};

const Responsible = { agency: z.string(), name: z.string() };

/** The operator's report of the cases filed in one month, and of the answers given in it. */
export const MonthReport = z.object({
  month: z.string(),
  /** ISO instant it was made. */
  at: z.string(),
  total: Tally,
  agencies: z.array(Tally.extend(Responsible)),
  kinds: z.array(Tally.extend({ kind: ComplaintKind })),
  cells: z.array(Tally.extend({ ...Responsible, kind: ComplaintKind })),
  /** Heads who were told in that month of several persons with the same complaint. */
  clusters: z.array(
    z.object({ at: z.string(), unit: z.string(), kind: ComplaintKind, size: z.int(), to: z.string() }),
  ),
  answers: z.array(DoubtfulAnswer.extend({ name: z.string() })),
  /** How people found the answers to these cases, by the agency that gave the last. */
  satisfaction: z.array(
    z.object({ ...Responsible, rated: z.int(), result: z.array(z.int()), conduct: z.array(z.int()) }),
  ),
});
export type MonthReport = z.infer<typeof MonthReport>;

/** @param month `2026-11` */
export async function monthReport(
  month: string,
  { store, rules, clock }: FiguresParts,
): Promise<MonthReport> {
  const now = clock();
  const today = dayInVietnam(now);
  const review = createReview(month, rules.guards, rules.directory);
  const cases: CaseFacts[] = [];
  const clusters: MonthReport["clusters"][number][] = [];
  for await (const complaint of slowly(store.complaints())) {
    review.take(complaint);
    clusters.push(...clustersIn(complaint, month, rules));
    if (monthOf(complaint.filedAt) === month) cases.push(factsOf(complaint, today, rules.workingTime));
  }
  const name = (agency: string): string => agencyName(agency, rules.directory);
  const first = ([facts]: readonly CaseFacts[]): Pick<CaseFacts, "agency" | "kind"> => ({
    agency: facts?.agency ?? "",
    kind: facts?.kind ?? "other",
  });
  return {
    month,
    at: now.toISOString(),
    total: tally(cases),
    agencies: sortedBy(cases, ({ agency }) => agency).map(([agency, of]) => ({
      agency,
      name: name(agency),
      ...tally(of),
    })),
    kinds: sortedBy(cases, ({ kind }) => kind).map(([, of]) => ({ kind: first(of).kind, ...tally(of) })),
    cells: sortedBy(cases, cellOf).map(([, of]) => {
      const { agency, kind } = first(of);
      return { agency, name: name(agency), kind, ...tally(of) };
    }),
    clusters: clusters.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)),
    answers: review.doubtful().map((answer) => ({ ...answer, name: name(answer.agency) })),
    satisfaction: [...satisfactionIn(cases)]
      .map(([agency, { rated, result, conduct }]) => ({
        agency,
        name: name(agency),
        rated,
        result: [...result],
        conduct: [...conduct],
      }))
      .toSorted((one, other) => one.agency.localeCompare(other.agency)),
  };
}

function clustersIn(
  { events, filing }: Complaint,
  month: string,
  { directory }: Pick<Rules, "directory">,
): MonthReport["clusters"][number][] {
  const unit = filing.about ? (filing.about.name ?? filing.about.id) : "";
  return events
    .filter((event): event is Extract<ComplaintEvent, { type: "clustered" }> => event.type === "clustered")
    .filter(({ at }) => monthOf(at) === month)
    .map(({ at, size, to }) => ({ at, unit, kind: filing.kind, size, to: agencyName(to, directory) }));
}

/** A public case as outside programs see it; those of one agency, kind, month and state are told apart by the id alone. */
export type PublicCase = {
  readonly id: string;
  readonly kind: CaseFacts["kind"];
  readonly agency: string;
  readonly agencyName: string;
  readonly open: boolean;
  /** `2026-11`, of the filing. */
  readonly month: string;
};

/** What everybody may see. */
export type PublicView = {
  /** ISO instant it was made. */
  readonly at: string;
  /** ISO day from which cases count. */
  readonly since: string;
  readonly fewest: number;
  readonly figures: PublicFigures;
  readonly names: ReadonlyMap<string, string>;
  /** The newest month first. */
  readonly cases: readonly PublicCase[];
};

/** How long a view is shown before it is worked out anew. */
const FRESH_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

/**
 * The public view, worked out when it is asked for and at most every ten minutes.
 * @param publicId an id that does not tell the case's own
 */
export function createPublicView(
  parts: FiguresParts & { readonly publicId: (complaint: string) => string },
): () => Promise<PublicView> {
  let made: { readonly at: number; readonly view: Promise<PublicView> } | undefined;
  return () => {
    const now = parts.clock().getTime();
    if (made && now - made.at < FRESH_MS) return made.view;
    const view = readPublicView(parts);
    const mine = { at: now, view };
    made = mine;
    // A failure is told once and then tried again.
    view.catch(() => {
      if (made === mine) made = undefined;
    });
    return view;
  };
}

async function readPublicView({
  store,
  rules,
  clock,
  publicId,
}: FiguresParts & { readonly publicId: (complaint: string) => string }): Promise<PublicView> {
  const now = clock();
  const { fewest, calendarDays } = rules.guards.publicFigures;
  const today = dayInVietnam(now);
  const since = dayInVietnam(now.getTime() - calendarDays * DAY_MS);
  const cases: (CaseFacts & { readonly id: string })[] = [];
  for await (const complaint of slowly(store.complaints())) {
    if (dayInVietnam(complaint.filedAt) < since) continue;
    const facts = factsOf(complaint, today, rules.workingTime);
    if (isPublic(facts)) cases.push({ ...facts, id: complaint.id });
  }
  const name = (agency: string): string => agencyName(agency, rules.directory);
  const indistinct = sortedBy(cases, (facts) => `${facts.month} ${cellOf(facts)} ${String(isOpen(facts))}`);
  return {
    at: now.toISOString(),
    since,
    fewest,
    figures: publicFigures(cases, fewest),
    names: new Map(cases.map(({ agency }) => [agency, name(agency)])),
    cases: indistinct
      .filter(([, group]) => group.length >= fewest)
      .flatMap(([, group]) => group)
      .map((facts) => ({
        id: publicId(facts.id),
        kind: facts.kind,
        agency: facts.agency,
        agencyName: name(facts.agency),
        open: isOpen(facts),
        month: facts.month,
      }))
      .toSorted((one, other) => other.month.localeCompare(one.month) || one.id.localeCompare(other.id)),
  };
}

/** Before an answer, as in Open311: two states. */
function isOpen({ status }: CaseFacts): boolean {
  return !isClosed(status) && status !== "answered";
}
