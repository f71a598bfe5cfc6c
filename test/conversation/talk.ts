import { advance } from "../../src/complaints/advance.ts";
import { applyEvent, type Complaint, type ComplaintEvent } from "../../src/complaints/complaint.ts";
import { type Draft, isAddition, Step } from "../../src/complaints/draft.ts";
import { type Act, act } from "../../src/complaints/progress.ts";
import { buildGuide, type Guide, type Outcome } from "../../src/conversation/guide.ts";
import { respond } from "../../src/conversation/respond.ts";
import { newSession, Session } from "../../src/conversation/session.ts";
import type { AgencyNotice, Delivery } from "../../src/messages/delivery.ts";
import type { Choice, InboundBody } from "../../src/messages/message.ts";
import { makeTrackingCode, trackingCodeIn } from "../../src/understanding/codes.ts";
import { finder, reader } from "../fixtures/real-guide.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const operator = { name: "Văn phòng thử", contact: "1022" };
export const guide: Guide = buildGuide(knowledge, (agency) => [`webhook:${agency}`], operator, {
  reader,
  finder,
});

const START = Date.parse("2026-11-20T09:00:00+07:00");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What the bot said to one message: all its texts, the choices of the last. */
export type Said = { readonly text: string; readonly choices: readonly Choice[]; readonly outcome: Outcome };

/** One person in one private conversation, with everything that is stored for it. */
export type Talk = {
  types(text: string): Said;
  /** Presses the button with this label under the last answer. */
  presses(label: string): Said;
  /** Presses a button by its id, whether it is shown or not. */
  chooses(id: string): Said;
  receives(body: InboundBody): Said;
  /** The agency that holds the case does this; its notice reaches the person after the last answer. */
  agency(deed: Act, complaint?: Complaint): void;
  /** So much time goes by without a word; the clocks do what they do, as if looked at every day. */
  passes(days: number): void;
  session(): Session;
  draft(): Draft;
  /** Newest first. */
  mine(): readonly Complaint[];
  deliveries(): readonly Delivery[];
  /** The same person in the same state, to go another way from here. */
  fork(): Talk;
};

type State = {
  session: Session;
  complaints: readonly Complaint[];
  deliveries: readonly Delivery[];
  choices: readonly Choice[];
  turns: number;
};

/** The complaints that strangers filed, for looking up by their codes. */
export function talk(conversation = "web:one", others: readonly Complaint[] = []): Talk {
  const session = newSession();
  return talkFrom({ session, complaints: [], deliveries: [], choices: [], turns: 0 }, conversation, others);
}

function talkFrom(state: State, conversation: string, others: readonly Complaint[]): Talk {
  const commit = (changes: NonNullable<Outcome["complaints"]>): void => {
    for (const { id, revision, events } of changes) {
      const before = state.complaints.find((complaint) => complaint.id === id);
      if ((before?.revision ?? 0) !== revision) throw new Error(`conflict on ${id} at ${revision}`);
      let after = before;
      for (const event of events) after = applyEvent(id, after, event);
      if (after) state.complaints = [after, ...state.complaints.filter((complaint) => complaint !== before)];
    }
    state.complaints = state.complaints.toSorted((one, other) => other.filedAt.localeCompare(one.filedAt));
  };
  const receives = (body: InboundBody): Said => {
    const turn = ++state.turns;
    const code = body.kind === "text" ? trackingCodeIn(body.text) : undefined;
    const world = {
      now: new Date(START + turn * MINUTE),
      fresh: freshNames(conversation, turn),
      conversation,
      mine: state.complaints,
      found: [...state.complaints, ...others].find((complaint) => complaint.trackingCode === code),
      privately: true,
    };
    const outcome = respond(state.session, body, world, guide);
    // Every turn is a restart: what is kept is what can be written down and read again.
    state.session = Session.parse(JSON.parse(JSON.stringify(outcome.session)));
    commit(outcome.complaints ?? []);
    state.deliveries = [...state.deliveries, ...(outcome.deliveries ?? [])];
    state.choices = outcome.replies.at(-1)?.choices ?? [];
    const text = outcome.replies.map((reply) => reply.text).join("\n");
    return { text, choices: state.choices, outcome };
  };
  const itself: Talk = {
    receives,
    types: (text) => receives({ kind: "text", text }),
    chooses: (id) => receives({ kind: "choice", id }),
    presses: (label) => {
      const choice = state.choices.find((shown) => shown.label === label);
      if (!choice) throw new Error(`no button “${label}” among ${JSON.stringify(state.choices)}`);
      return receives({ kind: "choice", id: choice.id });
    },
    agency: (deed, complaint = state.complaints[0]) => {
      const holder = complaint?.holders[0];
      if (!complaint || !holder) throw new Error("no complaint was filed");
      const now = new Date(START + ++state.turns * MINUTE);
      const by = { agency: holder, via: "chat", role: "head" } as const;
      const step = act(complaint, by, deed, now, guide.rules, guide.wordings.vi);
      if ("refused" in step) throw new Error(`refused: ${step.refused}`);
      commit([{ id: complaint.id, revision: complaint.revision, events: step.events }]);
    },
    passes: (days) => {
      for (let day = 0; day < days; day++) {
        state.turns += DAY / MINUTE;
        const now = new Date(START + state.turns * MINUTE);
        for (const complaint of state.complaints) {
          const step = advance(complaint, now, guide.rules, guide.wordings.vi);
          if (!step) continue;
          commit([{ id: complaint.id, revision: complaint.revision, events: step.events }]);
          state.deliveries = [...state.deliveries, ...step.deliveries];
        }
      }
    },
    session: () => state.session,
    draft: () => {
      if (!state.session.draft) throw new Error("no complaint is being told");
      return state.session.draft;
    },
    mine: () => state.complaints,
    deliveries: () => state.deliveries,
    fork: () => talkFrom({ ...state }, conversation, others),
  };
  return itself;
}

function freshNames(conversation: string, turn: number): { complaint: string; trackingCode: string } {
  const seed = Array.from(conversation, (letter) => letter.codePointAt(0) ?? 0).reduce((a, b) => a + b, turn);
  return {
    complaint: `${conversation.replaceAll(/\W/g, "")}${turn}`,
    trackingCode: makeTrackingCode(Uint8Array.from({ length: 11 }, (_, index) => seed * (index + 3))),
  };
}

const reached = new Map<string, Talk>();

/** Told with the story, all of what is asked for together but this one, so that it is asked for alone. */
const BUT: Partial<Record<Step, string>> = {
  place: ", ở bộ phận một cửa, hẹn ngày 9/11",
  about: ", ở Đà Nẵng, hẹn ngày 9/11",
  promised: ", ở UBND xã Núi Thành, Đà Nẵng",
};
/** The buttons under the preview by which something is added. */
const ADDING: Partial<Record<Step, string>> = { dossier: "d:dossier", person: "d:name", email: "d:email" };

/**
 * A complaint told with these answers until this step is asked, by a new person unless one is given. At the preview
 * everything is added that can be.
 */
export function talkAt(
  step: Step,
  answers: Readonly<Record<Exclude<Step, "preview">, string>>,
  given?: Talk,
): Talk {
  const key = JSON.stringify([step, answers]);
  const known = given ? undefined : reached.get(key);
  if (known) return known.fork();
  const person = given ?? talk();
  person.types("phản ánh");
  for (let present = person.draft().step; ; present = person.draft().step) {
    const added = person.draft().done.filter(isAddition);
    const next = Step.options.filter(isAddition)[added.length];
    if (present === step && (present !== "preview" || next === undefined)) break;
    if (present === "preview") {
      if (next === undefined || !(isAddition(step) || step === "preview"))
        throw new Error(`${step} is never asked`);
      person.chooses(ADDING[next] ?? "");
    } else {
      const answer = present === "story" ? `${answers.story}${BUT[step] ?? ""}` : answers[present];
      person.types(answer);
      if (person.draft().step === present) throw new Error(`${present} does not take “${answer}”`);
    }
  }
  if (!given) reached.set(key, person.fork());
  return person;
}

/** The notices to agencies among these deliveries. */
export function notices(deliveries: readonly Delivery[]): AgencyNotice[] {
  return deliveries.flatMap(({ content }) => (content.kind === "agency" ? [content.notice] : []));
}

/** The kinds of events of a complaint, in order. */
export function history(complaint: Complaint | undefined): ComplaintEvent["type"][] {
  return (complaint?.events ?? []).map((event) => event.type);
}
