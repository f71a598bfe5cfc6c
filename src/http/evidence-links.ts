import { createHmac, timingSafeEqual } from "node:crypto";

/** One file of a case, for one agency. */
export type EvidenceAsked = { readonly id: string; readonly complaint: string; readonly agency: string };

/** Signed addresses of files, that hold for some days. */
export type EvidenceLinks = {
  /** @param until ISO day, the last one on which it opens, in Viet Nam */
  link(asked: EvidenceAsked, until: string): string;
  /** What an address opens now; undefined when it was not made here, or its day has passed. */
  open(
    id: string,
    query: Readonly<Record<"c" | "a" | "d" | "s", string>>,
    today: string,
  ): EvidenceAsked | undefined;
};

/** @param key 32 secret bytes that survive restarts; `base` without a slash at its end */
export function createEvidenceLinks(key: Uint8Array, base: () => string): EvidenceLinks {
  const sign = ({ id, complaint, agency }: EvidenceAsked, until: string): string =>
    createHmac("sha256", key)
      .update(JSON.stringify(["evidence", id, complaint, agency, until]))
      .digest("base64url");
  return {
    link: (asked, until) => {
      const query = new URLSearchParams({
        c: asked.complaint,
        a: asked.agency,
        d: until,
        s: sign(asked, until),
      });
      return `${base()}/evidence/${asked.id}?${query.toString()}`;
    },
    open: (id, { c, a, d, s }, today) => {
      const asked = { id, complaint: c, agency: a };
      const expected = Buffer.from(sign(asked, d));
      const given = Buffer.from(s);
      const ours = given.length === expected.length && timingSafeEqual(given, expected);
      return ours && today <= d ? asked : undefined;
    },
  };
}
