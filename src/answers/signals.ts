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

const ASKED = { often: 1, some: 0.5, rare: 0 } as const;
/** Of a subject that no editor judged. */
const UNJUDGED = 0.25;
/** From so many syllables on a message tells a story. */
const STORY = 25;
const NO_SUBJECT = { cases: [], forBusinesses: true, forCitizens: true } as const;
const RULE: Known = { ...NO_SUBJECT, signals: signalsWith({ asked: ASKED.some, rule: 1 }) };
const GAP: Known = { ...NO_SUBJECT, signals: signalsWith({ asked: ASKED.some, gap: 1 }) };

/** What is known of a document whatever is asked: its signals, which are copied, and the special cases in its name. */
type Known = {
  readonly signals: Signals;
  readonly cases: readonly number[];
  readonly forBusinesses: boolean;
  readonly forCitizens: boolean;
};

/**
 * Builds the reader; what is known of each document is worked out once.
 * @param ids of the documents by their place, subjects and others
 */
export function buildSignalReader(
  ids: readonly string[],
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
  const casesOf = ({ name, title, curated }: Subject): number[] =>
    // An official name tells many acts at once; an editor's title tells the one that people mean.
    heldSets(specials, syllables(curated ? title : name)).flatMap((isNamed, at) => (isNamed ? [at] : []));
  const known = ids.map((id): Known => {
    const subject = subjects.get(id);
    if (!subject) return id.startsWith("gap:") ? GAP : RULE;
    const { forBusinesses, forCitizens } = subject;
    return { signals: signalsOfSubject(subject), cases: casesOf(subject), forBusinesses, forCitizens };
  });
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
    signalsOf: ({ place, signs }, words) => {
      const { signals: own, cases, forBusinesses, forCitizens } = known[place] ?? RULE;
      const signals = own.slice();
      for (let at = 0; at < signs.length; at++) signals[at] = signs[at] ?? 0;
      if (own[PLACE.rule] === 1 || own[PLACE.gap] === 1) return signals;
      if (words.long) {
        signals[PLACE.toldLong] = signs[PLACE.told] ?? 0;
        signals[PLACE.likelihoodLong] = signs[PLACE.likelihood] ?? 0;
        signals[PLACE.senseLong] = signs[PLACE.sense] ?? 0;
      }
      if (cases.length > 0) {
        let said = 0;
        for (const index of cases) if (words.special[index]) said++;
        signals[PLACE.said] = said;
        signals[PLACE.unsaid] = cases.length - said;
      }
      if (words.business && !forBusinesses) signals[PLACE.notForBusinesses] = 1;
      if (words.person && !words.business && !forCitizens) signals[PLACE.notForCitizens] = 1;
      return signals;
    },
  };
}

function signalsOfSubject({ curated, asked, local, central }: Subject): Signals {
  return signalsWith({
    curated: Number(curated),
    asked: asked ? ASKED[asked] : UNJUDGED,
    local: Number(local),
    central: Number(central),
  });
}

function signalsWith(given: Partial<Record<(typeof SIGNALS)[number], number>>): Signals {
  return SIGNALS.map((name) => given[name] ?? 0);
}
