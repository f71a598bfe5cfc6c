import type { Context } from "hono";
import { z } from "zod";
import type { Actor, Complaint } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import type { Act } from "../complaints/progress.ts";
import type { Acted } from "../inbox/act.ts";
import type { ReplyTemplate } from "../knowledge/reply-template.ts";
import type { Log } from "../log.ts";
import { maySee } from "../officials/access.ts";
import { composeAnswer, missingParts } from "../officials/answer-form.ts";
import { actorOf, viewOf } from "../officials/desk.ts";
import { refusalText } from "../officials/refusals.ts";
import { templatesFor, unready } from "../officials/reply-templates.ts";
import { doneSince, timeLine } from "../officials/time-line.ts";
import type { Official, Store } from "../store/store.ts";
import { trackingCodeIn } from "../understanding/codes.ts";
import { desk as words } from "../wording/desk.ts";
import { official as officialWords } from "../wording/official.ts";
import type { ListedFile } from "./evidence.ts";
import { jsonOf } from "./json-body.ts";
import { actOf, OfficialReply } from "./official-reply.ts";

export type DeskActParts = {
  /** The files of a case, with addresses that open for this agency. */
  readonly filesFor: (complaint: Complaint, agency: string) => readonly ListedFile[];
  readonly store: Pick<Store, "complaint" | "complaintByCode">;
  readonly rules: Rules;
  readonly templates: readonly ReplyTemplate[];
  /** Does an official's act on the case that `find` gives. */
  readonly act: (find: () => Promise<Complaint | undefined>, by: Actor, act: Act) => Promise<Acted>;
  readonly clock: () => Date;
  readonly log: Log;
};

/** Longest text to a person, in characters. */
const LONGEST = 4000;
const Part = z.string().max(LONGEST).exactOptional();
const DeskAct = OfficialReply.extend({
  /** The revision that the official has seen. */
  revision: z.int().positive(),
  /** The parts of an answer, instead of one text. */
  form: z.strictObject({ found: Part, done: Part, basis: Part, next: Part }).optional(),
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
    return complaint && maySee(complaint, who, parts.rules.directory) ? complaint : undefined;
  };
  const seen = await find();
  if (!seen) return c.json({ error: officialWords.unknownCase }, 404);
  const parsed = DeskAct.safeParse(await jsonOf(c));
  if (!parsed.success) return c.json({ error: words.badRequest }, 400);
  const read = actRead(parsed.data, seen, who, parts);
  if ("error" in read) return c.json(read, 400);
  return perform(c, { who, find, deed: read.deed, revision: parsed.data.revision }, parts);
}

type Wish = {
  readonly who: Official;
  readonly find: () => Promise<Complaint | undefined>;
  readonly deed: Act;
  readonly revision: number;
};

async function perform(
  c: Context,
  { who, find, deed, revision }: Wish,
  parts: DeskActParts,
): Promise<Response> {
  const { directory } = parts.rules;
  let changed: string | undefined;
  // Looked at in the same turn in which it is decided, so that nobody can come in between.
  const unchanged = async (): Promise<Complaint | undefined> => {
    const complaint = await find();
    changed = complaint && changeSince(complaint, revision, parts.rules);
    return changed === undefined ? complaint : undefined;
  };
  const acted = await parts.act(unchanged, actorOf(who), deed);
  const fresh = await find();
  const view = fresh && {
    ...viewOf(fresh, who, parts.clock(), parts.rules, parts.templates),
    files: parts.filesFor(fresh, who.agency),
  };
  if (acted.kind === "done") {
    parts.log("info", "official act", {
      complaint: acted.complaint.id,
      agency: who.agency,
      kind: deed.action,
    });
    return c.json({ done: words.done, case: view });
  }
  if (acted.kind === "refused") {
    const target = deed.action === "transfer" ? agencyName(deed.to, directory) : "";
    return c.json({ error: refusalText(acted.refusal, target, acted.last), case: view }, 409);
  }
  return changed === undefined
    ? c.json({ error: officialWords.unknownCase }, 404)
    : c.json({ error: changed, changed: true, case: view }, 409);
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

/** The act that was filled in, or what is missing or not ready in it. */
function actRead(
  sent: DeskAct,
  complaint: Complaint,
  who: Official,
  { templates, rules, clock }: DeskActParts,
): { readonly deed: Act } | { readonly error: string } {
  const missing = sent.action === "answer" ? missingParts(sent.form ?? {}) : [];
  if (missing.length > 0) return { error: words.missing(missing) };
  const { form: _parts, revision: _seen, ...reply } = sent;
  const text = sent.action === "answer" ? composeAnswer(sent.form ?? {}) : (sent.text ?? "");
  if (text.length > LONGEST) return { error: officialWords.tooLong };
  const problem = unready(text, templatesFor(complaint, who.agency, templates, rules.directory));
  if (problem) return { error: problem };
  const deed = actOf({ ...reply, text }, clock());
  return deed ? { deed } : { error: lackOf(sent, text) };
}

function lackOf({ action, to }: DeskAct, text: string): string {
  if (action === "transfer" && !to) return words.agencyMissing;
  if (text.trim() === "") return officialWords.empty;
  return action === "extend" ? words.dayMissing : words.badRequest;
}
