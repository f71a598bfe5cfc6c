import { questionIn } from "../../src/complaints/accused.ts";
import {
  applyEvent,
  type Complaint,
  type ComplaintEvent,
  type Filing,
} from "../../src/complaints/complaint.ts";
import { fileComplaint, type Rules } from "../../src/complaints/file.ts";
import { route } from "../../src/complaints/route.ts";
import type { Step } from "../../src/complaints/tell.ts";
import type { AgencyNotice, Delivery } from "../../src/messages/delivery.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

/** Agencies of the directory that the cases are about. */
export const CITY = "ubnd-tp-da-nang";
export const INSPECTORATE = "thanh-tra-tp-da-nang";
export const CITY_POLICE = "cong-an-tp-da-nang";
export const COMMUNE = "ubnd-xa-nui-thanh-da-nang";
export const CENTRE = "ttpvhcc-xa-nui-thanh-da-nang";
export const COMMUNE_POLICE = "cong-an-xa-nui-thanh-da-nang";

/** The commune's code and name. */
export const PLACE = {
  code: knowledge.agencies.get(COMMUNE)?.area ?? "",
  name: "Xã Núi Thành, Thành phố Đà Nẵng",
};

/** Saturday, 21 November 2026, nine in the morning. */
export const NOW = new Date("2026-11-21T02:00:00Z");

const { agencies, kinds, places, calendar, officeHours, limits, replyTemplates } = knowledge;
export const directory = { agencies, kinds, places };

/** The rules of the real knowledge, every agency reached in one way. */
export const rules: Rules = {
  directory,
  workingTime: { calendar, officeHours },
  answerLimit: (kind) => limits.answer.kinds[kind] ?? limits.answer.default,
  clocks: limits.clocks,
  officials: limits.officials,
  guards: limits.guards,
  evidence: limits.evidence,
  retention: limits.retention,
  replyTemplates,
  contactsOf: (agency) => [`webhook:${agency}`],
};

/** A complaint about the centre of xã Núi Thành unless the test says otherwise. */
export function filing(told: Partial<Filing> = {}): Filing {
  return {
    kind: "attitude",
    text: "Cán bộ quát mắng khi tôi hỏi lại",
    about: { id: CENTRE, name: agencies.get(CENTRE)?.name ?? "" },
    place: PLACE,
    ...told,
  };
}

/** What a person's first message did: the case and the promises made with it. */
export function file(
  told: Filing = filing(),
  mailed = false,
): { complaint: Complaint; deliveries: readonly Delivery[] } {
  const { event, deliveries } = fileComplaint(
    {
      id: "case-1",
      trackingCode: "MC-7K4P-29QX-84MT",
      conversation: "web:session-of-the-person",
      language: "vi",
      filing: told,
      route: route(questionIn(told), directory),
      mailed,
    },
    NOW,
    rules,
  );
  return { complaint: applyEvent("case-1", undefined, event), deliveries };
}

/** The case after these events. */
export function after(complaint: Complaint, events: readonly ComplaintEvent[]): Complaint {
  return events.reduce((before, event) => applyEvent(complaint.id, before, event), complaint);
}

/** The notices to agencies among promises. */
export function noticesOf({ deliveries }: Pick<Step, "deliveries">): AgencyNotice[] {
  return deliveries.flatMap(({ content }) => (content.kind === "agency" ? [content.notice] : []));
}

/** What the person is told. */
export function toldOf({ deliveries }: Pick<Step, "deliveries">): string[] {
  return deliveries.flatMap(({ content }) => (content.kind === "person" ? [content.text] : []));
}
