import { buildFinder } from "../../src/answers/finder.ts";
import { firstFound, phrasingsAstray } from "../../src/answers/phrasing-check.ts";
import type { Knowledge } from "../../src/knowledge/load.ts";
import type { Procedure } from "../../src/knowledge/procedure.ts";
import type { Rule } from "../../src/knowledge/rule.ts";
import { percent, table } from "./figures.ts";
import { NOW } from "./labels.ts";
import type { Part } from "./part.ts";

/** So many times the index is built without a part of the phrasings; each record lacks one or two of its own then. */
const FOLDS = 20;

/** Whether each phrasing of a record finds it: as it stands in the index, and left out of it. */
export const phrasings: Part = async (run) => {
  const { knowledge, guide, catalogue } = run;
  const { asked, astray } = phrasingsAstray(knowledge, guide.reader, guide.finder, NOW);
  const inIndex = 1 - astray.length / asked;
  let found = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    run.progress(`phrasings, ${fold + 1} of ${FOLDS}`);
    const finder = buildFinder(without(knowledge, fold), catalogue);
    for (const record of [...knowledge.procedures, ...knowledge.rules]) {
      const own = "id" in record ? record.id : finder.subject(record.code)?.code;
      const left = record.phrasings.filter((_, index) => isLeftOut(index, fold));
      found += left.filter((text) => firstFound(text, guide.reader, finder, NOW) === own).length;
    }
  }
  const leftOut = found / asked;
  const head = ["phrasings of checked procedures and rules", "find their own record first", "n"];
  return Promise.resolve({
    markdown: table(head, [
      ["in the index", percent(inIndex), String(asked)],
      ["left out of it", percent(leftOut), String(asked)],
    ]),
    figures: { asked, inIndex, leftOut },
  });
};

const isLeftOut = (index: number, fold: number): boolean => index % FOLDS === fold;

function without(knowledge: Knowledge, fold: number): Knowledge {
  const thinned = <T extends Procedure | Rule>(record: T): T => ({
    ...record,
    phrasings: record.phrasings.filter((_, index) => !isLeftOut(index, fold)),
  });
  return {
    ...knowledge,
    procedures: knowledge.procedures.map(thinned),
    rules: knowledge.rules.map(thinned),
  };
}
