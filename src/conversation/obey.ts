import type { Reply } from "../messages/message.ts";
import { fold } from "../text/fold.ts";
import { legalPathIn } from "../understanding/legal-path.ts";
import type { Wording } from "../wording/citizen.ts";
import { startComplaint } from "./begin.ts";
import { asksToDrop, cancel, drop, resume } from "./cancel.ts";
import type { Command } from "./command.ts";
import { lookUp } from "./doors.ts";
import { askErase } from "./erase-turns.ts";
import type { Outcome } from "./guide.ts";
import { ask, back } from "./intake.ts";
import { heardOf } from "./path-offer.ts";
import { listReminders } from "./remind.ts";
import type { Turn } from "./turn.ts";

/** Does what a command word says, whatever is going on; a draft stays as it is. */
export function obey(command: Command, text: string, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  // While something is awaited for another case, the draft's question would get its answer.
  const draft = session.expecting ? undefined : session.draft;
  const operator = wording.menu.operator(guide.operator.name, guide.operator.contact);
  const about = (): Outcome => {
    const said =
      command === "privacy"
        ? wording.menu.privacy(operator, guide.rules.retention)
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
      // Said twice it is meant.
      return asksToDrop(turn) ? drop(session, turn) : cancel(turn);
    case "back": {
      if (!draft) return cancel(turn);
      const turned = back(draft, world, guide, wording);
      return { session: { ...session, draft: turned.draft }, replies: [turned.reply] };
    }
    case "complain": {
      if (session.draft) {
        const path = legalPathIn(fold(text));
        const before = [wording.complaint.stillOpen, ...heardOf(text, wording)].join("\n");
        return resume({ ...session.draft, ...(path && { path }) }, before, turn);
      }
      return startComplaint(undefined, undefined, turn, { text });
    }
    case "status": {
      const reading = guide.reader.read(text, world.now);
      return lookUp(reading, turn);
    }
    case "reminders":
      return listReminders(turn);
    case "erase":
      return askErase(turn);
  }
}

function helpReply(text: string, wording: Wording, menu: boolean): Reply {
  return { text, choices: menu ? [{ id: "complain", label: wording.answers.complainNow }] : [] };
}
