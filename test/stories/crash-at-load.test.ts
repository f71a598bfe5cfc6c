import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type CrashOptions, type CrashResult, crash } from "../../scripts/load/crash.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { borrowed, type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";

/** Long runs are by command: scripts/crash.ts. */
const ROUNDS = { embedded: 7, postgres: 3 };
const PATIENCE = 300_000;

const built = inject("build");
let folder: string;
let server: PostgresServer | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "motcua-crash-"));
  if (!borrowed) server = await startPostgres();
}, 120_000);
afterAll(async () => {
  await server?.remove();
  await rm(folder, { recursive: true, force: true });
});

const killed = (
  name: "embedded" | "postgres",
  more: Partial<CrashOptions>,
  database?: string,
): Promise<CrashResult> =>
  crash({
    site: {
      cli: built.cli,
      folder: join(folder, name),
      env: {
        KNOWLEDGE_DIR: built.lightKnowledge,
        IDENTITY_KEY: Buffer.alloc(32, 7).toString("base64"),
        ...(database !== undefined && { DATABASE_URL: database }),
      },
    },
    agencies: loadKnowledge(built.lightKnowledge).agencies.keys(),
    rounds: ROUNDS[name],
    seed: Date.now() % 1_000_000,
    persons: 4,
    say: () => undefined,
    ...more,
  });

describe("the program, filed with from all sides and killed again and again", () => {
  test("keeps, delivers and finds all that it acknowledged, on either store", {
    timeout: PATIENCE,
  }, async () => {
    const [embedded, postgres] = await Promise.all([
      killed("embedded", {}),
      server && killed("postgres", { postgres: server }, await server.database()),
    ]);
    const results = [embedded, ...(postgres ? [postgres] : [])];
    expect(results.flatMap(({ faults }) => faults)).toEqual([]);
    expect(embedded.kills).toBeGreaterThanOrEqual(ROUNDS.embedded);
    if (postgres) expect(postgres.kills).toBeGreaterThanOrEqual(ROUNDS.postgres);
    // The kills did hit: there was something to lose, and some of it had to be sent once more.
    for (const { acknowledged, delivered } of results) {
      expect(acknowledged).toBeGreaterThan(ROUNDS.postgres);
      expect(delivered).toBeGreaterThanOrEqual(acknowledged);
    }
    expect(results.reduce((sum, { again }) => sum + again, 0)).toBeGreaterThan(0);
  });
});
