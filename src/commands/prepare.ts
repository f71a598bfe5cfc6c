/** Part of the build, no command: works out of the knowledge what takes seconds, so that no start need. */
import { fileURLToPath } from "node:url";
import { KnowledgeError } from "../knowledge/load.ts";
import { knowledgeOf, partsFor } from "../live-guide.ts";

/** Beside DATA_DIR, what was worked out is looked for here. */
const settings = { KNOWLEDGE_DIR: undefined, DATA_DIR: fileURLToPath(new URL("..", import.meta.url)) };
try {
  partsFor(knowledgeOf(settings), settings);
} catch (error) {
  if (!(error instanceof KnowledgeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
