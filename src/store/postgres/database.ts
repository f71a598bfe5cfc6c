import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Pool, type PoolClient } from "pg";
import type { NotSaved } from "../store.ts";
import { isAway, storeFault } from "./errors.ts";
import { SHARING, taking, trying } from "./locks.ts";

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
   * The same, but what others hold of `locks` it does not wait for: `act` is told these names, and must leave alone what
   * they stand for.
   */
  promptTransaction<T>(
    locks: Iterable<string>,
    act: (tx: Queryable, busy: ReadonlySet<string>) => Promise<T>,
  ): Promise<T>;
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
/**
 * A process that hangs, or whose machine is gone, must not keep others from what it holds for longer than they wait. And
 * rows are found by their keys even where the server takes a table to be nearly empty: what it counted may be long ago,
 * and plans are kept.
 */
const BRISK = `
  set local idle_in_transaction_session_timeout = 5000;
  set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off;`;
/** Connections of one process. */
const MOST = 10;
/** Looks, and milliseconds between them, at what became of a commit whose answer was lost. */
const LOOKS = { count: 8, pause: 500 } as const;

/** How a transaction begins. */
type Opening = {
  /** Statements that take its locks. */
  readonly locks: string;
  /** By which it is found out what became of it. */
  readonly mark?: string;
  readonly slow: boolean;
};
/** `busy`: keys of locks that were not to be had at once. */
type Act<T> = (tx: Queryable, busy: readonly string[]) => Promise<T>;

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

  const once = async <T>({ locks, mark, slow }: Opening, act: Act<T>): Promise<T> => {
    const client = await connect();
    const tx = queryable(client, slow);
    let done: { readonly result: T } | undefined;
    try {
      const marking = mark === undefined ? "" : `insert into commits (mark) values ('${mark}')`;
      const busy = await begin(client, `${locks}${marking}`);
      done = { result: await act(tx, busy) };
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

  const transact = async <T>(opening: () => Opening, act: Act<T>): Promise<T> => {
    try {
      // A server that came back leaves dead connections behind: the second try has a new one.
      return await twice(() => once(opening(), act));
    } catch (error) {
      throw error instanceof Doubtful ? error.cause : error;
    }
  };
  const marked = (locks: string) => (): Opening => {
    return { locks: `${BRISK}${SHARING}${locks}`, mark: randomUUID(), slow: false };
  };

  return {
    query,
    transaction: (names, act) => transact(marked(taking(names)), act),
    promptTransaction: (names, act) => {
      const { statement, among } = trying(names);
      return transact(marked(statement), (tx, busy) => act(tx, among(busy)));
    },
    slowTransaction: (names, act) => {
      const locks = `${UNBOUND}${taking(names)}`;
      return transact(() => ({ locks, slow: true }), act);
    },
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

/** The keys of locks that were tried in vain. */
async function begin(client: PoolClient, opening: string): Promise<readonly string[]> {
  try {
    // One answer for each statement.
    const answers = [await client.query<{ busy?: string }>(`begin; ${opening}`)].flat();
    return answers.flatMap(({ rows }) => rows.flatMap(({ busy }) => busy ?? []));
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
/** As many, so that what the server remembers of them stays small, however many kinds of changes meet in a group. */
const PREPARED_MOST = 100;

/** Each text is prepared once a connection: planning costs more than most of these statements. */
async function run(
  on: Pool | PoolClient,
  text: string,
  values: readonly unknown[] = [],
  slow = false,
): Promise<readonly Row[]> {
  if (names.size < PREPARED_MOST && !names.has(text)) names.set(text, `s${names.size}`);
  const name = names.get(text);
  const { rows } = await on.query<Row>({
    ...(name !== undefined && { name }),
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
