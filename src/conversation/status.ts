import { mayInform, mayJudge, reopensUntil } from "../complaints/clocks.ts";
import { type Complaint, isClosed, waitsForPerson } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { judging, replying } from "../complaints/progress.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Choice, Reply } from "../messages/message.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import type { Guide, World } from "./guide.ts";

/** Events shown of one case, the newest. */
const SHOWN_EVENTS = 6;

/**
 * The state of a complaint. By the code alone one sees status and dates; text and answers only in the conversation
 * that filed it, and never in a group.
 */
export function statusOf(reading: Reading, world: World, guide: Guide, wording: Wording): Reply {
  const words = wording.status;
  if (reading.wrongTrackingCode) return plain(words.wrong);
  if (!reading.trackingCode) {
    if (world.mine.length === 0 || !world.privately) return plain(`${words.noneYet}\n${words.ask}`);
    const lines = world.mine.map((own) =>
      words.line(own.trackingCode, wording.statuses[own.status], wording.day(own.answerDue)),
    );
    return plain([words.yours, ...lines].join("\n"));
  }
  if (!world.found) return plain(words.none);
  const own = world.privately && world.found.conversation === world.conversation;
  return own
    ? full(world.found, { world, guide, wording })
    : plain([...head(world.found, wording), words.elsewhere].join("\n"));
}

/** What a case asks of its person: "solved?" or the answer to a question, also while they can reopen it by that. */
export function pendingChoices(complaint: Complaint, { world, guide, wording }: Asking): Choice[] {
  const { rules } = guide;
  if (mayJudge(complaint, world.now, rules)) return judging(complaint, wording);
  const asked = waitsForPerson(complaint.status) && mayInform(complaint, world.now, rules);
  return asked ? replying(complaint, wording) : [];
}

type Asking = { readonly world: World; readonly guide: Guide; readonly wording: Wording };

function head(complaint: Complaint, wording: Wording): string[] {
  const words = wording.status;
  return [
    words.head(complaint.trackingCode, wording.statuses[complaint.status]),
    words.filedOn(wording.day(dayInVietnam(complaint.filedAt))),
    words.due(wording.day(complaint.answerDue)),
    ...lateness(complaint, wording),
  ];
}

function lateness({ overdue, status }: Complaint, wording: Wording): string[] {
  return overdue === 0 || status === "answered" || isClosed(status) ? [] : [wording.overdue[overdue]];
}

function full(complaint: Complaint, asking: Asking): Reply {
  const { guide, wording } = asking;
  const { directory } = guide.rules;
  const name = (id: string): string => agencyName(id, directory);
  const story = complaint.events.slice(-SHOWN_EVENTS).flatMap((event) => {
    const when = wording.day(dayInVietnam(event.at));
    switch (event.type) {
      case "answered":
      case "asked":
      case "progress":
        return [`– ${when} ${name(event.by.agency)}: “${event.text}”`];
      case "delivered":
        return [`– ${when} ${wording.notices.delivered(complaint.trackingCode, name(event.agency))}`];
      case "escalated": {
        const names = event.to.map(name).join(", ");
        return names ? [`– ${when} ${wording.status.escalated(names)}`] : [];
      }
      default:
        return [];
    }
  });
  const choices = pendingChoices(complaint, asking);
  const until = choices.length > 0 ? reopensUntil(complaint, guide.rules) : undefined;
  const reopens = until ? [wording.status.reopens(wording.day(until))] : [];
  const holders = wording.status.holders(complaint.holders.map(name).join(", "));
  const waits = complaint.holders.flatMap((id) => {
    const reason = asking.world.switches?.agencies.get(id);
    return reason === undefined ? [] : [wording.doors.agencyOff(name(id), reason)];
  });
  const lines = [...head(complaint, wording), holders, ...waits, ...reopens, ...story];
  return { text: lines.join("\n"), choices };
}

function plain(text: string): Reply {
  return { text, choices: [] };
}
