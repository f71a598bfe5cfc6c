import type { Vocabulary } from "../knowledge/vocabulary.ts";
import type { Hit } from "../search/search-index.ts";
import { SIGNS } from "../search/tally.ts";
import { type Syllable, syllables } from "../text/fold.ts";
import { compilePhrases, hasPhrase } from "../text/phrases.ts";
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
export type Signals = Float64Array;

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

const ASKED = { often: 1, some: 0.5, rare: 0 } as const;
/** Of a subject that no editor judged. */
const UNJUDGED = 0.25;
/** From so many syllables on a message tells a story. */
const STORY = 25;
const TOLD = SIGNALS.indexOf("told");
const LIKELIHOOD = SIGNALS.indexOf("likelihood");

/** Builds the reader; what a subject's name says of special cases is looked up once. */
export function buildSignalReader(
  subjects: ReadonlyMap<string, Subject>,
  vocabulary: Pick<Vocabulary, "special" | "business" | "person" | "family">,
): SignalReader {
  const specials = Object.entries(vocabulary.special).map(([name, cues]) => ({
    name: compilePhrases([name]),
    cues: compilePhrases(cues),
  }));
  const business = compilePhrases(vocabulary.business);
  const person = compilePhrases(vocabulary.person);
  const family = compilePhrases(vocabulary.family);
  const casesOf = new Map(
    [...subjects].map(([id, { name, title, curated }]) => {
      // An official name tells many acts at once; an editor's title tells the one that people mean.
      const text = syllables(curated ? title : name);
      return [id, specials.flatMap((special, index) => (hasPhrase(special.name, text) ? [index] : []))];
    }),
  );
  return {
    caseWords: (text, asked = false) => {
      const ofFamily = hasPhrase(family, text);
      return {
        special: specials.map(({ cues }) => hasPhrase(cues, text)),
        // Whoever works for a company has children as well.
        business: hasPhrase(business, text) || (asked && !ofFamily),
        person: ofFamily || hasPhrase(person, text),
        long: text.length >= STORY,
      };
    },
    signalsOf: ({ id, signs }, words) => {
      const signals = new Float64Array(SIGNALS.length);
      signals.set(signs);
      const subject = subjects.get(id);
      if (!subject) {
        const isGap = id.startsWith("gap:");
        signals.set([0, 0, 0, 0, 0, ASKED.some, 0, 0, 0, 0, isGap ? 0 : 1, isGap ? 1 : 0], SIGNS.length);
        return signals;
      }
      const cases = casesOf.get(id) ?? [];
      let said = 0;
      for (const index of cases) if (words.special[index]) said++;
      // In the order of SIGNALS: this is done for dozens of candidates of each question.
      signals.set(
        [
          words.long ? (signs[TOLD] ?? 0) : 0,
          words.long ? (signs[LIKELIHOOD] ?? 0) : 0,
          said,
          cases.length - said,
          subject.curated ? 1 : 0,
          subject.asked ? ASKED[subject.asked] : UNJUDGED,
          subject.local ? 1 : 0,
          subject.central ? 1 : 0,
          words.business && !subject.forBusinesses ? 1 : 0,
          words.person && !words.business && !subject.forCitizens ? 1 : 0,
          0,
          0,
        ],
        SIGNS.length,
      );
      return signals;
    },
  };
}
