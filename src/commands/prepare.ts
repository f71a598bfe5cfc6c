/** Part of the build, no command: works out of the knowledge what takes seconds, so that no start need. */
import { fileURLToPath } from "node:url";
import { KnowledgeError, loadKnowledge } from "../knowledge/load.ts";
import { partsFor } from "../main.ts";

const knowledge = fileURLToPath(new URL("../../knowledge", import.meta.url));
/** Where createDerived looks beside DATA_DIR. */
const dist = fileURLToPath(new URL("..", import.meta.url));
try {
  partsFor(loadKnowledge(knowledge), { DATA_DIR: dist });
} catch (error) {
  if (!(error instanceof KnowledgeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
