import type { Complaint } from "../complaints/complaint.ts";
import type { World } from "../conversation/guide.ts";
import { respond } from "../conversation/respond.ts";
import { newSession } from "../conversation/session.ts";
import type { IncomingFile } from "../evidence/evidence.ts";
import type { Inbound, Reply } from "../messages/message.ts";
import type { Switches } from "../messages/switches.ts";
import { type Change, Conflict, passDamaged } from "../store/store.ts";
import { makeTrackingCode, trackingCodeIn } from "../understanding/codes.ts";
import { createFileTaker, keepFiled, tidyFiles } from "./files.ts";
import { guardOutcome } from "./guard.ts";
import { hearOfficial } from "./official.ts";
import type { InboxParts } from "./parts.ts";

/** Tries against another commit on the same complaint. */
const TRIES = 5;

/**
 * The one way in. A message is handled in the turn of its conversation and once: its effects, the session and its key
 * are one commit, and only then is it answered. The same message again is answered the same without being handled.
 */
export function createInbox(
  parts: InboxParts,
): (message: Inbound, file?: IncomingFile) => Promise<readonly Reply[]> {
  return (message, file) => {
    const take = file && createFileTaker(file, parts);
    return parts.store.inTurn(message.conversation, () => handle(message, take, parts));
  };
}

type TakeFile = ReturnType<typeof createFileTaker> | undefined;

async function handle(message: Inbound, take: TakeFile, parts: InboxParts): Promise<readonly Reply[]> {
  for (let attempt = 1; ; attempt++) {
    const before = await parts.store.handled(message.key);
    if (before) return before;
    try {
      return await once(message, take, parts);
    } catch (error) {
      if (!(error instanceof Conflict) || attempt >= TRIES) throw error;
    }
  }
}

async function once(message: Inbound, take: TakeFile, parts: InboxParts): Promise<readonly Reply[]> {
  const switches = parts.switches?.();
  const shut = await channelOff(message, switches, parts);
  if (shut) return shut;
  const official = await hearOfficial(message, parts);
  if (official) return official;
  const { store, guide, log, count } = parts;
  const began = performance.now();
  const { conversation } = message;
  if (!message.privately) {
    const wording = guide.wordings[message.language ?? "vi"];
    const replies = [{ text: wording.menu.group, choices: [] }];
    await store.commit({ handled: { key: message.key, conversation, replies } });
    return replies;
  }
  // Whose session is damaged begins anew: they would never be heard again.
  const session = (await passDamaged(store.session(conversation))) ?? newSession(message.language);
  const world = await worldOf(message, switches, parts);
  const body = take ? await take(session, world) : message.body;
  const answered = respond(session, body, world, guide);
  const { outcome, undo } = await guardOutcome(answered, message, parts);
  const change: Change = {
    handled: { key: message.key, conversation, replies: outcome.replies },
    ...(outcome.erase
      ? { erase: { conversation } }
      : { session: { conversation, session: outcome.session } }),
    ...(outcome.complaints && { complaints: outcome.complaints }),
    ...(outcome.deliveries && { deliveries: outcome.deliveries }),
    ...(outcome.cancelled && { cancelled: outcome.cancelled }),
    ...(outcome.unanswered && { unanswered: { ...outcome.unanswered, at: parts.clock().toISOString() } }),
  };
  try {
    await keepFiled(outcome, parts);
    await store.commit(change);
  } catch (error) {
    undo();
    throw error;
  }
  await tidyFiles(outcome, parts);
  if (outcome.missed) parts.missed?.();
  const [channel = ""] = conversation.split(":", 1);
  count?.(channel, outcome.understood?.intent ?? "none", (performance.now() - began) / 1000);
  for (const { id, events } of outcome.complaints ?? []) {
    for (const event of events) log("info", "complaint", { complaint: id, kind: event.type });
  }
  if (outcome.deliveries && outcome.deliveries.length > 0) parts.nudge();
  return outcome.replies;
}

/** On a channel that is turned off everybody is told why, and where else to go. */
async function channelOff(
  message: Inbound,
  switches: Switches | undefined,
  parts: InboxParts,
): Promise<readonly Reply[] | undefined> {
  const { key, conversation } = message;
  const reason = switches?.channels.get(conversation.split(":", 1)[0] ?? "");
  if (reason === undefined) return undefined;
  const { wordings, operator } = parts.guide;
  const wording = wordings[message.language ?? "vi"];
  const text = wording.doors.channelOff(reason, wording.menu.human(operator.contact));
  const replies = [{ text, choices: [] }];
  await parts.store.commit({ handled: { key, conversation, replies } });
  return replies;
}

async function worldOf(
  message: Inbound,
  switches: Switches | undefined,
  { store, clock, random, paperLink }: InboxParts,
): Promise<World> {
  const code = message.body.kind === "text" ? trackingCodeIn(message.body.text) : undefined;
  const mine: readonly Complaint[] = await store.complaintsOf(message.conversation);
  const now = clock();
  return {
    now,
    fresh: { complaint: Buffer.from(random(10)).toString("hex"), trackingCode: makeTrackingCode(random(11)) },
    conversation: message.conversation,
    mine,
    found: code ? await store.complaintByCode(code) : undefined,
    privately: message.privately,
    switches,
    paperLink: (way) => paperLink?.(message.conversation, way, now),
  };
}
