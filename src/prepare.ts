/** Part of the build: works out of the knowledge what takes seconds, so that no start need. */
import { fileURLToPath } from "node:url";
import { KnowledgeError, loadKnowledge } from "./knowledge/load.ts";
import { partsFor } from "./main.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
try {
  partsFor(loadKnowledge(`${root}knowledge`), { DATA_DIR: fileURLToPath(new URL(".", import.meta.url)) });
} catch (error) {
  if (!(error instanceof KnowledgeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
