import type { AgencyEvent, AgencyNotice, NoticedHappening } from "../messages/delivery.ts";
import { officialCase as words } from "../wording/official-case.ts";
import { authorOf, type Complaint, type ComplaintEvent } from "./complaint.ts";
import { agencyName } from "./file.ts";
import type { Directory } from "./route.ts";

/** What agencies and the person said about a case and to each other. */
type Said = Extract<
  ComplaintEvent,
  {
    type: "progress" | "asked" | "informed" | "transferred" | "extended" | "answered" | "disputed";
  }
>;

/** The newest that are told: of a case that went on for months, what it came to. */
const MOST = 30;

function isSaid(event: ComplaintEvent): event is Said {
  switch (event.type) {
    case "progress":
    case "asked":
    case "informed":
    case "transferred":
    case "extended":
    case "answered":
    case "disputed":
      return true;
    default:
      return false;
  }
}

/** What was said, as officials read it; agencies stand by their names, and no person does. */
export function saidIn(event: Said, directory: Directory): { readonly what: string; readonly text: string } {
  const name = (id: string): string => agencyName(id, directory);
  switch (event.type) {
    case "progress":
      return { what: words.progress(name(event.by.agency)), text: event.text };
    case "asked":
      return { what: words.asked(name(event.by.agency)), text: event.text };
    case "informed":
      return { what: words.informed(event.answerDue), text: event.text };
    case "transferred":
      return { what: words.transferred(name(event.by.agency), name(event.to)), text: event.reason };
    case "extended":
      return { what: words.extended(name(event.by.agency), event.until), text: event.reason };
    case "answered":
      return { what: words.answered(name(event.by.agency)), text: event.text };
    case "disputed":
      return { what: words.disputed(event.to.map(name).join(", ")), text: event.reason };
  }
}

/** Notices by which a case may come to an agency that did not hold it so far. */
const BRINGING: readonly AgencyEvent[] = [
  "unacknowledged",
  "escalated",
  "undelivered",
  "transferred",
  "information",
  "disputed",
  "proposed",
  "protected",
];

/**
 * What such an agency is told beside the notice: what the case is about, where the notice's own `text` is another, and what
 * was said since. Whoever holds the case knows that.
 */
export function briefingOf(
  complaint: Pick<Complaint, "filing" | "holders" | "events">,
  event: AgencyEvent,
  agency: string,
  text: string | undefined,
  directory: Directory,
): Pick<AgencyNotice, "story" | "history"> {
  // Into the protected lane a case goes whole, in a text of its own.
  const isWhole = event === "protected";
  if (!BRINGING.includes(event) || (complaint.holders.includes(agency) && !isWhole)) return {};
  const history = historyOf(complaint.events, directory);
  return {
    ...(text !== undefined && !isWhole && { story: complaint.filing.text }),
    ...(history.length > 0 && { history }),
  };
}

/** What the notices to an agency said since the filing: what had been said before it came to it, the person's words, its own. */
export function toldTo(
  agency: string,
  { events, route }: Pick<Complaint, "events" | "route">,
  directory: Directory,
): readonly NoticedHappening[] {
  const came = route.to.includes(agency) ? 0 : events.findIndex((event) => brings(event, agency));
  return historyOf(
    events.filter(
      (event, index) =>
        index <= came ||
        event.type === "informed" ||
        event.type === "disputed" ||
        authorOf(event)?.agency === agency,
    ),
    directory,
  );
}

function brings(event: ComplaintEvent, agency: string): boolean {
  if (event.type === "transferred") return event.to === agency;
  if (event.type === "proposed") return event.signer === agency;
  return "to" in event && Array.isArray(event.to) && event.to.includes(agency);
}

function historyOf(events: readonly ComplaintEvent[], directory: Directory): readonly NoticedHappening[] {
  return events
    .filter(isSaid)
    .slice(-MOST)
    .map((event) => {
      const agency = authorOf(event)?.agency;
      const by = agency === undefined ? null : { id: agency, name: agencyName(agency, directory) };
      return { at: event.at, by, ...saidIn(event, directory) };
    });
}
