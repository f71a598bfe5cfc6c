import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { catalogueFile, readCatalogue } from "../../src/catalogue/catalogue-file.ts";
import { partialFile } from "../../src/catalogue/crawl.ts";
import { importCatalogue } from "../../src/commands/import.ts";
import { readConfig } from "../../src/config.ts";
import { cleaned, detail, many, ndjson } from "../catalogue/records.ts";
import { type FakePortal, startPortal, status } from "../fakes/portal.ts";
import { type Machine, machine, NOW } from "./machine.ts";

let own: Machine;
let portal: FakePortal | undefined;
beforeAll(async () => {
  own = await machine({}, { light: true });
});
afterEach(async () => {
  await rm(own.data, { recursive: true, force: true });
  await portal?.close();
  portal = undefined;
});

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(join(own.folder, name), content);
  return name;
};
const catalogue = () => readCatalogue(catalogueFile(own.data));
const run = (...args: readonly string[]) => own.run(["import", ...args]);
const summary = async (...args: readonly string[]) => {
  const ran = await run(...args, "--json");
  return { ...ran, summary: JSON.parse(ran.stdout) };
};

describe("an operator who imports the national catalogue", () => {
  it("gets a summary with every refused record, its line and its reason", async () => {
    const internal = cleaned({ code: "1.000008", name: "Việc nội bộ", internal: true });
    const records = `${ndjson([...many(3), internal])}{"broken\n`;
    const name = await file("ban-sao.data", gzipSync(records));
    expect(await run(name)).toEqual({
      code: 0,
      stderr: "",
      stdout: [
        "5 records read: 3 added, 0 changed, 0 same, 2 refused",
        "3 procedures in the catalogue now",
        "1 refused: internal",
        "  ban-sao.data:4 1.000008 Việc nội bộ",
        "1 refused: not JSON",
        "  ban-sao.data:5",
        "",
      ].join("\n"),
    });
    const again = await summary(name);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.summary).toEqual({
      read: 5,
      added: 0,
      changed: 0,
      same: 3,
      refused: 2,
      kept: 0,
      vanished: [],
      refusals: [
        { file: name, line: 4, code: "1.000008", name: "Việc nội bộ", reason: "internal", withdrawn: true },
        { file: name, line: 5, reason: "not JSON" },
      ],
      partial: false,
      count: 3,
    });
  });

  it("is told what vanished, and of a long list the first twenty", async () => {
    await run(await file("all", ndjson(many(60))));
    const { stdout } = await run(await file("newer", ndjson(many(35))));
    expect(stdout).toContain("35 procedures in the catalogue now\n25 vanished\n  1.000036 Thủ tục số 36\n");
    expect(stdout).toContain("\n  … and 5 more\n");
  });

  it("may import a part; the others stay unless told otherwise", async () => {
    await run(await file("all", ndjson(many(10))));
    const part = await file("part", ndjson([detail({ code: "1.000002" })]));
    const first = await run(part, "--retrieved", "2026-11-01");
    expect(first.stdout).toContain("9 kept from before\n");
    expect(first.stdout).toContain("--replace");
    expect(catalogue()?.facts("1.000002")?.retrieved).toBe("2026-11-01");
    expect(catalogue()?.briefs).toHaveLength(10);
    expect((await summary(part, "--replace")).summary).toMatchObject({ count: 1, partial: false });
    expect(catalogue()?.briefs).toHaveLength(1);
  });

  it("keeps the old catalogue when nothing usable is found or a file breaks off", async () => {
    await run(await file("all", ndjson(many(10))));
    const nothing = await run(await file("page.html", "<html>not here</html>"));
    expect(nothing).toMatchObject({
      code: 1,
      stderr: "nothing usable was found; the catalogue is as it was\n",
    });
    const cut = await run(await file("cut.gz", gzipSync(ndjson(many(900))).subarray(0, -200)));
    expect(cut).toMatchObject({ code: 1, stdout: "" });
    expect(cut.stderr).toMatch(/^cut\.gz cannot be read to its end .*nothing was imported from it\n$/);
    expect(await run("nowhere")).toEqual({
      code: 1,
      stdout: "",
      stderr: "nowhere is no file; check its name\n",
    });
    expect(catalogue()?.briefs).toHaveLength(10);
  });

  it("can import over a catalogue that was damaged", async () => {
    const all = await file("all", ndjson(many(3)));
    await run(all);
    await writeFile(catalogueFile(own.data), "damaged");
    expect(await run(all)).toMatchObject({
      code: 0,
      stderr: "the catalogue that was there is damaged; all counts as added\n",
    });
    expect(catalogue()?.briefs).toHaveLength(3);
  });

  it("is told the usage when the words are wrong", async () => {
    const wrong = await run();
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toBe(`name a file, or --portal\nusage: motcua ${importCatalogue.usage}\n`);
    const here = (...args: readonly string[]) =>
      importCatalogue.run({
        args,
        config: () => readConfig({ DATA_DIR: own.data, MOTCUA_NOW: NOW }),
        out: () => undefined,
        err: () => undefined,
        lines: async function* () {},
      });
    for (const [args, message] of [
      [["--retrieved", "yesterday", "x"], /must be a day/],
      [["x", "--pause", "5"], /--pause goes with --portal/],
      [["--portal", "ftp://portal"], /must begin with http/],
      [["--portal", "http://a", "http://b"], /one address/],
      [["--portal", "--pause", "soon"], /--pause must be/],
      [["--portal", "--retrieved", "2026-11-01"], /goes with files/],
      [["x", "--wrong"], /Unknown option/],
    ] as const)
      await expect(here(...args), args.join(" ")).rejects.toThrow(message);
    const all = await file("all", ndjson(many(1)));
    await expect(here(join(own.folder, all), "--retrieved", "2026-11-21")).rejects.toThrow(/day to come/);
  });

  it("reads the portal, goes on after it was stopped, and leaves nothing behind", async () => {
    const records = Array.from({ length: 5 }, (_, index) =>
      detail({ id: `id-${index}`, code: `1.00000${index}` }),
    );
    portal = await startPortal(records, { pause: 20 });
    portal.next(status(200, JSON.stringify({ code: "OK", data: records[0] })), status(429));
    const stopped = await run("--portal", portal.url, "--pause", "20");
    expect(stopped).toMatchObject({ code: 1, stdout: "" });
    expect(stopped.stderr).toMatch(/^the portal refuses further requests \(429\); what was fetched is kept/);
    expect(catalogue()).toBeUndefined();
    const done = await run(`--portal=${portal.url}/`, "--pause", "20");
    expect(done).toMatchObject({ code: 0, stderr: "5 of 5\n" });
    expect(done.stdout).toBe(
      "5 records read: 5 added, 0 changed, 0 same, 0 refused\n5 procedures in the catalogue now\n",
    );
    expect(portal.details).toEqual(["id-0", "id-1", "id-1", "id-2", "id-3", "id-4"]);
    expect(portal.offences).toEqual([]);
    expect(catalogue()?.facts("1.000000")?.retrieved).toBe("2026-11-20");
    expect(await readdir(join(own.data, "catalogue"))).toEqual(["catalogue.ndjson"]);
    expect(partialFile(own.data)).toContain(own.data);
  });
});

describe("an import killed with kill -9", () => {
  const start = (name: string): ChildProcess =>
    spawn(process.execPath, [inject("build").cli, "import", name], {
      cwd: own.folder,
      env: { PATH: process.env["PATH"], DATA_DIR: own.data },
      stdio: "ignore",
    });

  const writing = async (): Promise<void> => {
    const folder = join(own.data, "catalogue");
    const left = new Set(readdirSync(folder));
    for (let waited = 0; waited < 20_000; waited += 1) {
      if (readdirSync(folder).some((name) => !left.has(name))) return;
      await sleep(1);
    }
  };

  it("at ten random moments leaves the old catalogue whole, and the next import succeeds", async () => {
    await run(await file("old", ndjson(many(1500))));
    const changed = many(1600).map((record) => ({ ...record, result: "Kết quả mới" }));
    const name = await file("new", ndjson(changed));
    // How long an import takes here and now.
    const began = performance.now();
    await run(await file("again", ndjson(many(1500))));
    const takes = performance.now() - began;
    const ends: string[] = [];
    for (let kill = 0; kill < 10; kill += 1) {
      const child = start(name);
      const ended = once(child, "exit");
      // In turn at any moment and, more often than chance would have it, while the new file is written.
      await Promise.race([kill % 2 === 0 ? sleep(Math.random() * takes * 1.2) : writing(), ended]);
      child.kill("SIGKILL");
      await ended;
      const found = catalogue();
      const isNew = found?.facts("1.000001")?.result[0] === "Kết quả mới";
      ends.push(child.signalCode ?? "finished");
      // Either the old one or, killed after its end, the new one: never something between.
      expect(found?.briefs).toHaveLength(isNew ? 1600 : 1500);
      if (isNew) await run(await file("old", ndjson(many(1500))), "--replace");
    }
    expect(ends).toContain("SIGKILL");
    const last = await summary(name);
    expect(last.summary).toMatchObject({ read: 1600, added: 100, changed: 1500, refused: 0 });
    expect(catalogue()?.briefs).toHaveLength(1600);
    expect(await readdir(join(own.data, "catalogue"))).toEqual(["catalogue.ndjson"]);
  }, 120_000);
});
