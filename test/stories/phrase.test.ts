import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { catalogueFile, readCatalogue, writeCatalogue } from "../../src/catalogue/catalogue-file.ts";
import type { Command } from "../../src/commands/command.ts";
import { importCatalogue } from "../../src/commands/import.ts";
import { phrase } from "../../src/commands/phrase.ts";
import { readConfig } from "../../src/config.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { cleaned, ndjson } from "../catalogue/records.ts";
import { lightCopy } from "./build.ts";
import { type Machine, machine } from "./machine.ts";

const RECORD = "procedures/civil-status/1.001193-dang-ky-khai-sinh.yaml";
const OTHER = "procedures/civil-status/1.000656-dang-ky-khai-tu.yaml";
const SECTOR = "phrasings/ho-tich.yaml";
const RULE = "rules/giay-hen.yaml";
/** Asked by nobody yet. */
const NEW = "bé nhà em chào đời bên Lào thì khai sinh kiểu gì bây giờ hả bà con";

let own: Machine;
let dir: string;
beforeAll(async () => {
  own = await machine();
  dir = join(own.folder, "knowledge");
}, 60_000);
beforeEach(async () => {
  await rm(dir, { recursive: true, force: true });
  await lightCopy(dir, [OTHER, "rules"]);
});

const read = (file: string): Promise<string> => readFile(join(dir, file), "utf8");

/** Runs a command on the copy of the knowledge, in this process. */
async function run(command: Command, ...args: readonly string[]): Promise<string> {
  let written = "";
  const out = (text: string): void => {
    written += text;
  };
  await command.run({
    args,
    config: () => readConfig({ KNOWLEDGE_DIR: dir, DATA_DIR: own.data }),
    out,
    err: out,
    lines: () => Readable.from([]),
  });
  return written;
}

/** The lines that a file has more than it had; every other line is as it was. */
function added(before: string, after: string): string[] {
  const [old, lines] = [before.split("\n"), after.split("\n")];
  const from = old.findIndex((line, index) => line !== lines[index]);
  const count = lines.length - old.length;
  expect(lines.toSpliced(from, count)).toEqual(old);
  return lines.slice(from, from + count);
}

describe("an editor at the command line", () => {
  it.each([
    ["1.001193", RECORD, `  - ${NEW}`],
    ["giay-hen", RULE, `  - ${NEW}`],
    ["1.000080", SECTOR, `      - ${NEW}`],
  ])(
    "makes a question a phrasing of %s with one line in its file, and nothing else",
    async (target, file, line) => {
      const before = await read(file);
      const { mode } = await stat(join(dir, file));
      const said = await run(phrase, target, NEW);
      const after = await read(file);
      expect(added(before, after)).toEqual([line]);
      const number = after.split("\n").indexOf(line) + 1;
      expect(said).toBe(
        `${join(dir, file)}:${number}: ${NEW}\nA running program takes it at its next start.\n`,
      );
      expect((await stat(join(dir, file))).mode).toBe(mode);
      expect(await readdir(join(dir, file, ".."))).not.toContainEqual(expect.stringContaining(".tmp"));
      loadKnowledge(dir);
    },
  );

  it("is answered by it from the next start on", async () => {
    const env = { KNOWLEDGE_DIR: dir };
    const { stdout, code } = await own.run(["phrase", "1.001193", NEW, `${NEW} nữa`, "--json"], { env });
    expect(code).toBe(0);
    const line = (await read(RECORD)).split("\n").indexOf(`  - ${NEW}`) + 1;
    expect(JSON.parse(stdout)).toEqual({
      code: "1.001193",
      file: join(dir, RECORD),
      line,
      added: [NEW, `${NEW} nữa`],
    });
    const asked = JSON.parse((await own.run(["ask", "--json", NEW], { env })).stdout);
    expect(asked.results[0]?.code).toBe("1.001193");
  });

  it("may give questions that YAML would take for something else, and long ones", async () => {
    const strange = ["- khai sinh: sao? #1", "'khai sinh' kiểu \"gì\"", `khai sinh ${"rất ".repeat(60)}lâu`];
    const before = await read(RECORD);
    await run(phrase, "1.001193", "--", ...strange);
    expect(added(before, await read(RECORD))).toHaveLength(3);
    loadKnowledge(dir);
    for (const question of strange)
      await expect(run(phrase, "1.001193", "--", question)).rejects.toThrow("already");
  });

  it("is told the file that has the question already, however it is spelt, and nothing is written", async () => {
    const known = [
      ["nộp hồ sơ rồi mà không ai đưa giấy hẹn", RULE],
      ["NOP HO SO ROI MA KHONG AI DUA GIAY HEN?!", RULE],
      ["Đăng ký khai tử", OTHER],
      ["cưới vợ người lào ở xã biên giới", SECTOR],
    ] as const;
    const before = await read(RECORD);
    for (const [question, file] of known)
      await expect(run(phrase, "1.001193", NEW, question), question).rejects.toThrow(
        new RegExp(
          `“${question.replaceAll(/[?]/g, "\\?")}” is in .*${file.replaceAll(".", "\\.")}:\\d+ already`,
        ),
      );
    await expect(run(phrase, "1.001193", NEW, NEW.toUpperCase())).rejects.toThrow("twice");
    expect(await read(RECORD)).toBe(before);
  });

  it.each([
    [["1.001193", ""], "empty"],
    [["1.001193", " ?! \u200B"], "empty"],
    [["1.001193", "a".repeat(301)], "300"],
    [["9.999999", NEW], "motcua import"],
    [["no-such-rule", NEW], "no-such-rule"],
    [["1.001193"], "name a code"],
    [[], "name a code"],
  ])("is refused in a sentence what cannot be a phrasing (%#)", async (args, told) => {
    await expect(run(phrase, ...args)).rejects.toThrow(told);
  });

  it("writes nothing into a file that would not be valid, or is not written one phrasing on each line", async () => {
    const text = await read(RULE);
    const list = /phrasings:\n(?: {2}- .*\n)+/.exec(text)?.[0] ?? "";
    const inline = text.replace(list, 'phrasings: ["a b", "c d", "e f", "g h", "i k", "l m"]\n');
    await writeFile(join(dir, RULE), inline);
    await expect(run(phrase, "giay-hen", NEW)).rejects.toThrow("one on each line");
    expect(await read(RULE)).toBe(inline);
    await writeFile(join(dir, RULE), `${text}unheard-of: 1\n`);
    await expect(run(phrase, "1.001193", NEW)).rejects.toThrow(/giay-hen\.yaml:\d+: unknown field/);
  });

  it.skipIf(process.getuid?.() === 0)("is told when the folder cannot be written", async () => {
    await chmod(join(dir, "rules"), 0o500);
    try {
      await expect(run(phrase, "giay-hen", NEW)).rejects.toThrow("cannot be written");
    } finally {
      await chmod(join(dir, "rules"), 0o700);
    }
  });
});

describe("with the national catalogue", () => {
  const named = (code: string, name: string, sector: string) => cleaned({ code, name, sector });
  beforeAll(async () => {
    const file = join(own.folder, "records.ndjson");
    const records = [
      named("1.000083", "Thủ tục cấp giấy thử hộ tịch", "Hộ tịch"),
      named("9.000003", "Thủ tục cấp giấy thử vùng trời", "Vùng trời thử"),
      named("9.000002", "Thủ tục đăng ký khai tử cấp xã", "Hộ tịch"),
    ];
    await writeFile(file, ndjson(records));
    await mkdir(own.data, { recursive: true });
    await run(importCatalogue, file);
    expect(readCatalogue(catalogueFile(own.data))?.briefs).toHaveLength(3);
  });

  it("a procedure without an entry gets one in its sector's file, in the order of codes", async () => {
    const before = await read(SECTOR);
    const said = await run(phrase, "1.000083", NEW, `${NEW} nữa`);
    const lines = added(before, await read(SECTOR));
    expect(lines).toEqual([
      "  # Thủ tục cấp giấy thử hộ tịch",
      '  "1.000083":',
      "    asked: some",
      "    phrasings:",
      `      - ${NEW}`,
      `      - ${NEW} nữa`,
    ]);
    const codes = [...(await read(SECTOR)).matchAll(/^ {2}"(.*)":$/gm)].map(([, code]) => code ?? "");
    expect(codes).toEqual(codes.toSorted());
    expect(said).toContain(`${join(dir, SECTOR)}:`);
    loadKnowledge(dir);
    // And then the entry is there.
    await run(phrase, "1.000083", "thử thêm một câu nữa nè");
    expect(added(before, await read(SECTOR))).toHaveLength(7);
  });

  it("a sector without a file gets one", async () => {
    await run(phrase, "9.000003", NEW);
    expect(await read("phrasings/vung-troi-thu.yaml")).toBe(
      [
        "sector: Vùng trời thử",
        "procedures:",
        "  # Thủ tục cấp giấy thử vùng trời",
        '  "9.000003":',
        "    asked: some",
        "    phrasings:",
        `      - ${NEW}`,
        "",
      ].join("\n"),
    );
    loadKnowledge(dir);
  });

  it("what is only a twin of a checked record is phrased there", async () => {
    const before = await read(OTHER);
    await run(phrase, "9.000002", NEW);
    expect(added(before, await read(OTHER))).toEqual([`  - ${NEW}`]);
  });

  it("a code that nobody has is told as such, and a damaged catalogue too", async () => {
    await expect(run(phrase, "9.999999", NEW)).rejects.toThrow("imported catalogue");
    const file = catalogueFile(own.data);
    const whole = await readFile(file);
    await writeFile(file, "{");
    await expect(run(phrase, "1.000083", NEW)).rejects.toThrow(file);
    await writeCatalogue(file, whole);
  });
});
