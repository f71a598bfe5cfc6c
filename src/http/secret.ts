import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a secret that somebody shows is the right one; the time it takes tells nothing of either. */
export function isSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
