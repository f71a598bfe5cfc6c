/** Tells the time. The only source of time in the program. */
export type Clock = () => Date;

/** The machine's clock, or one that started at `start` when the program did and runs on from there. */
export function createClock(start?: Date): Clock {
  if (!start) return () => new Date();
  const origin = Date.now();
  return () => new Date(start.getTime() + (Date.now() - origin));
}
