import { type AskedLine, answerOne } from "../../src/commands/ask.ts";
import { percent, share, table } from "./figures.ts";
import { idsOf, isRight } from "./judge.ts";
import { NOW, type Question } from "./labels.ts";
import type { Part, Run } from "./part.ts";
import { turnsOf } from "./turns.ts";

type Row = {
  readonly label: Question;
  readonly asked: AskedLine;
  readonly first: boolean;
  readonly three: boolean;
};

/** What people are answered with: questions by style, what must be declined, complaints, dialogues. */
export const understanding: Part = async (run) => {
  const { guide, labels } = run;
  const rows = labels.questions.map((label) => rowOf(label, run));
  const declines = labels.offtopic.map(({ question }) => answerOne(question, guide, NOW));
  const complaints = labels.complaints.map(({ text, kind }) => ({
    kind,
    asked: answerOne(text, guide, NOW),
  }));
  const turns = turnsOf(run);
  const wrongly = ({ asked }: Row): boolean =>
    asked.results.length === 0 && asked.intent !== "complaint" && asked.intent !== "rule";
  const isComplaint = ({ asked }: { asked: AskedLine }): boolean => asked.intent === "complaint";
  const figures = {
    first: share(rows, ({ first }) => first),
    firstThree: share(rows, ({ three }) => three),
    declinedInScope: share(rows, wrongly),
    takenForComplaint: share(rows, isComplaint),
    offtopicDeclined: share(declines, ({ results }) => results.length === 0),
    complaintsRecognised: share(complaints, isComplaint),
    kindRight: share(complaints, ({ kind, asked }) => asked.complaint?.["kind"] === kind),
    turnsBoth: share(turns, ({ procedure, aspect }) => procedure && aspect),
    turnsProcedure: share(turns, ({ procedure }) => procedure),
    turnsAspect: share(turns, ({ aspect }) => aspect),
  };
  const n = {
    questions: rows.length,
    offtopic: declines.length,
    complaints: complaints.length,
    turns: turns.length,
  };
  const line = (name: string, value: number, of: number): string[] => [name, percent(value), String(of)];
  return Promise.resolve({
    markdown: [
      table(
        ["measure", "result", "n"],
        [
          line("right code first", figures.first, n.questions),
          line("right code in the first three", figures.firstThree, n.questions),
          line("question declined", figures.declinedInScope, n.questions),
          line("question taken for a complaint", figures.takenForComplaint, n.questions),
          line("off topic not answered with a procedure", figures.offtopicDeclined, n.offtopic),
          line("complaint recognised", figures.complaintsRecognised, n.complaints),
          line("… and its kind right", figures.kindRight, n.complaints),
          line("turn of a dialogue: procedure and aspect right", figures.turnsBoth, n.turns),
          line("turn of a dialogue: procedure right", figures.turnsProcedure, n.turns),
          line("turn of a dialogue: aspect right", figures.turnsAspect, n.turns),
        ],
      ),
      table(["style", "right code first", "in the first three", "declined", "n"], byStyle(rows, wrongly)),
    ].join("\n"),
    figures: { ...figures, n, styles: byStyle(rows, wrongly) },
  });
};

function rowOf(label: Question, { guide }: Run): Row {
  const asked = answerOne(label.question, guide, NOW);
  const right = idsOf(label.codes, guide.finder);
  const found = asked.results.map(({ code }) => idsOf([code], guide.finder)[0] ?? code);
  return { label, asked, first: isRight(found, right, 1), three: isRight(found, right, 3) };
}

function byStyle(rows: readonly Row[], isDeclined: (row: Row) => boolean): string[][] {
  return [...new Set(rows.map(({ label }) => label.style))].sort().map((style) => {
    const own = rows.filter(({ label }) => label.style === style);
    return [
      style,
      percent(share(own, ({ first }) => first)),
      percent(share(own, ({ three }) => three)),
      String(own.filter(isDeclined).length),
      String(own.length),
    ];
  });
}
