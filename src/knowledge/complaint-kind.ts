import { z } from "zod";

/** What a complaint (phản ánh, kiến nghị) is about. */
export const ComplaintKind = z.enum([
  "harassment",
  "bribe",
  "late",
  "extra_documents",
  "overcharge",
  "attitude",
  "refusal",
  "praise",
  "suggestion",
  "other",
]);
export type ComplaintKind = z.infer<typeof ComplaintKind>;
