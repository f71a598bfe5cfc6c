import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDerived } from "../src/derived.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "motcua-derived-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

type Made = {
  readonly words: Map<string, number>;
  readonly weights: Float32Array;
  readonly nested: readonly { readonly name: string; readonly gone: undefined }[];
};
const made = (name = "khai sinh"): Made => ({
  words: new Map([
    [name, 1],
    ["đất", 2],
  ]),
  weights: Float32Array.from({ length: 300 }, (_, at) => at / 7),
  nested: [{ name, gone: undefined }],
});
const making = (name?: string) => vi.fn<() => Made>(() => made(name));
const file = (name = "finder"): string => join(dir, "derived", `${name}.bin`);
/** What the next start of the program gets, and whether it had to be made. */
function nextStart(key = "one", name = "finder"): { value: Made; wasMade: boolean } {
  const make = making();
  return { value: createDerived(dir)(name, key, make), wasMade: make.mock.calls.length > 0 };
}

describe("what takes long to work out", () => {
  it("is worked out once and kept for the next start, maps and arrays of numbers included", () => {
    expect(nextStart()).toEqual({ value: made(), wasMade: true });
    expect(nextStart()).toEqual({ value: made(), wasMade: false });
  });

  it("is worked out anew from other data, and that is kept from then on", () => {
    nextStart("one");
    const make = making("khai tử");
    expect(createDerived(dir)("finder", "two", make)).toEqual(made("khai tử"));
    expect(make).toHaveBeenCalledTimes(1);
    const again = making();
    expect(createDerived(dir)("finder", "two", again)).toEqual(made("khai tử"));
    expect(again).not.toHaveBeenCalled();
    expect(nextStart("one").wasMade).toBe(true);
  });

  it("is kept apart by its name", () => {
    const derived = createDerived(dir);
    derived("finder", "one", () => "of the finder");
    derived("messages", "one", () => "of the reader");
    expect(derived("finder", "one", () => "made anew")).toBe("of the finder");
    expect(derived("messages", "one", () => "made anew")).toBe("of the reader");
  });

  it("is nobody else's to read, and leaves nothing half written behind", () => {
    nextStart();
    nextStart("two");
    expect(readdirSync(join(dir, "derived"))).toEqual(["finder.bin"]);
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect(statSync(join(dir, "derived")).mode & 0o077).toBe(0);
  });

  it("may fail, and then nothing is kept", () => {
    const derived = createDerived(dir);
    const fail = (): never => {
      throw new Error("no knowledge");
    };
    expect(() => derived("finder", "one", fail)).toThrow("no knowledge");
    expect(nextStart().wasMade).toBe(true);
  });
});

describe("a kept file that is damaged", () => {
  /** Damages the file, and sees that it is worked out anew, once. */
  function mended(damage: (bytes: Buffer) => Uint8Array, what: string): void {
    nextStart();
    writeFileSync(file(), damage(readFileSync(file())));
    expect(nextStart(), what).toEqual({ value: made(), wasMade: true });
    expect(nextStart(), what).toEqual({ value: made(), wasMade: false });
  }

  it("is worked out anew when it was cut short anywhere", () => {
    nextStart();
    const { length } = readFileSync(file());
    for (const left of [0, 1, 31, 32, 33, 40, length >> 1, length - 1])
      mended((bytes) => bytes.subarray(0, left), `${left} bytes of ${length}`);
  });

  it("is worked out anew when one bit is another, wherever it stands", () => {
    nextStart();
    const { length } = readFileSync(file());
    for (let at = 0; at < length; at += 53)
      mended((bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 0x10;
        return bytes;
      }, `byte ${at} of ${length}`);
  });

  it("is worked out anew when it is something else, or ends in zeros after a power cut", () => {
    mended(() => Buffer.from("not a file of ours"), "text");
    mended((bytes) => Buffer.concat([bytes, Buffer.alloc(8)]), "longer");
    mended((bytes) => bytes.fill(0, bytes.length >> 1), "zeros");
  });
});

describe("a folder that cannot be written", () => {
  it("costs only time: a file stands where the folder should be", () => {
    writeFileSync(join(dir, "derived"), "in the way");
    expect(nextStart()).toEqual({ value: made(), wasMade: true });
    expect(nextStart()).toEqual({ value: made(), wasMade: true });
    expect(readFileSync(join(dir, "derived"), "utf8")).toBe("in the way");
  });

  it("costs only time: a folder stands where the file should be", () => {
    mkdirSync(file(), { recursive: true });
    expect(nextStart()).toEqual({ value: made(), wasMade: true });
    expect(readdirSync(join(dir, "derived"))).toEqual(["finder.bin"]);
  });

  it("costs only time: the path leads nowhere", () => {
    const make = making();
    expect(createDerived("/dev/null/nowhere")("finder", "one", make)).toEqual(made());
    expect(make).toHaveBeenCalledTimes(1);
  });

  it("costs only time: what was made cannot be written down", () => {
    const derived = createDerived(dir);
    const unkept = derived("finder", "one", () => ({ act: () => "done" }));
    expect(unkept.act()).toBe("done");
    expect(readdirSync(join(dir, "derived"))).toEqual([]);
  });
});
