import type { Apology } from "../complaints/complaint.ts";
import { dayInVietnam } from "../knowledge/calendar.ts";
import type { Danger } from "../knowledge/danger.ts";
import type { Knowledge } from "../knowledge/load.ts";
import { clean } from "../text/clean.ts";
import { foldedOf, type Syllable, syllables, words as wordsOf } from "../text/fold.ts";
import { buildLexicon } from "../text/lexicon.ts";
import {
  compilePhrases,
  compileSets,
  coveredBy,
  findPhrases,
  heldSets,
  type Phrases,
} from "../text/phrases.ts";
import { remember } from "../text/remember.ts";
import { asMeant } from "../text/typing.ts";
import { type Aspect, buildAspectReader } from "./aspect.ts";
import { buildBodyReader } from "./body.ts";
import { dossierCodeIn, looksLikeTrackingCode, procedureCodeIn, trackingCodeIn } from "./codes.ts";
import { buildCrisisReader } from "./crisis.ts";
import { type NamedDays, readDays } from "./dates.ts";
import { buildElsewhereReader } from "./elsewhere.ts";
import { buildGrievanceReader, type Grievance } from "./grievance.ts";
import { type LearntMessages, learnMessages, openMessageClass } from "./message-class.ts";
import { buildGazetteer, type Gazetteer, type Whereabouts } from "./places.ts";
import { supplementsIn, type ToldSupplements } from "./supplements.ts";
import { buildTurnedReader, type Turned } from "./turned.ts";

/** What can be read off a message by itself, before anything is looked up. */
export type Reading = {
  readonly text: string;
  readonly syllables: readonly Syllable[];
  /** Number of syllables that carry a subject: neither stop words nor numbers nor what asks for an aspect ("mất bao lâu"). */
  readonly content: number;
  /** These syllables, folded, in their order. */
  readonly words: readonly string[];
  /** The syllables without marks, one space between. */
  readonly folded: string;
  readonly aspect: Aspect;
  /** What it would ask for where the whole is known already. */
  readonly leaning?: Aspect;
  readonly grievance: Grievance;
  readonly crisis?: Danger;
  /** Nothing but a greeting, thanks or a question about the bot. */
  readonly greeting: boolean;
  /** How much (0 to 1) it sounds like something that is not ours. */
  readonly offtopic: number;
  /** Asks for another country's procedure. */
  readonly elsewhere: boolean;
  readonly procedureCode?: string;
  readonly trackingCode?: string;
  /** Meant as a tracking code, but its check character does not fit. */
  readonly wrongTrackingCode: boolean;
  readonly dossierCode?: string;
  readonly days: NamedDays;
  /** What it says became of the written apology for a late result; absent where it says nothing of it. */
  readonly apology?: readonly Apology[];
  /** What it says of requests to supplement the dossier. */
  readonly supplements?: ToldSupplements;
  readonly place?: Whereabouts;
  /** What it asks after saying that it asks something else, or something besides. */
  readonly turned?: Turned;
  /** Says nothing but who asks: where they live, or whether for a business. */
  readonly tellsAsker: boolean;
  /** Says whether the person asks for a business; absent where it says nothing of that. */
  readonly business?: boolean;
};

export type Reader = { read(text: string, now: Date): Reading; readonly gazetteer: Gazetteer };

/** What a word that says so adds to the learnt share of being about something else. */
const OFFTOPIC_WORD = 0.35;
/** Both days named, handed in and promised: the story of a dossier. */
const BOTH_DAYS = 0.25;
/** Longest text that is read; the rest of a longer message is kept for a complaint but does not steer. */
const LONGEST = 4000;

const APOLOGIES = ["none", "too_late", "twice"] as const satisfies readonly Apology[];

type ReaderKnowledge = Pick<
  Knowledge,
  | "vocabulary"
  | "kinds"
  | "agencies"
  | "places"
  | "examples"
  | "aspects"
  | "procedures"
  | "rules"
  | "gaps"
  | "phrasings"
>;

/** What the reader learns from the knowledge, as plain data that can be kept: it takes about a second. */
export function learnForReader(knowledge: ReaderKnowledge): LearntMessages {
  return learnMessages(knowledge, buildLexicon(knowledge.vocabulary));
}

/** Builds the reader once from the knowledge; `learnt` spares it the learning. */
export function buildReader(knowledge: ReaderKnowledge, learnt = learnForReader(knowledge)): Reader {
  const { vocabulary } = knowledge;
  const lexicon = buildLexicon(vocabulary);
  const aspect = buildAspectReader(vocabulary);
  const { kinds, agencies, places } = knowledge;
  // The name with its province tells of which level a body is. Those of communes have their kind's names.
  const ofProvinces = [...agencies.values()].filter(({ area }) => places.provinces.has(area ?? ""));
  const bodies = buildBodyReader(vocabulary, [...kinds.values(), ...ofProvinces]);
  const grievance = buildGrievanceReader(vocabulary, bodies);
  const classify = openMessageClass(learnt);
  const gazetteer = buildGazetteer(knowledge.places);
  const crisisIn = buildCrisisReader(vocabulary);
  const asking = compilePhrases(Object.values(vocabulary.aspects).flat());
  const contentOf = (parts: readonly Syllable[]): string[] => {
    const asked = coveredBy(findPhrases(asking, parts));
    return parts.flatMap(({ folded }, at) =>
      lexicon.stop.has(folded) || asked.has(at) || /^\d+$/.test(folded) ? [] : [folded],
    );
  };
  const greetings = compilePhrases(vocabulary.greetings);
  const isElsewhere = buildElsewhereReader(vocabulary);
  const turnedIn = buildTurnedReader(vocabulary);
  const dwelling = new Set(vocabulary.dwelling.flatMap(wordsOf));
  const ofAsker = compilePhrases([
    ...vocabulary.asker.business,
    ...vocabulary.asker.person,
    ...vocabulary.business,
  ]);
  const onlyTells = (text: string, place: Whereabouts | undefined): boolean => {
    const rest = lexicon.open(place ? text.replace(place.text, " ") : text);
    const said = coveredBy(findPhrases(ofAsker, rest));
    // The bare name of a place asks what it is today.
    return rest.length > 0 && rest.every(({ folded }, at) => said.has(at) || dwelling.has(folded));
  };
  const sayings = compileSets([
    vocabulary.offtopic,
    vocabulary.asker.business,
    vocabulary.asker.person,
    ...APOLOGIES.map((what) => vocabulary.apology[what]),
  ]);
  return {
    gazetteer,
    read: (whole, now) => {
      const text = asMeant(clean(whole)).slice(0, LONGEST);
      const parts = lexicon.open(text);
      const learnt = classify(parts);
      const words = contentOf(parts);
      // In "sở KH&ĐT" the letters are no short forms of other words.
      const told = grievance(parts, learnt, text.includes("&") ? syllables(text) : parts);
      const days = readDays(text, now);
      const crisis = crisisIn(parts);
      const procedureCode = procedureCodeIn(text);
      const trackingCode = trackingCodeIn(text);
      const dossierCode = dossierCodeIn(text);
      const place = gazetteer.find(text);
      const supplements = supplementsIn(text, now);
      const [soundsOff = false, forBusiness = false, isPerson = false, ...apologised] = heldSets(
        sayings,
        parts,
      );
      const isBusiness = !isPerson && forBusiness;
      const turned = turnedIn(text);
      const apology = APOLOGIES.filter((_, place) => apologised[place]);
      return {
        text,
        syllables: parts,
        words,
        content: words.length,
        folded: foldedOf(parts),
        ...aspect(parts, learnt.aspects),
        grievance: days.submitted && days.due ? { ...told, likelihood: told.likelihood + BOTH_DAYS } : told,
        ...(crisis && { crisis }),
        greeting: onlyGreets(greetings, parts),
        elsewhere: !place && isElsewhere(parts),
        offtopic: Math.min(1, learnt.offtopic + (soundsOff ? OFFTOPIC_WORD : 0)),
        ...(procedureCode && { procedureCode }),
        ...(trackingCode && { trackingCode }),
        wrongTrackingCode: !trackingCode && looksLikeTrackingCode(text),
        ...(dossierCode && { dossierCode }),
        days,
        ...(apology.length > 0 && { apology }),
        ...(supplements && { supplements }),
        ...(place && { place }),
        tellsAsker: (place?.plain !== undefined || isPerson || isBusiness) && onlyTells(text, place),
        ...(turned && { turned }),
        ...((isPerson || isBusiness) && { business: isBusiness }),
      };
    },
  };
}

/** The same reader, which has the readings of the last `most` messages ready. */
export function rememberReadings(reader: Reader, most: number): Reader {
  // Of the time only the day matters: what "hôm qua" means.
  const key = (text: string, now: Date): string => `${dayInVietnam(now)} ${text}`;
  return { ...reader, read: remember(most, key, reader.read) };
}

/** Greeting words make up most of a short message. */
function onlyGreets(greetings: Phrases, parts: readonly Syllable[]): boolean {
  const found = findPhrases(greetings, parts);
  if (found.length === 0) return false;
  const covered = coveredBy(found);
  const longest = Math.max(...found.map((cue) => cue.length));
  return (
    parts.length <= 3 ||
    longest >= 4 ||
    covered.size >= parts.length - 3 ||
    (parts.length <= 12 && covered.has(0) && covered.size >= 2 && !found.every((cue) => cue.length === 1))
  );
}
