import { createHash } from "node:crypto";
import { hashLinkCode } from "../inbox/official.ts";
import { Conflict, type Official, type Store } from "../store/store.ts";

/** Sign-ins at the desk: a browser holds a secret, the store only its hash as an official's sender. */
export type DeskSessions = {
  /**
   * Burns a link code for a new session, which ends the browser's old one. Undefined when the code is unknown, used or
   * too old.
   * @throws NotSaved
   */
  open(
    code: string,
    old: string | undefined,
  ): Promise<{ readonly secret: string; readonly official: Official } | undefined>;
  /** Whose secret this is; undefined when it is nobody's, or too old. */
  who(secret: string | undefined): Promise<Official | undefined>;
  /** @throws NotSaved */
  end(official: Official): Promise<void>;
};

/** Days that a session lasts from its link on, this service's policy: then a new link is needed. */
export const SESSION_DAYS = 30;
const DAY_MS = 86_400_000;
const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const PREFIX = "desk:";

export type DeskSessionParts = {
  readonly store: Pick<Store, "commit" | "linkCode" | "official" | "officials">;
  readonly clock: () => Date;
  /** Bytes from a cryptographic source. */
  readonly random: (bytes: number) => Uint8Array;
};

export function createDeskSessions({ store, clock, random }: DeskSessionParts): DeskSessions {
  const isOver = ({ boundAt }: Official): boolean =>
    Date.parse(boundAt) + SESSION_DAYS * DAY_MS <= clock().getTime();
  return {
    open: async (code, old) => {
      const codeHash = hashLinkCode(code.trim());
      const known = await store.linkCode(codeHash);
      const now = clock();
      if (!known || Date.parse(known.expiresAt) <= now.getTime()) return undefined;
      const secret = Buffer.from(random(SECRET_BYTES)).toString("base64url");
      const { agency, role } = known;
      const official: Official = { sender: senderOf(secret), agency, role, boundAt: now.toISOString() };
      const over = (await store.officials()).filter(
        (bound) => bound.sender.startsWith(PREFIX) && isOver(bound),
      );
      const unbind = [...over.map(({ sender }) => sender), ...(old ? [senderOf(old)] : [])];
      try {
        await store.commit({ unbind, bind: { official, codeHash } });
      } catch (error) {
        if (error instanceof Conflict) return undefined;
        throw error;
      }
      return { secret, official };
    },
    who: async (secret) => {
      if (!secret || !SECRET.test(secret)) return undefined;
      const official = await store.official(senderOf(secret));
      return official && !isOver(official) ? official : undefined;
    },
    end: ({ sender }) => store.commit({ unbind: [sender] }),
  };
}

function senderOf(secret: string): string {
  return `${PREFIX}${createHash("sha256").update(secret).digest("base64url")}`;
}
