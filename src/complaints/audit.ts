import { barredFrom, questionIn } from "./accused.ts";
import { broughtIn } from "./brought-in.ts";
import { nextStepAt, waitsForHuman } from "./clocks.ts";
import { applyEvent, type Complaint, type ComplaintEvent, isClosed } from "./complaint.ts";
import type { Rules } from "./file.ts";
import { barredFor } from "./route.ts";

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
  const { filing, events, route, holders } = complaint;
  const moved = events.findLastIndex(({ type }) => type === "protected");
  const start = moved < 0 ? events.length : moved;
  const accused = barredFor(questionIn(filing), rules.directory);
  // From the protected lane on also all who knew of the case before.
  const feared = barredFrom(complaint, rules.directory);
  const before = [...route.to, ...route.copy, ...hearers({ route, events: events.slice(0, start) })];
  const since = [...holders, ...hearers({ route, events: events.slice(start) })];
  const reached = [...before.filter((id) => accused.has(id)), ...since.filter((id) => feared.has(id))];
  return [...new Set(reached)].map((agency) => `it reached the accused: ${agency}`);
}

/** Agencies that heard of the case, be it among others or only of the person in it. */
function hearers(story: Pick<Complaint, "events" | "route">): readonly string[] {
  const besides = story.events.flatMap((event) => {
    if (event.type === "clustered" || event.type === "reviewed") return [event.to];
    return event.type === "identity-opened" ? [event.agency] : [];
  });
  return [...broughtIn(story).map(({ agency }) => agency), ...besides];
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
