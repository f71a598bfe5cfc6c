import {
  choicesOfMaybe,
  renderAnswer,
  renderCode,
  type Understanding,
  understand,
} from "../answers/answer.ts";
import { applyEvent, type Complaint, type ComplaintEvent } from "../complaints/complaint.ts";
import { waitsForConsent } from "../complaints/identity.ts";
import { consenting } from "../complaints/tell.ts";
import { dueAfter, dueSameDay } from "../complaints/working-time.ts";
import type { Choice, FileRefusal, InboundBody, Reply } from "../messages/message.ts";
import { beginningOf } from "../text/beginning.ts";
import { clean } from "../text/clean.ts";
import { fold, words } from "../text/fold.ts";
import { asMeant } from "../text/typing.ts";
import { isEnglish } from "../understanding/english.ts";
import { asksForMoney } from "../understanding/money.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import { AGREES, DENIES } from "./agreed.ts";
import { hearAsker, NOTHING_ASKED, withAsker } from "./asker.ts";
import { startComplaint } from "./begin.ts";
import { answerToDrop } from "./cancel.ts";
import { choose } from "./choose.ts";
import { commandIn } from "./command.ts";
import { answersOff, lookUp } from "./doors.ts";
import { hearDossierCode } from "./dossier-code.ts";
import { refuseFile, takeFile } from "./evidence-turns.ts";
import { isStory, isViolence, tellsOfThreat } from "./facts.ts";
import { withThumbs } from "./feedback.ts";
import type { Guide, Outcome, World } from "./guide.ts";
import { hearName } from "./identity-turns.ts";
import { ask } from "./intake.ts";
import { takeText } from "./intake-answers.ts";
import { TELL_ASIDE } from "./likely.ts";
import { obey } from "./obey.ts";
import { asksPlaceToday, isPlace, placeToday } from "./place-today.ts";
import { consentIn } from "./preview.ts";
import { answerInside } from "./question-inside.ts";
import { choicesUnder } from "./remind.ts";
import { remindOfCount } from "./remind-offer.ts";
import type { Expecting, Session } from "./session.ts";
import { pendingChoices } from "./status.ts";
import { awaitedNow, contextOf, mannerOf, say, type Turn, without, withTopic } from "./turn.ts";
import { complaintBeside, isOutright, questionBeside } from "./two-things.ts";
import { hearConsent, hearTyped, offerFacts } from "./typed.ts";
import { asksAnew, hearVerdict } from "./verdict.ts";
import { hearPressure, hearWish, withFearToo } from "./wishes.ts";
import { hearWithdrawal } from "./withdrawal.ts";

/** Longest message taken in, in characters. */
const LONGEST = 4000;
const DAY_MS = 86_400_000;
/** A long number or an address: such a question is not kept. */
const PERSONAL = /\d[\d .-]{5,}\d|@/;
/** Characters of a question that are remembered. */
const ASKED_LENGTH = 300;
/** Longest message that is a look-up of the tracking code in it, in syllables; the code itself is four. */
const LOOK_UP_WORDS = 9;

/**
 * Answers one message: a pure function of what was said, where the conversation stands and what surrounds it. The
 * menu of the last reply is what a bare number means next.
 */
export function respond(session: Session, body: InboundBody, world: World, guide: Guide): Outcome {
  const spoken = body.kind === "text" && turnsToEnglish(session, body.text);
  const known: Session = spoken ? { ...session, language: "en" } : session;
  const wording = guide.wordings[known.language];
  const turn = { session: known, world, guide, wording };
  const said = lapsed(body, turn) ?? dispatch(body, turn);
  const note = { text: wording.menu.language, choices: [] };
  return withMenu(spoken ? { ...said, replies: [note, ...said.replies] } : said, world.now);
}

/** Whoever writes plain English is answered so; in the middle of a complaint or a question of ours nothing changes. */
function turnsToEnglish({ language, draft, expecting }: Session, text: string): boolean {
  return language === "vi" && !draft && !expecting && isEnglish(asMeant(text.slice(0, LONGEST)));
}

/** A complaint that was left unfinished too long is gone; the message is taken as if it had never been begun. */
function lapsed(body: InboundBody, turn: Turn): Outcome | undefined {
  const { session, world, guide, wording } = turn;
  const { draft, menuAt } = session;
  const { draftDays } = guide.rules.retention;
  if (!draft || menuAt === undefined) return undefined;
  if (world.now.getTime() - Date.parse(menuAt) <= draftDays * DAY_MS) return undefined;
  const bare: Session = { ...session, menu: [] };
  const said = dispatch(body, { ...turn, session: without(without(bare, "draft"), "expecting") });
  const note = { text: wording.complaint.lapsed(draftDays), choices: [] };
  return {
    ...said,
    replies: [note, ...said.replies],
    unwanted: [...(said.unwanted ?? []), draft.id],
  };
}

function dispatch(body: InboundBody, turn: Turn): Outcome {
  const { answers, complaint } = turn.wording;
  if (body.kind === "unsupported") return unread(answers.unsupported, turn);
  if (body.kind === "refused-file") return withoutFile(body.why, body.caption, turn);
  if (body.kind === "file") return withCaption(takeFile(body, turn), body.caption, turn);
  if (body.kind === "choice") return choose(body.id, turn);
  const text = asMeant(clean(body.text));
  if (text === "") return unread(answers.empty, turn);
  if (text.length > LONGEST) return unread(answers.tooLong, turn);
  const picked = pick(text, turn);
  if (picked) return choose(picked, turn);
  if (/^\d{1,2}$/.test(text) && !turn.session.draft && !turn.session.expecting)
    return unread(openChoices(turn).length > 0 ? complaint.useButtons : answers.noMenu, turn);
  const command = commandIn(text, turn.session.language);
  if (command) return obey(command, text, turn);
  return hear(text, turn);
}

/** A file that is for nothing yet: what stands under it may begin the complaint that it is for. */
function withoutFile(why: FileRefusal, caption: string | undefined, turn: Turn): Outcome {
  if (why !== "alone" || !caption) return refuseFile(why, turn);
  const said = dispatch({ kind: "text", text: caption }, turn);
  const note = { text: turn.wording.evidence.sendAgain, choices: [] };
  return said.session.draft ? { ...said, replies: [note, ...said.replies] } : refuseFile(why, turn);
}

/** What stands under a file is said after it: in the complaint being told, or about the case as the file left it. */
function withCaption(outcome: Outcome, caption: string | undefined, turn: Turn): Outcome {
  const { complaints = [], session } = outcome;
  if (!caption || !(session.draft || complaints.length > 0)) return outcome;
  const mine = turn.world.mine.map((complaint) =>
    complaints
      .flatMap(({ id, events }) => (id === complaint.id ? events : []))
      .reduce((before, event) => applyEvent(complaint.id, before, event), complaint),
  );
  const said = dispatch(
    { kind: "text", text: caption },
    { ...turn, session, world: { ...turn.world, mine } },
  );
  return { ...said, ...joined(outcome, said), replies: [...outcome.replies, ...said.replies] };
}

/** What two outcomes of one message store, the second made of the cases as the first left them. */
function joined(one: Outcome, other: Outcome): Pick<Outcome, "complaints" | "deliveries"> {
  const [before = [], after = []] = [one.complaints, other.complaints];
  const grown = before.map((change) => ({
    ...change,
    events: [...change.events, ...after.flatMap(({ id, events }) => (id === change.id ? events : []))],
  }));
  const fresh = after.filter(({ id }) => !before.some((change) => change.id === id));
  const deliveries = [...(one.deliveries ?? []), ...(other.deliveries ?? [])];
  return {
    ...(grown.length + fresh.length > 0 && { complaints: [...grown, ...fresh] }),
    ...(deliveries.length > 0 && { deliveries }),
  };
}

/** The choice that a typed number or label means: of the notice pushed last, if it came after the last menu. */
function pick(text: string, turn: Turn): string | undefined {
  const open = openChoices(turn);
  if (/^\d{1,2}[.)]?$/.test(text)) return open[Number.parseInt(text, 10) - 1]?.id;
  // Beside anything else that is offered a yes alone says nothing.
  const [maybe, ...others] = open.filter(({ id }) => id !== "complain");
  if (maybe?.id.startsWith("m:")) {
    if (others.length === 0 && AGREES.test(fold(text))) return maybe.id;
    if (DENIES.test(fold(text))) return "none";
  }
  const typed = asTyped(text);
  return [...open, ...turn.session.menu].find((choice) => asTyped(choice.label) === typed)?.id;
}

/** A label as it is typed: "email" as well as "e-mail". */
function asTyped(label: string): string {
  return words(label).join(" ").replaceAll("e mail", "email");
}

/** Says that nothing could be made of the message; the choices that were open stay so. */
function unread(text: string, turn: Turn): Outcome {
  return { session: turn.session, replies: [{ text, choices: openChoices(turn) }] };
}

/** What a bare number means now: the notice pushed last, if it came after the last menu, else that menu. */
function openChoices(turn: Turn): readonly Choice[] {
  const { session, world } = turn;
  let open: readonly Choice[] = session.menu;
  let since = session.menuAt ?? "";
  // While something is being asked, or several cases wait, a bare number must not settle a case by chance.
  const waiting = world.mine.filter(({ status }) => status === "answered" || status === "needs_info");
  if (session.draft || session.expecting || waiting.length > 1) return open;
  for (const complaint of world.mine) {
    const pushed = complaint.events.findLast(isPushed);
    const choices =
      pushed?.type === "identity-asked" && waitsForConsent(complaint)
        ? consenting(complaint, turn.wording)
        : pendingChoices(complaint, turn);
    if (choices.length === 0 || !pushed || pushed.at <= since) continue;
    open = choices;
    since = pushed.at;
  }
  for (const reminder of session.reminders ?? []) {
    if (reminder.at <= since || Date.parse(reminder.at) > world.now.getTime()) continue;
    open = choicesUnder(reminder, turn.wording);
    since = reminder.at;
  }
  return open;
}

/** With this the person was sent choices. */
function isPushed(event: ComplaintEvent): boolean {
  if (event.type === "reminded") return event.clock === "question" || event.clock === "confirm";
  return (
    event.type === "asked" ||
    event.type === "answered" ||
    event.type === "closed" ||
    event.type === "identity-asked"
  );
}

/** A free text: an awaited answer, the next step of a complaint being told, or something new. */
function hear(text: string, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const reading = guide.reader.read(text, world.now);
  const expecting = awaitedNow(session, world.now);
  const { draft } = session;
  // "tra cứu MC-…" is understood at any moment; a story that merely mentions a code is longer.
  const fresh = { ...turn, session: { ...session, expecting } };
  const wish = hearWish(reading, fresh);
  if (wish) return wish;
  const mistyped = reading.wrongTrackingCode && /^\/?tra ?cuu /.test(fold(text));
  if ((reading.trackingCode || mistyped) && reading.syllables.length <= LOOK_UP_WORDS) {
    return lookUp(reading, turn);
  }
  const crisis = crisisReply(reading, wording);
  // First: what tells of a threat must not go to who may have uttered it.
  const pressed = hearPressure(reading, fresh);
  if (pressed) return withFirst(crisis, pressed);
  const awaited = expecting && hearAwaited(expecting, text, turn);
  if (awaited) return withFirst(crisis, awaited);
  if (draft) {
    const consent = tellsOfThreat(reading) ? undefined : (answerToDrop(text, turn) ?? consentIn(draft, text));
    if (consent) return choose(consent, turn);
    if (reading.greeting && draft.step !== "person") {
      const asked = ask(draft, world, guide, wording, [wording.complaint.stillOpen]);
      return { session: { ...session, draft: asked.draft }, replies: [asked.reply] };
    }
    const inside = crisis.length > 0 ? undefined : answerInside(draft, reading, turn);
    if (inside) return inside;
    // Whoever goes on telling asks no more about what was answered.
    const { answered: _before, ...goesOn } = draft;
    const taken = takeText(goesOn, reading, world, guide, wording);
    const told = { session: { ...session, draft: taken.draft }, replies: [...crisis, taken.reply] };
    return withFearToo(told, reading, turn);
  }
  const verdict = hearVerdict(reading, turn);
  if (verdict) return verdict;
  const asked = world.mine.find((complaint) => complaint.status === "needs_info");
  if (asked) return hearBeside(asked, reading, text, turn);
  return hearDossierCode(reading, turn) ?? hearTurned(reading, turn);
}

/** Beside an agency's question, a few words are rather its answer than a follow-up of an old topic. */
function hearBeside(asked: Complaint, reading: Reading, text: string, turn: Turn): Outcome {
  const { session, guide } = turn;
  const { province, business } = contextOf(withAsker(reading, session));
  const understood = understand(reading, { topics: [], province, business }, guide.finder);
  if (understood.intent === "status" || understood.intent === "crisis" || reading.greeting)
    return answered(understood, reading, turn);
  return offerFacts(asked, text, turn);
}

/** "Thôi, hỏi cái khác: …" is about what follows it; "à mà cho hỏi thêm …" may be so. */
function hearTurned(reading: Reading, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const { turned } = reading;
  if (!turned) return hearQuestion(reading, session, turn);
  if (turned.rest === "") return { ...say(turn, wording.answers.whatNeeded), understood: NOTHING_ASKED };
  const rest = guide.reader.read(turned.rest, world.now);
  const away = turned.away && rest.content > 0;
  return hearQuestion(rest, away ? { ...session, topics: [], menu: [] } : session, turn);
}

/** @param before what it is understood by, the session or less */
function hearQuestion(reading: Reading, before: Session, turn: Turn): Outcome {
  const { session, guide } = turn;
  const told = hearAsker(reading, { ...turn, session: withAsker(reading, session) });
  if (told) return told;
  const understood = understand(reading, contextOf(withAsker(reading, before)), guide.finder);
  return answered(understood, reading, turn);
}

function answered(understood: Understanding, reading: Reading, turn: Turn): Outcome {
  const { guide, wording } = turn;
  const next = { ...turn, session: remember(understood, reading, turn.session) };
  const off = QUESTIONS.includes(understood.intent) ? answersOff(next) : undefined;
  if (off) return { ...withComplaintBeside(off, reading, next), understood: unanswered(understood) };
  const today = placeAsked(understood, reading) && placeToday(reading, guide.rules.directory.places, wording);
  if (today) return { session: next.session, replies: [today], understood: unanswered(understood) };
  return { ...answerTo(understood, reading, next), understood };
}

/** The same, where no procedure or rule was answered with. */
function unanswered(understood: Understanding): Understanding {
  return { ...understood, procedures: [], rules: [] };
}

/** The number to call, where the message tells of danger. */
function crisisReply({ crisis }: Reading, { answers }: Wording): Reply[] {
  return crisis ? [{ text: answers.crisis[crisis], choices: [] }] : [];
}

function withFirst(first: readonly Reply[], outcome: Outcome): Outcome {
  return { ...outcome, replies: [...first, ...outcome.replies] };
}

/** The answer to what was asked of a case; undefined when what waits is a yes to something typed before. */
function hearAwaited(expecting: Expecting, text: string, turn: Turn): Outcome | undefined {
  switch (expecting.kind) {
    case "dispute":
      if (expecting.text !== undefined) return hearConsent(expecting, text, turn);
      return asksAnew(text, turn) ? undefined : hearTyped(expecting.kind, expecting.complaint, text, turn);
    case "information":
      return expecting.text === undefined
        ? hearTyped(expecting.kind, expecting.complaint, text, turn)
        : hearConsent(expecting, text, turn);
    case "withdrawal": {
      const consent = hearConsent(expecting, text, turn);
      return consent ?? hearWithdrawal(expecting.kind, expecting.complaint, text, turn);
    }
    case "pressure":
      return hearWithdrawal(expecting.kind, expecting.complaint, text, turn);
    case "identity":
      return hearName(expecting.complaint, text, turn);
    case "addition":
    case "official":
    case "form":
      return undefined;
  }
}

/** Whether a message wants to know what a place is today; the bare name of one asks so too, where nothing else is meant. */
function placeAsked({ intent }: Understanding, reading: Reading): boolean {
  if (intent === "complaint" || intent === "crisis") return false;
  return asksPlaceToday(reading) || ((intent === "unclear" || intent === "offtopic") && isPlace(reading));
}

/** What is answered as a question: only such a message is remembered as one. */
const QUESTIONS: readonly Understanding["intent"][] = ["procedure", "rule", "deadline", "unclear"];

/** The session with what the message says of who asks, and the message as the last question. */
function remember({ intent }: Understanding, reading: Reading, session: Session): Session {
  // Where somebody was troubled need not be where they live.
  const { asked: _before, ...rest } = intent === "complaint" ? session : withAsker(reading, session);
  const keeps = QUESTIONS.includes(intent) && !PERSONAL.test(reading.text);
  return {
    ...rest,
    ...(keeps && { asked: beginningOf(reading.text, ASKED_LENGTH) }),
  };
}

function answerTo(understood: Understanding, reading: Reading, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  switch (understood.intent) {
    case "crisis":
      return besideCrisis(understood, reading, turn);
    case "status":
      return lookUp(reading, turn);
    case "greeting":
      return say(
        turn,
        /cam on|thank/.test(words(reading.text).join(" "))
          ? wording.answers.thanks
          : wording.answers.greeting,
      );
    case "offtopic": {
      const choices = choicesOfMaybe(understood, session.language === "en");
      const text = choices.length > 0 ? wording.answers.offtopicMaybe : wording.answers.offtopic;
      return { session, replies: [{ text, choices }], ...keptFor("offtopic", reading) };
    }
    case "complaint": {
      const beside = questionBeside(reading, guide, world.now);
      const asked =
        beside && understand(beside.question, contextOf({ ...session, topics: [] }), guide.finder);
      if (beside && asked && asked.sure && (asked.intent === "procedure" || asked.intent === "rule")) {
        const started = startComplaint(beside.rest, topicOf(beside.rest, session), turn);
        const { text } = renderAnswer(asked, mannerOf(turn));
        const answered = answersOff(turn)?.replies ?? [{ text, choices: [] }];
        return { ...started, replies: [...answered, ...started.replies] };
      }
      return startComplaint(reading, understood.procedures[0]?.code ?? topicOf(reading, session), turn);
    }
    case "deadline":
      return deadline(understood, reading, turn);
    case "unclear": {
      const maybe = choicesOfMaybe(understood, session.language === "en");
      const { gap, unknownMaybe, unknown, complainNow } = wording.answers;
      const text = understood.gap ? gap(understood.gap) : maybe.length > 0 ? unknownMaybe : unknown;
      const choices = [...maybe, { id: "complain", label: complainNow }];
      const said = { session, replies: [{ text, choices }], ...keptFor("unclear", reading) };
      return withComplaintBeside(said, reading, turn);
    }
    case "rule":
    case "procedure": {
      const reply = renderAnswer(understood, mannerOf(turn));
      const told = toldOf(understood, reply);
      const outcome = {
        // The likeliest is the topic even while the person has not chosen: what they ask next is mostly about it.
        session: understood.procedures[0] ? withTopic(session, understood.procedures[0].code) : session,
        replies: [reply],
      };
      return withComplaintBeside(told ? withThumbs(outcome, told, wording) : outcome, reading, turn);
    }
  }
}

/** What was declined, for those who write the answers, unless it is one word or looks personal. */
function keptFor(intent: "unclear" | "offtopic", { syllables, text }: Reading): Pick<Outcome, "unanswered"> {
  const keeps = syllables.length > 1 && !PERSONAL.test(text);
  return keeps ? { unanswered: { question: text, intent } } : {};
}

/** The emergency number, then what the message asks for: answered as without it, a complaint one press away. */
function besideCrisis(understood: Understanding, reading: Reading, turn: Turn): Outcome {
  const { session, wording } = turn;
  const first = crisisReply(reading, wording);
  const { beside: intent = "unclear", gap } = understood;
  if (QUESTIONS.includes(intent) && (intent !== "unclear" || gap)) {
    return withFirst(first, answersOff(turn) ?? answerTo({ ...understood, intent }, reading, turn));
  }
  if (intent === "status") return withFirst(first, lookUp(reading, turn));
  const guarded = isViolence(reading) && (isStory(reading) || tellsOfThreat(reading));
  if (!guarded && intent !== "complaint") return { session, replies: first };
  const label = guarded ? wording.before.aside.guarded : wording.answers.complainNow;
  return {
    session: { ...session, aside: { text: reading.text } },
    replies: first.map((reply) => ({ ...reply, choices: [{ id: TELL_ASIDE, label }] })),
  };
}

/** Beside a question that was answered a grievance was told: it is offered, and begun where it is plain. */
function withComplaintBeside(outcome: Outcome, reading: Reading, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const graver = tellsOfThreat(reading) || asksForMoney(reading.text);
  const beside = graver ? reading : complaintBeside(reading, guide, world.now);
  const answer = outcome.replies.at(-1);
  if (!beside || !answer) return outcome;
  if (!graver && isOutright(beside)) {
    const { session } = outcome;
    const started = startComplaint(beside, topicOf(beside, session), { ...turn, session });
    return { ...outcome, ...started, replies: [...outcome.replies, ...started.replies] };
  }
  const label = graver
    ? wording.answers.complainNow
    : wording.before.aside.offer(wording.kinds[beside.grievance.kind]);
  const offer = { id: TELL_ASIDE, label };
  // The plain button of the same name forgets what was said.
  const others = answer.choices.filter((choice) => choice.label !== label);
  return {
    ...outcome,
    session: { ...outcome.session, aside: { text: beside.text } },
    replies: [...outcome.replies.slice(0, -1), { ...answer, choices: [offer, ...others] }],
  };
}

/** "Tôi bị vòi tiền" speaks of the topic at hand; whoever tells a story says what it is about. */
function topicOf(reading: Reading, session: Session): string | undefined {
  return isStory(reading) ? undefined : session.topics[0];
}

/** "Nộp hôm 5/11 thì bao giờ có?": the date, counted by the procedure's own limit. */
function deadline(understood: Understanding, reading: Reading, turn: Turn): Outcome {
  const { session, guide, wording } = turn;
  const found = understood.procedures[0];
  const facts = found && guide.finder.facts(found.code);
  const { submitted, submittedAt = "09:00" } = reading.days;
  if (!found || !facts || !submitted) return say(turn, wording.answers.askProcedureForDeadline);
  const from = new Date(`${submitted}T${submittedAt}:00+07:00`);
  const limit = facts.procedure.time.find((time) => time.kind === "within" || time.kind === "same-day");
  const { workingTime } = guide.rules;
  const due =
    limit?.kind === "within"
      ? dueAfter(from, limit, workingTime)
      : limit?.kind === "same-day"
        ? dueSameDay(from, limit.cutoff, workingTime)
        : undefined;
  const { title } = found.subject;
  const text =
    due?.kind === "due"
      ? wording.answers.deadline(wording.day(due.day), title)
      : wording.answers.deadlineUnknown(title);
  const remind = due?.kind === "due" ? remindOfCount(due.day, found.code, submitted, turn) : [];
  const card = renderCode(found.code, "time", mannerOf(turn));
  const outcome = {
    session: withTopic(session, found.code),
    replies: [{ text: `${text}\n\n${card.text}`, choices: [...remind, ...card.choices] }],
  };
  return withThumbs(outcome, found.code, wording);
}

/** What a reply tells of, a procedure's code or a rule's id; undefined when it lets the person choose. */
function toldOf(
  { intent, procedures, rules, asksProvince }: Understanding,
  { choices }: Reply,
): string | undefined {
  if (asksProvince || choices.some(({ id }) => id === "none")) return undefined;
  return intent === "rule" && rules[0] ? rules[0].rule.id : procedures[0]?.code;
}

/** The last reply's choices are what a bare number means next. */
function withMenu(outcome: Outcome, now: Date): Outcome {
  if (outcome.keepsMenu) return outcome;
  const menu = outcome.replies.at(-1)?.choices ?? [];
  return { ...outcome, session: { ...outcome.session, menu: [...menu], menuAt: now.toISOString() } };
}
