import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import type { Knowledge } from "../knowledge/load.ts";
import { fold, type Syllable } from "../text/fold.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { type Example, type Features, type Learnt, learn, openClassifier } from "./classifier.ts";

/** What a message sounds like, learnt from examples; shares are 0 to 1. */
export type MessageClass = {
  readonly complaint: number;
  readonly offtopic: number;
  /** Share of each kind, if it is a complaint; worked out when asked for. */
  kinds(): ReadonlyMap<string, number>;
  /** Share of each aspect, if it asks for a procedure. */
  readonly aspects: ReadonlyMap<string, number>;
};

/** What was learnt of messages: what they are, of which kind a complaint is, which aspect a question asks for. */
export type LearntMessages = { readonly what: Learnt; readonly kind: Learnt; readonly aspect: Learnt };

/** Learns from the examples; how procedures and rules are asked for shows what a mere question is. */
export function learnMessages(
  knowledge: Pick<
    Knowledge,
    "vocabulary" | "examples" | "aspects" | "procedures" | "rules" | "gaps" | "phrasings"
  >,
  lexicon: Lexicon,
): LearntMessages {
  const bothWays = (label: string, texts: readonly string[], of = featuresOf): Example[] =>
    texts.flatMap((text) => typedBothWays(text, lexicon).map((typed) => ({ label, features: of(typed) })));
  const questions = [
    ...knowledge.procedures.flatMap((procedure) => procedure.phrasings),
    ...knowledge.rules.flatMap((rule) => [rule.question, ...rule.phrasings]),
    ...knowledge.gaps.flatMap((gap) => gap.phrasings),
    ...[...knowledge.phrasings.values()].flatMap(({ asked, phrasings }) =>
      asked === "rare" ? [] : phrasings.slice(0, PHRASINGS),
    ),
  ];
  const around = knowledge.vocabulary.wrapped;
  const told = knowledge.examples.flatMap(({ class: label, texts }) =>
    bothWays(label, wrapped(texts, around)),
  );
  const isKind = (label: string): boolean => ComplaintKind.safeParse(label).success;
  return {
    what: learn(
      [
        ...told.map(({ label, features }) => ({ label: isKind(label) ? "complaint" : label, features })),
        ...bothWays("question", wrapped(questions, around)),
      ],
      LEAST_PAIRS,
    ),
    kind: learn(
      told.filter(({ label }) => isKind(label)),
      LEAST_PAIRS,
    ),
    aspect: learn(knowledge.aspects.flatMap(({ aspect, texts }) => bothWays(aspect, texts, aspectFeatures))),
  };
}

export function openMessageClass(learnt: LearntMessages): (text: readonly Syllable[]) => MessageClass {
  const what = openClassifier(learnt.what);
  const kind = openClassifier(learnt.kind);
  const aspect = openClassifier(learnt.aspect);
  return (text) => {
    const features = featuresOf(text);
    const shares = what.classify(features);
    return {
      complaint: shares.get("complaint") ?? 0,
      offtopic: shares.get("offtopic") ?? 0,
      kinds: () => kind.classify(features),
      aspects: aspect.classify(aspectFeatures(text)),
    };
  };
}

/** An example as it was typed, and as if without marks: many examples have them, and many people never type any. */
function typedBothWays(text: string, lexicon: Lexicon): (readonly Syllable[])[] {
  const typed = lexicon.open(text);
  return hasMarks(typed) ? [typed, lexicon.open(fold(text))] : [typed];
}

/** The texts, and every second once more as people wrap what they say: being polite says nothing of what is said. */
function wrapped(
  texts: readonly string[],
  { before, after }: { before: readonly string[]; after: readonly string[] },
): string[] {
  // The lists run at their own lengths, each with a place for nothing, so that other ends come together every time.
  const oneOf = (list: readonly string[], at: number): string => list[at % (list.length + 1)] ?? "";
  return texts.flatMap((text, at) => {
    const turn = at >> 1;
    return at % 2 === 0 ? [text] : [text, `${oneOf(before, turn)} ${text} ${oneOf(after, turn)}`];
  });
}

/** In so many examples a pair of words stands at least, each counted in all the ways it is typed; fewer take memory and teach no more. */
const LEAST_PAIRS = 5;
/** Phrasings taken of a procedure without a record: more of them teach nothing new about how people ask. */
const PHRASINGS = 4;
/** Steps of so many syllables in which a message's length counts, and how many of them: complaints are told, questions asked. */
const LENGTH = { step: 4, most: 9 } as const;

function wordsOf(text: readonly Syllable[]): string[] {
  return text.map((syllable) => syllable.folded);
}

/** The syllables, the same with their marks where any were typed, how a message begins and ends, and its length. */
function featuresOf(text: readonly Syllable[]): Features {
  const words = wordsOf(text);
  const length = Math.min(LENGTH.most, Math.floor(words.length / LENGTH.step));
  return { runs: [words, markedOf(text)], tags: [`${length}`, ...edgesOf(words)] };
}

/** Nothing where no marks were typed. */
function markedOf(text: readonly Syllable[]): string[] {
  return hasMarks(text) ? text.map(({ marked }) => marked) : [];
}

function hasMarks(text: readonly Syllable[]): boolean {
  return text.some(({ marked, folded }) => marked !== folded);
}

/** The first syllable, the first two, the last and the last two. */
function edgesOf(words: readonly string[]): string[] {
  return [1, 2].flatMap((count) => [
    `^ ${words.slice(0, count).join(" ")}`,
    `${words.slice(-count).join(" ")} $`,
  ]);
}

/** So many of the last syllables are looked at as the end: there the question stands. */
const END = 8;

/** Words that ask, wherever they stand; "không" and "chưa" ask at the end only. */
const ASKING =
  /^(?:gi|nao|dau|mo|sao|rang|nhieu|may|lau|ai|chi|ha|hong|hem|what|where|how|which|who|when|can|do|does|is|should)$/;
const ASKING_LAST = /^(?:khong|chua|k|ko|hong|ha|nhi|duoc)$/;
/** Words that may follow the last one that asks: "được không ạ anh chị". */
const TAIL = 4;

/** The same, with the syllables of the end apart, whether it is a mere few words, and whether it asks at all. */
function aspectFeatures(text: readonly Syllable[]): Features {
  const words = wordsOf(text);
  const asks =
    words.some((word) => ASKING.test(word)) || words.slice(-TAIL).some((word) => ASKING_LAST.test(word));
  return {
    runs: [words, words.slice(-END), markedOf(text)],
    tags: [`${Math.min(4, Math.floor(words.length / 5))}`, asks ? "asks" : "tells", ...edgesOf(words)],
  };
}
