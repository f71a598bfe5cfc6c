import type { Complaint } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
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
    ? full(world.found, guide, wording)
    : plain([...head(world.found, wording), words.elsewhere].join("\n"));
}

/** What a case waits for from its person: "solved?" or the answer to a question. */
export function pendingChoices(complaint: Complaint, wording: Wording): Choice[] {
  if (complaint.status === "needs_info")
    return [{ id: `c:info:${complaint.id}`, label: wording.notices.answerQuestion }];
  if (complaint.status !== "answered") return [];
  return [
    { id: `c:yes:${complaint.id}`, label: wording.notices.solved },
    { id: `c:no:${complaint.id}`, label: wording.notices.notSolved },
  ];
}

function head(complaint: Complaint, wording: Wording): string[] {
  const words = wording.status;
  return [
    words.head(complaint.trackingCode, wording.statuses[complaint.status]),
    words.filedOn(wording.day(localDay(complaint.filedAt))),
    words.due(wording.day(complaint.answerDue)),
  ];
}

function full(complaint: Complaint, guide: Guide, wording: Wording): Reply {
  const { directory } = guide.rules;
  const name = (id: string): string => agencyName(id, directory);
  const story = complaint.events.slice(-SHOWN_EVENTS).flatMap((event) => {
    const when = wording.day(localDay(event.at));
    switch (event.type) {
      case "answered":
      case "asked":
      case "progress":
        return [`– ${when} ${name(event.by.agency)}: “${event.text}”`];
      case "delivered":
        return [`– ${when} ${wording.notices.delivered(complaint.trackingCode, name(event.agency))}`];
      default:
        return [];
    }
  });
  const choices = pendingChoices(complaint, wording);
  const holders = wording.status.holders(complaint.holders.map(name).join(", "));
  return { text: [...head(complaint, wording), holders, ...story].join("\n"), choices };
}

function plain(text: string): Reply {
  return { text, choices: [] };
}

/** The day in Viet Nam of an ISO instant. */
function localDay(at: string): string {
  return new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10);
}
