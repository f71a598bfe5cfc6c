import { vi } from "vitest";
import type { BotApi } from "../fakes/bot-api.ts";
import { SOON } from "./machine.ts";

type Person = ReturnType<BotApi["user"]>;
type Message = ReturnType<Person["messages"]>[number];

/** A person before Telegram, who reads what the bot says. */
export type Chatter = {
  /** Types, and waits for the next message that holds all of these. */
  says(text: string, ...expected: readonly string[]): Promise<Message>;
  /** Answers one of the bot's messages. */
  answers(to: Message, text: string, ...expected: readonly string[]): Promise<Message>;
  /** Presses a button by its label, and waits likewise. */
  presses(message: Message, label: string, ...expected: readonly string[]): Promise<Message>;
  /** Waits for a message that holds all of these and has not been waited for. */
  hears(...expected: readonly string[]): Promise<Message>;
  /** All that the bot has said in this chat. */
  all(): readonly string[];
  readonly person: Person;
};

export function chatter(api: BotApi, id: number, group?: number): Chatter {
  const person = api.user(id, { language: "vi", ...(group !== undefined && { group }) });
  const heard = new Set<number>();
  const hears = async (...expected: readonly string[]): Promise<Message> => {
    const found = await vi.waitFor(() => {
      const unheard = person.messages().filter((message) => !heard.has(message.message_id));
      const fitting = unheard.find(({ text = "" }) => expected.every((part) => text.includes(part)));
      if (fitting) return fitting;
      const said = unheard.map(({ text }) => text).join("\n---\n");
      throw new Error(`the bot did not say: ${expected.join(" … ")}\nbut:\n${said}`);
    }, SOON);
    heard.add(found.message_id);
    return found;
  };
  return {
    person,
    hears,
    all: () => person.messages().map(({ text = "" }) => text),
    says: (text, ...expected) => {
      person.says(text);
      return hears(...expected);
    },
    answers: (to, text, ...expected) => {
      person.says(text, { replyTo: to.message_id });
      return hears(...expected);
    },
    presses: (message, label, ...expected) => {
      const button = message.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label);
      if (!button?.callback_data) throw new Error(`no button ${label} under: ${message.text ?? ""}`);
      person.taps(message.message_id, button.callback_data);
      return hears(...expected);
    },
  };
}
