import { questionIn } from "../../src/complaints/accused.ts";
import { applyEvent, type Complaint, type Filing, type Route } from "../../src/complaints/complaint.ts";
import { fileComplaint } from "../../src/complaints/file.ts";
import { type Findings, type Guarded, guardFiling, type NewCase } from "../../src/complaints/guard.ts";
import type { RecentFilings } from "../../src/complaints/recent-filings.ts";
import { type RouteQuestion, route } from "../../src/complaints/route.ts";
import { remember } from "../../src/text/remember.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { directory, rules } from "./case.ts";

/** Thousands of cases ask the same. */
const routed = remember(100, JSON.stringify, (question: RouteQuestion): Route => route(question, directory));

/** A case as a conversation is about to file it. */
export function newCase(id: string, filing: Filing, conversation: string, now: Date): NewCase {
  const facts = {
    id,
    trackingCode: `MC-${id}`,
    conversation,
    language: "vi",
    filing,
    route: routed(questionIn(filing)),
  } as const;
  const { event, deliveries } = fileComplaint(facts, now, rules);
  if (event.type !== "filed") throw new Error("not filed");
  return { id, event, deliveries };
}

/** What the guards make of it, without anything known but what is given. */
export function guarded(filed: NewCase, findings: Partial<Findings> = {}): Guarded {
  const all = { held: 0, sameDossier: [], alike: [], ...findings };
  return guardFiling(filed, all, new Date(filed.event.at), rules, vietnamese);
}

/** A case goes through the guards as the inbox lets it. */
export function fileThrough(
  recent: RecentFilings,
  filed: NewCase,
  origin?: string,
): { readonly became: Guarded; readonly complaint: Complaint } {
  const at = new Date(filed.event.at);
  const { conversation, filing } = filed.event;
  const seen = { id: filed.id, at, conversation, filing, origin };
  const became = guarded(filed, {
    suspicion: recent.suspicionOf(seen),
    held: recent.heldBefore(at),
    alike: recent.likeOf(seen),
  });
  recent.note(seen);
  recent.observe(filed.id, became.change.events);
  return { became, complaint: folded(became) };
}

/** The case that a first change makes. */
export function folded({ change }: Guarded): Complaint {
  let complaint: Complaint | undefined;
  for (const event of change.events) complaint = applyEvent(change.id, complaint, event);
  if (!complaint) throw new Error("nothing is filed");
  return complaint;
}
