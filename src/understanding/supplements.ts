import { fold } from "../text/fold.ts";
import { readDay } from "./dates.ts";

/** What a story tells of requests to supplement a dossier (yêu cầu bổ sung hồ sơ); what it does not tell is absent. */
export type ToldSupplements = {
  readonly times?: number;
  readonly inWriting?: boolean;
  /** ISO day on which the last of it was handed in. */
  readonly lastOn?: string;
};

/** "Bắt bổ sung", "bổ sung lần 3", "nộp bổ sung", "bổ sung hoài". */
const MENTIONED =
  /\b(?:bat|doi|yeu cau|keu|bao|noi|phai|lai|ve|nop|da|goi|di|nhac)(?: [a-z]+){0,3} bo sung\b|\bbo sung(?: [a-z]+){0,4} (?:lan|hoai|mai|toi lui|xong|du)\b|\basked (?:me )?(?:again )?for (?:more|additional|missing)\b|\bsupplement/;
const COUNT = "(\\d{1,2}|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi)";
const NUMBERS: Readonly<Record<string, number>> = {
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  tu: 4,
  nam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
};
/** "Bổ sung hồ sơ lần thứ 3", "bổ sung tới 3 lần", "3 lần bắt bổ sung", "lần thứ hai yêu cầu bổ sung". */
const COUNTED: readonly RegExp[] = [
  new RegExp(`\\bbo sung(?: [a-z]+){0,4}? lan (?:thu )?${COUNT}\\b`),
  new RegExp(`\\bbo sung(?: [a-z]+){0,4}? ${COUNT} lan\\b`),
  new RegExp(`\\b${COUNT} lan(?: [a-z]+){0,5}? bo sung\\b`),
  new RegExp(`\\blan (?:thu )?${COUNT}(?: [a-z]+){0,5}? bo sung\\b`),
];
const SPOKEN =
  /\bnoi mieng\b|\bbang mieng\b|\bmieng thoi\b|\bchi noi\b|\bnoi thoi\b|\bgoi dien\b|\bqua dien thoai\b|\bkhong (?:he )?(?:co |dua |cho |thay |ghi |ra |giao )*(?:giay|phieu|van ban)\b|\borally\b|\bverbally\b/;
const WRITTEN =
  /\bphieu yeu cau\b|\bbang van ban\b|\bco (?:giay|phieu|van ban)\b|\bgiay yeu cau\b|\bmau (?:so )?0?2\b|\bin writing\b/;
/** After these words stands the day on which the person brought what was missing. */
const BROUGHT = /\b(?:nop|da|gui) bo sung\b|\bbo sung (?:du|day du|xong)\b/;
/** More is a slip of the finger. */
const MOST = 20;
/** How far behind them, in characters. */
const NEAR = 40;

/** Reads what a story tells of supplement requests; undefined where it speaks of none. */
export function supplementsIn(text: string, now: Date): ToldSupplements | undefined {
  const folded = fold(text).replaceAll(/\s+/g, " ");
  if (!MENTIONED.test(folded)) return undefined;
  const times = timesIn(folded);
  const brought = BROUGHT.exec(folded);
  const lastOn = brought && readDay(folded.slice(brought.index, brought.index + NEAR), now, "past");
  return {
    ...(times !== undefined && { times }),
    ...inWriting(folded),
    ...(lastOn && { lastOn }),
  };
}

/** Takes an answer to "how often, and in writing?": "3 lần, nói miệng", "hai lần có phiếu", "1". */
export function supplementsAnswered(text: string): ToldSupplements {
  const folded = fold(text);
  const found = new RegExp(`\\b${COUNT}\\b(?! ?/)`).exec(folded)?.[1];
  const times = found === undefined ? undefined : numberOf(found);
  if (times !== undefined && (times < 1 || times > MOST)) return inWriting(folded);
  return { ...(times !== undefined && { times }), ...inWriting(folded) };
}

function timesIn(folded: string): number | undefined {
  const found = COUNTED.flatMap((pattern) => pattern.exec(folded)?.[1] ?? [])
    .map(numberOf)
    .filter((times) => times > 0);
  return found.length > 0 ? Math.max(...found) : undefined;
}

function numberOf(word: string): number {
  return NUMBERS[word] ?? Number(word);
}

function inWriting(folded: string): Pick<ToldSupplements, "inWriting"> {
  if (SPOKEN.test(folded)) return { inWriting: false };
  return WRITTEN.test(folded) ? { inWriting: true } : {};
}
