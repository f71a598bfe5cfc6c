import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readLabels } from "../../scripts/bench/labels.ts";
import type { Run } from "../../scripts/bench/part.ts";
import { understanding } from "../../scripts/bench/understanding.ts";
import { understand } from "../../src/answers/answer.ts";
import { buildFinder } from "../../src/answers/finder.ts";
import { readCatalogueInput } from "../../src/catalogue/gather.ts";
import { buildGuide } from "../../src/conversation/guide.ts";
import { hasNational, NATIONAL } from "../fixtures/imported.ts";
import { NOW, reader } from "../fixtures/real-guide.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const Told = z.object({
  text: z.string(),
  kind: z.string(),
  code: z.string().nullish(),
  codes_ok: z.array(z.string()).default([]),
});
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

const Classed = z.object({ class: z.string(), text: z.string() });

/** Messages that others wrote to be learnt from, one in five of them left out for this. */
function leftOut(name: "messages" | "aspects"): z.infer<typeof Classed>[] {
  const lines = readFileSync(new URL(`../questions/apart/${name}.ndjson`, import.meta.url), "utf8");
  return lines
    .trim()
    .split("\n")
    .map((line) => Classed.parse(JSON.parse(line)));
}

function complaintsOf(folder: string): z.infer<typeof Told>[] {
  const lines = readFileSync(new URL(`../${folder}/complaints.ndjson`, import.meta.url), "utf8");
  return lines
    .trim()
    .split("\n")
    .map((line) => Told.parse(JSON.parse(line)));
}

it.each(["questions", "questions/apart"])(
  "nothing told in test/%s goes to the unit as praise unasked, but praise",
  (folder) => {
    for (const { text, kind } of complaintsOf(folder)) {
      const { grievance } = reader.read(text, NOW);
      if (kind !== "praise") expect(grievance.kind === "praise" && grievance.plain, text).toBe(false);
    }
  },
);

it("nothing told in test/questions/apart/messages.ndjson goes to the unit as praise unasked, but praise", () => {
  for (const { text, class: own } of leftOut("messages")) {
    const { grievance } = reader.read(text, NOW);
    if (!["praise", "suggestion", "offtopic", "question"].includes(own))
      expect(grievance.kind === "praise" && grievance.plain, text).toBe(false);
  }
});

it("what a message asks for is read off it where it does not say so in set words", () => {
  const asked = leftOut("aspects");
  const right = asked.filter(({ text, class: aspect }) => reader.read(text, NOW).aspect === aspect);
  expect(right.length / asked.length).toBeGreaterThan(0.77);
});

describe.skipIf(!hasNational)("people's messages (only where ../shared/data is)", () => {
  let run: Omit<Run, "labels">;
  beforeAll(async () => {
    const catalogue = await readCatalogueInput([NATIONAL]);
    const nobody = { name: undefined, contact: undefined };
    const finder = buildFinder(knowledge, catalogue);
    const guide = buildGuide(knowledge, () => [], nobody, { reader, finder });
    const quietly = { budget: 0, tries: false, progress: () => undefined };
    run = { catalogueFile: NATIONAL, catalogue, knowledge, guide, ...quietly };
  }, 60_000);

  it.each([
    "cán bộ xã vòi tiền tôi",
    "không phải lần đầu cán bộ xã vòi tiền tôi",
    "công an phường quát mắng tôi",
    "ông chủ tịch xã đe dọa tôi",
  ])("of those who name no procedure, none is put into the complaint: %s", (text) => {
    const { intent, procedures } = understand(reader.read(text, NOW), { topics: [] }, run.guide.finder);
    expect(intent).toBe("complaint");
    expect(procedures).toEqual([]);
  });

  it("name procedures as everybody calls them, however politely, whatever they want to know of them", () => {
    const names = knowledge.procedures.flatMap(({ code, title, says }) =>
      [title, ...says].map((name) => ({ code, name })),
    );
    const ways: readonly ((name: string) => string)[] = [
      (name) => name,
      (name) => `${name} mất bao lâu`,
      (name) => `cho em hỏi ${name} hết bao nhiêu tiền ạ`,
      (name) => `hồ sơ ${name} gồm những gì`,
      (name) => `nhờ bot chỉ ${name}`,
      (name) => `má em hỏi ${name} nè`,
      (name) => `${name} online được không`,
    ];
    const missed = names.flatMap(({ code, name }, at) => {
      const text = ways[at % ways.length]?.(name) ?? name;
      const { procedures } = understand(reader.read(text, NOW), { topics: [] }, run.guide.finder);
      return procedures[0]?.subject === run.guide.finder.subject(code) ? [] : [text];
    });
    expect(names.length).toBeGreaterThan(1_500);
    expect(missed.length / names.length, missed.join("\n")).toBeLessThan(0.04);
  });

  it("name the procedure that a complaint is about, seldom another", () => {
    let [right, wrong] = [0, 0];
    for (const { text, code, codes_ok } of complaintsOf("questions/apart")) {
      const { intent, procedures } = understand(reader.read(text, NOW), { topics: [] }, run.guide.finder);
      // Of some it is not labelled.
      if (intent !== "complaint" || code === undefined) continue;
      for (const { subject } of procedures) {
        const labelled = [code, ...codes_ok].flatMap((one) => run.guide.finder.subject(one ?? "") ?? []);
        if (labelled.includes(subject)) right++;
        else wrong++;
      }
    }
    expect(right).toBeGreaterThan(40);
    expect(wrong / (right + wrong)).toBeLessThan(0.15);
  });

  it("asked in words that complain are taken for questions", () => {
    const lines = readFileSync(new URL("../questions/apart/not-complaints.ndjson", import.meta.url), "utf8");
    const asked = lines
      .trim()
      .split("\n")
      .map((line) => z.object({ question: z.string() }).parse(JSON.parse(line)).question);
    const taken = asked.filter(
      (text) => understand(reader.read(text, NOW), { topics: [] }, run.guide.finder).intent === "complaint",
    );
    expect(taken.length / asked.length).toBeLessThan(0.04);
  });

  it("as different as can be: complaints, questions and what is not ours are mostly told apart", () => {
    const messages = leftOut("messages");
    const taken = (of: (own: string) => boolean): number => {
      const own = messages.filter((message) => of(message.class));
      const complaints = own.filter(
        ({ text }) =>
          understand(reader.read(text, NOW), { topics: [] }, run.guide.finder).intent === "complaint",
      );
      return complaints.length / own.length;
    };
    expect(taken((own) => !["question", "offtopic"].includes(own))).toBeGreaterThan(0.75);
    expect(taken((own) => own === "question")).toBeLessThan(0.1);
    expect(taken((own) => own === "offtopic")).toBeLessThan(0.18);
  });

  // A few labelled lines more or less are chance; more are a change that makes people's messages understood worse.
  it.each(["questions", "questions/apart"])(
    "of test/%s are understood",
    async (folder) => {
      const file = (name: string): string =>
        fileURLToPath(new URL(`../${folder}/${name}.ndjson`, import.meta.url));
      const labels = readLabels({
        questions: file("ask"),
        offtopic: file("offtopic"),
        complaints: file("complaints"),
        dialogues: file("dialogues"),
      });
      const { figures } = await understanding({ ...run, labels });
      const shares = Shares.parse(figures);
      expect(shares.first).toBeGreaterThan(0.8);
      expect(shares.firstThree).toBeGreaterThan(0.9);
      expect(shares.declinedInScope).toBeLessThan(0.035);
      expect(shares.takenForComplaint).toBeLessThan(0.025);
      expect(shares.offtopicDeclined).toBeGreaterThan(0.93);
      expect(shares.complaintsRecognised).toBeGreaterThan(0.92);
      expect(shares.kindRight).toBeGreaterThan(0.85);
      expect(shares.turnsProcedure).toBeGreaterThan(0.76);
    },
    60_000,
  );
});
