import type { ImportedFee } from "../knowledge/imported-procedure.ts";
import type { Way } from "../knowledge/procedure.ts";
import { groupBy } from "../text/group.ts";
import { line, shorten, unbulleted } from "./plain.ts";
import type { PortalChannel, PortalFee } from "./record.ts";
import { inOrder } from "./ways.ts";

const LONGEST_NOTE = 600;
/** Smaller or crooked sums are typing slips of “20.000”, larger ones of “17,5 triệu”: the words are shown instead. */
const credible = (dong: number): boolean => dong >= 1000 && dong <= 1_000_000_000 && dong % 500 === 0;
/** The whole note must say so: “miễn lệ phí cho hộ nghèo” is not free for all. */
const FREE =
  /^(?:không(?: có)?|không (?:thu|mất|phải nộp)(?: các loại)? (?:phí|lệ phí)(?:,? (?:và )?lệ phí)?|miễn (?:phí|lệ phí)(?:,? (?:và )?lệ phí)?)(?:\s*\([^()]*\))?$/iu;
const COUNCIL =
  /(?:hội đồng nhân dân|(?<![-/])hđnd)(?: (?:cấp )?tỉnh(?:,? thành phố(?: trực thuộc trung ương)?)?| (?:các )?thành phố)?/iu;
const NAMED_PROVINCE = /^(?: \p{Lu}[\p{L}-]*){1,4}/u;
const HAS_SUM = /\d\s*(?:đồng|đ\b|vnđ|usd|%|triệu)/iu;
/** A council's name and a few words: nothing that a reader would miss. */
const SHORT_NOTE = 100;

/** The fees of a procedure: what is the same for all ways stands once. Never “free” from a bare zero. */
export function feesOf(channels: readonly PortalChannel[]): ImportedFee[] {
  const read = channels.flatMap(({ way, fees }) => informative(fees.map(feeOf)).map((fee) => ({ way, fee })));
  const groups = groupBy(read, ({ fee }) =>
    JSON.stringify(fee)
      .toLowerCase()
      .replaceAll(/[.;\s]+"/g, '"'),
  );
  const all = new Set(channels.map(({ way }) => way));
  const fees = [...groups.values()].flatMap((group) => {
    const ways = inOrder(group.map(({ way }) => way));
    return group.slice(0, 1).map(({ fee }) => withWays(fee, ways.length < all.size ? ways : undefined));
  });
  return fees.length > 0 ? fees : [{ kind: "unknown" }];
}

/** A row that says nothing beside one that says something is a form left empty, not a second fee. */
function informative(fees: readonly ImportedFee[]): ImportedFee[] {
  const telling = fees.filter((fee) => fee.kind !== "unknown" || fee.note !== undefined);
  return telling.length > 0 ? telling : [{ kind: "unknown" }];
}

function feeOf(fee: PortalFee): ImportedFee {
  const words = unbulleted(line(fee.note));
  const label = line(fee.label);
  const called = label === "" ? {} : { label };
  const note = words === "" ? {} : { note: shorten(words, LONGEST_NOTE) };
  if (fee.value !== undefined && fee.value !== 0) return amountOf(fee, called, note);
  const plain = words.replace(/^\(([^()]*)\)$/, "$1").replace(/[\s.]+$/u, "");
  if (FREE.test(plain))
    return { kind: "free", basis: label === "" ? words : `${label}: ${words}`, ...called };
  const by = HAS_SUM.test(words) ? undefined : councilIn(words);
  if (by) return { kind: "local", by, ...called, ...(words.length > SHORT_NOTE && note) };
  return { kind: "unknown", ...called, ...note };
}

function amountOf(
  { value = 0, currency }: PortalFee,
  called: { readonly label?: string },
  note: { readonly note?: string },
): ImportedFee {
  const name = line(currency).toUpperCase();
  if (name === "USD" && Number.isInteger(value) && value > 0)
    return { kind: "amount", amount: value, currency: "USD", ...called, ...note };
  const dong = name === "" || name === "VND" || name === "VIỆT NAM ĐỒNG";
  if (dong && credible(value)) return { kind: "amount", amount: value, ...called, ...note };
  return {
    kind: "unknown",
    ...called,
    ...(dong ? note : { note: note.note ?? `${value} ${line(currency)}` }),
  };
}

/** The people's council that decides, as the note names it. */
function councilIn(words: string): string | undefined {
  const found = COUNCIL.exec(words);
  if (!found) return undefined;
  const province = NAMED_PROVINCE.exec(words.slice(found.index + found[0].length))?.[0] ?? "";
  return `${found[0]}${province}`;
}

function withWays(fee: ImportedFee, ways: Way[] | undefined): ImportedFee {
  return ways ? { ...fee, ways } : fee;
}
