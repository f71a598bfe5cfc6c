import { buildLibrary } from "../../src/answers/subjects.ts";
import { words } from "../../src/text/fold.ts";
import { estimate, short, table } from "./figures.ts";
import { runFresh } from "./fresh.ts";
import { judged } from "./judge.ts";
import { SearchFigures } from "./measure.ts";
import type { Part, Run } from "./part.ts";
import { PEERS } from "./peers/all.ts";
import type { PeerDocument } from "./peers/peer.ts";

type Row = {
  readonly engine: string;
  readonly setting: string;
  readonly names: SearchFigures;
  readonly phrasings: SearchFigures;
};

/** Our search beside other engines: the same catalogue, the same questions, each in a process of its own. */
export const contest: Part = async (run) => {
  const questions = judged(run.labels.questions, run.guide.finder);
  const own = async (phrasings: boolean): Promise<SearchFigures> =>
    runFresh(
      "own-process.ts",
      { catalogueFile: run.catalogueFile, phrasings, questions, budget: run.budget },
      SearchFigures,
    );
  const rows: Row[] = [
    { engine: "**Một Cửa**", setting: "", names: await own(false), phrasings: await own(true) },
  ];
  const documents = documentsOf(run);
  const bare = documents.map((document) => ({ ...document, phrasings: [] }));
  for (const { name, settings } of PEERS) {
    for (const { label } of run.tries ? settings : settings.slice(0, 1)) {
      run.progress(`  ${name}: ${label}`);
      const measured = async (texts: readonly PeerDocument[]): Promise<SearchFigures> =>
        runFresh(
          "peer-process.ts",
          { peer: name, setting: label, documents: texts, questions, budget: run.budget },
          SearchFigures,
        );
      rows.push({
        engine: name,
        setting: label,
        names: await measured(bare),
        phrasings: await measured(documents),
      });
    }
  }
  const text = (kind: "names" | "phrasings"): string =>
    table(
      ["engine", "right code first", "in the first three", "p50 ms", "p99 ms", "build s", "memory MB", "n"],
      rows.map(({ engine, setting, [kind]: figures }) => [
        run.tries && setting ? `${engine} (${setting})` : engine,
        estimate(figures.first, figures.n),
        estimate(figures.firstThree, figures.n),
        short(figures.p50),
        short(figures.p99),
        short(figures.build),
        short(figures.memory),
        String(figures.n),
      ]),
    );
  return {
    markdown: [
      `Names, sectors and phrasings (${documents.length} procedures):\n`,
      text("phrasings"),
      "Official names and sectors alone:\n",
      text("names"),
      `Each in a process of its own. Twins count as one procedure for all. n below ${questions.length}: a random sample, as many as ` +
        `${run.budget / 1000} s allowed. Weights of ours and settings of the others were chosen on these same questions.\n`,
    ].join("\n"),
    figures: rows,
  };
};

/** What ours searches by, without what only ours understands: papers, results, rules. */
function documentsOf({ knowledge, catalogue }: Run): PeerDocument[] {
  const { subjects, documents } = buildLibrary(knowledge, catalogue);
  return subjects.map(({ code, sector, members }, at) => {
    const official = new Set(members.map(({ name }) => folded(name)));
    const { names = [], phrasings = [] } = documents[at] ?? {};
    const said = new Set([...names, ...phrasings].map(folded));
    return {
      id: code,
      sector: folded(sector),
      names: [...official],
      phrasings: [...said].filter((text) => !official.has(text)),
    };
  });
}

const folded = (text: string): string => words(text).join(" ");
