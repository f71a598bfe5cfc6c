import type { Context } from "hono";
import { type Complaint, evidenceOf } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import { opensTo } from "../complaints/handles.ts";
import type { EvidenceStore } from "../evidence/evidence.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Store } from "../store/store.ts";
import { sizeOf } from "../wording/official-evidence.ts";
import { web as words } from "../wording/web.ts";
import type { EvidenceAsked, EvidenceLinks } from "./evidence-links.ts";

export type EvidenceParts = {
  readonly store: Pick<Store, "complaint">;
  readonly files: Pick<EvidenceStore, "get">;
  readonly links: EvidenceLinks;
  readonly rules: Reach;
  readonly clock: () => Date;
};

type Reach = Pick<Rules, "directory" | "contactsOf">;

/** A file of a case as the desk lists it. */
export type ListedFile = { readonly name: string; readonly size: string; readonly url: string };

/** The files of a case for an agency that handles it; none for any other. */
export function listFiles(
  complaint: Complaint,
  agency: string,
  rules: Reach,
  urlOf: (asked: EvidenceAsked) => string,
): ListedFile[] {
  if (!opensTo(complaint, agency, rules)) return [];
  return evidenceOf(complaint).map(({ id, name, size }) => {
    const url = urlOf({ id, complaint: complaint.id, agency });
    return { name, size: sizeOf(size), url };
  });
}

/** Hands a file out to the agency that handles its case now; all else is told as if there were nothing. */
export async function giveEvidence(c: Context, parts: EvidenceParts): Promise<Response> {
  c.header("Cache-Control", "no-store");
  const gone = (): Response => c.json({ error: words.noEvidence }, 404);
  const query = (name: string): string => c.req.query(name) ?? "";
  const asked = parts.links.open(
    c.req.param("id") ?? "",
    { c: query("c"), a: query("a"), d: query("d"), s: query("s") },
    dayInVietnam(parts.clock()),
  );
  const complaint = asked && (await parts.store.complaint(asked.complaint));
  if (!complaint || !opensTo(complaint, asked.agency, parts.rules)) return gone();
  const kept = evidenceOf(complaint).find(({ id }) => id === asked?.id);
  const bytes = kept && (await parts.files.get(complaint.id, kept));
  if (!kept || !bytes) return gone();
  return c.body(Buffer.from(bytes), 200, {
    // Pictures were cleaned and are looked at; what was kept as it came is only handed over.
    "Content-Type": kept.type.startsWith("image/") ? kept.type : "application/octet-stream",
    "Content-Disposition": `${kept.type.startsWith("image/") ? "inline" : "attachment"}; filename="${kept.name}"`,
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
  });
}
