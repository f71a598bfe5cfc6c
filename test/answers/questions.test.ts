import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { z } from "zod";
import { readLabels } from "../../scripts/bench/labels.ts";
import { understanding } from "../../scripts/bench/understanding.ts";
import { buildFinder } from "../../src/answers/finder.ts";
import { readCatalogueInput } from "../../src/catalogue/gather.ts";
import { buildGuide } from "../../src/conversation/guide.ts";
import { hasNational, NATIONAL } from "../fixtures/imported.ts";
import { reader } from "../fixtures/real-guide.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const labelled = (name: string): string =>
  fileURLToPath(new URL(`../questions/${name}.ndjson`, import.meta.url));
const Shares = z.object({
  first: z.number(),
  firstThree: z.number(),
  declinedInScope: z.number(),
  takenForComplaint: z.number(),
  offtopicDeclined: z.number(),
  complaintsRecognised: z.number(),
  kindRight: z.number(),
  turnsProcedure: z.number(),
});

// One labelled line more or less is chance; several are a change that makes people's questions understood worse.
it.skipIf(!hasNational)(
  "people's messages in test/questions are understood (only where ../shared/data is)",
  async () => {
    const catalogue = await readCatalogueInput([NATIONAL]);
    const finder = buildFinder(knowledge, catalogue);
    const nobody = { name: undefined, contact: undefined };
    const guide = buildGuide(knowledge, () => [], nobody, { reader, finder });
    const labels = readLabels({
      questions: labelled("ask"),
      offtopic: labelled("offtopic"),
      complaints: labelled("complaints"),
      dialogues: labelled("dialogues"),
    });
    const run = { catalogueFile: NATIONAL, catalogue, knowledge, guide, labels };
    const { figures } = await understanding({ ...run, budget: 0, tries: false, progress: () => undefined });
    const shares = Shares.parse(figures);
    expect(shares.first).toBeGreaterThan(0.76);
    expect(shares.firstThree).toBeGreaterThan(0.88);
    expect(shares.declinedInScope).toBeLessThan(0.035);
    expect(shares.takenForComplaint).toBeLessThan(0.035);
    expect(shares.offtopicDeclined).toBeGreaterThan(0.93);
    expect(shares.complaintsRecognised).toBeGreaterThan(0.92);
    expect(shares.kindRight).toBeGreaterThan(0.81);
    expect(shares.turnsProcedure).toBeGreaterThan(0.7);
  },
  60_000,
);
