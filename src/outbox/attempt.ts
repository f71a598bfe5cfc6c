import type { Channel, Sent } from "../channels/channel.ts";
import type { AgencyNotice, AlarmNotice, Content, OpenNotice, Recipient } from "../messages/delivery.ts";
import type { Choice, Reply } from "../messages/message.ts";
import type { Switches } from "../messages/switches.ts";
import { type Contact, type Contacts, contactKey } from "./contacts.ts";
import type { Outgoing } from "./outgoing.ts";

/** Where and with what an agency answers one notice. */
export type ReplyLink = { readonly url: string; readonly token: string };

/** A notice as officials read it. `text` stands alone: a chat shows no subject. */
export type OfficialText = {
  readonly subject: string;
  readonly text: string;
  readonly choices?: readonly Choice[];
};

/** The ways out, and what a notice looks like on each. */
export type Ways = {
  readonly channels: ReadonlyMap<string, Pick<Channel, "send">>;
  readonly webhook: {
    send(target: Extract<Contact, { channel: "webhook" }>, body: string, id: string): Promise<Sent>;
  };
  /** Undefined while no mail server is set. */
  readonly email: { send(to: string, subject: string, text: string, id: string): Promise<Sent> } | undefined;
  /** What the operator has turned off now; absent: nothing. */
  readonly switches?: () => Switches;
  /** Read anew for each attempt, so that a corrected address is used at once. */
  readonly contacts: () => Contacts;
  /** Must give the same link for the same notice, agency and way, or a repeated body would differ. */
  readonly replyLink: (
    notice: Pick<AgencyNotice, "id">,
    agency: string,
    way: "webhook" | "email",
  ) => ReplyLink;
  /** Where the files of a notice are, in their order, for this agency; until the end of the ISO day `until`. */
  readonly evidenceLinks: (notice: Pick<AgencyNotice, "id" | "evidence">, agency: string) => EvidenceLinks;
  readonly officialText: (notice: OpenNotice, replyUrl?: string, files?: EvidenceLinks) => OfficialText;
};

export type EvidenceLinks = { readonly urls: readonly string[]; readonly until: string };

/** Notices by e-mail tell no more in the subject than which case it is: it shows on locked screens. */
const PERSON_SUBJECT = "Một Cửa";
/** How a delivery is addressed whose agency had no contact when it was promised. */
const NO_CONTACT_YET = "none";
/** Nobody has said yet how this agency is reached: a human must, and then it goes out by itself. */
export const NO_CONTACT = "no contact in the contacts file";
/** The operator has turned it off: it waits, however long, and goes out by itself when it is on again. */
export const SWITCHED_OFF = "turned off by the operator";

/**
 * Gives the function that tries one delivery once, by one of the ways of `open` where these are told. It rejects only when
 * a way out breaks its promise.
 */
export function createAttempt(
  ways: Ways,
): (delivery: Outgoing, open: readonly string[] | undefined) => Promise<Sent> {
  const { channels, webhook, email, contacts, replyLink, evidenceLinks, officialText } = ways;

  const isOff = (channel: string, ...agencies: readonly string[]): boolean => {
    const switches = ways.switches?.();
    return (
      switches !== undefined &&
      (switches.channels.has(channel) || agencies.some((agency) => switches.agencies.has(agency)))
    );
  };

  const mail = (to: string, subject: string, text: string, id: string): Promise<Sent> =>
    email ? email.send(to, subject, text, id) : off("email");

  const say = (conversation: string, reply: Reply): Promise<Sent> => {
    const name = channelOf(conversation);
    return channels.get(name)?.send(conversation, reply) ?? off(name);
  };

  const toAgency = async (
    to: Extract<Recipient, { kind: "agency" }>,
    notice: OpenNotice,
    id: string,
    open: readonly string[] | undefined,
  ): Promise<Sent> => {
    const all = contacts().contactsOf(to.agency);
    const contact = chooseContact(
      open ? all.filter((one) => open.includes(contactKey(one))) : all,
      to.contact,
    );
    if (isOff(contact?.channel ?? "", to.agency, notice.agency.id)) return waits();
    const files = evidenceLinks(notice, to.agency);
    switch (contact?.channel) {
      case undefined:
        return { kind: "retry", problem: NO_CONTACT };
      case "webhook":
        return webhook.send(contact, bodyOf(notice, replyLink(notice, to.agency, "webhook"), files.urls), id);
      case "email": {
        const { subject, text } = officialText(notice, replyLink(notice, to.agency, "email").url, files);
        return mail(contact.to, subject, text, id);
      }
      case "telegram": {
        // No link here: in a chat persons act, and a link would act for anyone who sees the group.
        const { text, choices = [] } = officialText(notice, undefined, files);
        return say(`telegram:${contact.chat}`, { text, choices });
      }
    }
  };

  /** The same ways as a notice takes, without a case to answer. */
  const alarmTo = async (to: Extract<Recipient, { kind: "agency" }>, alarm: AlarmNotice): Promise<Sent> => {
    const contact = chooseContact(contacts().contactsOf(to.agency), to.contact);
    if (isOff(contact?.channel ?? "", to.agency)) return waits();
    switch (contact?.channel) {
      case undefined:
        return { kind: "retry", problem: NO_CONTACT };
      case "webhook": {
        const { id, kind, text, at } = alarm;
        return webhook.send(contact, JSON.stringify({ id, event: "alarm", kind, text, at }), id);
      }
      case "email":
        return mail(contact.to, alarm.subject, alarm.text, alarm.id);
      case "telegram":
        return say(`telegram:${contact.chat}`, { text: `${alarm.subject}\n${alarm.text}`, choices: [] });
    }
  };

  return async ({ id, to, content }, open) => {
    if (content.kind === "alarm")
      return to.kind === "agency" ? alarmTo(to, content.alarm) : gone("an alarm is not for a person");
    if (to.kind === "agency") {
      return content.kind === "agency"
        ? toAgency(to, content.notice, id, open)
        : gone("a message to a chat is not for an agency");
    }
    if (content.kind === "agency") return gone("an agency's notice is not for a person");
    if (isOff(to.kind === "email" ? "email" : channelOf(to.conversation))) return waits();
    return to.kind === "chat"
      ? say(to.conversation, { text: content.text, choices: content.choices })
      : mail(to.address, subjectFor(content), content.text, id);
  };
}

/** The contact promised, or where the file has it no more, another of the same channel; any when none was there yet. */
function chooseContact(contacts: readonly Contact[], key: string): Contact | undefined {
  const channel = key.split(":", 1)[0];
  return (
    contacts.find((contact) => contactKey(contact) === key) ??
    contacts.find((contact) => contact.channel === channel || key === NO_CONTACT_YET)
  );
}

/** The wire format, field by field: nothing else leaves, and the same notice gives the same bytes from any store. */
function bodyOf(notice: OpenNotice, reply: ReplyLink, urls: readonly string[]): string {
  const { procedure, person, agency, lateness, apology, reappointed, supplements } = notice;
  const { waitsFor, story, history } = notice;
  return JSON.stringify({
    id: notice.id,
    case: notice.case,
    event: notice.event,
    kind: notice.kind,
    summary: notice.summary,
    text: notice.text,
    procedure: procedure && { code: procedure.code, name: procedure.name },
    dossier: notice.dossier,
    place: notice.place,
    agency: { id: agency.id, name: agency.name },
    due: notice.due,
    person: person && { name: person.name, phone: person.phone },
    evidence: notice.evidence.map(({ name, type, size }, index) => ({ name, type, size, url: urls[index] })),
    ...(lateness && {
      lateness: {
        due: lateness.due,
        by: lateness.by,
        on: lateness.on,
        daysLate: lateness.daysLate,
        lawful: lateness.lawful,
      },
    }),
    ...(apology && { apology }),
    ...(reappointed && { reappointed }),
    ...(supplements && {
      supplements: {
        times: supplements.times,
        inWriting: supplements.inWriting,
        lastOn: supplements.lastOn,
      },
    }),
    ...(waitsFor && { waitsFor }),
    ...(story !== undefined && { story }),
    ...(history && {
      history: history.map(({ at, by, what, text }) => ({
        at,
        by: by && { id: by.id, name: by.name },
        what,
        text,
      })),
    }),
    reply: { url: reply.url, token: reply.token },
  });
}

function subjectFor(content: Exclude<Content, { kind: "agency" | "alarm" }>): string {
  return content.kind === "person" && content.code !== undefined
    ? `${PERSON_SUBJECT}: ${content.code}`
    : PERSON_SUBJECT;
}

function channelOf(conversation: string): string {
  return conversation.split(":", 1)[0] ?? "";
}

async function waits(): Promise<Sent> {
  return { kind: "retry", problem: SWITCHED_OFF };
}

/** What is off may be on again after the next start, so the promise is kept for then. */
async function off(way: string): Promise<Sent> {
  return { kind: "retry", problem: `${way} is switched off` };
}

async function gone(problem: string): Promise<Sent> {
  return { kind: "gone", problem };
}
