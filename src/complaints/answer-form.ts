import { answerHeadings as HEADINGS } from "../wording/official-case.ts";

/** The parts of an answer to a complaint, as an official fills them in; the first two are needed. */
export const ANSWER_PARTS = ["found", "done", "basis", "next"] as const;
export type AnswerPart = (typeof ANSWER_PARTS)[number];
export type AnswerForm = Readonly<Partial<Record<AnswerPart, string>>>;

const NEEDED: readonly string[] = ["found", "done"];
/** Letters of the shortest word that tells something: "có", "rõ". */
const WORD = 2;

/** One text of the parts that are filled in, each under its heading. */
export function composeAnswer(form: AnswerForm): string {
  return ANSWER_PARTS.flatMap((part) => {
    const text = form[part]?.trim();
    return text ? [`${HEADINGS[part]}: ${text}`] : [];
  }).join("\n");
}

/** Which needed parts are missing; the wording of their headings. */
export function missingParts(form: AnswerForm): string[] {
  return ANSWER_PARTS.filter((part) => NEEDED.includes(part) && !form[part]?.trim()).map(
    (part) => HEADINGS[part],
  );
}

/** Whether nothing that could be understood stands in a part that is needed. */
export function isTooLittle(part: string, text: string): boolean {
  return NEEDED.includes(part) && letters(text) < WORD;
}

/** Whether an answer, composed of its parts or written as one text, says too little; headings are no words of the author. */
export function saysTooLittle(answer: string, leastLetters: number): boolean {
  const parts = partsIn(answer);
  return (
    parts.reduce((sum, { text }) => sum + letters(text), 0) < leastLetters ||
    parts.some(({ part, text }) => isTooLittle(part, text))
  );
}

function partsIn(answer: string): { part: string; text: string }[] {
  const parts = [{ part: "", text: "" }];
  for (const line of answer.split("\n")) {
    const part = ANSWER_PARTS.find((one) => line.startsWith(`${HEADINGS[one]}:`));
    const last = parts.at(-1);
    if (part) parts.push({ part, text: line.slice(HEADINGS[part].length) });
    else if (last) last.text += line;
  }
  return parts;
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}
