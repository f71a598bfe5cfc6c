import type { Lateness } from "../complaints/lateness.ts";
import type { Choice } from "../messages/message.ts";
import type { Wording } from "../wording/citizen.ts";
import type { Guide, World } from "./guide.ts";
import type { Turn } from "./turn.ts";

/** The instant of a reminder: the hour is this service's policy. */
export function instantOf(day: string, { remindAt }: Guide): Date {
  return new Date(`${day}T${remindAt}:00+07:00`);
}

/** Offers to remind on a due day that is still to come. */
export function remindChoices(
  lateness: Lateness | undefined,
  { now }: World,
  guide: Guide,
  wording: Wording,
): Choice[] {
  if (lateness?.kind !== "not-late" && lateness?.kind !== "long-promise") return [];
  if (instantOf(lateness.due, guide) <= now) return [];
  const label = wording.before.remind.offer(wording.day(lateness.due));
  return [{ id: `d:remind:${lateness.due}`, label }];
}

/** Offers to remind on the day that was counted for a procedure. */
export function remindOfCount(due: string, code: string, submittedOn: string, turn: Turn): Choice[] {
  const { guide, world, wording } = turn;
  if (instantOf(due, guide) <= world.now) return [];
  const label = wording.before.remind.offer(wording.day(due));
  return [{ id: `r:set:${due}:${code}:${submittedOn}`, label }];
}
