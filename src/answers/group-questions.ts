import { type Feedback, REASONS, type Reason } from "../messages/feedback.ts";
import { fold } from "../text/fold.ts";
import type { Lexicon } from "../text/lexicon.ts";

/** A question of somebody, or a thumb, and when. */
export type Asked = Feedback & { readonly at: string };

/** Questions that are much the same, for an editor. */
export type QuestionGroup = {
  /** How often it was asked in vain or answered badly; a reason told after a thumb down is not one more. */
  readonly count: number;
  /** ISO instants. */
  readonly first: string;
  readonly last: string;
  /** The most typical of them as typed; empty when only what was answered is known. */
  readonly question: string;
  /** Other ways to ask, the most frequent first. */
  readonly others: readonly string[];
  readonly unanswered: number;
  /** … of them taken for none of our subjects. */
  readonly offtopic: number;
  readonly down: number;
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  /** Codes and rule ids that were answered with, the most frequent first. */
  readonly answered: readonly { readonly code: string; readonly count: number }[];
};

/** From this share of common words on (rare ones count more) two questions are one; set on the development questions. */
const ALIKE = 0.55;
/** A word without a subject counts for so much of another one: some are a subject all the same ("hộ" in "hộ khẩu"). */
const STOP_WEIGHT = 0.25;
const OTHERS = 3;

/** All questions with the same words, in whatever order and spelling. */
type Form = { readonly key: string; readonly words: readonly string[]; readonly asked: Asked[] };

/**
 * Groups open questions by their words, folded, short forms opened and words without a subject left out: the largest
 * group first. Thumbs up are passed over. The order in which the questions come does not matter.
 */
export function groupQuestions(
  all: readonly Asked[],
  lexicon: Pick<Lexicon, "open" | "stop">,
): QuestionGroup[] {
  const open = all.filter(({ verdict }) => verdict !== "up");
  const forms = formsOf(
    open.filter(({ question }) => question !== ""),
    lexicon,
  );
  // Of these only what was answered is known.
  const unknown = new Map<string, Asked[]>();
  for (const one of open) if (one.question === "") push(unknown, one.code ?? "", one);
  const byCode = [...unknown].toSorted(([one], [other]) => compare(one, other));
  return [
    ...alike(forms, lexicon.stop).map(groupOf),
    ...byCode.map(([, asked]) => groupOfUnknown(asked)),
  ].sort((a, b) => b.count - a.count || compare(b.last, a.last) || compare(a.question, b.question));
}

/** The most frequent first. */
function formsOf(asked: readonly Asked[], lexicon: Pick<Lexicon, "open" | "stop">): Form[] {
  const forms = new Map<string, Form>();
  for (const one of asked) {
    const words = wordsOf(one.question, lexicon);
    const key = words.join(" ");
    const form = forms.get(key) ?? { key, words, asked: [] };
    form.asked.push(one);
    forms.set(key, form);
  }
  return [...forms.values()].sort((a, b) => b.asked.length - a.asked.length || compare(a.key, b.key));
}

/** The set of words, sorted. */
function wordsOf(question: string, { open }: Pick<Lexicon, "open">): string[] {
  const words = [...new Set(open(question).map(({ folded }) => folded))].sort();
  return words.length > 0 ? words : [fold(question)];
}

/** Each form joins the group whose first form it resembles most, or begins one. */
function alike(forms: readonly Form[], stop: ReadonlySet<string>): (readonly Form[])[] {
  const weightOf = weigher(forms, stop);
  const groups: Form[][] = [];
  const groupsByWord = new Map<string, number[]>();
  // By group: the weight of its first form's words, and of those that the present form shares.
  const whole: number[] = [];
  const common = new Float64Array(forms.length);
  for (const form of forms) {
    const touched: number[] = [];
    let own = 0;
    for (const word of form.words) {
      const weight = weightOf(word);
      own += weight;
      for (const group of groupsByWord.get(word) ?? []) {
        if (common[group] === 0) touched.push(group);
        common[group] = (common[group] ?? 0) + weight;
      }
    }
    let best = -1;
    let highest = ALIKE;
    for (const group of touched) {
      const likeness = (2 * (common[group] ?? 0)) / (own + (whole[group] ?? 0));
      common[group] = 0;
      // The earlier group of two that are equally like it.
      if (likeness < highest || (likeness === highest && best >= 0 && best < group)) continue;
      best = group;
      highest = likeness;
    }
    if (best >= 0) groups[best]?.push(form);
    else {
      for (const word of form.words) push(groupsByWord, word, groups.length);
      whole.push(own);
      groups.push([form]);
    }
  }
  return groups;
}

/** What a word says of a question: the less, the more questions have it. */
function weigher(forms: readonly Form[], stop: ReadonlySet<string>): (word: string) => number {
  const counts = new Map<string, number>();
  for (const { words } of forms) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weights = new Map(
    [...counts].map(([word, count]) => [
      word,
      (stop.has(word) ? STOP_WEIGHT : 1) * Math.log(1 + forms.length / count),
    ]),
  );
  return (word) => weights.get(word) ?? 0;
}

function groupOf(forms: readonly Form[]): QuestionGroup {
  const typical = typicalOf(forms);
  const question = spellingOf(typical);
  const others = forms
    .filter((form) => form !== typical)
    .slice(0, OTHERS)
    .map(spellingOf);
  return { ...figuresOf(forms.flatMap(({ asked }) => asked)), question, others };
}

function groupOfUnknown(asked: readonly Asked[]): QuestionGroup {
  return { ...figuresOf(asked), question: "", others: [] };
}

/** The form whose words the others have most, for its length. */
function typicalOf(forms: readonly Form[]): Form {
  const counts = new Map<string, number>();
  for (const { words, asked } of forms)
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + asked.length);
  const centrality = ({ words }: Form): number =>
    words.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0) / Math.sqrt(words.length);
  return forms.reduce((best, form) => (centrality(form) > centrality(best) ? form : best));
}

/** The most frequent spelling; of equal ones the last in order, which is the one with marks. */
function spellingOf({ asked }: Form): string {
  const ranked = rank(asked.map(({ question }) => question));
  const most = ranked.filter(({ count }) => count === ranked[0]?.count);
  return (
    most
      .map(({ name }) => name)
      .toSorted(compare)
      .at(-1) ?? ""
  );
}

function figuresOf(asked: readonly Asked[]): Omit<QuestionGroup, "question" | "others"> {
  const times = asked.map(({ at }) => at).sort();
  const unanswered = asked.filter(({ verdict }) => verdict === undefined).length;
  const thumbs = asked.filter(({ verdict, reason }) => verdict === "down" && reason === undefined);
  const told = asked.flatMap(({ reason }) => reason ?? []);
  // The thumb before a reason may be too old to be kept.
  const down = Math.max(thumbs.length, told.length);
  const answers = thumbs.length > 0 ? thumbs : asked;
  return {
    count: unanswered + down,
    first: times[0] ?? "",
    last: times.at(-1) ?? "",
    unanswered,
    offtopic: asked.filter(({ verdict, intent }) => verdict === undefined && intent === "offtopic").length,
    down,
    reasons: Object.fromEntries(
      REASONS.flatMap((reason) => {
        const count = told.filter((one) => one === reason).length;
        return count > 0 ? [[reason, count]] : [];
      }),
    ),
    answered: rank(answers.flatMap(({ code }) => code ?? [])).map(({ name, count }) => ({
      code: name,
      count,
    })),
  };
}

/** Each name with how often it stands there, the most frequent first. */
function rank(names: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || compare(a.name, b.name));
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
