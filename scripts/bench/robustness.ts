import { answerOne } from "../../src/commands/ask.ts";
import { mean, percent, points, share, table } from "./figures.ts";
import { idsOf, isRight, type Judged, judged } from "./judge.ts";
import { NOW } from "./labels.ts";
import { misspell, systemOff, withoutMarks } from "./misspell.ts";
import type { Part, Run } from "./part.ts";
import { seeded } from "./seeded.ts";

const SEEDS = [1, 2, 3, 4, 5];

type Accuracy = { readonly first: number; readonly firstThree: number; readonly changed: number };

/** What is lost when people type without marks, with the typing system off or with a slip; whole answers, as `motcua ask` gives them. */
export const robustness: Part = async (run) => {
  const questions = judged(run.labels.questions, run.guide.finder);
  const asTyped = accuracyOf(run, questions, (question) => question);
  const stripped = accuracyOf(run, questions, withoutMarks);
  const telex = accuracyOf(run, questions, (question) => systemOff(question, "telex"));
  const vni = accuracyOf(run, questions, (question) => systemOff(question, "vni"));
  const slipped = SEEDS.map((seed) => {
    const random = seeded(seed);
    return accuracyOf(run, questions, (question) => misspell(question, random));
  });
  const averaged = (of: (accuracy: Accuracy) => number): number => mean(slipped.map(of));
  const slip: Accuracy = {
    first: averaged(({ first }) => first),
    firstThree: averaged(({ firstThree }) => firstThree),
    changed: averaged(({ changed }) => changed),
  };
  const row = (name: string, accuracy: Accuracy): string[] => [
    name,
    percent(accuracy.first),
    percent(accuracy.firstThree),
    points(asTyped.first - accuracy.first),
    points(asTyped.firstThree - accuracy.firstThree),
    percent(accuracy.changed),
  ];
  const head = [
    "question",
    "right code first",
    "in the first three",
    "lost, points",
    "lost of three, points",
    "changed",
  ];
  return Promise.resolve({
    markdown: table(head, [
      [...row("as typed", asTyped).slice(0, 3), "", "", ""],
      row("without marks", stripped),
      row("in Telex, the typing system off", telex),
      row("in VNI, the typing system off", vni),
      row(`one slip (mean of ${SEEDS.length} drawings)`, slip),
    ]),
    figures: { n: questions.length, asTyped, stripped, telex, vni, slipped, slip },
  });
};

function accuracyOf(
  { guide }: Run,
  questions: readonly Judged[],
  change: (question: string) => string,
): Accuracy {
  const rows = questions.map(({ question, right }) => {
    const typed = change(question);
    const { results } = answerOne(typed, guide, NOW);
    const found = results.map(({ code }) => idsOf([code], guide.finder)[0] ?? code);
    return {
      first: isRight(found, right, 1),
      three: isRight(found, right, 3),
      changed: typed !== question,
    };
  });
  return {
    first: share(rows, ({ first }) => first),
    firstThree: share(rows, ({ three }) => three),
    changed: share(rows, ({ changed }) => changed),
  };
}
