import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import type { Reply } from "../../src/messages/message.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { SOON } from "./machine.ts";

export type Shown = Reply & { readonly id: string };
export type Answered = { readonly session: string; readonly messages: readonly Shown[] };

/** A person before the chat page: one conversation over HTTP. */
export type Visitor = {
  /** Empty before the first answer. */
  session(): string;
  /** Types; resolves with all that is said at once. */
  says(text: string, id?: string): Promise<Said>;
  /** Tells a complaint and skips whatever is asked; resolves with its preview. */
  tells(story: string): Promise<Said>;
  /** Presses the button with this label under the last answer or pushed message. */
  presses(label: string): Promise<Said>;
  /** Presses a button by its id, whether it is shown or not. */
  chooses(choice: string, id?: string): Promise<Said>;
  /** The messages pushed so far. */
  pushed(): Promise<readonly Shown[]>;
  /** Waits for a pushed message that holds all of these. */
  hears(...parts: readonly string[]): Promise<Shown>;
  /** The same person with a program that was started again. */
  at(address: string): Visitor;
};

export type Said = { readonly text: string; readonly choices: Reply["choices"]; readonly raw: string };

const { complaint: asks } = vietnamese;
/** More than a complaint is ever asked. */
const MOST_QUESTIONS = 12;
const TRACKING_CODE = /MC(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/;

/** The tracking code in what was said. */
export function codeIn(text: string): string {
  const code = TRACKING_CODE.exec(text)?.[0];
  if (!code) throw new Error(`no tracking code in: ${text}`);
  return code;
}

/** A new person, or one who comes back with `session`. */
export function visitor(address: string, session = ""): Visitor {
  let mine = session;
  let shown: Reply["choices"] = [];

  const post = async (body: object, id: string): Promise<Said> => {
    const response = await fetch(`${address}/api/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...(mine && { session: mine }), id, ...body }),
    });
    const raw = await response.text();
    if (!response.ok) throw new Error(`${response.status}: ${raw}`);
    const answer = JSON.parse(raw) as Answered;
    mine = answer.session;
    const choices = answer.messages.flatMap((message) => message.choices);
    shown = choices;
    return { text: answer.messages.map((message) => message.text).join("\n"), choices, raw };
  };
  const says = (text: string, id: string = randomUUID()): Promise<Said> => post({ text }, id);
  const pushed = async (): Promise<readonly Shown[]> => {
    const response = await fetch(`${address}/api/messages?session=${mine}&after=0`);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return ((await response.json()) as Answered).messages;
  };

  return {
    session: () => mine,
    says,
    tells: async (story) => {
      let said = await says(story);
      for (let turn = 0; !said.choices.some(({ label }) => label === asks.send); turn++) {
        if (turn === MOST_QUESTIONS) throw new Error(`no preview, but: ${said.text}`);
        said = await says(asks.skip);
      }
      return said;
    },
    chooses: (choice, id = randomUUID()) => post({ choice }, id),
    presses: (label) => {
      const button = shown.find((choice) => choice.label === label);
      if (!button) throw new Error(`no button ${label} among ${JSON.stringify(shown)}`);
      return post({ choice: button.id }, randomUUID());
    },
    pushed,
    hears: async (...parts) => {
      const found = await vi.waitFor(async () => {
        const all = await pushed();
        const fitting = all.find(({ text }) => parts.every((part) => text.includes(part)));
        if (fitting) return fitting;
        throw new Error(
          `not pushed: ${parts.join(" … ")}\nbut:\n${all.map(({ text }) => text).join("\n---\n")}`,
        );
      }, SOON);
      shown = found.choices;
      return found;
    },
    at: (other) => visitor(other, mine),
  };
}

type Uploaded = { readonly status: number; readonly text: string; readonly session: string };

/** Sends a file as the page does; without a session it is a new person. */
export async function upload(
  address: string,
  session: string,
  bytes: Uint8Array,
  { name = "anh.jpg", id = randomUUID(), type = "text/plain" } = {},
): Promise<Uploaded> {
  const form = new FormData();
  if (session) form.set("session", session);
  form.set("id", id);
  form.set("file", new Blob([new Uint8Array(bytes)], { type }), name);
  const response = await fetch(`${address}/api/messages`, { method: "POST", body: form });
  const answer = (await response.json()) as Partial<Answered> & { error?: string };
  const text = answer.messages?.map((message) => message.text).join("\n") ?? answer.error ?? "";
  return { status: response.status, text, session: answer.session ?? session };
}

/** What the page hears without asking: server-sent events, oldest first, until `leave`. */
export async function listen(
  address: string,
  session: string,
): Promise<{ readonly heard: readonly Shown[]; leave(): void }> {
  const heard: Shown[] = [];
  const leaving = new AbortController();
  const response = await fetch(`${address}/api/stream?session=${session}`, { signal: leaving.signal });
  const read = async (body: AsyncIterable<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of body) {
      const events = (text + decoder.decode(chunk, { stream: true })).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data) heard.push(JSON.parse(data) as Shown);
      }
    }
  };
  if (response.body) read(response.body).catch(() => undefined);
  return { heard, leave: () => leaving.abort() };
}
