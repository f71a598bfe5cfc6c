import type { Delivery } from "../messages/delivery.ts";
import { emailIn, phoneIn } from "../understanding/codes.ts";
import type { Wording } from "../wording/citizen.ts";
import { official } from "../wording/official.ts";
import { barredFrom } from "./accused.ts";
import { dueAfterPause } from "./clocks.ts";
import {
  type Actor,
  type Complaint,
  type ComplaintEvent,
  isConfidential,
  isWithCustodian,
} from "./complaint.ts";
import { agencyName, ownWays, type Rules } from "./file.ts";
import { askStanding, knowsPerson, secondsFor } from "./identity.ts";
import { type Act, needsSignature, type Refused, refusal } from "./refusal.ts";
import { COORDINATOR, superiorAgency } from "./route.ts";
import {
  consenting,
  judging,
  replying,
  type Step,
  tell,
  tellPerson,
  toAgencies,
  toOneAlone,
} from "./tell.ts";

export type { Act, Refusal, RefusalDetails, Refused } from "./refusal.ts";

/** Decides an official's act: what happens, or why not. */
export function act(
  complaint: Complaint,
  by: Actor,
  deed: Act,
  now: Date,
  rules: Rules,
  wording: Wording,
): Step | Refused {
  const refused = refusal(complaint, by, deed, now, rules);
  if (refused) return refused;
  const at = now.toISOString();
  const agency = agencyName(by.agency, rules.directory);
  const { trackingCode: code, answerDue } = complaint;
  const { notices, identity } = wording;
  const caution = "text" in deed ? cautionOf(complaint, by, [deed.text], wording) : "";
  switch (deed.action) {
    case "acknowledge":
      return tell(
        complaint,
        { type: "acknowledged", at, by },
        notices.acknowledged(code, agency, wording.day(answerDue)),
        wording,
      );
    case "progress":
      return tell(
        complaint,
        { type: "progress", at, by, text: deed.text },
        notices.progress(code, agency, deed.text) + caution,
        wording,
      );
    case "ask":
      return tell(
        complaint,
        { type: "asked", at, by, text: deed.text },
        notices.asked(code, agency, deed.text) + caution,
        wording,
        replying(complaint, wording),
      );
    case "answer":
      return needsSignature(complaint, by)
        ? { events: [{ type: "proposed", at, by, text: deed.text }], deliveries: [] }
        : answered(complaint, { type: "answered", at, by, text: deed.text }, rules, wording);
    case "sign": {
      const { by: author = by, text = "" } = complaint.proposal ?? {};
      const event = { type: "answered", at, by: author, text, signedBy: by } as const;
      return answered(complaint, event, rules, wording);
    }
    case "return":
      return { events: [{ type: "returned", at, by, reason: deed.text }], deliveries: [] };
    case "extend": {
      const apology = deed.apology?.trim();
      return tell(
        complaint,
        { type: "extended", at, by, until: deed.until, reason: deed.text, ...(apology && { apology }) },
        notices.extended(code, agency, wording.day(deed.until), deed.text, apology) +
          cautionOf(complaint, by, [deed.text, apology ?? ""], wording),
        wording,
      );
    }
    case "transfer": {
      const event = { type: "transferred", at, by, to: deed.to, reason: deed.text } as const;
      const target = agencyName(deed.to, rules.directory);
      const told = tell(complaint, event, notices.transferred(code, target, deed.text) + caution, wording);
      return {
        ...told,
        deliveries: [
          ...told.deliveries,
          // Why it was handed on is told with it.
          ...toAgencies(
            { ...complaint, events: [...complaint.events, event] },
            [deed.to],
            "transferred",
            rules,
          ),
        ],
      };
    }
    case "ask-identity":
      return tell(
        complaint,
        { type: "identity-asked", at, by, reason: deed.text },
        identity.asked(code, agency, deed.text, complaint.filing.named === true),
        wording,
        consenting(complaint, wording),
      );
    case "approve-identity":
      return approve(complaint, by, deed.text, now, rules, wording);
  }
}

/** The person reads the answer; of praise nobody asks whether it was solved. */
function answered(
  complaint: Complaint,
  event: Extract<ComplaintEvent, { type: "answered" }>,
  { directory }: Rules,
  wording: Wording,
): Step {
  const { trackingCode: code, filing } = complaint;
  const { notices } = wording;
  const agency = agencyName(event.by.agency, directory);
  const caution = cautionOf(complaint, event.by, [event.text], wording);
  if (filing.kind === "praise")
    return tell(complaint, event, notices.praiseAnswered(code, agency, event.text) + caution, wording);
  const text = notices.answered(code, agency, event.text) + caution;
  return tell(complaint, event, text, wording, judging(complaint, wording));
}

/** The officer's number or address stays, but who is not named there should know what calling it gives away. */
function cautionOf(complaint: Complaint, by: Actor, texts: readonly string[], { identity }: Wording): string {
  const contact = texts.some((text) => (phoneIn(text) ?? emailIn(text)) !== undefined);
  return contact && !knowsPerson(complaint, by.agency) ? `\n${identity.contactCaution}` : "";
}

/** One of two opens the name without the person's consent: the first waits for the second, who opens it. */
function approve(
  complaint: Complaint,
  by: Actor,
  reason: string,
  now: Date,
  rules: Rules,
  wording: Wording,
): Step {
  const at = now.toISOString();
  const approved: ComplaintEvent = { type: "identity-approved", at, by, reason };
  const ask = askStanding(complaint);
  const { agency } = ask?.asked.by ?? by;
  const name = agencyName(agency, rules.directory);
  const { trackingCode: code } = complaint;
  if (!ask || !complaint.filing.named || ask.approvals.length === 0) {
    return {
      events: [approved],
      deliveries: [
        ...tellPerson(complaint, wording.identity.approved(code, name, reason), wording, []),
        ...toAgencies(complaint, secondsFor(complaint, by, rules), "identity-approval", rules, reason),
      ],
    };
  }
  return {
    events: [approved, { type: "identity-opened", at, agency, basis: "two-persons" }],
    deliveries: [
      ...tellPerson(complaint, wording.identity.openedByTwo(code, name, reason), wording, []),
      ...toOneAlone(complaint, agency, reason, rules),
    ],
  };
}

/** The person says it is solved; the agencies that held it are told. */
export function confirm(complaint: Complaint, now: Date, rules: Rules): Step {
  return {
    events: [{ type: "confirmed", at: now.toISOString() }],
    deliveries: toAgencies(complaint, complaint.holders, "closed", rules),
  };
}

/** Not solved: back to the unit the first time, one level up the second (complaint.md 28, 29). */
export function dispute(
  complaint: Complaint,
  reason: string,
  now: Date,
  rules: Rules,
): Step & { readonly to: readonly string[] } {
  const again = complaint.events.some((event) => event.type === "disputed");
  const superior = (holder: string): string =>
    isWithCustodian(complaint) ? COORDINATOR : superiorAgency(holder, rules.directory);
  const above = again ? [...new Set(complaint.holders.map(superior))] : complaint.holders;
  const barred = barredFrom(complaint, rules.directory);
  // Where nobody above may hear of it, it goes back to those who had it.
  const levels = [above, [COORDINATOR], complaint.holders].map((level) =>
    level.filter((id) => !barred.has(id)),
  );
  const recipients = levels.find((level) => level.length > 0) ?? [COORDINATOR];
  return {
    to: recipients,
    events: [{ type: "disputed", at: now.toISOString(), reason, to: [...recipients] }],
    deliveries: [
      ...toAgencies(complaint, recipients, "disputed", rules, reason),
      ...toFormer(complaint, recipients, rules),
    ],
  };
}

/**
 * Who took the case for settled learns that it is not, and who handles it now; in confidence nobody does, as they are not
 * told either who ended it.
 */
function toFormer(complaint: Complaint, recipients: readonly string[], rules: Rules): Delivery[] {
  if (isConfidential(complaint)) return [];
  const barred = barredFrom(complaint, rules.directory);
  const former = complaint.holders.filter(
    // Nobody else hears it in their place.
    (holder) => !recipients.includes(holder) && ownWays(holder, barred, rules).length > 0,
  );
  const names = recipients.map((id) => agencyName(id, rules.directory)).join(", ");
  return toAgencies(complaint, former, "moved", rules, official.movedStory(names));
}

/** The person answers the agency's question, or adds facts; a question's time is not the agency's. */
export function inform(complaint: Complaint, text: string, now: Date, rules: Rules): Step {
  const answerDue = dueAfterPause(complaint, now, rules);
  return {
    events: [{ type: "informed", at: now.toISOString(), text, ...(answerDue && { answerDue }) }],
    deliveries: toAgencies(complaint, complaint.holders, "information", rules, text),
  };
}

/** A notice arrived at an agency: recorded once, and told to the person. */
export function noteDelivered(
  complaint: Complaint,
  agency: string,
  now: Date,
  rules: Rules,
  wording: Wording,
): Step | undefined {
  if (complaint.events.some((event) => event.type === "delivered" && event.agency === agency))
    return undefined;
  if (isPast(complaint, agency)) return undefined;
  const name = agencyName(agency, rules.directory);
  return tell(
    complaint,
    { type: "delivered", at: now.toISOString(), agency },
    wording.notices.delivered(complaint.trackingCode, name),
    wording,
  );
}

/** A notice could not be delivered and waits for a human: recorded once a recipient, told to the person honestly. */
export function noteUndeliverable(
  complaint: Complaint,
  agency: string,
  problem: string,
  now: Date,
  wording: Wording,
): Step | undefined {
  const known = complaint.events.some(
    (event) => (event.type === "undeliverable" || event.type === "delivered") && event.agency === agency,
  );
  if (known || isPast(complaint, agency)) return undefined;
  const event = { type: "undeliverable", at: now.toISOString(), agency, problem } as const;
  return tell(complaint, event, wording.notices.undeliverable(complaint.trackingCode), wording);
}

/** The case was taken from this agency into the protected lane: what still becomes of old notices to it is no news. */
function isPast({ lane, holders, events }: Complaint, agency: string): boolean {
  return (
    lane === "protected" &&
    !holders.includes(agency) &&
    events.some((event) => event.type === "protected" && event.seen.includes(agency))
  );
}
