/** The parts of an answer to a complaint, as an official fills them in; the first two are needed. */
export const ANSWER_PARTS = ["found", "done", "basis", "next"] as const;
export type AnswerPart = (typeof ANSWER_PARTS)[number];
export type AnswerForm = Readonly<Partial<Record<AnswerPart, string>>>;

const HEADINGS: Readonly<Record<AnswerPart, string>> = {
  found: "Kết quả xác minh",
  done: "Đã giải quyết",
  basis: "Căn cứ",
  next: "Bước tiếp theo",
};

/** One text of the parts that are filled in, each under its heading. */
export function composeAnswer(form: AnswerForm): string {
  return ANSWER_PARTS.flatMap((part) => {
    const text = form[part]?.trim();
    return text ? [`${HEADINGS[part]}: ${text}`] : [];
  }).join("\n");
}

/** Which needed parts are missing; the wording of their headings. */
export function missingParts(form: AnswerForm): string[] {
  return (["found", "done"] as const).filter((part) => !form[part]?.trim()).map((part) => HEADINGS[part]);
}
