import { advance } from "../complaints/advance.ts";
import { nextStepAt } from "../complaints/clocks.ts";
import type { Complaint } from "../complaints/complaint.ts";
import { standingOf } from "../complaints/standing.ts";
import type { Log } from "../log.ts";
import { NotSaved, type PutOff, type Store } from "../store/store.ts";
import { type CaseParts, changeCase } from "./act.ts";

/** Lets the clocks of all open cases go on. */
export type Ticker = {
  /**
   * One pass: every case with a step that is due moves on; resolves with their number. A case that cannot be moved
   * holds up no other.
   * @throws NotSaved when the store cannot save; the next pass begins anew
   */
  tick(): Promise<number>;
  /** Begins passes, the first at once: it catches up with the time that the program did not run. */
  start(): void;
  /** Begins no further case; resolves when those in hand are stored. */
  stop(): Promise<void>;
};

export type TickerParts = CaseParts & {
  readonly store: Pick<Store, "commit" | "complaint" | "inTurn" | "waking" | "putOff">;
  readonly log: Log;
  /** Done after each pass: what is due by the clock and not by a case. */
  readonly morning: () => Promise<unknown>;
  /** What else is to be done after each pass, one after another; the failure of one is logged and stops nothing. */
  readonly afterwards?: readonly (() => Promise<void>)[];
};

/** No conversation has a name like this. */
const TURN = "clocks";
/** A step is done at most this long after it falls due. */
const EVERY_MS = 60_000;
/** Cases in hand at once: they share the journal's syncs. */
const LANES = 32;
/** After so many cases put off, messages that wait are let in. */
const BREATH = 200;

export function createTicker(parts: TickerParts): Ticker {
  const { store, guide, clock, log } = parts;
  let on = true;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  /** The cases that are due now, those that waited longest first; all others are put off. */
  const dueCases = async (): Promise<string[]> => {
    const now = clock();
    const due: { readonly id: string; readonly at: Date }[] = [];
    let later: PutOff[] = [];
    for await (const complaint of store.waking(now)) {
      const { id, revision } = complaint;
      const until = nextStepAt(complaint, guide.rules);
      if (until && until <= now) due.push({ id, at: until });
      else later.push({ id, revision, ...(until && { until }), ...standingIn(complaint) });
      if (later.length < BREATH) continue;
      await store.putOff(later);
      await breath();
      later = [];
    }
    if (later.length > 0) await store.putOff(later);
    return due.toSorted((one, other) => one.at.getTime() - other.at.getTime()).map(({ id }) => id);
  };

  const moveOn = async (id: string): Promise<boolean> => {
    const moved = await changeCase<"nothing-due">(
      () => store.complaint(id),
      (complaint) =>
        advance(complaint, clock(), guide.rules, guide.wordings[complaint.language]) ?? {
          refused: "nothing-due",
        },
      { store, nudge: () => undefined },
    );
    if (moved.kind !== "done") return false;
    for (const event of moved.step.events) log("info", "clock", { complaint: id, kind: event.type });
    return true;
  };

  const tick = async (): Promise<number> => {
    const rest = (await dueCases()).values();
    let moved = 0;
    let failure: NotSaved | undefined;
    const lane = async (): Promise<void> => {
      for (const id of rest) {
        if (!on || failure) return;
        try {
          if (await moveOn(id)) moved++;
        } catch (error) {
          if (error instanceof NotSaved) failure = error;
          // One case that cannot be decided must not keep the others waiting.
          else log("error", "clock", { complaint: id, problem: nameOf(error) });
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    // Once for all: each nudge looks through everything that waits to be delivered.
    if (moved > 0) parts.nudge();
    if (failure) throw failure;
    return moved;
  };

  const run = async (): Promise<void> => {
    for (const due of [tick, parts.morning]) {
      try {
        // Of several processes one does it; the others find nothing left to do.
        await store.inTurn(TURN, due);
      } catch (error) {
        log("error", "clock", { problem: nameOf(error) });
      }
    }
    for (const round of parts.afterwards ?? []) {
      try {
        if (on) await round();
      } catch (error) {
        log("error", "rounds", { problem: nameOf(error) });
      }
    }
    // From the end of a pass, so that a long one is never met by the next.
    if (on) timer = setTimeout(begin, EVERY_MS);
  };
  const begin = (): void => {
    underWay = run();
  };

  return {
    tick,
    start: begin,
    stop: () => {
      on = false;
      clearTimeout(timer);
      return underWay;
    },
  };
}

function standingIn(complaint: Complaint): Pick<PutOff, "standing"> {
  const standing = standingOf(complaint);
  return standing ? { standing: { why: standing.why, since: standing.since } } : {};
}

/** Never an address or text: the kind of fault, and what the store says of itself. */
function nameOf(error: unknown): string {
  if (error instanceof NotSaved) return error.message;
  return error instanceof Error ? error.name : "unknown";
}

function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
