import { expect } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type BotApi, startBotApi } from "../fakes/bot-api.ts";
import { machine, type Running } from "./machine.ts";
import type { Chatter } from "./telegram-chat.ts";
import { codeIn } from "./visitor.ts";

const { complaint: asks, lateness } = vietnamese;
export const CITY = "ubnd-tp-da-nang";
export const CITY_NAME = "Ủy ban nhân dân thành phố Đà Nẵng";
/** The officials' group. */
export const GROUP = -1_001_234_567_890;
export const STORY =
  "Tôi nộp hồ sơ đăng ký khai sinh ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả";
export const DOSSIER = "H17.25-261102-0012";

/** A program on Telegram, whose only contact is the city's group. */
export type Office = {
  readonly api: BotApi;
  program: Running;
  restart(now: string): Promise<void>;
  /** Tells a complaint by words and buttons; resolves with its tracking code. */
  complain(person: Chatter): Promise<string>;
  /** Binds a person to an agency by a code that the operator takes from the running program. */
  link(agency: string, role?: string): Promise<string>;
  close(): Promise<void>;
};

/** Opens an office on a machine of its own. */
export async function office(): Promise<Office> {
  const api = await startBotApi();
  const own = await machine({ TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root }, { light: true });
  // The bot was invited into the officials' group.
  api.user(70, { group: GROUP });
  await own.contacts({ [CITY]: [{ channel: "telegram", chat: String(GROUP) }] });
  const all: Office = {
    api,
    program: await own.start(),
    restart: async (now) => {
      all.program = await own.start({ MOTCUA_NOW: now });
    },
    complain: async (person) => {
      const apology = await person.says(STORY, lateness.askApology);
      await person.presses(apology, lateness.apology.none, asks.findBy);
      const preview = await person.says(DOSSIER, asks.added);
      return codeIn((await person.presses(preview, asks.send, "Mã tra cứu")).text ?? "");
    },
    link: async (agency, role = "officer") => {
      const { code, stdout, stderr } = await own.run(["link", agency, "--role", role, "--json"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return (JSON.parse(stdout) as { code: string }).code;
    },
    close: async () => {
      await all.program.kill();
      await api.down();
    },
  };
  return all;
}
