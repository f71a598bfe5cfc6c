import { type Complaint, isClosed, waitsForPerson } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { waitsForConsent } from "../complaints/identity.ts";
import { mayObject, objecting } from "../complaints/quarantine.ts";
import { mayDispute, mayInform, mayJudge, mayNudge, mayResume, reopensUntil } from "../complaints/rights.ts";
import { consenting, judging, replying } from "../complaints/tell.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Choice, Reply } from "../messages/message.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import { button } from "./case-outcome.ts";
import type { Guide, World } from "./guide.ts";
import { holdersOf, nextOf, timelineOf } from "./timeline.ts";

/** Cases that the list of one's own has a button for. */
const MOST_BUTTONS = 8;

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
    const choices = world.mine.slice(0, MOST_BUTTONS).map((own) => button("show", own, own.trackingCode));
    return { text: [words.yours, ...lines].join("\n"), choices };
  }
  if (!world.found) return plain(words.none);
  const erased = tombstoneOf(world.found, wording);
  if (erased) return plain(erased);
  const own = world.privately && world.found.conversation === world.conversation;
  return own
    ? statusCard(world.found, { world, guide, wording })
    : plain([...byCode(world.found, wording), words.elsewhere].join("\n"));
}

/**
 * What a code alone shows. Who had the case before it went into the protected lane knows the code too and heard only
 * that it ended: from the state they would learn that it did not, so that it looks like one that was withdrawn.
 */
function byCode(complaint: Complaint, wording: Wording): string[] {
  const { status, events } = complaint;
  const ended = status === "withdrawn" || events.some(({ type }) => type === "protected");
  return ended
    ? [wording.status.of(complaint.trackingCode), sentOn(complaint, wording), wording.status.stateElsewhere]
    : head(complaint, wording);
}

/** What a case asks of its person: "solved?" or the answer to a question, also while they can reopen it by that. */
export function pendingChoices(complaint: Complaint, { world, guide, wording }: Asking): Choice[] {
  const { rules } = guide;
  if (mayJudge(complaint, world.now, rules)) return judging(complaint, wording);
  if (mayObject(complaint, world.now, rules)) return objecting(complaint, wording);
  const asked = waitsForPerson(complaint.status) && mayInform(complaint, world.now, rules);
  return asked ? replying(complaint, wording) : [];
}

type Asking = { readonly world: World; readonly guide: Guide; readonly wording: Wording };

/** Everything that the person can do with their case now. */
export function casesChoices(complaint: Complaint, asking: Asking): Choice[] {
  const { world, guide, wording } = asking;
  const { now } = world;
  const { rules } = guide;
  const { standing, notices } = wording;
  const pending = pendingChoices(complaint, asking);
  const open = !isClosed(complaint.status);
  return [
    ...pending,
    ...(waitsForConsent(complaint) && open ? consenting(complaint, wording) : []),
    ...(complaint.status === "closed_confirmed" && mayDispute(complaint, now, rules)
      ? [button("no", complaint, notices.notSolved)]
      : []),
    ...(mayInform(complaint, now, rules) && !waitsForPerson(complaint.status)
      ? [button("add", complaint, standing.addFacts)]
      : []),
    ...(mayNudge(complaint, now, rules) ? [button("nudge", complaint, standing.nudge)] : []),
    ...(open ? [button("withdraw", complaint, standing.withdraw)] : []),
    ...(mayResume(complaint, now, rules) ? [button("resume", complaint, standing.resume)] : []),
  ];
}

/** What is still said of a complaint that was erased. */
function tombstoneOf({ trackingCode, events }: Complaint, { erasing, day }: Wording): string | undefined {
  const [first] = events;
  if (first?.type !== "erased") return undefined;
  return erasing.tombstone[first.reason](trackingCode, day(dayInVietnam(first.at)));
}

/** What the person agreed to, in the words they saw. */
function consentOf({ events }: Complaint, { consent }: Wording): string[] {
  const [first] = events;
  return first?.type === "filed" && first.consent ? [consent.given(first.consent.text)] : [];
}

function head(complaint: Complaint, wording: Wording): string[] {
  const words = wording.status;
  return [
    words.head(complaint.trackingCode, wording.statuses[complaint.status]),
    sentOn(complaint, wording),
    words.due(wording.day(complaint.answerDue)),
    ...lateness(complaint, wording),
  ];
}

function sentOn({ filedAt }: Complaint, { status, day }: Wording): string {
  return status.filedOn(day(dayInVietnam(filedAt)));
}

function lateness({ overdue, status }: Complaint, wording: Wording): string[] {
  return overdue === 0 || status === "answered" || isClosed(status) ? [] : [wording.overdue[overdue]];
}

/** All that its person sees of a case, with what they can do. */
export function statusCard(complaint: Complaint, asking: Asking): Reply {
  const { guide, wording } = asking;
  const words = { rules: guide.rules, wording };
  const { lines, shortened } = timelineOf(complaint, words, false);
  const choices = casesChoices(complaint, asking);
  const until = choices.length > 0 ? reopensUntil(complaint, guide.rules) : undefined;
  const more = button("more", complaint, wording.timeline.more);
  const waits = complaint.holders.flatMap((id) => {
    const reason = asking.world.switches?.agencies.get(id);
    return reason === undefined
      ? []
      : [wording.doors.agencyOff(agencyName(id, guide.rules.directory), reason)];
  });
  return {
    text: [
      ...head(complaint, wording),
      ...holdersOf(complaint, words),
      ...waits,
      ...nextOf(complaint, words),
      ...(until ? [wording.status.reopens(wording.day(until))] : []),
      wording.timeline.heading,
      ...lines,
      ...consentOf(complaint, wording),
    ].join("\n"),
    choices: shortened ? [...choices, more] : choices,
  };
}

/** Longest part of a time line in one message, in characters. */
const PART = 3500;

/** The whole time line, in as many messages as it needs; the choices under the last. */
export function wholeTimeline(complaint: Complaint, asking: Asking): Reply[] {
  const { lines } = timelineOf(complaint, { rules: asking.guide.rules, wording: asking.wording }, true);
  const parts: string[] = [];
  let part = asking.wording.timeline.heading;
  for (const line of lines) {
    if (part.length + line.length > PART && part !== "") {
      parts.push(part);
      part = line;
    } else part += `\n${line}`;
  }
  const choices = casesChoices(complaint, asking);
  return [...parts.map(plain), { text: part, choices }];
}

function plain(text: string): Reply {
  return { text, choices: [] };
}
