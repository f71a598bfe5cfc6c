import { answerDay, lateFrom, takenBy } from "../complaints/clocks.ts";
import { authorOf, type Complaint, isClosed } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { noticeOf, summaryOf } from "../complaints/notice.ts";
import type { Person } from "../complaints/person.ts";
import { openNotice } from "../messages/delivery.ts";
import type { Choice, Reply } from "../messages/message.ts";
import { beginningOf } from "../text/beginning.ts";
import { day } from "../wording/citizen.ts";
import { noticeFacts, official } from "../wording/official.ts";
import { officialCase } from "../wording/official-case.ts";
import { type OfficialButton, officialButtons, officialChat } from "../wording/official-chat.ts";
import type { BoundOfficial } from "./bound-official.ts";
import { timeLine } from "./time-line.ts";

/** Which cases an official asks for: all that wait for their agency, those overdue, those they took themselves. */
export type CaseFilter = "all" | "overdue" | "mine";

/** Before whom and when something is shown. In a group nothing is shown that the code alone would not tell. */
export type Showing = {
  readonly who: BoundOfficial;
  readonly privately: boolean;
  readonly now: Date;
  readonly rules: Rules;
};

const MOST_LINES = 20;
const MOST_BUTTONS = 10;
/** Events under the facts of a case. */
const LAST_EVENTS = 4;
/** Characters of one text in a time line. */
const QUOTED = 400;
const MOST_EVENTS = 30;

/** The agency has something to do, and its office has closed on the day for it. */
export function isOverdue(complaint: Complaint, now: Date, rules: Rules): boolean {
  return waitsForAgency(complaint) && lateFrom(complaint, rules) <= now;
}

/** Something is expected of the agency: the case is open, and nobody waits for the person. */
export function waitsForAgency({ status }: Complaint): boolean {
  return !isClosed(status) && status !== "answered" && status !== "needs_info";
}

/** A list of cases with a button to open each. */
export function caseList(held: readonly Complaint[], filter: CaseFilter, showing: Showing): Reply {
  const { who, privately, now, rules } = showing;
  const words = officialChat.list;
  const cases = held
    .filter((complaint) => {
      if (filter === "overdue") return isOverdue(complaint, now, rules);
      return filter === "all" || isTakenBy(complaint, who);
    })
    .toSorted((one, other) => answerDay(one, rules).localeCompare(answerDay(other, rules)));
  if (cases.length === 0)
    return { text: filter === "all" ? official.noCases : words.none[filter], choices: [] };
  const lines = cases.slice(0, MOST_LINES).map((complaint) => {
    const { trackingCode, status, filing, proposal } = complaint;
    const stands = proposal ? officialChat.toSign : officialCase.statuses[status].toLowerCase();
    const summary = privately ? summaryOf(filing) : undefined;
    return words.line(trackingCode, day(answerDay(complaint, rules)), stands, summary);
  });
  const more = cases.length > MOST_LINES ? [words.more(cases.length - MOST_LINES)] : [];
  return {
    text: [words[filter], ...lines, ...more].join("\n"),
    choices: cases.slice(0, MOST_BUTTONS).flatMap((complaint) =>
      officialButtons(complaint.trackingCode, ["open"]).map(({ id }) => ({
        id,
        label: words.button(complaint.trackingCode, day(answerDay(complaint, rules))),
      })),
    ),
  };
}

function isTakenBy(complaint: Complaint, { agency, sender }: BoundOfficial): boolean {
  const taken = takenBy(complaint, agency);
  return taken !== undefined && authorOf(taken)?.person === sender;
}

/**
 * One case: facts, day of the answer, who took it, the last events, and what can be done with it.
 * @param person opened for the official's agency (inbox/known-person.ts)
 */
export function caseCard(complaint: Complaint, person: Person | undefined, showing: Showing): Reply {
  const { who, privately, rules } = showing;
  const words = officialChat.card;
  const name = (id: string): string => agencyName(id, rules.directory);
  const agency = { id: who.agency, name: name(who.agency) };
  const { trackingCode, status, holders, lateSince, proposal } = complaint;
  const taken = holders.map((holder) => takenBy(complaint, holder)).find((event) => event !== undefined);
  const by = taken && authorOf(taken);
  return {
    text: [
      words.head(trackingCode, status),
      privately ? noticeFacts(openNotice(noticeOf(complaint, "", "filed", agency), person)) : words.inGroup,
      words.holders(holders.map(name).join(", ")),
      words.due(answerDay(complaint, rules)),
      ...(lateSince ? [words.late(lateSince)] : []),
      by ? words.taken(name(by.agency), taken.at) : words.untaken,
      ...(proposal ? [privately ? words.proposed(proposal.text) : words.waitsForSignature] : []),
      words.line,
      ...eventLines(complaint, showing).slice(-LAST_EVENTS),
    ].join("\n"),
    choices: choicesFor(complaint, who),
  };
}

/** Everything that happened to a case, oldest first. */
export function caseLine(complaint: Complaint, showing: Showing): Reply {
  const { trackingCode, status } = complaint;
  const lines = eventLines(complaint, showing).slice(-MOST_EVENTS);
  return {
    text: [officialChat.card.head(trackingCode, status), ...lines].join("\n"),
    choices: officialButtons(trackingCode, ["open"]),
  };
}

function choicesFor(complaint: Complaint, who: BoundOfficial): Choice[] {
  const { trackingCode, status, proposal } = complaint;
  if (isClosed(status) || status === "answered") return officialButtons(trackingCode, ["line"]);
  const own = takenBy(complaint, who.agency);
  const acts: OfficialButton[] = [
    ...(proposal ? (["sign", "return"] as const) : []),
    ...(own ? [] : (["ack"] as const)),
    ...(status === "needs_info" ? [] : (["ask"] as const)),
    "progress",
    "transfer",
    "extend",
    "answer",
    "line",
  ];
  return officialButtons(trackingCode, acts);
}

function eventLines({ events }: Complaint, { privately, rules }: Showing): string[] {
  return timeLine(events, rules.directory).map(({ when, what, text = "" }) => {
    const short = text.length > QUOTED ? `${beginningOf(text, QUOTED)}…` : text;
    return officialChat.card.event(when, what, privately ? short : "");
  });
}
