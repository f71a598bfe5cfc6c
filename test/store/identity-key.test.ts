import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type IdentityKeySource, identityKey } from "../../src/store/identity-key.ts";
import { filing } from "../contracts/examples.ts";
import { type DataFolder, dataFolder } from "./folder.ts";

const GOOD = Buffer.alloc(32, 9).toString("base64");

describe("the identity key", () => {
  let folder: DataFolder;
  let home: DataFolder;
  beforeEach(async () => {
    folder = await dataFolder();
    home = await dataFolder();
  });
  afterEach(async () => {
    await folder.remove();
    await home.remove();
  });
  const madeAt = (): string => join(home.data, "keys", "identity.key");
  const obtain = (more: Partial<IdentityKeySource> = {}) =>
    identityKey({ madeAt: madeAt(), dataDir: folder.data, ...more });

  it("is made on the first start, for us alone, and is the same on the next", async () => {
    const first = await obtain();
    expect(first).toMatchObject({ made: true, file: madeAt() });
    expect(first.key).toHaveLength(32);
    expect((await stat(madeAt())).mode & 0o777).toBe(0o600);
    expect((await stat(join(home.data, "keys"))).mode & 0o777).toBe(0o700);
    expect(await obtain()).toEqual({ key: first.key, made: false, file: madeAt() });
  });

  it("may be given as a value or in a file, with or without a line end", async () => {
    const file = join(home.data, "given");
    await writeFile(file, `${GOOD}\n`);
    const key = Buffer.alloc(32, 9);
    expect(await obtain({ value: GOOD })).toEqual({ key, made: false });
    expect(await obtain({ file })).toEqual({ key, made: false, file });
  });

  for (const [what, value] of [
    ["too short", Buffer.alloc(16).toString("base64")],
    ["too long", Buffer.alloc(33).toString("base64")],
    ["hexadecimal", Buffer.alloc(32).toString("hex")],
    ["a sentence", "mot cua bi mat"],
    ["cut off", GOOD.slice(0, 20)],
  ] as const) {
    it(`that is ${what} is refused, naming the setting and the way out, never the key`, async () => {
      const file = join(home.data, "given");
      await writeFile(file, value);
      await expect(obtain({ value })).rejects.toThrow(
        /^IDENTITY_KEY must be 32 bytes in base64.*openssl rand -base64 32$/,
      );
      await expect(obtain({ file })).rejects.toThrow(/^IDENTITY_KEY_FILE \(.*given\) must be 32 bytes/);
      await expect(obtain({ value })).rejects.not.toThrow(value);
    });
  }

  it("is not made for a database that was sealed with another one", async () => {
    await expect(obtain({ sealed: () => Promise.resolve(true) })).rejects.toThrow("the database was sealed");
    expect(await obtain({ sealed: () => Promise.resolve(false) })).toMatchObject({ made: true });
    // One that exists needs no look at the database.
    const away = (): Promise<boolean> => Promise.reject(new Error("away"));
    expect(await obtain({ sealed: away })).toMatchObject({ made: false });
  });

  it("given twice is refused", async () => {
    await expect(obtain({ value: GOOD, file: "x" })).rejects.toThrow(
      "IDENTITY_KEY and IDENTITY_KEY_FILE are both set",
    );
  });

  it("named in a file that is not there is never made up", async () => {
    const file = join(home.data, "nowhere");
    await expect(obtain({ file })).rejects.toThrow(/^IDENTITY_KEY_FILE: .*nowhere cannot be read/);
  });

  it("missing while there is data is refused, never replaced", async () => {
    const { key } = await obtain();
    const store = await folder.open({ key });
    await store.commit(filing("c1"));
    await store.close();
    const kept = await readFile(madeAt());
    await rm(madeAt());
    await expect(obtain()).rejects.toThrow(
      /holds data, but its identity key is not at .*identity\.key; put the key back/,
    );
    await writeFile(madeAt(), kept);
    const again = await folder.open({ key: (await obtain()).key });
    expect(await again.complaint("c1")).toBeDefined();
  });
});
