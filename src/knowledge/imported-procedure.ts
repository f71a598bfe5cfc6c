import { z } from "zod";
import { Document, Fee, TimeLimit, Way } from "./procedure.ts";
import { Day, LegalBasis, Text } from "./source.ts";

const [amount, free, local, unknown] = Fee.options;

/** A fee as the portal states it: with the portal's own words beside what could be read from them. */
export const ImportedFee = z.discriminatedUnion("kind", [
  amount,
  free,
  /** `note`: what else the portal says, for example who pays nothing. */
  local.extend({ note: Text.optional() }),
  unknown.extend({ label: Text.optional() }),
]);
export type ImportedFee = z.infer<typeof ImportedFee>;

const Texts = z.array(Text).default([]);

/**
 * One procedure of the national catalogue (Cổng Dịch vụ công quốc gia), cleaned by `motcua import` and not yet compared
 * by a person. What the portal does not state is absent or `unknown`, never guessed. An empty list means that the portal
 * lists nothing, not that nothing is needed.
 */
export const ImportedProcedure = z.strictObject({
  code: z.string().regex(/^\d\.\d{6}$/),
  /** The official name, exact. */
  name: Text,
  sector: Text,
  level: z.array(z.enum(["commune", "province", "ministry", "other"])).default([]),
  /** The agency that carries it out, as the portal names it. */
  agency: Text.optional(),
  /** The province that issued it, for a procedure that exists in that province only. */
  province: Text.optional(),
  /** Who may ask for it, in the portal's words. */
  audience: Texts,
  documents: z.array(Document).default([]),
  /** What the portal writes among the papers although it is no paper (“Lưu ý”). */
  remarks: Texts,
  time: z.array(TimeLimit).min(1),
  fees: z.array(ImportedFee).min(1),
  ways: z.array(z.strictObject({ way: Way, note: Text.optional() })).default([]),
  /** Where the dossier is received, when the portal says so. */
  where: Text.optional(),
  steps: Texts,
  result: Texts,
  conditions: Texts,
  legalBasis: z.array(LegalBasis).default([]),
  url: z.url({ protocol: /^https?$/ }),
  /** The day on which the portal says that it last changed it. */
  updated: Day.optional(),
  /** The day of the copy that was imported. */
  retrieved: Day,
});
export type ImportedProcedure = z.infer<typeof ImportedProcedure>;
