import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { CatalogueError } from "./catalogue.ts";

/** The national portal's two calls; how the world outside is reached can be replaced in tests. */
export type PortalOptions = {
  /** `https://dichvucong.gov.vn` */
  readonly root: string;
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** Between two requests, in milliseconds. */
  readonly pause?: number;
  /** For one request, in milliseconds. */
  readonly timeout?: number;
};

export type Portal = {
  /** The ids of all procedures; `whole` when the portal gave as many as it says that it has. */
  list(): Promise<{ readonly ids: readonly string[]; readonly whole: boolean }>;
  /** One detail record as the portal gives it, or why it gives none. */
  detail(id: string): Promise<{ readonly record: unknown } | { readonly problem: string }>;
};

const LIST = "/api/v1/submitting/formality/list-all-public-formality-by-citizen";
const DETAIL = "/api/v1/configuring/formality/get-formality-by-citizen";
const PAGE = 200;
/** Twenty times what the portal has: a list that never ends is a fault. */
const MOST_PAGES = 600;
const PAUSE = 700;
const TIMEOUT = 30_000;
/** Waits before a request is tried again, in milliseconds. */
const RETRIES: readonly number[] = [2000, 8000, 30_000];
const USER_AGENT =
  "motcua/0.1 (public one-stop assistant; reads the catalogue slowly, one request at a time)";

const Answer = z.object({ code: z.string(), data: z.unknown().optional() });
const Page = z.object({
  items: z.array(z.object({ id: z.string().pipe(z.string().min(1)) })),
  lastId: z.string().nullish(),
  total: z.number().nullish(),
});

type Reply =
  | { readonly kind: "data"; readonly data: unknown }
  | { readonly kind: "refused"; readonly problem: string }
  | { readonly kind: "transient"; readonly problem: string };

/** A polite reader of the portal: one request at a time with a pause before each, and none after it said stop. */
export function openPortal(options: PortalOptions): Portal {
  const { root, pause = PAUSE, timeout = TIMEOUT, sleep = wait } = options;
  const send = options.fetch ?? fetch;
  let first = true;

  const once = async (path: string, body: object): Promise<Reply> => {
    if (!first) await sleep(pause);
    first = false;
    try {
      const response = await send(`${root}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json", "user-agent": USER_AGENT },
        body: JSON.stringify(body),
        redirect: "error",
        signal: AbortSignal.timeout(timeout),
      });
      return replyOf(response.status, await response.text());
    } catch (error) {
      if (error instanceof CatalogueError) throw error;
      return { kind: "transient", problem: problemOf(error) };
    }
  };

  const call = async (path: string, body: object): Promise<Exclude<Reply, { kind: "transient" }>> => {
    let reply = await once(path, body);
    for (const delay of RETRIES) {
      if (reply.kind !== "transient") return reply;
      await sleep(delay);
      reply = await once(path, body);
    }
    if (reply.kind !== "transient") return reply;
    throw new CatalogueError(
      `the portal does not answer (${reply.problem}); what was fetched is kept: run the same command later to go on`,
    );
  };

  const page = async (lastId: string): Promise<z.output<typeof Page>> => {
    const body = { limit: PAGE, lastId, q: "", categoryId: "", departmentCode: "" };
    const reply = await call(LIST, body);
    const parsed = Page.safeParse(reply.kind === "data" ? reply.data : undefined);
    if (parsed.success) return parsed.data;
    const problem = reply.kind === "data" ? "the list has another form" : reply.problem;
    throw new CatalogueError(
      `the portal's list cannot be read (${problem}); its interface may have changed: import from a file instead`,
    );
  };

  return {
    list: async () => {
      const ids = new Set<string>();
      let lastId = "";
      let total = 0;
      for (let number = 0; number < MOST_PAGES; number += 1) {
        const found = await page(lastId);
        for (const { id } of found.items) ids.add(id);
        total = found.total ?? total;
        const next = found.lastId ?? "";
        if (found.items.length === 0 || next === "" || next === lastId) break;
        lastId = next;
      }
      return { ids: [...ids], whole: ids.size >= total };
    },
    detail: async (id) => {
      const reply = await call(DETAIL, { id });
      return reply.kind === "data" ? { record: reply.data } : { problem: reply.problem };
    },
  };
}

/** The portal answers 200 or 201; what counts is the code inside. */
function replyOf(status: number, text: string): Reply {
  if (status === 403 || status === 429)
    throw new CatalogueError(
      `the portal refuses further requests (${status}); what was fetched is kept: run the same command later, with a longer --pause, to go on`,
    );
  if (status >= 500 || status === 408) return { kind: "transient", problem: `status ${status}` };
  if (status !== 200 && status !== 201) return { kind: "refused", problem: `the portal answered ${status}` };
  const answer = answerOf(text);
  if (!answer) return { kind: "transient", problem: "an answer that is not the portal's JSON" };
  if (answer.code !== "OK")
    return { kind: "refused", problem: `the portal answered ${answer.code.slice(0, 60)}` };
  return { kind: "data", data: unwrapped(answer.data) };
}

function answerOf(text: string): z.output<typeof Answer> | undefined {
  try {
    return Answer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Sometimes `data.data`. */
function unwrapped(data: unknown): unknown {
  const nested = typeof data === "object" && data !== null && "data" in data && !("items" in data);
  return nested ? data.data : data;
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  return error.cause instanceof Error ? error.cause.message : error.message;
}
