import type { Context } from "hono";
import type { Actor, Complaint } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import { type Act, mayNot } from "../complaints/refusal.ts";
import type { Acted } from "../inbox/act.ts";
import { personFor } from "../inbox/known-person.ts";
import { isProposal } from "../officials/done.ts";
import { findTarget, listAgencies } from "../officials/find-agency.ts";
import { refusalText } from "../officials/refusals.ts";
import { replyViewOf } from "../officials/reply-view.ts";
import type { Store } from "../store/store.ts";
import { official as officialWords } from "../wording/official.ts";
import { web as words } from "../wording/web.ts";
import { bearerOf } from "./bearer.ts";
import { jsonOf } from "./json.ts";
import { actOf, OfficialReply, textIn } from "./official-reply.ts";
import type { RateLimits } from "./rate-limit.ts";
import { tooMany, wrongSecret } from "./refuse.ts";
import type { ReplyLinks } from "./reply-links.ts";

export type ReplyParts = {
  readonly replyLinks: ReplyLinks;
  readonly store: Pick<Store, "complaint" | "identity">;
  readonly rules: Rules;
  /** Does an agency's act on a case. */
  readonly act: (
    complaint: string,
    agency: string,
    via: "webhook" | "email-link",
    act: Act,
  ) => Promise<Acted>;
  readonly limits: RateLimits;
  readonly addressOf: (context: Context) => string;
  readonly clock: () => Date;
};

/** Characters read of what is searched for. */
const LONGEST_SEARCH = 100;

/** The case that a link opens, for the agency that it was given to. */
export async function showReply(c: Context, parts: ReplyParts): Promise<Response> {
  return looked(c, parts, async (complaint, by) => {
    const person = await personFor(complaint, by.agency, parts.store);
    const view = replyViewOf(complaint, person, by, parts.clock(), parts.rules);
    return "refused" in view ? c.json({ error: refusalText(view.refused, "", view) }, 409) : c.json(view);
  });
}

/** Agencies that can take the case, for a name that is still being typed. */
export async function searchReplyAgencies(c: Context, parts: ReplyParts): Promise<Response> {
  return looked(c, parts, (complaint, by) => {
    const refused = mayNot(complaint, by, "transfer", parts.clock(), parts.rules);
    if (refused) return c.json({ error: refusalText(refused.refused, "", refused) }, 409);
    const typed = (c.req.query("q") ?? "").slice(0, LONGEST_SEARCH);
    const agencies = listAgencies(typed, complaint, parts.rules).map(({ id, name }) => ({ id, name }));
    return c.json({ agencies });
  });
}

async function looked(
  c: Context,
  parts: ReplyParts,
  show: (complaint: Complaint, by: Actor) => Response | Promise<Response>,
): Promise<Response> {
  c.header("Cache-Control", "no-store");
  const id = c.req.param("id") ?? "";
  const opened = parts.replyLinks.open(id, bearerOf(c));
  if (!opened) return wrongSecret(c, parts, words.badToken);
  const seconds = await parts.limits.look(`reply ${id}`);
  if (seconds > 0) return tooMany(c, seconds);
  const { agency, via } = opened;
  const complaint = await parts.store.complaint(opened.complaint);
  return complaint ? show(complaint, { agency, via }) : c.json({ error: words.notFound }, 404);
}

export async function takeReply(c: Context, parts: ReplyParts): Promise<Response> {
  const opened = parts.replyLinks.open(c.req.param("id") ?? "", bearerOf(c));
  if (!opened) return wrongSecret(c, parts, words.badToken);
  const parsed = OfficialReply.safeParse(await jsonOf(c));
  if (!parsed.success) return c.json({ error: words.badReply }, 400);
  const written = textIn(parsed.data);
  if ("error" in written) return c.json(written, 400);
  const act = actOf(parsed.data, written.text, parts.clock());
  if (!act) return c.json({ error: words.badReply }, 400);
  const { complaint, agency, via } = opened;
  const named = await withTarget(act, complaint, { agency, via }, parts);
  if ("error" in named) return c.json(named, 409);
  const acted = await parts.act(complaint, agency, via, named.act);
  if (acted.kind === "unknown") return c.json({ error: words.notFound }, 404);
  if (acted.kind === "refused")
    return c.json({ error: refusalText(acted.refusal, act.action === "transfer" ? act.to : "", acted) }, 409);
  const waits = isProposal(acted.step) && { waitsFor: "signature" };
  return c.json({ ok: true, case: acted.complaint.trackingCode, ...waits });
}

/** Who hands a case on may name the agency as people do. Nothing is told of agencies to one who cannot hand it on. */
async function withTarget(
  act: Act,
  id: string,
  by: Actor,
  { store, rules, clock }: ReplyParts,
): Promise<{ readonly act: Act } | { readonly error: string }> {
  if (act.action !== "transfer") return { act };
  const complaint = await store.complaint(id);
  if (!complaint || mayNot(complaint, by, "transfer", clock(), rules)) return { act };
  const found = findTarget(act.to, complaint, rules);
  switch (found.kind) {
    case "one":
      return { act: { ...act, to: found.id } };
    case "none":
      return { error: officialWords.unknownAgency(act.to) };
    case "several":
      return { error: officialWords.severalAgencies(found.agencies) };
  }
}
