/**
 * Fits the weights `followUp` of `knowledge/ranking.yaml`: which procedure a message in a conversation is about.
 *
 *   tsx scripts/fit-follow-ups.ts --catalogue FILE --dialogues FILE… [--write]
 *
 * Each message of a labelled dialogue is judged as if all before it had been understood. Prints what five-fold
 * cross-validation over the dialogues gives; `--write` puts the weights fitted to all in place.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { buildFinder, type Finder } from "../src/answers/finder.ts";
import { LINKS, linkedWith } from "../src/answers/follow-up.ts";
import type { Subject } from "../src/answers/subjects.ts";
import { readCatalogueInput } from "../src/catalogue/gather.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { buildReader, type Reader } from "../src/understanding/reader.ts";
import { type Choice, fitChoices, heaviest } from "./fit/choice.ts";
import { FOLDS, foldOf, linesOf, percent } from "./fit/folds.ts";
import { named, writeRanking } from "./fit/ranking-file.ts";

const NOW = new Date("2026-11-20T09:00:00+07:00");
const Dialogue = z.object({
  id: z.string(),
  turns: z.array(z.object({ user: z.string(), codes: z.array(z.string()).nullable() })),
});
type Dialogue = z.infer<typeof Dialogue>;
type Row = Choice & { readonly fold: number };

const { values } = parseArgs({
  options: {
    catalogue: { type: "string" },
    dialogues: { type: "string", multiple: true, default: [] },
    write: { type: "boolean", default: false },
  },
});

async function main(catalogueFile: string): Promise<void> {
  const knowledge = loadKnowledge("knowledge");
  const finder = buildFinder(knowledge, await readCatalogueInput([catalogueFile]));
  const reader = buildReader(knowledge);
  const dialogues = values.dialogues.flatMap(linesOf).map((line) => Dialogue.parse(JSON.parse(line)));
  const rows = dialogues.flatMap((dialogue) => rowsOf(dialogue, reader, finder));
  const fit = (fitted: readonly Row[]): number[] => fitChoices(fitted, LINKS.length);
  const folds = Array.from({ length: FOLDS }, (_, fold) => fit(rows.filter((row) => row.fold !== fold)));
  const all = fit(rows);
  const rightWith = (weightsOf: (row: Row) => readonly number[]): string =>
    percent(rows.filter((row) => heaviest(row.candidates, weightsOf(row))?.right).length / rows.length);
  process.stdout.write(`${rows.length} messages of ${dialogues.length} dialogues\n`);
  process.stdout.write(`cross-validated: ${rightWith(({ fold }) => folds[fold] ?? [])} right\n`);
  process.stdout.write(`fitted to all: ${rightWith(() => all)} right\n`);
  if (values.write) writeRanking({ followUp: named(LINKS, all) });
}

/** The messages of a dialogue after its first topic; greetings and what names a code are understood without one. */
function rowsOf({ id, turns }: Dialogue, reader: Reader, finder: Finder): Row[] {
  const topics: Subject[] = [];
  let asked: string | undefined;
  return turns.flatMap(({ user, codes }) => {
    const reading = reader.read(user, NOW);
    const right = new Set((codes ?? []).flatMap((code) => finder.subject(code) ?? []));
    const context = { topics: topics.map(({ code }) => code), asked };
    const isPlain = reading.greeting || reading.elsewhere || reading.procedureCode !== undefined;
    const linked = isPlain ? [] : linkedWith(reading, context, finder.find(reading), finder);
    const [meant] = right;
    if (meant) {
      topics.splice(0, topics.length, ...new Set([meant, ...topics]));
      asked = user;
    }
    if (linked.length === 0) return [];
    const candidates = linked.map(({ subject, links }) => ({
      signals: links,
      right: subject ? right.has(subject) : right.size === 0,
    }));
    return [{ fold: foldOf(id), candidates }];
  });
}

if (!values.catalogue) throw new Error("--catalogue FILE is needed, and --dialogues to learn from");
await main(values.catalogue);
