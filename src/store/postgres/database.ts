import { createHash, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Pool, type PoolClient } from "pg";
import type { NotSaved } from "../store.ts";
import { isAway, storeFault } from "./errors.ts";

export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement; its faults come in the words of the port. */
export type Queryable = { query(text: string, values?: readonly unknown[]): Promise<readonly Row[]> };

/** Connections to the server, with a bound on every wait. */
export type Database = Queryable & {
  /**
   * All of `act` or nothing, with the names in `locks` held until it is over: acts of any process that share one wait
   * for each other. It waits while somebody has the whole store alone. `act` may run twice, when the connection is lost
   * before anything was stored.
   * @throws NotSaved, Conflict
   */
  transaction<T>(locks: Iterable<string>, act: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * The same for what may take long, for who has the whole store alone, and before there are tables. Where the answer to
   * its commit is lost, nobody asks what became of it.
   */
  slowTransaction: Database["transaction"];
  /** Everything as of one moment, for reading it slowly; to be ended in any case. */
  snapshot(): Promise<{ readonly tx: Queryable; end(): Promise<void> }>;
  close(): Promise<void>;
};

/** In milliseconds; a wait of the server ends before ours, so that its reason is told. */
export const CONNECTION = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 10_000,
  query_timeout: 12_000,
  idle_in_transaction_session_timeout: 30_000,
  keepAlive: true,
  // Few rows by keys: planning each time, let alone compiling, would cost more than it ever saves.
  options: "-c plan_cache_mode=force_generic_plan -c jit=off",
} as const;
/** For one statement of a slow transaction. */
const SLOW = 3_600_000;
const UNBOUND = "set local statement_timeout = 0; ";
/** Held, shared, by everybody who has the store open; alone by who replaces all of it. */
export const IN_USE = "store in use";
/** Connections of one process. */
const MOST = 10;
/** Looks, and milliseconds between them, at what became of a commit whose answer was lost. */
const LOOKS = { count: 8, pause: 500 } as const;

/** @param onLost told when a connection is lost, more than once maybe */
export function openDatabase(url: string, onLost: (error: Error) => void): Database {
  const pool = new Pool({ connectionString: url, max: MOST, application_name: "motcua", ...CONNECTION });
  // Without listeners the process would end with the server: the pool's hears of connections that nobody uses, each
  // connection's own of those that wait between two statements.
  pool.on("error", onLost);
  pool.on("connect", (client) => {
    client.on("error", onLost);
  });

  const onPool = queryable(pool);
  const query: Queryable["query"] = (text, values) => twice(() => onPool.query(text, values));

  const connect = async (): Promise<PoolClient> => {
    try {
      return await pool.connect();
    } catch (error) {
      throw storeFault(error);
    }
  };

  const once = async <T>(
    { locks, mark }: { readonly locks: string; readonly mark?: string },
    act: (tx: Queryable) => Promise<T>,
    slow: boolean,
  ): Promise<T> => {
    const client = await connect();
    const tx = queryable(client, slow);
    let done: { readonly result: T } | undefined;
    try {
      await begin(
        client,
        mark === undefined ? locks : `${locks}insert into commits (mark) values ('${mark}')`,
      );
      done = { result: await act(tx) };
      await tx.query("commit");
      client.release();
      return done.result;
    } catch (error) {
      await giveBack(client, error);
      if (!done || !isAway(error)) throw error;
      const outcome = mark === undefined ? "unknown" : await outcomeOf(mark);
      if (outcome === "stored") return done.result;
      throw outcome === "lost" ? error : new Doubtful(error);
    }
  };

  /**
   * The answer to a commit was lost: what it wrote is there or it is not. The number of a transaction would not tell, as a
   * server that crashed gives it to another. Who finds no mark sets one of their own, which waits for the transaction if it
   * still goes on, and which it then cannot set any more.
   */
  const outcomeOf = async (mark: string): Promise<"stored" | "lost" | "unknown"> => {
    for (let look = 0; look < LOOKS.count; look += 1) {
      try {
        await query("insert into commits (mark, lost) values ($1, true) on conflict do nothing", [mark]);
        const [row] = await query("select lost from commits where mark = $1", [mark]);
        return row?.["lost"] === false ? "stored" : "lost";
      } catch (error) {
        if (!isAway(error)) throw error;
      }
      await pause(LOOKS.pause);
    }
    return "unknown";
  };

  const transactions =
    (slow: boolean): Database["transaction"] =>
    async (names, act) => {
      // A process whose connection beside the pool was lost holds nothing else that tells it is there.
      const shared = `pg_advisory_xact_lock_shared(${lockKey(IN_USE)})`;
      const locks = slow ? `${UNBOUND}${taking(own(names))}` : taking([shared, ...own(names)]);
      try {
        // A server that came back leaves dead connections behind: the second try has a new one.
        return await twice(() => once(slow ? { locks } : { locks, mark: randomUUID() }, act, slow));
      } catch (error) {
        throw error instanceof Doubtful ? error.cause : error;
      }
    };

  return {
    query,
    transaction: transactions(false),
    slowTransaction: transactions(true),
    snapshot: async () => {
      const client = await connect();
      const tx = queryable(client, true);
      let lost = false;
      const watched: Queryable = {
        query: async (text, values) => {
          try {
            return await tx.query(text, values);
          } catch (error) {
            lost ||= isAway(error);
            throw error;
          }
        },
      };
      const end = async (): Promise<void> => {
        if (!lost) await client.query("rollback").catch(() => (lost = true));
        client.release(lost);
      };
      try {
        await watched.query("begin isolation level repeatable read read only");
        await watched.query(UNBOUND);
      } catch (error) {
        await end();
        throw error;
      }
      return { tx: watched, end };
    },
    close: () => pool.end(),
  };
}

/** Whether it was stored could not be found out; it must not be tried again as if it were not. */
class Doubtful extends Error {
  override name = "Doubtful";
  constructor(cause: NotSaved) {
    super("the outcome of a commit is unknown", { cause });
  }
}

function queryable(on: Pool | PoolClient, slow = false): Queryable {
  return {
    query: async (text, values) => {
      try {
        return await run(on, text, values, slow);
      } catch (error) {
        throw storeFault(error);
      }
    },
  };
}

async function begin(client: PoolClient, opening: string): Promise<void> {
  try {
    await client.query(`begin; ${opening}`);
  } catch (error) {
    throw storeFault(error);
  }
}

/** A connection that may still be in the transaction goes back only after it was rolled back. */
async function giveBack(client: PoolClient, error: unknown): Promise<void> {
  if (isAway(error)) {
    client.release(true);
    return;
  }
  try {
    await client.query("rollback");
    client.release();
  } catch {
    client.release(true);
  }
}

const names = new Map<string, string>();

/** Each text is prepared once a connection: planning costs more than most of these statements. */
async function run(
  on: Pool | PoolClient,
  text: string,
  values: readonly unknown[] = [],
  slow = false,
): Promise<readonly Row[]> {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  const { rows } = await on.query<Row>({
    name,
    text,
    values: [...values],
    ...(slow && { query_timeout: SLOW }),
  });
  return rows;
}

/** One lost connection is not told. */
async function twice<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isAway(error)) throw error;
    return act();
  }
}

/** In one order everywhere, so that no two acts wait for each other. */
function own(names: Iterable<string>): string[] {
  const keys = [...new Set(Array.from(names, lockKey))].toSorted((one, other) => (one < other ? -1 : 1));
  return keys.map((key) => `pg_advisory_xact_lock(${key})`);
}

/** One statement, as each of them is planned anew; the server takes them from left to right. */
function taking(locks: readonly string[]): string {
  return locks.length === 0 ? "" : `select ${locks.join(", ")}; `;
}

/** The number that stands for a name among the server's advisory locks. */
export function lockKey(name: string): bigint {
  return createHash("sha256").update(`motcua ${name}`).digest().readBigInt64BE();
}
