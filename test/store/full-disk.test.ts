import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FailPointName } from "../../src/store/report.ts";
import { NotSaved, type Store } from "../../src/store/store.ts";
import { filing } from "../contracts/examples.ts";
import { type DataFolder, dataFolder } from "./folder.ts";

/** Fails with a system error at one place, as often as `times`. */
function failing(at: FailPointName, code: string, times = 1) {
  let left = 0;
  return {
    failPoint: (name: FailPointName): void => {
      if (name !== at || left === 0) return;
      left -= 1;
      throw Object.assign(new Error(code), { code });
    },
    begin: () => {
      left = times;
    },
  };
}

const refusal = async (act: Promise<void>): Promise<string | undefined> => {
  try {
    await act;
    return undefined;
  } catch (error) {
    if (error instanceof NotSaved) return error.reason;
    throw error;
  }
};

describe("a disk that refuses", () => {
  let folder: DataFolder;
  beforeEach(async () => {
    folder = await dataFolder();
  });
  afterEach(() => folder.remove());
  const reopened = async (store: Store): Promise<Store> => {
    await store.close();
    return await folder.open();
  };

  for (const at of ["before-write", "mid-write", "after-write"] as const) {
    it(`full ${at}: that commit is refused and leaves nothing, the next is stored`, async () => {
      const disk = failing(at, "ENOSPC");
      const store = await folder.open({ failPoint: disk.failPoint });
      await store.commit(filing("c1"));
      const journal = async (): Promise<string> =>
        (await readFile(join(folder.files, "journal-000001.log"), "latin1")).replace(/\0+$/, "");
      const before = await journal();
      disk.begin();
      expect(await refusal(store.commit(filing("c2")))).toBe("full");
      expect(await store.complaint("c2")).toBeUndefined();
      expect(await journal()).toBe(before);
      await store.commit(filing("c2"));
      await store.commit(filing("c3"));
      const again = await reopened(store);
      expect(
        await Promise.all(["c1", "c2", "c3"].map(async (id) => (await again.complaint(id))?.id)),
      ).toEqual(["c1", "c2", "c3"]);
    });
  }

  it("a journal whose room cannot be cut off ends all the same, and its room is read as such", async () => {
    const store = await folder.open();
    await store.commit(filing("c1"));
    const file = await open(join(folder.files, "lock"), "r");
    const truncate = vi.spyOn(Object.getPrototypeOf(file), "truncate").mockRejectedValue(new Error("EIO"));
    try {
      await store.close();
      expect(truncate).toHaveBeenCalled();
    } finally {
      truncate.mockRestore();
      await file.close();
    }
    expect((await readFile(join(folder.files, "journal-000001.log"))).at(-1)).toBe(0);
    // As if there were no snapshot of it yet: all is read from the journal.
    await rm(join(folder.files, "store.json"));
    const again = await folder.open();
    expect((await again.complaint("c1"))?.id).toBe("c1");
    await again.commit(filing("c2"));
  });

  it("health tells that the disk is full until there is room, without waiting for a message", async () => {
    const disk = failing("before-write", "ENOSPC", 2);
    const store = await folder.open({ failPoint: disk.failPoint });
    disk.begin();
    expect(await refusal(store.commit(filing("c1")))).toBe("full");
    expect(await store.health()).toMatchObject({ ok: false, problem: expect.stringContaining("make room") });
    expect(await store.health()).toEqual({ ok: true });
  });

  for (const [at, code] of [
    ["mid-write", "EIO"],
    ["after-write", "EIO"],
  ] as const) {
    it(`${code} ${at}: nothing is taken any more, and what was stored before is there after a restart`, async () => {
      const disk = failing(at, code);
      const store = await folder.open({ failPoint: disk.failPoint });
      await store.commit(filing("c1"));
      disk.begin();
      expect(await refusal(store.commit(filing("c2")))).toBe("stopped");
      expect(await refusal(store.commit(filing("c3")))).toBe("stopped");
      expect(await store.health()).toMatchObject({ ok: false, problem: expect.stringContaining("restart") });
      const again = await reopened(store);
      expect(await again.complaint("c1")).toBeDefined();
      expect(await again.complaint("c2")).toBeUndefined();
      await again.commit(filing("c2"));
    });
  }

  for (const at of [
    "before-snapshot",
    "after-talk",
    "before-link",
    "before-rename",
    "after-rename",
    "before-drop",
  ] as const) {
    it(`a checkpoint that fails ${at} is reported and loses nothing`, async () => {
      const disk = failing(at, "ENOSPC");
      const store = await folder.open({ failPoint: disk.failPoint });
      await store.commit(filing("c1"));
      disk.begin();
      let again = await reopened(store);
      expect(folder.events()).toContain("snapshot_failed");
      expect(await again.complaint("c1")).toBeDefined();
      await again.commit(filing("c2"));
      again = await reopened(again);
      expect(await again.complaint("c1")).toBeDefined();
      expect(await again.complaint("c2")).toBeDefined();
      expect((await readdir(folder.files)).filter((name) => name.includes("tmp"))).toEqual([]);
    });
  }
});

/** A real file system of 1 MB, where we may make one. */
function smallDisk(): string | undefined {
  const dir = mkdtempSync(join(tmpdir(), "motcua-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", dir], { stdio: "ignore" });
    return dir;
  } catch {
    rmSync(dir, { recursive: true });
    return undefined;
  }
}

describe("a disk that is really full", () => {
  it("loses nothing acknowledged, starts while full, and goes on when there is room", async ({ skip }) => {
    const disk = smallDisk();
    if (!disk) return skip("mounting a small file system needs root");
    try {
      await writeFile(join(disk, "filler"), Buffer.alloc(400_000));
      const folder = await dataFolder(disk);
      const kept: string[] = [];
      let store = await folder.open();
      const fill = async (from: string): Promise<string | undefined> => {
        for (let index = 0; index < 2000; index += 1) {
          const id = `${from}${index}`;
          const reason = await refusal(store.commit(filing(id)));
          if (reason) return reason;
          kept.push(id);
        }
        return undefined;
      };
      const allKept = async () => (await Promise.all(kept.map((id) => store.complaint(id)))).every(Boolean);
      expect(await fill("a")).toBe("full");
      expect(await allKept()).toBe(true);
      await store.close();
      expect(folder.events()).toContain("snapshot_failed");
      store = await folder.open();
      expect(await allKept()).toBe(true);
      expect(await refusal(store.commit(filing("b")))).toBe("full");
      await rm(join(disk, "filler"));
      await store.commit(filing("c"));
      kept.push("c");
      await store.close();
      store = await folder.open();
      expect(kept.length).toBeGreaterThan(50);
      expect(await allKept()).toBe(true);
      await store.close();
    } finally {
      execFileSync("umount", [disk]);
      rmSync(disk, { recursive: true });
    }
  });
});
