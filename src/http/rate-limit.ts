import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Messages a minute from one session, and from one address (which many people may share). */
const PER_SESSION = 60;
const PER_ADDRESS = 600;

/** Gives the seconds to wait before the next message; 0 when it may come now. */
export function createRateLimit(): (address: string, session: string | undefined) => Promise<number> {
  const sessions = new RateLimiterMemory({ points: PER_SESSION, duration: 60 });
  const addresses = new RateLimiterMemory({ points: PER_ADDRESS, duration: 60 });
  return async (address, session) => {
    const waits = await Promise.all([take(addresses, address), session ? take(sessions, session) : 0]);
    return Math.max(...waits);
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (rejected) {
    if (rejected instanceof RateLimiterRes) return Math.max(1, Math.ceil(rejected.msBeforeNext / 1000));
    throw rejected;
  }
}
