/** Files complaints into a store, and looks some up, as fast as it takes them; started by load-store.ts. */
import { randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { newSession } from "../../src/conversation/session.ts";
import { openEmbeddedStore } from "../../src/store/embedded.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import type { Change } from "../../src/store/store.ts";
import { filing, reply, toAgency } from "../../test/contracts/examples.ts";
import { codeOf } from "./existing.ts";
import { percentile } from "./figures.ts";
import { inputOf, tell } from "./measure.ts";
import { StoreLoad } from "./store-load.ts";

const { url, dir, key, existing, writers, lookers, seconds, bare } = inputOf(StoreLoad);
const shared = { key: Buffer.from(key, "base64"), clock: () => new Date() };
const store = url ? await openPostgresStore({ url, ...shared }) : await openEmbeddedStore({ dir, ...shared });
const WARM_UP = 1_000;
const from = performance.now() + WARM_UP;
const until = from + seconds * 1000;
const commits: number[] = [];
const looks: number[] = [];
const syncs: number[] = [];

/** Runs one act after another and keeps how long each took, in milliseconds. */
async function repeat(times: number[], act: () => Promise<unknown>): Promise<void> {
  while (performance.now() < until) await timed(times, act);
}

async function timed(times: number[], act: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await act();
  if (began >= from) times.push(performance.now() - began);
}

function change(): Change {
  const id = randomUUID();
  const conversation = `web:${id}`;
  return {
    ...filing(id),
    handled: { key: `m-${id}`, conversation, replies: [reply("Đã nhận phản ánh của bạn.")] },
    session: { conversation, session: newSession() },
    deliveries: [toAgency(`${id}/1`, id)],
  };
}

async function lookUp(): Promise<void> {
  const found = await store.complaintByCode(codeOf(Math.floor(Math.random() * existing)));
  if (!found) throw new Error("a complaint that exists was not found");
}

/** What the disk takes for as many bytes as a commit has, with nothing around it. */
async function bareSync(bytes: number): Promise<{ write(): Promise<void>; close(): Promise<void> }> {
  const handle = await open(join(dir, "bare"), "w");
  const block = Buffer.alloc(bytes, "x");
  let at = 0;
  return {
    write: async () => {
      await handle.write(block, 0, bytes, at);
      at += bytes;
      await handle.datasync();
    },
    close: () => handle.close(),
  };
}

const acts: Promise<void>[] = [];
if (bare > 0) {
  const disk = await bareSync(bare);
  // In turn, so that both meet the same moments of the disk.
  while (performance.now() < until) {
    await timed(commits, () => store.commit(change()));
    await timed(syncs, disk.write);
  }
  await disk.close();
} else {
  for (let writer = 0; writer < writers; writer += 1)
    acts.push(repeat(commits, () => store.commit(change())));
  for (let looker = 0; looker < lookers; looker += 1) acts.push(repeat(looks, lookUp));
}
await Promise.all(acts);
await store.close();
tell({
  rate: commits.length / seconds,
  p50: percentile(commits, 0.5),
  p99: percentile(commits, 0.99),
  looks: looks.length,
  lookP50: percentile(looks, 0.5),
  lookP99: percentile(looks, 0.99),
  bareP50: percentile(syncs, 0.5),
});
