import { type Complaint, Score } from "../complaints/complaint.ts";
import { mayRate, rate, type SurveyQuestion } from "../complaints/satisfaction.ts";
import type { Choice, Reply } from "../messages/message.ts";
import type { Wording } from "../wording/citizen.ts";
import { button, decided } from "./case-outcome.ts";
import type { Outcome } from "./guide.ts";
import type { Turn } from "./turn.ts";

/** The letter of each question in its buttons' ids: `c:r5:…`, `c:k0:…` to skip. */
const LETTERS = { result: "r", conduct: "k" } as const satisfies Record<SurveyQuestion, string>;

/** The first question, after the person said that it is solved. */
export function surveyAfter(complaint: Complaint, wording: Wording): Reply {
  return {
    text: wording.survey.result(complaint.trackingCode),
    choices: levels("result", complaint, wording),
  };
}

/** The lowest level first, so that the number typed is the level. */
function levels(question: SurveyQuestion, complaint: Complaint, { survey }: Wording): Choice[] {
  const letter = LETTERS[question];
  return [
    ...([1, 2, 3, 4, 5] as const).map((score) =>
      button(`${letter}${score}`, complaint, survey.levels[score]),
    ),
    button(`${letter}0`, complaint, survey.skip),
  ];
}

/** A level pressed, or a question skipped; undefined for a button of something else. */
export function answerSurvey(action: string, complaint: Complaint, turn: Turn): Outcome | undefined {
  const { survey, after } = turn.wording;
  const [, letter, digit] = /^([rk])([0-5])$/.exec(action) ?? [];
  if (letter === undefined || digit === undefined) return undefined;
  const question = letter === LETTERS.result ? "result" : "conduct";
  const score = Score.safeParse(Number(digit)).data;
  if (complaint.status !== "closed_confirmed" || (score && !mayRate(complaint, question)))
    return decided(complaint, NOTHING, turn, after.tooLate);
  const step = score ? rate(question, score, turn.world.now) : NOTHING;
  const asksConduct = question === "result" && mayRate(complaint, "conduct");
  return asksConduct
    ? decided(complaint, step, turn, survey.conduct, levels("conduct", complaint, turn.wording))
    : decided(complaint, step, turn, survey.thanks);
}

const NOTHING = { events: [], deliveries: [] };
