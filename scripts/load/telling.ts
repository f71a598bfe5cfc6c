import { vietnamese } from "../../src/wording/citizen.ts";

export type Shown = {
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
};

/** What a person does next. */
export type Move =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "choice"; readonly id: string }
  | { readonly kind: "send"; readonly id: string };

const { complaint } = vietnamese;
const SEND: ReadonlySet<string> = new Set([complaint.send, complaint.sendAnyway]);
const STOP: ReadonlySet<string> = new Set([complaint.cancel]);
const SKIP = /^bỏ qua/i;
/** Tried in turn where a question has no buttons. */
const TYPED = ["bỏ qua", "không có", "xã Núi Thành, Đà Nẵng", "02/11/2026", "Cán bộ không trả lời tôi."];

/** Whatever is asked, until it can be sent: the button that skips, any other, or a few words. */
export function nextMove({ choices }: Shown, turn: number): Move {
  const send = choices.find(({ label }) => SEND.has(label));
  if (send) return { kind: "send", id: send.id };
  const harmless = choices.filter(({ label }) => !STOP.has(label));
  const choice =
    harmless.find(({ label }) => SKIP.test(label)) ??
    harmless.find(({ id }) => id === "complain") ??
    harmless[0];
  if (choice && turn % 4 !== 3) return { kind: "choice", id: choice.id };
  return { kind: "text", text: TYPED[turn % TYPED.length] ?? "" };
}

const TRACKING_CODE = /MC(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/;

export const codeIn = (text: string): string | undefined => TRACKING_CODE.exec(text)?.[0];

/** A word that no other complaint has, without a digit: digits may be read as a date or a dossier. */
export function markOf(number: number): string {
  const letters = number
    .toString(26)
    .replaceAll(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)));
  return `zq${letters.padStart(5, "a")}qz`;
}

const STORIES: readonly ((mark: string) => string)[] = [
  (mark) =>
    `Tôi nộp hồ sơ ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà vẫn chưa trả, ghi chú ${mark}`,
  (mark) =>
    `Cán bộ một cửa UBND xã Núi Thành, Đà Nẵng quát mắng tôi khi tôi nộp hồ sơ khai sinh sáng 17/11/2026, ghi chú ${mark}`,
  (mark) =>
    `UBND xã Núi Thành, Đà Nẵng đòi thêm giấy xác nhận ngoài danh mục khi tôi làm khai sinh ngày 16/11/2026, ghi chú ${mark}`,
];

/** A complaint that can be told in one message. */
export function story(number: number): { readonly mark: string; readonly text: string } {
  const mark = markOf(number);
  return { mark, text: STORIES[number % STORIES.length]?.(mark) ?? mark };
}
