import type { Account, WireMessage, WireUpdate } from "./bot-api-account.ts";

/** Milliseconds before an update that was not taken is posted again; the real server waits seconds and longer. */
const AGAIN_MS = 15;

/** Posts updates to the webhook: one at a time a chat, chats side by side, each again until it is answered with 2xx. */
export type Posting = {
  /** The machine on which the webhook's public address ends; nothing is posted before it is named. */
  leadTo(origin: string): void;
  wake(): void;
  stop(): void;
};

export function createPosting(account: Account): Posting {
  const underWay = new Map<string, WireUpdate>();
  let origin: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  const post = async (update: WireUpdate): Promise<boolean> => {
    const { hook } = account;
    if (!hook || origin === undefined) return false;
    const { pathname, search } = new URL(hook.url);
    try {
      const response = await fetch(`${origin}${pathname}${search}`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          ...(hook.secret && { "X-Telegram-Bot-Api-Secret-Token": hook.secret }),
        },
        body: JSON.stringify(update),
      });
      await response.arrayBuffer();
      if (response.ok) return true;
      fail(`Wrong response from the webhook: ${response.status} ${response.statusText}`);
    } catch {
      fail("Connection refused");
    }
    return false;
  };

  function fail(message: string): void {
    account.hookError = { last_error_date: Math.floor(Date.now() / 1000), last_error_message: message };
  }

  function wake(): void {
    if (!account.hook || origin === undefined) return;
    for (const update of account.updates) {
      const chat = chatOf(update);
      if (underWay.has(chat) || underWay.size >= account.hook.connections) continue;
      underWay.set(chat, update);
      void post(update).then((taken) => {
        if (taken) account.updates = account.updates.filter((other) => other !== update);
        underWay.delete(chat);
        if (taken) wake();
        else {
          clearTimeout(timer);
          timer = setTimeout(wake, AGAIN_MS);
        }
      });
    }
  }

  return {
    leadTo: (to) => {
      origin = to;
      wake();
    },
    wake,
    stop: () => {
      origin = undefined;
      clearTimeout(timer);
    },
  };
}

function chatOf(update: WireUpdate): string {
  const { message, callback_query: tap } = update as {
    readonly message?: WireMessage;
    readonly callback_query?: { readonly message: WireMessage };
  };
  return String((message ?? tap?.message)?.chat.id ?? update.update_id);
}
