import type { OnReport } from "../report.ts";
import type { Sealer } from "../seal.ts";
import { StoreError, WrongKey } from "../store.ts";
import type { Database } from "./database.ts";
import { isAway, problemName } from "./errors.ts";
import { prepare } from "./migrate.ts";

/** A database that is prepared before its first use, whenever that becomes possible. */
export type Readiness = {
  readonly db: Database;
  /**
   * Prepares it now and does `more`.
   * @param patient when the server is away, leaves that to the first use
   * @throws StoreError
   */
  begin(more: () => Promise<void>, patient: boolean): Promise<void>;
  /** A connection was lost. */
  lost(error: unknown): void;
};

export function createReadiness(database: Database, sealer: Sealer, onReport: OnReport): Readiness {
  let prepared: Promise<void> | undefined;
  let away = false;

  const lost = (error: unknown): void => {
    // Once, not for each message that comes while it is away.
    if (!away) onReport({ event: "database_lost", problem: problemName(error) });
    away = true;
    // Who was cut off was not asked when the store was replaced or its key changed.
    prepared = undefined;
  };
  const ready = (): Promise<void> => {
    prepared ??= prepare(database, sealer).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  };
  const watched = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      await ready();
      const result = await act();
      if (away) onReport({ event: "database_back" });
      away = false;
      return result;
    } catch (error) {
      if (isAway(error)) lost(error);
      if (error instanceof WrongKey) prepared = undefined;
      throw error;
    }
  };

  return {
    db: {
      query: (text, values) => watched(() => database.query(text, values)),
      transaction: (locks, act) => watched(() => database.transaction(locks, act)),
      promptTransaction: (locks, act) => watched(() => database.promptTransaction(locks, act)),
      slowTransaction: (locks, act) => watched(() => database.slowTransaction(locks, act)),
      snapshot: () => watched(() => database.snapshot()),
      close: database.close,
    },
    begin: async (more, patient) => {
      try {
        await watched(more);
      } catch (error) {
        if (!isAway(error)) throw error;
        if (patient) return;
        throw new StoreError(
          `the database cannot be reached (${problemName(error)}); check DATABASE_URL and that the server runs`,
          { cause: error },
        );
      }
    },
    lost,
  };
}
