import { randomBytes, randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { z } from "zod";
import { createConsole } from "../channels/console.ts";
import { createClock } from "../clock.ts";
import { findControl } from "../control.ts";
import { createLog } from "../log.ts";
import { startProgram } from "../main.ts";
import type { Reply } from "../messages/message.ts";
import { type Command, type CommandContext, InputError, takeNone } from "./command.ts";

/** How often a terminal beside a running program looks for pushed messages, in milliseconds. */
const LOOK_EVERY = 1000;

export const chat: Command = {
  summary: "talk to the bot in the terminal",
  usage: "chat",
  run: async (context) => {
    takeNone(context.args);
    const settings = context.config();
    const running = await findControl(settings.DATA_DIR);
    return running ? talkTo(await running.address(), context) : talkHere(context);
  },
};

/** Starts the program in this terminal. The same user of the machine is the same conversation the next time. */
async function talkHere({ config, out, err, lines }: CommandContext): Promise<number> {
  const settings = config();
  const log = createLog("error", createClock(settings.MOTCUA_NOW), err);
  const conversation = `console:${userInfo().username}`;
  const terminal = createConsole({ lines, out, conversation, run: randomBytes(8).toString("hex") });
  const program = await startProgram(settings, log, [terminal]);
  await terminal.done;
  await program.stop();
  return 0;
}

const Answer = z.object({
  session: z.string().optional(),
  messages: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      choices: z.array(z.object({ id: z.string(), label: z.string() })),
    }),
  ),
});

/** Talks to the program that already runs, as the chat page does. */
async function talkTo(address: string, { out, lines }: CommandContext): Promise<number> {
  let session = "";
  let after = "0";
  const look = async (): Promise<void> => {
    if (session === "") return;
    const { messages } = Answer.parse(await get(`${address}/api/messages?session=${session}&after=${after}`));
    for (const message of messages) show(message, out);
    after = messages.at(-1)?.id ?? after;
  };
  out("Một Cửa (chương trình đang chạy). Gõ câu hỏi rồi Enter; Ctrl+D để thoát.\n> ");
  const timer = setInterval(() => {
    look().catch(() => {
      out("Chưa kết nối được chương trình; đang thử lại.\n");
    });
  }, LOOK_EVERY);
  for await (const text of lines()) {
    const body = JSON.stringify({ ...(session && { session }), id: randomUUID(), text });
    const answer = Answer.parse(await get(`${address}/api/messages`, body));
    session = answer.session ?? session;
    for (const message of answer.messages) show(message, out);
    out("> ");
  }
  clearInterval(timer);
  return 0;
}

async function get(url: string, body?: string): Promise<unknown> {
  const response = await fetch(
    url,
    body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body },
  );
  const data: unknown = await response.json();
  if (response.ok) return data;
  const told = z.object({ error: z.string() }).safeParse(data);
  throw new InputError(told.success ? told.data.error : `the program answered ${response.status}`);
}

function show({ text, choices }: Reply, out: CommandContext["out"]): void {
  out(`\n${[text, ...choices.map(({ label }, index) => `  ${index + 1}. ${label}`)].join("\n")}\n`);
}
