import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { StoreError } from "../store.ts";
import { CONNECTION } from "./database.ts";
import { isAway, problemName, storeFault } from "./errors.ts";

/** Milliseconds between two tries to reach the server. */
const TRY_AGAIN = 1_000;

/**
 * Whether a database was sealed with some identity key already: then a new one must not be made for it.
 * @param patient waits until the server is there
 * @throws StoreError when it cannot be reached
 */
export async function isSealed(url: string, patient: boolean): Promise<boolean> {
  for (;;) {
    try {
      return await look(url);
    } catch (error) {
      const fault = storeFault(error);
      if (!isAway(fault)) throw fault;
      if (!patient) {
        throw new StoreError(
          `the database cannot be reached (${problemName(fault)}), and there is no identity key yet; ` +
            "start the server, or set IDENTITY_KEY or IDENTITY_KEY_FILE",
          { cause: error },
        );
      }
      await pause(TRY_AGAIN);
    }
  }
}

async function look(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, application_name: "motcua", ...CONNECTION });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const made = await client.query(
      "select from pg_tables where schemaname = current_schema() and tablename = 'store'",
    );
    return made.rowCount === 1 && (await client.query("select from store")).rowCount === 1;
  } finally {
    await client.end();
  }
}
