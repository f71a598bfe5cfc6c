import { type Consent, type Filing, isGuarded } from "../complaints/complaint.ts";
import { type Draft, hidesName, isHardToFind } from "../complaints/draft.ts";
import { agencyName, answerDue } from "../complaints/file.ts";
import type { Lateness } from "../complaints/lateness.ts";
import { composeNotice } from "../complaints/notice.ts";
import { openNotice } from "../messages/delivery.ts";
import type { Choice, Reply } from "../messages/message.ts";
import { fold } from "../text/fold.ts";
import type { Wording } from "../wording/citizen.ts";
import { noticeFacts } from "../wording/official.ts";
import { filesOf } from "../wording/official-evidence.ts";
import { kindsIn } from "./contacts.ts";
import { decide } from "./decide.ts";
import type { Guide, World } from "./guide.ts";
import { latenessLines, mayBeLate } from "./late.ts";
import { pathChoices } from "./path-offer.ts";
import { filesHint } from "./question.ts";
import { remindChoices } from "./remind-offer.ts";
import { otherPlace } from "./where.ts";

/** The draft as it now stands and what to say. */
export type Told = { readonly draft: Draft; readonly reply: Reply };

/** What was worked out about lateness, line by line. */
export function verdictOf(draft: Draft, world: World, guide: Guide, wording: Wording): string[] {
  const { lateness } = decide(draft, guide, world.now);
  return lateness ? latenessLines(lateness, draft, guide, wording, world.now) : [];
}

/** Exactly what the agency will see, made by the same functions that make the notice. */
export function preview(
  draft: Draft,
  world: World,
  guide: Guide,
  wording: Wording,
  before: readonly string[],
): Told {
  const shownAt = world.now.toISOString();
  const { typed: _notAdded, ...rest } = draft;
  const shown: Draft = { ...rest, step: "preview", shown: draft.shown + 1, shownAt };
  const { filing, chosen, lateness } = decide(draft, guide, world.now);
  const due = answerDue(filing.kind, world.now, guide.rules);
  const notice = composeNotice({ id: draft.id, case: "", filing, due }, "filed", { id: "", name: "" });
  const words = wording.complaint;
  const recipients = [...chosen.to, ...chosen.copy]
    .map((id) => agencyName(id, guide.rules.directory))
    .join(", ");
  const text = [
    ...before,
    ...(saidBefore(draft, lateness) ? [] : verdictOf(draft, world, guide, wording)),
    words.preview(noticeFacts(openNotice(notice, draft.person)), recipients, wording.day(due)),
    ...(isGuarded(filing) ? [wording.before.lane(recipients, filing.kind === "bribe")] : []),
    words.why(chosen.why.join(". ")),
    ...(filing.named ? [] : [words.hidden]),
    ...(draft.email ? [words.emailTo(draft.email)] : []),
    ...(isHardToFind(draft) && !hidesName(draft) ? [words.findBy] : []),
    ...(filing.evidence ? [] : [filesHint(guide, wording)]),
    consentTo(filing, wording).text,
    ...personalIn(draft, wording).map((kinds) => wording.personal.found(kinds)),
  ].join("\n");
  return { draft: shown, reply: { text, choices: previewChoices(shown, lateness, world, guide, wording) } };
}

/** What the person agrees to by sending this. */
export function consentTo({ named, evidence = [] }: Filing, { consent }: Wording): Consent {
  const text = consent.text({ person: named === true, files: filesOf(evidence) });
  return { version: consent.version, text };
}

/** The question about the apology has said already that it is late, unless the new day changed that. */
function saidBefore(draft: Draft, lateness: Lateness | undefined): boolean {
  return draft.done.includes("apology") && draft.reappointedOn === undefined && mayBeLate(lateness);
}

/** The kinds of personal data in the story, in one phrase; none where there are none. */
function personalIn({ story }: Draft, wording: Wording): string[] {
  const kinds = kindsIn(story, wording);
  return kinds ? [kinds] : [];
}

/** Two things were told apart that the person may mean as one. */
export function asideChoices({ aside }: Draft, { before }: Wording): Choice[] {
  return aside === undefined ? [] : [{ id: "d:one", label: before.aside.one }];
}

/** A demand for money was heard in a story of something else: the person may know better. */
function moneyChoices({ kindBefore }: Draft, { before, kinds }: Wording): Choice[] {
  return kindBefore ? [{ id: "d:nomoney", label: before.notMoney(kinds[kindBefore]) }] : [];
}

/** What was typed under the preview names another place: where it happened, or where the person lives. */
function movedChoices(draft: Draft, guide: Guide, { complaint }: Wording): Choice[] {
  const other = otherPlace(draft, guide);
  return other ? [{ id: "d:moved", label: complaint.movePlace(other.name) }] : [];
}

/** What can be done with the preview. */
export function previewChoices(
  draft: Draft,
  lateness: Lateness | undefined,
  world: World,
  guide: Guide,
  wording: Wording,
): Choice[] {
  const { complaint, personal } = wording;
  const send = lateness?.kind === "not-late" ? complaint.sendAnyway : complaint.send;
  return [
    { id: `d:send:${draft.id}:${draft.shown}`, label: send },
    ...(draft.typed === undefined ? [] : [{ id: "d:typed", label: wording.before.addWords }]),
    ...movedChoices(draft, guide, wording),
    ...remindChoices(lateness, world, guide, wording),
    ...personalIn(draft, wording).map((kinds) => ({ id: "d:strip", label: personal.takeOut(kinds) })),
    ...asideChoices(draft, wording),
    ...moneyChoices(draft, wording),
    ...pathChoices(draft, wording),
    { id: "d:edit", label: complaint.editStory },
    { id: "d:where", label: complaint.editPlace },
    ...(isHardToFind(draft) ? [{ id: "d:dossier", label: complaint.addDossier }] : []),
    draft.person
      ? { id: "d:noname", label: complaint.removeName }
      : { id: "d:name", label: complaint.addName },
    draft.email
      ? { id: "d:noemail", label: complaint.removeEmail }
      : { id: "d:email", label: complaint.addEmail },
    ...(draft.evidence ? [{ id: "d:nofiles", label: wording.evidence.takeOut }] : []),
    { id: "d:cancel", label: complaint.cancel },
  ];
}

/** Nothing but a no: "không phải vậy, họ còn đòi tiền" tells more. */
const NO =
  /^(?:u |da |vang )?(?:khong|ko|k|thoi|dung)(?: (?:khong|gui|can|muon|phan anh|dong y|nua|nha|nhe|a|ad|em|toi|minh|dau|di|co|nhu vay|vay|thoi|cam on))*$/;

const YES =
  /^(?:da |vang |u |um |ok |oke )?(?:dong y(?: gui)?|gui(?: di| luon| giup)?|ok|oke|u|vang|yes|send|i agree)(?: em| nha| nhe| di| a| ad| please)*$/;

/** What a typed word means at the preview, as the id of its button: yes, no, or neither. */
export function consentIn(draft: Draft, text: string): string | undefined {
  if (draft.step !== "preview") return undefined;
  if (saysNo(text)) return "d:cancel";
  // After something else was said under it, "ok" may be thanks for that.
  const says = draft.typed === undefined ? saysYes : saysSend;
  return says(text) ? `d:send:${draft.id}:${draft.shown}` : undefined;
}

/** A typed yes that speaks of sending. */
function saysSend(text: string): boolean {
  return saysYes(text) && /\b(?:dong y|gui|send|agree)\b/.test(saidIn(text));
}

/** A typed no to "shall it be sent?", and nothing else. */
export function saysNo(text: string): boolean {
  return NO.test(saidIn(text)) && !/đúng/iu.test(text.normalize("NFC"));
}

/** A typed yes to it. */
export function saysYes(text: string): boolean {
  return YES.test(saidIn(text));
}

const saidIn = (text: string): string => fold(text).replaceAll(/[.!,]/g, "");

/** When the newest preview was shown: what it says of lateness is what was consented to. */
export const asShown = (draft: Draft, { now }: World): Date =>
  draft.shownAt ? new Date(draft.shownAt) : now;
