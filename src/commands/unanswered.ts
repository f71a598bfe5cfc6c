import { parseArgs } from "node:util";
import { groupQuestions, type QuestionGroup } from "../answers/group-questions.ts";
import type { Guide } from "../conversation/guide.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Knowledge } from "../knowledge/load.ts";
import { buildLexicon } from "../text/lexicon.ts";
import { type Command, UsageError } from "./command.ts";
import { commandGuide } from "./guide.ts";
import { withControl } from "./operate.ts";

/** Groups listed unless --limit says otherwise. */
const LISTED = 20;
/** Procedures named as a hint. */
const LIKELY = 3;

/** What editors work through: open questions by likeness. */
export const unanswered: Command = {
  summary: "questions without a good answer, grouped, the most frequent first",
  usage: "unanswered [--limit N] [--json]",
  run: async (context) => {
    const { json, limit } = askedOf(context.args);
    const asked = await withControl(context, (control) => control.unanswered());
    const { guide, knowledge, now } = await commandGuide(context);
    const groups = groupQuestions(asked, buildLexicon(knowledge.vocabulary));
    const sum = (of: "count" | "unanswered" | "down"): number =>
      groups.reduce((all, group) => all + group[of], 0);
    const listing: Listing = {
      open: sum("count"),
      unanswered: sum("unanswered"),
      down: sum("down"),
      up: asked.filter(({ verdict }) => verdict === "up").length,
      total: groups.length,
      groups: groups.slice(0, limit).map((group) => rowOf(group, guide, knowledge, now())),
    };
    context.out(json ? `${JSON.stringify(listing)}\n` : tell(listing));
    return 0;
  },
};

type Titled = { readonly code: string; readonly title: string };
type Row = Omit<QuestionGroup, "answered"> & {
  readonly answered: readonly (Titled & { readonly count: number })[];
  /** What the search finds likeliest, to help an editor who looks for the procedure. */
  readonly likely: readonly Titled[];
};
type Listing = {
  readonly open: number;
  readonly unanswered: number;
  readonly down: number;
  readonly up: number;
  /** Groups, those not listed included. */
  readonly total: number;
  readonly groups: readonly Row[];
};

function askedOf(args: readonly string[]): { json: boolean; limit: number } {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: "boolean", default: false }, limit: { type: "string" } },
  });
  const limit = values.limit === undefined ? LISTED : Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError("--limit must be a number from 1 on");
  return { json: values.json, limit };
}

function rowOf(group: QuestionGroup, { finder, reader }: Guide, { rules }: Knowledge, now: Date): Row {
  const titleOf = (code: string): string =>
    rules.find(({ id }) => id === code)?.title ?? finder.subject(code)?.title ?? "";
  const found = group.question === "" ? [] : finder.find(reader.read(group.question, now)).procedures;
  return {
    ...group,
    first: dayInVietnam(group.first),
    last: dayInVietnam(group.last),
    answered: group.answered.map(({ code, count }) => ({ code, title: titleOf(code), count })),
    likely: found.slice(0, LIKELY).map(({ code, subject }) => ({ code, title: subject.title })),
  };
}

function tell({ open, unanswered, down, up, total, groups }: Listing): string {
  const counts = `${open} open: ${unanswered} unanswered, ${down} thumbs down; ${up} thumbs up`;
  const rest = total - groups.length;
  const lines = [
    counts,
    ...groups.flatMap(tellGroup),
    ...(rest > 0 ? ["", `… and ${rest} more groups (--limit ${total})`] : []),
    ...(groups.length > 0 ? ["", 'motcua phrase CODE "question" makes a question a phrasing'] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function tellGroup(row: Row): string[] {
  const { count, first, last, question, others, offtopic, reasons, answered, likely } = row;
  const days = first === last ? first : `${first} to ${last}`;
  const titled = ({ code, title }: Titled): string => `${code} ${title}`.trimEnd();
  const told = Object.entries(reasons).map(([reason, times]) => `${times} ${reason}`);
  return [
    "",
    `${count}×  ${question === "" ? "(words not kept)" : oneLine(question)}  (${days})`,
    ...others.map((other) => `    or: ${oneLine(other)}`),
    ...(offtopic > 0 ? [`    taken for off topic: ${offtopic}`] : []),
    ...(told.length > 0 ? [`    why not: ${told.join(", ")}`] : []),
    ...answered.map((one) => `    answered: ${titled(one)} (${one.count}×)`),
    ...likely.map((one) => `    likely: ${titled(one)}`),
  ];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
