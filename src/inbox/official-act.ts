import type { Actor, Complaint } from "../complaints/complaint.ts";
import { handles } from "../complaints/handles.ts";
import type { Act } from "../complaints/progress.ts";
import type { Inbound, Reply } from "../messages/message.ts";
import type { Showing } from "../officials/cases.ts";
import { doneText } from "../officials/done.ts";
import { LONGEST } from "../officials/form.ts";
import { refusalText } from "../officials/refusals.ts";
import type { Change, Official } from "../store/store.ts";
import { official as words } from "../wording/official.ts";
import { performAct } from "./act.ts";
import type { InboxParts } from "./parts.ts";

/** An official who says something. */
export type Hearing = { readonly who: Official; readonly message: Inbound; readonly parts: InboxParts };

/** The official as the one who acts. */
export function actorOf({ agency, role, sender }: Official): Actor {
  return { agency, via: "chat", person: sender, role };
}

export function showingOf({ who, message, parts }: Hearing): Showing {
  return { who, privately: message.privately, now: parts.clock(), rules: parts.guide.rules };
}

/** Does an act and says so, or why not. `also` is stored in either case. */
export async function perform(
  trackingCode: string,
  deed: Act,
  { who, message, parts }: Hearing,
  also: Change = {},
): Promise<readonly Reply[]> {
  if ("text" in deed && deed.text.length > LONGEST) return say(words.tooLong, message, parts, also);
  let replies: readonly Reply[] = [];
  const find = (): Promise<Complaint | undefined> => parts.store.complaintByCode(trackingCode);
  const acted = await performAct(find, actorOf(who), deed, parts, (step) => {
    replies = [{ text: doneText(deed, step, trackingCode, parts.guide.rules.directory), choices: [] }];
    return { ...also, handled: { key: message.key, conversation: message.conversation, replies } };
  });
  if (acted.kind === "unknown") return say(words.unknownCase, message, parts, also);
  if (acted.kind === "refused") {
    const target = deed.action === "transfer" ? deed.to : "";
    return say(refusalText(acted.refusal, target, acted), message, parts, also);
  }
  const { id } = acted.complaint;
  parts.log("info", "official act", { complaint: id, agency: who.agency, kind: deed.action });
  return replies;
}

/** Whether the case is this official's to see and to act on. */
export function mayHandle(complaint: Complaint, { who, parts }: Hearing): boolean {
  return handles(complaint, who.agency, parts.guide.rules);
}

/** Says something at once, stored with what else changes. */
export async function say(
  text: string,
  message: Inbound,
  parts: InboxParts,
  also: Change = {},
  choices: Reply["choices"] = [],
): Promise<readonly Reply[]> {
  const replies = [{ text, choices }];
  await parts.store.commit({
    ...also,
    handled: { key: message.key, conversation: message.conversation, replies },
  });
  return replies;
}
