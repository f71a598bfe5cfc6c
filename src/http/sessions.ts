import { createHmac, timingSafeEqual } from "node:crypto";

/** The names of web conversations: unguessable, and only ours are taken. */
export type Sessions = {
  /** A new session. The same random message id gives the same one, so that a repeated first message is one message. */
  create(messageId: string, text: string): string;
  isOurs(session: string): boolean;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const BODY_BYTES = 18;

/** @param key 32 secret bytes that survive restarts; `random` gives bytes from a cryptographic source */
export function createSessions(key: Uint8Array, random: (bytes: number) => Uint8Array): Sessions {
  const mac = (text: string): Buffer => createHmac("sha256", key).update(text).digest();
  const signed = (body: string): string =>
    `${body}${mac(`session ${body}`).subarray(0, 12).toString("base64url")}`;
  return {
    create: (messageId, text) => {
      const body = UUID.test(messageId)
        ? mac(`first ${messageId} ${text}`).subarray(0, BODY_BYTES)
        : Buffer.from(random(BODY_BYTES));
      return signed(body.toString("base64url"));
    },
    isOurs: (session) => {
      const expected = Buffer.from(signed(session.slice(0, 24)));
      const given = Buffer.from(session);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
