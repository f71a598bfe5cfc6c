import { setTimeout as pause } from "node:timers/promises";

/** Where the programs are now; empty while none runs. */
export type Door = { readonly addresses: () => readonly string[] };

export type Answer = { readonly status: number; readonly raw: string };

/** What stood between a request and its answer. */
export type Waits = { unreachable: number; unavailable: number; told: number };

/** How long one request may go unanswered before its sender tries again, and how long it tries at all. */
const ANSWER_MS = 20_000;
const PATIENCE_MS = 180_000;
/** … where it is told to wait. */
const MOST_PATIENCE_MS = 1_800_000;
const AGAIN_MS = 25;
const UNAVAILABLE_MS = 60;

/**
 * Sends one request again and again until it is answered, as people and systems do while a server is away: to another
 * program each time where several run, and after as long as a 429 asks for.
 * @throws when it is never answered
 */
export async function insist(
  { addresses }: Door,
  path: string,
  init: RequestInit,
  waits: Waits = { unreachable: 0, unavailable: 0, told: 0 },
): Promise<Answer> {
  let told = PATIENCE_MS;
  for (const from = performance.now(); performance.now() - from < told; ) {
    const all = addresses();
    const address = all[Math.floor(Math.random() * all.length)];
    const response = address === undefined ? undefined : await ask(address + path, init);
    if (!response) {
      waits.unreachable += 1;
      await pause(AGAIN_MS);
    } else if (response.status === 503) {
      waits.unavailable += 1;
      await pause(UNAVAILABLE_MS);
    } else if (response.status === 429) {
      waits.told += 1;
      const seconds = Math.max(1, response.after);
      told = Math.min(told + seconds * 1000, MOST_PATIENCE_MS);
      await pause(seconds * 1000);
    } else return response;
  }
  throw new Error(`${path} was not answered within ${PATIENCE_MS / 1000} s`);
}

async function ask(url: string, init: RequestInit): Promise<(Answer & { after: number }) | undefined> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
    const raw = await response.text();
    return { status: response.status, raw, after: Number(response.headers.get("retry-after") ?? 0) };
  } catch {
    return undefined;
  }
}

/** A JSON body to POST. */
export function json(body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}
