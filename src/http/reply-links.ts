import { createHmac, timingSafeEqual } from "node:crypto";

/** Signed addresses by which one agency answers one case, without an account. */
export type ReplyLinks = {
  /** For an agency's system: where to POST, and the Bearer token. */
  api(complaint: string, agency: string): { readonly url: string; readonly token: string };
  /** For a letter: a page; the token stands behind `#`, which browsers do not send to servers or logs. */
  page(complaint: string, agency: string): string;
  /** The case and agency that an id and token open; undefined when they do not fit. */
  open(id: string, token: string): { readonly complaint: string; readonly agency: string } | undefined;
};

/** @param key 32 secret bytes that survive restarts; `base` without a slash at its end */
export function createReplyLinks(key: Uint8Array, base: () => string): ReplyLinks {
  const tokenOf = (id: string): string => createHmac("sha256", key).update(`reply ${id}`).digest("base64url");
  const idOf = (complaint: string, agency: string): string => `${complaint}.${agency}`;
  return {
    api: (complaint, agency) => {
      const id = idOf(complaint, agency);
      return { url: `${base()}/api/replies/${id}`, token: tokenOf(id) };
    },
    page: (complaint, agency) => {
      const id = idOf(complaint, agency);
      return `${base()}/reply/${id}#${tokenOf(id)}`;
    },
    open: (id, token) => {
      const given = Buffer.from(token);
      const expected = Buffer.from(tokenOf(id));
      const [complaint, agency] = id.split(".");
      if (!complaint || !agency || given.length !== expected.length || !timingSafeEqual(given, expected))
        return undefined;
      return { complaint, agency };
    },
  };
}
