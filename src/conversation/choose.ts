import { chosen, renderCode } from "../answers/answer.ts";
import { provincesOf, type Subject } from "../answers/subjects.ts";
import { AspectName } from "../knowledge/example.ts";
import { tellAside } from "./aside.ts";
import { cancel, drop } from "./cancel.ts";
import { chooseInCase } from "./case-turns.ts";
import { answersOff, heldBack, waitsFor } from "./doors.ts";
import { chooseForDossier } from "./dossier-code.ts";
import { chooseErase } from "./erase-turns.ts";
import { takeFeedback, withThumbs } from "./feedback.ts";
import type { Outcome } from "./guide.ts";
import { ask } from "./intake.ts";
import { takeChoice } from "./intake-answers.ts";
import { obey } from "./obey.ts";
import { offerPaper, tellPaths } from "./paths.ts";
import { chooseReminder, remindOfDraft } from "./remind.ts";
import { send } from "./send.ts";
import type { Session } from "./session.ts";
import { dropOf, mannerOf, say, type Turn, without, withTopic } from "./turn.ts";

/** A button, or a number or label typed for one. Ids mean something without memory; stale ones are told so. */
export function choose(id: string, turn: Turn): Outcome {
  const { wording } = turn;
  const [area = "", action = "", value = "", part] = id.split(":");
  switch (area) {
    case "p":
    case "m":
      return showProcedure(action, value, part === undefined ? undefined : Number(part), turn);
    case "none":
      return noneOfThese(turn);
    case "f":
      return takeFeedback(id, turn);
    case "complain":
      return obey("complain", "", turn);
    case "d":
      return chooseInDraft(id, action, turn);
    case "c":
      return chooseInCase(action, value, turn);
    case "a":
      return tellAside(turn);
    case "r":
      return chooseReminder(id, turn);
    case "h":
      return chooseForDossier(id, turn);
    case "x":
      return chooseErase(action, turn);
    default:
      return say(turn, wording.answers.staleChoice);
  }
}

function showProcedure(code: string, named: string, inCase: number | undefined, turn: Turn): Outcome {
  const { session, guide, wording } = turn;
  if (!guide.finder.facts(code)) return say(turn, wording.answers.staleChoice);
  const off = answersOff(turn);
  if (off) return off;
  const aspect = AspectName.options.find((known) => known === named) ?? "general";
  const subject = guide.finder.subject(code);
  const shown = {
    session: withTopic(inProvinceOf(code, subject, session), code),
    replies: [renderCode(code, aspect, mannerOf(turn), inCase)],
    ...(subject && { understood: chosen(subject, code, aspect) }),
  };
  return withThumbs(shown, code, wording);
}

/** Of a procedure that each province has for itself, the one chosen tells the person's province. */
function inProvinceOf(code: string, subject: Subject | undefined, session: Session): Session {
  if (!subject || provincesOf(subject) < 2) return session;
  const province = subject.members.find((member) => member.code === code)?.province?.code;
  return province === undefined ? session : { ...session, province };
}

/** None of what was offered is meant: the question stays unanswered. */
function noneOfThese(turn: Turn): Outcome {
  const { asked, menu } = turn.session;
  const outcome = say(turn, turn.wording.answers.unknown);
  // An old button belongs to another question than the last.
  if (asked === undefined || !menu.some(({ id }) => id === "none")) return outcome;
  return { ...outcome, unanswered: { question: asked, intent: "procedure" } };
}

/** With what the person must know of agencies that are turned off, below the receipt. */
function withWaits(sent: Outcome, turn: Turn): Outcome {
  const waits = waitsFor(sent.deliveries ?? [], turn);
  const replies = sent.replies.map((reply) => ({ ...reply, text: [reply.text, ...waits].join("\n") }));
  return { ...sent, replies };
}

function chooseInDraft(id: string, action: string, turn: Turn): Outcome {
  const { world, guide, wording } = turn;
  const { draft } = turn.session;
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
  // What was awaited for another case must not swallow the answer to what is asked here.
  const session = without(turn.session, "expecting");
  if (action === "cancel") return cancel({ ...turn, session });
  if (id === dropOf(draft)) return drop({ ...session, draft }, turn);
  if (action === "send") {
    const sent = send(draft, id, session, world, guide, wording);
    if (sent) return heldBack(draft, id, { ...turn, session }) ?? withWaits(sent, turn);
  }
  if (action === "remind") {
    const set = remindOfDraft(draft, id.split(":")[2] ?? "", { ...turn, session });
    if (set) return set;
  }
  if (action === "paths") return tellPaths(draft, { ...turn, session });
  const paper = action === "paper" && offerPaper(id.split(":")[2] ?? "", draft, { ...turn, session });
  if (paper) return paper;
  const taken =
    action === "keep" ? ask(draft, world, guide, wording) : takeChoice(draft, id, world, guide, wording);
  const next = taken ?? ask(draft, world, guide, wording, [wording.answers.staleChoice]);
  const emptied = draft.evidence && !next.draft.evidence;
  return {
    session: { ...session, draft: next.draft },
    replies: [next.reply],
    ...(emptied && { unwanted: [draft.id] }),
  };
}
