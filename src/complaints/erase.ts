import { dayInVietnam } from "../knowledge/calendar.ts";
import {
  type Complaint,
  ComplaintError,
  type ComplaintEvent,
  Erased,
  isClosed,
  isWithCustodian,
} from "./complaint.ts";
import { storyOf } from "./figures.ts";
import type { Rules } from "./file.ts";
import { objectsUntil } from "./quarantine.ts";
import { reopensUntil } from "./rights.ts";
import type { Step } from "./tell.ts";

const DAY_MS = 86_400_000;
/** By these a case ends; praise ends with its answer. */
const ENDINGS: readonly ComplaintEvent["type"][] = [
  "confirmed",
  "closed",
  "withdrawn",
  "rejected",
  "answered",
];

/** Whether what a case tells can be destroyed: not while it is open, can be reopened, or is held. */
export type Erasable =
  | { readonly kind: "now" | "open" | "held" | "erased" }
  /** From this ISO day on. */
  | { readonly kind: "later"; readonly from: string };

export function erasable(complaint: Complaint, now: Date, rules: Rules): Erasable {
  if (complaint.status === "erased") return { kind: "erased" };
  if (!isClosed(complaint.status)) return { kind: "open" };
  if (isHeld(complaint)) return { kind: "held" };
  const until = reopensUntil(complaint, rules) ?? objectsUntil(complaint, rules);
  return until !== undefined && until >= dayInVietnam(now)
    ? { kind: "later", from: dayInVietnam(Date.parse(until) + DAY_MS) }
    : { kind: "now" };
}

/** Somebody competent still needs it. */
export function isHeld({ events }: Pick<Complaint, "events">): boolean {
  return events.findLast(({ type }) => type === "held" || type === "unheld")?.type === "held";
}

/** The ISO day on which a closed case has been kept as long as it may be; undefined while it is open, and when it is erased. */
export function keptUntil(complaint: Complaint, rules: Rules): string | undefined {
  if (!isClosed(complaint.status) || complaint.status === "erased") return undefined;
  const [year = 0, month = 1, day = 1] = dayInVietnam(closedAt(complaint)).split("-").map(Number);
  const months = month - 1 + rules.retention.closedMonths;
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(day, last))).toISOString().slice(0, 10);
}

/**
 * The time of keeping is nearly over, and the coordinator was not told since the case closed: what records that they
 * are, and the ISO day on which the case is still there whatever happens.
 */
export function announce(
  complaint: Complaint,
  now: Date,
  rules: Rules,
): { readonly events: readonly ComplaintEvent[]; readonly until: string } | undefined {
  const kept = keptUntil(complaint, rules);
  const until = warnedUntil(now.getTime(), rules);
  if (kept === undefined || kept > until || isHeld(complaint)) return undefined;
  return announcedAt(complaint) === undefined
    ? { events: [{ type: "expiring", at: now.toISOString() }], until }
    : undefined;
}

/** The time of keeping is over, who may want it kept was told in time, and nothing stands against it: what is to happen now. */
export function expire(complaint: Complaint, now: Date, rules: Rules): Step | undefined {
  const until = keptUntil(complaint, rules);
  const told = announcedAt(complaint);
  if (until === undefined || told === undefined) return undefined;
  const today = dayInVietnam(now);
  if (until >= today || warnedUntil(Date.parse(told), rules) >= today) return undefined;
  return erasable(complaint, now, rules).kind === "now"
    ? erase(complaint, "retention", now, rules)
    : undefined;
}

/** Destroys what a case tells; only where `erasable` says so. */
export function erase(
  complaint: Complaint,
  reason: "request" | "retention",
  now: Date,
  { workingTime }: Pick<Rules, "workingTime">,
): Step {
  const { revision, trackingCode, language, filing, filedAt, status, answerDue, lateSince, route } =
    complaint;
  const ended = Erased.shape.ended.safeParse(status);
  if (!ended.success)
    throw new ComplaintError(`complaint ${complaint.id} is to be erased while it is ${status}`);
  return {
    events: [
      {
        type: "erased",
        at: now.toISOString(),
        reason,
        revision,
        trackingCode,
        language,
        kind: filing.kind,
        filedAt,
        closedAt: closedAt(complaint),
        ended: ended.data,
        ...(isWithCustodian(complaint) && { custodian: true as const }),
        answerDue,
        ...(lateSince !== undefined && { lateSince }),
        agencies: [...route.to],
        holders: [...complaint.holders],
        facts: storyOf(complaint, dayInVietnam(now), workingTime),
      },
    ],
    deliveries: [],
  };
}

/** Not to be erased by time. */
export function hold(complaint: Complaint, reason: string, now: Date): Step | undefined {
  if (complaint.status === "erased" || isHeld(complaint)) return undefined;
  return { events: [{ type: "held", at: now.toISOString(), reason }], deliveries: [] };
}

export function release(complaint: Complaint, now: Date): Step | undefined {
  return isHeld(complaint)
    ? { events: [{ type: "unheld", at: now.toISOString() }], deliveries: [] }
    : undefined;
}

/** When the coordinator was told, since the case closed last or a hold on it was lifted. */
function announcedAt({ events }: Complaint): string | undefined {
  const since = events.findLastIndex(({ type }) => type === "unheld" || ENDINGS.includes(type));
  return events.slice(since + 1).findLast(({ type }) => type === "expiring")?.at;
}

/** The last ISO day for having a case kept that is announced at `told`, in milliseconds. */
function warnedUntil(told: number, rules: Rules): string {
  return dayInVietnam(told + rules.retention.warnDays * DAY_MS);
}

function closedAt({ events, filedAt }: Complaint): string {
  return events.findLast(({ type }) => ENDINGS.includes(type))?.at ?? filedAt;
}
