import { setTimeout as pause } from "node:timers/promises";
import type { BotApi } from "../../test/fakes/bot-api.ts";
import type { WireMessage } from "../../test/fakes/bot-api-account.ts";
import type { Filed } from "./person.ts";
import { codeIn, nextMove, type Shown, story } from "./telling.ts";

const GLANCE_MS = 10;
const PATIENCE_MS = 240_000;
const MOST_TURNS = 24;

/** Files a complaint in a private chat of Telegram; each update comes again until the program has confirmed it. */
export async function fileByTelegram(api: BotApi, id: number, number: number): Promise<Filed> {
  const { mark, text } = story(number);
  const person = api.user(id, { language: "vi" });
  let said = await after(api, person.says(text), () => person.messages());
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const move = nextMove(said, turn);
    const update = move.kind === "text" ? person.says(move.text) : person.taps(said.number, move.id);
    said = await after(api, update, () => person.messages());
    const code = move.kind === "send" ? codeIn(said.text) : undefined;
    if (code !== undefined) return { code, mark, at: Date.now() };
    if (move.kind === "send") throw new Error(`no code was given: ${said.text}`);
  }
  throw new Error(`${mark} could not be sent after ${MOST_TURNS} answers; last: ${said.text}`);
}

/** The last message with the buttons under it, once the update is confirmed. */
async function after(
  api: BotApi,
  update: number,
  messages: () => readonly WireMessage[],
): Promise<Shown & { readonly number: number }> {
  for (const from = performance.now(); performance.now() - from < PATIENCE_MS; await pause(GLANCE_MS)) {
    if (api.unconfirmed().includes(update)) continue;
    const last = messages().at(-1);
    if (!last) continue;
    const buttons = last.reply_markup?.inline_keyboard.flat() ?? [];
    return {
      number: last.message_id,
      text: last.text ?? "",
      choices: buttons.flatMap(({ text: label, callback_data: id }) =>
        id === undefined ? [] : [{ id, label }],
      ),
    };
  }
  throw new Error(`update ${update} was not handled within ${PATIENCE_MS / 1000} s`);
}
