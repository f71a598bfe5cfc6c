import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { renderProcedure, renderRule } from "../../src/answers/render.ts";
import type { Fee, Procedure } from "../../src/knowledge/procedure.ts";
import { yamlFiles } from "../../src/knowledge/read-yaml.ts";
import type { Rule } from "../../src/knowledge/rule.ts";
import type { Aspect } from "../../src/understanding/aspect.ts";
import { vietnamese, type Wording } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { KNOWLEDGE_DIR, knowledge } from "../fixtures/real-knowledge.ts";

const { procedures, rules } = knowledge;

/** The fields of a procedure that the answer to one aspect may speak of. */
const FIELDS: Readonly<Record<Aspect, readonly (keyof Procedure)[]>> = {
  documents: ["documents", "notNeeded", "mistakes"],
  time: ["time"],
  fee: ["fees"],
  where: ["where", "ways"],
  online: ["ways"],
  steps: ["steps", "related"],
  legal: ["conditions", "variants", "notes"],
  result: ["result", "related", "notes"],
  general: [
    "name",
    "code",
    "documents",
    "notNeeded",
    "time",
    "fees",
    "where",
    "ways",
    "conditions",
    "variants",
  ],
};
const ASPECTS = Object.keys(FIELDS) as Aspect[];
const LANGUAGES = [
  ["Vietnamese", vietnamese, false],
  ["English", english, true],
] as const;

type Raw = Readonly<Record<string, unknown>>;
/** The records as they stand in the files, by code or id. */
const RAW = new Map<string, Raw>(
  ["procedures", "rules"]
    .flatMap((folder) => yamlFiles(join(KNOWLEDGE_DIR, folder)))
    .map((file) => parse(readFileSync(file, "utf8")) as Raw)
    .map((raw) => [String(raw["code"] ?? raw["id"]), raw]),
);

/** The digit groups of a text, dots between thousands removed: "10.000 đồng, 15:00" → 10000, 15, 00. */
function numbersIn(text: string): string[] {
  return text.replaceAll(/(?<=\d)\.(?=\d{3}(?!\d))/g, "").match(/\d+/g) ?? [];
}

/** The digit groups of every value below, keys left out. */
function numbersOf(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return numbersIn(String(value));
  if (Array.isArray(value)) return value.flatMap(numbersOf);
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(numbersOf) : [];
}

/** The answer without the numbers of its list, which must count 1, 2, 3; and without "… and 3 more papers". */
function withoutCounting(text: string, papersLeftOut: number, wording: Wording): string {
  let next = 1;
  return text
    .split("\n")
    .filter((line) => papersLeftOut <= 0 || line !== wording.card.moreDocuments(papersLeftOut))
    .map((line) => {
      if (!line.startsWith(`${next}. `)) return line;
      next++;
      return line.slice(line.indexOf(" ") + 1);
    })
    .join("\n");
}

/** The body and the end of an answer: basis, day checked, link. */
function halves(text: string): readonly [string, string] {
  const at = text.lastIndexOf("\n\n");
  return [text.slice(0, at), text.slice(at)];
}

/** Numbers of the text that do not stand in the fields of the record which it speaks of. */
function strays(
  text: string,
  raw: Raw,
  fields: readonly string[],
  papersLeftOut = 0,
  wording: Wording = vietnamese,
): string[] {
  const [body, end] = halves(withoutCounting(text, papersLeftOut, wording));
  const known = (names: readonly string[]): Set<string> =>
    new Set(names.flatMap((name) => numbersOf(raw[name])));
  const ofBody = known(["title", "english", ...fields]);
  const ofEnd = known(["legalBasis", "source", "checked", "since"]);
  return [
    ...numbersIn(body).filter((number) => !ofBody.has(number)),
    ...numbersIn(end).filter((number) => !ofEnd.has(number)),
  ];
}

function straysOf(procedure: Procedure, aspect: Aspect, wording: Wording, inEnglish: boolean): string[] {
  const { text } = renderProcedure(procedure, aspect, wording, inEnglish);
  const left = procedure.documents.length - 14;
  return strays(text, RAW.get(procedure.code) ?? {}, FIELDS[aspect], left, wording);
}

const RULE_FIELDS = ["question", "answer", "points", "remedy"];

describe("every number in every answer", () => {
  it.each(LANGUAGES)(
    "stands in the fields of its procedure that the answer speaks of (%s)",
    (_language, wording, inEnglish) => {
      expect(procedures.length).toBeGreaterThanOrEqual(40);
      for (const procedure of procedures) {
        expect(RAW.has(procedure.code), procedure.code).toBe(true);
        for (const aspect of ASPECTS) {
          expect(straysOf(procedure, aspect, wording, inEnglish), `${procedure.code} ${aspect}`).toEqual([]);
        }
      }
    },
  );

  it.each(LANGUAGES)("stands in its rule (%s)", (_language, wording, inEnglish) => {
    for (const rule of rules) {
      const { text } = renderRule(rule, wording, inEnglish);
      expect(strays(text, RAW.get(rule.id) ?? {}, RULE_FIELDS), rule.id).toEqual([]);
    }
  });

  it("is told when it is planted in the text", () => {
    const planted = ["7.654.321 đồng", "trong 7654 ngày", "sau 23:59", "ngày 31/12/1999", "(mã 8.765432)"];
    for (const procedure of procedures) {
      for (const aspect of ASPECTS) {
        const [body, end] = halves(renderProcedure(procedure, aspect, vietnamese, false).text);
        for (const number of planted) {
          const left = procedure.documents.length - 14;
          expect(
            strays(`${body} ${number}${end}`, RAW.get(procedure.code) ?? {}, FIELDS[aspect], left),
            number,
          ).not.toEqual([]);
        }
      }
    }
  });

  it("is told when a fee or a time limit is rendered otherwise than it stands", () => {
    const dearer: Wording = {
      ...vietnamese,
      fee: (fee) => vietnamese.fee(fee.kind === "amount" ? { ...fee, amount: fee.amount + 1234 } : fee),
    };
    const slower: Wording = {
      ...vietnamese,
      time: (limit) =>
        vietnamese.time(limit.kind === "within" ? { ...limit, amount: limit.amount + 1234 } : limit),
    };
    let [fees, times] = [0, 0];
    for (const procedure of procedures) {
      for (const aspect of ["fee", "general"] as const) {
        const amounts = procedure.fees.filter((fee) => fee.kind === "amount").length;
        fees += amounts;
        expect(straysOf(procedure, aspect, dearer, false).length, procedure.code).toBeGreaterThanOrEqual(
          amounts,
        );
      }
      for (const aspect of ["time", "general"] as const) {
        const limits = procedure.time.filter((limit) => limit.kind === "within").length;
        times += limits;
        expect(straysOf(procedure, aspect, slower, false).length, procedure.code).toBeGreaterThanOrEqual(
          limits,
        );
      }
    }
    expect(fees).toBeGreaterThan(50);
    expect(times).toBeGreaterThan(50);
  });

  it("is told when it is taken from another field, or a list is miscounted", () => {
    const [procedure] = procedures;
    if (!procedure) throw new Error("no procedures");
    const raw = { ...RAW.get(procedure.code), fees: [], documents: [] };
    const [, end] = halves(renderProcedure(procedure, "fee", vietnamese, false).text);
    expect(strays(`Phí: 15 ngày${end}`, { ...raw, time: [{ amount: 15 }] }, FIELDS.fee)).toEqual(["15"]);
    expect(strays(`1. Tờ khai\n3. Căn cước${end}`, raw, FIELDS.documents)).toEqual(["3"]);
  });

  it("of a fee or a time limit is there, so that none is left out", () => {
    for (const procedure of procedures) {
      for (const aspect of ["fee", "general"] as const) {
        const said = numbersIn(renderProcedure(procedure, aspect, vietnamese, false).text);
        for (const fee of procedure.fees) {
          if (fee.kind !== "amount") continue;
          expect(said, procedure.code).toContain(String(fee.amount));
          if (fee.upTo) expect(said, procedure.code).toContain(String(fee.upTo));
        }
      }
      const said = numbersIn(renderProcedure(procedure, "time", vietnamese, false).text);
      for (const limit of procedure.time)
        if (limit.kind === "within") expect(said).toContain(String(limit.amount));
    }
  });
});

describe("a fee that is not known", () => {
  const FREE = /miễn|không thu|không mất|free|no charge|0 đồng|\b0 VND/i;
  const unknown: readonly Fee[] = [{ kind: "unknown" }, { kind: "local", by: "Hội đồng nhân dân cấp tỉnh" }];

  it("is said as unknown, and never as free or as an amount", () => {
    for (const wording of [vietnamese, english]) {
      for (const fee of unknown) {
        const said = wording.fee(fee);
        expect(said).not.toMatch(FREE);
        expect(said).toMatch(/chưa có thông tin|not known|no information/);
        expect(numbersIn(said)).toEqual([]);
        expect(said).not.toBe(wording.fee({ kind: "free", basis: "Thông tư 1/2026" }));
      }
    }
  });

  it("is said so in the answer of every procedure that has one", () => {
    let found = 0;
    for (const procedure of procedures) {
      for (const [, wording, inEnglish] of LANGUAGES) {
        for (const aspect of ["fee", "general"] as const) {
          const lines = renderProcedure(procedure, aspect, wording, inEnglish).text.split("\n");
          for (const fee of procedure.fees) {
            if (fee.kind !== "unknown" && fee.kind !== "local") continue;
            found++;
            const line = lines.find(
              (candidate) => candidate.startsWith("– ") && candidate.endsWith(wording.fee(fee)),
            );
            expect(line, `${procedure.code} ${aspect}`).toBeDefined();
          }
          if (procedure.fees.every((fee) => fee.kind !== "free")) {
            const free = wording.fee({ kind: "free", basis: "X" }).split("X")[0] ?? "";
            expect(
              lines.some((candidate) => candidate.startsWith("– ") && candidate.includes(`: ${free}`)),
            ).toBe(false);
          }
        }
      }
    }
    expect(found).toBeGreaterThan(0);
  });

  it("that is free names the text that says so", () => {
    for (const wording of [vietnamese, english]) {
      expect(wording.fee({ kind: "free", basis: "Thông tư 1/2026" })).toContain("Thông tư 1/2026");
    }
  });
});

describe("the end of every answer", () => {
  const endsOf = (record: Procedure | Rule, wording: Wording): readonly string[] => [
    ...(record.status === "secondary" ? [wording.card.secondary] : []),
    wording.card.checked(record.checked, record.source.name, record.source.retrieved),
    ...(record.source.url ? [record.source.url] : []),
  ];

  it.each(LANGUAGES)(
    "is the legal basis, the day checked and the link (%s)",
    (_language, wording, inEnglish) => {
      const answers = [
        ...procedures.flatMap((record) =>
          ASPECTS.map((aspect) => ({
            record,
            text: renderProcedure(record, aspect, wording, inEnglish).text,
          })),
        ),
        ...rules.map((record) => ({ record, text: renderRule(record, wording, inEnglish).text })),
      ];
      for (const { record, text } of answers) {
        const last = text.split("\n");
        const ends = endsOf(record, wording);
        expect(last.slice(-ends.length)).toEqual(ends);
        const basis = last.at(-ends.length - 1) ?? "";
        expect(basis.startsWith(wording.card.basis("").trim())).toBe(true);
        for (const { number } of record.legalBasis) expect(basis).toContain(number);
        expect(text).toContain(wording.day(record.checked));
      }
    },
  );
});

describe("an answer on a phone", () => {
  it("offers other aspects of the same procedure, never the one just shown", () => {
    for (const { code } of procedures.slice(0, 10)) {
      for (const aspect of ASPECTS) {
        const procedure = procedures.find((known) => known.code === code);
        const choices = procedure ? renderProcedure(procedure, aspect, vietnamese, false).choices : [];
        expect(choices.length).toBeGreaterThan(0);
        for (const { id, label } of choices) {
          const related = procedure?.related.some((one) => id === `p:${one.code}:general`);
          expect(related || id.startsWith(`p:${code}:`), `${code} ${id}`).toBe(true);
          expect(id).not.toBe(`p:${code}:${aspect}`);
          expect(Buffer.byteLength(id)).toBeLessThanOrEqual(64);
          expect(label).not.toBe("");
        }
      }
    }
  });

  it("has no empty, undefined or unfilled piece", () => {
    for (const procedure of procedures) {
      for (const [, wording, inEnglish] of LANGUAGES) {
        for (const aspect of ASPECTS) {
          const { text } = renderProcedure(procedure, aspect, wording, inEnglish);
          expect(text, `${procedure.code} ${aspect}`).not.toMatch(
            /undefined|null|NaN|\[object|\(\)|“”|\n\n\n|^\s|\s$/,
          );
        }
      }
    }
  });
});
