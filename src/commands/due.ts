import { parseArgs } from "node:util";
import { z } from "zod";
import {
  type Due,
  dueAfter,
  dueSameDay,
  hoursOf,
  type Limit,
  type WorkingTime,
} from "../complaints/working-time.ts";
import type { Guide } from "../conversation/guide.ts";
import { VIETNAM_MS } from "../knowledge/calendar.ts";
import type { TimeUnit } from "../knowledge/procedure.ts";
import { fold } from "../text/fold.ts";
import { type Command, InputError, UsageError } from "./command.ts";
import { commandGuide } from "./guide.ts";

const Question = z.object({
  from: z.string(),
  limit: z.string().optional(),
  code: z.string().optional(),
  /** Whose office hours count, where they are known. */
  agency: z.string().optional(),
});
type Question = z.infer<typeof Question>;

export const due: Command = {
  summary: "when a limit ends, in Vietnamese working time",
  usage:
    'due --from 2026-02-10T09:30 (--limit "5 ngày làm việc" | --code 1.001193) [--agency ID] [--json], or one JSON a line from standard input',
  run: async (context) => {
    const { values } = parseArgs({
      args: [...context.args],
      options: {
        from: { type: "string" },
        limit: { type: "string" },
        code: { type: "string" },
        agency: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    const { guide } = await commandGuide(context);
    const tell = (question: Question): void => {
      const result = compute(question, guide);
      context.out(
        values.json ? `${JSON.stringify(result)}\n` : `${result.due}\n${result.explanation.join("\n")}\n`,
      );
    };
    if (values.from !== undefined) {
      tell(
        Question.parse({ from: values.from, limit: values.limit, code: values.code, agency: values.agency }),
      );
      return 0;
    }
    if (values.limit !== undefined || values.code !== undefined) throw new UsageError("--from is missing");
    for await (const line of context.lines()) if (line.trim() !== "") tell(parseLine(line));
    return 0;
  },
};

function parseLine(line: string): Question {
  try {
    return Question.parse(JSON.parse(line));
  } catch {
    throw new InputError(`not {"from", "limit" or "code"}: ${line.slice(0, 80)}`);
  }
}

/** @throws InputError when the start, the limit or the year cannot be used */
export function compute(
  question: Question,
  guide: Guide,
): { due: string; at: string; explanation: readonly string[] } {
  const from = startOf(question.from);
  const time = hoursOf(question.agency, guide.rules.workingTime);
  const { notes, result } =
    question.limit === undefined
      ? byCode(question.code, from, guide, time)
      : { notes: [], result: byLimit(question.limit, from, time) };
  if (result.kind === "unknown-year") {
    throw new InputError(
      `the calendar of ${result.year} is not known; add knowledge/calendar/${result.year}.yaml. Nothing is guessed.`,
    );
  }
  return {
    due: result.day,
    at: `${new Date(result.at.getTime() + VIETNAM_MS).toISOString().slice(0, 19)}+07:00`,
    explanation: [...notes, ...result.explanation],
  };
}

/** A time without a zone is Vietnamese; a bare day is the morning. */
function startOf(text: string): Date {
  const withTime = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T08:00` : text;
  const from = new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(withTime) ? withTime : `${withTime}+07:00`);
  if (Number.isNaN(from.getTime()))
    throw new InputError(`"${text}" is no time; write it as 2026-02-10T09:30`);
  return from;
}

const UNITS: readonly (readonly [RegExp, TimeUnit])[] = [
  [/^(?:ngay lam viec|working days?|wd)$/, "working-day"],
  [/^(?:gio lam viec|working hours?|wh)$/, "working-hour"],
  [/^(?:ngay|days?)$/, "day"],
  [/^(?:gio|hours?)$/, "hour"],
  [/^(?:thang|months?)$/, "month"],
];

/** "5 ngày làm việc", "8 giờ làm việc", "15 ngày", "1 tháng", "trong ngày". */
export function parseLimit(text: string): Limit | "same-day" {
  const folded = fold(text);
  if (/^(?:trong ngay|ngay trong ngay|same day)/.test(folded)) return "same-day";
  const [, amount = "", words = ""] = /^(\d{1,4}) ?([a-z ]+)$/.exec(folded) ?? [];
  const unit = UNITS.find(([pattern]) => pattern.test(words.trim()))?.[1];
  if (!unit || Number(amount) === 0)
    throw new InputError(
      `"${text}" is no limit; write it as "5 ngày làm việc", "8 giờ làm việc", "15 ngày" or "1 tháng"`,
    );
  return { amount: Number(amount), unit };
}

function byLimit(text: string, from: Date, workingTime: WorkingTime): Due {
  const limit = parseLimit(text);
  return limit === "same-day" ? dueSameDay(from, undefined, workingTime) : dueAfter(from, limit, workingTime);
}

function byCode(
  code: string | undefined,
  from: Date,
  guide: Guide,
  workingTime: WorkingTime,
): { notes: string[]; result: Due } {
  if (!code) throw new UsageError("--limit or --code is missing");
  const procedure = guide.finder.facts(code)?.procedure;
  const title = guide.finder.subject(code)?.title;
  if (!procedure || !title)
    throw new InputError(`no procedure ${code} here; correct the code or give --limit`);
  for (const time of procedure.time) {
    const others =
      procedure.time.length > 1
        ? ["thủ tục có thời hạn khác nhau theo trường hợp; ở đây tính trường hợp đầu"]
        : [];
    const notes = [`${title}${time.when ? `, khi ${time.when}` : ""}`, ...others];
    if (time.kind === "within") return { notes, result: dueAfter(from, time, workingTime) };
    if (time.kind === "same-day") return { notes, result: dueSameDay(from, time.cutoff, workingTime) };
    if (time.kind === "on-the-spot") return { notes, result: dueSameDay(from, undefined, workingTime) };
  }
  throw new InputError(`the time limit of ${code} is not known; give --limit`);
}
