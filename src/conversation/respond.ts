import { renderAnswer, type Understanding, understand } from "../answers/answer.ts";
import { renderProcedure } from "../answers/render.ts";
import { type Complaint, isClosed } from "../complaints/complaint.ts";
import { agencyName } from "../complaints/file.ts";
import { confirm, dispute, inform } from "../complaints/progress.ts";
import { dueAfter, dueSameDay } from "../complaints/working-time.ts";
import type { Choice, InboundBody, Reply } from "../messages/message.ts";
import { fold, words } from "../text/fold.ts";
import type { Aspect } from "../understanding/aspect.ts";
import { clean, type Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import { type Command, commandIn } from "./command.ts";
import type { Guide, Outcome, World } from "./guide.ts";
import { ask, back, begin, isStory, send, takeChoice, takeText } from "./intake.ts";
import type { Session } from "./session.ts";
import { pendingChoices, statusOf } from "./status.ts";

/** Longest message taken in, in characters. */
const LONGEST = 4000;
/** Longest message that is a look-up of the tracking code in it, in syllables; the code itself is four. */
const LOOK_UP_WORDS = 9;
/** Procedures remembered as topics of a conversation. */
const TOPICS = 5;

/** What one act of respond works with. */
type Turn = {
  readonly session: Session;
  readonly world: World;
  readonly guide: Guide;
  readonly wording: Wording;
};

/**
 * Answers one message: a pure function of what was said, where the conversation stands and what surrounds it. The
 * menu of the last reply is what a bare number means next.
 */
export function respond(session: Session, body: InboundBody, world: World, guide: Guide): Outcome {
  const turn = { session, world, guide, wording: guide.wordings[session.language] };
  return withMenu(dispatch(body, turn), world.now);
}

function dispatch(body: InboundBody, turn: Turn): Outcome {
  if (body.kind === "unsupported") return say(turn, turn.wording.answers.unsupported);
  if (body.kind === "choice") return choose(body.id, turn);
  const text = clean(body.text);
  if (text === "") return say(turn, turn.wording.answers.empty);
  if (text.length > LONGEST) return say(turn, turn.wording.answers.tooLong);
  const picked = pick(text, turn);
  if (picked) return choose(picked, turn);
  if (/^\d{1,2}$/.test(text) && !turn.session.draft && !turn.session.expecting)
    return say(turn, turn.wording.answers.noMenu);
  const command = commandIn(text, turn.session.language);
  if (command) return obey(command, text, turn);
  return hear(text, turn);
}

/** The choice that a typed number or label means: of the notice pushed last, if it came after the last menu. */
function pick(text: string, { session, world, wording }: Turn): string | undefined {
  const pushed = pushedChoices(session, world, wording);
  const open = pushed.length > 0 ? pushed : session.menu;
  if (/^\d{1,2}$/.test(text)) return open[Number(text) - 1]?.id;
  const typed = words(text).join(" ");
  return [...open, ...session.menu].find((choice) => words(choice.label).join(" ") === typed)?.id;
}

function pushedChoices(session: Session, world: World, wording: Wording): readonly Choice[] {
  for (const complaint of world.mine) {
    const choices = pendingChoices(complaint, wording);
    const last = complaint.events.at(-1);
    if (choices.length > 0 && last && last.at > (session.menuAt ?? "")) return choices;
  }
  return [];
}

/** A free text: an awaited answer, the next step of a complaint being told, or something new. */
function hear(text: string, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const reading = guide.reader.read(text, world.now);
  const { expecting, draft } = session;
  // "tra cứu MC-…" is understood at any moment; a story that merely mentions a code is longer.
  const mistyped = reading.wrongTrackingCode && /^\/?tra ?cuu /.test(fold(text));
  if ((reading.trackingCode || mistyped) && reading.syllables.length <= LOOK_UP_WORDS) {
    return { session, replies: [statusOf(reading, world, guide, wording)] };
  }
  if (expecting?.kind === "dispute") return disputed(expecting.complaint, text, turn);
  if (expecting?.kind === "information" && expecting.text === undefined)
    return informed(expecting.complaint, text, turn);
  if (draft) {
    const crisis = reading.crisis ? [{ text: wording.answers.crisis[reading.crisis], choices: [] }] : [];
    if (reading.greeting && draft.step !== "person") {
      const asked = ask(draft, world, guide, wording, [wording.complaint.stillOpen]);
      return { session: { ...session, draft: asked.draft }, replies: [asked.reply] };
    }
    const taken = takeText(draft, reading, world, guide, wording);
    return { session: { ...session, draft: taken.draft }, replies: [...crisis, taken.reply] };
  }
  const asked = world.mine.find((complaint) => complaint.status === "needs_info");
  // Beside an agency's question, a few words are rather its answer than a follow-up of an old topic.
  const understood = understand(reading, asked ? [] : session.topics, guide.finder);
  if (
    asked &&
    understood.intent !== "procedure" &&
    understood.intent !== "status" &&
    understood.intent !== "crisis" &&
    !reading.greeting
  ) {
    return {
      session: { ...session, expecting: { kind: "information", complaint: asked.id, text } },
      replies: [
        {
          text: wording.after.sendInformation(asked.trackingCode),
          choices: [
            { id: `c:send:${asked.id}`, label: wording.complaint.send },
            { id: "c:drop", label: wording.complaint.cancel },
          ],
        },
      ],
    };
  }
  return answerTo(understood, reading, turn);
}

function answerTo(understood: Understanding, reading: Reading, turn: Turn): Outcome {
  const { session, world, wording } = turn;
  const english = session.language === "en";
  switch (understood.intent) {
    case "crisis":
      return say(turn, reading.crisis ? wording.answers.crisis[reading.crisis] : wording.answers.unknown);
    case "status":
      return { session, replies: [statusOf(reading, world, turn.guide, wording)] };
    case "greeting":
      return say(
        turn,
        /cam on|thank/.test(words(reading.text).join(" "))
          ? wording.answers.thanks
          : wording.answers.greeting,
      );
    case "offtopic":
      return say(turn, wording.answers.offtopic);
    case "complaint":
      return startComplaint(
        reading,
        understood.procedures[0]?.procedure.code ?? topicOf(reading, session),
        turn,
      );
    case "deadline":
      return deadline(understood, reading, turn);
    case "unclear": {
      const open = session.menu.filter((choice) => choice.id.startsWith("p:"));
      // "phí bao nhiêu?" while the question which procedure is still open.
      if (reading.aspect !== "general" && open.length > 1 && session.topics.length === 0)
        return askAgain(open, reading.aspect, turn);
      return {
        session,
        replies: [{ text: wording.answers.unknown, choices: [] }],
        ...(reading.syllables.length > 1 && { unanswered: { question: reading.text, intent: "unclear" } }),
      };
    }
    case "rule":
    case "procedure":
      return {
        session:
          understood.sure && understood.procedures[0]
            ? withTopic(session, understood.procedures[0].procedure.code)
            : session,
        replies: [renderAnswer(understood, wording, english)],
      };
  }
}

/** "Tôi bị vòi tiền" speaks of the topic at hand; whoever tells a story says what it is about. */
function topicOf(reading: Reading, session: Session): string | undefined {
  return isStory(reading) ? undefined : session.topics[0];
}

/** The same short choice once more, for another aspect. */
function askAgain(open: readonly Choice[], aspect: Aspect, { session, wording }: Turn): Outcome {
  const choices = open.map(({ id, label }) => ({
    id: `${id.split(":").slice(0, 2).join(":")}:${aspect}`,
    label,
  }));
  return {
    session,
    replies: [
      {
        text: wording.answers.choose,
        choices: [...choices, { id: "none", label: wording.answers.noneOfThese }],
      },
    ],
  };
}

function startComplaint(
  reading: Reading | undefined,
  procedureCode: string | undefined,
  turn: Turn,
): Outcome {
  const { session, world, guide, wording } = turn;
  const words = wording.complaint;
  const draft = begin(reading, procedureCode, world);
  const heard = draft.kind ? [words.heard(wording.kinds[draft.kind])] : [];
  const former =
    reading?.place?.former && draft.place ? [words.placeNow(reading.place.former, draft.place.name)] : [];
  const denounces =
    reading && /\bto cao\b/.test(reading.syllables.map((s) => s.folded).join(" ")) ? [words.denounce] : [];
  const asked = ask(draft, world, guide, wording, [words.start, ...heard, ...former, ...denounces]);
  // What was awaited for another case must not swallow the first answer of this one.
  return { session: { ...without(session, "expecting"), draft: asked.draft }, replies: [asked.reply] };
}

/** "Nộp hôm 5/11 thì bao giờ có?": the date, counted by the procedure's own limit. */
function deadline(understood: Understanding, reading: Reading, turn: Turn): Outcome {
  const { session, guide, wording } = turn;
  const procedure = understood.procedures[0]?.procedure;
  const submitted = reading.days.submitted;
  if (!procedure || !submitted) return say(turn, wording.answers.askProcedureForDeadline);
  const from = new Date(`${submitted}T09:00:00+07:00`);
  const limit = procedure.time.find((time) => time.kind === "within" || time.kind === "same-day");
  const { workingTime } = guide.rules;
  const due =
    limit?.kind === "within"
      ? dueAfter(from, limit, workingTime)
      : limit?.kind === "same-day"
        ? dueSameDay(from, limit.cutoff, workingTime)
        : undefined;
  const text =
    due?.kind === "due"
      ? wording.answers.deadline(wording.day(due.day), procedure.title)
      : wording.answers.deadlineUnknown(procedure.title);
  const card = renderProcedure(procedure, "time", wording, session.language === "en");
  return {
    session: withTopic(session, procedure.code),
    replies: [{ text: `${text}\n\n${card.text}`, choices: card.choices }],
  };
}

function obey(command: Command, text: string, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const { draft } = session;
  const operator = wording.menu.operator(guide.operator.name, guide.operator.contact);
  const about = (): Outcome => {
    const said =
      command === "privacy"
        ? wording.menu.privacy(operator)
        : command === "human"
          ? wording.menu.human(guide.operator.contact)
          : wording.menu.help(operator);
    if (!draft) return { session, replies: [helpReply(said, wording, command === "help")] };
    const asked = ask(draft, world, guide, wording, [wording.complaint.stillOpen]);
    return {
      session: { ...session, draft: asked.draft },
      replies: [{ text: said, choices: [] }, asked.reply],
    };
  };
  switch (command) {
    case "start": {
      if (draft) return about();
      return { session, replies: [helpReply(wording.answers.greeting, wording, true)] };
    }
    case "help":
    case "human":
    case "privacy":
      return about();
    case "english":
    case "vietnamese": {
      const language = command === "english" ? "en" : "vi";
      const changed = { ...session, language } as const;
      const next = guide.wordings[language];
      if (!draft) return { session: changed, replies: [{ text: next.menu.language, choices: [] }] };
      const asked = ask(draft, world, guide, next, [next.menu.language]);
      return { session: { ...changed, draft: asked.draft }, replies: [asked.reply] };
    }
    case "cancel":
      return cancel(turn);
    case "back": {
      if (!draft) return say(turn, wording.menu.nothingToCancel);
      const turned = back(draft, world, guide, wording);
      return { session: { ...session, draft: turned.draft }, replies: [turned.reply] };
    }
    case "complain": {
      if (!draft) return startComplaint(undefined, undefined, turn);
      const asked = ask(draft, world, guide, wording, [wording.complaint.stillOpen]);
      return { session: { ...session, draft: asked.draft }, replies: [asked.reply] };
    }
    case "status": {
      const reading = guide.reader.read(text, world.now);
      return { session, replies: [statusOf(reading, world, guide, wording)] };
    }
    case "erase":
      return {
        session,
        replies: [
          {
            text: wording.menu.eraseAsk,
            choices: [
              { id: "x:yes", label: wording.menu.eraseYes },
              { id: "x:no", label: wording.menu.eraseNo },
            ],
          },
        ],
      };
  }
}

function helpReply(text: string, wording: Wording, menu: boolean): Reply {
  return { text, choices: menu ? [{ id: "complain", label: wording.answers.complainNow }] : [] };
}

function cancel(turn: Turn): Outcome {
  const { session, wording } = turn;
  if (session.draft) {
    return {
      session,
      replies: [
        {
          text: wording.complaint.cancelAsk,
          choices: [
            { id: "d:drop", label: wording.complaint.cancelYes },
            { id: "d:keep", label: wording.complaint.cancelNo },
          ],
        },
      ],
    };
  }
  if (!session.expecting) return say(turn, wording.menu.nothingToCancel);
  return { session: without(session, "expecting"), replies: [{ text: wording.menu.cancelled, choices: [] }] };
}

/** A button, or a number or label typed for one. Ids mean something without memory; stale ones are told so. */
function choose(id: string, turn: Turn): Outcome {
  const { session, wording } = turn;
  const [area = "", action = "", value = ""] = id.split(":");
  switch (area) {
    case "p":
      return showProcedure(action, value, turn);
    case "none":
      return say(turn, wording.answers.unknown);
    case "complain":
      return obey("complain", "", turn);
    case "d":
      return chooseInDraft(id, action, turn);
    case "c":
      return chooseInCase(action, value, turn);
    case "x":
      if (action !== "yes") return say(turn, wording.menu.kept);
      return {
        session: { version: 1, language: session.language, topics: [], menu: [] },
        replies: [{ text: wording.menu.erased, choices: [] }],
        erase: true,
      };
    default:
      return say(turn, wording.answers.staleChoice);
  }
}

const ASPECTS: readonly Aspect[] = [
  "documents",
  "time",
  "fee",
  "where",
  "online",
  "steps",
  "legal",
  "result",
  "general",
];

function showProcedure(code: string, named: string, turn: Turn): Outcome {
  const { session, guide, wording } = turn;
  const procedure = guide.finder.byCode(code);
  if (!procedure) return say(turn, wording.answers.staleChoice);
  const aspect = ASPECTS.find((known) => known === named) ?? "general";
  return {
    session: withTopic(session, procedure.code),
    replies: [renderProcedure(procedure, aspect, wording, session.language === "en")],
  };
}

function chooseInDraft(id: string, action: string, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const { draft } = session;
  if (!draft) {
    const last = world.mine[0];
    const sentTwice = action === "send" && last && id.includes(`:${last.id}:`);
    return say(
      turn,
      sentTwice
        ? wording.status.head(last.trackingCode, wording.statuses[last.status])
        : wording.answers.staleChoice,
    );
  }
  if (action === "cancel") return cancel(turn);
  if (action === "drop")
    return { session: without(session, "draft"), replies: [{ text: wording.menu.cancelled, choices: [] }] };
  if (action === "send") {
    const sent = send(draft, id, session, world, guide, wording);
    if (sent) return sent;
  }
  const taken =
    action === "keep" ? ask(draft, world, guide, wording) : takeChoice(draft, id, world, guide, wording);
  const next = taken ?? ask(draft, world, guide, wording, [wording.answers.staleChoice]);
  return { session: { ...session, draft: next.draft }, replies: [next.reply] };
}

function chooseInCase(action: string, complaintId: string, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  if (action === "drop")
    return {
      session: without(session, "expecting"),
      replies: [{ text: wording.menu.cancelled, choices: [] }],
    };
  const complaint = world.mine.find((own) => own.id === complaintId);
  if (!complaint || isClosed(complaint.status)) return say(turn, wording.after.tooLate);
  switch (action) {
    case "yes": {
      if (complaint.status !== "answered") return say(turn, wording.after.tooLate);
      const step = confirm(complaint, world.now, guide.rules);
      return {
        ...changed(complaint, step),
        session,
        replies: [{ text: wording.after.confirmed(complaint.trackingCode), choices: [] }],
      };
    }
    case "no":
      if (complaint.status !== "answered") return say(turn, wording.after.tooLate);
      return {
        session: { ...session, expecting: { kind: "dispute", complaint: complaint.id } },
        replies: [{ text: wording.after.askReason, choices: [] }],
      };
    case "info":
      return {
        session: { ...session, expecting: { kind: "information", complaint: complaint.id } },
        replies: [{ text: wording.after.askInformation(complaint.trackingCode), choices: [] }],
      };
    case "send": {
      const typed = session.expecting?.kind === "information" ? session.expecting.text : undefined;
      return typed ? informed(complaint.id, typed, turn) : say(turn, wording.answers.staleChoice);
    }
    default:
      return say(turn, wording.answers.staleChoice);
  }
}

function disputed(complaintId: string, reason: string, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const session = without(turn.session, "expecting");
  const complaint = world.mine.find((own) => own.id === complaintId);
  if (!complaint || complaint.status !== "answered")
    return { session, replies: [{ text: wording.after.tooLate, choices: [] }] };
  const step = dispute(complaint, reason, world.now, guide.rules);
  const agencies = step.to.map((id) => agencyName(id, guide.rules.directory)).join(", ");
  return {
    ...changed(complaint, step),
    session,
    replies: [{ text: wording.after.disputed(complaint.trackingCode, agencies), choices: [] }],
  };
}

function informed(complaintId: string, text: string, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const session = without(turn.session, "expecting");
  const complaint = world.mine.find((own) => own.id === complaintId);
  if (!complaint || isClosed(complaint.status))
    return { session, replies: [{ text: wording.after.tooLate, choices: [] }] };
  const step = inform(complaint, text, world.now, guide.rules);
  return {
    ...changed(complaint, step),
    session,
    replies: [{ text: wording.after.informed(complaint.trackingCode), choices: [] }],
  };
}

function changed(
  complaint: Complaint,
  step: ReturnType<typeof confirm>,
): Pick<Outcome, "complaints" | "deliveries"> {
  return {
    complaints: [{ id: complaint.id, revision: complaint.revision, events: step.events }],
    deliveries: step.deliveries,
  };
}

function say({ session }: Turn, text: string): Outcome {
  return { session, replies: [{ text, choices: [] }] };
}

function withTopic(session: Session, code: string): Session {
  return { ...session, topics: [code, ...session.topics.filter((other) => other !== code)].slice(0, TOPICS) };
}

function without(session: Session, key: "draft" | "expecting"): Session {
  const { [key]: _gone, ...rest } = session;
  return rest;
}

/** The last reply's choices are what a bare number means next. */
function withMenu(outcome: Outcome, now: Date): Outcome {
  const menu = outcome.replies.at(-1)?.choices ?? [];
  return { ...outcome, session: { ...outcome.session, menu: [...menu], menuAt: now.toISOString() } };
}
