/**
 * Fits the weights `followUp` of `knowledge/ranking.yaml`: which procedure a message in a conversation is about.
 *
 *   tsx scripts/fit-follow-ups.ts --catalogue FILE --dialogues FILE… --questions FILE… [--write]
 *
 * Each message of a labelled dialogue is judged as if all before it had been understood, and some of the labelled
 * questions, and procedures by their everyday names, as if another had been asked before. Prints what five-fold
 * cross-validation over the dialogues gives; `--write` puts the weights fitted to all in place.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { buildFinder, type Finder } from "../src/answers/finder.ts";
import { idsSpokenOf, LINKS, linkedWith } from "../src/answers/follow-up.ts";
import type { Subject } from "../src/answers/subjects.ts";
import { readCatalogueInput } from "../src/catalogue/gather.ts";
import { TOPICS } from "../src/conversation/turn.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import type { Procedure } from "../src/knowledge/procedure.ts";
import { buildReader, type Reader } from "../src/understanding/reader.ts";
import { seeded } from "./bench/seeded.ts";
import { type Choice, fitChoices, heaviest } from "./fit/choice.ts";
import { FOLDS, foldOf, linesOf, percent } from "./fit/folds.ts";
import { named, writeRanking } from "./fit/ranking-file.ts";

const NOW = new Date("2026-11-20T09:00:00+07:00");
const Dialogue = z.object({
  id: z.string(),
  turns: z.array(z.object({ user: z.string(), codes: z.array(z.string()).nullable() })),
});
type Dialogue = z.infer<typeof Dialogue>;
const Question = z.object({ question: z.string(), codes: z.array(z.string()) });
type Question = z.infer<typeof Question>;
const ASKED = [
  "cần giấy gì",
  "ở đâu",
  "bao nhiêu tiền",
  "online được không",
  "mấy ngày có",
  "cần gì",
] as const;
/** Of the questions, and of the procedures' everyday names, so many are taken: most messages go on with what was asked. */
const SHARE = { asked: 0.05, named: 0.05 } as const;
type Row = Choice & { readonly fold: number };

const { values } = parseArgs({
  options: {
    catalogue: { type: "string" },
    dialogues: { type: "string", multiple: true, default: [] },
    questions: { type: "string", multiple: true, default: [] },
    write: { type: "boolean", default: false },
  },
});

async function main(catalogueFile: string): Promise<void> {
  const knowledge = loadKnowledge("knowledge");
  const finder = buildFinder(knowledge, await readCatalogueInput([catalogueFile]));
  const reader = buildReader(knowledge);
  const dialogues = values.dialogues.flatMap(linesOf).map((line) => Dialogue.parse(JSON.parse(line)));
  const turned = [
    ...inTurn(
      values.questions.flatMap(linesOf).map((line) => Question.parse(JSON.parse(line))),
      SHARE.asked,
    ),
    ...inTurn(knowledge.procedures.flatMap(askedByName), SHARE.named),
  ];
  const rows = [...dialogues, ...turned].flatMap((dialogue) => rowsOf(dialogue, reader, finder));
  const fit = (fitted: readonly Row[]): number[] => fitChoices(fitted, LINKS.length);
  const folds = Array.from({ length: FOLDS }, (_, fold) => fit(rows.filter((row) => row.fold !== fold)));
  const all = fit(rows);
  const rightWith = (weightsOf: (row: Row) => readonly number[]): string =>
    percent(rows.filter((row) => heaviest(row.candidates, weightsOf(row))?.right).length / rows.length);
  process.stdout.write(
    `${rows.length} messages of ${dialogues.length} dialogues and ${turned.length} turns to something else\n`,
  );
  process.stdout.write(`cross-validated: ${rightWith(({ fold }) => folds[fold] ?? [])} right\n`);
  process.stdout.write(`fitted to all: ${rightWith(() => all)} right\n`);
  if (values.write) writeRanking({ followUp: named(LINKS, all) });
}

/** A share of the questions, each asked after the one before it in a drawn order. */
function inTurn(questions: readonly Question[], share: number): Dialogue[] {
  const drawn = seeded(1).shuffle(questions);
  return drawn.slice(0, drawn.length * share).map(({ question, codes }, at) => {
    const before = drawn.at(at - 1);
    const turns = [
      ...(before ? [{ user: before.question, codes: before.codes }] : []),
      { user: question, codes },
    ];
    return { id: question, turns };
  });
}

/** "Khai tử cần giấy gì", "hộ chiếu bao nhiêu tiền": in few words, of which one or two name it. */
function askedByName({ code, says }: Procedure): Question[] {
  return says.map((name, at) => ({ question: `${name} ${ASKED[at % ASKED.length]}`, codes: [code] }));
}

/** The messages of a dialogue after its first topic; greetings and what names a code are understood without one. */
function rowsOf({ id, turns }: Dialogue, reader: Reader, finder: Finder): Row[] {
  const topics: Subject[] = [];
  let asked: string | undefined;
  return turns.flatMap(({ user, codes }) => {
    const whole = reader.read(user, NOW);
    const reading = whole.turned?.rest ? reader.read(whole.turned.rest, NOW) : whole;
    const right = new Set((codes ?? []).flatMap((code) => finder.subject(code) ?? []));
    const context = { topics: topics.map(({ code }) => code), asked };
    const isPlain = reading.greeting || reading.elsewhere || reading.procedureCode !== undefined;
    const besides = idsSpokenOf(context, finder);
    const linked = isPlain ? [] : linkedWith(reading, context, finder.findBoth(reading, { besides }), finder);
    const [meant] = right;
    if (meant) {
      topics.splice(0, topics.length, ...[...new Set([meant, ...topics])].slice(0, TOPICS));
      asked = user;
    }
    // A label that the catalogue no longer has says nothing of what is right.
    const isKnown = right.size > 0 || !codes?.length;
    if (linked.length === 0 || !isKnown) return [];
    const candidates = linked.map(({ subject, links }) => ({
      signals: links,
      right: subject ? right.has(subject) : right.size === 0,
    }));
    return [{ fold: foldOf(id), candidates }];
  });
}

if (!values.catalogue) throw new Error("--catalogue FILE is needed, and --dialogues to learn from");
await main(values.catalogue);
