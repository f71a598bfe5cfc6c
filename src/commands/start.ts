import { createClock } from "../clock.ts";
import { createLog } from "../log.ts";
import { startProgram } from "../main.ts";
import { type Command, takeNone } from "./command.ts";

export const start: Command = {
  summary: "start everything: chat page, channels, deliveries",
  usage: "start",
  run: async ({ args, config, out }) => {
    takeNone(args);
    const settings = config();
    const log = createLog(settings.LOG_LEVEL, createClock(settings.MOTCUA_NOW), out);
    const program = await startProgram(settings, log);
    out(`Một Cửa: ${program.address}\n${program.parts.map((part) => `  ${part}\n`).join("")}`);
    await new Promise<void>((done) => {
      for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => done());
    });
    await program.stop();
    return 0;
  },
};
