import type { Session } from "./session.ts";

const DAY_MS = 86_400_000;

/**
 * Whether something in a conversation still goes on: spoken in within so many days, or a reminder to come, or one that can still be
 * answered. Cases apart.
 */
export function isAlive({ draft, menuAt, reminders = [] }: Session, now: Date, days: number): boolean {
  if (draft && menuAt === undefined) return true;
  const moments = [...(menuAt === undefined ? [] : [menuAt]), ...reminders.map(({ at }) => at)];
  return moments.some((at) => Date.parse(at) > now.getTime() - days * DAY_MS);
}
