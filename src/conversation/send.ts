import { isProtected } from "../complaints/complaint.ts";
import { type Draft, identityOf } from "../complaints/draft.ts";
import { agencyName, fileComplaint } from "../complaints/file.ts";
import type { Wording } from "../wording/citizen.ts";
import { decide } from "./decide.ts";
import type { Guide, Outcome, World } from "./guide.ts";
import { TELL_ASIDE } from "./likely.ts";
import { asShown, consentTo } from "./preview.ts";
import type { Session } from "./session.ts";

/**
 * Files the draft, when `choice` is the "send" of its newest preview: the complaint's first event, its notices and
 * the reply with the tracking code, all for one commit.
 */
export function send(
  draft: Draft,
  choice: string,
  session: Session,
  world: World,
  guide: Guide,
  wording: Wording,
): Outcome | undefined {
  if (draft.step !== "preview" || choice !== `d:send:${draft.id}:${draft.shown}`) return undefined;
  const { filing, chosen } = decide(draft, guide, asShown(draft, world));
  const { id } = draft;
  const { trackingCode } = world.fresh;
  const { language } = session;
  const facts = {
    id,
    trackingCode,
    conversation: world.conversation,
    language,
    filing,
    route: chosen,
    mailed: draft.email !== undefined,
    consent: consentTo(filing, wording),
  };
  const { event, deliveries } = fileComplaint(facts, world.now, guide.rules);
  const due = event.type === "filed" ? event.answerDue : "";
  const recipients = chosen.to.map((agency) => agencyName(agency, guide.rules.directory)).join(", ");
  const text = [
    wording.complaint.filed(trackingCode, recipients, wording.day(due)),
    ...(isProtected(filing.kind) || filing.threatened ? [wording.complaint.protectedNote] : []),
  ].join("\n");
  const { draft: _sent, ...rest } = session;
  const { aside, place, dossierCode } = draft;
  const identity = identityOf(draft);
  const { about } = filing;
  return {
    session: { ...rest, menu: [], ...(aside && { aside: { text: aside, place, about, dossierCode } }) },
    replies: [
      {
        text: aside ? `${text}\n${wording.before.aside.next}` : text,
        choices: aside ? [{ id: TELL_ASIDE, label: wording.before.aside.goOn }] : [],
      },
    ],
    complaints: [{ id, revision: 0, events: [event], ...(identity && { identity }) }],
    deliveries,
  };
}
