import { type Understanding, understand } from "../answers/answer.ts";
import type { Guide, Outcome, World } from "../conversation/guide.ts";
import { respond } from "../conversation/respond.ts";
import { newSession, type Session } from "../conversation/session.ts";
import { contextOf } from "../conversation/turn.ts";
import { tuneEngine } from "../engine.ts";
import type { Reading } from "../understanding/reader.ts";
import { warmUpNow } from "../warm-up.ts";
import type { Command } from "./command.ts";
import { commandGuide, takeAnswerArgs } from "./guide.ts";

/** One answer, or with standard input one a line. */
export const ask: Command = {
  summary: "answer one question, or one a line from standard input",
  usage: 'ask [--json] [--catalogue FILE]… ["question"]',
  run: async (context) => {
    const { json, catalogue, words } = takeAnswerArgs(context.args);
    const measured = json && words.length === 0;
    if (measured) tuneEngine();
    const { guide, knowledge, now } = await commandGuide(context, catalogue);
    if (measured) warmUpNow(guide, knowledge, now());
    const answer = (question: string): void => {
      const asked = answerOne(question, guide, now());
      context.out(json ? `${JSON.stringify(asked)}\n` : `${asked.answer}\n`);
    };
    if (words.length > 0) answer(words.join(" "));
    else for await (const line of context.lines()) answer(line);
    return 0;
  },
};

/** One line of `ask --json`. */
export function answerOne(question: string, guide: Guide, now: Date): AskedLine {
  const started = performance.now();
  const session = newSession();
  const outcome = respond(session, { kind: "text", text: question }, worldFor(now), guide);
  const ms = performance.now() - started;
  const reading = guide.reader.read(question, now);
  const understood = understoodAs(reading, session, outcome, guide);
  return {
    question,
    ...describe(understood),
    ...(understood.intent === "complaint" && { complaint: complaintOf(reading, understood) }),
    answer: outcome.replies
      .map((reply) =>
        [reply.text, ...reply.choices.map(({ label }, index) => `${index + 1}. ${label}`)].join("\n"),
      )
      .join("\n\n"),
    ms: Math.round(ms * 1000) / 1000,
  };
}

export type AskedLine = Described & {
  readonly question: string;
  readonly complaint?: ReturnType<typeof complaintOf>;
  readonly answer: string;
  readonly ms: number;
};

type Described = {
  readonly intent: string;
  readonly aspect: string;
  readonly results: readonly { readonly code: string; readonly name: string; readonly score: number }[];
  readonly rules?: readonly { readonly id: string; readonly score: number }[];
};

/** Intent, aspect and results as programs read them. A complaint names its procedure in `complaint`, not in results. */
export function describe(understood: Understanding): Described {
  const results = understood.intent === "complaint" ? [] : understood.procedures;
  return {
    intent: understood.intent,
    aspect: understood.aspect,
    results: results.map(({ code, subject, score }) => ({
      code,
      name: subject.members.find((member) => member.code === code)?.name ?? subject.name,
      score: round(score),
    })),
    ...(understood.intent === "rule" && {
      rules: understood.rules.map(({ rule, score }) => ({ id: rule.id, score: round(score) })),
    }),
  };
}

function complaintOf(reading: Reading, understood: Understanding): Record<string, string | null> {
  return {
    kind: reading.grievance.kind,
    agency: reading.grievance.body ?? null,
    place: reading.place?.text ?? null,
    submitted: reading.days.submitted ?? null,
    due: reading.days.due ?? null,
    code: understood.procedures[0]?.code ?? null,
  };
}

/** Surroundings of a message that is answered without a store. */
export function worldFor(now: Date): World {
  return {
    now,
    fresh: { complaint: "none", trackingCode: "MC-0000-0000-0000" },
    conversation: "command:ask",
    mine: [],
    privately: true,
  };
}

/** What the message was answered with; a step of a complaint is of that, and a command of no procedure. */
function understoodAs(reading: Reading, before: Session, outcome: Outcome, { finder }: Guide): Understanding {
  if (outcome.understood) return outcome.understood;
  const meant = understand(reading, contextOf(before), finder);
  const intent = outcome.session.draft ? "complaint" : meant.intent;
  return { ...meant, intent, procedures: [], rules: [] };
}

/** What one message of a dialogue was answered with, and the session after it. */
export function takeTurn(
  text: string,
  session: Session,
  guide: Guide,
  now: Date,
): { described: Described; session: Session } {
  const outcome = respond(session, { kind: "text", text }, worldFor(now), guide);
  const understood = understoodAs(guide.reader.read(text, now), session, outcome, guide);
  return { described: describe(understood), session: outcome.session };
}

const round = (score: number): number => Math.round(score * 1000) / 1000;
