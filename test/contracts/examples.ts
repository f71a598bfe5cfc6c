import type { ComplaintEvent, Filing } from "../../src/complaints/complaint.ts";
import type { Identity } from "../../src/complaints/person.ts";
import type { Delivery, Recipient } from "../../src/messages/delivery.ts";
import type { Reply } from "../../src/messages/message.ts";
import type { Change } from "../../src/store/store.ts";

// Stored things as a running program makes them, with nothing left to chance.

export const AGENCY = "da-nang.so-xay-dung";
export const AT = "2026-11-20T01:00:00.000Z";

export const FILING: Filing = {
  kind: "late",
  text: "Tôi nộp hồ sơ từ 02/10 mà chưa có kết quả.",
  about: { name: "Sở Xây dựng" },
  dossierCode: "H17.01-261002-0007",
};

/** Who files those that say who did. */
export const IDENTITY: Identity = {
  person: { name: "Trần Thị Thử", phone: "0905000111" },
  email: "thu@example.vn",
};

export function reply(text: string): Reply {
  return { text, choices: [{ id: "menu", label: "Trở lại" }] };
}

/** The event of a case without a name. */
export function filed(
  id: string,
  more: Partial<Extract<ComplaintEvent, { type: "filed" }>> = {},
): ComplaintEvent {
  return {
    type: "filed",
    at: AT,
    trackingCode: `MC-${id}`,
    conversation: `web:${id}`,
    language: "vi",
    filing: FILING,
    route: { to: [AGENCY], copy: [], why: ["nơi nhận hồ sơ"] },
    answerDue: "2026-12-01",
    ...more,
  };
}

/** A change that files one complaint. */
/** Files a case whose person said who they are. */
export function filing(id: string, more: Parameters<typeof filed>[1] = {}): Change {
  const named = {
    ...more,
    filing: { ...(more.filing ?? FILING), named: true as const },
    mailed: true as const,
  };
  return { complaints: [{ id, revision: 0, events: [filed(id, named)], identity: IDENTITY }] };
}

/** All that remains of a complaint that had so many events. */
export function erased(id: string, revision: number): ComplaintEvent {
  return {
    type: "erased",
    at: AT,
    reason: "request",
    revision,
    trackingCode: `MC-${id}`,
    language: "vi",
    kind: "late",
    filedAt: AT,
    closedAt: AT,
    ended: "closed_confirmed",
    answerDue: "2026-12-01",
    agencies: [AGENCY],
  };
}

export function toAgency(id: string, complaint: string, agency = AGENCY): Delivery {
  return {
    id,
    complaint,
    to: { kind: "agency", agency, contact: "webhook" },
    content: {
      kind: "agency",
      notice: {
        id,
        case: `MC-${complaint}`,
        event: "filed",
        kind: "late",
        summary: "Hồ sơ trễ hẹn",
        text: FILING.text,
        procedure: { code: "1.001193", name: "Đăng ký khai sinh" },
        dossier: null,
        place: null,
        agency: { id: agency, name: "Sở Xây dựng" },
        due: "2026-12-01",
        person: { toldBy: 0 },
        evidence: [],
        story: FILING.text,
        history: [{ at: AT, by: null, what: "Người dân viết thêm", text: "Nộp ở quầy 3" }],
      },
    },
  };
}

export function toPerson(id: string, complaint: string, conversation: string): Delivery {
  const to: Recipient = { kind: "chat", conversation };
  return { id, complaint, to, content: { kind: "person", text: "Cơ quan đã nhận.", choices: [] } };
}

/** A message to a person that belongs to no case, not to be sent before an instant. */
export function toRemind(id: string, conversation: string, notBefore: string): Delivery {
  const content = { kind: "person" as const, text: "Hôm nay là ngày hẹn trả.", choices: [] };
  return { id, notBefore, to: { kind: "chat", conversation }, content };
}

/** A clock that a test moves by hand. */
export function handClock(start = AT): { readonly now: () => Date; pass(seconds: number): void } {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    pass: (seconds) => {
      at += seconds * 1000;
    },
  };
}

/** An alarm to those who run the service; it belongs to no case. */
export function toCoordinator(id: string): Delivery {
  const alarm = { id, kind: "dead", subject: "Cảnh báo", text: "Có 3 tin chưa gửi được.", at: AT };
  return {
    id,
    to: { kind: "agency", agency: AGENCY, contact: "webhook" },
    content: { kind: "alarm", alarm },
  };
}
