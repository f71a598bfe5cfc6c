/**
 * Loaded into the program before its own code: kills it with SIGKILL at the n-th call that touches its files.
 * KILL_AT is `CALL:WHEN:COUNT`, as `write:half:7`: half of that write stands on the disk, and nothing after it happens.
 */
import promises, { type FileHandle, open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { fileURLToPath } from "node:url";

type Async = (...given: unknown[]) => Promise<unknown>;

const [call = "", when = "", count = "1"] = (process.env["KILL_AT"] ?? "").split(":");
let left = Number(count);

const die = (): void => {
  process.kill(process.pid, "SIGKILL");
};

const isAsync = (value: unknown): value is Async => typeof value === "function";
const isWrite = (given: readonly unknown[]): given is [Uint8Array, number?, number?, number?] =>
  given[0] instanceof Uint8Array;

/** The call as it was, with death before, within or after the n-th. */
function deadly(target: object, name: string): void {
  const original: unknown = Reflect.get(target, name);
  if (!isAsync(original)) throw new Error(`there is no call ${name}`);
  Reflect.set(target, name, async function (this: unknown, ...given: unknown[]): Promise<unknown> {
    left -= 1;
    if (left !== 0) return original.apply(this, given);
    if (when === "before") die();
    if (when === "half" && isWrite(given)) {
      const [bytes, offset = 0, length = bytes.length, position] = given;
      await original.call(this, bytes, offset, Math.ceil(length / 2), position);
      die();
    }
    const result = await original.apply(this, given);
    die();
    return result;
  });
}

const handle: FileHandle = await open(fileURLToPath(import.meta.url));
const handles: unknown = Object.getPrototypeOf(handle);
await handle.close();
if (handles && typeof handles === "object" && call in handles) deadly(handles, call);
else deadly(promises, call);
syncBuiltinESMExports();
