import { z } from "zod";
import {
  answers,
  type Behaviour,
  type Received,
  resets,
  saysNothing,
  startWebhookReceiver,
  type WebhookReceiver,
} from "../../test/fakes/webhook-receiver.ts";
import type { Seeded } from "../bench/seeded.ts";

/** What contacts file and agencies of a run share. */
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const Notice = z.object({
  id: z.string(),
  case: z.string(),
  event: z.string(),
  text: z.string(),
  reply: z.object({ url: z.string(), token: z.string() }),
});
export type Notice = z.infer<typeof Notice>;

/** One notice as it arrived, at least once. */
export type Arrival = { readonly path: string; readonly key: string; readonly notice: Notice; times: number };

/** The systems of all agencies, at one address with a path each. */
export type Agency = {
  /** What the contacts file holds, for these agencies. */
  contacts(agencies: Iterable<string>): Readonly<Record<string, readonly object[]>>;
  /** By path and idempotency key. */
  readonly arrivals: ReadonlyMap<string, Arrival>;
  /** What must not happen: a changed body under one key, a wrong signature. */
  readonly faults: readonly string[];
  /** `bad`: 8 % errors, 3 % lost answers, resets, slow ones; `away`: nobody listens; `good`: all is taken. */
  mood(mood: "good" | "bad" | "away"): void;
  close(): Promise<void>;
};

const SLOW_MS = 400;

/** What comes after this is told to `onArrival` the first time a key arrives. */
export async function startAgency(random: Seeded, onArrival?: (notice: Notice) => void): Promise<Agency> {
  const receiver: WebhookReceiver = await startWebhookReceiver(SECRET);
  const arrivals = new Map<string, Arrival>();
  const bodies = new Map<string, string>();
  const faults: string[] = [];
  let mood: "good" | "bad" | "away" = "bad";

  const note = (received: Received): void => {
    const key = String(received.headers["webhook-id"]);
    const notice = Notice.parse(JSON.parse(received.body));
    const at = `${received.path} ${key}`;
    const known = arrivals.get(at);
    const facts = factsIn(received.body);
    if (!known) {
      arrivals.set(at, { path: received.path, key, notice, times: 1 });
      bodies.set(at, facts);
      onArrival?.(notice);
      return;
    }
    known.times += 1;
    if (bodies.get(at) !== facts) faults.push(`the body of ${key} changed between two attempts`);
  };
  /** A kept notice is one that the agency has, whether its answer arrives or not. */
  const taken =
    (answer: Behaviour): Behaviour =>
    (response, received) => {
      note(received);
      answer(response, received);
    };
  const drawn = (): Behaviour => {
    const chance = random.next();
    if (chance < 0.08) return answers(503);
    if (chance < 0.11) return taken(random.next() < 0.5 ? resets : saysNothing);
    if (chance < 0.13) return resets;
    if (chance < 0.2)
      return taken((response) => setTimeout(() => response.writeHead(200).end(), random.below(SLOW_MS)));
    return taken(answers(200));
  };
  receiver.usually((response, received) => {
    if (mood === "away") resets(response, received);
    else (mood === "good" ? taken(answers(200)) : drawn())(response, received);
  });

  return {
    contacts: (agencies) =>
      Object.fromEntries(
        Array.from(agencies, (id) => [
          id,
          [{ channel: "webhook", url: `${receiver.url}/${id}`, secret: SECRET }],
        ]),
      ),
    arrivals,
    get faults() {
      return [...faults, ...receiver.refused.map(({ path }) => `a wrong signature came to ${path}`)];
    },
    mood: (next) => {
      mood = next;
    },
    close: () => receiver.close(),
  };
}

/** All but the address of the program: it has a new port at each start, and several have one each. */
function factsIn(body: string): string {
  return body.replace(/"url":"http:\/\/127\.0\.0\.1:\d+/, '"url":"');
}
