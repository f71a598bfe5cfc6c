/**
 * Complaints that one conversation may file in so many hours. Policy, not law: who has several grievances, or helps
 * neighbours at a counter, stays far below; what files more is a program, and each complaint costs officials an answer.
 */
const ALLOWANCES = [
  { hours: 1, most: 5 },
  { hours: 24, most: 20 },
] as const;
/** Look-ups of codes that nobody has, a minute and conversation: whoever misreads a code needs fewer. */
const LOOK_UPS = { most: 10, ms: 60_000 } as const;

/** From when on another complaint may be filed; undefined when it may be now. `filed`: ISO instants, any order. */
export function filesAgainAt(filed: readonly string[], now: Date): Date | undefined {
  const waits = ALLOWANCES.flatMap(({ hours, most }) => againAt(filed, most, hours * 3_600_000, now) ?? []);
  return waits.toSorted((one, other) => other.getTime() - one.getTime())[0];
}

/** From when on another tracking code may be looked up. `missed`: ISO instants of look-ups that found nothing. */
export function looksUpAgainAt(missed: readonly string[], now: Date): Date | undefined {
  return againAt(missed, LOOK_UPS.most, LOOK_UPS.ms, now);
}

/** The look-ups that still count, with one more now. */
export function withMiss(missed: readonly string[], now: Date): string[] {
  return [...missed, now.toISOString()].slice(-LOOK_UPS.most);
}

/** When so few lie within the span again that one more fits. */
function againAt(instants: readonly string[], most: number, ms: number, now: Date): Date | undefined {
  const latest = instants.map((at) => Date.parse(at)).toSorted((one, other) => other - one)[most - 1];
  return latest !== undefined && latest + ms > now.getTime() ? new Date(latest + ms) : undefined;
}
