import { readFileSync } from "node:fs";
import { z } from "zod";
import { percentile, share } from "./figures.ts";
import { isRight, type Judged } from "./judge.ts";
import { seeded } from "./seeded.ts";

/** Answers a question with ids, best first. */
export type Search = (question: string) => readonly string[] | Promise<readonly string[]>;

/** Figures of one search engine over the questions. */
export const SearchFigures = z.object({
  first: z.number(),
  firstThree: z.number(),
  /** Milliseconds a question. */
  p50: z.number(),
  p99: z.number(),
  /** Seconds. */
  build: z.number(),
  /** Megabytes that the index holds. */
  memory: z.number(),
  /** Questions asked. */
  n: z.number(),
});
export type SearchFigures = Readonly<z.infer<typeof SearchFigures>>;

/** Time spent on unmeasured questions first, in milliseconds: the compiler warms up. */
const WARM_UP = 2000;
const MEGABYTE = 1e6;

/**
 * Builds a search engine and asks it all questions.
 * @param budget milliseconds after which no more questions are asked; their order is random, so those asked are a sample
 */
export async function measure(
  build: () => Search | Promise<Search>,
  questions: readonly Judged[],
  budget: number,
): Promise<SearchFigures> {
  const before = memoryHeld();
  const began = performance.now();
  const search = await build();
  const built = (performance.now() - began) / 1000;
  const memory = memoryHeld() - before;

  const warm = performance.now();
  for (const { question } of questions) {
    await search(question);
    if (performance.now() - warm > WARM_UP) break;
  }
  const rows: { first: boolean; three: boolean; ms: number }[] = [];
  const start = performance.now();
  for (const { question, right } of seeded(1).shuffle(questions)) {
    if (performance.now() - start > budget) break;
    const asked = performance.now();
    const found = await search(question);
    const ms = performance.now() - asked;
    rows.push({ first: isRight(found, right, 1), three: isRight(found, right, 3), ms });
  }
  const times = rows.map(({ ms }) => ms);
  return {
    first: share(rows, ({ first }) => first),
    firstThree: share(rows, ({ three }) => three),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    build: built,
    memory,
    n: rows.length,
  };
}

/** Megabytes in use after all garbage is gone. */
function memoryHeld(): number {
  // Twice, since what finalizers let go is taken by the next round.
  for (let round = 0; round < 2; round++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEGABYTE;
}

/** What {@link runFresh} sent to this process. */
export function inputOf<T extends z.ZodType>(schema: T): z.output<T> {
  return schema.parse(JSON.parse(readFileSync(0, "utf8")));
}

/** Hands the figures back to {@link runFresh}. */
export function tell(figures: unknown): void {
  process.stdout.write(JSON.stringify(figures));
}
