import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { z } from "zod";

/** What the portal answers instead of what was asked for; it may also say nothing. */
export type Oddity = (response: ServerResponse) => void;

export const status =
  (code: number, body = ""): Oddity =>
  (response) => {
    response.writeHead(code).end(body);
  };
export const hangs: Oddity = () => undefined;
export const resets: Oddity = (response) => response.socket?.resetAndDestroy();

/** The national portal's two calls on loopback, as strict about politeness as the real one may be. */
export type FakePortal = {
  readonly url: string;
  /** Ids asked for in detail, in order. */
  readonly details: readonly string[];
  readonly lists: readonly string[];
  /** What a polite reader would not have done. */
  readonly offences: readonly string[];
  /** For the next requests for details, in order. */
  next(...oddities: readonly Oddity[]): void;
  /** For the next requests for the list. */
  nextList(...oddities: readonly Oddity[]): void;
  /** From now on the list has these records. */
  holds(records: readonly Record<string, unknown>[]): void;
  close(): Promise<void>;
};

export type FakePortalOptions = {
  /** Milliseconds that must lie between two requests. */
  readonly pause?: number;
  /** How many it says that it has, if not the truth. */
  readonly total?: number;
};

const LIST = "/api/v1/submitting/formality/list-all-public-formality-by-citizen";
const DETAIL = "/api/v1/configuring/formality/get-formality-by-citizen";
const ListBody = z.strictObject({
  limit: z.literal(200),
  lastId: z.string(),
  q: z.literal(""),
  categoryId: z.literal(""),
  departmentCode: z.literal(""),
});
const DetailBody = z.strictObject({ id: z.string().min(1) });

export async function startPortal(
  records: readonly Record<string, unknown>[],
  { pause = 0, total }: FakePortalOptions = {},
): Promise<FakePortal> {
  let held = records;
  const details: string[] = [];
  const lists: string[] = [];
  const offences: string[] = [];
  const odd: Oddity[] = [];
  const oddLists: Oddity[] = [];
  let open = 0;
  let last = Number.NEGATIVE_INFINITY;

  const page = ({ lastId, limit }: z.output<typeof ListBody>): object => {
    const start = lastId === "" ? 0 : held.findIndex(({ id }) => id === lastId) + 1;
    const items = held.slice(start, start + limit).map(({ id, code, name }) => ({ id, code, name }));
    return { items, lastId: items.at(-1)?.id ?? lastId, total: total ?? held.length };
  };
  const answer = (response: ServerResponse, data: unknown): void => {
    // 200 and 201, plain and nested, in turn: what counts is the code.
    const turn = details.length;
    response.writeHead(turn % 2 === 0 ? 200 : 201, { "content-type": "application/json" });
    response.end(JSON.stringify({ code: "OK", data: turn % 3 === 0 && turn > 0 ? { data } : data }));
  };
  const serve = (path: string, body: unknown, response: ServerResponse): void => {
    const list = path === LIST ? ListBody.safeParse(body) : undefined;
    const detail = path === DETAIL ? DetailBody.safeParse(body) : undefined;
    if (list?.success) {
      lists.push(list.data.lastId);
      const oddity = oddLists.shift();
      if (oddity) oddity(response);
      else response.end(JSON.stringify({ code: "OK", data: page(list.data) }));
    } else if (detail?.success) {
      const { id } = detail.data;
      details.push(id);
      const record = held.find((one) => one["id"] === id);
      const oddity = odd.shift();
      if (oddity) oddity(response);
      else if (record) answer(response, record);
      else response.end(JSON.stringify({ code: "NOT_FOUND", data: null }));
    } else {
      offences.push(`${path} ${JSON.stringify(body)}`);
      response.writeHead(400).end();
    }
  };

  const server = createServer((request, response) => {
    open += 1;
    response.once("close", () => {
      open -= 1;
    });
    if (open > 1) offences.push("two requests at once");
    // A timer may fire a millisecond early.
    if (performance.now() - last < pause - 1) offences.push("too fast");
    if (request.method !== "POST") offences.push(`method ${request.method}`);
    if (!request.headers["content-type"]?.startsWith("application/json")) offences.push("not JSON");
    if (!request.headers["user-agent"]?.startsWith("motcua/")) offences.push("does not say who it is");
    json(request).then(
      (body) => {
        // Before the answer leaves, so that a busy machine never makes a polite reader look hasty.
        last = performance.now();
        serve(request.url ?? "", body, response);
      },
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    details,
    lists,
    offences,
    next: (...oddities) => {
      odd.push(...oddities);
    },
    nextList: (...oddities) => {
      oddLists.push(...oddities);
    },
    holds: (records) => {
      held = records;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
