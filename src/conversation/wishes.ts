import { type Complaint, isClosed } from "../complaints/complaint.ts";
import { mayDispute, mayInform, mayReopen, mayResume } from "../complaints/rights.ts";
import type { Choice } from "../messages/message.ts";
import type { Reading } from "../understanding/reader.ts";
import { pressureIn } from "../understanding/threat.ts";
import { button } from "./case-outcome.ts";
import { nudged, reopened } from "./case-turns.ts";
import { addedIn, type CaseWish, namesReport, wishIn } from "./case-words.ts";
import { tellsOfThreat } from "./facts.ts";
import type { Outcome } from "./guide.ts";
import { statusCard } from "./status.ts";
import { say, type Turn } from "./turn.ts";
import { askFacts, askWhyNot, informed } from "./typed.ts";
import { askWithdrawal, resumed, underPressure } from "./withdrawal.ts";

/** The button that says the same as the wish. */
const ACTIONS = {
  add: "add",
  withdraw: "withdraw",
  nudge: "nudge",
  resume: "resume",
  reopen: "reopen",
  dispute: "no",
  show: "show",
} as const satisfies Record<CaseWish, string>;

/**
 * What the person wants with a case of theirs, said in words: done where only one case can be meant, else asked which.
 * Undefined when the message says no such thing, or they have no case.
 */
export function hearWish(reading: Reading, turn: Turn): Outcome | undefined {
  const { world, wording, session } = turn;
  const added = addedIn(reading.text);
  const spoken = added === undefined ? wishIn(reading.text) : "add";
  const wish =
    world.mine.length > 0 && world.privately && mayMean(spoken, reading, turn) ? spoken : undefined;
  // While a complaint is being told, "bổ sung" adds to that one.
  if (!wish || (session.draft && !reading.trackingCode)) return undefined;
  // "Không rút nữa", "vẫn chưa xong": what is being asked about is answered by that.
  const { kind } = session.expecting ?? {};
  if (kind === "pressure" || kind === "withdrawal" || (kind === "dispute" && wish === "dispute"))
    return undefined;
  const named = reading.trackingCode ? world.mine.filter(({ id }) => id === world.found?.id) : world.mine;
  const fit = named.filter((complaint) => fits(wish, complaint, turn));
  const [first, ...others] = fit;
  // "Chưa xong" may be said of anything, unless a case was judged or waits to be; so may "bao giờ xong" and "mở lại".
  const vague = wish === "dispute" || wish === "show" || (wish === "reopen" && !namesReport(reading.text));
  if (!first) return vague ? undefined : say(turn, wording.relay.none);
  if (added !== undefined)
    return others.length > 0 ? addTo(fit, added, turn) : informed(first.id, added, turn);
  return others.length > 0 ? which(wording.relay.which, ACTIONS[wish], fit, turn) : grant(wish, first, turn);
}

/** What was told is kept until the person has said of which case it is. */
function addTo(cases: readonly Complaint[], text: string, turn: Turn): Outcome {
  const { session, replies } = which(turn.wording.relay.which, "addto", cases, turn);
  return { session: { ...session, expecting: { kind: "addition", text } }, replies };
}

/** Right after an answer about a procedure "bao giờ có kết quả" goes on about that, unless it names what was reported. */
function mayMean(wish: CaseWish | undefined, { text }: Reading, { session }: Turn): boolean {
  const answered = session.menu.some(({ id }) => id.startsWith("p:") || id.startsWith("f:"));
  return wish !== "show" || !answered || namesReport(text);
}

function fits(wish: CaseWish, complaint: Complaint, { world, guide }: Turn): boolean {
  switch (wish) {
    case "add":
      return mayInform(complaint, world.now, guide.rules);
    case "withdraw":
      return !isClosed(complaint.status);
    case "nudge":
      return !isClosed(complaint.status) && complaint.filing.kind !== "praise";
    case "resume":
      return mayResume(complaint, world.now, guide.rules);
    case "show":
      return !isClosed(complaint.status);
    case "reopen":
      return mayReopen(complaint, world.now, guide.rules);
    case "dispute":
      return mayDispute(complaint, world.now, guide.rules);
  }
}

function grant(wish: CaseWish, complaint: Complaint, turn: Turn): Outcome {
  switch (wish) {
    case "add":
      return askFacts(complaint, turn);
    case "withdraw":
      return askWithdrawal(complaint, turn);
    case "nudge":
      return nudged(complaint, turn);
    case "show":
      return { session: turn.session, replies: [statusCard(complaint, turn)] };
    case "resume":
      return resumed(complaint, turn);
    case "reopen":
      return reopened(complaint, turn);
    case "dispute":
      return askWhyNot(complaint, turn);
  }
}

/**
 * "Tôi bị dọa vì phản ánh": the case goes into the protected lane; undefined when the message says no such thing, or may
 * be said of the complaint that is being told.
 */
export function hearPressure(reading: Reading, turn: Turn): Outcome | undefined {
  const { world, wording, session } = turn;
  if (!world.privately || !pressureIn(reading.text)) return undefined;
  const open = openCases(turn);
  const { expecting } = session;
  const awaited = open.find(({ id }) => expecting && "complaint" in expecting && id === expecting.complaint);
  if (session.draft && !awaited) return undefined;
  const one = awaited ?? (open.length === 1 ? open[0] : undefined);
  if (one) return underPressure(one, reading.text, turn);
  return open.length > 0 ? which(wording.withdrawal.whichFear, "fear", open, turn) : undefined;
}

/** Said while a complaint is being told, pressure may be over one that was sent before: that one can be protected as well. */
export function withFearToo(outcome: Outcome, reading: Reading, turn: Turn): Outcome {
  const usual = openCases(turn).filter(({ lane }) => lane === "usual");
  const last = outcome.replies.at(-1);
  if (!last || usual.length === 0 || !turn.world.privately || !tellsOfThreat(reading)) return outcome;
  const text = `${last.text}\n${turn.wording.withdrawal.fearToo}`;
  const choices = [...last.choices, ...casesToChoose("fear", usual, turn)];
  return { ...outcome, replies: [...outcome.replies.slice(0, -1), { text, choices }] };
}

function openCases({ world }: Turn): Complaint[] {
  return world.mine.filter(({ status }) => !isClosed(status));
}

function which(text: string, action: string, cases: readonly Complaint[], turn: Turn): Outcome {
  const advice = action === "fear" ? `\n${turn.wording.withdrawal.advice}` : "";
  const choices = casesToChoose(action, cases, turn);
  return { session: turn.session, replies: [{ text: text + advice, choices }] };
}

function casesToChoose(action: string, cases: readonly Complaint[], { wording }: Turn): Choice[] {
  return cases.map((complaint) =>
    button(action, complaint, `${complaint.trackingCode} – ${wording.kinds[complaint.filing.kind]}`),
  );
}
