import { barredFrom } from "./accused.ts";
import { nextStepAt, waitsForHuman } from "./clocks.ts";
import { applyEvent, type Complaint, type ComplaintEvent, isClosed } from "./complaint.ts";
import { type CaseFacts, groupBy } from "./figures.ts";
import type { Rules } from "./file.ts";
import { cellOf, isPublic, type PublicFigures } from "./public-figures.ts";

/** Only these may move the day of the answer. */
const MOVING: ReadonlySet<ComplaintEvent["type"]> = new Set([
  "filed",
  "extended",
  "informed",
  "reopened",
  "protected",
  "released",
  // The only event that is left tells the day anew.
  "erased",
]);

/**
 * What is wrong with a stored case, a sentence each, without anything that was told: its state is not what its events
 * make it, it lies where nothing will ever happen to it, the accused hold it or were brought in, or its day of the
 * answer moved by another event than those that may. Empty for a sound case.
 */
export function faultsOf(complaint: Complaint, rules: Rules): string[] {
  return [
    ...replayFaults(complaint),
    ...lyingFaults(complaint, rules),
    ...accusedFaults(complaint, rules),
    ...dueFaults(complaint),
  ];
}

function replayFaults(complaint: Complaint): string[] {
  try {
    const replayed = replay(complaint);
    return JSON.stringify(sorted(replayed)) === JSON.stringify(sorted(complaint))
      ? []
      : ["its state is not what its events make it"];
  } catch {
    return ["its events cannot follow each other"];
  }
}

function replay({ id, events }: Complaint): Complaint | undefined {
  let state: Complaint | undefined;
  for (const event of events) state = applyEvent(id, state, event);
  return state;
}

/** The same fields in one order. */
function sorted(complaint: Complaint | undefined): unknown {
  return Object.entries(complaint ?? {}).toSorted(([one], [other]) => one.localeCompare(other));
}

function lyingFaults(complaint: Complaint, rules: Rules): string[] {
  if (isClosed(complaint.status)) return [];
  const moves = nextStepAt(complaint, rules) !== undefined || waitsForHuman(complaint);
  return moves ? [] : [`it is open (${complaint.status}), but no clock runs and no list shows it`];
}

function accusedFaults(complaint: Complaint, rules: Rules): string[] {
  const barred = barredFrom(complaint, rules.directory);
  const reached = new Set([
    ...complaint.holders,
    ...complaint.route.to,
    ...complaint.route.copy,
    ...complaint.events.flatMap(broughtIn),
  ]);
  return [...reached]
    .filter((agency) => barred.has(agency))
    .map((agency) => `it reached the accused: ${agency}`);
}

/** Agencies that an event lets hear of the case. */
function broughtIn(event: ComplaintEvent): readonly string[] {
  switch (event.type) {
    case "transferred":
    case "clustered":
    case "reviewed":
      return [event.to];
    case "escalated":
    case "disputed":
    case "protected":
      return event.to;
    case "delivered":
    case "identity-opened":
      return [event.agency];
    default:
      return [];
  }
}

function dueFaults({ id, events }: Complaint): string[] {
  const faults: string[] = [];
  let state: Complaint | undefined;
  for (const event of events) {
    const before = state?.answerDue;
    try {
      state = applyEvent(id, state, event);
    } catch {
      return [];
    }
    if (state.answerDue !== before && !MOVING.has(event.type))
      faults.push(`its day of the answer moved by ${event.type}`);
  }
  return faults;
}

/** What is wrong with published figures, counted anew from the cases: a sentence each. */
export function figureFaults(
  published: PublicFigures,
  cases: readonly CaseFacts[],
  fewest: number,
): string[] {
  const counted = new Map(groupBy(cases.filter(isPublic), cellOf).map(([cell, of]) => [cell, of.length]));
  const rows = published.rows.flatMap((row) => {
    const count = counted.get(cellOf(row)) ?? 0;
    if (count < fewest) return [`${cellOf(row)} is published, but has only ${count} cases`];
    return count === row.filed ? [] : [`${cellOf(row)} is published as ${row.filed}, but has ${count} cases`];
  });
  const shown = new Set(published.rows.map(cellOf));
  const missing = [...counted].filter(([cell, count]) => count >= fewest && !shown.has(cell));
  const sum = published.rows.reduce((all, { filed }) => all + filed, 0);
  return [
    ...rows,
    ...missing.map(([cell]) => `${cell} is not published`),
    ...(sum === published.filed ? [] : [`the sum is published as ${published.filed}, but is ${sum}`]),
  ];
}
