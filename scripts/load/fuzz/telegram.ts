import { setTimeout as pause } from "node:timers/promises";
import { type BotApi, startBotApi } from "../../../test/fakes/bot-api.ts";
import type { Seeded } from "../../bench/seeded.ts";
import { spoiled, text, value } from "./nasty.ts";
import { startServer } from "./server.ts";
import { type Target, Wrong } from "./target.ts";

const BATCH = 20;
const PATIENCE_MS = 60_000;
const FIRST_CHAT = 500_000;
const CHATS = 50;
const OTHERS = [
  "sticker",
  "photo",
  "voice",
  "location",
  "contact",
  "poll",
  "dice",
  "document",
  "pinned_message",
];

/** Updates as Telegram would never send them, and as people would: each is confirmed, and the program lives on. */
export const telegram: Target = {
  name: "Telegram updates",
  open: async () => {
    const api = await startBotApi();
    const server = await startServer({ TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root });
    return {
      cpu: server.program.cpu,
      attempt: async (random) => {
        for (let left = BATCH; left > 0; left--) push(api, random);
        await confirmed(api);
        return BATCH;
      },
      close: async () => {
        await server.close();
        await api.down();
      },
    };
  },
};

function push(api: BotApi, random: Seeded): void {
  const group = random.next() < 0.1 ? { group: -900 - random.below(5) } : {};
  const person = api.user(FIRST_CHAT + random.below(CHATS), group);
  const chance = random.next();
  const shown = person.messages().at(-1);
  const button = shown?.reply_markup?.inline_keyboard.flat()[0]?.callback_data;
  if (chance < 0.15 && shown && button !== undefined) person.taps(shown.message_id, button);
  else if (chance < 0.6) person.says(text(random));
  else if (chance < 0.75) person.sends({ [random.pick(OTHERS)]: value(random) });
  else if (chance < 0.9) {
    const odd = spoiled(
      { text: text(random), entities: [{ type: "bold", offset: 0, length: 3 }] },
      random,
      0.4,
    );
    person.sends(typeof odd === "object" && odd !== null ? { ...odd } : { text: odd });
  } else person.sends({ text: text(random), reply_to_message: value(random), media_group_id: value(random) });
}

async function confirmed(api: BotApi): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; api.unconfirmed().length > 0; await pause(5))
    if (performance.now() > until)
      throw new Wrong(
        `${api.unconfirmed().length} updates were not confirmed within ${PATIENCE_MS / 1000} s`,
      );
}
