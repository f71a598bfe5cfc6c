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
  /** In one province only: the person's, another one's. */
  "local",
  "here",
  "elsewhere",
  "central",
  /** A shop owner asks for a shop, a mother for a child. */
  "notForBusinesses",
  "notForCitizens",
  "rule",
  "gap",
] as const;
export type Signal = (typeof SIGNALS)[number];
export type Signals = Float64Array;

/** What a question says of its case, read once. */
export type CaseWords = {
  /** For each special case of the vocabulary: does the question speak of it? */
  readonly special: readonly boolean[];
  readonly business: boolean;
  readonly person: boolean;
  readonly long: boolean;
  /** Code of the province that the question or the person's conversation names. */
  readonly province: string | undefined;
};

export type SignalReader = {
  caseWords(text: readonly Syllable[], province: string | undefined): CaseWords;
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
  vocabulary: Pick<Vocabulary, "special" | "business" | "person">,
): SignalReader {
  const specials = Object.entries(vocabulary.special).map(([name, cues]) => ({
    name: compilePhrases([name]),
    cues: compilePhrases(cues),
  }));
  const business = compilePhrases(vocabulary.business);
  const person = compilePhrases(vocabulary.person);
  const casesOf = new Map(
    [...subjects].map(([id, { name, title, curated }]) => {
      // An official name tells many acts at once; an editor's title tells the one that people mean.
      const text = syllables(curated ? title : name);
      return [id, specials.flatMap((special, index) => (hasPhrase(special.name, text) ? [index] : []))];
    }),
  );
  return {
    caseWords: (text, province) => ({
      special: specials.map(({ cues }) => hasPhrase(cues, text)),
      business: hasPhrase(business, text),
      person: hasPhrase(person, text),
      long: text.length >= STORY,
      province,
    }),
    signalsOf: ({ id, signs }, words) => {
      const signals = new Float64Array(SIGNALS.length);
      signals.set(signs);
      const set = (signal: Signal, value: number): void => {
        signals[SIGNALS.indexOf(signal)] = value;
      };
      const subject = subjects.get(id);
      if (!subject) {
        set(id.startsWith("gap:") ? "gap" : "rule", 1);
        set("asked", ASKED.some);
        return signals;
      }
      if (words.long) {
        set("toldLong", signs[TOLD] ?? 0);
        set("likelihoodLong", signs[LIKELIHOOD] ?? 0);
      }
      const cases = casesOf.get(id) ?? [];
      const said = cases.filter((index) => words.special[index]).length;
      set("said", said);
      set("unsaid", cases.length - said);
      if (subject.curated) set("curated", 1);
      set("asked", subject.asked ? ASKED[subject.asked] : UNJUDGED);
      if (subject.local) {
        set("local", 1);
        if (words.province !== undefined)
          set(subject.members.some(({ province }) => province === words.province) ? "here" : "elsewhere", 1);
      }
      if (subject.central) set("central", 1);
      if (words.business && !subject.forBusinesses) set("notForBusinesses", 1);
      if (words.person && !words.business && !subject.forCitizens) set("notForCitizens", 1);
      return signals;
    },
  };
}
