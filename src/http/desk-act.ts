import type { Context } from "hono";
import { z } from "zod";
import type { Actor, Complaint } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import type { Act } from "../complaints/progress.ts";
import type { Verdict, VerdictRefusal } from "../complaints/quarantine.ts";
import type { Directory } from "../complaints/route.ts";
import type { Step } from "../complaints/tell.ts";
import type { Acted, Changed } from "../inbox/act.ts";
import { personFor } from "../inbox/known-person.ts";
import type { Log } from "../log.ts";
import { maySee } from "../officials/access.ts";
import { actorOf, viewOf } from "../officials/desk.ts";
import { doneText } from "../officials/done.ts";
import { refusalText, verdictRefusalText } from "../officials/refusals.ts";
import { doneSince, timeLine } from "../officials/time-line.ts";
import type { Official, Store } from "../store/store.ts";
import { trackingCodeIn } from "../understanding/codes.ts";
import { desk as words } from "../wording/desk.ts";
import { official as officialWords } from "../wording/official.ts";
import type { ListedFile } from "./evidence.ts";
import { jsonOf } from "./json.ts";
import { actOf, OfficialReply, textIn } from "./official-reply.ts";

export type DeskActParts = {
  /** The files of a case, with addresses that open for this agency. */
  readonly filesFor: (complaint: Complaint, agency: string) => readonly ListedFile[];
  readonly store: Pick<Store, "complaint" | "complaintByCode" | "identity">;
  readonly rules: Rules;
  /** Does an official's act on the case that `find` gives. */
  readonly act: (find: () => Promise<Complaint | undefined>, by: Actor, act: Act) => Promise<Acted>;
  /** Decides on the case that `find` gives, which is held back. */
  readonly moderate: (
    find: () => Promise<Complaint | undefined>,
    by: Actor,
    verdict: Verdict,
  ) => Promise<Changed<VerdictRefusal>>;
  readonly clock: () => Date;
  readonly log: Log;
};

/** An answer comes in its parts only; the acts go by their own names. */
const DeskAct = OfficialReply.extend({
  /** The revision that the official has seen. */
  revision: z.int().positive(),
  action: z.enum([
    ...OfficialReply.shape.action.exclude(["identity"]).options,
    "ask-identity",
    "approve-identity",
    "release",
    "reject",
  ]),
});
type DeskAct = z.infer<typeof DeskAct>;

/** An act from the desk: done on the case as the official saw it, or refused with a sentence and the case as it is. */
export async function takeDeskAct(
  c: Context,
  who: Official,
  code: string,
  parts: DeskActParts,
): Promise<Response> {
  const find = async (): Promise<Complaint | undefined> => {
    const complaint = await parts.store.complaintByCode(trackingCodeIn(code) ?? "");
    return complaint && maySee(complaint, who, parts.rules) ? complaint : undefined;
  };
  const seen = await find();
  if (!seen) return c.json({ error: officialWords.unknownCase }, 404);
  const parsed = DeskAct.safeParse(await jsonOf(c));
  if (!parsed.success) return c.json({ error: words.badRequest }, 400);
  const read = actRead(parsed.data, parts.clock());
  if ("error" in read) return c.json(read, 400);
  return perform(c, { who, find, deed: read.deed, revision: parsed.data.revision }, parts);
}

type Wish = {
  readonly who: Official;
  readonly find: () => Promise<Complaint | undefined>;
  readonly deed: Act | Verdict;
  readonly revision: number;
};

async function perform(
  c: Context,
  { who, find, deed, revision }: Wish,
  parts: DeskActParts,
): Promise<Response> {
  let changed: string | undefined;
  // Looked at in the same turn in which it is decided, so that nobody can come in between.
  const unchanged = async (): Promise<Complaint | undefined> => {
    const complaint = await find();
    changed = complaint && changeSince(complaint, revision, parts.rules);
    return changed === undefined ? complaint : undefined;
  };
  const acted = await decide(unchanged, actorOf(who), deed, parts);
  const fresh = await find();
  const person = fresh && (await personFor(fresh, who.agency, parts.store));
  const view = fresh
    ? {
        ...viewOf(fresh, person, who, parts.clock(), parts.rules),
        files: parts.filesFor(fresh, who.agency),
      }
    : null;
  if (acted.kind === "done") {
    parts.log("info", "official act", {
      complaint: acted.complaint.id,
      agency: who.agency,
      kind: deed.action,
    });
    const { trackingCode } = acted.complaint;
    const done = doneOf(deed, acted.step, trackingCode, parts.rules.directory);
    return c.json({ done, case: view });
  }
  if (acted.kind === "refused") return c.json({ error: acted.why, case: view }, 409);
  return changed === undefined
    ? c.json({ error: officialWords.unknownCase }, 404)
    : c.json({ error: changed, changed: true, case: view }, 409);
}

function doneOf(deed: Act | Verdict, step: Step, code: string, directory: Directory): string {
  switch (deed.action) {
    case "release":
      return officialWords.guards.released(1, code);
    case "reject":
      return officialWords.guards.rejected(1, code);
    default:
      return doneText(deed, step, code, directory);
  }
}

/** Done, or why not, in a sentence. */
async function decide(
  find: () => Promise<Complaint | undefined>,
  by: Actor,
  deed: Act | Verdict,
  { act, moderate, rules }: DeskActParts,
): Promise<Exclude<Acted, { kind: "refused" }> | { readonly kind: "refused"; readonly why: string }> {
  if (deed.action === "release" || deed.action === "reject") {
    const moderated = await moderate(find, by, deed);
    return moderated.kind === "refused"
      ? { kind: "refused", why: verdictRefusalText(moderated.refusal) }
      : moderated;
  }
  const acted = await act(find, by, deed);
  if (acted.kind !== "refused") return acted;
  const target = deed.action === "transfer" ? agencyName(deed.to, rules.directory) : "";
  return { kind: "refused", why: refusalText(acted.refusal, target, acted) };
}

/** What others did since; undefined when nobody did anything. */
function changeSince(complaint: Complaint, revision: number, { directory }: Rules): string | undefined {
  const done = doneSince(complaint, revision);
  const answered = done.findLast((event) => event.type === "answered");
  if (answered) {
    const [told] = timeLine([answered], directory);
    return words.answeredMeanwhile(agencyName(answered.by.agency, directory), told?.when ?? "");
  }
  const last = timeLine(done, directory).at(-1);
  return last && words.changedMeanwhile(last.what, last.when);
}

/** The act that was filled in, or what is missing in it. */
function actRead(sent: DeskAct, now: Date): { readonly deed: Act | Verdict } | { readonly error: string } {
  const { action, ...rest } = sent;
  if (action === "release") return { deed: { action } };
  if (action === "reject") return { deed: { action, text: sent.text ?? "" } };
  const written = textIn({ form: {}, ...rest, action });
  if ("error" in written) return written;
  const { text } = written;
  const deed = actOf({ ...rest, action }, text, now);
  return deed ? { deed } : { error: lackOf(sent, text) };
}

function lackOf({ action, to }: DeskAct, text: string): string {
  if (action === "transfer" && !to) return words.agencyMissing;
  if (text.trim() === "") return officialWords.empty;
  return action === "extend" ? words.dayMissing : words.badRequest;
}
