import type { Complaint, ComplaintEvent, Role } from "../complaints/complaint.ts";
import type { Identity } from "../complaints/person.ts";
import type { Session } from "../conversation/session.ts";
import type { Delivery, DeliveryResult, DeliveryState } from "../messages/delivery.ts";
import type { Feedback } from "../messages/feedback.ts";
import type { Reply } from "../messages/message.ts";

export type { Role } from "../complaints/complaint.ts";

/** A person bound to an agency by a one-time code; the chat only receives. */
export type Official = {
  readonly sender: string;
  readonly agency: string;
  readonly role: Role;
  readonly boundAt: string;
};
/** A one-time code, kept as its hash. */
export type LinkCode = {
  readonly hash: string;
  readonly agency: string;
  readonly role: Role;
  readonly expiresAt: string;
};
/** A message waiting in the mailbox of a chat that is read by polling (the chat page). */
export type Post = { readonly number: number; readonly at: string; readonly reply: Reply };
/** A question we could not answer, or a thumb under an answer; nothing says who asked. */
export type Unanswered = Feedback & { readonly at: string };

/** Everything that one act changes: all of it is durable, or none. */
export type Change = {
  /** The message that caused it and what was replied, so that the same message again gets the same reply. */
  readonly handled?: {
    readonly key: string;
    readonly conversation: string;
    readonly replies: readonly Reply[];
  };
  readonly session?: { readonly conversation: string; readonly session: Session };
  /** Events on the revision they were decided on: refused as Conflict when the complaint has moved on. */
  readonly complaints?: readonly {
    readonly id: string;
    readonly revision: number;
    readonly events: readonly ComplaintEvent[];
    /** What the person told of themselves with the first of these events; kept apart from them. */
    readonly identity?: Identity;
  }[];
  readonly deliveries?: readonly Delivery[];
  /** Ids of deliveries that are not wanted any more: never tried again, and none under these ids is promised anew. */
  readonly cancelled?: readonly string[];
  readonly posts?: readonly { readonly conversation: string; readonly reply: Reply }[];
  readonly unanswered?: Unanswered;
  readonly linkCode?: LinkCode;
  /** Binds an official and burns the code named. */
  readonly bind?: { readonly official: Official; readonly codeHash: string };
  /** Senders that are officials no more, before anybody is bound by the same change; those unknown are passed over. */
  readonly unbind?: readonly string[];
  /**
   * Erases what a conversation told: its session and mailbox lose their key, what was to be said in it beside its cases
   * is cancelled. Complaints filed stay. `ifIdle`: refused as Conflict while something is still to be said in it.
   */
  readonly erase?: { readonly conversation: string; readonly ifIdle?: true };
};

/** Why a case waits for a human, and since which ISO instant. */
type Waits = { readonly why: string; readonly since: string };

/**
 * A case as it stood at this revision has nothing to do before `until`; ever, where that is missing. `standing`: it waits
 * for a human meanwhile.
 */
export type PutOff = {
  readonly id: string;
  readonly revision: number;
  readonly until?: Date;
  readonly standing?: Waits;
};

/** A conversation, and where it stood when it was last spoken in. */
export type Quiet = { readonly conversation: string; readonly session: Session };

/** The change was decided on an old revision; decide again. */
export class Conflict extends Error {
  override name = "Conflict";
}

/**
 * Nothing of the change was stored. `full`: make room; `stopped`: restart the program; `unavailable`: try again. Only when
 * a database went away during a commit and stays away, nobody knows: the key of the handled message tells later.
 */
export class NotSaved extends Error {
  override name = "NotSaved";
  readonly reason: "full" | "stopped" | "unavailable";
  constructor(reason: "full" | "stopped" | "unavailable", options?: ErrorOptions) {
    super(`not saved: ${reason}`, options);
    this.reason = reason;
  }
}

/** Stored data is damaged or missing; the message names file and remedy. */
export class StoreError extends Error {
  override name = "StoreError";
}

/** What was read; undefined, too, where this one record is damaged, so that it holds up nothing else. */
export async function passDamaged<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

/** It was sealed with another identity key than the one given. */
export class WrongKey extends StoreError {
  override name = "WrongKey";
  constructor(place: string, sealedWith: string, given: string) {
    super(
      `${place} was sealed with identity key ${sealedWith}, the key given is ${given}; ` +
        "set IDENTITY_KEY or IDENTITY_KEY_FILE to the key this store was made with, or finish a change of keys that was " +
        "broken off (motcua rotate-key). Without it the data cannot be read.",
    );
  }
}

/** What the store holds, for those who watch over it. */
export type Figures = {
  readonly open: number;
  /** Cases that were found damaged since the program started. */
  readonly unreadable: number;
  /** Deliveries that are still tried, and those that need a human. */
  readonly waiting: number;
  readonly dead: number;
  /** When the oldest of all these was promised. */
  readonly oldestAt?: string;
  /** Cases that were put off and wait for a human, by why, and since when the oldest of them does; in no order. */
  readonly standing: readonly { readonly why: string; readonly count: number; readonly oldestAt: string }[];
};

/**
 * The one place where state is kept. Lists of cases pass over one that is damaged: it is reported, and counted. Every promise resolves only when the disk or database has it; reading rejects with
 * NotSaved, too, while a database is away.
 */
export type Store = {
  /**
   * Runs one act after another in a conversation, in the order they came and whatever process they came to; those of
   * different conversations side by side. An act must not ask for a turn itself.
   * @throws NotSaved when the turn is not to be had
   */
  inTurn<T>(conversation: string, act: () => Promise<T>): Promise<T>;
  /** @throws Conflict, NotSaved */
  commit(change: Change): Promise<void>;
  /** What was replied to this message before; undefined when it is new. */
  handled(key: string): Promise<readonly Reply[] | undefined>;
  session(conversation: string): Promise<Session | undefined>;
  /**
   * Conversations in which nothing was handled as far back as messages are remembered, that have no case which is not
   * erased, and in which nothing is still to be sent; in no order.
   */
  quiet(): AsyncIterable<Quiet>;
  complaint(id: string): Promise<Complaint | undefined>;
  /**
   * Who filed this complaint, as told up to its event of this number; without one, as told at its filing. Undefined where
   * nothing was told, and when it is erased.
   * @throws StoreError when it is damaged or another's
   */
  identity(complaint: string, toldBy?: number): Promise<Identity | undefined>;
  /** A keyed hash of a phone number: the same for the same digits, and without the identity key nobody can try numbers out. */
  phoneMark(phone: string): Promise<string>;
  complaintByCode(trackingCode: string): Promise<Complaint | undefined>;
  /** Filed from this conversation, newest first. */
  complaintsOf(conversation: string): Promise<readonly Complaint[]>;
  /** Held by this agency and not closed, earliest due first. */
  complaintsHeldBy(agency: string): Promise<readonly Complaint[]>;
  /** With this dossier code, in capitals or not, and not closed; oldest first. It is looked up by a keyed hash. */
  complaintsByDossier(dossierCode: string): Promise<readonly Complaint[]>;
  /** All that are not closed, oldest first. */
  openComplaints(): Promise<readonly Complaint[]>;
  /** Not closed, and not put off beyond `now` since their last event; those put off come longest due first. */
  waking(now: Date): AsyncIterable<Complaint>;
  /** Remembers, not longer than the program runs, that these need not be looked at; a new event undoes it. */
  putOff(cases: readonly PutOff[]): Promise<void>;
  /** All, closed ones too, oldest first; for figures and checks. */
  complaints(): AsyncIterable<Complaint>;
  /**
   * Filed then or later, closed ones too, in the order of filing; those that are `known` are not read. What was
   * filed while the clock was set back may be missed.
   */
  filedSince(since: Date, known: (id: string) => boolean): AsyncIterable<Complaint>;
  posts(conversation: string, after: number): Promise<readonly Post[]>;
  /**
   * Calls `wake` soon after something was put into the mailbox, by whatever process; the result stops that. A call may
   * be missed while a database is away: look yourself now and then.
   */
  watchPosts(conversation: string, wake: () => void): () => void;
  official(sender: string): Promise<Official | undefined>;
  /** All that are bound, in the order they were bound. */
  officials(): Promise<readonly Official[]>;
  linkCode(hash: string): Promise<LinkCode | undefined>;
  /** In order: the last thumbs up, and the last of all others. */
  unanswered(): Promise<readonly Unanswered[]>;
  /** Takes deliveries that are due, earliest first, and leases them so that nobody else does meanwhile. */
  claim(now: Date, limit: number, leaseSeconds: number): Promise<readonly DeliveryState[]>;
  /** Records an attempt's outcome, with the complaint's event that it means, if any. */
  settle(delivery: string, at: Date, result: DeliveryResult, change?: Change): Promise<void>;
  /** Deliveries that need a human, oldest first. */
  stuck(): Promise<readonly DeliveryState[]>;
  /** Where the delivery of this id stands, one that was cancelled as if it were sent; undefined when none was promised. */
  deliveryStatus(delivery: string): Promise<DeliveryState["status"] | undefined>;
  figures(): Promise<Figures>;
  /** 32 secret bytes that sign the names of conversations; they stay when the identity key changes. @throws NotSaved */
  sessionSecret(): Promise<Uint8Array>;
  health(): Promise<{ readonly ok: boolean; readonly problem?: string }>;
  close(): Promise<void>;
};
