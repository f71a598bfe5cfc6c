import type { Act } from "../complaints/progress.ts";
import { trackingCodeIn } from "../understanding/codes.ts";
import { readDay } from "../understanding/dates.ts";
import { official } from "../wording/official.ts";

/** What an official typed: a list of cases, an act on one, or a misuse that is explained. */
export type OfficialCommand =
  | { readonly kind: "list" }
  | { readonly kind: "act"; readonly trackingCode: string; readonly act: Act }
  | { readonly kind: "misuse"; readonly usage: string };

const VERBS = [
  "/nhan",
  "/hoi",
  "/traloi",
  "/baocao",
  "/chuyen",
  "/giahan",
  "/danhtinh",
  "/duyetdanhtinh",
] as const;
type Verb = (typeof VERBS)[number];

/**
 * Reads `/viec`, `/nhan MC-…`, `/hoi`, `/traloi`, `/baocao MC-… text`, `/chuyen MC-… agency reason`,
 * `/giahan MC-… day reason`, `/danhtinh`, `/duyetdanhtinh MC-… reason`; undefined when the text is none of them. In a reply to a notice the tracking code may be
 * left out: it is taken from the notice.
 */
export function officialCommandIn(
  text: string,
  inReplyTo: string | undefined,
  now: Date,
): OfficialCommand | undefined {
  const [head = "", ...rest] = text.trim().split(/\s+/);
  const verb = head.toLowerCase();
  if (verb === "/viec") return { kind: "list" };
  if (!isVerb(verb)) return undefined;
  const [first = ""] = rest;
  const typedCode = trackingCodeIn(first);
  const trackingCode = typedCode ?? trackingCodeIn(inReplyTo ?? "");
  const body = text
    .trim()
    .slice(head.length)
    .trim()
    .slice(typedCode ? first.length : 0)
    .trim();
  if (!trackingCode) return { kind: "misuse", usage: usageOf(verb) };
  const act = actOf(verb, body, now);
  return act ? { kind: "act", trackingCode, act } : { kind: "misuse", usage: usageOf(verb) };
}

function isVerb(text: string): text is Verb {
  return VERBS.some((verb) => verb === text);
}

function usageOf(verb: Verb): string {
  const { usage } = official;
  switch (verb) {
    case "/nhan":
      return usage.acknowledge;
    case "/hoi":
      return usage.ask;
    case "/traloi":
      return usage.answer;
    case "/baocao":
      return usage.progress;
    case "/chuyen":
      return usage.transfer;
    case "/giahan":
      return usage.extend;
    case "/danhtinh":
      return usage["ask-identity"];
    case "/duyetdanhtinh":
      return usage["approve-identity"];
  }
}

function actOf(verb: Verb, body: string, now: Date): Act | undefined {
  if (verb === "/nhan") return { action: "acknowledge" };
  if (body === "") return undefined;
  const [first = "", ...rest] = body.split(/\s+/);
  const reason = rest.join(" ");
  switch (verb) {
    case "/hoi":
      return { action: "ask", text: body };
    case "/traloi":
      return { action: "answer", text: body };
    case "/baocao":
      return { action: "progress", text: body };
    case "/danhtinh":
      return { action: "ask-identity", text: body };
    case "/duyetdanhtinh":
      return { action: "approve-identity", text: body };
    case "/chuyen":
      return reason ? { action: "transfer", to: first, text: reason } : undefined;
    case "/giahan": {
      const until = /^\d{4}-\d{2}-\d{2}$/.test(first) ? first : readDay(first, now);
      return until && reason ? { action: "extend", until, text: reason } : undefined;
    }
  }
}
