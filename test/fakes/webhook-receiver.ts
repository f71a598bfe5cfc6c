import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

/** A request as an agency's system got it. */
export type Received = {
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
};

/** How the receiver behaves towards one request; it may also never answer. */
export type Behaviour = (response: ServerResponse, request: Received) => void;

/** An agency's system on loopback. Like a real one it answers 401 to whatever is not signed with its secret. */
export type WebhookReceiver = {
  readonly url: string;
  /** Properly signed requests, in order of arrival. */
  readonly received: readonly Received[];
  /** Requests refused for their signature. */
  readonly refused: readonly Received[];
  /** For the requests to come, in order; afterwards 200 again. */
  next(...behaviours: readonly Behaviour[]): void;
  /** For all requests that `next` says nothing about. */
  usually(behaviour: Behaviour): void;
  close(): Promise<void>;
};

export const answers =
  (status: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, headers).end();
  };
export const resets: Behaviour = (response) => response.socket?.resetAndDestroy();
export const saysNothing: Behaviour = () => undefined;

export async function startWebhookReceiver(secret: string): Promise<WebhookReceiver> {
  const signed = new Webhook(secret);
  const received: Received[] = [];
  const refused: Received[] = [];
  const script: Behaviour[] = [];
  let usual: Behaviour = answers(200);

  const answer = (response: ServerResponse, got: Received): void => {
    if (!isSigned(signed, got)) {
      refused.push(got);
      response.writeHead(401).end();
      return;
    }
    received.push(got);
    (script.shift() ?? usual)(response, got);
  };
  const server = createServer((request, response) => {
    const got = { path: request.url ?? "", headers: request.headers };
    buffer(request).then(
      (body) => answer(response, { ...got, body: body.toString() }),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    received,
    refused,
    next: (...behaviours) => {
      script.push(...behaviours);
    },
    usually: (behaviour) => {
      usual = behaviour;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isSigned(webhook: Webhook, { body, headers }: Received): boolean {
  try {
    webhook.verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
