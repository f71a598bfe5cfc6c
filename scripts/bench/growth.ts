import { short, table } from "./figures.ts";
import { runFresh } from "./fresh.ts";
import { judged } from "./judge.ts";
import { SearchFigures } from "./measure.ts";
import type { Part } from "./part.ts";

const SMALL = 1000;
const LARGE = 20_000;
/** Longest that one size is asked, in milliseconds. */
const BUDGET = 60_000;

/** Our search with a part of the catalogue, the whole, and made-up records beyond it, with as many phrasings. */
export const growth: Part = async (run) => {
  const questions = judged(run.labels.questions, run.guide.finder);
  const rows: { records: number; figures: SearchFigures }[] = [];
  for (const records of [SMALL, run.catalogue.briefs.length, LARGE]) {
    const input = { catalogueFile: run.catalogueFile, phrasings: true, records, questions, budget: BUDGET };
    rows.push({ records, figures: await runFresh("own-process.ts", input, SearchFigures) });
  }
  return {
    markdown: table(
      ["records", "build s", "memory MB", "p50 ms", "p99 ms", "n"],
      rows.map(({ records, figures }) => [
        records.toLocaleString("en"),
        short(figures.build),
        short(figures.memory),
        short(figures.p50),
        short(figures.p99),
        String(figures.n),
      ]),
    ),
    figures: rows,
  };
};
