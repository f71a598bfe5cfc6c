import type { Complaint, Filing } from "./complaint.ts";
import { barredFor, type Directory, type RouteQuestion } from "./route.ts";

/** What the route of a filing is decided by. */
export function questionIn({ kind, about, place, agencyKind, threatened }: Filing): RouteQuestion {
  return { kind, about, place: place?.code, agencyKind, threatened };
}

/** What the route of a case is decided by: in the protected lane (diện bảo vệ) as if it told of threats. */
export function questionOf({ filing, lane }: Pick<Complaint, "filing" | "lane">): RouteQuestion {
  const question = questionIn(filing);
  return lane === "protected" ? { ...question, threatened: true } : question;
}

/**
 * All agencies that may not hear of a case: the unit complained about, what answers to it, and, in the protected lane,
 * all who knew of the case before and are not its custodian, for the pressure may come from there.
 */
export function barredFrom(complaint: Complaint, directory: Directory): ReadonlySet<string> {
  const barred = barredFor(questionOf(complaint), directory);
  const feared = complaint.events.flatMap((event) =>
    event.type === "protected" ? event.seen.filter((agency) => !event.to.includes(agency)) : [],
  );
  return feared.length === 0 ? barred : new Set([...barred, ...feared]);
}
