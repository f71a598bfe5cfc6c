import { createHmac, timingSafeEqual } from "node:crypto";

/** The names of web conversations: unguessable, and only ours are taken. */
export type Sessions = {
  /** A new session. The same random message id gives the same one, so that a repeated first message is one message. */
  create(messageId: string, text: string): Promise<string>;
  isOurs(session: string): Promise<boolean>;
};

type Mac = (text: string) => Buffer;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const BODY_BYTES = 18;

/** @param secret gives 32 bytes that survive restarts and changes of keys, the same each time; `random` gives bytes from a cryptographic source */
export function createSessions(
  secret: () => Promise<Uint8Array>,
  random: (bytes: number) => Uint8Array,
): Sessions {
  let key: Uint8Array | undefined;
  const known = async (): Promise<Mac> => {
    const mine = (key ??= await secret());
    return (text) => createHmac("sha256", mine).update(text).digest();
  };
  const signed = (body: string, mac: Mac): string =>
    `${body}${mac(`session ${body}`).subarray(0, 12).toString("base64url")}`;
  return {
    create: async (messageId, text) => {
      const mac = await known();
      const body = UUID.test(messageId)
        ? mac(`first ${messageId} ${text}`).subarray(0, BODY_BYTES)
        : Buffer.from(random(BODY_BYTES));
      return signed(body.toString("base64url"), mac);
    },
    isOurs: async (session) => {
      const expected = Buffer.from(signed(session.slice(0, 24), await known()));
      const given = Buffer.from(session);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
