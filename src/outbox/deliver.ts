import type { Sent } from "../channels/channel.ts";
import type { Complaint } from "../complaints/complaint.ts";
import type { Log } from "../log.ts";
import type { Delivery, DeliveryResult, DeliveryState, Tried } from "../messages/delivery.ts";
import { type Change, Conflict, NotSaved, passDamaged, type Store, StoreError } from "../store/store.ts";
import { createAttempt, NO_CONTACT, SWITCHED_OFF, type Ways } from "./attempt.ts";
import { afterFailure } from "./backoff.ts";
import { type Outgoing, outgoing } from "./outgoing.ts";
import { problemOf } from "./problem.ts";
import { createRounds } from "./rounds.ts";

/** Keeps the promises to tell somebody something: at least once, under the same id each time. */
export type Outbox = {
  /**
   * One pass over what is due; resolves with the number of deliveries taken when each has been tried and recorded.
   * @throws NotSaved when an outcome could not be recorded; it is remembered and recorded before the next claim.
   */
  deliverDue(): Promise<number>;
  /** Begins passes by timer. */
  start(): void;
  /** Begins no further attempt; resolves when those under way are recorded. */
  stop(): Promise<void>;
  /** Call it after a commit that holds deliveries. */
  nudge(): void;
};

export type OutboxParts = Ways & {
  readonly store: Pick<Store, "claim" | "settle" | "complaint" | "identity">;
  readonly clock: () => Date;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  /** What an outcome means for the complaint. `state` is as before the attempt: `dead` was told already. */
  readonly outcome: (
    state: DeliveryState,
    result: DeliveryResult,
    complaint: Complaint,
  ) => Change | undefined;
  /** Promised before its complaint went where its recipient may not follow: it is kept by not being sent. */
  readonly withheld?: (complaint: Complaint, delivery: Delivery) => boolean;
  /** Names of the contacts by which it may go now; undefined: by all. */
  readonly waysOpen?: (complaint: Complaint, delivery: Delivery) => readonly string[] | undefined;
  /** Bound of one attempt, whatever the way out does. */
  readonly attemptMs?: number;
};

/** With the bound of an attempt and the lanes, the last of a pass is tried well before its lease ends. */
const LIMIT = 20;
const LEASE_SECONDS = 120;
const LANES = 8;
const ATTEMPT_MS = 30_000;
/** How soon the contacts file is looked at again for an agency without a contact, a switch for one that is off, and a damaged case. */
const LOOK_AGAIN_MS = 5 * 60_000;
/** Who may know of it, or who the person is, cannot be told, so it is not sent. */
const DAMAGED = "the case is damaged; restore a backup";
/** Decisions on one outcome while the complaint keeps moving on. */
const DECISIONS = 6;

/** An attempt that was made, to be recorded. */
type Made = {
  readonly state: DeliveryState;
  readonly at: Date;
  readonly result: DeliveryResult;
  readonly withheld?: true;
};

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock, random, log, outcome, withheld, waysOpen, attemptMs = ATTEMPT_MS } = parts;
  const attempt = createAttempt(parts);
  /** Made but not recorded: never made again while this process lives. */
  const unrecorded = new Map<string, Made>();
  let recordingLeft: Promise<void> | undefined;
  let stopping = false;

  const complaintOf = async ({ delivery }: DeliveryState): Promise<Complaint | undefined> =>
    delivery.complaint === undefined ? undefined : store.complaint(delivery.complaint);

  const make = async (state: DeliveryState): Promise<Made> => {
    let complaint: Complaint | undefined;
    let ready: Outgoing | undefined;
    try {
      complaint = await complaintOf(state);
      const isOver = complaint && withheld?.(complaint, state.delivery);
      ready = isOver ? undefined : await outgoing(state.delivery, store);
      // What is erased is rightly not sent; a case that still says that there is an address has lost it.
      if (!isOver && !ready && complaint?.mailed)
        throw new StoreError(`the address in complaint ${complaint.id} is gone`);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const at = clock();
      return { state, at, result: { kind: "failed", problem: DAMAGED, dead: true, nextAt: later(at) } };
    }
    if (!ready) return { state, at: clock(), result: { kind: "sent" }, withheld: true };
    const told = ready;
    const open = complaint && waysOpen?.(complaint, state.delivery);
    const sent = await within(attemptMs, () => attempt(told, open));
    const at = clock();
    return { state, at, result: resultOf(state, sent, at, random()) };
  };

  const settle = async ({ state, at, result, withheld: kept }: Made): Promise<void> => {
    for (let decision = 1; ; decision++) {
      const complaint = kept ? undefined : await passDamaged(complaintOf(state));
      try {
        await store.settle(state.delivery.id, at, result, complaint && outcome(state, result, complaint));
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || decision === DECISIONS) throw error;
      }
    }
  };

  /** Resolves with the store's failure, if it was one. Other faults concern this delivery alone. */
  const record = async (made: Made): Promise<NotSaved | undefined> => {
    const { id } = made.state.delivery;
    try {
      await settle(made);
      unrecorded.delete(id);
      report(log, made);
      return undefined;
    } catch (error) {
      log(unrecorded.has(id) ? "debug" : "error", "outbox.unrecorded", {
        delivery: id,
        problem: problemOf(error),
      });
      unrecorded.set(id, made);
      return error instanceof NotSaved ? error : undefined;
    }
  };

  const recordLeft = async (): Promise<void> => {
    for (const made of unrecorded.values()) {
      const failure = await record(made);
      if (failure) throw failure;
    }
  };

  const pass = async (): Promise<number> => {
    // While the store cannot save, nothing new is sent: a restart would have to send it again.
    recordingLeft ??= recordLeft().finally(() => {
      recordingLeft = undefined;
    });
    await recordingLeft;
    const claimed = await store.claim(clock(), LIMIT, LEASE_SECONDS);
    const states = claimed.filter(({ delivery }) => !unrecorded.has(delivery.id));
    let failure: NotSaved | undefined;
    await inLanes(states, async (state) => {
      if (stopping || failure) return;
      failure = (await record(await make(state))) ?? failure;
    });
    if (failure) throw failure;
    return states.length;
  };

  const rounds = createRounds(pass, log);
  return {
    deliverDue: pass,
    start: () => {
      stopping = false;
      rounds.start();
    },
    nudge: () => rounds.nudge(),
    stop: () => {
      stopping = true;
      return rounds.stop();
    },
  };
}

function resultOf(state: DeliveryState, sent: Sent, now: Date, jitter: number): DeliveryResult {
  if (sent.kind === "sent") return sent;
  const { problem } = sent;
  const withHuman = state.status === "dead";
  // A human has to know at once; and as soon as the contact is there it goes out.
  if (isNoWay(problem)) {
    return { kind: "failed", problem, dead: withHuman || problem === NO_CONTACT, nextAt: later(now) };
  }
  const tried = triedWith(state, now);
  const failure = {
    attempts: tried.times,
    since: tried.since,
    now,
    forGood: sent.kind === "gone",
    afterSeconds: sent.kind === "retry" ? sent.afterSeconds : undefined,
  };
  const after = afterFailure(failure, jitter);
  return { kind: "failed", problem, tried, ...after, dead: withHuman || after.dead };
}

function later(now: Date): string {
  return new Date(now.getTime() + LOOK_AGAIN_MS).toISOString();
}

/** The attempts with this one. What waited for a way to its recipient has its time to arrive from the first one on. */
function triedWith(state: DeliveryState, now: Date): Tried {
  const { attempts, problem, createdAt, delivery } = state;
  if (isNoWay(problem)) return { since: now.toISOString(), times: 1 };
  // What was promised for a later day has the same time to arrive from then on.
  const { since, times } = state.tried ?? { since: laterOf(createdAt, delivery.notBefore), times: attempts };
  return { since, times: times + 1 };
}

/** Nothing was tried: it waits, and is looked at again soon. */
function isNoWay(problem: string | undefined): boolean {
  return problem === NO_CONTACT || problem === SWITCHED_OFF;
}

function laterOf(one: string, other: string = one): string {
  return Date.parse(other) > Date.parse(one) ? other : one;
}

function report(log: Log, { state, result, withheld }: Made): void {
  const { id, to } = state.delivery;
  const facts = {
    delivery: id,
    attempts: state.attempts + 1,
    ...(to.kind === "agency" && { agency: to.agency }),
  };
  if (withheld) return log("info", "outbox.withheld", facts);
  if (result.kind === "sent") return log("info", "outbox.sent", facts);
  const news = result.dead && state.status !== "dead";
  log(news ? "error" : "warn", news ? "outbox.dead" : "outbox.failed", { ...facts, problem: result.problem });
}

/** A way out that throws or hangs has failed like any other. */
async function within(milliseconds: number, attempt: () => Promise<Sent>): Promise<Sent> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<Sent>((resolve) => {
    const problem = `no outcome within ${milliseconds / 1000} s`;
    timer = setTimeout(() => resolve({ kind: "retry", problem }), milliseconds);
  });
  try {
    return await Promise.race([attempt(), bound]);
  } catch (error) {
    return { kind: "retry", problem: `not sent (${problemOf(error)})` };
  } finally {
    clearTimeout(timer);
  }
}

async function inLanes<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await act(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
