import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, percent, percentile, short, table } from "./figures.ts";
import { load } from "./load.ts";
import type { Part } from "./part.ts";
import { importInto, type Running, type Started, startBare, startProgram, timesOf } from "./program.ts";

const STARTS = 5;
/** Runs over all questions. */
const RUNS = 5;

/** The program as built, in a folder of its own with the catalogue imported and an empty store. */
export const service: Part = async (run) => {
  const folder = await mkdtemp(join(tmpdir(), "motcua-bench-"));
  try {
    await importInto(folder, run.catalogueFile);
    // The first start after an import works out what the later ones find ready.
    const first = await startProgram(folder);
    await first.stop();
    const starts: Started[] = [];
    for (let number = 0; number < STARTS; number++) {
      const started = await startProgram(folder);
      await started.stop();
      starts.push(started);
    }
    const questions = run.labels.questions.map(({ question }) => question);
    const runs: number[][] = [];
    for (let number = 0; number < RUNS; number++) runs.push(await timesOf(folder, questions));
    const inProcess = (p: number): number => median(runs.map((times) => percentile(times, p)));
    const ours = await during(await startProgram(folder), async ({ address }) => load(address, questions));
    const bare = await during(await startBare(ours.bytes), async ({ address }) => load(address, questions));
    const seconds = median(starts.map((start) => start.seconds));
    const megabytes = median(starts.map((start) => start.megabytes));
    const loadRow = (name: string, figures: typeof ours, ratio: string): string[] => [
      name,
      short(figures.rate),
      ratio,
      short(figures.p50),
      short(figures.p99),
      String(figures.failed),
      String(figures.n),
    ];
    return {
      markdown: [
        table(
          [
            "the program with the catalogue",
            "first start after the import",
            `later starts (median of ${STARTS})`,
          ],
          [
            ["from start to the first answer of /health, s", short(first.seconds), short(seconds)],
            ["resident memory then, MB", short(first.megabytes), short(megabytes)],
          ],
        ),
        table(
          [`one answer in the process (ask --json, median of ${RUNS} runs)`, "p50 ms", "p99 ms", "n"],
          [["each question once", short(inProcess(0.5)), short(inProcess(0.99)), String(questions.length)]],
        ),
        `16 clients, each asking as soon as it is answered; answers of ${ours.bytes} bytes on average:\n`,
        table(
          ["server", "questions/s", "ratio", "p50 ms", "p99 ms", "failed", "n"],
          [
            loadRow("**Một Cửa**", ours, percent(ours.rate / bare.rate)),
            loadRow("bare node:http", bare, percent(1)),
          ],
        ),
      ].join("\n"),
      figures: { first, seconds, megabytes, starts, runs, ours, bare, ratio: ours.rate / bare.rate },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Does something with a running server and stops it, whatever happens. */
async function during<T>(running: Running, act: (running: Running) => Promise<T>): Promise<T> {
  try {
    return await act(running);
  } finally {
    await running.stop();
  }
}
