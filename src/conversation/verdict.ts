import { type Understanding, understand } from "../answers/answer.ts";
import { type Complaint, isConfidential } from "../complaints/complaint.ts";
import { mayJudge } from "../complaints/rights.ts";
import { fold } from "../text/fold.ts";
import { asksForMoney } from "../understanding/money.ts";
import type { Reading } from "../understanding/reader.ts";
import { asksSomething, isBareNo, isBareYes, pointsAtThem, verdictIn } from "../understanding/verdict.ts";
import { button, expects } from "./case-outcome.ts";
import { solved } from "./case-turns.ts";
import { askContacts } from "./contacts.ts";
import { tellsOfThreat } from "./facts.ts";
import type { Outcome } from "./guide.ts";
import { TELL_ASIDE } from "./likely.ts";
import { contextOf, type Turn } from "./turn.ts";
import { askedAgain, askWhyNot } from "./typed.ts";

/** What reopens a case that was closed long ago: a bare "chưa" hardly speaks of it. */
const UNSOLVED = /\bchua (?:duoc )?(?:giai quyet|xong)\b/;
/** From here on a message is plainly about this procedure. */
const SURE = 0.5;
/** Syllables that carry a subject: with more than these a message that can be answered is a question … */
const LITTLE = 3;
/** … even where it speaks of "họ". */
const MUCH = 6;

/**
 * What is said, in one's own words, to "is it solved?": a plain yes is one, a no is passed on with one press, and where it
 * is neither the question is asked again. Undefined for a question or a complaint of its own.
 */
export function hearVerdict(reading: Reading, turn: Turn): Outcome | undefined {
  const { world, guide } = turn;
  const waiting = world.mine.filter(({ status }) => status === "answered");
  const open = waiting.filter((complaint) => isAtHand(complaint, turn));
  const lately = UNSOLVED.test(fold(reading.text))
    ? world.mine.filter((complaint) => mayJudge(complaint, world.now, guide.rules))
    : [];
  const cases = open.length > 0 ? open : waiting.length > 0 ? waiting : lately.slice(0, 1);
  const [first, ...others] = cases;
  // Beside another agency's question a few words are rather its answer.
  const asked = world.mine.some(({ status }) => status === "needs_info");
  if (!first || (asked && open.length === 0) || reading.crisis) return undefined;
  const bare = isBareNo(reading.text);
  const context = open.length > 0 || bare ? { topics: [] } : contextOf(turn.session);
  const understood = understand(reading, context, guide.finder);
  const verdict =
    verdictIn(reading.text) ?? (open.length > 0 && isNothing(understood) ? "perhaps" : undefined);
  if (!verdict || isOther(reading, understood, verdict, first)) return undefined;
  if (others.length > 0) return askWhich(verdict, reading.text, cases, turn);
  // Said after something else, "được rồi" may be about that.
  const loose = open.length === 0 && (verdict === "yes" || bare);
  if (verdict === "perhaps" || loose) return askedAgain(first, turn);
  if (verdict === "yes") return solved(first, turn);
  return bare && reasonSoFar(first, turn) === undefined
    ? askWhyNot(first, turn)
    : offerDispute(first, reading.text, turn);
}

/** Nothing was said between the question and this message, or it was just asked again. */
function isAtHand({ id, events }: Complaint, { session }: Turn): boolean {
  const asked = events.findLast(
    (event) => event.type === "answered" || (event.type === "reminded" && event.clock === "confirm"),
  );
  const { menu, menuAt = "", expecting } = session;
  const offered = expecting?.kind === "dispute" && expecting.complaint === id;
  return offered || menu.some((choice) => choice.id === `c:yes:${id}`) || (asked?.at ?? "") > menuAt;
}

function isNothing({ intent, gap }: Understanding): boolean {
  return intent === "unclear" && gap === undefined;
}

/** Clearly about something else than this case; or graver than what those who hold it may hear. */
function isOther(
  reading: Reading,
  { intent, sure, gap, procedures: [best] }: Understanding,
  verdict: NonNullable<ReturnType<typeof verdictIn>>,
  { filing, ...complaint }: Complaint,
): boolean {
  if (intent === "status" || intent === "deadline" || reading.procedureCode) return true;
  if (!isConfidential({ ...complaint, filing }) && (asksForMoney(reading.text) || tellsOfThreat(reading)))
    return true;
  const commune = reading.place?.commune?.code;
  const { dossierCode } = reading;
  if (commune && filing.place?.code !== undefined && commune !== filing.place.code) return true;
  if (dossierCode && dossierCode !== filing.dossierCode) return true;
  if (reading.days.submitted) return true;
  if (verdict === "perhaps" && intent === "complaint") return true;
  if (isBareNo(reading.text) || isBareYes(reading.text)) return false;
  const them = pointsAtThem(reading.text);
  const plain =
    intent === "procedure" && sure && best && best.share >= SURE && best.code !== filing.procedure?.code;
  // One word ("chưa nhận được gì") names nothing, however well some procedure has it.
  if (plain && reading.content > 1 && (!them || reading.content > MUCH)) return true;
  const answered = intent === "procedure" || intent === "rule" || gap !== undefined;
  return answered && !them && reading.content > LITTLE;
}

/** Words that say that it is not solved are its reason, once the person presses. */
function offerDispute(complaint: Complaint, text: string, turn: Turn): Outcome {
  const { session, wording } = turn;
  const { after, notices, before, complaint: words } = wording;
  const more = reasonSoFar(complaint, turn);
  const reason = more === undefined ? text : `${more}\n${text}`;
  const offer = after.offerDispute(complaint.trackingCode, reason);
  const told = { ...turn, session: { ...session, aside: { text } } };
  return (
    askContacts("dispute", complaint, reason, told, [offer]) ??
    expects(told, { kind: "dispute", complaint: complaint.id, text: reason }, offer, [
      button("send", complaint, after.sendDispute),
      button("yes", complaint, notices.solved),
      { id: TELL_ASIDE, label: before.aside.anotherMatter },
      { id: "c:drop", label: words.cancel },
    ])
  );
}

/** What was told before and is not sent yet. */
function reasonSoFar({ id }: Complaint, { session: { expecting } }: Turn): string | undefined {
  return expecting?.kind === "dispute" && expecting.complaint === id ? expecting.text : undefined;
}

/** A plain question about a procedure is no reason why something is not solved. */
export function asksAnew(text: string, { world, guide }: Turn): boolean {
  if (!asksSomething(text)) return false;
  const { intent, sure, procedures } = understand(
    guide.reader.read(text, world.now),
    { topics: [] },
    guide.finder,
  );
  return intent === "procedure" && sure && (procedures[0]?.share ?? 0) >= SURE;
}

/** Of several answered cases it is asked which is meant; the words are kept. */
function askWhich(
  verdict: NonNullable<ReturnType<typeof verdictIn>>,
  text: string,
  cases: readonly Complaint[],
  turn: Turn,
): Outcome {
  const { wording } = turn;
  const keeps = verdict === "no" && !isBareNo(text);
  const action = verdict === "yes" ? "yes" : verdict === "perhaps" ? "show" : keeps ? "noto" : "no";
  const choices = cases.map((complaint) =>
    button(action, complaint, `${complaint.trackingCode} – ${wording.kinds[complaint.filing.kind]}`),
  );
  return keeps
    ? expects(turn, { kind: "addition", text }, wording.relay.which, choices)
    : { session: turn.session, replies: [{ text: wording.relay.which, choices }] };
}
