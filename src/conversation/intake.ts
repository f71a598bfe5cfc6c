import { Apology, type Consent, type Filing, isProtected, type Route } from "../complaints/complaint.ts";
import { type Draft, filingOf, forget, nextStep, type Step, stepBack } from "../complaints/draft.ts";
import { agencyName, answerDue, fileComplaint } from "../complaints/file.ts";
import { type Lateness, latenessFiled } from "../complaints/lateness.ts";
import { composeNotice } from "../complaints/notice.ts";
import { concernedUnit, placeName, route } from "../complaints/route.ts";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import type { Choice, Reply } from "../messages/message.ts";
import { fold } from "../text/fold.ts";
import { emailIn, phoneIn } from "../understanding/codes.ts";
import { readDay } from "../understanding/dates.ts";
import { personalDataIn, withoutPersonalData } from "../understanding/personal-data.ts";
import type { Whereabouts } from "../understanding/places.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import { noticeFacts, TAKEN_OUT } from "../wording/official.ts";
import { filesOf } from "../wording/official-evidence.ts";
import type { Guide, Outcome, World } from "./guide.ts";
import { apologyChoices, apologyIn, apologyStanding, latenessLines, mayBeLate, workOut } from "./late.ts";
import type { Session } from "./session.ts";

/** Fewer words than this are a heading, not a story: "tôi bị vòi tiền". */
const STORY_WORDS = 7;
/** From here on the kind that a message sounds like is taken for its kind. */
const LIKELY = 0.5;
/** Without a letter a text tells nothing: a number beyond the list, a smiley. */
const LETTER = /\p{L}/u;
/** Longest name taken for a name. */
const NAME_LENGTH = 80;
/** Answers to "your name?" that are no name. */
const NOT_A_NAME =
  /^(?:co|dong y|ok|oke|yes|u|uh|skip|bo qua|thoi|ko|k)$|\b(?:khong|muon|phan anh|ho so|bao nhieu|tai sao|tru dap)\b/;
/** Words of the longest name. */
const NAME_WORDS = 6;
/** A body of a commune: its province alone does not say which one, so the place is asked. */
const COMMUNE_BODY = /\b(?:xa|phuong|thi tran|mot cua)\b/;
/** "Không", "không cần", "thôi", "không nhớ": no answer to the question asked. */
const REFUSAL = /^(?:da |thoi |a )?(?:khong|ko|k|kg|hong|thoi|khoi|bo qua|bo|skip|no|none|chua)\b(?!.*@)/;
/** Longest refusal, in syllables. */
const REFUSAL_WORDS = 6;
/** Places offered for choice. */
const MOST_PLACES = 8;

/** Tells what happened, rather than only naming it. */
export function isStory(reading: Reading): boolean {
  return reading.syllables.length >= STORY_WORDS;
}

/** The draft as it now stands and what to say. */
type Turn = { readonly draft: Draft; readonly reply: Reply };

/** Begins a complaint with everything that the first message already tells, so that it is not asked again. */
export function begin(
  reading: Reading | undefined,
  procedureCode: string | undefined,
  world: World,
  guide: Guide,
): Draft {
  const empty: Draft = {
    id: world.fresh.complaint,
    shown: 0,
    story: [],
    placeChoices: [],
    done: [],
    step: "kind",
  };
  if (!reading) return empty;
  const { grievance } = reading;
  const kindKnown = grievance.likelihood >= LIKELY && grievance.plain;
  const told: Draft = {
    ...empty,
    ...(kindKnown && { kind: grievance.kind }),
    story: isStory(reading) ? [reading.text] : [],
    ...(procedureCode && { procedureCode }),
  };
  const full = withFacts(told, reading);
  return { ...full, step: following(full, world, guide) };
}

/** The next step to ask. Before the day has passed nobody is asked for an apology. */
function following(draft: Draft, world: World, guide: Guide): Step {
  const step = nextStep(draft);
  if (step !== "apology" || mayBeLate(decide(draft, guide, world.now).lateness)) return step;
  return nextStep({ ...draft, done: [...draft.done, "apology"] });
}

/** Facts that any message may carry, whatever was asked: place, body, dossier code, days. What is known stays. */
function withFacts(draft: Draft, reading: Reading): Draft {
  const { place } = reading;
  const vague =
    place && !place.commune && place.choices.length === 0 && COMMUNE_BODY.test(fold(reading.text));
  const placed = place && !vague ? withPlace(draft, place) : draft;
  return {
    ...placed,
    about: placed.about ?? (reading.grievance.body ? { name: reading.grievance.body } : undefined),
    dossierCode: placed.dossierCode ?? reading.dossierCode,
    submittedOn: placed.submittedOn ?? reading.days.submitted,
    submittedAt: placed.submittedOn ? placed.submittedAt : reading.days.submittedAt,
    promisedDate: placed.promisedDate ?? reading.days.due,
    apology: placed.apology ?? (reading.apology && [...reading.apology]),
  };
}

/** A story told anew corrects what was read off the former one; what was answered when asked stays. */
function withoutCorrected(draft: Draft, reading: Reading): Draft {
  const { place, grievance, dossierCode, days, apology } = reading;
  const corrected = (step: Step, told: unknown): boolean => Boolean(told) && !draft.done.includes(step);
  const located = place && (place.commune ?? place.choices.length > 1);
  return {
    ...draft,
    ...(corrected("place", located) && { place: undefined }),
    ...(corrected("about", grievance.body) && { about: undefined }),
    ...(corrected("dossier", dossierCode) && { dossierCode: undefined }),
    ...(days.submitted && { submittedOn: undefined, submittedAt: undefined }),
    ...(corrected("promised", days.due) && { promisedDate: undefined }),
    ...(corrected("apology", apology) && { apology: undefined }),
  };
}

function withPlace(draft: Draft, place: Whereabouts): Draft {
  if (draft.place) return draft;
  if (place.commune && place.province) {
    const name = `${place.commune.name}, ${place.province.name}`;
    return { ...draft, place: { code: place.commune.code, name }, placeChoices: [] };
  }
  if (place.choices.length > 1 && place.choices.length <= MOST_PLACES) {
    return { ...draft, placeChoices: place.choices.map((commune) => commune.code) };
  }
  return place.province
    ? { ...draft, place: { code: place.province.code, name: place.province.name } }
    : draft;
}

/** Says what comes next: the question of the draft's step, or the preview. */
export function ask(
  draft: Draft,
  world: World,
  guide: Guide,
  wording: Wording,
  before: readonly string[] = [],
): Turn {
  if (draft.step === "preview") return preview(draft, world, guide, wording, before);
  const { text, choices } = question(draft, guide, wording);
  const verdict = draft.step === "apology" ? verdictOf(draft, world, guide, wording) : [];
  return { draft, reply: { text: [...before, ...verdict, text].join("\n"), choices } };
}

function verdictOf(draft: Draft, world: World, guide: Guide, wording: Wording): string[] {
  const { lateness } = decide(draft, guide, world.now);
  return lateness ? latenessLines(lateness, draft, guide, wording, world.now) : [];
}

function question(draft: Draft, guide: Guide, wording: Wording): Reply {
  const words = wording.complaint;
  // Named for its step: pressed twice, it does not skip the next question too.
  const skip: Choice = { id: `d:skip:${draft.step}`, label: words.skip };
  switch (draft.step) {
    case "kind":
      return {
        text: words.askKind,
        choices: ComplaintKind.options.map((kind) => ({ id: `d:kind:${kind}`, label: wording.kinds[kind] })),
      };
    case "story":
      return { text: [words.askStory, words.truthful, filesHint(guide, wording)].join("\n"), choices: [] };
    case "place": {
      const choices = draft.placeChoices.map((code) => ({
        id: `d:place:${code}`,
        label: placeName(code, guide.rules.directory) ?? code,
      }));
      return { text: choices.length > 0 ? words.placeChoose : words.askPlace, choices: [...choices, skip] };
    }
    case "about":
      return { text: words.askAbout, choices: [...bodiesAt(draft, guide), skip] };
    case "dossier":
      return { text: words.askDossier, choices: [skip] };
    case "promised":
      return { text: words.askPromised, choices: [skip] };
    case "apology":
      return { text: wording.lateness.askApology, choices: [...apologyChoices(wording), skip] };
    case "reappointed":
      return { text: wording.lateness.askReappointed, choices: [skip] };
    case "person": {
      const text = draft.kind && isProtected(draft.kind) ? words.insistPerson : words.askPerson;
      return { text, choices: [{ ...skip, label: words.noName }] };
    }
    case "email":
      return { text: words.askEmail, choices: [skip] };
    case "preview":
      return { text: words.useButtons, choices: [] };
  }
}

function filesHint({ rules }: Guide, { evidence }: Wording): string {
  return evidence.how(rules.evidence.fileMegabytes, rules.evidence.filesACase);
}

/** The bodies a person most likely means at this place. */
function bodiesAt(draft: Draft, guide: Guide): Choice[] {
  return [...guide.rules.directory.agencies.values()]
    .filter((agency) => draft.place?.code !== undefined && agency.area === draft.place.code)
    .slice(0, 4)
    .map((agency) => ({ id: `d:about:${agency.id}`, label: agency.name }));
}

/** Exactly what the agency will see, made by the same functions that make the notice. */
function preview(
  draft: Draft,
  world: World,
  guide: Guide,
  wording: Wording,
  before: readonly string[],
): Turn {
  const shownAt = world.now.toISOString();
  const shown: Draft = { ...draft, step: "preview", shown: draft.shown + 1, shownAt };
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
    words.preview(noticeFacts(notice), recipients, wording.day(due)),
    words.why(chosen.why.join(". ")),
    ...(filing.person ? [] : [words.hidden]),
    ...(filing.evidence ? [] : [filesHint(guide, wording)]),
    consentTo(filing, wording).text,
    ...personalIn(draft, wording).map((kinds) => wording.personal.found(kinds)),
  ].join("\n");
  return { draft: shown, reply: { text, choices: previewChoices(shown, lateness, wording) } };
}

/** What the person agrees to by sending this. */
function consentTo({ person, evidence = [] }: Filing, { consent }: Wording): Consent {
  const text = consent.text({ person: person !== undefined, files: filesOf(evidence) });
  return { version: consent.version, text };
}

/** The question about the apology has said already that it is late, unless the new day changed that. */
function saidBefore(draft: Draft, lateness: Lateness | undefined): boolean {
  return draft.done.includes("apology") && draft.reappointedOn === undefined && mayBeLate(lateness);
}

/** The kinds of personal data in the story, in one phrase; none where there are none. */
function personalIn(draft: Draft, { personal }: Wording): string[] {
  const kinds = new Set(draft.story.flatMap(personalDataIn).map(({ kind }) => personal[kind]));
  return kinds.size > 0 ? [[...kinds].join(", ")] : [];
}

function previewChoices(draft: Draft, lateness: Lateness | undefined, wording: Wording): Choice[] {
  const { complaint, personal } = wording;
  const send = lateness?.kind === "not-late" ? complaint.sendAnyway : complaint.send;
  return [
    { id: `d:send:${draft.id}:${draft.shown}`, label: send },
    ...personalIn(draft, wording).map((kinds) => ({ id: "d:strip", label: personal.takeOut(kinds) })),
    { id: "d:edit", label: complaint.editStory },
    draft.person
      ? { id: "d:noname", label: complaint.removeName }
      : { id: "d:name", label: complaint.addName },
    ...(draft.evidence ? [{ id: "d:nofiles", label: wording.evidence.takeOut }] : []),
    { id: "d:cancel", label: complaint.cancel },
  ];
}

/** What a typed word means at the preview, as the id of its button: yes, no, or neither. */
export function consentIn(draft: Draft, text: string): string | undefined {
  if (draft.step !== "preview") return undefined;
  const said = fold(text).replaceAll(/[.!,]/g, "");
  if (/^(?:u |da |vang )?(?:khong|ko|k|thoi|dung)\b/.test(said)) return "d:cancel";
  const yes =
    /^(?:da |vang |u |um |ok |oke )?(?:dong y(?: gui)?|gui(?: di| luon| giup)?|ok|oke|u|vang|yes|send|i agree)(?: em| nha| nhe| di| a| ad| please)*$/;
  return yes.test(said) ? `d:send:${draft.id}:${draft.shown}` : undefined;
}

/** When the newest preview was shown: what it says of lateness is what was consented to. */
const asShown = (draft: Draft, { now }: World): Date => (draft.shownAt ? new Date(draft.shownAt) : now);

/** The filing with its unit found in the directory, who must answer it, and whether it is late at `now`. */
function decide(
  draft: Draft,
  guide: Guide,
  now: Date,
): { filing: Filing; chosen: Route; lateness?: Lateness | undefined } {
  const procedure = draft.procedureCode ? guide.finder.subject(draft.procedureCode) : undefined;
  const told = filingOf(draft, (code) => guide.finder.subject(code)?.name);
  const asked = {
    kind: told.kind,
    about: told.about,
    place: told.place?.code,
    agencyKind: procedure?.agencyKind,
  };
  // Where no body was told apart, the story may still name one.
  const named = { ...asked, agencyKind: undefined, about: told.about ?? { name: told.text } };
  const concerned = concernedUnit(named, guide.rules.directory);
  const about = concerned?.agency
    ? { id: concerned.agency.id, name: concerned.agency.name }
    : (told.about ?? (concerned && { name: concerned.name }));
  const lateness = workOut(draft, about?.id, guide, now);
  const filed = lateness && latenessFiled(lateness, now);
  const { apology: toldOfIt, ...rest } = told;
  const apology = apologyStanding(toldOfIt, lateness);
  const filing = {
    ...rest,
    ...(about && { about }),
    ...(procedure?.agencyKind && { agencyKind: procedure.agencyKind }),
    ...(filed && { lateness: filed }),
    ...(apology.length > 0 && { apology }),
  };
  return { filing, chosen: route({ ...asked, about }, guide.rules.directory), lateness };
}

/** Takes a typed answer to the step being asked. */
export function takeText(draft: Draft, reading: Reading, world: World, guide: Guide, wording: Wording): Turn {
  const words = wording.complaint;
  const next = (changed: Draft, before: readonly string[] = []): Turn =>
    advance(changed, draft.step, world, guide, wording, before);
  const again = (sentence: string): Turn => ({
    draft,
    reply: { text: sentence, choices: question(draft, guide, wording).choices },
  });
  const skippable = ["dossier", "promised", "reappointed", "person", "email"].includes(draft.step);
  const refuses = REFUSAL.test(fold(reading.text)) && reading.syllables.length <= REFUSAL_WORDS;
  if (skippable && refuses && !reading.dossierCode) return next(draft);
  switch (draft.step) {
    case "kind": {
      const told = isStory(reading) ? { ...draft, story: [...draft.story, reading.text] } : draft;
      const likely = reading.grievance.likelihood >= LIKELY;
      const kind = likely ? reading.grievance.kind : "other";
      if (!likely && told === draft) return again(words.askKind);
      return next(withFacts({ ...told, kind }, reading), [words.heard(wording.kinds[kind])]);
    }
    case "story": {
      if (!LETTER.test(reading.text)) return again(words.askStory);
      const better = draft.kind === undefined || draft.kind === "other" ? reading.grievance : undefined;
      const kind = better && better.likelihood >= LIKELY && better.plain ? better.kind : draft.kind;
      const story = [...draft.story, reading.text];
      return next(withFacts({ ...withoutCorrected(draft, reading), kind, story }, reading));
    }
    case "place": {
      const place = guide.reader.gazetteer.find(reading.text, true);
      const changed = place ? withPlace({ ...draft, placeChoices: [] }, place) : draft;
      const former = place?.former && changed.place ? [words.placeNow(place.former, changed.place.name)] : [];
      if (changed.place) return next(changed, former);
      if (changed.placeChoices.length > 0) {
        return ask(changed, world, guide, wording, [words.placeMany(place?.text ?? reading.text)]);
      }
      return again(words.placeUnknown(reading.text.slice(0, NAME_LENGTH)));
    }
    case "about":
      if (!LETTER.test(reading.text)) return again(words.askAbout);
      return next({ ...draft, about: { name: reading.text.slice(0, 2 * NAME_LENGTH) } });
    case "dossier":
      return reading.dossierCode
        ? next({ ...draft, dossierCode: reading.dossierCode })
        : again(words.dossierUnclear);
    case "promised": {
      const day = readDay(reading.text, world.now);
      return day ? next({ ...draft, promisedDate: day }) : again(words.dayUnclear);
    }
    case "apology": {
      const apology = apologyIn(reading);
      return apology ? next({ ...draft, apology: [...apology] }) : again(words.useButtons);
    }
    case "reappointed": {
      const day = readDay(reading.text, world.now);
      return day ? next({ ...draft, reappointedOn: day }) : again(words.dayUnclear);
    }
    case "person": {
      const person = readPerson(reading.text);
      return person ? next({ ...draft, person }) : again(words.personUnclear);
    }
    case "email": {
      const email = emailIn(reading.text);
      return email ? next({ ...draft, email }) : again(words.emailUnclear);
    }
    case "preview": {
      const { lateness } = decide(draft, guide, asShown(draft, world));
      return {
        draft,
        reply: { text: words.useButtons, choices: previewChoices(draft, lateness, wording) },
      };
    }
  }
}

/** "Nguyễn Văn A, 0901234567": up to six words make a name; the phone is left out when absent. */
export function readPerson(text: string): { name: string; phone?: string } | undefined {
  const phone = phoneIn(text);
  const name = text
    .normalize("NFC")
    .replace(/^\s*(?:dạ\s+)?(?:(?:tôi|em|mình|con|tui)\s+)?tên(?:\s+(?:tôi|em))?(?:\s+là)?\s+/i, "")
    .replaceAll(/[\d+().,;:–-]+/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, NAME_LENGTH);
  if (!/\p{L}{2}/u.test(name) || name.split(" ").length > NAME_WORDS || NOT_A_NAME.test(fold(name)))
    return undefined;
  return { name, ...(phone && { phone }) };
}

function advance(
  changed: Draft,
  answered: Step,
  world: World,
  guide: Guide,
  wording: Wording,
  before: readonly string[],
): Turn {
  const done = changed.done.includes(answered) ? changed.done : [...changed.done, answered];
  const moved = { ...changed, done };
  return ask({ ...moved, step: following(moved, world, guide) }, world, guide, wording, before);
}

/** Takes a button or numbered choice of the draft; undefined when it does not belong to what is being asked. */
export function takeChoice(
  draft: Draft,
  choice: string,
  world: World,
  guide: Guide,
  wording: Wording,
): Turn | undefined {
  const [, action = "", value = ""] = choice.split(":");
  const next = (changed: Draft): Turn => advance(changed, draft.step, world, guide, wording, []);
  switch (action) {
    case "kind": {
      const kind = ComplaintKind.safeParse(value);
      return draft.step === "kind" && kind.success ? next({ ...draft, kind: kind.data }) : undefined;
    }
    case "place": {
      if (draft.step !== "place" || !draft.placeChoices.includes(value)) return undefined;
      return next({
        ...draft,
        place: { code: value, name: placeName(value, guide.rules.directory) ?? value },
        placeChoices: [],
      });
    }
    case "about": {
      const agency = guide.rules.directory.agencies.get(value);
      return draft.step === "about" && agency
        ? next({ ...draft, about: { id: agency.id, name: agency.name } })
        : undefined;
    }
    case "apology": {
      const apology = Apology.safeParse(value);
      return draft.step === "apology" && apology.success
        ? next({ ...draft, apology: [apology.data] })
        : undefined;
    }
    case "skip":
      return value !== draft.step || ["kind", "story", "preview"].includes(draft.step)
        ? undefined
        : next({ ...draft, placeChoices: [] });
    case "strip":
      if (draft.shown === 0) return undefined;
      return ask(
        { ...draft, story: draft.story.map((part) => withoutPersonalData(part, TAKEN_OUT)) },
        world,
        guide,
        wording,
      );
    case "edit":
      if (draft.shown === 0) return undefined;
      return ask(
        { ...forget(draft, "story"), done: draft.done.filter((step) => step !== "story"), step: "story" },
        world,
        guide,
        wording,
      );
    case "name":
      if (draft.shown === 0) return undefined;
      return ask(
        { ...draft, done: draft.done.filter((step) => step !== "person"), step: "person" },
        world,
        guide,
        wording,
      );
    case "nofiles": {
      if (draft.shown === 0) return undefined;
      const { evidence: _gone, ...bare } = draft;
      return ask(bare, world, guide, wording);
    }
    case "noname":
      if (draft.shown === 0) return undefined;
      return advance(forget(draft, "person"), "person", world, guide, wording, []);
    default:
      return undefined;
  }
}

/** One step back, or a sentence when there is none before. */
export function back(draft: Draft, world: World, guide: Guide, wording: Wording): Turn {
  const before = stepBack(draft);
  return before
    ? ask(before, world, guide, wording)
    : ask(draft, world, guide, wording, [wording.complaint.nothingBefore]);
}

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
    email: draft.email,
    consent: consentTo(filing, wording),
  };
  const { event, deliveries } = fileComplaint(facts, world.now, guide.rules);
  const due = event.type === "filed" ? event.answerDue : "";
  const recipients = chosen.to.map((agency) => agencyName(agency, guide.rules.directory)).join(", ");
  const text = [
    wording.complaint.filed(trackingCode, recipients, wording.day(due)),
    ...(isProtected(filing.kind) ? [wording.complaint.protectedNote] : []),
  ].join("\n");
  const { draft: _sent, ...rest } = session;
  return {
    session: { ...rest, menu: [] },
    replies: [{ text, choices: [] }],
    complaints: [{ id, revision: 0, events: [event] }],
    deliveries,
  };
}
