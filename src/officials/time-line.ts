import type { Complaint, ComplaintEvent } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { saidIn } from "../complaints/history.ts";
import type { Directory } from "../complaints/route.ts";
import { VIETNAM_MS } from "../knowledge/calendar.ts";
import { day } from "../wording/citizen.ts";
import { officialCase as words } from "../wording/official-case.ts";
import { filesOf } from "../wording/official-evidence.ts";

/** One thing that happened, as officials read it. */
export type Happening = {
  /** ISO instant. */
  readonly at: string;
  /** The same in Viet Nam, "26/11/2026 09:12". */
  readonly when: string;
  readonly what: string;
  /** What was written with it. */
  readonly text?: string;
};

/**
 * What happened to a case, oldest first; nothing says which official or from where a person wrote, nor how the person
 * rated them (NĐ 118/2025/NĐ-CP Đ.29: that is kept confidential).
 */
export function timeLine(events: readonly ComplaintEvent[], directory: Directory): readonly Happening[] {
  return events.flatMap((event) =>
    event.type === "rated" ? [] : [{ at: event.at, when: moment(event.at), ...toldOf(event, directory) }],
  );
}

/** "26/11/2026 09:12", in Viet Nam. */
function moment(at: string): string {
  const local = new Date(Date.parse(at) + VIETNAM_MS).toISOString();
  return `${day(local)} ${local.slice(11, 16)}`;
}

function toldOf(
  event: Exclude<ComplaintEvent, { type: "rated" }>,
  directory: Directory,
): Pick<Happening, "what" | "text"> {
  const name = (id: string): string => agencyName(id, directory);
  const names = (ids: readonly string[]): string => ids.map(name).join(", ");
  switch (event.type) {
    case "filed":
      return { what: words.filed(names(event.route.to)) };
    case "delivered":
      return { what: words.delivered(name(event.agency)) };
    case "undeliverable":
      return { what: words.undeliverable(name(event.agency)) };
    case "acknowledged":
      return { what: words.acknowledged(name(event.by.agency)) };
    case "progress":
    case "asked":
    case "informed":
    case "transferred":
    case "extended":
    case "answered":
    case "disputed":
      return saidIn(event, directory);
    case "proposed":
      return { what: words.proposed(name(event.by.agency)), text: event.text };
    case "returned":
      return { what: words.returned(name(event.by.agency)), text: event.reason };
    case "confirmed":
      return { what: words.confirmed };
    case "reminded":
      return { what: words.reminded[remindedOf(event)] };
    case "escalated":
      return { what: event.to.length > 0 ? words.escalated(names(event.to)) : words.nobodyAbove };
    case "closed":
      return { what: words.closed[event.reason] };
    case "withdrawn":
    case "reopened":
    case "nudged":
      return { what: words[event.type] };
    case "protected":
      return { what: words.protected(names(event.to)) };
    case "linked":
      return { what: words.linked(event.others) };
    case "quarantined":
    case "objected":
      return { what: words[event.type] };
    case "released":
      return { what: event.by ? words.released : words.releasedUndecided };
    case "rejected":
      return { what: words.rejected, text: event.reason };
    case "clustered":
      return { what: words.clustered(event.size, name(event.to)) };
    case "reviewed":
      return { what: words.reviewed(name(event.agency), event.month, name(event.to)) };
    case "identity-asked":
      return { what: words.identity.asked(name(event.by.agency)), text: event.reason };
    case "identity-refused":
      return { what: words.identity.refused };
    case "identity-approved":
      return { what: words.identity.approved(name(event.by.agency)), text: event.reason };
    case "identity-opened":
      return { what: words.identity.opened(name(event.agency)) };
    case "evidence-added":
      return { what: words.evidenceAdded(filesOf(event.files)) };
    case "held":
      return { what: words.held, text: event.reason };
    case "unheld":
      return { what: words.unheld };
    case "expiring":
      return { what: words.expiring };
    case "erased":
      return { what: words.erased[event.reason] };
  }
}

function remindedOf({
  clock,
  step,
}: Extract<ComplaintEvent, { type: "reminded" }>): keyof typeof words.reminded {
  if (clock === "question" || clock === "confirm") return "person";
  return step === "overdue" ? "overdue" : "holders";
}

/** Events that nobody decided: what an official wrote before them still stands. */
const BY_ITSELF: readonly ComplaintEvent["type"][] = [
  "delivered",
  "undeliverable",
  "reminded",
  "escalated",
  "clustered",
  "reviewed",
  "expiring",
];

/** What people did to a case after this revision. */
export function doneSince({ events }: Complaint, revision: number): readonly ComplaintEvent[] {
  return events.slice(revision).filter(({ type }) => !BY_ITSELF.includes(type));
}
