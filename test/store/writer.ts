import { readFileSync, writeSync } from "node:fs";
import { openEmbeddedStore } from "../../src/store/embedded.ts";
import { filing, reply, toAgency } from "../contracts/examples.ts";
import { KEY } from "./folder.ts";

// The program that kill.test.ts kills: checks that all of `acknowledged` is there, then commits until it is killed.
// Arguments: DATA_DIR, file of acknowledged ids, first number to use, and where to kill itself (NAME:COUNT), if anywhere.

const [dir = "", acknowledged = "", from = "0", place = ""] = process.argv.slice(2);
const [at, count] = place.split(":");
let left = Number(count);

const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

const store = await openEmbeddedStore({
  dir,
  key: KEY,
  clock: () => new Date(),
  checkpointBytes: 30_000,
  failPoint: (name) => {
    if (name === at && (left -= 1) === 0) process.kill(process.pid, "SIGKILL");
  },
});
for (const id of readFileSync(acknowledged, "utf8").split("\n").filter(Boolean)) {
  const complaint = await store.complaint(id);
  const replies = await store.handled(`m-${id}`);
  if (complaint?.trackingCode !== `MC-${id}` || replies?.[0]?.text !== id) say(`missing ${id}`);
}
say("open");

let next = Number(from);
const write = async (): Promise<void> => {
  for (;;) {
    const id = `c${(next += 1)}`;
    await store.commit({
      ...filing(id),
      handled: { key: `m-${id}`, conversation: `web:${id}`, replies: [reply(id)] },
      deliveries: [toAgency(`${id}/1`, id)],
    });
    // Written at once, before anything else can happen: what stands on the pipe was acknowledged.
    say(`ack ${id}`);
  }
};
await Promise.all(Array.from({ length: 8 }, write));
