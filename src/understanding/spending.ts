import { foldInPlace } from "../text/fold.ts";

const ABOUT = "(?:(?:khoang|chung|tam|do|toi|den|them|co|thuong|tong cong|tat ca|het) ){0,2}";
const UNITS =
  "ngay|hom|bua|tuan|thang|nam|gio|tieng|phut|buoi|tien|dong|xu|tram|nghin|ngan|trieu|chuc|cu|chai|k|tr";
const AMOUNT = `(?:bao (?:nhieu|nhiu|lau)|bn|bnhieu|nhieu|nhiu|may (?:${UNITS})|(?:(?:nhieu|gi|chut|it) )?(?:tien|phi|le phi|thoi gian|cong))`;
/** Who "mất mấy hôm rồi" has died, and what did is lost. */
const SINCE = "(?:roi|r|nay|truoc|qua)";
/** "Mất", "hết" before what it takes or costs. */
const SPENDING = new RegExp(
  `(?<![\\p{L}\\d])(?:mat|het) (?=${ABOUT}${AMOUNT}(?![\\p{L}\\d])(?! ${SINCE}(?![\\p{L}\\d])))`,
  "gu",
);

/**
 * The text without what says "takes" or "costs" in it: in "đăng ký kết hôn mất bao lâu" nothing is lost and in "hết mấy
 * triệu" nothing has run out, which are cases of their own.
 */
export function withoutSpending(text: string): string {
  const found = [...foldInPlace(text).matchAll(SPENDING)];
  if (found.length === 0) return text;
  let [rest, from] = ["", 0];
  const typed = text.normalize("NFC");
  for (const { 0: word, index } of found) {
    rest += typed.slice(from, index);
    from = index + word.length;
  }
  return rest + typed.slice(from);
}
