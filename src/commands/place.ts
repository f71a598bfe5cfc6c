import { parseArgs } from "node:util";
import type { Guide } from "../conversation/guide.ts";
import type { Commune, Former, Province } from "../knowledge/place.ts";
import { Day } from "../knowledge/source.ts";
import type { Whereabouts } from "../understanding/places.ts";
import { type Command, UsageError } from "./command.ts";
import { commandGuide } from "./guide.ts";

/** The day on which today's communes and provinces began (Nghị quyết 202/2025/QH15 and those of each province). */
const REFORM = "2025-07-01";

type Match = {
  readonly code: string;
  readonly name: string;
  readonly province: string;
  /** Since when it is as it is; absent where it is older than the reform of 2025 and the day is not known. */
  readonly since?: string;
  /** What it was before, whole or in part ("một phần"). */
  readonly was: readonly string[];
};
type Answer = { readonly matches: readonly Match[]; readonly ask: boolean; readonly ms: number };

export const place: Command = {
  summary: "what a place is called today, by its old or new name",
  usage:
    'place ["xã Tam Quang, Núi Thành"] [--on YYYY-MM-DD] [--json], or one place a line from standard input',
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { on: { type: "string" }, json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const before = values.on !== undefined && dayOf(values.on) < REFORM;
    const { guide } = await commandGuide(context);
    // What misspelt names are compared with is made when it is first needed: not in the first line's time.
    guide.reader.gazetteer.find("xã Không Đâu Cả", true);
    const tell = (text: string): void => {
      const answer = lookUp(text, guide, before);
      context.out(values.json ? `${JSON.stringify(answer)}\n` : shown(answer));
    };
    if (positionals.length > 0) {
      tell(positionals.join(" "));
      return 0;
    }
    for await (const line of context.lines()) if (line.trim() !== "") tell(line);
    return 0;
  },
};

/** @throws UsageError */
function dayOf(text: string): string {
  const parsed = Day.safeParse(text);
  if (!parsed.success) throw new UsageError(`"${text}" is no day; write --on 2025-06-30`);
  return parsed.data;
}

function lookUp(text: string, { reader, rules }: Guide, before: boolean): Answer {
  const began = performance.now();
  const found = reader.gazetteer.find(text, true, before);
  const provinces = rules.directory.places.provinces;
  const matches = found ? matchesOf(found, provinces) : [];
  return { matches, ask: matches.length > 1, ms: Math.round((performance.now() - began) * 1000) / 1000 };
}

function matchesOf(found: Whereabouts, provinces: ReadonlyMap<string, Province>): Match[] {
  const communes = found.commune ? [found.commune] : found.choices;
  if (communes.length > 0) return communes.map((commune) => matchOf(commune, provinces));
  if (!found.province) return [];
  const { code, name, was } = found.province;
  return [{ code, name, province: name, ...(was.some((old) => old !== name) && { since: REFORM }), was }];
}

function matchOf({ code, name, province, was }: Commune, provinces: ReadonlyMap<string, Province>): Match {
  const changed = was.length !== 1 || was[0]?.name !== name || was[0].split;
  return {
    code,
    name,
    province: provinces.get(province)?.name ?? "",
    ...(changed && { since: REFORM }),
    was: was.map(formerName),
  };
}

function formerName({ name, district, province, split }: Former): string {
  return `${[name, district, province].filter(Boolean).join(", ")}${split ? " (một phần)" : ""}`;
}

function shown({ matches, ask }: Answer): string {
  if (matches.length === 0) return "không nhận ra nơi này; hãy ghi xã, phường và tỉnh, thành phố\n";
  const lines = matches.map(({ code, name, province, since, was }) => {
    const before = was.length > 0 ? `; trước đây: ${was.join("; ")}` : "";
    return `${code} ${name === province ? name : `${name}, ${province}`}${since ? ` (từ ${since})` : ""}${before}\n`;
  });
  return `${ask ? "có nhiều nơi, cần hỏi lại:\n" : ""}${lines.join("")}`;
}
