import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { NotSaved } from "../store.ts";
import { createTurns } from "../turns.ts";
import { createWatchers } from "../watchers.ts";
import { CONNECTION } from "./database.ts";
import { isAway, storeFault } from "./errors.ts";
import { IN_USE, lockKey } from "./locks.ts";

/**
 * One connection beside the pool, for what lives as long as a connection does: turns of conversations, and word that a
 * mailbox has something new. When it is lost the server gives its turns to others.
 */
export type Beside = {
  /** Connects now. @throws NotSaved */
  begin(): Promise<void>;
  /** Acts of one conversation one after another, in whatever process. @throws NotSaved when the turn is not to be had */
  inTurn<T>(conversation: string, act: () => Promise<T>): Promise<T>;
  /** Calls `wake` when something was put into the mailbox, by whatever process. */
  watch(mailbox: string, wake: () => void): () => void;
  /** Tells all processes that these mailboxes have something new. */
  tell(mailboxes: Iterable<string>): void;
  close(): Promise<void>;
};

const CHANNEL = "motcua_mailbox";
/**
 * Milliseconds between two looks whether another process has finished with a conversation, at first and at last, and of
 * all waiting.
 */
const LOOK_AGAIN = { first: 10, longest: 250, all: 30_000 } as const;
/** Milliseconds until a lost connection is opened again. */
const RECONNECT = 500;

/** @param onLost told once each time the connection is lost */
export function openBeside(url: string, onLost: (error: Error) => void): Beside {
  const takeTurn = createTurns();
  const watchers = createWatchers();
  let closed = false;
  let connected: Promise<Client> | undefined;
  let missed = false;
  let last: Promise<unknown> = Promise.resolve();

  const connect = (): Promise<Client> => {
    const client = new Client({ connectionString: url, application_name: "motcua beside", ...CONNECTION });
    const opening = open(client);
    client.on("error", (error) => {
      drop(opening, error);
    });
    client.on("notification", ({ payload }) => watchers.wake(payload ?? ""));
    return opening;
  };

  const open = async (client: Client): Promise<Client> => {
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      await client.query("select pg_advisory_lock_shared($1)", [lockKey(IN_USE)]);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    // What was told while nobody listened is looked for once.
    if (missed) for (const mailbox of watchers.watched()) watchers.wake(mailbox);
    missed = false;
    return client;
  };

  /** The turns that a connection holds go with it, also those that nobody here knows of after a time-out. */
  const drop = (opening: Promise<Client>, error: Error): void => {
    if (connected !== opening) return;
    connected = undefined;
    missed = true;
    void opening.then((client) => client.end()).catch(() => undefined);
    if (!closed) onLost(error);
  };

  const client = async (): Promise<Client> => {
    if (closed) throw new NotSaved("stopped");
    const mine = (connected ??= connect());
    try {
      return await mine;
    } catch (error) {
      if (connected === mine) connected = undefined;
      throw storeFault(error);
    }
  };

  /** One statement after another: a connection takes no second before it has answered the first. */
  const ask = (on: Client, text: string, values: readonly unknown[]): Promise<unknown> => {
    const opening = connected;
    const mine = last.then(async () => {
      try {
        return (await on.query<{ answer: unknown }>(text, [...values])).rows[0]?.answer;
      } catch (error) {
        const fault = storeFault(error);
        if (opening && isAway(fault)) drop(opening, fault);
        throw fault;
      }
    });
    last = mine.catch(() => undefined);
    return mine;
  };

  const take = async (key: bigint): Promise<Client> => {
    let wait: number = LOOK_AGAIN.first;
    for (let waited = 0; waited < LOOK_AGAIN.all; waited += wait) {
      const on = await client();
      if ((await ask(on, "select pg_try_advisory_lock($1) as answer", [key])) === true) return on;
      wait = Math.min(1.3 * wait, LOOK_AGAIN.longest);
      await pause(wait);
    }
    throw new NotSaved("unavailable");
  };

  // Mailboxes wait for word without asking, so the connection is opened by itself.
  const again = setInterval(() => {
    void client().catch(() => undefined);
  }, RECONNECT).unref();

  return {
    inTurn: async (conversation, act) => {
      const release = await takeTurn([conversation]);
      try {
        const key = lockKey(`turn ${conversation}`);
        const on = await take(key);
        try {
          return await act();
        } finally {
          // If the connection is gone, so is the turn.
          void ask(on, "select pg_advisory_unlock($1) as answer", [key]).catch(() => undefined);
        }
      } finally {
        release();
      }
    },
    watch: watchers.watch,
    tell: (mailboxes) => {
      for (const mailbox of mailboxes) {
        client()
          .then((on) => ask(on, "select pg_notify($1, $2) as answer", [CHANNEL, mailbox]))
          // At least those in this process.
          .catch(() => watchers.wake(mailbox));
      }
    },
    begin: async () => {
      await client();
    },
    close: async () => {
      clearInterval(again);
      const opened = connected;
      closed = true;
      await last;
      await opened?.then((on) => on.end()).catch(() => undefined);
    },
  };
}
