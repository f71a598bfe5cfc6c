import type { Complaint } from "../complaints/complaint.ts";
import { type Erasable, erasable, erase } from "../complaints/erase.ts";
import type { Choice } from "../messages/message.ts";
import type { Outcome } from "./guide.ts";
import { say, type Turn } from "./turn.ts";

type Standing = { readonly complaint: Complaint; readonly stands: Erasable };

function standingOf({ world, guide }: Turn): Standing[] {
  return world.mine.map((complaint) => ({ complaint, stands: erasable(complaint, world.now, guide.rules) }));
}

const codesOf = (cases: readonly Standing[], kind: Erasable["kind"]): string[] =>
  cases.filter(({ stands }) => stands.kind === kind).map(({ complaint }) => complaint.trackingCode);

/** What is erased, what is kept and why; nothing happens before a button is pressed. */
export function askErase(turn: Turn): Outcome {
  const { session, wording } = turn;
  const words = wording.erasing;
  const cases = standingOf(turn);
  const over = codesOf(cases, "now");
  const open = codesOf(cases, "open");
  const text = [
    words.ask,
    ...(over.length > 0 ? [words.closed(over)] : []),
    ...cases.flatMap(({ complaint, stands }) =>
      stands.kind === "later" ? [words.later(complaint.trackingCode, wording.day(stands.from))] : [],
    ),
    ...codesOf(cases, "held").map(words.held),
    ...(open.length > 0 ? [words.open(open)] : []),
    ...(cases.some(({ stands }) => stands.kind !== "erased") ? [words.agencies] : []),
  ].join("\n");
  const choices: Choice[] = [
    ...(over.length > 0 ? [{ id: "x:all", label: words.all(over.length) }] : []),
    { id: "x:yes", label: words.yes },
    { id: "x:no", label: words.no },
  ];
  return { session, replies: [{ text, choices }] };
}

/** A button under that. What was erasable when it was shown and is not any more stays. */
export function chooseErase(action: string, turn: Turn): Outcome {
  const { session, world, wording, guide } = turn;
  if (action !== "yes" && action !== "all") return say(turn, wording.menu.kept);
  const over = action === "all" ? standingOf(turn).filter(({ stands }) => stands.kind === "now") : [];
  const { draft } = session;
  const codes = over.map(({ complaint }) => complaint.trackingCode);
  const text = codes.length > 0 ? wording.erasing.doneAll(codes) : wording.erasing.done;
  return {
    session: { version: 1, language: session.language, topics: [], menu: [] },
    replies: [{ text, choices: [] }],
    erase: true,
    ...(over.length > 0 && {
      complaints: over.map(({ complaint }) => {
        const { id, revision } = complaint;
        return { id, revision, events: erase(complaint, "request", world.now, guide.rules).events };
      }),
    }),
    unwanted: [...(draft ? [draft.id] : []), ...over.map(({ complaint }) => complaint.id)],
  };
}
