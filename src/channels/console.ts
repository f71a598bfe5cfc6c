import type { Reply } from "../messages/message.ts";
import type { Channel, Receive } from "./channel.ts";

/** The terminal: one conversation, choices numbered. `done` resolves at the end of input. */
export type Terminal = Channel & { readonly done: Promise<void> };

export function createConsole(options: {
  readonly lines: () => AsyncIterable<string>;
  readonly out: (text: string) => void;
  readonly conversation: string;
  /** Names this run, so that its message keys are its own. */
  readonly run: string;
}): Terminal {
  const { lines, out, conversation, run } = options;
  let finish = (): void => {};
  let stopped = false;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const show = (reply: Reply): void => {
    out(
      `\n${[reply.text, ...reply.choices.map(({ label }, index) => `  ${index + 1}. ${label}`)].join("\n")}\n`,
    );
  };
  const listen = async (receive: Receive): Promise<void> => {
    let count = 0;
    out("Một Cửa. Gõ câu hỏi rồi Enter; Ctrl+D để thoát.\n> ");
    for await (const text of lines()) {
      if (stopped) return;
      count++;
      const replies = await receive({
        key: `${conversation}:${run}:${count}`,
        conversation,
        sender: conversation,
        privately: true,
        body: { kind: "text", text },
      });
      replies.forEach(show);
      out("> ");
    }
  };
  return {
    name: "console",
    done,
    start: (receive) => {
      listen(receive).then(finish, (error: unknown) => {
        out(`${error instanceof Error ? error.message : "lỗi"}\n`);
        finish();
      });
      return Promise.resolve();
    },
    send: (to, reply) => {
      if (to !== conversation) return Promise.resolve({ kind: "gone", problem: "that terminal is closed" });
      show(reply);
      out("> ");
      return Promise.resolve({ kind: "sent" });
    },
    stop: () => {
      stopped = true;
      finish();
      return Promise.resolve();
    },
  };
}
