import type { Understanding } from "../answers/answer.ts";
import { buildFinder, type Finder } from "../answers/finder.ts";
import type { FormalWay } from "../complaints/authority.ts";
import type { Complaint } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import type { Identity } from "../complaints/person.ts";
import type { Freshness } from "../knowledge/limits.ts";
import type { Knowledge } from "../knowledge/load.ts";
import type { Delivery } from "../messages/delivery.ts";
import type { Feedback } from "../messages/feedback.ts";
import type { Reply } from "../messages/message.ts";
import type { Switches } from "../messages/switches.ts";
import { buildReader, type Reader } from "../understanding/reader.ts";
import { vietnamese, type Wording } from "../wording/citizen.ts";
import { english } from "../wording/citizen-en.ts";
import type { Session } from "./session.ts";

/** Everything the conversation can call on that does not change while the program runs. */
export type Guide = {
  readonly reader: Reader;
  readonly finder: Finder;
  readonly rules: Rules;
  /** Ids of the one-stop rules that can be answered with. */
  readonly ruleIds: ReadonlySet<string>;
  readonly freshness: Freshness;
  /** Time of day in Viet Nam, `HH:MM`, of the reminders that people ask for. */
  readonly remindAt: string;
  readonly wordings: Readonly<Record<"vi" | "en", Wording>>;
  readonly operator: { readonly name?: string | undefined; readonly contact?: string | undefined };
};

/** What surrounds one message. */
export type World = {
  readonly now: Date;
  /** Fresh random names, used when the message begins a complaint. */
  readonly fresh: { readonly complaint: string; readonly trackingCode: string };
  readonly conversation: string;
  /** Complaints filed from this conversation, newest first. */
  readonly mine: readonly Complaint[];
  /** The complaint whose tracking code stands in the message. */
  readonly found?: Complaint | undefined;
  /** The message came from one person alone; in a group nothing of a person's is shown. */
  readonly privately: boolean;
  /** What the operator has turned off; absent: nothing. */
  readonly switches?: Switches | undefined;
  /** Address of the page that shows the paper of this conversation for a time; undefined where the person has no way to it. */
  readonly paperLink?: ((way: FormalWay) => string | undefined) | undefined;
};

/** What one message leads to; all of it is stored at once. */
export type Outcome = {
  readonly session: Session;
  readonly replies: readonly Reply[];
  readonly complaints?: readonly {
    readonly id: string;
    readonly revision: number;
    readonly events: Complaint["events"];
    /** What the person told of themselves with the first of them. */
    readonly identity?: Identity;
  }[];
  readonly deliveries?: readonly Delivery[];
  /** Deliveries that are not wanted any more. */
  readonly cancelled?: readonly string[];
  /** A question that stayed unanswered or a verdict on an answer, without who asked. */
  readonly unanswered?: Feedback;
  /** A bare number goes on meaning what it meant before. */
  readonly keepsMenu?: true;
  /** What the message was understood as, and answered with; absent where nothing had to be understood. */
  readonly understood?: Understanding;
  /** A tracking code was looked up that nobody has. */
  readonly missed?: true;
  /** The person asked for this conversation's data to be erased. */
  readonly erase?: true;
  /** Complaints whose files nobody needs any more: not sent, or erased. */
  readonly unwanted?: readonly string[];
};

/** Puts the guide together. `contactsOf` names the ways to reach an agency now. */
export function buildGuide(
  knowledge: Knowledge,
  contactsOf: Rules["contactsOf"],
  operator: Guide["operator"],
  parts: Pick<Guide, "reader" | "finder"> = {
    reader: buildReader(knowledge),
    finder: buildFinder(knowledge),
  },
): Guide {
  const { limits } = knowledge;
  return {
    ...parts,
    rules: rulesOf(knowledge, contactsOf),
    ruleIds: new Set(knowledge.rules.map(({ id }) => id)),
    freshness: limits.freshness,
    remindAt: limits.remind.at,
    wordings: { vi: vietnamese, en: english },
    operator,
  };
}

/** What is decided by, of all that is known. */
export function rulesOf(
  { agencies, kinds, places, calendar, officeHours, limits, replyTemplates }: Knowledge,
  contactsOf: Rules["contactsOf"],
): Rules {
  return {
    directory: { agencies, kinds, places },
    workingTime: { calendar, officeHours },
    answerLimit: (kind) => limits.answer.kinds[kind] ?? limits.answer.default,
    clocks: limits.clocks,
    guards: limits.guards,
    officials: limits.officials,
    evidence: limits.evidence,
    retention: limits.retention,
    replyTemplates,
    contactsOf,
  };
}
