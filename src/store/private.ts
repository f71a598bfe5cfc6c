import { z } from "zod";
import { ComplaintEvent } from "../complaints/complaint.ts";
import type { Identity } from "../complaints/person.ts";
import { Session } from "../conversation/session.ts";
import {
  AGENCY_EVENTS,
  type AgencyNotice,
  type Content,
  type Delivery,
  type Recipient,
} from "../messages/delivery.ts";
import { type Feedback, REASONS } from "../messages/feedback.ts";
import type { Choice, Reply } from "../messages/message.ts";

// What lies inside the seals. Everything is strict: a field that is not listed here is refused when it is written,
// not lost when it is read.

const StoredChoice = z.strictObject({ id: z.string(), label: z.string() }) satisfies z.ZodType<Choice>;

export const StoredReply = z.strictObject({
  text: z.string(),
  choices: z.array(StoredChoice),
}) satisfies z.ZodType<Reply>;

export const StoredReplies = z.array(StoredReply);

const StoredRecipient = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("agency"), agency: z.string(), contact: z.string() }),
  z.strictObject({ kind: z.literal("chat"), conversation: z.string() }),
  z.strictObject({ kind: z.literal("email") }),
]) satisfies z.ZodType<Recipient>;

const Named = z.strictObject({ id: z.string(), name: z.string() });

const StoredNotice = z.strictObject({
  id: z.string(),
  case: z.string(),
  event: z.enum(AGENCY_EVENTS),
  kind: z.string(),
  summary: z.string(),
  text: z.string(),
  procedure: z.strictObject({ code: z.string(), name: z.string() }).nullable(),
  dossier: z.string().nullable(),
  place: z.string().nullable(),
  agency: Named,
  due: z.string(),
  person: z.strictObject({ toldBy: z.int() }).nullable(),
  evidence: z.array(
    z.strictObject({ id: z.string(), name: z.string(), type: z.string(), size: z.int().nonnegative() }),
  ),
  lateness: z
    .strictObject({
      due: z.string(),
      by: z.enum(["slip", "limit"]),
      on: z.string(),
      daysLate: z.int().exactOptional(),
      lawful: z.string().exactOptional(),
    })
    .exactOptional(),
  apology: z.array(z.enum(["none", "in_time", "too_late", "twice"])).exactOptional(),
  reappointed: z.string().exactOptional(),
  supplements: z
    .strictObject({
      times: z.int().exactOptional(),
      inWriting: z.boolean().exactOptional(),
      lastOn: z.string().exactOptional(),
    })
    .exactOptional(),
  related: z.int().exactOptional(),
  waitsFor: z.literal("signature").exactOptional(),
  story: z.string().exactOptional(),
  history: z
    .array(z.strictObject({ at: z.string(), by: Named.nullable(), what: z.string(), text: z.string() }))
    .exactOptional(),
}) satisfies z.ZodType<AgencyNotice>;

const StoredContent = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("alarm"),
    alarm: z.strictObject({
      id: z.string(),
      kind: z.string(),
      subject: z.string(),
      text: z.string(),
      at: z.string(),
    }),
  }),
  z.strictObject({ kind: z.literal("agency"), notice: StoredNotice }),
  z.strictObject({
    kind: z.literal("person"),
    text: z.string(),
    choices: z.array(StoredChoice),
    code: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal("official"), text: z.string(), choices: z.array(StoredChoice) }),
]) satisfies z.ZodType<Content>;

export const StoredDelivery = z.strictObject({
  id: z.string(),
  complaint: z.string().exactOptional(),
  notBefore: z.iso.datetime().exactOptional(),
  to: StoredRecipient,
  content: StoredContent,
}) satisfies z.ZodType<Delivery>;

/** What was asked in vain; the words may tell who asked, so they are sealed although nothing is meant to. */
export const StoredQuestion = z.strictObject({
  question: z.string(),
  intent: z.string(),
  verdict: z.enum(["up", "down"]).exactOptional(),
  reason: z.enum(REASONS).exactOptional(),
  code: z.string().exactOptional(),
}) satisfies z.ZodType<Feedback>;

/** Strict like all that is written; the types of the core say what it means. */
export const StoredIdentity = z.strictObject({
  person: z.strictObject({ name: z.string(), phone: z.string().optional() }).exactOptional(),
  email: z.string().exactOptional(),
}) satisfies z.ZodType<Identity>;

export const StoredEvents = z.array(ComplaintEvent).min(1);
export const StoredSession = Session;
/** A session as it is sealed, with the name of its conversation: of that, all else keeps a keyed hash. */
export const NamedSession = Session.extend({ conversation: z.string().exactOptional() });
/** A sender, or what went wrong with a delivery. */
export const StoredText = z.string();
