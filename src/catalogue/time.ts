import type { TimeLimit, TimeUnit, Way } from "../knowledge/procedure.ts";
import { groupBy } from "../text/group.ts";
import { lines, sentences, shorten, unbulleted } from "./plain.ts";
import type { PortalChannel } from "./record.ts";
import { inOrder } from "./ways.ts";

/** What one channel says, before the channels are put together. */
type Read = {
  readonly way: Way;
  readonly limit: { readonly amount: number; readonly unit: TimeUnit } | undefined;
  /** The limit in the portal's own words, if it says it in words. */
  readonly words: string;
  /** The whole note, which tells the cases of one way apart. */
  readonly note: string;
};
type Stated = Pick<Read, "limit" | "words">;

const LONGEST_NOTE = 300;
/** Ten years: beyond that a number is a slip. */
const MOST = 3650;
const HOURS_A_DAY = 8;
const UNITS: ReadonlyMap<string, { readonly unit: TimeUnit; readonly times: number; readonly word: string }> =
  new Map([
    ["WORKING_DAY", { unit: "working-day", times: 1, word: "ngày làm việc" }],
    ["DAY", { unit: "day", times: 1, word: "ngày" }],
    ["HOUR", { unit: "hour", times: 1, word: "giờ" }],
    ["MONTH", { unit: "month", times: 1, word: "tháng" }],
    ["YEAR", { unit: "month", times: 12, word: "năm" }],
  ]);
/** “ngày 14 tháng 11 năm 2016” is a date, “14 tháng” a limit. */
const STATES_LIMIT =
  /\d\s*(?:\([^()]*\)\s*)?(?:ngày|giờ|tháng|năm|phút|tuần)(?!\s*\d)|\bngay (?:sau|khi|trong)|\btrong (?:ngày|buổi)|thời hạn|thời gian (?:giải quyết|thực hiện|xử lý|trả)|trước ngày/iu;
const SAYS_NOTHING = /^(?:[\d.,\s-]*|theo mô tả|không)\.?$/iu;

/**
 * The time limits of a procedure. `wording` is all that its record says in words: an hour is an office's working hour
 * unless the record itself says “24 giờ” without “làm việc”, as quarantine and harbour offices do round the clock.
 */
export function timesOf(channels: readonly PortalChannel[], wording: string): TimeLimit[] {
  const each = channels.map((channel): Read => {
    const whole = lines(channel.note).map(unbulleted).filter(Boolean).join(" ");
    return { way: channel.way, ...stated(channel, wording), note: shorten(whole, LONGEST_NOTE) };
  });
  // Where one way has two limits, its notes tell the cases apart and must stay with their limits.
  const byCase = [...groupBy(each, ({ way }) => way).values()].some(
    (group) => new Set(group.map(plainLimit)).size > 1,
  );
  const read = byCase ? each.map((one) => ({ ...one, words: one.note || one.words })) : each;
  const groups = groupBy(read, (one) =>
    byCase || !one.limit ? `${plainLimit(one)} ${one.words}` : plainLimit(one),
  );
  const all = new Set(read.map(({ way }) => way));
  const limits = [...groups.values()].map((group): TimeLimit => {
    const ways = inOrder(group.map(({ way }) => way));
    const scope = ways.length < all.size ? { ways } : {};
    const [first] = group;
    const shared = first && group.every(({ words }) => words === first.words) ? first.words : "";
    const note = shared === "" ? {} : { note: shared };
    return first?.limit
      ? { kind: "within", ...first.limit, ...note, ...scope }
      : { kind: "unknown", ...note, ...scope };
  });
  return limits.length > 0 ? limits : [{ kind: "unknown" }];
}

function plainLimit({ limit }: Read): string {
  return limit ? `${limit.amount} ${limit.unit}` : "unknown";
}

function stated({ time, unit, note }: PortalChannel, wording: string): Stated {
  const said = lines(String(time)).join(" ");
  const inNote = limitWords(lines(note));
  const known = UNITS.get(unit);
  const value = Number(said.replace(",", "."));
  if (!known || said === "" || !(value > 0))
    return { limit: undefined, words: SAYS_NOTHING.test(said) ? inNote : shorten(said, LONGEST_NOTE) };
  const asWritten = `${String(value).replace(".", ",")} ${known.word}`;
  if (unit === "HOUR") return hours(value, asWritten, inNote, wording);
  const amount = value * known.times;
  if (Number.isInteger(amount) && amount <= MOST)
    return { limit: { amount, unit: known.unit }, words: inNote };
  // “3.5 working days” counts by the hour; the words stay beside it.
  const inHours = value * HOURS_A_DAY;
  if (unit === "WORKING_DAY" && Number.isInteger(inHours) && value <= MOST)
    return { limit: { amount: inHours, unit: "working-hour" }, words: asWritten };
  return { limit: undefined, words: inNote || asWritten };
}

function hours(value: number, asWritten: string, inNote: string, wording: string): Stated {
  if (!Number.isInteger(value) || value > MOST) return { limit: undefined, words: inNote || asWritten };
  const stated = [
    ...wording.matchAll(/(sau|trước)?\s*\b0?(\d+)\s*(?:\([^()]*\)\s*)?giờ(\s+làm việc)?/giu),
  ].filter(([, , amount]) => Number(amount) === value);
  // “received after 15:00: the next day”, entered as a limit of 15 hours.
  if (stated.length > 0 && stated.every(([, before]) => before?.toLowerCase() === "sau")) {
    const sentence = sentences(wording).find((one) => new RegExp(`sau\\s+0?${value}\\s*giờ`, "iu").test(one));
    return { limit: undefined, words: sentence ? shorten(unbulleted(sentence), LONGEST_NOTE) : inNote };
  }
  const roundTheClock = stated.length > 0 && stated.every(([, , , working]) => working === undefined);
  return { limit: { amount: value, unit: roundTheClock ? "hour" : "working-hour" }, words: inNote };
}

/** From the first sentence that states a limit on; empty when the note says only how to file. */
function limitWords(note: readonly string[]): string {
  const said = note.flatMap((one) => sentences(unbulleted(one)));
  const start = said.findIndex((sentence) => STATES_LIMIT.test(sentence));
  return start < 0 ? "" : shorten(said.slice(start).join(" "), LONGEST_NOTE);
}
