import { createClock } from "../clock.ts";
import { compactNowAndThen, tuneEngine } from "../engine.ts";
import { createLog } from "../log.ts";
import { startProgram } from "../main.ts";
import { type Command, takeNone } from "./command.ts";

export const start: Command = {
  summary: "start everything: chat page, channels, deliveries",
  usage: "start",
  run: async ({ args, config, out }) => {
    takeNone(args);
    tuneEngine();
    const settings = config();
    const log = createLog(settings.LOG_LEVEL, createClock(settings.MOTCUA_NOW), out);
    const program = await startProgram(settings, log);
    // Before anybody is told that it runs: who then stops it at once is heard.
    const stopping = signalled(() => process.exit(1));
    // Not while it starts: memory only grows then, and who waits for the start would wait for that too.
    compactNowAndThen();
    out(`Một Cửa: ${program.address}\n${program.parts.map((part) => `  ${part}\n`).join("")}`);
    const failed = await Promise.race([stopping.then(() => false), program.broken.then(() => true)]);
    log(failed ? "error" : "info", failed ? "disk failed" : "stopping");
    if (failed) void stopping.then(() => process.exit(1));
    await program.stop();
    log("info", "stopped");
    // A recipient that is still being waited for must not keep the program alive.
    const code = failed ? 1 : 0;
    setTimeout(() => process.exit(code), LINGER_MS).unref();
    return code;
  },
};

/** Milliseconds after the stop in which the process ends by itself. */
const LINGER_MS = 500;

/**
 * Resolves at the first signal to stop. Each later one is heard by `again` and ends at once: nothing that was acknowledged
 * is lost by that either. One listener for both, so that there is no moment in which a signal kills without an exit code.
 */
function signalled(again: () => void): Promise<void> {
  return new Promise((done) => {
    let heard = false;
    const hear = (): void => {
      if (heard) again();
      heard = true;
      done();
    };
    process.on("SIGTERM", hear).on("SIGINT", hear);
  });
}
