import { z } from "zod";
import { dossierFacts, TAKEN_OUT } from "../wording/official.ts";
import { paperWording as words } from "../wording/paper.ts";
import type { Authority, FormalWay } from "./authority.ts";
import type { Filing } from "./complaint.ts";
import { composeNotice } from "./notice.ts";
import type { Person } from "./person.ts";

/**
 * A paper to print and sign, drafted from what was told: nothing of it is filed. What is absent is left as a dotted line
 * to be filled in by hand. Plain stored data.
 */
export const Paper = z.object({
  way: z.enum(["complaint", "denunciation"]),
  /** Who decides. */
  to: z.string().optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
  /** The unit or official complained about. */
  against: z.string().optional(),
  place: z.string().optional(),
  /** What happened, in the person's own words; one paragraph each. */
  story: z.array(z.string()),
  /** Dossier, days and what was worked out of them, a line each. */
  facts: z.array(z.string()),
  requests: z.array(z.string()),
  enclosures: z.array(z.string()),
  /** ISO instant of the draft. */
  madeAt: z.string(),
});
export type Paper = z.infer<typeof Paper>;

/** Drafts the paper. A contact detail taken out of the story stays out of it. */
export function draftPaper(
  way: FormalWay,
  filing: Filing,
  person: Person | undefined,
  authority: Authority | undefined,
  now: Date,
): Paper {
  const story = filing.text
    .split("\n")
    .map((part) => part.replaceAll(TAKEN_OUT, "……"))
    .filter(Boolean);
  const notice = composeNotice({ id: "", case: "", filing, due: "" }, "filed", { id: "", name: "" });
  return {
    way,
    ...(authority && { to: authority.to }),
    ...(person && { name: person.name }),
    ...(person?.phone && { phone: person.phone }),
    ...(filing.about && { against: filing.about.name }),
    ...(filing.place && { place: filing.place.name }),
    story,
    facts: [
      ...(filing.submittedOn ? [words.submitted(filing.submittedOn)] : []),
      ...(filing.promisedDate ? [words.promised(filing.promisedDate)] : []),
      ...dossierFacts(notice),
    ],
    requests: way === "complaint" ? words.complaintRequests(filing.kind) : words.denunciationRequests,
    enclosures: [
      ...(filing.dossierCode || filing.promisedDate ? [words.slip] : []),
      ...(filing.supplements ? [words.supplementSlip] : []),
    ],
    madeAt: now.toISOString(),
  };
}
