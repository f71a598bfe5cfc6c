import { foldInPlace } from "../text/fold.ts";
import type { Reading } from "../understanding/reader.ts";
import { namedBy, type Subject } from "./subjects.ts";

/** "Không, ý tôi là …": the topic was the wrong one. */
const CORRECTION =
  /^(?:a |ua |da |u )*(?:khong(?: phai)?|ko|nham(?: roi)?|sai roi|no)?[ ,]*(?:y (?:toi|em|minh|tui|con|chau|la)|(?:toi|em|minh|tui) (?:hoi|dang hoi|muon hoi)|i mean|i meant)\b|^(?:khong phai|nham roi|sai roi)\b/;
/** "Công ty chứ không phải hộ kinh doanh", "không phải hộ kinh doanh mà là công ty". */
const RATHER =
  /^(?<meant>.{2,}?),? (?:chu|chứ) (?:khong|ko|k|hong|hem|dau co) phai(?: la)? (?<denied>.{2,})$|^.*?\b(?:khong|ko|k|hong|hem) phai(?: la)? (?<not>.{2,}?)(?:, ?(?:ma )?(?:la )?| ma (?:la )?)(?<but>.{2,})$/;
/** What stands before the words that are meant. */
const BEFORE = /^.*?(?:ý \S+ (?:là|nói)|i mean(?:t)?|không phải|nhầm rồi|sai rồi|hỏi)[ ,:]*/iu;
/** "Nhầm rồi, không phải khai sinh", "không phải vậy"; "không phải đóng phí à" begins like it and denies nothing. */
const BARE_DENIAL =
  /^(?:(?:a|ua|da|u|nham roi|sai roi|khong)[ ,]+)*(?:khong|ko|k|hong|hem) phai(?: la)? (?<denied>.{2,})$/;
/** What stands for the topic in a denial. */
const THAT = new Set(["vay", "the", "cai", "do", "nay", "day", "kia", "dau"]);
const FEW_WORDS = 14;

export function isCorrection({ folded, syllables, text }: Reading): boolean {
  return CORRECTION.test(folded) || (syllables.length <= FEW_WORDS && RATHER.test(foldInPlace(text)));
}

/** What a correction means, and what it says that it is not. */
export function meantIn(typed: string): { readonly meant: string; readonly denied?: string } {
  const text = typed.normalize("NFC").trim();
  const rather = RATHER.exec(foldInPlace(text))?.groups;
  const meant = rather?.["meant"] ?? rather?.["but"];
  const denied = rather?.["denied"] ?? rather?.["not"];
  if (meant === undefined || denied === undefined) return { meant: text.replace(BEFORE, "") };
  return { meant, denied };
}

/** Whether a message says that the topic is not what was meant, and nothing of what is. */
export function onlyDenies({ folded }: Reading, topic: Subject): boolean {
  const denied = BARE_DENIAL.exec(folded)?.groups?.["denied"];
  if (denied === undefined) return false;
  const own = namedBy(topic);
  return denied.split(" ").every((word) => own.has(word) || THAT.has(word));
}

/** The question before with what is meant in the place of what was not, else both. */
export function askedAnew(asked: string, meant: string, denied: string | undefined): string {
  const at = denied === undefined ? -1 : foldInPlace(asked).indexOf(denied);
  if (denied === undefined || at < 0) return `${meant} ${asked}`;
  const before = asked.normalize("NFC");
  return `${before.slice(0, at)}${meant}${before.slice(at + denied.length)}`;
}
