import { z } from "zod";
import { runFresh } from "./fresh.ts";

/** What a closed loop of clients saw of a server. */
export const LoadFigures = z.object({
  /** Answered a second. */
  rate: z.number(),
  /** Milliseconds. */
  p50: z.number(),
  p99: z.number(),
  /** Questions answered while measured. */
  n: z.number(),
  /** Answers that were no 200. */
  failed: z.number(),
  /** Mean size of an answer, in bytes. */
  bytes: z.number(),
});
export type LoadFigures = Readonly<z.infer<typeof LoadFigures>>;

/** How a server is asked: so many clients, each with its next question as soon as the last is answered. */
export const Load = z.object({
  address: z.string(),
  questions: z.array(z.string()),
  clients: z.number(),
  warmUpSeconds: z.number(),
  seconds: z.number(),
});

/** Clients in a closed loop, in a process of their own. */
export async function load(address: string, questions: readonly string[]): Promise<LoadFigures> {
  const asked = { address, questions, clients: 16, warmUpSeconds: 3, seconds: 10 };
  return runFresh("load-process.ts", asked, LoadFigures);
}
