import type { Complaint } from "../complaints/complaint.ts";
import { summaryOf } from "../complaints/notice.ts";
import {
  heldUntil,
  mayModerate,
  moderate,
  type Verdict,
  type VerdictRefusal,
  wholeText,
} from "../complaints/quarantine.ts";
import type { Official } from "../store/store.ts";
import { fold } from "../text/fold.ts";
import { official as words } from "../wording/official.ts";
import { type CaseParts, changeCase } from "./act.ts";
import type { InboxParts } from "./parts.ts";

/** Lines of a list. */
const LISTED = 20;
/** Cases decided on at once: they share the journal's syncs. */
const LANES = 32;

type Parts = Pick<InboxParts, "store" | "guide" | "clock" | "nudge" | "log">;

/** What is held back and this official may see, oldest first; one line for those of the very same text. */
export async function heldBackList(who: Official, parts: Parts): Promise<string> {
  const cases = await heldBackFor(who, parts);
  if (cases.length === 0) return words.guards.none;
  const groups = new Map<string, Complaint[]>();
  for (const complaint of cases) {
    const key = textKey(complaint);
    const group = groups.get(key);
    if (group) group.push(complaint);
    else groups.set(key, [complaint]);
  }
  const lines = [...groups.values()].slice(0, LISTED).map((group) => lineOf(group, parts));
  return words.guards.list(cases.length, lines);
}

/** One case in full, as far as needed to decide on it. */
export async function heldBackCase(trackingCode: string, who: Official, parts: Parts): Promise<string> {
  const complaint = await parts.store.complaintByCode(trackingCode);
  if (!complaint || !mayModerate(complaint, who, parts.guide.rules)) return words.unknownCase;
  const held = complaint.events.findLast((event) => event.type === "quarantined");
  if (complaint.status !== "quarantined" || !held) return words.guards.notHeldBack;
  const { filing } = complaint;
  return words.guards.whole(trackingCode, held.suspicion, summaryOf(filing), wholeText(complaint));
}

/**
 * Decides on a case that is held back, or on all of the very same text, which were seen with it.
 * @throws NotSaved; what was decided before that stays decided
 */
export async function decideHeldBack(
  command: { readonly trackingCode: string; readonly verdict: Verdict; readonly likewise: boolean },
  who: Official,
  parts: Parts,
): Promise<string> {
  const { trackingCode, verdict, likewise } = command;
  const named = await parts.store.complaintByCode(trackingCode);
  if (!named || !mayModerate(named, who, parts.guide.rules)) return words.unknownCase;
  const refused = await decideOne(named, who, verdict, parts);
  if (refused) return refusalOf(refused);
  const count = 1 + (likewise ? await decideAlike(named, who, verdict, parts) : 0);
  parts.nudge();
  return words.guards[verdict.action === "release" ? "released" : "rejected"](count, trackingCode);
}

/** All others of the very same text; resolves with their number. */
async function decideAlike(named: Complaint, who: Official, verdict: Verdict, parts: Parts): Promise<number> {
  const key = textKey(named);
  const rest = (await heldBackFor(who, parts)).filter((complaint) => textKey(complaint) === key).values();
  let count = 0;
  const lane = async (): Promise<void> => {
    for (const complaint of rest)
      if ((await decideOne(complaint, who, verdict, parts)) === undefined) count++;
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return count;
}

async function decideOne(
  { id }: Complaint,
  who: Official,
  verdict: Verdict,
  { store, guide, clock, log }: Parts,
): Promise<VerdictRefusal | undefined> {
  const by = { agency: who.agency, via: "chat", person: who.sender } as const;
  const quietly: Pick<CaseParts, "store" | "nudge"> = { store, nudge: () => undefined };
  const changed = await changeCase<VerdictRefusal>(
    () => store.complaint(id),
    (complaint) => moderate(complaint, by, verdict, clock(), guide.rules, guide.wordings[complaint.language]),
    quietly,
  );
  if (changed.kind === "refused") return changed.refusal;
  if (changed.kind === "unknown") return "unknown";
  log("info", "moderation", { complaint: id, agency: who.agency, kind: verdict.action });
  return undefined;
}

async function heldBackFor(who: Official, { store, guide }: Parts): Promise<Complaint[]> {
  const open = await store.openComplaints();
  return open.filter(
    (complaint) => complaint.status === "quarantined" && mayModerate(complaint, who, guide.rules),
  );
}

function lineOf(group: readonly Complaint[], { guide }: Parts): string {
  const [first] = group;
  if (!first) return "";
  const lane = first.events.findLast((event) => event.type === "quarantined")?.lane;
  const until = heldUntil(first, guide.rules);
  const { trackingCode, filing } = first;
  return words.guards.line(trackingCode, summaryOf(filing), until, group.length, lane === "custodian");
}

/** The very same text about the very same unit. */
function textKey({ filing }: Complaint): string {
  return JSON.stringify([filing.kind, filing.about?.id ?? filing.about?.name, fold(filing.text)]);
}

function refusalOf(refusal: VerdictRefusal): string {
  switch (refusal) {
    case "unknown":
      return words.unknownCase;
    case "not-held-back":
      return words.guards.notHeldBack;
    case "own-rejection":
      return words.guards.ownRejection;
    case "empty":
      return words.usage.reject;
  }
}
