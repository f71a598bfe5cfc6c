import { z } from "zod";
import { Asked } from "./phrasings.ts";
import { Day, LegalBasis, Source, Status, Text } from "./source.ts";

/** Ways to file (cách thức nộp hồ sơ): at the counter, by public post, online (Cổng DVCQG, VNeID). */
export const Way = z.enum(["counter", "post", "online"], "a way is counter, post or online");
export type Way = z.infer<typeof Way>;

const Code = z.string().regex(/^\d\.\d{6}$/, 'write the national code in quotes, as "1.001193"');

const Ways = z.array(Way).min(1, "name at least one way, or leave ways out when it holds for all").optional();

/** One paper of the dossier (hồ sơ). `name` is exact; `plain` says it as a neighbour would. */
export const Document = z.strictObject({
  name: Text,
  plain: Text.optional(),
  /** `submit` is handed in; `present` (xuất trình) is only shown and given back. */
  hand: z.enum(["submit", "present"], "hand is submit or present").default("submit"),
  originals: z.int().nonnegative().optional(),
  copies: z.int().nonnegative().optional(),
  form: Text.optional(),
  /** The case in which it is needed; absent: always. */
  when: Text.optional(),
});
export type Document = z.infer<typeof Document>;

/** A paper that people bring although the State already has the data. */
const NotNeeded = z.strictObject({ what: Text, why: Text });

export const TimeUnit = z.enum(
  ["working-day", "day", "working-hour", "hour", "month"],
  "unit is working-day, day, working-hour, hour or month",
);
export type TimeUnit = z.infer<typeof TimeUnit>;

/** Time limit (thời hạn giải quyết) in typed form, by way of filing and case. */
export const TimeLimit = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("within"),
      amount: z.int().positive(),
      unit: TimeUnit,
      /** What starts the clock; absent: a complete and valid dossier is received (NĐ 118/2025 Đ.17.3). */
      from: Text.optional(),
      ways: Ways,
      when: Text.optional(),
      note: Text.optional(),
    }),
    z.strictObject({
      kind: z.literal("same-day"),
      /** Received later than this hour: the next working day. */
      cutoff: z
        .string()
        .regex(/^\d{2}:\d{2}$/, "write the hour as 15:00")
        .optional(),
      ways: Ways,
      when: Text.optional(),
    }),
    z.strictObject({ kind: z.literal("on-the-spot"), ways: Ways, when: Text.optional() }),
    z.strictObject({ kind: z.literal("unknown"), note: Text.optional(), ways: Ways, when: Text.optional() }),
  ],
  "a time limit needs kind: within, same-day, on-the-spot or unknown",
);
export type TimeLimit = z.infer<typeof TimeLimit>;

/** Fee (phí, lệ phí) in Vietnamese đồng. A zero without a basis is `unknown`, never `free`. */
export const Fee = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("amount"),
      amount: z.int().positive("a fee of 0 is either free (with basis) or unknown"),
      /** Absent: Vietnamese đồng. */
      currency: z.literal("USD").optional(),
      /** Upper end where the fee is a range. */
      upTo: z.int().positive().optional(),
      /** What one amount pays for, for example "bản", "trang". */
      per: Text.optional(),
      label: Text.optional(),
      ways: Ways,
      when: Text.optional(),
      note: Text.optional(),
    }),
    z.strictObject({
      kind: z.literal("free"),
      /** The text that says so; required. */
      basis: Text,
      label: Text.optional(),
      ways: Ways,
      when: Text.optional(),
    }),
    /** Decided by another body (usually the provincial People's Council); the amount is not known here. */
    z.strictObject({
      kind: z.literal("local"),
      label: Text.optional(),
      by: Text,
      ways: Ways,
      when: Text.optional(),
    }),
    z.strictObject({ kind: z.literal("unknown"), note: Text.optional(), ways: Ways, when: Text.optional() }),
  ],
  "a fee needs kind: amount, free, local or unknown",
);
export type Fee = z.infer<typeof Fee>;

/** Another procedure and when it is the one to take; `code` only when that record exists here. */
const Neighbour = z.strictObject({ when: Text, code: Code.optional(), name: Text });

/** A fact that deliberately differs from the national catalogue, and why. */
const Difference = z.strictObject({
  fact: z.enum(
    ["time", "fees", "documents", "level", "name"],
    "fact is time, fees, documents, level or name",
  ),
  why: Text,
});

/** One administrative procedure (thủ tục hành chính), curated. Facts from the source only; unknown is left out. */
export const Procedure = z.strictObject({
  code: Code,
  /** Older or parallel codes of the same procedure in the national catalogue. */
  sameAs: z.array(Code).default([]),
  /** The official name, exact. */
  name: Text,
  /** Short plain name that stands on buttons, at most 60 characters. */
  title: Text.pipe(z.string().max(60, "shorten the title to 60 characters")),
  /** English name, for people who ask in English. */
  english: Text,
  /** Everyday names people use for it. */
  says: z.array(Text).min(3, "give at least 3 everyday names"),
  /** Whole questions or sentences as people type them. */
  phrasings: z.array(Text).min(8, "give at least 8 phrasings"),
  asked: Asked.default("often"),
  sector: Text,
  level: z.array(z.enum(["commune", "province", "ministry", "other"])).min(1),
  /** Kind of the agency that decides; an id of knowledge/agencies/kinds.yaml. */
  agencyKind: Text,
  audience: z
    .array(z.enum(["citizen", "overseas-vietnamese", "foreigner", "business", "organisation"]))
    .min(1),
  documents: z.array(Document),
  notNeeded: z.array(NotNeeded).default([]),
  time: z.array(TimeLimit).min(1, "say kind: unknown when the time limit is not known"),
  fees: z.array(Fee).min(1, "say kind: unknown when the fee is not known"),
  ways: z.array(z.strictObject({ way: Way, note: Text.optional() })).min(1),
  /** Where to go, in plain words. */
  where: Text,
  steps: z.array(Text).min(1),
  result: z.array(Text).min(1),
  conditions: z.array(Text).default([]),
  /** What people do wrong, and how to do it right. */
  mistakes: z.array(Text).default([]),
  /** Neighbours that people confuse with this one. */
  variants: z.array(Neighbour).default([]),
  /** What people do before, along with or after it. */
  related: z.array(Neighbour).default([]),
  /** Remarks a careful clerk would add; also what is not known. */
  notes: z.array(Text).default([]),
  /** Where it is meant to differ from the catalogue; `check` tells every other difference. */
  differs: z.array(Difference).default([]),
  legalBasis: z.array(LegalBasis).min(1),
  source: Source,
  checked: Day,
  status: Status,
});
export type Procedure = z.infer<typeof Procedure>;
