import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createClock } from "../clock.ts";
import { faultsOf } from "../complaints/audit.ts";
import { type Config, databaseUrl } from "../config.ts";
import { rulesOf } from "../conversation/guide.ts";
import { knowledgeOf } from "../live-guide.ts";
import { keyOf, wholeOf } from "../open-store.ts";
import { checkBackup, readBackup, writeBackup } from "../store/backup-file.ts";
import { exists, REPLACED, storeFolder } from "../store/files.ts";
import { createSealer } from "../store/seal.ts";
import type { Tally } from "../store/tally.ts";
import type { Whole } from "../store/whole.ts";
import { type Command, InputError, takeJson, UsageError } from "./command.ts";

export const backup: Command = {
  summary: "the whole store into one file, without its key; the program may go on",
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
        : `${file}: ${told(tally)}\nThe key is not in it: keep a copy of the key elsewhere.\n`,
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
        : `${placeOf(settings)}: ${told(tally)}, as of ${at}\n${await keptOf(settings)}`,
    );
    return 0;
  },
};

export const move: Command = {
  summary: "the whole store to another place; the old one stays as it is",
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
    const tally = await withWhole(settings, (from) =>
      withWhole(target, async (to) => {
        if (!(await from.holdsData())) throw new InputError(`${placeOf(settings)} holds nothing yet`);
        // Nothing may be added to the old place while it is read, or the new one would lack it.
        return from.alone(() => fill(to, placeOf(target), values.force, () => from.entries()));
      }),
    );
    const setting = target.DATABASE_URL
      ? "set DATABASE_URL to it"
      : `remove DATABASE_URL and set DATA_DIR to ${target.DATA_DIR}`;
    out(
      values.json
        ? `${JSON.stringify(tally)}\n`
        : `${placeOf(target)}: ${told(tally)}\n${await keptOf(target)}Now ${setting}; the old store is left as it was.\n`,
    );
    return 0;
  },
};

export const verify: Command = {
  summary:
    "read the whole store and check that nothing was changed, lost or moved, and that every case is sound",
  usage: "verify [--json]",
  run: async ({ args, config, out }) => {
    const json = takeJson(args);
    const settings = config();
    const found = await withWhole(settings, async (whole) => {
      if (!(await whole.holdsData())) throw new InputError(`${placeOf(settings)} holds nothing yet`);
      const rules = rulesOf(knowledgeOf(settings), () => []);
      return whole.verify((complaint) => faultsOf(complaint, rules));
    });
    const { complaints, events, deliveries, faults } = found;
    const sound = faults.length === 0 ? "all is sound" : `${faults.length} faults`;
    const lines = [
      `${complaints} complaints, ${events} events, ${deliveries} deliveries: ${sound}`,
      ...faults.map((fault) => `  ${fault}`),
    ];
    out(json ? `${JSON.stringify(found)}\n` : `${lines.join("\n")}\n`);
    return faults.length === 0 ? 0 : 1;
  },
};

const JSON_OPTION = { json: { type: "boolean", default: false } } as const;

function onlyOne(positionals: readonly string[], name: string): string {
  const [one, ...more] = positionals;
  if (one === undefined) throw new UsageError(`${name} is missing`);
  if (more.length > 0) throw new UsageError(`only one ${name} is taken`);
  return one;
}

async function withWhole<T>(config: Config, use: (whole: Whole) => Promise<T>): Promise<T> {
  const { key } = await keyOf(config);
  const whole = await wholeOf(config, key);
  try {
    return await use(whole);
  } finally {
    await whole.close();
  }
}

function fill(
  whole: Whole,
  place: string,
  force: boolean,
  entries: Parameters<Whole["fill"]>[0],
): Promise<Tally> {
  return whole.alone(async () => {
    if (!force && (await whole.holdsData())) {
      throw new InputError(`${place} holds data; --force replaces all of it`);
    }
    return whole.fill(entries);
  });
}

/** The settings under which the program would find the store at `to`. */
function targetOf(config: Config, to: string): Config {
  if (databaseUrl.safeParse(to).success) return { ...config, DATABASE_URL: to };
  if (to.includes("://")) throw new UsageError("--to must be postgres://… or a folder");
  return { ...config, DATABASE_URL: undefined, DATA_DIR: to };
}

/** Says where files that were replaced still lie. */
async function keptOf({ DATABASE_URL, DATA_DIR }: Config): Promise<string> {
  const kept = `${storeFolder(resolve(DATA_DIR))}${REPLACED}`;
  if (DATABASE_URL || !(await exists(kept))) return "";
  return `What was replaced lies in ${kept}; remove it when it is not needed any more.\n`;
}

/** Never with a password. */
function placeOf({ DATABASE_URL, DATA_DIR }: Config): string {
  if (!DATABASE_URL) return resolve(DATA_DIR);
  const { host, pathname } = new URL(DATABASE_URL);
  return `${host}${pathname}`;
}

function told({ complaints, entries, digest }: Tally): string {
  return `${complaints} complaints, ${entries} entries, read back and compared (${digest.slice(0, 16)})`;
}
