import { setTimeout as pause } from "node:timers/promises";
import type { BotApi } from "../../test/fakes/bot-api.ts";
import type { Notice } from "./agency.ts";
import { type Door, insist, json } from "./door.ts";
import { type Filed, fileAs, person } from "./person.ts";
import { fileByTelegram } from "./telegram-person.ts";

/** Persons who file one complaint after another until they are told to stop. */
export type Filing = {
  /** What was acknowledged so far, in order. */
  readonly filed: readonly Filed[];
  /** Each finishes what is begun. */
  stop(): Promise<void>;
};

export type FilingOptions = {
  readonly door: Door;
  /** Persons before the chat page. */
  readonly persons: number;
  /** Persons in Telegram, one chat after another. */
  readonly telegram?: { readonly api: BotApi; readonly persons: number };
  readonly onFault: (fault: string) => void;
};

const THINKING_MS = 15;
/** The first of the chats. */
const FIRST_CHAT = 100_000;

export function startFiling({ door, persons, telegram, onFault }: FilingOptions): Filing {
  const filed: Filed[] = [];
  let number = 0;
  const leaving = new AbortController();
  const lane = async (file: (number: number) => Promise<Filed>): Promise<void> => {
    while (!leaving.signal.aborted) {
      try {
        filed.push(await file((number += 1)));
      } catch (error) {
        onFault(String(error));
        return;
      }
      await pause(THINKING_MS);
    }
  };
  const lanes = [
    ...Array.from({ length: persons }, () => lane((at) => fileAs(person(door), at))),
    ...Array.from({ length: telegram?.persons ?? 0 }, () =>
      lane((at) =>
        telegram
          ? fileByTelegram(telegram.api, FIRST_CHAT + at, at)
          : Promise.reject(new Error("no telegram")),
      ),
    ),
  ];
  return {
    filed,
    stop: async () => {
      leaving.abort();
      await Promise.all(lanes);
    },
  };
}

/** What an agency has told of a case and the program has taken. */
export type Told = { readonly case: string; readonly text: string };

/** Sends word of progress to the reply address of a notice until it is answered. */
export async function reportProgress(door: Door, notice: Notice, text: string): Promise<Told | undefined> {
  const { pathname } = new URL(notice.reply.url);
  const headers = { Authorization: `Bearer ${notice.reply.token}` };
  const { status, raw } = await insist(door, pathname, json({ action: "progress", text }, headers));
  // Refused by the rules of the case: it was closed or went elsewhere meanwhile.
  if (status === 409) return undefined;
  if (status !== 200) throw new Error(`an agency's reply was answered ${status}: ${raw}`);
  return { case: notice.case, text };
}
