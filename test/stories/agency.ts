import { vi } from "vitest";
import type { OpenNotice } from "../../src/messages/delivery.ts";
import type { Received, WebhookReceiver } from "../fakes/webhook-receiver.ts";
import { SOON } from "./machine.ts";

/** The secret that the contacts file and the agencies' systems of the stories share. */
export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** The body of a delivery: a notice, and where it is answered. */
export type Body = OpenNotice & { readonly reply: { readonly url: string; readonly token: string } };

export const bodyOf = (received: Received): Body => JSON.parse(received.body) as Body;

/** Waits until the agency's system has got the notice of this event for this case. */
export async function noticed(
  agency: WebhookReceiver,
  trackingCode: string,
  event: string,
  times = 1,
): Promise<Body> {
  const found = await vi.waitUntil(
    () =>
      agency.received.map(bodyOf).filter((body) => body.case === trackingCode && body.event === event)[
        times - 1
      ],
    SOON,
  );
  return found;
}

/** The agency's system answers a case at the address that came with the notice. */
export async function replies(
  { url, token }: Body["reply"],
  act: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify(act),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
