import type { Vocabulary } from "../knowledge/vocabulary.ts";
import type { Hit } from "../search/search-index.ts";
import { SIGNS } from "../search/tally.ts";
import { type Syllable, syllables } from "../text/fold.ts";
import { compileSets, heldSets } from "../text/phrases.ts";
import type { Subject } from "./subjects.ts";

/**
 * What speaks for or against a candidate, in this order, each a number of about 0 to 3: the index's own signs, and what
 * is known of the subject beside the question's words.
 */
export const SIGNALS = [
  ...SIGNS,
  /** Long questions are told in many words, of which a name holds few: the same signs weigh otherwise there. */
  "toldLong",
  "likelihoodLong",
  "senseLong",
  /** Special cases in its name that the question speaks of, and does not speak of. */
  "said",
  "unsaid",
  "curated",
  "asked",
  /** In some provinces only. */
  "local",
  "central",
  /** A shop owner asks for a shop, a mother for a child. */
  "notForBusinesses",
  "notForCitizens",
  "rule",
  "gap",
] as const;
export type Signals = readonly number[];
/** Where those stand that are set one by one: for dozens of candidates of each question. */
const PLACE = {
  told: SIGNALS.indexOf("told"),
  likelihood: SIGNALS.indexOf("likelihood"),
  sense: SIGNALS.indexOf("sense"),
  toldLong: SIGNALS.indexOf("toldLong"),
  likelihoodLong: SIGNALS.indexOf("likelihoodLong"),
  senseLong: SIGNALS.indexOf("senseLong"),
  said: SIGNALS.indexOf("said"),
  unsaid: SIGNALS.indexOf("unsaid"),
  curated: SIGNALS.indexOf("curated"),
  asked: SIGNALS.indexOf("asked"),
  local: SIGNALS.indexOf("local"),
  central: SIGNALS.indexOf("central"),
  notForBusinesses: SIGNALS.indexOf("notForBusinesses"),
  notForCitizens: SIGNALS.indexOf("notForCitizens"),
  rule: SIGNALS.indexOf("rule"),
  gap: SIGNALS.indexOf("gap"),
} as const;

/** What a question says of its case, read once. */
export type CaseWords = {
  /** For each special case of the vocabulary: does the question speak of it? */
  readonly special: readonly boolean[];
  readonly business: boolean;
  readonly person: boolean;
  readonly long: boolean;
};

export type SignalReader = {
  /** @param asked it is known from before that a business asks */
  caseWords(text: readonly Syllable[], asked?: boolean): CaseWords;
  signalsOf(hit: Hit, words: CaseWords): Signals;
};

/** Copied for each candidate: quicker than a typed array is made. */
const NONE = SIGNALS.map(() => 0);

const ASKED = { often: 1, some: 0.5, rare: 0 } as const;
/** Of a subject that no editor judged. */
const UNJUDGED = 0.25;
/** From so many syllables on a message tells a story. */
const STORY = 25;

/** Builds the reader; what a subject's name says of special cases is looked up once. */
export function buildSignalReader(
  subjects: ReadonlyMap<string, Subject>,
  vocabulary: Pick<Vocabulary, "special" | "business" | "person" | "family">,
): SignalReader {
  const specials = compileSets(Object.keys(vocabulary.special).map((name) => [name]));
  const words = compileSets([
    vocabulary.business,
    vocabulary.person,
    vocabulary.family,
    ...Object.values(vocabulary.special),
  ]);
  const casesOf = new Map(
    [...subjects].map(([id, { name, title, curated }]) => {
      // An official name tells many acts at once; an editor's title tells the one that people mean.
      const text = syllables(curated ? title : name);
      return [id, heldSets(specials, text).flatMap((isNamed, special) => (isNamed ? [special] : []))];
    }),
  );
  return {
    caseWords: (text, asked = false) => {
      const [ofBusiness = false, ofPerson = false, ofFamily = false, ...special] = heldSets(words, text);
      return {
        special,
        // Whoever works for a company has children as well.
        business: ofBusiness || (asked && !ofFamily),
        person: ofFamily || ofPerson,
        long: text.length >= STORY,
      };
    },
    signalsOf: ({ id, signs }, words) => {
      const signals = NONE.slice();
      for (let at = 0; at < signs.length; at++) signals[at] = signs[at] ?? 0;
      const subject = subjects.get(id);
      if (!subject) {
        const isGap = id.startsWith("gap:");
        signals[PLACE.asked] = ASKED.some;
        signals[isGap ? PLACE.gap : PLACE.rule] = 1;
        return signals;
      }
      const cases = casesOf.get(id) ?? [];
      let said = 0;
      for (const index of cases) if (words.special[index]) said++;
      if (words.long) {
        signals[PLACE.toldLong] = signs[PLACE.told] ?? 0;
        signals[PLACE.likelihoodLong] = signs[PLACE.likelihood] ?? 0;
        signals[PLACE.senseLong] = signs[PLACE.sense] ?? 0;
      }
      signals[PLACE.said] = said;
      signals[PLACE.unsaid] = cases.length - said;
      if (subject.curated) signals[PLACE.curated] = 1;
      signals[PLACE.asked] = subject.asked ? ASKED[subject.asked] : UNJUDGED;
      if (subject.local) signals[PLACE.local] = 1;
      if (subject.central) signals[PLACE.central] = 1;
      if (words.business && !subject.forBusinesses) signals[PLACE.notForBusinesses] = 1;
      if (words.person && !words.business && !subject.forCitizens) signals[PLACE.notForCitizens] = 1;
      return signals;
    },
  };
}
