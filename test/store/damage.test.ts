import { appendFile, cp, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { encodeLine, type Mark, readSegment, START } from "../../src/store/segment.ts";
import { type Store, StoreError } from "../../src/store/store.ts";
import { filing } from "../contracts/examples.ts";
import { type DataFolder, dataFolder } from "./folder.ts";

/** A journal of batches; its commits say their own number. */
function journalOf(batches: readonly number[]): { bytes: Buffer; starts: number[]; end: Mark } {
  let end = START;
  let text = "";
  const starts: number[] = [];
  for (const size of batches) {
    starts.push(text.length);
    const first = end.seq + 1;
    for (let index = 0; index < size; index += 1) {
      const { line, mark } = encodeLine(end, first, JSON.stringify([`commit ${end.seq + 1} ạ`]));
      text += Buffer.from(line).toString("latin1");
      end = mark;
    }
  }
  return { bytes: Buffer.from(text, "latin1"), starts, end };
}

function read(bytes: Buffer) {
  const commits: string[] = [];
  const reading = readSegment(bytes, START, (json) => commits.push(json));
  const prefix = commits.every((json, index) => json === JSON.stringify([`commit ${index + 1} ạ`]));
  return { ...reading, commits: commits.length, prefix };
}

describe("a journal segment", () => {
  const { bytes, starts, end } = journalOf([1, 3, 2, 3]);
  const lastBatch = starts.at(-1) ?? 0;

  it("reads back what was written", () => {
    expect(read(bytes)).toMatchObject({ commits: 9, prefix: true, mark: end, whole: bytes.length });
    expect(read(bytes).damage).toBeUndefined();
  });

  it("cut at any byte of its last batch, gives the commits before the cut and calls the rest torn", () => {
    for (let cut = lastBatch; cut < bytes.length; cut += 1) {
      const result = read(bytes.subarray(0, cut));
      expect(result.prefix).toBe(true);
      expect(result.commits).toBeGreaterThanOrEqual(6);
      expect(result.whole).toBeLessThanOrEqual(cut);
      expect(result.damage?.kind).toBe(result.whole === cut ? undefined : "torn");
    }
  });

  it("with holes anywhere in its last batch, as a power loss leaves them, is torn there", () => {
    for (let hole = lastBatch; hole < bytes.length; hole += 1) {
      const holed = Buffer.from(bytes);
      holed.fill(0, hole, Math.min(bytes.length, hole + 40));
      expect(read(holed)).toMatchObject({ prefix: true, damage: { kind: "torn" } });
    }
  });

  it("with any one bit flipped is never taken for whole; only in the last batch it may pass for torn", () => {
    for (const shape of [journalOf([1, 2, 3]), journalOf([2, 1, 1])]) {
      for (let at = 0; at < shape.bytes.length; at += 1) {
        for (let bit = 0; bit < 8; bit += 1) {
          const flipped = Buffer.from(shape.bytes);
          flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << bit), at);
          const { prefix, damage } = read(flipped);
          expect(prefix, `byte ${at} bit ${bit}`).toBe(true);
          if (at < (shape.starts.at(-1) ?? 0)) expect(damage?.kind, `byte ${at} bit ${bit}`).toBe("broken");
          else expect(damage, `byte ${at} bit ${bit}`).toBeDefined();
        }
      }
    }
  });

  it("is broken when a line was taken out, doubled, swapped, or rewritten with a right checksum", () => {
    const lines = bytes.toString("latin1").split(/(?<=\n)/);
    const joined = (parts: readonly (string | undefined)[]) =>
      read(Buffer.from(parts.join(""), "latin1")).damage?.kind;
    expect(joined(lines.toSpliced(2, 1))).toBe("broken");
    expect(joined(lines.toSpliced(2, 0, lines[2] ?? ""))).toBe("broken");
    expect(joined(lines.toSpliced(2, 2, lines[3] ?? "", lines[2] ?? ""))).toBe("broken");
    const forged = encodeLine({ seq: 2, digest: "0".repeat(64) }, 2, '["forged"]').line;
    expect(joined(lines.toSpliced(2, 1, forged))).toBe("broken");
  });
});

describe("a store whose files were damaged", () => {
  let folder: DataFolder;
  const path = (name: string): string => join(folder.files, name);
  const ids = ["c1", "c2", "c3", "c4", "c5", "c6"];
  const stored = async (store: Store): Promise<string[]> => {
    const found = await Promise.all(ids.map((id) => store.complaint(id)));
    return found.flatMap((complaint) => complaint?.id ?? []);
  };

  /** The files of a store that was killed: c1 in both snapshots, c2 and c3 in the newest, the rest in the journal. */
  let killed: DataFolder;
  beforeAll(async () => {
    const first = await dataFolder();
    let store = await first.open();
    await store.commit(filing("c1"));
    await store.close();
    store = await first.open();
    await store.commit(filing("c2"));
    await store.commit(filing("c3"));
    await store.close();
    store = await first.open();
    await store.commit(filing("c4"));
    await Promise.all([store.commit(filing("c5")), store.commit(filing("c6"))]);
    killed = await dataFolder();
    await cp(first.data, killed.data, { recursive: true });
    // Only the commits: zeros for more of them follow, which can be damaged as little as they can be read.
    const journal = join(killed.files, "journal-000003.log");
    await truncate(journal, (await readFile(journal)).findLastIndex((byte) => byte !== 0) + 1);
    await first.remove();
  });
  afterAll(() => killed.remove());
  beforeEach(async () => {
    folder = await dataFolder();
    await cp(killed.data, folder.data, { recursive: true });
  });
  afterEach(() => folder.remove());

  /** Opens a copy, so that one damage does not build on another. */
  const opened = async (damage: (file: (name: string) => string) => Promise<void>) => {
    const copy = await dataFolder();
    try {
      await cp(folder.data, copy.data, { recursive: true });
      await damage((name) => join(copy.files, name));
      const store = await copy.open();
      return { found: await stored(store), events: copy.events(), error: undefined };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return { found: [], events: copy.events(), error: error.message };
    } finally {
      await copy.remove();
    }
  };

  it("undamaged, has everything, whether or not room for more follows", async () => {
    expect(await opened(async () => {})).toEqual({ found: ids, events: [], error: undefined });
    const room = Buffer.alloc(70_000);
    const roomy = await opened((file) => appendFile(file("journal-000003.log"), room));
    expect(roomy).toEqual({ found: ids, events: [], error: undefined });
  });

  it("with a batch half written where there is room for more, keeps what was before, and the half aside", async () => {
    const { found, events } = await opened(async (file) => {
      const path = file("journal-000003.log");
      const journal = await readFile(path);
      await writeFile(path, Buffer.concat([journal.subarray(0, -30), Buffer.alloc(70_000)]));
    });
    expect(found).toEqual(ids.slice(0, 5));
    expect(events).toEqual(["torn_tail_cut"]);
  });

  it("cut inside its last batch, opens with what was before and reports it", async () => {
    const journal = await readFile(path("journal-000003.log"));
    const batch = journal.indexOf("\n") + 1;
    for (let cut = batch; cut < journal.length; cut += 137) {
      const { found, events } = await opened((file) => truncate(file("journal-000003.log"), cut));
      expect(found).toEqual(ids.slice(0, found.length));
      expect(found.length).toBeGreaterThanOrEqual(4);
      expect(events).toEqual(cut === batch ? [] : ["torn_tail_cut"]);
    }
  });

  it("keeps what it cut, and goes on from there", async () => {
    const journal = await readFile(path("journal-000003.log"));
    await truncate(path("journal-000003.log"), journal.length - 10);
    let store = await folder.open();
    expect(await stored(store)).toEqual(ids.slice(0, 5));
    expect((await readFile(path("journal-000003.log.torn"))).length).toBeGreaterThan(100);
    await store.commit(filing("c6"));
    // Killed again, so that the segment that was cut is read once more.
    const copy = await dataFolder();
    await cp(folder.data, copy.data, { recursive: true });
    store = await copy.open();
    expect(await stored(store)).toEqual(ids);
    await copy.remove();
  });

  it("with a bit flipped in the journal or a snapshot, refuses, or reports what it did: never neither", async () => {
    for (const name of ["journal-000003.log", "store.json"]) {
      const { length } = await readFile(path(name));
      for (let at = 0; at < length; at += Math.ceil(length / 25)) {
        const { found, events, error } = await opened(async (file) => {
          const bytes = await readFile(file(name));
          bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
          await writeFile(file(name), bytes);
        });
        expect(found).toEqual(ids.slice(0, found.length));
        if (error === undefined) expect(events.length, `${name} ${at}`).toBeGreaterThan(0);
        else
          expect(error).toMatch(
            /journal-000003\.log is damaged in line \d+ .*restore the store from a backup/,
          );
        if (name === "store.json") expect(found).toEqual(ids);
      }
    }
  });

  it("uses the snapshot before when the newest is damaged or gone, and loses nothing", async () => {
    for (const damage of [
      (file: string) => writeFile(file, "null"),
      (file: string) => writeFile(file, ""),
      (file: string) => truncate(file, 300),
      (file: string) => rm(file),
    ]) {
      const { found, events } = await opened((file) => damage(file("store.json")));
      expect(found).toEqual(ids);
      expect(events).toEqual(["older_snapshot_used"]);
    }
  });

  it("does not take the damaged snapshot for the next one to fall back on", async () => {
    await writeFile(path("store.json"), "{}");
    const repaired = await folder.open();
    await repaired.commit(filing("c7"));
    await repaired.close();
    await rm(path("store.json"));
    const store = await folder.open();
    expect(await stored(store)).toEqual(ids);
    expect(await store.complaint("c7")).toBeDefined();
  });

  it("without any snapshot refuses to start", async () => {
    const { error } = await opened(async (file) => {
      await rm(file("store.json"));
      await rm(file("store.json.bak"));
    });
    expect(error).toMatch(/store\.json is missing, but there is a journal.*motcua restore/);
  });

  it("with both snapshots damaged refuses to start", async () => {
    const { error } = await opened(async (file) => {
      await writeFile(file("store.json"), "");
      await writeFile(file("store.json.bak"), "null");
    });
    expect(error).toMatch(
      /store\.json is damaged and store\.json\.bak is damaged; restore the store from a backup/,
    );
  });

  it("with a segment missing in the middle refuses to start and names it", async () => {
    // A second kill left a fourth segment behind.
    const store = await folder.open();
    await store.commit(filing("c7"));
    const copy = await dataFolder();
    await cp(folder.data, copy.data, { recursive: true });
    await rm(join(copy.files, "journal-000003.log"));
    await expect(copy.open()).rejects.toThrow(/journal-000003\.log is missing; put it back, or restore/);
    await copy.remove();
  });

  it("with a segment of another store in place of its own refuses to start", async () => {
    const other = await dataFolder();
    const store = await other.open();
    await store.commit(filing("x1"));
    const { error } = await opened((file) =>
      cp(join(other.files, "journal-000001.log"), file("journal-000003.log")),
    );
    expect(error).toMatch(/journal-000003\.log is damaged in line 1/);
    await other.remove();
  });

  it("with its segments exchanged refuses to start", async () => {
    const { error } = await opened((file) => rename(file("journal-000002.log"), file("journal-000003.log")));
    expect(error).toMatch(/is damaged in line 1/);
  });

  it("with two sealed contents exchanged refuses to start, even if every checksum is right", async () => {
    const journal = (await readFile(path("journal-000003.log"), "utf8")).trimEnd().split("\n");
    const json = journal.map((line) => line.split(" ").slice(4).join(" "));
    const sealed = json.map((text) => /"sealed":"([^"]+)"/.exec(text)?.[1] ?? "");
    let mark: Mark = { seq: Number(journal[0]?.split(" ")[2]) - 1, digest: "" };
    const snapshot = await readFile(path("store.json"), "latin1");
    mark = { ...mark, digest: snapshot.split(" ")[3] ?? "" };
    const forged = json.map((text, index) => {
      const { line, mark: next } = encodeLine(
        mark,
        mark.seq + 1,
        text.replace(sealed[index] ?? "", sealed[1 - index] ?? ""),
      );
      mark = next;
      return line;
    });
    const { error } = await opened((file) =>
      writeFile(file("journal-000003.log"), forged.slice(0, 2).join("")),
    );
    expect(error).toMatch(/sealed content \[1,"complaint:c4","events 0"\] does not open/);
  });
});
