import type { Session } from "./session.ts";

/** So long after the last word a draft, an aside or a paper is not come back to. */
const QUIET_MS = 30 * 86_400_000;

/**
 * Whether something in a conversation still goes on: spoken in lately, or a reminder to come, or one that can still be
 * answered. Cases apart.
 */
export function isAlive({ draft, menuAt, reminders = [] }: Session, now: Date): boolean {
  if (draft && menuAt === undefined) return true;
  const moments = [...(menuAt === undefined ? [] : [menuAt]), ...reminders.map(({ at }) => at)];
  return moments.some((at) => Date.parse(at) > now.getTime() - QUIET_MS);
}
