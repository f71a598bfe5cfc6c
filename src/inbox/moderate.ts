import type { Actor, Complaint } from "../complaints/complaint.ts";
import { summaryOf } from "../complaints/notice.ts";
import {
  heldUntil,
  mayModerate,
  moderate,
  sameTextKey,
  type Verdict,
  type VerdictRefusal,
  wholeText,
} from "../complaints/quarantine.ts";
import { verdictRefusalText } from "../officials/refusals.ts";
import type { Official } from "../store/store.ts";
import { clean } from "../text/clean.ts";
import { official as words } from "../wording/official.ts";
import { officialChat } from "../wording/official-chat.ts";
import { type CaseParts, type Changed, changeCase } from "./act.ts";
import type { Hearing } from "./official-act.ts";
import type { InboxParts } from "./parts.ts";

/** Lines of a list. */
const LISTED = 20;
/** Cases decided on at once: they share the journal's syncs. */
const LANES = 32;

type Parts = Pick<InboxParts, "store" | "guide" | "clock" | "nudge" | "log">;

/** What is held back and this official may see, oldest first; one line for those of the very same text. */
export async function heldBackList({ who, message, parts }: Hearing): Promise<string> {
  const cases = await heldBackFor(who, parts);
  if (cases.length === 0) return words.guards.none;
  const groups = new Map<string, Complaint[]>();
  for (const complaint of cases) {
    const key = sameTextKey(complaint);
    const group = groups.get(key);
    if (group) group.push(complaint);
    else groups.set(key, [complaint]);
  }
  const lines = [...groups.values()].slice(0, LISTED).map((group) => lineOf(group, message.privately, parts));
  return words.guards.list(cases.length, lines);
}

/** One case in full, as far as needed to decide on it; in a group, where others read along, its code alone. */
export async function heldBackCase(trackingCode: string, { who, message, parts }: Hearing): Promise<string> {
  const complaint = await parts.store.complaintByCode(trackingCode);
  if (!complaint || !mayModerate(complaint, who, parts.guide.rules)) return words.unknownCase;
  const held = complaint.events.findLast((event) => event.type === "quarantined");
  if (complaint.status !== "quarantined" || !held) return words.guards.notHeldBack;
  if (!message.privately) return officialChat.card.inGroup;
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
  if (refused) return verdictRefusalText(refused);
  const count = 1 + (likewise ? await decideAlike(named, who, verdict, parts) : 0);
  parts.nudge();
  return words.guards[verdict.action === "release" ? "released" : "rejected"](count, trackingCode);
}

/** All others of the very same text; resolves with their number. */
async function decideAlike(named: Complaint, who: Official, verdict: Verdict, parts: Parts): Promise<number> {
  const key = sameTextKey(named);
  const rest = (await heldBackFor(who, parts)).filter((complaint) => sameTextKey(complaint) === key).values();
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
  parts: Parts,
): Promise<VerdictRefusal | undefined> {
  const { agency, role, sender } = who;
  const by = { agency, via: "chat", person: sender, role } as const;
  const quietly = { ...parts, nudge: () => undefined };
  const changed = await performVerdict(() => parts.store.complaint(id), by, verdict, quietly);
  if (changed.kind === "refused") return changed.refusal;
  if (changed.kind === "unknown") return "unknown";
  parts.log("info", "moderation", { complaint: id, agency, kind: verdict.action });
  return undefined;
}

/**
 * Decides on the case that `find` gives, which is held back.
 * @throws NotSaved
 */
export function performVerdict(
  find: () => Promise<Complaint | undefined>,
  by: Actor,
  verdict: Verdict,
  parts: CaseParts,
): Promise<Changed<VerdictRefusal>> {
  const { clock, guide } = parts;
  // A person reads the reason: no control or direction marks.
  const said = verdict.action === "reject" ? { ...verdict, text: clean(verdict.text) } : verdict;
  return changeCase<VerdictRefusal>(
    find,
    (complaint) => moderate(complaint, by, said, clock(), guide.rules, guide.wordings[complaint.language]),
    parts,
  );
}

async function heldBackFor(who: Official, { store, guide }: Parts): Promise<Complaint[]> {
  const open = await store.openComplaints();
  return open.filter(
    (complaint) => complaint.status === "quarantined" && mayModerate(complaint, who, guide.rules),
  );
}

function lineOf(group: readonly Complaint[], privately: boolean, { guide }: Parts): string {
  const [first] = group;
  if (!first) return "";
  const lane = first.events.findLast((event) => event.type === "quarantined")?.lane;
  const until = heldUntil(first, guide.rules);
  const { trackingCode, filing } = first;
  return words.guards.line(
    trackingCode,
    privately ? summaryOf(filing) : undefined,
    until,
    group.length,
    lane === "custodian",
  );
}
