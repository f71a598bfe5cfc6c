import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Door, insist, json, type Waits } from "./door.ts";
import { codeIn, nextMove, type Shown, story } from "./telling.ts";

const Answered = z.object({
  session: z.string(),
  messages: z.array(
    z.object({
      text: z.string(),
      choices: z.array(z.object({ id: z.string(), label: z.string() })),
    }),
  ),
});
const Pushed = z.object({ messages: z.array(z.object({ text: z.string() })) });

/** A complaint that was acknowledged, with what is needed to ask for it again. */
export type Filed = {
  readonly code: string;
  readonly mark: string;
  readonly at: number;
  /** Sends the confirmation once more, under the same id; resolves with the answer. */
  readonly repeat?: () => Promise<string>;
  /** What was answered first. */
  readonly raw?: string;
  /** What the person has been told since. */
  readonly heard?: () => Promise<string>;
};

export type Person = {
  says(text: string, id?: string): Promise<Shown & { readonly raw: string }>;
  chooses(choice: string, id?: string): Promise<Shown & { readonly raw: string }>;
  heard(): Promise<string>;
};

/** Questions that a person answers before giving up. */
const MOST_TURNS = 24;

/** A new person before the chat page, who sends each message until it is answered. */
export function person(door: Door, waits?: Waits): Person {
  let session: string | undefined;
  const post = async (body: object, id: string): Promise<Shown & { raw: string }> => {
    const { status, raw } = await insist(door, "/api/messages", json({ session, id, ...body }), waits);
    if (status !== 200) throw new Error(`a message was answered ${status}: ${raw}`);
    const answer = Answered.parse(JSON.parse(raw));
    session = answer.session;
    return {
      raw,
      text: answer.messages.map(({ text }) => text).join("\n"),
      choices: answer.messages.flatMap(({ choices }) => choices),
    };
  };
  return {
    says: (text, id = randomUUID()) => post({ text }, id),
    chooses: (choice, id = randomUUID()) => post({ choice }, id),
    heard: async () => {
      const { raw } = await insist(door, `/api/messages?session=${session ?? ""}&after=0`, {}, waits);
      return Pushed.parse(JSON.parse(raw))
        .messages.map(({ text }) => text)
        .join("\n");
    },
  };
}

/** Tells a complaint and sends it; resolves when its code was given. */
export async function fileAs(me: Person, number: number): Promise<Filed> {
  const { mark, text } = story(number);
  let said = await me.says(text);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const move = nextMove(said, turn);
    if (move.kind === "text") said = await me.says(move.text);
    else if (move.kind === "choice") said = await me.chooses(move.id);
    else {
      const id = randomUUID();
      const { raw, text: answer } = await me.chooses(move.id, id);
      const code = codeIn(answer);
      if (code === undefined) throw new Error(`no code was given: ${answer}`);
      const repeat = async (): Promise<string> => (await me.chooses(move.id, id)).raw;
      return { code, mark, raw, repeat, at: Date.now(), heard: me.heard };
    }
  }
  throw new Error(`${mark} could not be sent after ${MOST_TURNS} answers; last: ${said.text}`);
}
