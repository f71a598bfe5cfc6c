#!/usr/bin/env node
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { CatalogueError } from "./catalogue/catalogue.ts";
import { ask } from "./commands/ask.ts";
import { chat } from "./commands/chat.ts";
import { check } from "./commands/check.ts";
import { type Command, type CommandContext, InputError, UsageError } from "./commands/command.ts";
import { dialogue } from "./commands/dialogue.ts";
import { due } from "./commands/due.ts";
import { evaluate } from "./commands/evaluate.ts";
import { hold } from "./commands/hold.ts";
import { importCatalogue } from "./commands/import.ts";
import { backup, move, restore } from "./commands/keep.ts";
import { link, stuck, unlink } from "./commands/operate.ts";
import { phrase } from "./commands/phrase.ts";
import { place } from "./commands/place.ts";
import { report } from "./commands/report.ts";
import { rotateKey } from "./commands/rotate-key.ts";
import { route } from "./commands/route.ts";
import { start } from "./commands/start.ts";
import { switchCommand } from "./commands/switch.ts";
import { unanswered } from "./commands/unanswered.ts";
import { verify } from "./commands/verify.ts";
import { ConfigError, readConfig } from "./config.ts";
import { KnowledgeError } from "./knowledge/load.ts";
import { NotSaved, StoreError } from "./store/store.ts";

const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  chat,
  ask,
  dialogue,
  due,
  route,
  place,
  check,
  link,
  unlink,
  hold,
  stuck,
  report,
  switch: switchCommand,
  unanswered,
  backup,
  restore,
  move,
  verify,
  "rotate-key": rotateKey,
  phrase,
  eval: evaluate,
  import: importCatalogue,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: readonly string[]): Promise<number> {
  const err = (text: string): void => void process.stderr.write(text);
  const out = (text: string): void => void process.stdout.write(text);
  const command = name === undefined ? undefined : Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const asked = name === undefined || name === "--help" || name === "-h";
    (asked ? out : err)(`${asked ? "" : `no command ${name}\n`}${overview()}`);
    return asked ? 0 : 2;
  }
  if (args.includes("--help") || args.includes("-h")) {
    out(`${command.summary}\nusage: motcua ${command.usage}\n`);
    return 0;
  }
  try {
    if (existsSync(".env")) process.loadEnvFile(".env");
    const context: CommandContext = {
      args,
      config: () => readConfig(process.env),
      out,
      err,
      lines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    };
    return await command.run(context);
  } catch (error) {
    err(`${tell(error)}\n`);
    if (isUsage(error)) err(`usage: motcua ${command.usage}\n`);
    return isUsage(error) ? 2 : 1;
  }
}

function overview(): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`);
  return `usage: motcua COMMAND [--help]\n${rows.join("\n")}\n`;
}

/** Wrong usage by our own word, or by the argument parser's. */
function isUsage(error: unknown): boolean {
  return (
    error instanceof UsageError ||
    (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
  );
}

/** One sentence for what the person can mend; the whole error only for our own faults. */
function tell(error: unknown): string {
  const known =
    [ConfigError, KnowledgeError, CatalogueError, StoreError, NotSaved, UsageError, InputError].some(
      (kind) => error instanceof kind,
    ) || isUsage(error);
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE")
    return "the port is taken; set PORT to another one or stop the other program";
  return known ? error.message : (error.stack ?? error.message);
}
