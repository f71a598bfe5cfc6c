/** One failed attempt. */
export type Failure = {
  /** Attempts made since then, this one included. */
  readonly attempts: number;
  /** ISO instant from which the day of attempts is counted. */
  readonly since: string;
  readonly now: Date;
  /** No further attempt can succeed. */
  readonly forGood: boolean;
  /** The recipient's own wish not to be tried earlier (Retry-After). */
  readonly afterSeconds?: number | undefined;
};

/** `dead`: a human must look. `nextAt`: ISO instant of the next attempt; absent when none follows. */
export type AfterFailure = { readonly nextAt?: string; readonly dead: boolean };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST_WAITS: readonly number[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR];
/** The hourly wait lies within this share of an hour on both sides, so that an outage's backlog spreads out. */
const SPREAD = 0.1;

/**
 * What follows a failure: 1, 5, 15 and 60 minutes, then hourly; a human after 24 hours, or at once when it is
 * for good. `jitter` is 0 to 1. A delivery that a human looks at is still tried hourly unless it failed for good.
 */
export function afterFailure(failure: Failure, jitter: number): AfterFailure {
  if (failure.forGood) return { dead: true };
  const now = failure.now.getTime();
  const wait = FIRST_WAITS[failure.attempts - 1] ?? HOUR * (1 - SPREAD + 2 * SPREAD * jitter);
  // A recipient may ask for patience, but not past the day on which a human has to know.
  const asked = Math.min((failure.afterSeconds ?? 0) * 1000, DAY);
  // One failure alone is no day of failing: the program itself may have been off since the promise.
  const dead = failure.attempts > 1 && now - Date.parse(failure.since) >= DAY;
  return { nextAt: new Date(now + Math.max(wait, asked)).toISOString(), dead };
}
