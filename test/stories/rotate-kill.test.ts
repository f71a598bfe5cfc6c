import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { type Store, WrongKey } from "../../src/store/store.ts";
import { filing, toAgency } from "../contracts/examples.ts";
import { type DataFolder, dataFolder } from "../store/folder.ts";
import { startScript } from "../store/writing.ts";

const ROUNDS = 6;
const COMPLAINTS = 600;

let folder: DataFolder;
afterAll(() => folder.remove());

it(`killed ${ROUNDS} times at any moment, the store opens with one of the two keys and has everything`, {
  timeout: 120_000,
}, async () => {
  folder = await dataFolder();
  let key = Buffer.alloc(32, 100);
  const first = await folder.open({ key });
  await Promise.all(
    Array.from({ length: COMPLAINTS }, (_, number) =>
      first.commit({ ...filing(`c${number}`), deliveries: [toAgency(`d${number}`, `c${number}`)] }),
    ),
  );
  await first.close();
  const outcomes = { before: 0, after: 0 };
  let whole = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const next = Buffer.alloc(32, 100 + round);
    const child = startScript(join(import.meta.dirname, "rotator.ts"), [
      folder.data,
      key.toString("hex"),
      next.toString("hex"),
    ]);
    let said = "";
    child.stdout?.on("data", (chunk) => {
      said += String(chunk);
    });
    await once(child.stdout ?? child, "data");
    const began = performance.now();
    const gone = once(child, "exit");
    // The first goes to its end, to know how long that takes; the others are killed on the way.
    if (round > 1) {
      await pause((whole * (round - 1)) / (ROUNDS - 2));
      child.kill("SIGKILL");
    }
    await gone;
    if (round === 1) whole = performance.now() - began;
    const open = async (with_: Buffer): Promise<Store | undefined> => {
      try {
        return await folder.open({ key: with_ });
      } catch (error) {
        if (error instanceof WrongKey) return undefined;
        throw error;
      }
    };
    const opens = async (with_: Buffer): Promise<boolean> => {
      const store = await open(with_);
      await store?.close();
      return store !== undefined;
    };
    const renewed = await opens(next);
    expect(await opens(key)).toBe(!renewed);
    if (said.includes("done")) expect(renewed).toBe(true);
    const store = await open(renewed ? next : key);
    outcomes[renewed ? "after" : "before"] += 1;
    for (let number = 0; number < COMPLAINTS; number += 41)
      expect((await store?.complaintByCode(`MC-c${number}`))?.id).toBe(`c${number}`);
    expect(await store?.figures()).toMatchObject({ open: COMPLAINTS, waiting: COMPLAINTS });
    await store?.close();
    if (renewed) key = next;
  }
  expect(outcomes.before).toBeGreaterThan(0);
  expect(outcomes.after).toBeGreaterThan(0);
});
