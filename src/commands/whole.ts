import { resolve } from "node:path";
import type { Config } from "../config.ts";
import { keyOf, wholeOf } from "../open-store.ts";
import type { Whole } from "../store/whole.ts";

/** The store of these settings as one thing, closed again afterwards. */
export async function withWhole<T>(config: Config, use: (whole: Whole) => Promise<T>): Promise<T> {
  const { key } = await keyOf(config);
  const whole = await wholeOf(config, key);
  try {
    return await use(whole);
  } finally {
    await whole.close();
  }
}

/** Where that store is; never with a password. */
export function placeOf({ DATABASE_URL, DATA_DIR }: Config): string {
  if (!DATABASE_URL) return resolve(DATA_DIR);
  const { host, pathname } = new URL(DATABASE_URL);
  return `${host}${pathname}`;
}
