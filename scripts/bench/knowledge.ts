import { fileURLToPath } from "node:url";
import { type Knowledge, loadKnowledge } from "../../src/knowledge/load.ts";

export function readKnowledge(): Knowledge {
  return loadKnowledge(fileURLToPath(new URL("../../knowledge", import.meta.url)));
}

/** The knowledge with nothing but official names to search by. */
export function withoutPhrasings(knowledge: Knowledge): Knowledge {
  return {
    ...knowledge,
    procedures: knowledge.procedures.map((procedure) => ({
      ...procedure,
      title: procedure.name,
      english: procedure.name,
      says: [],
      phrasings: [],
    })),
    rules: knowledge.rules.map((rule) => ({ ...rule, english: rule.title, phrasings: [] })),
    gaps: knowledge.gaps.map((gap) => ({ ...gap, phrasings: [] })),
    phrasings: new Map(),
  };
}
