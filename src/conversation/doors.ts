import { filesAgainAt, looksUpAgainAt, withMiss } from "../complaints/allowance.ts";
import type { Draft } from "../complaints/draft.ts";
import { agencyName } from "../complaints/file.ts";
import type { Delivery } from "../messages/delivery.ts";
import type { Choice } from "../messages/message.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Outcome } from "./guide.ts";
import { statusOf } from "./status.ts";
import { dropOf, type Turn } from "./turn.ts";

/** Why answers are turned off, said to the person; undefined while they are on. */
export function answersOff({ session, world, wording }: Turn): Outcome | undefined {
  const reason = world.switches?.answers;
  if (reason === undefined) return undefined;
  return { session, replies: [{ text: wording.doors.answersOff(reason), choices: [] }] };
}

/** Why no complaint is taken now and where else to go; undefined while they are taken. */
export function intakeOff(turn: Turn): Outcome | undefined {
  const { session, world, guide, wording } = turn;
  const reason = world.switches?.intake;
  if (reason === undefined) return undefined;
  const elsewhere = wording.menu.human(guide.operator.contact);
  return { session, replies: [{ text: wording.doors.intakeOff(reason, elsewhere), choices: [] }] };
}

/** Why a complaint that is told to its end cannot be sent now; it stays, and the same button sends it later. */
export function heldBack(draft: Draft, send: string, turn: Turn): Outcome | undefined {
  const { session, world, guide, wording } = turn;
  const choices: Choice[] = [
    { id: send, label: wording.complaint.send },
    { id: dropOf(draft), label: wording.complaint.cancel },
  ];
  const kept = (text: string): Outcome => ({ session, replies: [{ text, choices }] });
  const elsewhere = wording.menu.human(guide.operator.contact);
  const reason = world.switches?.intake;
  if (reason !== undefined) return kept(wording.doors.sendingOff(reason, elsewhere));
  const filed = world.mine.map(({ filedAt }) => filedAt);
  const again = filesAgainAt(filed, world.now);
  return again && kept(wording.doors.tooManyFiled(wording.moment(again), elsewhere));
}

/** That some of the agencies which a complaint was sent to get it only later, a line each. */
export function waitsFor(deliveries: readonly Delivery[], { world, guide, wording }: Turn): string[] {
  const agencies = new Set(deliveries.flatMap(({ to }) => (to.kind === "agency" ? [to.agency] : [])));
  return [...agencies].flatMap((id) => {
    const reason = world.switches?.agencies.get(id);
    if (reason === undefined) return [];
    return [wording.doors.agencyOff(agencyName(id, guide.rules.directory), reason)];
  });
}

/**
 * Looks a complaint up. After too many codes that nobody has, a code is not looked up for a while, whether somebody
 * has it or not: guessing learns nothing. One's own is always shown.
 */
export function lookUp(reading: Reading, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const own = world.found?.conversation === world.conversation;
  const { missed = [] } = session;
  const again = reading.trackingCode && !own ? looksUpAgainAt(missed, world.now) : undefined;
  if (again) {
    const text = wording.doors.tooManyLookUps(wording.moment(again));
    return { session, replies: [{ text, choices: [] }], missed: true };
  }
  const replies = [statusOf(reading, world, guide, wording)];
  if (!reading.trackingCode || world.found) return { session, replies };
  return { session: { ...session, missed: withMiss(missed, world.now) }, replies, missed: true };
}
