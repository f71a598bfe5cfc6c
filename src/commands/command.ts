import { parseArgs } from "node:util";
import type { Config } from "../config.ts";

/** What a command works with: its words, the settings and the terminal. */
export type CommandContext = {
  readonly args: readonly string[];
  readonly config: () => Config;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Lines of standard input, without their ends. */
  readonly lines: () => AsyncIterable<string>;
};

/** One command of the command line; `run` gives the exit code: 0 done, 1 wrong input, 2 wrong usage. */
export type Command = {
  readonly summary: string;
  readonly usage: string;
  run(context: CommandContext): Promise<number>;
};

/** Wrong usage: a sentence for stderr, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Wrong input: a sentence for stderr, exit code 1. */
export class InputError extends Error {
  override name = "InputError";
}

/** For a command that takes no arguments: refuses any, as wrong usage. */
export function takeNone(args: readonly string[]): void {
  parseArgs({ args: [...args], options: {} });
}

/** For a command that takes `--json` only: whether it was given. Refuses anything else, as wrong usage. */
export function takeJson(args: readonly string[]): boolean {
  const options = { json: { type: "boolean", default: false } } as const;
  return parseArgs({ args: [...args], options }).values.json;
}

/** For a command that takes words and `--json`. */
export function parseWords(args: readonly string[]): {
  readonly json: boolean;
  readonly words: readonly string[];
} {
  const options = { json: { type: "boolean", default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  return { json: values.json, words: positionals };
}
