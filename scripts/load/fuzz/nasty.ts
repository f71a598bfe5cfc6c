import { NASTY_TEXTS } from "../../../test/fakes/nasty-texts.ts";
import type { Seeded } from "../../bench/seeded.ts";

const NASTY: readonly string[] = Object.values(NASTY_TEXTS).filter((text) => text.length <= 500);
/** Each takes as long as a hundred others, so they are drawn more seldom. */
const LONG: readonly string[] = Object.values(NASTY_TEXTS).filter(
  (text) => text.length > 500 && text.length <= 5000,
);
const ORDINARY: readonly string[] = [
  "Tôi nộp hồ sơ ở UBND xã Tam Quang ngày 2/11, hẹn 9/11 mà vẫn chưa trả",
  "cán bộ đòi 500 nghìn mới làm",
  "đăng ký khai sinh cần giấy tờ gì",
  "tra cứu MC-7K4P-29QX-84MT",
  "1.001193",
  "H17.25-261102-0012",
  "0905 111 222",
  "079123456789",
  "29/2/2027",
  "xã Núi Thành, Đà Nẵng",
  "phản ánh",
  "hủy",
  "quay lại",
  "bỏ qua",
  "đồng ý gửi",
  "rút phản ánh",
  "xóa dữ liệu",
  "tiếng Anh",
  "/start",
  "chưa giải quyết",
  "tôi bị dọa",
  "1",
  "2",
  "3",
];
const JOINTS: readonly string[] = ["", " ", "\n", "\r\n", "\0", "\u2028", ", ", "\u202E", "  .  "];
const KEYS: readonly string[] = [
  "id",
  "session",
  "text",
  "choice",
  "file",
  "__proto__",
  "constructor",
  "toString",
  "length",
  "",
  "\0",
  "action",
  "to",
  "until",
  "code",
  "data",
];
const NUMBERS: readonly number[] = [0, -0, -1, 1, 2 ** 53 + 1, -(2 ** 31), 1e308, 0.1, 7];

/** A text that no person means to send, or one that a person would, or some of both. */
export function text(random: Seeded): string {
  const parts = Array.from({ length: 1 + random.below(3) }, () => part(random));
  const joined = parts.join(random.pick(JOINTS));
  return random.next() < 0.3 ? mutated(joined, random) : joined;
}

function part(random: Seeded): string {
  const chance = random.next();
  if (chance < 0.02) return random.pick(LONG);
  if (chance < 0.35) return random.pick(NASTY);
  if (chance < 0.85) return random.pick(ORDINARY);
  return String.fromCodePoint(
    ...Array.from({ length: 1 + random.below(30) }, () =>
      random.below(random.next() < 0.8 ? 0x2000 : 0x110000),
    ),
  );
}

/** A few letters taken out, doubled or replaced. */
export function mutated(given: string, random: Seeded): string {
  let changed = given;
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(changed.length + 1);
    const cut = random.below(Math.min(40, changed.length - at + 1));
    const put = random.pick([
      "",
      "\0",
      "\uD800",
      "'",
      '"',
      "{",
      "]",
      ":",
      "\n",
      "  ",
      "&a",
      "*a",
      "!!js/function",
      "- ",
      "%",
      "\t",
      "9".repeat(30),
      changed.slice(at, at + 60),
    ]);
    changed = changed.slice(0, at) + put + changed.slice(at + cut);
  }
  return changed;
}

/** Any JSON value. */
export function value(random: Seeded, depth = 0): unknown {
  const chance = random.next();
  if (depth > 3 || chance < 0.3) return text(random).slice(0, 200);
  if (chance < 0.42) return random.pick(NUMBERS);
  if (chance < 0.5) return random.pick([null, true, false]);
  const size = random.below(4);
  if (chance < 0.7) return Array.from({ length: size }, () => value(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size }, () => [
      random.next() < 0.8 ? random.pick(KEYS) : text(random).slice(0, 40),
      value(random, depth + 1),
    ]),
  );
}

/** A good value with some of it replaced, taken out or put elsewhere. */
export function spoiled(good: unknown, random: Seeded, chance = 0.12): unknown {
  if (random.next() < chance) return value(random, 2);
  if (Array.isArray(good)) {
    const items: readonly unknown[] = good;
    return items.flatMap((item) => (random.next() < chance ? [] : [spoiled(item, random, chance)]));
  }
  if (typeof good !== "object" || good === null) return good;
  const entries = Object.entries(good).flatMap(([key, inner]): [string, unknown][] =>
    random.next() < chance / 2 ? [] : [[key, spoiled(inner, random, chance)]],
  );
  if (random.next() < chance) entries.push([random.pick(KEYS), value(random, 2)]);
  // Not by assignment: `__proto__` must become a field.
  return Object.fromEntries(entries);
}
