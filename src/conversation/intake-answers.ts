import { Apology } from "../complaints/complaint.ts";
import { type Draft, forget, isAddition, missingOf, type Step } from "../complaints/draft.ts";
import { placeName } from "../complaints/route.ts";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { beginningOf } from "../text/beginning.ts";
import { fold } from "../text/fold.ts";
import { namesNoBody } from "../understanding/body.ts";
import { dossierCodeIn, emailIn } from "../understanding/codes.ts";
import { readDay } from "../understanding/dates.ts";
import { legalPathIn } from "../understanding/legal-path.ts";
import { withoutPersonalData } from "../understanding/personal-data.ts";
import type { Reading } from "../understanding/reader.ts";
import { supplementsAnswered } from "../understanding/supplements.ts";
import type { Wording } from "../wording/citizen.ts";
import { TAKEN_OUT } from "../wording/official.ts";
import { AGREES, DENIES } from "./agreed.ts";
import {
  isStory,
  NAME_LENGTH,
  placeNow,
  readPerson,
  tellsOfThreat,
  withFacts,
  withoutCorrected,
  withoutPlace,
  withPlace,
} from "./facts.ts";
import type { Guide, World } from "./guide.ts";
import { advance, ask, reopen } from "./intake.ts";
import { apologyIn } from "./late.ts";
import { LIKELY } from "./likely.ts";
import { heardOf } from "./path-offer.ts";
import type { Told } from "./preview.ts";
import { addWords, kindTold, PARTS, tellAtPreview, withWords } from "./preview-answers.ts";
import { question } from "./question.ts";
import { twoSaid, twoThingsIn } from "./two-things.ts";
import { otherPlace, placeAlone, placeAnswered } from "./where.ts";

/** Without a letter a text tells nothing: a number beyond the list, a smiley. */
const LETTER = /\p{L}/u;
/** "Không", "không cần", "thôi", "không nhớ": no answer to the question asked. */
const REFUSAL =
  /^(?:da |thoi |a )?(?:khong|ko|k|kg|hong|thoi|khoi|bo qua|bo(?= di\b| nha\b| nhe\b|$)|skip|no|none|chua)\b(?!.*@)/;
/** The button that leaves a question open, typed in either language. */
const SKIP = /^(?:skip|bo qua)$/;
/** Longest refusal, in syllables. */
const REFUSAL_WORDS = 6;
/** Steps at which whatever is typed is what happened. */
export const TELLS: readonly Step[] = ["kind", "story"];

/** Takes a typed answer to the step being asked. */
export function takeText(draft: Draft, whole: Reading, world: World, guide: Guide, wording: Wording): Told {
  const words = wording.complaint;
  const { reading, aside, before: heard } = hearStory(draft, whole, world, guide, wording);
  const path = draft.path ?? legalPathIn(reading.folded);
  const spoken: Draft = { ...draft, ...(path && { path }), ...(aside !== undefined && { aside }) };
  const next = (changed: Draft, before: readonly string[] = []): Told =>
    advance(changed, draft.step, world, guide, wording, before);
  const again = (sentence: string): Told => ({
    draft,
    reply: { text: sentence, choices: question(draft, guide, wording).choices },
  });
  const skippable = ["dossier", "promised", "supplemented", "reappointed", "person", "email"].includes(
    draft.step,
  );
  const refuses = refusesIn(reading);
  if (skippable && refuses) return next(draft);
  if (SKIP.test(reading.folded) && maySkip(draft)) return next(skipped(draft));
  if (tellsOfThreat(reading) && !TELLS.includes(draft.step)) {
    const told =
      draft.step === "missing" ? tellMissing(draft, reading, world, guide) : withFacts(draft, reading);
    const goOn = isAddition(draft.step) ? ask : reopen;
    return goOn(withWords(told, reading.text), world, guide, wording, [wording.before.threatened]);
  }
  switch (draft.step) {
    case "kind": {
      const told = isStory(reading) ? { ...spoken, story: [...draft.story, reading.text] } : spoken;
      const likely = reading.grievance.likelihood >= LIKELY;
      const kind = likely ? reading.grievance.kind : "other";
      // "Xã Núi Thành" is no kind, but is not asked for again; "đưa 500k mới trả" is one.
      const facts = withFacts(spoken, reading);
      if (!likely && told === spoken && !facts.kind) return { ...again(words.askKind), draft: facts };
      // What may be bitter must not go to the unit itself.
      if (likely && kind === "praise" && !reading.grievance.plain)
        return { ...again(words.askKind), draft: withFacts(told, reading) };
      const recorded = likely || told !== spoken ? told : { ...told, story: [...told.story, reading.text] };
      const known = withFacts({ ...recorded, kind }, reading);
      return next(known, [words.heard(wording.kinds[known.kind ?? kind]), ...heard]);
    }
    case "story": {
      if (!LETTER.test(reading.text)) return again(words.askStory);
      const kind = kindTold(draft, reading);
      const story = [...draft.story, reading.text];
      return next(withFacts({ ...withoutCorrected(spoken, reading), kind, story }, reading), heard);
    }
    case "missing": {
      const asked = missingOf(draft);
      const told = tellMissing(draft, reading, world, guide);
      const answered = missingOf(told).length < asked.length || told.region !== draft.region;
      if (answered || refuses) return next(left(told, asked), placeNow(reading.place, told, wording));
      const unread = JSON.stringify(told) === JSON.stringify(draft);
      return unread ? again(words.missingUnclear) : ask(told, world, guide, wording);
    }
    case "place": {
      const heard = placeAnswered(reading.text, guide.reader.gazetteer);
      const place = heard?.place;
      const [only, ...others] = draft.placeChoices;
      if (only !== undefined && others.length === 0) {
        const isSame = place?.commune?.code === only;
        if (isSame || AGREES.test(reading.folded)) return next(placed(draft, only, guide));
        if (DENIES.test(reading.folded)) return ask({ ...draft, placeChoices: [] }, world, guide, wording);
      }
      if (!place && refuses) return next({ ...draft, placeChoices: [] });
      if (!place) return again(words.placeUnknown(beginningOf(reading.text, NAME_LENGTH)));
      if (place.commune && !heard?.sure)
        return ask({ ...draft, placeChoices: [place.commune.code] }, world, guide, wording);
      const changed = withPlace({ ...draft, placeChoices: [] }, place, reading.text);
      const former = placeNow(place, changed, wording);
      if (changed.place) return next(changed, former);
      if (changed.placeChoices.length > 0) {
        return ask(changed, world, guide, wording, [words.placeMany(place.text)]);
      }
      // Whoever is asked for the commune and tells the province knows no more.
      if (place.province) return next(changed, former);
      return again(words.placeUnknown(beginningOf(reading.text, NAME_LENGTH)));
    }
    case "about":
      if (!LETTER.test(reading.text)) return again(words.askAbout);
      // Whoever says "không biết, công an phường" does name it.
      if (namesNoBody(reading.text) || (refuses && !reading.grievance.body)) return next(draft);
      return next({ ...draft, about: { name: beginningOf(reading.text, 2 * NAME_LENGTH) } });
    case "dossier":
      return reading.dossierCode
        ? next({ ...draft, dossierCode: reading.dossierCode })
        : again(words.dossierUnclear);
    case "promised": {
      const day = readDay(reading.text, world.now);
      return day ? next({ ...draft, promisedDate: day }) : again(words.dayUnclear);
    }
    case "supplements": {
      const told = supplementsAnswered(reading.text);
      if (told.times === undefined && told.inWriting === undefined) return again(words.useButtons);
      return next({ ...draft, supplements: { ...draft.supplements, ...told } });
    }
    case "supplemented": {
      const lastOn = readDay(reading.text, world.now, "past");
      return lastOn
        ? next({ ...draft, supplements: { ...draft.supplements, lastOn } })
        : again(words.dayUnclear);
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
    case "preview":
      return tellAtPreview(draft, reading, world, guide, wording);
  }
}

/** The draft with the commune that was chosen. */
function placed(draft: Draft, code: string, { rules }: Guide): Draft {
  return { ...draft, place: { code, name: placeName(code, rules.directory) ?? code }, placeChoices: [] };
}

/** What a story says of itself: the first of two grievances, the other one, and what to tell of formal ways. */
function hearStory(
  draft: Draft,
  whole: Reading,
  world: World,
  guide: Guide,
  wording: Wording,
): { readonly reading: Reading; readonly aside?: string; readonly before: readonly string[] } {
  if (draft.step !== "kind" && draft.step !== "story") return { reading: whole, before: [] };
  const before = draft.path ? [] : heardOf(whole.text, wording);
  const two = isStory(whole) && draft.aside === undefined ? twoThingsIn(whole, guide, world.now) : undefined;
  if (!two) return { reading: whole, before };
  return { reading: two.first, aside: two.second.text, before: [...before, twoSaid(two, wording)] };
}

/** Says that it will not answer: a short no that tells nothing else. */
function refusesIn({ text, syllables, dossierCode }: Reading): boolean {
  return !dossierCode && syllables.length <= REFUSAL_WORDS && REFUSAL.test(fold(text));
}

/** The draft with what an answer to several questions at once tells; a tale of what happened is kept as one. */
function tellMissing(draft: Draft, reading: Reading, world: World, guide: Guide): Draft {
  const missing = missingOf(draft);
  const refuses = refusesIn(reading);
  const tale = isStory(reading) && reading.grievance.cued;
  const { places, others } = partsOf(reading.text, guide);
  const isOffice = (part: string): boolean => mayBeOffice(part, world.now);
  const heard = tale ? undefined : placeAlone(places.join(", "), guide.reader.gazetteer);
  const place = reading.place ?? (heard?.sure ? heard.place : undefined);
  const read = withFacts(draft, { ...reading, ...(place && { place }) });
  const dated = !missing.includes("promised") || read.promisedDate || reading.days.submitted;
  const told = dated ? read : { ...read, promisedDate: readDay(reading.text, world.now) };
  if (tale) return { ...told, story: [...told.story, reading.text] };
  const offices = refuses || told.about || !missing.includes("about") ? [] : others.filter(isOffice);
  const known =
    offices.length === 0
      ? told
      : { ...told, about: { name: beginningOf(offices.join(", "), 2 * NAME_LENGTH) } };
  // What may be a place is put before the person, where they told something besides.
  const offered = place || missingOf(known).length === missing.length ? undefined : heard?.place.commune;
  return offered ? { ...known, placeChoices: [offered.code] } : known;
}

/** The parts of an answer to several questions: those that name a place and nothing else, and the others. */
function partsOf(text: string, { reader }: Guide): { readonly places: string[]; readonly others: string[] } {
  const parts = text.split(PARTS).map((part) => part.trim());
  const isPlace = (part: string): boolean => placeAlone(part, reader.gazetteer) !== undefined;
  const places = parts.filter(isPlace);
  return { places, others: parts.filter((part) => !places.includes(part)) };
}

/** Whether a part of an answer may be the name of an office: some have names that nobody foresees. */
function mayBeOffice(part: string, now: Date): boolean {
  if (!LETTER.test(part) || REFUSAL.test(fold(part)) || namesNoBody(part)) return false;
  return readDay(part, now) === undefined && dossierCodeIn(part) === undefined;
}

function maySkip({ step }: Draft): boolean {
  return step !== "kind" && step !== "story" && step !== "preview";
}

/** The draft with what is being asked left open. */
function skipped(draft: Draft): Draft {
  return draft.step === "missing" ? left(draft, missingOf(draft)) : { ...draft, placeChoices: [] };
}

/** What was asked for together is not asked for again; communes that are offered still have to be chosen from. */
function left(told: Draft, asked: readonly Step[]): Draft {
  const settled = asked.filter((step) => step !== "place" || told.placeChoices.length === 0);
  return { ...told, done: [...told.done, ...settled] };
}

/** Takes a button or numbered choice of the draft; undefined when it does not belong to what is being asked. */
export function takeChoice(
  draft: Draft,
  choice: string,
  world: World,
  guide: Guide,
  wording: Wording,
): Told | undefined {
  const words = wording.complaint;
  const [, action = "", value = "", more = ""] = choice.split(":");
  const next = (changed: Draft): Told => advance(changed, draft.step, world, guide, wording, []);
  switch (action) {
    case "kind": {
      const kind = ComplaintKind.safeParse(value);
      return draft.step === "kind" && kind.success ? next({ ...draft, kind: kind.data }) : undefined;
    }
    case "place": {
      if (draft.step !== "place" || !draft.placeChoices.includes(value)) return undefined;
      return next(placed(draft, value, guide));
    }
    case "about": {
      const agency = guide.rules.directory.agencies.get(value);
      return draft.step === "about" && agency
        ? next({ ...draft, about: { id: agency.id, name: agency.name } })
        : undefined;
    }
    case "supplements": {
      if (draft.step !== "supplements" || !["1", "2"].includes(value)) return undefined;
      const known = draft.supplements?.times ?? 0;
      const times = value === "1" ? 1 : Math.max(2, known);
      const told = { times, inWriting: more === "written" };
      return next({ ...draft, supplements: { ...draft.supplements, ...told } });
    }
    case "apology": {
      const apology = Apology.safeParse(value);
      return draft.step === "apology" && apology.success
        ? next({ ...draft, apology: [apology.data] })
        : undefined;
    }
    case "skip":
      return value !== draft.step || !maySkip(draft) ? undefined : next(skipped(draft));
    case "one":
      if (draft.aside === undefined) return undefined;
      return reopen(
        withFacts(
          { ...draft, story: [...draft.story, draft.aside], aside: undefined },
          guide.reader.read(draft.aside, world.now),
        ),
        world,
        guide,
        wording,
      );
    case "nomoney": {
      const { kindBefore: kind, ...rest } = draft;
      return kind && reopen({ ...rest, kind, noMoney: true }, world, guide, wording);
    }
    case "typed": {
      const { typed, ...rest } = draft;
      if (typed === undefined) return undefined;
      return addWords(rest, guide.reader.read(typed, world.now), world, guide, wording);
    }
    case "strip":
      if (draft.shown === 0) return undefined;
      return ask(
        {
          ...draft,
          story: draft.story.map((part) => withoutPersonalData(part, TAKEN_OUT)),
        },
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
    case "moved": {
      const place = otherPlace(draft, guide);
      if (!place) return undefined;
      const { typed: _moved, ...rest } = withoutPlace(draft);
      return reopen({ ...rest, place }, world, guide, wording, [words.placeChanged(place.name)]);
    }
    case "where":
      return draft.shown === 0
        ? undefined
        : ask({ ...withoutPlace(draft), step: "place" }, world, guide, wording);
    case "dossier":
    case "name":
    case "email": {
      if (draft.shown === 0) return undefined;
      const step = action === "name" ? "person" : action;
      return ask({ ...draft, done: draft.done.filter((one) => one !== step), step }, world, guide, wording);
    }
    case "nofiles": {
      if (draft.shown === 0) return undefined;
      const { evidence: _gone, ...bare } = draft;
      return ask(bare, world, guide, wording);
    }
    case "noname":
    case "noemail": {
      if (draft.shown === 0) return undefined;
      const step = action === "noname" ? "person" : "email";
      return advance(forget(draft, step), step, world, guide, wording, []);
    }
    default:
      return undefined;
  }
}
