import { createHmac, timingSafeEqual } from "node:crypto";

/** Which of the two was handed out: it is signed, so that the record of who answered how cannot be made up. */
type Way = "webhook" | "email-link";

/** Signed addresses by which one agency answers one case, without an account. */
export type ReplyLinks = {
  /** For an agency's system: where to POST, and the Bearer token. */
  api(complaint: string, agency: string): { readonly url: string; readonly token: string };
  /** For a letter: a page; the token stands behind `#`, which browsers do not send to servers or logs. */
  page(complaint: string, agency: string): string;
  /** The officials' desk. */
  desk(): string;
  /** The case and agency that an id and token open; undefined when they do not fit. */
  open(
    id: string,
    token: string,
  ): { readonly complaint: string; readonly agency: string; readonly via: Way } | undefined;
};

/** @param key 32 secret bytes that survive restarts; `base` without a slash at its end */
export function createReplyLinks(key: Uint8Array, base: () => string): ReplyLinks {
  const tokenOf = (way: Way, id: string): string =>
    createHmac("sha256", key).update(`reply ${way} ${id}`).digest("base64url");
  const idOf = (complaint: string, agency: string): string => `${complaint}.${agency}`;
  return {
    api: (complaint, agency) => {
      const id = idOf(complaint, agency);
      return { url: `${base()}/api/replies/${id}`, token: tokenOf("webhook", id) };
    },
    page: (complaint, agency) => {
      const id = idOf(complaint, agency);
      return `${base()}/reply/${id}#${tokenOf("email-link", id)}`;
    },
    desk: () => `${base()}/desk`,
    open: (id, token) => {
      const given = Buffer.from(token);
      const [complaint, agency] = id.split(".");
      const via = (["webhook", "email-link"] as const).find((way) => {
        const expected = Buffer.from(tokenOf(way, id));
        return given.length === expected.length && timingSafeEqual(given, expected);
      });
      return complaint && agency && via ? { complaint, agency, via } : undefined;
    },
  };
}
