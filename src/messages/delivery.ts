import type { Choice } from "./message.ts";

/** Where a promised message goes. An agency's address is looked up in the contacts when it is sent. */
export type Recipient =
  | { readonly kind: "agency"; readonly agency: string; readonly contact: string }
  | { readonly kind: "chat"; readonly conversation: string }
  /** The person of the delivery's case; their address is opened when it is sent. */
  | { readonly kind: "email" };

/** Why an agency hears of a case. */
export const AGENCY_EVENTS = [
  "filed",
  "reminder",
  /** The day of the answer has passed. */
  "overdue",
  /** Nobody took the case in time: told to its holders and to the superior who now takes part. */
  "unacknowledged",
  /** Still not answered, or not repaired. */
  "escalated",
  /** A notice to those who must answer did not arrive. */
  "undelivered",
  "transferred",
  "information",
  "disputed",
  /** An answer in the protected lane waits for a second signature. */
  "proposed",
  /** It was sent back unsigned. */
  "returned",
  /** The person says it is solved. */
  "closed",
  /** The person said nothing. */
  "lapsed",
  /** The person took it back. */
  "withdrawn",
  /** Nothing more is to be done there; it is not said why, nor who asked. */
  "ended",
  /** The person undid the withdrawal. */
  "reopened",
  /** To who had it before: the person does not accept the answer, and another handles it now. */
  "moved",
  /** For the custodian of the protected lane (diện bảo vệ) alone. */
  "protected",
  /** The name that was asked for; `person` is filled. */
  "identity",
  "identity-refused",
  /** One of two has approved the opening of the name; a second is needed. */
  "identity-approval",
  /** Cases are held back as a suspected flood: somebody must look at them. */
  "quarantined",
  /** Several persons complain of the same about one unit. */
  "cluster",
  /** Answers of a month that the superior should look at. */
  "review",
] as const;
export type AgencyEvent = (typeof AGENCY_EVENTS)[number];

/** Nothing more is expected after such a notice. */
export function isLast(event: AgencyEvent): boolean {
  return LAST.includes(event) || isOfMany(event);
}

/** Such a notice is about several cases: whether it arrives says nothing of the one that it is recorded on. */
export function isOfMany(event: AgencyEvent): boolean {
  return event === "quarantined" || event === "cluster" || event === "review";
}

/** What officials settle among themselves: that it arrived is no news of the person's case having come to somebody. */
export function isAmongOfficials(event: AgencyEvent): boolean {
  return AMONG_OFFICIALS.includes(event);
}

const AMONG_OFFICIALS: readonly AgencyEvent[] = ["proposed", "returned", "identity-approval", "moved"];
const LAST: readonly AgencyEvent[] = ["closed", "lapsed", "withdrawn", "ended", "moved"];

/** Whether the due day of a result had passed when the complaint was filed; days are ISO days. */
export type NoticedLateness = {
  readonly due: string;
  readonly by: "slip" | "limit";
  readonly on: string;
  readonly daysLate?: number;
  readonly lawful?: string;
};

/** What became of the written apology for a late result (NĐ 118/2025/NĐ-CP Đ.19.6). */
export type NoticedApology = "none" | "in_time" | "too_late" | "twice";

/** A file that came with the case; its address is made when the notice is sent, as it does not hold for long. */
export type NoticedEvidence = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
};

/** How often a dossier was sent back to be supplemented (NĐ 118/2025/NĐ-CP Đ.16.3, 17.1c). */
export type NoticedSupplements = {
  readonly times?: number;
  readonly inWriting?: boolean;
  /** ISO day. */
  readonly lastOn?: string;
};

/** What an agency, or with `by` null the person, said before a case came to another agency. */
export type NoticedHappening = {
  /** ISO instant. */
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly what: string;
  readonly text: string;
};

/** The frozen content of an agency's notice; the webhook's body without its reply address. It names nobody. */
export type AgencyNotice = {
  readonly id: string;
  /** The tracking code. */
  readonly case: string;
  readonly event: AgencyEvent;
  readonly kind: string;
  readonly summary: string;
  readonly text: string;
  readonly procedure: { readonly code: string; readonly name: string } | null;
  readonly dossier: string | null;
  readonly place: string | null;
  readonly agency: { readonly id: string; readonly name: string };
  /** ISO day by which the agency must answer. */
  readonly due: string;
  /**
   * The agency may know who the person is, as told up to the event of this number; only with their consent for this
   * case, or where two persons opened it.
   */
  readonly person: { readonly toldBy: number } | null;
  readonly evidence: readonly NoticedEvidence[];
  /** These three only in a complaint of a late result, where they are known. */
  readonly lateness?: NoticedLateness;
  readonly apology?: readonly NoticedApology[];
  /** ISO day of the new appointment. */
  readonly reappointed?: string;
  readonly supplements?: NoticedSupplements;
  /** Open cases of others that this one is like. */
  readonly related?: number;
  /** An answer is written and nothing is missing but its second signature. */
  readonly waitsFor?: "signature";
  /** What the person told at first, for an agency to which the case is new; absent where `text` is that. */
  readonly story?: string;
  /** What was said since, oldest first, for such an agency. */
  readonly history?: readonly NoticedHappening[];
};

/** A notice as it is shown or sent: the name is put in only then. */
export type OpenNotice = Omit<AgencyNotice, "person"> & {
  readonly person: { readonly name: string; readonly phone: string | null } | null;
};

/** Puts the name in where the notice may carry it; without one, as after an erasure, it names nobody. */
export function openNotice(
  notice: AgencyNotice,
  person: { readonly name: string; readonly phone?: string | undefined } | undefined,
): OpenNotice {
  const named = notice.person !== null && person !== undefined;
  return { ...notice, person: named ? { name: person.name, phone: person.phone ?? null } : null };
}

/** What those who run the service must see to; it belongs to no case. */
export type AlarmNotice = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
  /** ISO instant at which it was found. */
  readonly at: string;
};

export type Content =
  | { readonly kind: "alarm"; readonly alarm: AlarmNotice }
  | { readonly kind: "agency"; readonly notice: AgencyNotice }
  | {
      readonly kind: "person";
      readonly text: string;
      readonly choices: readonly Choice[];
      /** The tracking code, where it may stand in the subject of a letter. */
      readonly code?: string;
    }
  /** To the chat of an official or of an agency, and no news of the case's own: the morning's list, a signature asked for. */
  | { readonly kind: "official"; readonly text: string; readonly choices: readonly Choice[] };

/** A promise to tell somebody something: kept, or handed to a human. Its id is the idempotency key. */
export type Delivery = {
  readonly id: string;
  /**
   * The complaint it belongs to; a list of several belongs to the first of them. Without one it belongs to no case: to a
   * chat it is part of what that conversation told and is erased with it, and no other delivery waits for it.
   */
  readonly complaint?: string;
  /** ISO instant of the first attempt, where that is later than the promise; until then it holds up no other. */
  readonly notBefore?: string;
  readonly to: Recipient;
  readonly content: Content;
};

/**
 * The attempts that reached for the recipient since there was a way to them: how many, and the ISO instant from which
 * their day is counted.
 */
export type Tried = { readonly since: string; readonly times: number };

/** Where a delivery stands. `dead` waits for a human and is still tried hourly, unless it failed for good. */
export type DeliveryState = {
  readonly delivery: Delivery;
  readonly status: "waiting" | "sent" | "dead";
  /** All, those included that found no way to the recipient. */
  readonly attempts: number;
  /** Absent while there is no way to the recipient, and in what was stored by an earlier program. */
  readonly tried?: Tried;
  /** ISO instant of the next attempt; undefined when none follows. */
  readonly nextAt?: string;
  readonly createdAt: string;
  /** What went wrong last; never holds an address or text. */
  readonly problem?: string;
};

/** The outcome of one attempt. Without `tried` there was no way to the recipient. */
export type DeliveryResult =
  | { readonly kind: "sent" }
  | {
      readonly kind: "failed";
      readonly problem: string;
      readonly nextAt?: string;
      readonly dead: boolean;
      readonly tried?: Tried;
    };
