import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Starts the program that is to be killed; for its arguments see writer.ts. */
export function startWriter(args: readonly string[]): ChildProcess {
  return startScript(join(import.meta.dirname, "writer.ts"), args);
}

/** Starts a script in a process of its own. */
export function startScript(program: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs the writer until it is killed; after `acks` acknowledgements by us. */
export async function writeUntilKilled(
  store: string,
  list: string,
  acknowledged: readonly string[],
  from: number,
  kill: { place: string } | { acks: number },
) {
  await writeFile(list, acknowledged.join("\n"));
  const child = startWriter([store, list, String(from), "place" in kill ? kill.place : ""]);
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("the writer has no output");
  let errors = "";
  stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<string>((resolve) =>
    child.on("close", (code, signal) => resolve(signal ?? `code ${code}`)),
  );
  const acks: string[] = [];
  const missing: string[] = [];
  for await (const line of createInterface({ input: stdout })) {
    const [word, id = ""] = line.split(" ");
    if (word === "ack") acks.push(id);
    if (word === "missing") missing.push(id);
    if ("acks" in kill && acks.length >= kill.acks) child.kill("SIGKILL");
  }
  return { acks, missing, errors, signal: await ended };
}
