import { foldInPlace } from "../text/fold.ts";
import type { Reading } from "../understanding/reader.ts";

/** "Không, ý tôi là …": the topic was the wrong one. */
const CORRECTION =
  /^(?:a |ua |da |u )*(?:khong(?: phai)?|ko|nham(?: roi)?|sai roi|no)?[ ,]*(?:y (?:toi|em|minh|tui|con|chau|la)|(?:toi|em|minh|tui) (?:hoi|dang hoi|muon hoi)|i mean|i meant)\b|^(?:khong phai|nham roi|sai roi)\b/;
/** "Công ty chứ không phải hộ kinh doanh", "không phải hộ kinh doanh mà là công ty". */
const RATHER =
  /^(?<meant>.{2,}?),? (?:chu|chứ) (?:khong|ko|k|hong|hem|dau co) phai(?: la)? (?<denied>.{2,})$|^.*?\b(?:khong|ko|k|hong|hem) phai(?: la)? (?<not>.{2,}?)(?:, ?(?:ma )?(?:la )?| ma (?:la )?)(?<but>.{2,})$/;
/** What stands before the words that are meant. */
const BEFORE = /^.*?(?:ý \S+ (?:là|nói)|i mean(?:t)?|không phải|nhầm rồi|sai rồi|hỏi)[ ,:]*/iu;
/** "Nhầm rồi, không phải khai sinh": what is not meant, and nothing of what is. */
const BARE_DENIAL =
  /^(?:(?:a|ua|da|u|nham roi|sai roi|khong)[ ,]+)*(?:khong|ko|k|hong|hem) phai(?: la)? (?<denied>.{2,})$/;
const FEW_WORDS = 14;

export function isCorrection({ folded, syllables, text }: Reading): boolean {
  return CORRECTION.test(folded) || (syllables.length <= FEW_WORDS && RATHER.test(foldInPlace(text)));
}

/** What a correction means, nothing where it does not say, and what it says that it is not. */
export function meantIn(typed: string): { readonly meant: string; readonly denied?: string } {
  const text = typed.normalize("NFC").trim();
  const rather = RATHER.exec(foldInPlace(text))?.groups;
  const meant = rather?.["meant"] ?? rather?.["but"];
  const denied = rather?.["denied"] ?? rather?.["not"];
  if (meant !== undefined && denied !== undefined) return { meant, denied };
  const bare = BARE_DENIAL.exec(foldInPlace(text))?.groups?.["denied"];
  return bare === undefined ? { meant: text.replace(BEFORE, "") } : { meant: "", denied: bare };
}

/** "Nhầm rồi, không phải khai sinh" says nothing of what is meant. */
export function onlyDenies(reading: Reading): boolean {
  return isCorrection(reading) && meantIn(reading.text).meant === "";
}

/** The question before with what is meant in the place of what was not, else both. */
export function askedAnew(asked: string, meant: string, denied: string | undefined): string {
  const at = denied === undefined ? -1 : foldInPlace(asked).indexOf(denied);
  if (denied === undefined || at < 0) return `${meant} ${asked}`;
  const before = asked.normalize("NFC");
  return `${before.slice(0, at)}${meant}${before.slice(at + denied.length)}`;
}
