import { type Feedback, REASONS, type Verdict } from "../messages/feedback.ts";
import type { Wording } from "../wording/citizen.ts";
import type { Outcome } from "./guide.ts";
import type { Session } from "./session.ts";
import { say, type Turn } from "./turn.ts";

/** Answers to one question that are remembered: the first, and those of its buttons. */
const ANSWERS = 10;

/**
 * Puts the two thumbs under an answer, the last of its choices, and remembers which question it answered.
 * @param code the procedure's code or the rule's id that it tells of
 */
export function withThumbs(outcome: Outcome, code: string, wording: Wording): Outcome {
  const answer = outcome.replies.at(-1);
  if (!answer) return outcome;
  const choices = [
    ...answer.choices,
    { id: `f:up:${code}`, label: wording.feedback.up },
    { id: `f:down:${code}`, label: wording.feedback.down },
  ];
  return {
    ...outcome,
    session: { ...outcome.session, answered: answeredWith(outcome.session, code) },
    replies: [...outcome.replies.slice(0, -1), { ...answer, choices }],
  };
}

function answeredWith({ asked, answered }: Session, code: string): NonNullable<Session["answered"]> {
  const known = answered && answered.question === asked ? answered : { codes: [], judged: [] };
  return {
    ...(asked !== undefined && { question: asked }),
    codes: [code, ...known.codes.filter((other) => other !== code)].slice(0, ANSWERS),
    judged: known.judged,
  };
}

/** A thumb, or the reason for one down. It is recorded with the question only if that is what the answer was to. */
export function takeFeedback(id: string, turn: Turn): Outcome {
  const { session, guide, wording } = turn;
  const [, action = "", ...rest] = id.split(":");
  const code = rest.at(-1) ?? "";
  const reason = REASONS.find((known) => known === rest[0]);
  const isRule = guide.ruleIds.has(code);
  const stale = say(turn, wording.answers.staleChoice);
  if (!isRule && !guide.finder.facts(code)) return stale;
  const about = { intent: isRule ? "rule" : "procedure", code };
  const question = (session.answered?.codes.includes(code) && session.answered.question) || "";
  switch (action) {
    case "up":
      // The menu stays open: whoever types numbers can go on with the answer.
      return {
        ...once("up", { ...about, question: "", verdict: "up" }, turn),
        replies: [{ text: wording.feedback.thanks, choices: [] }],
        keepsMenu: true,
      };
    case "down":
      return {
        ...once("down", { ...about, question, verdict: "down" }, turn),
        replies: [
          {
            text: wording.feedback.askReason,
            choices: REASONS.map((known) => ({
              id: `f:why:${known}:${code}`,
              label: wording.feedback.reasons[known],
            })),
          },
        ],
      };
    case "why":
      if (!reason) return stale;
      return {
        ...once("why", { ...about, question, verdict: "down", reason }, turn),
        replies: [{ text: wording.feedback.thanksForReason, choices: [] }],
      };
    default:
      return stale;
  }
}

/** Records a verdict, unless it is the same button pressed again under the answer to the same question. */
function once(
  action: Verdict | "why",
  feedback: Feedback & { readonly code: string },
  { session }: Turn,
): Pick<Outcome, "session" | "unanswered"> {
  const answered = session.answered ?? { codes: [], judged: [] };
  const key = `${action}:${feedback.code}`;
  if (answered.judged.includes(key)) return { session };
  const judged = [key, ...answered.judged].slice(0, 3 * ANSWERS);
  return { session: { ...session, answered: { ...answered, judged } }, unanswered: feedback };
}
