import { randomBytes } from "node:crypto";
import type { Channel } from "./channels/channel.ts";
import { createWebhookSender } from "./channels/webhook.ts";
import { type Clock, createClock } from "./clock.ts";
import type { Complaint } from "./complaints/complaint.ts";
import { noteDelivered, noteUndeliverable } from "./complaints/progress.ts";
import { isWithheld } from "./complaints/protect.ts";
import { waysOpen } from "./complaints/tell.ts";
import type { Config } from "./config.ts";
import type { Guide } from "./conversation/guide.ts";
import type { EvidenceLinks } from "./http/evidence-links.ts";
import type { ReplyLinks } from "./http/reply-links.ts";
import type { Log } from "./log.ts";
import { type DeliveryResult, type DeliveryState, isAmongOfficials, isOfMany } from "./messages/delivery.ts";
import { createOutbox, type Outbox, type OutboxParts } from "./outbox/deliver.ts";
import type { Change, Store } from "./store/store.ts";
import { officialText } from "./wording/official.ts";

/** What the outbox is put together from. */
export type OutboxSettings = Required<Pick<OutboxParts, "email" | "contacts" | "switches">> & {
  readonly config: Pick<Config, "local">;
  readonly log: Log;
  readonly clock: Clock;
  readonly store: Store;
  readonly guide: Guide;
  readonly channels: readonly Channel[];
  readonly replyLinks: ReplyLinks;
  /** Addresses of the files of cases. */
  readonly fileLinks: EvidenceLinks;
  /** The last day on which an address that is made now opens. */
  readonly linkUntil: () => string;
};

/** The outbox with its ways out, and what becomes of a complaint by what arrives or does not. */
export function buildOutbox(settings: OutboxSettings): Outbox {
  const { config, log, clock, store, guide, channels, replyLinks, email, contacts, switches } = settings;
  const { fileLinks, linkUntil } = settings;
  return createOutbox({
    store,
    clock,
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    log,
    channels: new Map(channels.map((channel) => [channel.name, channel])),
    // The receiver compares the stamp with its own clock, so a clock set for a try-out must not show there.
    webhook: createWebhookSender({ clock: createClock(), allowPrivate: config.local }),
    email,
    contacts,
    replyLink: (notice, agency, way) => {
      const complaint = notice.id.split(".")[0] ?? "";
      return way === "email"
        ? { url: replyLinks.page(complaint, agency), token: "" }
        : replyLinks.api(complaint, agency);
    },
    evidenceLinks: ({ id, evidence: files }, agency) => {
      const complaint = id.split(".")[0] ?? "";
      const until = linkUntil();
      return { until, urls: files.map((file) => fileLinks.link({ id: file.id, complaint, agency }, until)) };
    },
    officialText: (notice, reply, files) =>
      officialText(notice, reply === undefined ? undefined : { reply, desk: replyLinks.desk() }, files),
    switches,
    withheld: isWithheld,
    waysOpen: (complaint, delivery) => waysOpen(complaint, delivery, guide.rules),
    outcome: (state, result, complaint) => outcomeOf(state, result, complaint, guide, clock),
  });
}

/** What a delivery's outcome means for its complaint: the first arrival and a standstill are recorded and told. */
function outcomeOf(
  state: DeliveryState,
  result: DeliveryResult,
  complaint: Complaint,
  guide: Guide,
  clock: Clock,
): Change | undefined {
  const { to, content } = state.delivery;
  const event = content.kind === "agency" ? content.notice.event : undefined;
  if (to.kind !== "agency" || (event && (isOfMany(event) || isAmongOfficials(event)))) return undefined;
  const wording = guide.wordings[complaint.language];
  const step =
    result.kind === "sent"
      ? noteDelivered(complaint, to.agency, clock(), guide.rules, wording)
      : result.dead
        ? noteUndeliverable(complaint, to.agency, result.problem, clock(), wording)
        : undefined;
  return (
    step && {
      complaints: [{ id: complaint.id, revision: complaint.revision, events: step.events }],
      deliveries: step.deliveries,
    }
  );
}
