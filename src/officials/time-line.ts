import type { Complaint, ComplaintEvent } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import type { Directory } from "../complaints/route.ts";
import { VIETNAM_MS } from "../knowledge/calendar.ts";
import { desk as words } from "../wording/desk.ts";

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

/** What happened to a case, oldest first; nothing says which official or from where a person wrote. */
export function timeLine(events: readonly ComplaintEvent[], directory: Directory): readonly Happening[] {
  return events.map((event) => ({ at: event.at, when: moment(event.at), ...toldOf(event, directory) }));
}

/** "26/11/2026 09:12", in Viet Nam. */
function moment(at: string): string {
  const local = new Date(Date.parse(at) + VIETNAM_MS).toISOString();
  return `${words.day(local)} ${local.slice(11, 16)}`;
}

function toldOf(event: ComplaintEvent, directory: Directory): Pick<Happening, "what" | "text"> {
  const name = (id: string): string => agencyName(id, directory);
  const names = (ids: readonly string[]): string => ids.map(name).join(", ");
  const { events } = words;
  switch (event.type) {
    case "filed":
      return { what: events.filed(names(event.route.to)) };
    case "delivered":
      return { what: events.delivered(name(event.agency)) };
    case "undeliverable":
      return { what: events.undeliverable(name(event.agency)) };
    case "acknowledged":
      return { what: events.acknowledged(name(event.by.agency)) };
    case "progress":
      return { what: events.progress(name(event.by.agency)), text: event.text };
    case "asked":
      return { what: events.asked(name(event.by.agency)), text: event.text };
    case "informed":
      return { what: events.informed(event.answerDue), text: event.text };
    case "transferred":
      return { what: events.transferred(name(event.by.agency), name(event.to)), text: event.reason };
    case "extended":
      return { what: events.extended(name(event.by.agency), event.until), text: event.reason };
    case "answered":
      return { what: events.answered(name(event.by.agency)), text: event.text };
    case "confirmed":
      return { what: events.confirmed };
    case "disputed":
      return { what: events.disputed(names(event.to)), text: event.reason };
    case "reminded":
      return { what: remindedOf(event) };
    case "escalated":
      return { what: event.to.length > 0 ? events.escalated(names(event.to)) : events.nobodyAbove };
    case "closed":
      return { what: events.closed[event.reason] };
  }
}

function remindedOf({ clock, step }: Extract<ComplaintEvent, { type: "reminded" }>): string {
  if (clock === "question" || clock === "confirm") return words.events.remindedPerson;
  return step === "overdue" ? words.events.overdue : words.events.remindedHolders;
}

/** Events that nobody decided: what an official wrote before them still stands. */
const BY_ITSELF: readonly ComplaintEvent["type"][] = ["delivered", "undeliverable", "reminded", "escalated"];

/** What people did to a case after this revision. */
export function doneSince({ events }: Complaint, revision: number): readonly ComplaintEvent[] {
  return events.slice(revision).filter(({ type }) => !BY_ITSELF.includes(type));
}
