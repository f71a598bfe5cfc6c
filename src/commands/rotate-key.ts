import type { Config } from "../config.ts";
import { keyOf, wholeOf } from "../open-store.ts";
import { nextKey, replaceKey } from "../store/identity-key.ts";
import { createSealer } from "../store/seal.ts";
import { WrongKey } from "../store/store.ts";
import { type Command, InputError, takeJson } from "./command.ts";

export const rotateKey: Command = {
  summary: "change the identity key: wrap all data keys with a new one; the program must be stopped",
  usage: "rotate-key [--json]",
  run: async ({ args, config, out }) => {
    const json = takeJson(args);
    const settings = config();
    const { key, file, made } = await keyOf(settings);
    if (made) throw new InputError("there is no store yet, and its first key was only just made");
    const given = settings.IDENTITY_KEY_FILE_NEW;
    const next = given ?? (file && `${file}.new`);
    if (!next) {
      throw new InputError(
        "IDENTITY_KEY holds the present key; set IDENTITY_KEY_FILE_NEW to the file for the new one",
      );
    }
    const newKey = await nextKey(next);
    const keyId = createSealer(newKey).keyId;
    if (keyId === createSealer(key).keyId) throw new InputError(`${next} holds the present key`);
    const keys = await rewrap(settings, key, newKey);
    // The store has the new key now; a crash before the file has taken its place is mended by the same command.
    const old = given || !file ? undefined : await replaceKey(file, next);
    out(json ? `${JSON.stringify({ keyId, keys, ...(old && { old }) })}\n` : told(keys, next, old));
    return 0;
  },
};

/** Undefined: a run that was broken off had done it already. */
async function rewrap(settings: Config, key: Uint8Array, newKey: Uint8Array): Promise<number | undefined> {
  try {
    return await withKey(settings, key, (whole) => whole.alone(() => whole.rewrap(newKey)));
  } catch (error) {
    if (!(error instanceof WrongKey)) throw error;
    return withKey(settings, newKey, (whole) =>
      whole.alone(async () => {
        const { faults } = await whole.verify();
        if (faults.length > 0) throw error;
        await whole.dropOldKey();
        return undefined;
      }),
    );
  }
}

async function withKey<T>(
  settings: Config,
  key: Uint8Array,
  use: (whole: Awaited<ReturnType<typeof wholeOf>>) => Promise<T>,
): Promise<T> {
  const whole = await wholeOf(settings, key);
  try {
    return await use(whole);
  } finally {
    await whole.close();
  }
}

function told(keys: number | undefined, next: string, old: string | undefined): string {
  const done =
    keys === undefined
      ? "The store had the new key already; the change was finished."
      : `${keys} data keys wrapped with the new key.`;
  const place = old
    ? `The old key lies at ${old}: backups made before need it. Take a new backup, then destroy both.`
    : `Set IDENTITY_KEY_FILE to ${next} (and remove IDENTITY_KEY, IDENTITY_KEY_FILE_NEW) before the next start.`;
  return `${done}\n${place}\nLinks to answer by in earlier letters do not hold any more; reminders bring new ones.\n`;
}
