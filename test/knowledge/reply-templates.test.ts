import { describe, expect, it } from "vitest";
import { ComplaintKind } from "../../src/knowledge/complaint-kind.ts";
import { type Fault, parseYaml } from "../../src/knowledge/read-yaml.ts";
import { ReplyTemplates } from "../../src/knowledge/reply-template.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const ANSWER = `  - id: mot
    title: Mẫu một
    action: answer
    parts: { found: Đã xem {code}, done: Đã làm }
`;
const FOOT = `source: thử
status: policy
checked: "2026-11-26"
`;

function faultsOf(templates: string): string[] {
  const faults: Fault[] = [];
  parseYaml(`templates:\n${templates}${FOOT}`, "reply-templates.yaml", ReplyTemplates, faults);
  return faults.map(({ line, problem }) => `${line}: ${problem}`);
}

describe("reply templates", () => {
  it("give every kind of complaint an answer to start from, and every text act one", () => {
    const { replyTemplates } = knowledge;
    for (const kind of ComplaintKind.options)
      expect(
        replyTemplates.some(
          ({ action, kinds }) => action === "answer" && (kinds.length === 0 || kinds.includes(kind)),
        ),
        kind,
      ).toBe(true);
    expect(new Set(replyTemplates.map(({ action }) => action))).toEqual(
      new Set(["answer", "ask", "progress", "transfer", "extend"]),
    );
  });

  it("cite only law that a rule of the knowledge cites", () => {
    const cited = new Set(
      knowledge.rules.flatMap(({ legalBasis }) => legalBasis.map(({ number }) => number)),
    );
    const texts = JSON.stringify(knowledge.replyTemplates).match(/\d+\/\d{4}\/[\p{L}\d-]+/gu) ?? [];
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((number) => !cited.has(number))).toEqual([]);
  });

  it("are refused with line and remedy when a fact, an id or a part is wrong", () => {
    const yaml = ANSWER.replace(
      "{ found: Đã xem {code}, done: Đã làm }",
      '{ found: "Đã xem {code}", done: Đã làm }',
    );
    expect(faultsOf(yaml)).toEqual([]);
    expect(faultsOf(yaml.replace("{code}", "{ma}"))).toEqual([
      expect.stringMatching(/^5: templates\.0\.parts\.found: no fact \{ma\}; use one of \{code\}/),
    ]);
    expect(faultsOf(yaml + yaml)).toEqual([expect.stringMatching(/^6: .*mot is already taken/)]);
    expect(faultsOf(yaml.replace(", done: Đã làm", ""))).toEqual([
      expect.stringMatching(/^5: templates\.0\.parts\.done: is missing; add it/),
    ]);
    expect(faultsOf(yaml.replace("answer", "close"))).toHaveLength(1);
  });
});
