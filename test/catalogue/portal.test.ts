import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CatalogueError } from "../../src/catalogue/catalogue.ts";
import { crawl, dropPartial, partialFile } from "../../src/catalogue/crawl.ts";
import { openPortal, type PortalOptions } from "../../src/catalogue/portal.ts";
import {
  type FakePortal,
  type FakePortalOptions,
  hangs,
  resets,
  startPortal,
  status,
} from "../fakes/portal.ts";
import { detail } from "./records.ts";

let folder = "";
let portal: FakePortal;
let now = new Date("2026-11-20T20:00:00Z");
/** Waits asked for, none of which is waited out. */
let waits: number[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "motcua-portal-"));
  now = new Date("2026-11-20T20:00:00Z");
  waits = [];
});
afterEach(async () => {
  await portal.close();
  await rm(folder, { recursive: true });
});

const records = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    detail({ id: `id-${index}`, code: `1.${String(index).padStart(6, "0")}`, name: `Thủ tục ${index}` }),
  );
const open = async (count: number, options?: FakePortalOptions): Promise<void> => {
  portal = await startPortal(records(count), options);
};
const partial = () => partialFile(folder);
const run = (options: Partial<PortalOptions> = {}, onProgress?: (done: number, total: number) => void) => {
  const sleep = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return crawl({
    portal: openPortal({ root: portal.url, sleep, ...options }),
    root: portal.url,
    partial: partial(),
    clock: () => now,
    ...(onProgress && { onProgress }),
  });
};

describe("reading the portal itself", () => {
  it("takes its whole list and then each record, one at a time with pauses, and dates them by the day in Vietnam", async () => {
    await open(5, { pause: 20 });
    const shown: number[] = [];
    const found = await run(
      { pause: 20, sleep: (ms) => new Promise((done) => setTimeout(done, ms)) },
      (done) => shown.push(done),
    );
    expect(portal.offences).toEqual([]);
    expect(found).toMatchObject({ whole: true, refusals: [] });
    expect(found.taken.map(({ procedure }) => procedure.code)).toHaveLength(5);
    // Eight in the evening in UTC is the next day in Vietnam.
    expect(found.taken[0]?.procedure.retrieved).toBe("2026-11-21");
    expect(shown).toEqual([1, 2, 3, 4, 5]);
  });

  it("reads a list of several pages", async () => {
    await open(450);
    expect((await run()).taken).toHaveLength(450);
    expect(portal.lists).toEqual(["", "id-199", "id-399", "id-449"]);
    expect(portal.offences).toEqual([]);
    expect(new Set(waits)).toEqual(new Set([700]));
  });

  it("tries a passing failure again, three times with longer and longer pauses", async () => {
    await open(2);
    portal.next(status(500), resets, status(200, "<html>maintenance</html>"));
    expect((await run()).taken).toHaveLength(2);
    expect(waits.filter((wait) => wait !== 700)).toEqual([2000, 8000, 30_000]);
  });

  it("does not wait for ever for an answer", async () => {
    await open(1);
    portal.next(hangs);
    expect((await run({ timeout: 100 })).taken).toHaveLength(1);
  });

  it("gives up a portal that stays away and keeps what was fetched", async () => {
    await open(3);
    portal.nextList(...Array.from({ length: 4 }, () => status(503)));
    await expect(run()).rejects.toThrow(/does not answer \(status 503\).*run the same command later/);
    expect(portal.details).toEqual([]);
  });

  for (const code of [403, 429])
    it(`stops at once on ${code}, keeps what was fetched, and goes on from there the next time`, async () => {
      await open(6);
      const ok = records(6);
      portal.next(
        ...[0, 1].map((index) => status(200, JSON.stringify({ code: "OK", data: ok[index] }))),
        status(code),
      );
      await expect(run()).rejects.toThrow(CatalogueError);
      expect(portal.details).toEqual(["id-0", "id-1", "id-2"]);
      const again = await run();
      expect(again.taken).toHaveLength(6);
      expect(portal.details.slice(3)).toEqual(["id-2", "id-3", "id-4", "id-5"]);
    });

  it("goes on after a run that was killed while it wrote", async () => {
    await open(4);
    await run();
    const written = await readFile(partial(), "utf8");
    dropPartial(partial());
    await appendFile(partial(), written.slice(0, Math.floor(written.length / 2)));
    const asked = portal.details.length;
    const again = await run();
    expect(again.taken.map(({ procedure }) => procedure.code)).toHaveLength(4);
    expect(portal.details.length - asked).toBeGreaterThan(0);
    expect(portal.details.length - asked).toBeLessThan(4);
  });

  it("fetches again what is older than a week, and nothing of another portal is used", async () => {
    await open(3);
    await run();
    now = new Date("2026-11-28T20:00:01Z");
    const again = await run();
    expect(portal.details).toHaveLength(6);
    expect(again.taken.map(({ procedure }) => procedure.retrieved)).toEqual(Array(3).fill("2026-11-29"));
    const other = await startPortal(records(3));
    await crawl({
      portal: openPortal({ root: other.url, sleep: () => Promise.resolve() }),
      root: other.url,
      partial: partial(),
      clock: () => now,
    });
    expect(other.details).toHaveLength(3);
    await other.close();
  });

  it("names a record that the portal does not give and takes the others", async () => {
    await open(4);
    portal.next(status(200, '{"code":"NOT_FOUND","data":null}'), status(404));
    const found = await run();
    expect(found.taken).toHaveLength(2);
    expect(found.refusals.map(({ reason }) => reason)).toEqual([
      "id-0: the portal answered NOT_FOUND",
      "id-1: the portal answered 404",
    ]);
  });

  it("stops when the portal gives nothing at all any more", async () => {
    await open(40);
    portal.next(...Array.from({ length: 40 }, () => status(200, '{"code":"ERROR"}')));
    await expect(run()).rejects.toThrow(/none of the last 10/);
    expect(portal.details).toHaveLength(10);
  });

  it("says when the list was not the whole one, and refuses a list of another form", async () => {
    await open(3, { total: 50 });
    expect(await run()).toMatchObject({ whole: false });
    portal.nextList(status(200, '{"code":"OK","data":{"rows":[]}}'));
    await expect(run()).rejects.toThrow(/list cannot be read \(the list has another form\)/);
    portal.holds([]);
    await expect(run()).rejects.toThrow(/list is empty/);
  });
});
