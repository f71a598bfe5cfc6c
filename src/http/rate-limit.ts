import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "./peer.ts";

/** How much is taken from whom. All numbers are seconds to wait; 0 when it may come now. */
export type RateLimits = {
  /** Before a message; without a session it begins a conversation. */
  message(address: string, session: string | undefined): Promise<number>;
  /** Before a file, beside `message`. */
  upload(address: string): Promise<number>;
  /** Before a look into the mailbox of a session. */
  look(session: string): Promise<number>;
  /** After a wrong secret was shown. */
  wrongSecret(address: string): Promise<number>;
  /** Whether an address has shown too many wrong secrets for another to be looked at. */
  shut(address: string): Promise<number>;
  /** A stream for this session may open; the result says that it ended. Undefined: too many are open. */
  stream(session: string): (() => void) | undefined;
};

/** Messages and looks a minute of one session: more nobody types. */
const PER_SESSION = { points: 60, duration: 60 };
const LOOKS = { points: 240, duration: 60 };
/** Of one address, which a school or a whole village may share. Short spans, so that a flood's end is soon felt. */
const PER_ADDRESS = { points: 100, duration: 10 };
const NEW_PER_ADDRESS = { points: 50, duration: 10 };
/** Of all together: what one process answers with time to spare; and what it answers at all. */
const ALL = { points: 100, duration: 1 };
const CEILING = { points: 400, duration: 1 };
/** A session with fewer messages in its minute is a person: a flood from the same address does not hold it up. */
const QUIET = 12;
/** … but only so many messages of one network: whoever has collected sessions would be quiet in each of them. */
const QUIET_PER_ADDRESS = { points: 300, duration: 10 };
/** Files of one network an hour: a counter that helps people sends some dozens, and each may take ten megabytes. */
const UPLOADS = { points: 120, duration: 3600 };
const WRONG_SECRETS = { points: 30, duration: 60 };
/** A page opens one stream; a browser restores a few. */
const STREAMS_PER_SESSION = 6;
const STREAMS = 5_000;

export function createRateLimits(): RateLimits {
  const limiter = (options: { points: number; duration: number }): RateLimiterMemory =>
    new RateLimiterMemory(options);
  const sessions = limiter(PER_SESSION);
  const looks = limiter(LOOKS);
  const addresses = limiter(PER_ADDRESS);
  const newcomers = limiter(NEW_PER_ADDRESS);
  const quiet = limiter(QUIET_PER_ADDRESS);
  const uploads = limiter(UPLOADS);
  const all = limiter(ALL);
  const ceiling = limiter(CEILING);
  const wrongSecrets = limiter(WRONG_SECRETS);
  const streams = new Map<string, number>();
  let open = 0;
  return {
    message: async (address, session) => {
      const network = networkOf(address);
      // What is refused takes nothing from the others' share: else a flood would empty it by being refused.
      const own = session === undefined ? await take(newcomers, network) : await take(sessions, session);
      if (own.wait > 0) return own.wait;
      if (session !== undefined) {
        const shared = Math.max((await take(addresses, network)).wait, (await take(all, "all")).wait);
        if (shared > 0 && own.taken > QUIET) return shared;
        const beyond = shared > 0 ? (await take(quiet, network)).wait : 0;
        if (beyond > 0) return beyond;
      }
      return (await take(ceiling, "all")).wait;
    },
    upload: async (address) => (await take(uploads, networkOf(address))).wait,
    look: async (session) => (await take(looks, session)).wait,
    wrongSecret: async (address) => (await take(wrongSecrets, networkOf(address))).wait,
    shut: async (address) => {
      const found = await wrongSecrets.get(networkOf(address));
      return found && found.consumedPoints > WRONG_SECRETS.points ? secondsOf(found) : 0;
    },
    stream: (session) => {
      const mine = streams.get(session) ?? 0;
      if (mine >= STREAMS_PER_SESSION || open >= STREAMS) return undefined;
      streams.set(session, mine + 1);
      open += 1;
      return () => {
        open -= 1;
        const left = (streams.get(session) ?? 1) - 1;
        if (left > 0) streams.set(session, left);
        else streams.delete(session);
      };
    },
  };
}

/** For load and crash tests: takes everything. */
export function noRateLimits(): RateLimits {
  const never = (): Promise<number> => Promise.resolve(0);
  return {
    message: never,
    upload: never,
    look: never,
    wrongSecret: never,
    shut: never,
    stream: () => () => undefined,
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<{ wait: number; taken: number }> {
  try {
    return { wait: 0, taken: (await limiter.consume(key)).consumedPoints };
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    return { wait: secondsOf(rejected), taken: rejected.consumedPoints };
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}
