/** Part of the build: reads the knowledge's YAML once, so that each start need not. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { hashOf } from "../src/knowledge/compiled.ts";
import { yamlFiles } from "../src/knowledge/read-yaml.ts";

const compiled: Record<string, unknown> = {};
for (const file of yamlFiles("knowledge")) {
  const text = readFileSync(file, "utf8");
  try {
    compiled[hashOf(text)] = parse(text);
  } catch {
    // Left out: the program reads it itself and says where the fault is.
  }
}
mkdirSync("dist", { recursive: true });
writeFileSync(join("dist", "knowledge.json"), JSON.stringify(compiled));
