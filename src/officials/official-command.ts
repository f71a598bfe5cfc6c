import type { Act } from "../complaints/progress.ts";
import type { Verdict } from "../complaints/quarantine.ts";
import { fold } from "../text/fold.ts";
import { trackingCodeIn } from "../understanding/codes.ts";
import { readDay } from "../understanding/dates.ts";
import { official } from "../wording/official.ts";
import type { CaseFilter } from "./cases.ts";
import type { FormAction } from "./form.ts";

/**
 * What an official typed: a list of cases, one case, an act, an act of which only the case is named and the rest is
 * asked for, the end of their binding, or a misuse that is explained.
 */
export type OfficialCommand =
  | { readonly kind: "list"; readonly filter: CaseFilter }
  | { readonly kind: "open"; readonly trackingCode: string }
  | { readonly kind: "act"; readonly trackingCode: string; readonly act: Act }
  | { readonly kind: "form"; readonly trackingCode: string; readonly action: FormAction }
  | { readonly kind: "unbind" }
  /** `/cach`: what is held back as a suspected flood; with a code, that case in full. */
  | { readonly kind: "held-back"; readonly trackingCode: string | undefined }
  /** `/tha`, `/loai`; `likewise`: all that are held back with the very same text. */
  | {
      readonly kind: "verdict";
      readonly trackingCode: string;
      readonly verdict: Verdict;
      readonly likewise: boolean;
    }
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

const FORMS: Readonly<Record<Exclude<Verb, "/nhan">, FormAction>> = {
  "/hoi": "ask",
  "/traloi": "answer",
  "/baocao": "progress",
  "/chuyen": "transfer",
  "/giahan": "extend",
  "/danhtinh": "ask-identity",
  "/duyetdanhtinh": "approve-identity",
};

/**
 * Reads `/viec`, `/viec quahan`, `/viec toi`, `/viec MC-…`, `/thoi`, `/nhan MC-…`, `/hoi`, `/traloi`,
 * `/baocao MC-… text`, `/chuyen MC-… agency reason`, `/giahan MC-… day reason`, `/danhtinh` and `/duyetdanhtinh
 * MC-… reason`; undefined when the text is none of them.
 * In a reply to a notice the tracking code may be left out: it is taken from the notice.
 */
export function officialCommandIn(
  text: string,
  inReplyTo: string | undefined,
  now: Date,
): OfficialCommand | undefined {
  const [head = "", ...rest] = text.trim().split(/\s+/);
  const verb = head.toLowerCase();
  if (verb === "/thoi") return { kind: "unbind" };
  if (verb === "/viec") return listIn(rest.join(" "));
  const moderation = moderationIn(verb, rest);
  if (moderation) return moderation;
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
  if (body === "" && verb !== "/nhan") return { kind: "form", trackingCode, action: FORMS[verb] };
  const act = actOf(verb, body, now);
  return act ? { kind: "act", trackingCode, act } : { kind: "misuse", usage: usageOf(verb) };
}

function listIn(rest: string): OfficialCommand {
  const trackingCode = trackingCodeIn(rest);
  if (trackingCode) return { kind: "open", trackingCode };
  switch (fold(rest).replaceAll(" ", "")) {
    case "":
      return { kind: "list", filter: "all" };
    case "quahan":
      return { kind: "list", filter: "overdue" };
    case "toi":
    case "cuatoi":
      return { kind: "list", filter: "mine" };
    default:
      return { kind: "misuse", usage: official.usage.list };
  }
}

/** `/cach [MC-…]`, `/tha MC-… [nhóm]`, `/loai MC-… [nhóm] lý do`. */
function moderationIn(verb: string, [first = "", ...rest]: readonly string[]): OfficialCommand | undefined {
  const trackingCode = trackingCodeIn(first);
  if (verb === "/cach") return { kind: "held-back", trackingCode };
  if (verb !== "/tha" && verb !== "/loai") return undefined;
  const { release, reject } = official.usage;
  if (!trackingCode) return { kind: "misuse", usage: verb === "/tha" ? release : reject };
  const likewise = fold(rest[0] ?? "") === "nhom";
  if (verb === "/tha") return { kind: "verdict", trackingCode, verdict: { action: "release" }, likewise };
  const text = rest.slice(likewise ? 1 : 0).join(" ");
  if (text === "") return { kind: "misuse", usage: reject };
  return { kind: "verdict", trackingCode, verdict: { action: "reject", text }, likewise };
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
