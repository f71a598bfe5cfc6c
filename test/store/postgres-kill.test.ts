import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { wholePostgres } from "../../src/store/postgres/whole.ts";
import { borrowed, type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";
import { type DataFolder, dataFolder, KEY } from "./folder.ts";
import { writeUntilKilled } from "./writing.ts";

const ROUNDS = 4;

let server: PostgresServer;
let folder: DataFolder;
beforeAll(async () => {
  server = await startPostgres();
  folder = await dataFolder();
}, 60_000);
afterAll(async () => {
  await server.remove();
  await folder.remove();
});

describe.skipIf(borrowed)(
  "two processes that get the same messages, both killed with kill -9 and the server too",
  () => {
    it(`${ROUNDS} times, keep all that they acknowledged, each once`, { timeout: 120_000 }, async () => {
      const url = await server.database();
      const acknowledged = new Set<string>();
      for (let round = 0; round < ROUNDS; round += 1) {
        const from = round * 100_000;
        const writing = [0, 1].map((process) => {
          const acks = 30 + Math.floor(Math.random() * 150);
          const list = join(folder.data, `acknowledged-${process}`);
          return writeUntilKilled(url, list, [...acknowledged], from, { acks });
        });
        const restarting =
          round % 2 === 1
            ? [
                pause(1500)
                  .then(() => server.stop("kill"))
                  .then(() => server.restart()),
              ]
            : [];
        const results = await Promise.all(writing);
        await Promise.all(restarting);
        for (const { acks, ...result } of results) {
          expect(result).toMatchObject({ missing: [], errors: "", signal: "SIGKILL" });
          for (const id of acks) acknowledged.add(id);
        }
      }
      const store = await openPostgresStore({ url, key: KEY, clock: () => new Date() });
      const found: string[] = [];
      for await (const { id, revision } of store.complaints()) {
        expect(revision).toBe(1);
        found.push(id);
      }
      await store.close();
      expect(new Set(found).size).toBe(found.length);
      expect([...acknowledged].filter((id) => !found.includes(id))).toEqual([]);
      expect(acknowledged.size).toBeGreaterThan(100);
      const whole = await wholePostgres(url, KEY);
      expect(await whole.verify()).toEqual({
        complaints: found.length,
        events: found.length,
        deliveries: found.length,
        faults: [],
      });
      await whole.close();
    });
  },
);
