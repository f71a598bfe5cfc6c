import type { Context, Manner, Near } from "../answers/answer.ts";
import type { Draft } from "../complaints/draft.ts";
import type { Wording } from "../wording/citizen.ts";
import type { Guide, Outcome, World } from "./guide.ts";
import type { Session } from "./session.ts";

/** So long after the question its answer is not awaited any more: what is said then is something new. */
const STALE_MS = 24 * 3_600_000;

/** What the next words or file are taken for, unless that was asked too long ago. */
export function awaitedNow({ expecting, menuAt }: Session, now: Date): Session["expecting"] {
  return menuAt !== undefined && now.getTime() - Date.parse(menuAt) > STALE_MS ? undefined : expecting;
}

/** What answering one message works with. */
export type Turn = {
  readonly session: Session;
  readonly world: World;
  readonly guide: Guide;
  readonly wording: Wording;
};

/** Procedures remembered as topics of a conversation. */
export const TOPICS = 5;

/** What the conversation so far says about the next message. */
export function contextOf({ topics, asked, province, business, menu }: Session): Context {
  // A choice among procedures, and not the aspects of one, ends with "none of these".
  const choosing = menu.some(({ id }) => id === "none");
  const open = choosing
    ? menu.flatMap(({ id }) => (id.startsWith("p:") ? [id.split(":")[1] ?? ""] : []))
    : [];
  return { topics, asked, province, business, open };
}

/** How an answer is told in this conversation now. */
export function mannerOf({ session, world, guide, wording }: Turn): Manner {
  const { finder, freshness } = guide;
  return {
    finder,
    freshness,
    now: world.now,
    wording,
    english: session.language === "en",
    agencyNear: (kind) => agencyIn(session.commune, kind, guide),
  };
}

function agencyIn(code: string | undefined, kind: string, { rules }: Guide): Near | undefined {
  const { agencies, places } = rules.directory;
  const commune = code === undefined ? undefined : places.communes.get(code);
  const agency = commune && [...agencies.values()].find((one) => one.kind === kind && one.area === code);
  return commune && agency && { commune: commune.name, agency: agency.name };
}

/** One sentence, nothing else changed. */
export function say({ session }: Turn, text: string): Outcome {
  return { session, replies: [{ text, choices: [] }] };
}

/** The session with this procedure as its present topic. */
export function withTopic(session: Session, code: string): Session {
  return { ...session, topics: [code, ...session.topics.filter((other) => other !== code)].slice(0, TOPICS) };
}

/** The session without a draft or an expectation. */
export function without(session: Session, key: "draft" | "expecting"): Session {
  const { [key]: _gone, ...rest } = session;
  return rest;
}

/** Id of the button that drops this draft and no later one. */
export function dropOf(draft: Draft): string {
  return `d:drop:${draft.id}`;
}
