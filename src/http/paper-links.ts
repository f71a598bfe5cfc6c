import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { z } from "zod";

/** What a paper's link opens. */
const Opened = z.strictObject({
  conversation: z.string(),
  way: z.enum(["complaint", "denunciation"]),
  /** ISO instant. */
  until: z.string(),
});

/** Links by which a person opens the paper drafted in their conversation, for a day. */
export type PaperLinks = {
  /**
   * The page's address. The token stands behind `#`, which browsers do not send, and is sealed: whoever is shown the link
   * learns nothing of the conversation but this paper.
   */
  page(conversation: string, way: "complaint" | "denunciation", now: Date): string;
  /** What a token opens now; undefined when it is not ours or its time is over. */
  open(
    token: string,
    now: Date,
  ): { readonly conversation: string; readonly way: "complaint" | "denunciation" } | undefined;
};

/** Milliseconds that a link opens something. */
const VALID_MS = 24 * 3_600_000;
const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param key 32 secret bytes that survive restarts; `base` without a slash at its end */
export function createPaperLinks(key: Uint8Array, base: () => string): PaperLinks {
  return {
    page: (conversation, way, now) => {
      const until = new Date(now.getTime() + VALID_MS).toISOString();
      return `${base()}/paper#${seal(key, JSON.stringify({ conversation, way, until }))}`;
    },
    open: (token, now) => {
      const text = unseal(key, token);
      const opened = text === undefined ? undefined : Opened.parse(JSON.parse(text));
      if (!opened || Date.parse(opened.until) <= now.getTime()) return undefined;
      return { conversation: opened.conversation, way: opened.way };
    },
  };
}

function seal(key: Uint8Array, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64url");
}

function unseal(key: Uint8Array, token: string): string | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([opened, decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
