import type { IncomingMessage } from "node:http";
import { serve as serveRequests } from "@hono/node-server";

export type ServeOptions = {
  readonly fetch: Parameters<typeof serveRequests>[0]["fetch"];
  readonly hostname: string;
  readonly port: number;
  /**
   * Milliseconds in which the head of a request, all of it, and all of one with a file must have come: whoever is slower
   * is cut off.
   */
  readonly headersMs?: number;
  readonly requestMs?: number;
  readonly uploadMs?: number;
  /** Milliseconds that requests in hand have when the server closes. */
  readonly graceMs?: number;
};

export type Served = {
  readonly port: number;
  /** Takes no connection more, lets requests in hand be answered, then cuts off what is left. */
  close(): Promise<void>;
};

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** Ten megabytes from a phone at the edge of the network; the chat page waits as long. */
const UPLOAD_MS = 300_000;
const GRACE_MS = 4_000;
const IDLE_MS = 10_000;
/** Connections at once; each costs some kilobytes. */
const MOST_CONNECTIONS = 10_000;
/** How often connections that have nothing in hand are looked for while the server closes. */
const SWEEP_MS = 25;

function hasFile({ headers }: IncomingMessage): boolean {
  return headers["content-type"]?.toLowerCase().startsWith("multipart/form-data") === true;
}

/** Listens; resolves with the port, rejects when it is taken. */
export function serve(options: ServeOptions): Promise<Served> {
  const {
    fetch,
    hostname,
    port,
    headersMs = HEADERS_MS,
    requestMs = REQUEST_MS,
    uploadMs = UPLOAD_MS,
    graceMs = GRACE_MS,
  } = options;
  return new Promise((done, failed) => {
    const serverOptions = {
      headersTimeout: headersMs,
      requestTimeout: uploadMs,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: Math.max(10, headersMs / 5),
    };
    const server = serveRequests({ fetch, hostname, port, serverOptions }, (info) => {
      done({ port: info.port, close });
    });
    server.on("request", (request: IncomingMessage) => {
      if (request.complete || hasFile(request)) return;
      const timer = setTimeout(() => {
        if (!request.complete) request.destroy();
      }, requestMs).unref();
      request.once("close", () => clearTimeout(timer));
    });
    server.maxConnections = MOST_CONNECTIONS;
    server.once("error", failed);

    async function close(): Promise<void> {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      if (!("closeAllConnections" in server)) return closed;
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      const last = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(last);
    }
  });
}
