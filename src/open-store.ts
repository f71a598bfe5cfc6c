import { resolve } from "node:path";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import { openEmbeddedStore } from "./store/embedded.ts";
import { type IdentityKey, identityKey } from "./store/identity-key.ts";
import type { OnReport } from "./store/report.ts";
import type { Store } from "./store/store.ts";
import type { Whole } from "./store/whole.ts";
import { wholeEmbedded } from "./store/whole-embedded.ts";

// PostgreSQL's driver is read only where it is used: a start waits for it.

/**
 * The key of the store, made on the first start beside, never inside, the data.
 * @param patient waits for a database that must be asked whether it has a key already
 * @throws StoreError
 */
export function keyOf(config: Config, patient = false): Promise<IdentityKey> {
  const url = config.DATABASE_URL;
  return identityKey({
    ...(url && { sealed: async () => (await import("./store/postgres/sealed.ts")).isSealed(url, patient) }),
    ...(config.IDENTITY_KEY && { value: config.IDENTITY_KEY }),
    ...(config.IDENTITY_KEY_FILE && { file: config.IDENTITY_KEY_FILE }),
    madeAt: resolve("keys", "identity.key"),
    dataDir: resolve(config.DATA_DIR),
  });
}

/**
 * Opens the store: in DATABASE_URL, or without one in DATA_DIR.
 * @param patient opens even while the database is away
 * @param onStopped is called when the disk has failed and nothing can be saved before a restart
 * @throws StoreError
 */
export async function openStore(
  config: Config,
  clock: Clock,
  log: Log,
  {
    patient = false,
    rules = "",
    onStopped,
  }: {
    readonly patient?: boolean;
    readonly rules?: string;
    readonly onStopped?: (() => void) | undefined;
  } = {},
): Promise<{ store: Store; key: Uint8Array; made?: string }> {
  const { key, made, file } = await keyOf(config, patient);
  const onReport: OnReport = ({ event, ...facts }) => {
    const good = event === "snapshot_written" || event === "database_back";
    log(good ? "info" : "warn", `store ${event}`, facts);
    if (event === "journal_stopped") onStopped?.();
  };
  const url = config.DATABASE_URL;
  const store = url
    ? await (await import("./store/postgres/store.ts")).openPostgresStore({
        url,
        key,
        clock,
        rules,
        patient,
        onReport,
      })
    : await openEmbeddedStore({ dir: resolve(config.DATA_DIR), key, clock, onReport });
  return { store, key, ...(made && file && { made: file }) };
}

/** The store as one thing, for backups and checks; a running program need not stop for reading it. */
export async function wholeOf(config: Config, key: Uint8Array): Promise<Whole> {
  const url = config.DATABASE_URL;
  if (!url) return wholeEmbedded(resolve(config.DATA_DIR), key);
  return (await import("./store/postgres/whole.ts")).wholePostgres(url, key);
}
