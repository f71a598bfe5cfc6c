import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { z } from "zod";

/** Lets Node run TypeScript, wherever the bench is called from. */
export const TSX = import.meta.resolve("tsx");

/**
 * Runs a script beside this file in a process of its own, so that nobody's garbage or compiled code is another's:
 * `input` goes in as JSON on standard input, one JSON value comes back.
 */
export async function runFresh<T extends z.ZodType>(
  script: string,
  input: unknown,
  schema: T,
): Promise<z.output<T>> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ["--expose-gc", "--import", TSX, file], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  child.stdin.end(JSON.stringify(input));
  const code = await new Promise<number | null>((done, failed) => {
    child.once("error", failed).once("close", done);
  });
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return schema.parse(JSON.parse(told));
}
