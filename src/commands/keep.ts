import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createClock } from "../clock.ts";
import { type Config, databaseUrl, sharedDir } from "../config.ts";
import { keyOf } from "../open-store.ts";
import { checkBackup, readBackup, writeBackup } from "../store/backup-file.ts";
import { copyShared } from "../store/copy-shared.ts";
import { exists, REPLACED, storeFolder } from "../store/files.ts";
import { createSealer } from "../store/seal.ts";
import type { Tally } from "../store/tally.ts";
import type { Whole } from "../store/whole.ts";
import { type Command, InputError, UsageError } from "./command.ts";
import { placeOf, withWhole } from "./whole.ts";

export const backup: Command = {
  summary: "the whole store into one file, without its key and files of complaints; the program may go on",
  usage: "backup FILE [--json]",
  run: async ({ args, config, out }) => {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: JSON_OPTION,
      allowPositionals: true,
    });
    const file = onlyOne(positionals, "FILE");
    const settings = config();
    const tally = await withWhole(settings, async (whole) => {
      if (!(await whole.holdsData())) throw new InputError(`${placeOf(settings)} holds nothing yet`);
      const at = createClock(settings.MOTCUA_NOW)().toISOString();
      return writeBackup(file, at, whole.keyId, whole.entries());
    });
    out(
      values.json
        ? `${JSON.stringify({ file, ...tally })}\n`
        : `${file}: ${told(tally)}\nThe key is not in it: keep a copy of the key elsewhere. Nor are the files of complaints: copy ${evidenceIn(settings)} after it.\n`,
    );
    return 0;
  },
};

export const restore: Command = {
  summary: "the store as a backup has it; refuses to replace data without --force",
  usage: "restore FILE [--force] [--json]",
  run: async ({ args, config, out }) => {
    const options = { ...JSON_OPTION, force: { type: "boolean", default: false } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const file = onlyOne(positionals, "FILE");
    const settings = config();
    const { keyId, at } = await checkBackup(file);
    const { keyId: given } = createSealer((await keyOf(settings)).key);
    if (keyId !== given) {
      throw new InputError(
        `${file} was sealed with identity key ${keyId}, the key given is ${given}; ` +
          "set IDENTITY_KEY or IDENTITY_KEY_FILE to the key of the store that was backed up",
      );
    }
    const tally = await withWhole(settings, (whole) =>
      fill(whole, placeOf(settings), values.force, () => readBackup(file)),
    );
    out(
      values.json
        ? `${JSON.stringify({ file, at, ...tally })}\n`
        : `${placeOf(settings)}: ${told(tally)}, as of ${at}\n${await keptOf(settings)}Put the files of complaints copied with it into ${evidenceIn(settings)}; motcua verify tells which are missing.\n`,
    );
    return 0;
  },
};

export const move: Command = {
  summary: "the whole store, with files and switches, to another place; the old one stays as it is",
  usage: "move --to postgres://…|FOLDER [--force] [--json]",
  run: async ({ args, config, out }) => {
    const options = {
      ...JSON_OPTION,
      to: { type: "string" },
      force: { type: "boolean", default: false },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (!values.to) throw new UsageError("--to is missing: the address of a database, or a folder");
    const settings = config();
    const target = targetOf(settings, values.to);
    if (placeOf(target) === placeOf(settings)) throw new InputError("the store is there already");
    let files = 0;
    const copy = async (): Promise<void> => {
      files = await copyShared(sharedDir(settings), sharedDir(target));
    };
    const tally = await withWhole(settings, (from) =>
      withWhole(target, async (to) => {
        if (!(await from.holdsData())) throw new InputError(`${placeOf(settings)} holds nothing yet`);
        // Nothing may be added to the old place while it is read, or the new one would lack it.
        return from.alone(() => fill(to, placeOf(target), values.force, () => from.entries(), copy));
      }),
    );
    const setting = target.DATABASE_URL
      ? "set DATABASE_URL to it"
      : `remove DATABASE_URL and set DATA_DIR to ${target.DATA_DIR}`;
    out(
      values.json
        ? `${JSON.stringify({ ...tally, files })}\n`
        : `${placeOf(target)}: ${told(tally)}\n${await keptOf(target)}${besides(settings, target, files)}Now ${setting}; the old store is left as it was.\n`,
    );
    return 0;
  },
};

const JSON_OPTION = { json: { type: "boolean", default: false } } as const;

function onlyOne(positionals: readonly string[], name: string): string {
  const [one, ...more] = positionals;
  if (one === undefined) throw new UsageError(`${name} is missing`);
  if (more.length > 0) throw new UsageError(`only one ${name} is taken`);
  return one;
}

function fill(
  whole: Whole,
  place: string,
  force: boolean,
  entries: Parameters<Whole["fill"]>[0],
  first: () => Promise<void> = () => Promise.resolve(),
): Promise<Tally> {
  return whole.alone(async () => {
    if (!force && (await whole.holdsData())) {
      throw new InputError(`${place} holds data; --force replaces all of it`);
    }
    await first();
    return whole.fill(entries);
  });
}

/** The settings under which the program would find the store at `to`. */
function targetOf(config: Config, to: string): Config {
  if (databaseUrl.safeParse(to).success) return { ...config, DATABASE_URL: to };
  if (to.includes("://")) throw new UsageError("--to must be postgres://… or a folder");
  return { ...config, DATABASE_URL: undefined, DATA_DIR: to };
}

/** Says what became of all that is not in the store. */
function besides(from: Config, to: Config, files: number): string {
  if (sharedDir(from) === sharedDir(to))
    return `Files of complaints and switches stay in ${sharedDir(to)}.\n`;
  const own = "contacts.yaml and the folder catalogue, if you have them";
  return `${files} files of complaints, and the switches, were copied to ${sharedDir(to)}. Not copied from ${from.DATA_DIR}: ${own}.\n`;
}

function evidenceIn(config: Config): string {
  return join(sharedDir(config), "evidence");
}

/** Says where files that were replaced still lie. */
async function keptOf({ DATABASE_URL, DATA_DIR }: Config): Promise<string> {
  const kept = `${storeFolder(resolve(DATA_DIR))}${REPLACED}`;
  if (DATABASE_URL || !(await exists(kept))) return "";
  return `What was replaced lies in ${kept}; remove it when it is not needed any more.\n`;
}

function told({ complaints, entries, digest }: Tally): string {
  return `${complaints} complaints, ${entries} entries, read back and compared (${digest.slice(0, 16)})`;
}
