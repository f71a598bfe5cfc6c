import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, type Params, refused } from "./bot-api-methods.ts";

/** Something that goes wrong with a call. */
export type Fault =
  /** Nothing: lets one call through before the next fault. */
  | { readonly kind: "none" }
  /** Telegram's own refusal; nothing is done. */
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly description: string;
      readonly retryAfter?: number;
    }
  /** The connection breaks before or after the method was carried out. */
  | { readonly kind: "break"; readonly when: "before" | "after" }
  /** A page of a proxy's instead of an answer. */
  | { readonly kind: "page"; readonly status: number };

export const tooManyRequests = (seconds: number): Fault => ({
  kind: "refuse",
  status: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  retryAfter: seconds,
});

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export function readParams(request: IncomingMessage, body: string): Params | undefined {
  const query = Object.fromEntries(new URL(request.url ?? "/", "http://fake").searchParams);
  if (body === "") return query;
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? { ...query, ...parsed }
      : undefined;
  } catch {
    return undefined;
  }
}

export function fail(response: ServerResponse, fault: Exclude<Fault, { kind: "none" }>): void {
  if (fault.kind === "break") response.socket?.destroy();
  else if (fault.kind === "page")
    response.writeHead(fault.status, { "content-type": "text/html" }).end("<html>");
  else
    reply(
      response,
      refused(
        fault.status,
        fault.description,
        fault.retryAfter === undefined ? undefined : { retry_after: fault.retryAfter },
      ),
    );
}

export function reply(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  response.writeHead(answer.ok ? 200 : answer.error_code, { "content-type": "application/json" });
  response.end(JSON.stringify(answer));
}
