import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../../test/stories/build.ts";
import { type Env, type Program, start } from "../program.ts";
import { Wrong } from "./target.ts";

/** The built program with little knowledge, for what is tried from outside. */
export type Server = {
  readonly program: Program;
  /** @throws Wrong when the program died, is not healthy or told of a fault of its own */
  close(): Promise<void>;
};

export async function startServer(env: Env = {}): Promise<Server> {
  const built = await build();
  const folder = await mkdtemp(join(tmpdir(), "motcua-fuzz-"));
  const site = { cli: built.cli, folder, env: { KNOWLEDGE_DIR: built.lightKnowledge, ...env } };
  const started = await start(site);
  if (started.kind !== "runs") throw new Error("the program did not start");
  const { program } = started;
  return {
    program,
    close: async () => {
      try {
        if (!program.alive()) throw new Wrong(`the program died:\n${program.output().slice(-2000)}`);
        const look = (): Promise<Response> => fetch(`${program.address}/health`);
        // A connection used before may be closed, where a body was refused while it was sent: then over a new one.
        const health = await look().catch(look);
        if (!health.ok) throw new Wrong(`the program is not healthy: ${await health.text()}`);
        // Nobody has a contact here, so that what is filed by chance is with a human, who is told so; and what cannot be read
        // is passed over with a word.
        const faults = (program.output().match(/^\{.*"level":"error".*$/gm) ?? []).filter(
          (line) => !/"event":"(?:outbox\.dead|alarm|update\.unreadable)"/.test(line),
        );
        if (faults.length > 0) throw new Wrong(`${faults.length} faults in the log, first: ${faults[0]}`);
        const code = await program.stop();
        if (code !== 0) throw new Wrong(`SIGTERM ended the program with ${code}`);
      } finally {
        await program.kill();
        await rm(folder, { recursive: true, force: true });
        await built.remove();
      }
    },
  };
}
