import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ask } from "../../src/commands/ask.ts";
import { chat } from "../../src/commands/chat.ts";
import { check } from "../../src/commands/check.ts";
import { type Command, InputError, UsageError } from "../../src/commands/command.ts";
import { dialogue } from "../../src/commands/dialogue.ts";
import { due } from "../../src/commands/due.ts";
import { evaluate } from "../../src/commands/evaluate.ts";
import { importCatalogue } from "../../src/commands/import.ts";
import { link, stuck, unlink } from "../../src/commands/operate.ts";
import { phrase } from "../../src/commands/phrase.ts";
import { report } from "../../src/commands/report.ts";
import { route } from "../../src/commands/route.ts";
import { start } from "../../src/commands/start.ts";
import { unanswered } from "../../src/commands/unanswered.ts";
import { type Config, readConfig } from "../../src/config.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type Env, type Machine, machine, type Ran } from "./machine.ts";
import { visitor } from "./visitor.ts";

const COMMANDS = {
  start,
  chat,
  ask,
  dialogue,
  due,
  route,
  check,
  link,
  unlink,
  stuck,
  report,
  unanswered,
  phrase,
  eval: evaluate,
  import: importCatalogue,
};
type Name = keyof typeof COMMANDS;
const NAMES = Object.keys(COMMANDS) as Name[];
const STORY =
  "Tôi nộp hồ sơ ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà vẫn chưa trả";
const QUESTIONS = new URL("../../../shared/data/questions/", import.meta.url);

const KINDS = [
  "harassment",
  "bribe",
  "late",
  "extra_documents",
  "overcharge",
  "attitude",
  "refusal",
  "praise",
  "suggestion",
  "other",
] as const;

/** What programs read, exactly as promised: a field more or less is a fault. */
const Asked = z.strictObject({
  intent: z.enum([
    "procedure",
    "rule",
    "complaint",
    "status",
    "deadline",
    "greeting",
    "crisis",
    "offtopic",
    "unclear",
  ]),
  aspect: z.enum(["documents", "time", "fee", "where", "online", "steps", "legal", "result", "general"]),
  results: z
    .array(
      z.strictObject({ code: z.string().regex(/^\d\.\d{6}$/), name: z.string().min(5), score: z.number() }),
    )
    .max(5),
  rules: z.array(z.strictObject({ id: z.string(), score: z.number() })).optional(),
});
const Day = z.iso.date();
const AskLine = Asked.extend({
  question: z.string(),
  complaint: z
    .strictObject({
      kind: z.enum(KINDS),
      agency: z.string().nullable(),
      place: z.string().nullable(),
      submitted: Day.nullable(),
      due: Day.nullable(),
      code: z.string().nullable(),
    })
    .optional(),
  answer: z.string().min(1),
  ms: z.number().nonnegative(),
});
const DialogueLine = z.strictObject({ id: z.string(), turns: z.array(Asked) });
const Due = z.strictObject({
  due: Day,
  at: z.iso.datetime({ offset: true }).endsWith("+07:00"),
  explanation: z.array(z.string()).min(1),
});
const Named = z.strictObject({ id: z.string(), name: z.string() });
const Route = z.strictObject({
  to: z.array(Named).min(1),
  copy: z.array(Named),
  why: z.array(z.string()).min(1),
});
const PlaceLine = z.strictObject({
  matches: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      province: z.string(),
      since: z.string().optional(),
      was: z.array(z.string()),
    }),
  ),
  ask: z.boolean(),
  ms: z.number().nonnegative(),
});

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");
const jsonLines = <T extends z.ZodType>(schema: T, { stdout }: Ran): z.output<T>[] =>
  linesOf(stdout).map((line) => schema.parse(JSON.parse(line)));

let own: Machine;
let light: Machine;
beforeAll(async () => {
  own = await machine();
  light = await machine({}, { light: true });
});

describe.concurrent("an operator at the command line", () => {
  test("finds every command and its usage", async () => {
    const [overview, one, other] = await Promise.all([
      light.run(["--help"]),
      light.run(["start", "--help"]),
      light.run(["due", "--limit", "-h"]),
    ]);
    for (const name of NAMES) {
      const { summary, usage } = COMMANDS[name];
      expect(overview.stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
      expect(usage).toMatch(new RegExp(`^${name}\\b`));
    }
    expect(one).toEqual({ code: 0, stderr: "", stdout: `${start.summary}\nusage: motcua start\n` });
    expect(other).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining(due.usage) });
  });

  test("gets answers as one JSON object a line, in the order asked", async () => {
    const questions = [
      ["lam giay khai sinh cho con can gi", "procedure"],
      ["cán bộ bắt tôi nộp thêm giấy tờ ngoài quy định thì đúng hay sai", undefined],
      [STORY, "complaint"],
      ["xin chào", "greeting"],
      ["", "unclear"],
      ["tra cứu MC-0000-0000-0000", "status"],
      ["nộp đổi căn cước hôm 5/11 thì bao giờ có", "deadline"],
      ["kết quả xổ số hôm nay", "offtopic"],
      ['"ngoặc" \\ {"json":1} \u2028 khai sinh', undefined],
    ] as const;
    const input = questions.map(([question]) => question).join("\n");
    const ran = await own.run(["ask", "--json"], { input });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const asked = jsonLines(AskLine, ran);
    expect(asked.map(({ question }) => question)).toEqual(questions.map(([question]) => question));
    for (const [index, [question, intent]] of questions.entries())
      if (intent) expect(asked[index]?.intent, question).toBe(intent);
    expect(asked[0]?.aspect).toBe("documents");
    expect(asked[0]?.results[0]?.code).toBe("1.001193");
    expect(asked[2]).toMatchObject({
      results: [],
      complaint: { kind: "late", submitted: "2026-11-02", due: "2026-11-09" },
    });
    for (const line of asked) {
      expect("complaint" in line).toBe(line.intent === "complaint");
      expect("rules" in line).toBe(line.intent === "rule");
      if (["greeting", "unclear", "offtopic", "status"].includes(line.intent))
        expect(line.results).toEqual([]);
    }
    const one = await light.run(["ask", "xin", "chào"]);
    expect(one).toEqual({ code: 0, stderr: "", stdout: `${vietnamese.answers.greeting}\n` });
  });

  test("holds dialogues, each line a conversation of its own", async () => {
    const input = [
      { id: "a", turns: ["lam giay khai sinh cho con can gi", "thế phí bao nhiêu?"] },
      { id: "b", turns: ["thế phí bao nhiêu?"] },
      { id: "c", turns: [] },
    ].map((line) => JSON.stringify(line));
    const ran = await light.run(["dialogue", "--json"], { input: `${input.join("\n\n")}\n` });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const [a, b, c] = jsonLines(DialogueLine, ran);
    expect([a?.id, b?.id, c?.id]).toEqual(["a", "b", "c"]);
    expect(a?.turns[1]).toMatchObject({
      intent: "procedure",
      aspect: "fee",
      results: [{ code: "1.001193" }],
    });
    expect(b?.turns[0]?.results).toEqual([]);
    expect(c?.turns).toEqual([]);
  });

  test("counts limits over Tết, by words or by a procedure's own rule", async () => {
    const from = "2026-02-10T09:30";
    const one = await light.run(["due", "--json", "--from", from, "--limit", "5 ngày làm việc"]);
    // Tuesday the 10th; Tết is off from the 16th to the 20th.
    expect(jsonLines(Due, one)).toMatchObject([{ due: "2026-02-24" }]);
    const input = [
      { from, limit: "5 ngày làm việc" },
      { from: "2026-11-20T09:00+07:00", limit: "8 giờ làm việc" },
      { from: "2026-11-20T09:00", code: "1.001193" },
      { from: "2026-11-20", limit: "1 tháng" },
    ].map((line) => JSON.stringify(line));
    const many = await light.run(["due", "--json"], { input: input.join("\n") });
    expect(many).toMatchObject({ code: 0, stderr: "" });
    expect(jsonLines(Due, many).map(({ due }) => due)).toEqual([
      "2026-02-24",
      "2026-11-23",
      "2026-11-20",
      expect.stringMatching(/^2026-12-2/),
    ]);
    expect(await here(due, ["--from", from, "--limit", "1 ngày"])).toMatch(/^2026-02-11\n./);
  });

  test("is told who must answer a complaint, and never the unit complained about", async () => {
    const input = [
      { kind: "late", place: "xã Núi Thành, Đà Nẵng", about: "ubnd xã" },
      { kind: "bribe", place: "xã Núi Thành, Đà Nẵng", about: "ubnd-tp-da-nang" },
      { kind: "other" },
    ].map((line) => JSON.stringify(line));
    const [many, one] = await Promise.all([
      light.run(["route", "--json"], { input: input.join("\n") }),
      light.run(["route", "--json", "--kind", "praise", "--about", "so-tu-phap-da-nang"]),
    ]);
    expect(many).toMatchObject({ code: 0, stderr: "" });
    const ids = jsonLines(Route, many).map(({ to }) => to.map(({ id }) => id));
    expect(ids[0]).toEqual(["ubnd-tp-da-nang"]);
    expect(ids[1]).not.toContain("ubnd-tp-da-nang");
    expect(ids[2]).toEqual(["dieu-phoi"]);
    expect(jsonLines(Route, one)[0]?.to).toMatchObject([{ id: "so-tu-phap-da-nang" }]);
  });

  test("is told what a place is called today, and asked where there are several", async () => {
    const input = "xã Tam Quang, Núi Thành\nSài Gòn\nphường Hải Trâu, Đà Nẵng\nkhông đâu cả\n";
    const many = await light.run(["place", "--json"], { input });
    expect(many).toMatchObject({ code: 0, stderr: "" });
    const [old, , misspelt, none] = jsonLines(PlaceLine, many);
    expect(old).toMatchObject({
      ask: false,
      matches: [{ name: "Xã Núi Thành", province: "Thành phố Đà Nẵng", since: "2025-07-01" }],
    });
    expect(old?.matches[0]?.was).toContain("Xã Tam Quang, Huyện Núi Thành, Tỉnh Quảng Nam");
    expect(misspelt?.matches).toMatchObject([{ name: "Phường Hải Châu" }]);
    expect(none).toMatchObject({ matches: [], ask: false });
    const today = await light.run(["place", "phường Hải Châu 1"]);
    expect(today.stdout).toMatch(/^\d{5} Phường Hải Châu, Thành phố Đà Nẵng \(từ 2025-07-01\); trước đây: /);
    const wrong = await light.run(["place", "--on", "hôm qua", "Hải Châu"]);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("--on 2025-06-30") });
  });

  test("has knowledge and contacts checked: every fault with file, line and remedy", async () => {
    const good = await light.run(["check", "--json"]);
    expect(good).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(good.stdout)).toMatchObject({ faults: [] });
    const spoilt = await machine({}, { light: true });
    await spoilt.contacts({
      "ubnd-tp-da-nang": [{ channel: "webhook", url: "http://example.com", secret: "whsec_KANARIE" }],
    });
    const [bad, json] = await Promise.all([spoilt.run(["check"]), spoilt.run(["check", "--json"])]);
    expect([bad.code, json.code]).toEqual([1, 1]);
    expect(bad.stderr).toMatch(/contacts\.yaml:1: .*https/);
    expect(bad.stderr + bad.stdout + json.stdout).not.toContain("KANARIE");
    const { faults } = z
      .object({
        faults: z.array(z.strictObject({ file: z.string(), line: z.number(), problem: z.string() })),
      })
      .parse(JSON.parse(json.stdout));
    expect(faults).toHaveLength(2);
    const none = await light.run(["check"], { env: { KNOWLEDGE_DIR: "nowhere" } });
    expect(none).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("nowhere") });
  });

  test("measures labelled questions", async () => {
    const file = join(own.folder, "labelled.ndjson");
    const labelled = [
      {
        question: "lam giay khai sinh cho con can gi",
        codes: ["1.001193"],
        style: "nodiacritic",
        aspect: "documents",
      },
      { question: "kết quả xổ số hôm nay", codes: [], style: "colloquial" },
    ];
    await writeFile(file, labelled.map((line) => JSON.stringify(line)).join("\n"));
    const ran = await light.run(["eval", "--json", file]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      file,
      n: 2,
      covered: 1,
      top1: 1,
      top3: 1,
      byStyle: { nodiacritic: "1/1" },
      p50: expect.any(Number),
      p99: expect.any(Number),
    });
    expect(await here(evaluate, [file])).toContain("nodiacritic");
  });

  test.skipIf(!existsSync(QUESTIONS))(
    "measures the questions of ../shared, where they are (skipped without them): at least 110 of ours, 80 % first; 90 % of the rest declined",
    async () => {
      const files = ["ask.ndjson", "offtopic.ndjson"].map((name) => fileURLToPath(new URL(name, QUESTIONS)));
      const { stdout, code } = await own.run(["eval", "--json", ...files]);
      expect(code).toBe(0);
      const [asked, offtopic] = linesOf(stdout).map((line) => JSON.parse(line) as Record<string, number>);
      expect(asked?.["covered"]).toBeGreaterThanOrEqual(110);
      expect(asked?.["top1"]).toBeGreaterThanOrEqual(0.8);
      expect(offtopic?.["declined"]).toBeGreaterThanOrEqual(0.9);
    },
  );
});

/** Runs a command in this process: it resolves with what it wrote, or rejects with why not. */
async function here(command: Command, args: readonly string[], input = ""): Promise<string> {
  let written = "";
  const out = (text: string): void => {
    written += text;
  };
  const config = (): Config => readConfig({ KNOWLEDGE_DIR: light.knowledge, DATA_DIR: light.data });
  await command.run({ args, config, out, err: out, lines: () => Readable.from(linesOf(input)) });
  return written;
}

describe.concurrent("an operator who errs", () => {
  test("in how a command is used is told the usage on stderr with exit code 2, in what is given a sentence with 1", async () => {
    const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
      [["no-such-command"], 2, /no-such-command/],
      [["constructor"], 2, /constructor/],
      [["start", "--no-such-option"], 2, /--no-such-option/],
      [["link"], 2, /AGENCY is missing/],
      [["due", "--from", "yesterday", "--limit", "5 ngày"], 1, /yesterday/],
      [["link", "no-such-agency"], 1, /no-such-agency/],
      [["unlink", "no-such-agency"], 1, /no-such-agency/],
    ];
    const ran = await Promise.all(wrong.map(([args]) => light.run(args)));
    for (const [index, { code, stdout, stderr }] of ran.entries()) {
      const [args = [], expected, told = /./] = wrong[index] ?? [];
      expect({ code, stdout }, args.join(" ")).toEqual({ code: expected, stdout: "" });
      expect(stderr, args.join(" ")).toMatch(told);
      expect(stderr.includes("usage: motcua"), args.join(" ")).toBe(expected === 2);
      expect(stderr, args.join(" ")).not.toMatch(/ at .*\.js/);
    }
  });

  test.each<[Name, readonly string[]]>([
    ...NAMES.map((name): [Name, string[]] => [name, ["--no-such-option"]]),
    ...NAMES.filter((name) => !["ask", "link", "unlink", "eval", "import"].includes(name)).map(
      (name): [Name, string[]] => [name, ["too-much"]],
    ),
    ["due", ["--limit", "5 ngày"]],
    ["due", ["--from"]],
    ["due", ["--from", "2026-02-10"]],
    ["route", ["--place", "xã Núi Thành"]],
    ["link", ["ubnd-tp-da-nang", "--role", "boss"]],
    ["unlink", []],
    ["unlink", ["ubnd-tp-da-nang", "--role", "boss"]],
    ["eval", []],
    ["report", ["--month", "2026-13"]],
    ["report", ["--format", "png"]],
    ["eval", ["--json"]],
  ])("with the usage of %s %j is refused", async (name, args) => {
    const error = await here(COMMANDS[name], args).catch((thrown: unknown) => thrown);
    const byParser =
      error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    expect(error instanceof UsageError || byParser, String(error)).toBe(true);
  });

  test.each<[Name, readonly string[], string, RegExp]>([
    ["due", ["--from", "2026-02-10", "--limit", "five days"], "", /five days/],
    ["due", ["--from", "2026-02-10", "--limit", "0 ngày"], "", /0 ngày/],
    ["due", ["--from", "2030-02-10", "--limit", "5 ngày làm việc"], "", /2030/],
    ["due", ["--from", "2026-02-10", "--code", "9.999999"], "", /9\.999999/],
    ["due", [], "{", /not /],
    ["route", ["--kind", "rude"], "", /harassment/],
    ["route", [], "[", /JSON/],
    ["dialogue", [], '{"id":"a","turns":["xin chào"]}\n{"id":7}', /line 2/],
    ["eval", ["no-such-file"], "", /no-such-file/],
  ])("with what %s %j %j needs is told what is wrong", async (name, args, input, told) => {
    const error = await here(COMMANDS[name], args, input).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(told);
  });

  test("in several settings is told every one of them at once, and none of their values", async () => {
    const env: Env = {
      PORT: "KANARIE",
      HOST: "0.0.0.0",
      PUBLIC_URL: "ftp://kanarie.example",
      TELEGRAM_BOT_TOKEN: "KANARIE",
      TELEGRAM_API_ROOT: "kanarie",
      SMTP_URL: "http://kanarie.example",
      LOG_LEVEL: "kanarie",
      RATE_LIMITS: "kanarie",
      MOTCUA_NOW: "kanarie",
      DATA_DIR: "",
    };
    const bad = await light.run(["start"], { env });
    expect({ code: bad.code, stdout: bad.stdout }).toEqual({ code: 1, stdout: "" });
    for (const name of Object.keys(env).filter((one) => one !== "DATA_DIR" && one !== "HOST"))
      expect(bad.stderr).toContain(` ${name} `);
    expect(bad.stderr).not.toMatch(/kanarie/i);
  });

  test("in settings that do not go together is told all of those too, beside a wrong value", async () => {
    const env: Env = {
      PORT: "nine",
      HOST: "0.0.0.0",
      MOTCUA_NOW: "2026-11-20T09:00+07:00",
      RATE_LIMITS: "off",
      SMTP_URL: "smtp://127.0.0.1",
      IDENTITY_KEY: "x",
      IDENTITY_KEY_FILE: "y",
    };
    const bad = await light.run(["start"], { env });
    expect({ code: bad.code, stdout: bad.stdout }).toEqual({ code: 1, stdout: "" });
    for (const name of ["PORT", "MOTCUA_NOW", "RATE_LIMITS", "MAIL_FROM", "IDENTITY_KEY_FILE"])
      expect(bad.stderr).toContain(` ${name} `);
  });

  test("in the .env file is told likewise", async () => {
    const elsewhere = await machine({}, { light: true });
    await writeFile(join(elsewhere.folder, ".env"), "LOG_LEVEL=loud\nMAIL_FROM=\n");
    expect(await elsewhere.run(["start"])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("LOG_LEVEL"),
    });
  });

  test("by starting twice on one folder, or on a port that is taken, is told so and the first goes on", async ({
    onTestFinished,
  }) => {
    const taken = await machine({}, { light: true });
    const first = await taken.start();
    onTestFinished(() => first.kill());
    const port = new URL(first.address).port;
    const [second, third] = await Promise.all([
      taken.run(["start"]),
      (await machine({}, { light: true })).run(["start"], { env: { PORT: port } }),
    ]);
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining("in use by another process") });
    expect(third).toMatchObject({ code: 1, stderr: expect.stringContaining("port is taken") });
    expect(second.stderr + third?.stderr).not.toMatch(/ at .*\.js/);
    expect((await visitor(first.address).says("xin chào")).text).toBe(vietnamese.answers.greeting);
  });
});
