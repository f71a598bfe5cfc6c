/** Measures our own search in this process; started by contest.ts and growth.ts. */
import { z } from "zod";
import { buildFinder } from "../../src/answers/finder.ts";
import { readCatalogueInput } from "../../src/catalogue/gather.ts";
import { buildReader } from "../../src/understanding/reader.ts";
import { resize } from "./enlarge.ts";
import { Judged } from "./judge.ts";
import { readKnowledge, withoutPhrasings } from "./knowledge.ts";
import { NOW } from "./labels.ts";
import { inputOf, measure, tell } from "./measure.ts";

const { catalogueFile, phrasings, records, questions, budget } = inputOf(
  z.object({
    catalogueFile: z.string(),
    phrasings: z.boolean(),
    /** So many records, made up beyond those there are. */
    records: z.number().optional(),
    questions: z.array(Judged),
    budget: z.number(),
  }),
);
const whole = readKnowledge();
const stock = {
  knowledge: phrasings ? whole : withoutPhrasings(whole),
  catalogue: await readCatalogueInput([catalogueFile]),
};
const { knowledge, catalogue } = records === undefined ? stock : resize(stock, records);
const figures = await measure(
  () => {
    const reader = buildReader(knowledge);
    const finder = buildFinder(knowledge, catalogue);
    return (question) =>
      finder.find(reader.read(question, NOW)).procedures.map(({ subject }) => subject.code);
  },
  questions,
  budget,
);
tell(figures);
