import { renderRule } from "../answers/render.ts";
import { type Complaint, isClosed } from "../complaints/complaint.ts";
import { mayInform } from "../complaints/rights.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Rule } from "../knowledge/rule.ts";
import type { Choice } from "../messages/message.ts";
import { fold } from "../text/fold.ts";
import { dossierCodeIn, dossierDayIn } from "../understanding/codes.ts";
import type { Reading } from "../understanding/reader.ts";
import { ownCase, tooLate } from "./case-outcome.ts";
import { intakeOff } from "./doors.ts";
import type { Outcome } from "./guide.ts";
import { begin, reopen } from "./intake.ts";
import { statusCard } from "./status.ts";
import { say, type Turn, without } from "./turn.ts";
import { informed } from "./typed.ts";

/** What may stand beside a code that is sent for its own sake; any other word tells or asks something. */
const AROUND =
  /^(?:(?:da|a|thua|ma|so|ho so|cua|toi|em|minh|tui|la|day|ne|nhe|nha|nay|do|tren|giay|hen|ban|ad|co|xem|kiem tra|tra|cuu|giup|voi|cho|den|dau|o|roi|xong|chua|sao|the nao|bao gio|ket qua|my|file|number|is|the|dossier|code|status|of|track|where) ?)*$/;
/** How the knowledge is asked where one looks up a dossier, and what answers it. */
const LOOK_UP = { question: "tra cuu ma ho so", rule: "tra-cuu-ho-so" };

/** A dossier's code and nothing else: what it is sent for is asked. Undefined for anything else. */
export function hearDossierCode({ text, dossierCode: code }: Reading, turn: Turn): Outcome | undefined {
  if (!code) return undefined;
  const rest = restOf(text, code);
  if (!AROUND.test(rest)) return undefined;
  const { session, world, wording } = turn;
  const { dossier } = wording;
  const mine = world.privately ? world.mine.filter(({ status }) => !isClosed(status)) : [];
  const about = mine.find(({ filing }) => filing.dossierCode === code);
  if (about) return { session, replies: [statusCard(about, turn)] };
  const day = dossierDayIn(code);
  const received = day && day <= dayInVietnam(world.now) ? wording.day(day) : undefined;
  const choices: Choice[] = [
    { id: `h:late:${code}`, label: dossier.late },
    ...mine
      .filter((complaint) => takesCode(complaint, code, turn))
      .map(({ id, trackingCode }) => ({ id: `h:add:${code}:${id}`, label: dossier.add(trackingCode) })),
    ...(ruleOf(turn) ? [{ id: `h:look:${code}`, label: dossier.look }] : []),
  ];
  return { session, replies: [{ text: dossier.what(code, received), choices }] };
}

/** A button under that question. */
export function chooseForDossier(id: string, turn: Turn): Outcome {
  const [, action = "", named = "", complaintId = ""] = id.split(":");
  const { session, wording } = turn;
  const code = dossierCodeIn(named);
  const complaint = ownCase(complaintId, turn);
  const rule = ruleOf(turn);
  if (code && action === "late") return report(code, turn);
  if (code && action === "add") {
    if (!complaint || !takesCode(complaint, code, turn)) return tooLate(turn);
    return informed(complaint.id, wording.dossier.isIt(code), turn);
  }
  if (action !== "look" || !rule) return say(turn, wording.answers.staleChoice);
  return { session, replies: [renderRule(rule, wording, session.language === "en")] };
}

function restOf(text: string, code: string): string {
  const at = text.toUpperCase().indexOf(code);
  const rest = at < 0 ? text : `${text.slice(0, at)} ${text.slice(at + code.length)}`;
  return fold(rest)
    .replaceAll(/[^\p{L}\d]+/gu, " ")
    .trim();
}

/** The case tells no dossier yet, and this one was not added to it before. */
function takesCode(complaint: Complaint, code: string, { world, guide }: Turn): boolean {
  const { filing, events } = complaint;
  const added = events.some((event) => event.type === "informed" && event.text.includes(code));
  return !filing.dossierCode && !added && mayInform(complaint, world.now, guide.rules);
}

/** A late result is reported of it: the code is known already. */
function report(dossierCode: string, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  if (session.draft) return say(turn, wording.complaint.stillOpen);
  const off = intakeOff(turn);
  if (off) return off;
  const draft = { ...begin(undefined, undefined, world, guide), kind: "late" as const, dossierCode };
  const before = [wording.complaint.start, wording.complaint.heard(wording.kinds.late)];
  const asked = reopen(draft, world, guide, wording, before);
  return { session: { ...without(session, "expecting"), draft: asked.draft }, replies: [asked.reply] };
}

/** The rule that says where a dossier is looked up; undefined where the knowledge holds none. */
function ruleOf({ world, guide }: Turn): Rule | undefined {
  const { rules } = guide.finder.find(guide.reader.read(LOOK_UP.question, world.now));
  return rules.find(({ rule }) => rule.id === LOOK_UP.rule)?.rule;
}
