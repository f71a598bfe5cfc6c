import type { Knowledge } from "../knowledge/load.ts";
import type { Procedure } from "../knowledge/procedure.ts";
import type { Rule } from "../knowledge/rule.ts";
import { refine } from "../search/fuzzy.ts";
import { buildSearchIndex, type Hit, type SearchDocument } from "../search/search-index.ts";
import { syllables } from "../text/fold.ts";
import { buildLexicon } from "../text/lexicon.ts";
import { compilePhrases, hasPhrase } from "../text/phrases.ts";

export type FoundProcedure = { readonly procedure: Procedure; readonly score: number };
export type FoundRule = { readonly rule: Rule; readonly score: number };

/** Finds procedures and rules by what people type. */
export type Finder = {
  procedures(question: string): FoundProcedure[];
  rules(question: string): FoundRule[];
  /** By national code, older and parallel codes included. */
  byCode(code: string): Procedure | undefined;
};

/** Candidates taken from the index before the fuzzy stage. */
const CANDIDATES = 20;
/** Share of its score that a variant keeps while the question does not speak of its case. */
const VARIANT_SHARE = 0.85;

export function buildFinder(knowledge: Pick<Knowledge, "procedures" | "rules" | "vocabulary">): Finder {
  const { procedures, rules, vocabulary } = knowledge;
  const lexicon = buildLexicon(vocabulary);
  const variants = Object.entries(vocabulary.special).map(([name, cues]) => ({
    name: compilePhrases([name]),
    cues: compilePhrases(cues),
  }));
  const byCode = new Map(procedures.flatMap((p) => [p.code, ...p.sameAs].map((code) => [code, p] as const)));
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  const cuesOf = new Map(
    procedures.map(
      (p) =>
        [
          p.code,
          variants.filter(({ name }) => hasPhrase(name, syllables(p.name))).map(({ cues }) => cues),
        ] as const,
    ),
  );
  const procedureIndex = buildSearchIndex(procedures.map(documentOfProcedure), lexicon);
  const ruleIndex = buildSearchIndex(rules.map(documentOfRule), lexicon);

  /** "Khai sinh" means the ordinary registration: a variant loses while the question speaks of nothing special. */
  const ordinaryFirst = (question: string, hits: readonly Hit[]): readonly Hit[] => {
    const text = syllables(question);
    return hits.map((hit) => {
      const unsaid = cuesOf.get(hit.id)?.some((cues) => !hasPhrase(cues, text));
      return unsaid ? { ...hit, score: hit.score * VARIANT_SHARE } : hit;
    });
  };

  return {
    byCode: (code) => byCode.get(code),
    procedures: (question) => {
      const hits = ordinaryFirst(question, procedureIndex.search(question, CANDIDATES));
      const refined = refine(question, hits, (code) => namesOf(byCode.get(code)));
      return refined
        .flatMap((hit) => {
          const procedure = byCode.get(hit.id);
          return procedure ? [{ procedure, score: hit.score }] : [];
        })
        .sort((a, b) => b.score - a.score);
    },
    rules: (question) =>
      ruleIndex.search(question, CANDIDATES).flatMap((hit) => {
        const rule = ruleById.get(hit.id);
        return rule ? [{ rule, score: hit.score }] : [];
      }),
  };
}

function namesOf(procedure: Procedure | undefined): readonly string[] {
  return procedure ? [procedure.title, ...procedure.says] : [];
}

function documentOfProcedure(procedure: Procedure): SearchDocument {
  const { code, title, name, english, says, phrasings, result } = procedure;
  return { id: code, texts: [title, name, english, ...says, ...phrasings, ...result] };
}

function documentOfRule(rule: Rule): SearchDocument {
  return { id: rule.id, texts: [rule.question, rule.title, rule.english, ...rule.phrasings] };
}
