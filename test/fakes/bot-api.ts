import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Account, chatState, createAccount, setAllowed } from "./bot-api-account.ts";
import { createPosting } from "./bot-api-hook.ts";
import { type Answer, METHODS, okay, type Params, refused } from "./bot-api-methods.ts";
import { type Person, personIn } from "./bot-api-people.ts";
import { type Fault, fail, readBody, readParams, reply } from "./bot-api-wire.ts";

type Call = { readonly method: string; readonly params: Params };

export type BotApi = {
  readonly root: string;
  readonly token: string;
  readonly botId: number;
  readonly botName: string;
  /** A person in their private chat, or in a group. */
  user(id: number, facts?: { readonly language?: string; readonly group?: number }): Person;
  readonly faults: { next(method: string, fault: Fault, times?: number): void };
  /** What was called with a right token, oldest first; of one method if named. */
  calls(method?: string): readonly Call[];
  /** Ids of the updates that are not confirmed yet. */
  unconfirmed(): readonly number[];
  /** Whether a poll is being held. */
  isPolled(): boolean;
  /** Where the webhook is set to; empty while it is not. */
  hookUrl(): string;
  /** The machine on which the webhook's public address ends: from now on updates are posted there. */
  leadHookTo(origin: string): void;
  /** The menu set for `all_private_chats/vi` and the like. */
  commands(scopeAndLanguage: string): readonly unknown[] | undefined;
  /** A group becomes a supergroup: its old id only points to the new one. */
  upgrade(group: number, supergroup: number): void;
  /** Out of reach, and back on the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
};

type Held = { readonly finish: (answer?: Answer) => void };

/** Starts a Bot API on a port of its own that refuses what the real one refuses. */
export async function startBotApi(): Promise<BotApi> {
  const account = createAccount();
  const calls: Call[] = [];
  const posting = createPosting(account);
  const faults: { method: string; fault: Fault }[] = [];
  let held: Held | undefined;
  let server = createServer((request, response) => void serve(request, response));
  await listen(0);
  const { port } = server.address() as AddressInfo;

  async function listen(at: number): Promise<void> {
    server.listen(at, "127.0.0.1");
    await once(server, "listening");
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (serveFile(account, request, response)) return;
    const [, token, name = ""] = /^\/bot([^/]*)\/(\w+)(?:\?.*)?$/.exec(request.url ?? "") ?? [];
    if (token === undefined || !/^\d+:[\w-]{35}$/.test(token))
      return reply(response, refused(404, "Not Found"));
    if (token !== account.token) return reply(response, refused(401, "Unauthorized"));
    const params = readParams(request, body);
    if (!params) return reply(response, refused(400, "Bad Request: can't parse the body as a JSON object"));
    calls.push({ method: name, params });
    const fault = takeFault(name);
    if (fault && !(fault.kind === "break" && fault.when === "after")) return fail(response, fault);
    const answer = await carryOut(name.toLowerCase(), params, response);
    if (fault) request.socket.destroy();
    else reply(response, answer);
  }

  function carryOut(method: string, params: Params, response: ServerResponse): Answer | Promise<Answer> {
    if (method === "getupdates") return getUpdates(params, response);
    if (method === "setwebhook") held?.finish(refused(409, "Conflict: terminated by setWebhook request"));
    const answer = METHODS[method]?.(account, params) ?? refused(404, "Not Found: method not found");
    if (method === "setwebhook") posting.wake();
    return answer;
  }

  function getUpdates(params: Params, response: ServerResponse): Answer | Promise<Answer> {
    if (account.hook)
      return refused(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    held?.finish(
      refused(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
      ),
    );
    if (Array.isArray(params["allowed_updates"])) setAllowed(account, params["allowed_updates"] as string[]);
    const limit = Math.min(100, Math.max(1, Number(params["limit"] ?? 100)));
    const batch = (): readonly unknown[] => account.updates.slice(0, limit);
    forget(account, Number(params["offset"] ?? 0));
    const seconds = Number(params["timeout"] ?? 0);
    if (account.updates.length > 0 || seconds <= 0) return okay(batch());
    return new Promise((resolve) => {
      const timer = setTimeout(() => mine.finish(), seconds * 1000);
      const mine: Held = {
        finish: (answer = okay(batch())) => {
          clearTimeout(timer);
          if (held === mine) held = undefined;
          resolve(answer);
        },
      };
      response.once("close", () => mine.finish());
      held = mine;
    });
  }

  function wake(): void {
    if (account.updates.length > 0) held?.finish();
    posting.wake();
  }

  function takeFault(method: string): Exclude<Fault, { kind: "none" }> | undefined {
    const index = faults.findIndex((fault) => fault.method.toLowerCase() === method.toLowerCase());
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0]?.fault;
    return fault?.kind === "none" ? undefined : fault;
  }

  return {
    root: `http://127.0.0.1:${port}`,
    token: account.token,
    botId: account.me.id,
    botName: account.me.username,
    user: (id, facts = {}) => personIn(account, id, facts, wake),
    faults: {
      next: (method, fault, times = 1) => {
        for (let left = times; left > 0; left -= 1) faults.push({ method, fault });
      },
    },
    calls: (method) => (method === undefined ? calls : calls.filter((call) => call.method === method)),
    unconfirmed: () => account.updates.map((update) => update.update_id),
    isPolled: () => held !== undefined,
    hookUrl: () => account.hook?.url ?? "",
    leadHookTo: posting.leadTo,
    commands: (key) => account.commands.get(key),
    upgrade: (group, supergroup) => {
      chatState(account, group).movedTo = chatState(account, supergroup).chat.id;
    },
    down: async () => {
      posting.stop();
      held?.finish();
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
    up: async () => {
      server = createServer((request, response) => void serve(request, response));
      await listen(port);
    },
  };
}

/** Hands out a file whose path was asked for before; false for any other request. */
function serveFile(account: Account, request: IncomingMessage, response: ServerResponse): boolean {
  const [, token, path = ""] = /^\/file\/bot([^/]*)\/(.+)$/.exec(request.url ?? "") ?? [];
  if (token === undefined) return false;
  const file = [...account.files.values()].find((known) => known.path === path);
  const may = token === account.token && request.method === "GET" && account.paths.has(path) && file;
  response.writeHead(may ? 200 : 404, { "content-type": "application/octet-stream" });
  response.end(may ? file.bytes : undefined);
  return true;
}

/** Drops what the offset confirms; a negative one keeps only that many, from the end. */
function forget(account: Account, offset: number): void {
  if (offset < 0) account.updates = account.updates.slice(offset);
  else account.updates = account.updates.filter((update) => update.update_id >= offset);
}
