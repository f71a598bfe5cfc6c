import { z } from "zod";
import type { Complaint, ComplaintEvent } from "../complaints/complaint.ts";
import type { Identity } from "../complaints/person.ts";
import type { Session } from "../conversation/session.ts";
import type { Delivery, Tried } from "../messages/delivery.ts";
import type { Reply } from "../messages/message.ts";
import type { OwnerKey } from "./seal.ts";
import type { Official, Role, Unanswered } from "./store.ts";

/** A keyed hash of a name (seal.ts: lookup). */
const Lookup = z.string();
/** AES-256-GCM under the data key of the entry's owner, base64. */
const Sealed = z.string();
const At = z.string();
const StoredRole = z.enum([
  "officer",
  "head",
  "coordinator",
  "custodian",
  "supervisor",
]) satisfies z.ZodType<Role>;

// Entries that hold nothing private are the same sealed and opened.
const Clear = [
  /** A conversation's key is gone, and with it the session, the mailbox and the replies remembered. */
  z.strictObject({ kind: z.literal("erased"), conversation: Lookup }),
  /** A complaint's key is gone, and with it all that was told in it; what is to be sent about it is not sent any more. */
  z.strictObject({ kind: z.literal("forgotten"), complaint: z.string() }),
  /** Deliveries that were kept or cancelled; nothing else of them is needed any more. */
  z.strictObject({ kind: z.literal("sent"), deliveries: z.array(Lookup) }),
  /** The number of the last message put into a mailbox, so that numbers go on after all of it is gone. */
  z.strictObject({ kind: z.literal("mailbox"), conversation: Lookup, last: z.int() }),
  /** These are officials no more. */
  z.strictObject({ kind: z.literal("unbound"), senders: z.array(Lookup) }),
  z.strictObject({
    kind: z.literal("link"),
    hash: z.string(),
    agency: z.string(),
    role: StoredRole,
    expiresAt: At,
  }),
] as const;

/** Whose key seals a delivery: its case's, else its conversation's, else the store's. */
const Owner = { complaint: z.string().exactOptional(), conversation: Lookup.exactOptional() };

// What is said in a conversation or about a case: most of a store's bytes, and seldom read.
const saidSealedAs = <Text extends z.ZodType>(sealed: Text) =>
  [
    /** Events after the first `revision` ones. */
    z.strictObject({ kind: z.literal("events"), complaint: z.string(), revision: z.int(), sealed }),
    z.strictObject({ kind: z.literal("session"), conversation: Lookup, sealed }),
    /** Without `sealed` the replies are erased, but the message is still known. */
    z.strictObject({
      kind: z.literal("handled"),
      message: Lookup,
      conversation: Lookup,
      at: At,
      sealed: sealed.exactOptional(),
    }),
    z.strictObject({ kind: z.literal("post"), conversation: Lookup, number: z.int(), at: At, sealed }),
  ] as const;

// All else that is recorded.
const Facts = [
  ...Clear,
  /** The data key of an owner from here on, wrapped: `complaint:ID`, `identity:ID`, `conversation:LOOKUP` or `store`. */
  z.strictObject({ kind: z.literal("key"), owner: z.string(), kek: z.string(), key: z.string() }),
  /** Who filed a complaint, as told with its event of this number; under a key of its own, which the complaint's does not open. */
  z.strictObject({ kind: z.literal("identity"), complaint: z.string(), event: z.int(), sealed: Sealed }),
  z.strictObject({
    kind: z.literal("delivery"),
    delivery: Lookup,
    ...Owner,
    at: At,
    sealed: Sealed,
  }),
  /** An attempt failed; `sealed` is the problem. */
  z.strictObject({
    kind: z.literal("failed"),
    delivery: Lookup,
    ...Owner,
    attempts: z.int(),
    dead: z.boolean(),
    nextAt: At.exactOptional(),
    tried: z.strictObject({ since: At, times: z.int() }).exactOptional(),
    sealed: Sealed,
  }),
  z.strictObject({ kind: z.literal("unanswered"), at: At, sealed: Sealed }),
  /** `code`: the link code that this burns. */
  z.strictObject({
    kind: z.literal("official"),
    sender: Lookup,
    agency: z.string(),
    role: StoredRole,
    boundAt: At,
    code: z.string().exactOptional(),
    sealed: Sealed,
  }),
] as const;

/** What is recorded, as it stands on the disk. A commit is a list of these. */
export const Entry = z.discriminatedUnion("kind", [...Facts, ...saidSealedAs(Sealed)]);
export type Entry = z.infer<typeof Entry>;

/** Where a sealed text lies in the files of talk (talk.ts): `at` and `length` are in bytes. */
export const Place = z.strictObject({ file: z.int(), at: z.int(), length: z.int() });
export type Place = Readonly<z.infer<typeof Place>>;
/** A sealed text, or where it lies. */
export type Kept = string | Place;

/** A line of a snapshot. What was said before may lie elsewhere, in files that the snapshot names with their size. */
export const SnapshotEntry = z.discriminatedUnion("kind", [
  ...Facts,
  ...saidSealedAs(z.union([Sealed, Place])),
  z.strictObject({ kind: z.literal("talk"), file: z.int(), bytes: z.int() }),
]);
export type SnapshotEntry = z.infer<typeof SnapshotEntry>;

/** A line of the journal: what one commit changed. */
export const Entries = z.array(Entry);

/** What a complaint is looked up by: keyed hashes. */
export type FoundBy = {
  readonly code: string;
  readonly conversation?: string;
  readonly dossier?: string;
};

type TalkKind = { kind: "session" | "handled" | "post" };
/** What is said in a conversation, sealed, here or where it lies. */
export type Talk = Extract<SnapshotEntry, TalkKind>;
/** The same with the sealed text. */
export type WholeTalk = Extract<Entry, TalkKind>;
/** All that may lie in files of its own: talk, and the events of cases. */
export type Said = Talk | Extract<SnapshotEntry, { kind: "events" }>;

/** Who filed a complaint, sealed. */
export type SealedIdentity = Extract<Entry, { kind: "identity" }>;

/** An entry as memory is folded from it. What is seldom read stays sealed: sessions, replies, mailboxes, identities. */
export type Opened =
  | z.infer<(typeof Clear)[number]>
  | Talk
  | SealedIdentity
  | { readonly kind: "key"; readonly owner: string; readonly key: OwnerKey }
  | {
      readonly kind: "events";
      readonly complaint: string;
      readonly revision: number;
      readonly events: readonly ComplaintEvent[];
      /** The case with them, where it is known already. */
      readonly folded?: Complaint;
      /** What a filed complaint is found by; worked out when opened, never on disk. */
      readonly found?: FoundBy;
      /** Who filed it, where an earlier program sealed that with the events. */
      readonly told?: readonly Told[];
    }
  | {
      readonly kind: "delivery";
      readonly at: string;
      readonly lookup: string;
      readonly delivery: Delivery;
      /** Lookup of the conversation that owns it, where no case does. */
      readonly conversation?: string;
    }
  | {
      readonly kind: "failed";
      readonly lookup: string;
      readonly complaint?: string;
      readonly conversation?: string;
      readonly attempts: number;
      readonly dead: boolean;
      readonly nextAt?: string;
      readonly tried?: Tried;
      readonly problem: string;
    }
  | { readonly kind: "unanswered"; readonly unanswered: Unanswered }
  | {
      readonly kind: "official";
      readonly lookup: string;
      readonly official: Official;
      readonly code?: string;
    };

/** Who filed a complaint, as told with its event of this number. */
export type Told = { readonly event: number; readonly identity: Identity };

/** What is to be recorded, before anything of it is sealed. */
export type Decided =
  | Exclude<Opened, { kind: "key" } | { kind: "identity" } | TalkKind>
  | ({ readonly kind: "identity"; readonly complaint: string } & Told)
  | {
      readonly kind: "session";
      readonly conversation: string;
      /** Of the conversation. */
      readonly name: string;
      readonly session: Session;
    }
  | {
      readonly kind: "handled";
      readonly message: string;
      readonly conversation: string;
      readonly at: string;
      readonly replies: readonly Reply[];
    }
  | {
      readonly kind: "post";
      readonly conversation: string;
      readonly number: number;
      readonly at: string;
      readonly reply: Reply;
    };
