import type { Complaint } from "../complaints/complaint.ts";
import { announce, expire } from "../complaints/erase.ts";
import { isAlive } from "../conversation/alive.ts";
import type { Session } from "../conversation/session.ts";
import type { EvidenceStore } from "../evidence/evidence.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Log } from "../log.ts";
import { Conflict, passDamaged, type Store } from "../store/store.ts";
import type { CaseParts } from "./act.ts";
import { announceExpiry } from "./announce-expiry.ts";

export type RetentionParts = Omit<CaseParts, "store"> & {
  readonly store: Pick<
    Store,
    "commit" | "inTurn" | "complaint" | "complaints" | "complaintsOf" | "session" | "quiet" | "officials"
  >;
  readonly evidence: Pick<EvidenceStore, "owners" | "stateOf" | "keep" | "discard" | "remove">;
  readonly log: Log;
};

const DAY_MS = 86_400_000;
/** A message that came just in time may still be in hand. */
const IN_HAND_MS = 3_600_000;
/** Cases in one message to the coordinator. */
const A_LIST = 20;

/**
 * Gives what keeps nothing longer than it may be: once a day, closed cases past their time are erased, the coordinator is
 * told which are next, files that no complaint holds are destroyed, and conversations without a case are erased that
 * nobody came back to. Resolves with the number of cases erased.
 */
export function createRetention(parts: RetentionParts): () => Promise<number> {
  const { store, guide, clock, nudge, log } = parts;
  let last: string | undefined;
  return async () => {
    const now = clock();
    const today = dayInVietnam(now);
    if (today === last) return 0;
    const next: Complaint[] = [];
    let erased = 0;
    let warned = 0;
    for await (const complaint of store.complaints()) {
      if (announce(complaint, now, guide.rules)) next.push(complaint);
      else if (expire(complaint, now, guide.rules) && (await expireOne(complaint, parts))) erased += 1;
      if (next.length === A_LIST) warned += await announceExpiry(next.splice(0), now, parts);
    }
    warned += await announceExpiry(next, now, parts);
    const files = await sweep(parts);
    const conversations = await eraseQuiet(parts);
    if (erased + files + conversations > 0) log("info", "retention", { count: erased, files, conversations });
    if (warned > 0) nudge();
    last = today;
    return erased;
  };
}

/** Erases one case, and its conversation too when nothing else of it is left. False when it moved on meanwhile. */
function expireOne({ id, conversation }: Complaint, parts: RetentionParts): Promise<boolean> {
  const { store, guide, clock, evidence } = parts;
  return store.inTurn(conversation, async () => {
    const complaint = await store.complaint(id);
    const step = complaint && expire(complaint, clock(), guide.rules);
    if (!complaint || !step) return false;
    const others = (await store.complaintsOf(conversation)).filter((other) => other.id !== id);
    const session = await passDamaged(store.session(conversation));
    const over =
      others.length === 0 && !(session && isAlive(session, clock(), guide.rules.retention.conversationDays));
    try {
      await store.commit({
        complaints: [{ id, revision: complaint.revision, events: step.events }],
        ...(over && { erase: { conversation } }),
      });
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
    await evidence.remove(id).catch(failed(id, parts.log));
    return true;
  });
}

/** Erases what was said in conversations without a case, so long after the last word. */
async function eraseQuiet({ store, guide, clock }: RetentionParts): Promise<number> {
  const isOver = (session: Session | undefined): boolean =>
    session !== undefined && !isAlive(session, clock(), guide.rules.retention.conversationDays);
  let erased = 0;
  for await (const { conversation, session } of store.quiet()) {
    if (!isOver(session)) continue;
    await store.inTurn(conversation, async () => {
      // Somebody may have come back meanwhile, or an official's list be on its way.
      const [mine] = await store.complaintsOf(conversation);
      if (mine || !isOver(await store.session(conversation))) return;
      try {
        await store.commit({ erase: { conversation, ifIdle: true } });
        erased += 1;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    });
  }
  return erased;
}

/** Looks through all files. One folder that cannot be read or destroyed keeps no other from it. */
async function sweep(parts: RetentionParts): Promise<number> {
  const { evidence, log } = parts;
  const of = { gone: 0, kept: 0, unknown: 0 };
  for await (const owner of evidence.owners()) {
    const became = await tidy(owner, parts).catch(failed(owner, log));
    if (became) of[became] += 1;
  }
  if (of.unknown > 0)
    log("warn", "files of filed cases that this store does not know", { count: of.unknown });
  return of.gone;
}

/**
 * Destroys files whose complaint was never sent, or is erased. What was filed and is unknown here belongs to another
 * store, or to a later state of this one: it stays.
 */
async function tidy(
  owner: string,
  { store, evidence, guide, clock }: RetentionParts,
): Promise<"gone" | "kept" | "unknown"> {
  const complaint = await store.complaint(owner);
  const oldest = clock().getTime() - guide.rules.retention.draftDays * DAY_MS - IN_HAND_MS;
  const state = await evidence.stateOf(owner);
  if (!state || state.at.getTime() > oldest) return "kept";
  if (complaint && complaint.status !== "erased") {
    if (!state.filed) await evidence.keep(owner);
    return "kept";
  }
  if (!complaint && state.filed) return "unknown";
  await (complaint ? evidence.remove(owner) : evidence.discard(owner));
  return "gone";
}

/** Files that stay behind are found again the next day. */
function failed(owner: string, log: Log): (error: unknown) => undefined {
  return (error) => {
    log("warn", "evidence", { complaint: owner, problem: error instanceof Error ? error.name : "unknown" });
    return undefined;
  };
}
