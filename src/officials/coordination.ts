import { barredFrom, questionOf } from "../complaints/accused.ts";
import { waitsForHuman } from "../complaints/clocks.ts";
import { type Complaint, isClosed } from "../complaints/complaint.ts";
import { agencyName, type Rules } from "../complaints/file.ts";
import { askStanding } from "../complaints/identity.ts";
import { summaryOf } from "../complaints/notice.ts";
import { heldUntil, sameTextKey } from "../complaints/quarantine.ts";
import { mayNot } from "../complaints/refusal.ts";
import { COORDINATOR, concernedUnit, type Directory } from "../complaints/route.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { DeliveryState } from "../messages/delivery.ts";
import { groupBy } from "../text/group.ts";
import { desk as words } from "../wording/desk.ts";
import { maySee, type Who } from "./access.ts";
import { actorOf } from "./desk.ts";

/** One thing that waits for the coordinator (điều phối viên). */
export type Astray = {
  readonly code: string;
  /** Whether the coordinator may open the case. */
  readonly opens: boolean;
  readonly what: string;
  /** "từ 20/11/2026". */
  readonly since: string;
  readonly detail: string;
};

/** A list of such things; the page shows every section that it is given. */
export type Section = {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly rows: readonly Astray[];
};

type Reason = "unrouted" | "conflicts" | "disputed" | "undelivered" | "neglected";
const REASONS = ["unrouted", "conflicts", "disputed", "undelivered", "neglected"] as const;

/**
 * What needs the coordinator, in the order given; nothing of what they may not hear of, which stands in the operator's list.
 * @param open open cases, oldest first
 * @param stuck deliveries that need a human, oldest first, with their complaints
 */
export function coordinationOf(
  open: readonly Complaint[],
  stuck: readonly (readonly [DeliveryState, Complaint])[],
  who: Who,
  rules: Rules,
): readonly Section[] {
  const { directory } = rules;
  const mayHear = (complaint: Complaint): boolean => !barredFrom(complaint, directory).has(who.agency);
  const cases = REASONS.map((id) => ({
    id,
    ...words.sections[id],
    rows: open
      .filter((complaint) => reasonsOf(complaint, directory).includes(id) && mayHear(complaint))
      .map((complaint) => astray(complaint, who, rules)),
  }));
  const held = stuck
    .filter(([, complaint]) => mayHear(complaint))
    .map(([state, complaint]) => stuckRow(state, complaint, who, rules));
  return [
    { id: "quarantined", ...words.sections.quarantined, rows: heldBackRows(open, who, rules) },
    ...cases,
    { id: "stuck", ...words.sections.stuck, rows: held },
  ];
}

/** What is held back as a suspected flood and may be seen, the first of each that say the very same. */
function heldBackRows(open: readonly Complaint[], who: Who, rules: Rules): Astray[] {
  const seen = open.filter((one) => one.status === "quarantined" && maySee(one, who, rules));
  return [...groupBy(seen, sameTextKey).values()].flatMap(([first, ...others]) =>
    first
      ? {
          ...astray(first, who, rules),
          detail: words.heldBack(heldUntil(first, rules), others.length),
        }
      : [],
  );
}

/** Names that were asked for and that `who` may help to open now. */
export function openingsOf(open: readonly Complaint[], who: Who, now: Date, rules: Rules): Section {
  const { directory } = rules;
  const rows = open.flatMap((complaint) => {
    const asked = askStanding(complaint)?.asked;
    if (!asked || mayNot(complaint, actorOf(who), "approve-identity", now, rules)) return [];
    const detail = words.askedBy(agencyName(asked.by.agency, directory), asked.reason);
    return [{ ...astray(complaint, who, rules), since: words.since(dayInVietnam(asked.at)), detail }];
  });
  return { id: "identity", ...words.sections.identity, rows };
}

/** Why a case waits for the coordinator; several reasons may hold. */
function reasonsOf(complaint: Complaint, directory: Directory): Reason[] {
  const { status } = complaint;
  if (isClosed(status) || status === "answered") return [];
  const fell = complaint.holders.includes(COORDINATOR) ? fallOf(complaint, directory) : undefined;
  return [
    ...(fell ? [fell] : []),
    ...(status === "delivery_problem" && fell !== "undelivered" ? (["undelivered"] as const) : []),
    ...(waitsForHuman(complaint) ? (["neglected"] as const) : []),
  ];
}

/** How the coordinator came to hold a case; undefined when another handed it on, or the clocks did for being late. */
function fallOf(complaint: Complaint, directory: Directory): Reason | undefined {
  for (const event of complaint.events.toReversed()) {
    if (event.type === "filed")
      // A unit is known and yet nobody above it may answer: all who could are of the unit complained about.
      return concernedUnit(questionOf(complaint), directory) ? "conflicts" : "unrouted";
    if (event.type === "disputed") return event.to.includes(COORDINATOR) ? "disputed" : undefined;
    if (event.type === "transferred" && event.to === COORDINATOR) return "unrouted";
    if (event.type === "escalated" && event.to.includes(COORDINATOR))
      return event.clock === "delivery" ? "undelivered" : undefined;
  }
  return undefined;
}

function astray(complaint: Complaint, who: Who, rules: Rules): Astray {
  const opens = maySee(complaint, who, rules);
  return {
    code: complaint.trackingCode,
    opens,
    what: opens ? summaryOf(complaint.filing) : words.hiddenCase,
    since: words.since(dayInVietnam(complaint.filedAt)),
    detail: complaint.holders.map((id) => agencyName(id, rules.directory)).join(", "),
  };
}

function stuckRow(state: DeliveryState, complaint: Complaint, who: Who, rules: Rules): Astray {
  const { to } = state.delivery;
  const recipient = to.kind === "agency" ? agencyName(to.agency, rules.directory) : words.toPerson;
  const opens = maySee(complaint, who, rules);
  return {
    code: complaint.trackingCode,
    opens,
    what: recipient,
    since: words.since(dayInVietnam(state.createdAt)),
    detail: words.attempts(state.attempts, state.problem ?? ""),
  };
}
