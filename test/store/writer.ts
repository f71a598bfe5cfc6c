import { readFileSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { openEmbeddedStore } from "../../src/store/embedded.ts";
import { systemCode } from "../../src/store/files.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { Conflict, NotSaved } from "../../src/store/store.ts";
import { filing, reply, toAgency } from "../contracts/examples.ts";
import { KEY } from "./folder.ts";

// The program that the kill tests kill: checks that all of `acknowledged` is there, then commits until it is killed.
// Arguments: DATA_DIR or the address of a database, file of acknowledged ids, first number to use, and where to kill
// itself (NAME:COUNT), if anywhere. Several on one database get the same messages, as after a webhook's repetition.

const [dir = "", acknowledged = "", from = "0", place = ""] = process.argv.slice(2);
const [at, count] = place.split(":");
let left = Number(count);

const say = (line: string): void => {
  for (let left = Buffer.from(`${line}\n`); left.length > 0; ) {
    try {
      left = left.subarray(writeSync(1, left));
    } catch (error) {
      // Whoever reads is slower than we are: the pipe is full for a moment.
      if (systemCode(error) !== "EAGAIN") throw error;
    }
  }
};

const clock = (): Date => new Date();
const store = dir.startsWith("postgres:")
  ? await openPostgresStore({ url: dir, key: KEY, clock, patient: true })
  : await openEmbeddedStore({
      dir,
      key: KEY,
      clock,
      checkpointBytes: 30_000,
      failPoint: (name) => {
        if (name === at && (left -= 1) === 0) process.kill(process.pid, "SIGKILL");
      },
    });

/** As a client that sends its message again until it is answered. */
const again = async <T>(act: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof NotSaved) || error.reason !== "unavailable") throw error;
      await pause(20);
    }
  }
};
for (const id of readFileSync(acknowledged, "utf8").split("\n").filter(Boolean)) {
  const complaint = await again(() => store.complaint(id));
  const replies = await again(() => store.handled(`m-${id}`));
  if (complaint?.trackingCode !== `MC-${id}` || replies?.[0]?.text !== id) say(`missing ${id}`);
}
say("open");

let next = Number(from);
const write = async (): Promise<void> => {
  for (;;) {
    const id = `c${(next += 1)}`;
    const key = `m-${id}`;
    await again(async () => {
      if (await store.handled(key)) return;
      await store
        .commit({
          ...filing(id),
          handled: { key, conversation: `web:${id}`, replies: [reply(id)] },
          deliveries: [toAgency(`${id}/1`, id)],
        })
        .catch(async (error: unknown) => {
          if (!(error instanceof Conflict) || !(await store.handled(key))) throw error;
        });
    });
    // Written at once, before anything else can happen: what stands on the pipe was acknowledged.
    say(`ack ${id}`);
  }
};
await Promise.all(Array.from({ length: 8 }, write));
