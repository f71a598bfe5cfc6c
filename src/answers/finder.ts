import type { Catalogue } from "../knowledge/catalogue.ts";
import type { Gap } from "../knowledge/gap.ts";
import type { ImportedProcedure } from "../knowledge/imported-procedure.ts";
import type { Knowledge } from "../knowledge/load.ts";
import type { Procedure } from "../knowledge/procedure.ts";
import type { Rule } from "../knowledge/rule.ts";
import { comparable, refine } from "../search/fuzzy.ts";
import {
  type IndexData,
  indexDocuments,
  openSearchIndex,
  type SearchDocument,
} from "../search/search-index.ts";
import { openSenses } from "../search/sense.ts";
import { buildLexicon } from "../text/lexicon.ts";
import { remember } from "../text/remember.ts";
import type { Reading } from "../understanding/reader.ts";
import { withoutSpending } from "../understanding/spending.ts";
import { COMPLAINT_SIGNS } from "./complains.ts";
import { buildNameReader } from "./everyday-names.ts";
import { LINKS } from "./follow-up.ts";
import { buildSignalReader, SIGNALS } from "./signals.ts";
import { buildLibrary, gapId, type Library, ownMember, ruleId, type Subject } from "./subjects.ts";
import { shared, type Weighed, weigher } from "./weigh.ts";

/** Something found, with its share (0 to 1) of the trust that all candidates of the question have. */
type Found = {
  readonly score: number;
  readonly share: number;
  /** Special cases in its name ("nước ngoài", "cấp lại") that the question speaks of. */
  readonly said: number;
};
/** `code`: the one of the subject's procedures that is meant, its own unless the person's province has another. */
export type FoundProcedure = Found & { readonly subject: Subject; readonly code: string };
export type FoundRule = Found & { readonly rule: Rule };

/** Best first. */
export type Findings = {
  readonly procedures: readonly FoundProcedure[];
  readonly rules: readonly FoundRule[];
  /** What is asked for, when it is likeliest something that no record answers. */
  readonly gap?: { readonly name: string; readonly share: number };
  /** How likely (0 to 1) the question is about any of them at all. */
  readonly answerable: number;
};

/** All that is known of a procedure: as a person checked it, or as it was imported. */
export type Facts =
  | { readonly origin: "curated"; readonly procedure: Procedure }
  | { readonly origin: "imported"; readonly procedure: ImportedProcedure };

/**
 * What is found before it is judged, also for fitting the weights; `beside`: only because it was named besides; `called`:
 * by its everyday name and by nothing else.
 */
export type Candidate = Weighed & { readonly beside: boolean; readonly called: boolean };

/** What of a reading the finder needs. */
export type Question = Pick<Reading, "text" | "offtopic">;

/** What is known beside the question. */
export type Circumstances = {
  /** Code of the person's province: it chooses among provincial procedures. */
  readonly province?: string | undefined;
  /** They said before that they ask for a business. */
  readonly business?: boolean | undefined;
  /** Ids of subjects that are weighed and told in any case, if any word is known. */
  readonly besides?: readonly string[] | undefined;
};

export type FoundBoth = { readonly byItself: Findings; readonly beside?: Findings };

/** Finds procedures and rules by what people type. */
export type Finder = {
  find(question: Question, circumstances?: Circumstances): Findings;
  /**
   * By one look-up what {@link Finder.find} finds by itself, and what it finds among what is told `besides`: there as if
   * it did not sound like something that is not ours, since a few words in a conversation often do. Absent where nothing is
   * told besides.
   */
  findBoth(question: Question, circumstances: Circumstances): FoundBoth;
  /** What {@link Finder.find} weighs. */
  candidates(question: Question, circumstances?: Circumstances): readonly Candidate[];
  /** How alike (-1 to 1) two subjects are by what their texts speak of, whatever is asked. */
  likeness(one: Subject, other: Subject): number;
  /** How much speaks for one of what a message in a conversation may be about; see `LINKS` of follow-up.ts. */
  weighLinks(links: readonly number[]): number;
  /** How much speaks for a message being a complaint: above 0 it rather is; see `COMPLAINT_SIGNS` of complains.ts. */
  weighComplaint(signs: readonly number[]): number;
  /** The subject that a national code belongs to, older and parallel codes included. */
  subject(code: string): Subject | undefined;
  facts(code: string): Facts | undefined;
};

/**
 * What is called by its everyday name and nothing else ("giám hộ" is no end of it) is this much likelier than by its
 * words, and this likely asked for at least, however it sounds ("kết hôn").
 */
const CALLED = { score: 4, answerable: 0.9 } as const;
const SAID = SIGNALS.indexOf("said");
/** Candidates taken from the index before they are weighed. */
const CANDIDATES = 32;
/** Of them, those that are told to the caller. */
const TOLD = 10;
/** So many times likelier than our best record an absent procedure must be. */
const CLEARLY = 6;
/** While the best has less than this share, names are compared letter by letter as well. */
const UNSURE = 0.25;

type FinderKnowledge = Pick<
  Knowledge,
  "procedures" | "rules" | "gaps" | "kinds" | "vocabulary" | "phrasings" | "places" | "ranking" | "senses"
>;

/** What the finder works out from knowledge and catalogue, as plain data that can be kept: it takes some seconds. */
export type FinderData = {
  readonly subjects: readonly Subject[];
  /** By document: its names, folded, for comparing letter by letter. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly index: IndexData;
};

export function workOutFinder(knowledge: FinderKnowledge, catalogue?: Catalogue): FinderData {
  const { subjects, documents } = allThatIsMeant(knowledge, catalogue);
  const lexicon = buildLexicon(knowledge.vocabulary);
  return {
    subjects,
    names: new Map(documents.map((document) => [document.id, comparable(document.names)])),
    index: indexDocuments(documents, lexicon, openSenses(knowledge.senses)),
  };
}

/** Procedures, rules and what no record answers, with the texts by which they are found. */
export function allThatIsMeant(knowledge: FinderKnowledge, catalogue?: Catalogue): Library {
  const { subjects, documents } = buildLibrary(knowledge, catalogue);
  const rules = knowledge.rules.map(documentOfRule);
  const gaps = gapsOf(knowledge, subjects).map(documentOfGap);
  return { subjects, documents: [...documents, ...rules, ...gaps] };
}

/** @param data what {@link workOutFinder} made of the same knowledge and catalogue; spares working it out again */
export function buildFinder(
  knowledge: FinderKnowledge,
  catalogue?: Catalogue,
  data = workOutFinder(knowledge, catalogue),
): Finder {
  const { rules, vocabulary, ranking } = knowledge;
  const { names } = data;
  const subjects = new Map(data.subjects.map((subject) => [subject.code, subject]));
  const absent = new Set(absentOf(knowledge, data.subjects).map(gapId));
  const gapById = new Map(gapsOf(knowledge, data.subjects).map((gap) => [gapId(gap), gap]));
  const ruleById = new Map(rules.map((rule) => [ruleId(rule), rule]));
  const lexicon = buildLexicon(vocabulary);
  const index = openSearchIndex(data.index, lexicon, openSenses(knowledge.senses));
  const signalReader = buildSignalReader(data.index.ids, subjects, vocabulary);
  const curated = new Map(
    knowledge.procedures.flatMap((p) => [p.code, ...p.sameAs].map((code) => [code, p] as const)),
  );
  const subjectOf = new Map(
    data.subjects.flatMap((subject) => subject.members.map(({ code }) => [code, subject] as const)),
  );
  const calledBy = buildNameReader(knowledge.procedures, vocabulary, lexicon);
  const weigh = weigher(SIGNALS, ranking.rank);
  const judge = weigher(SIGNALS, ranking.answerable);
  const offtopicWeight = ranking.answerable["offtopic"] ?? 0;

  /** The likeliest first, then those `besides` them; other provinces' own procedures as well. */
  const weighed = ({ text }: Question, { business, besides }: Circumstances): Candidate[] => {
    const sought = withoutSpending(text);
    const typed = lexicon.open(sought);
    const words = signalReader.caseWords(typed, business);
    const called = calledBy(typed);
    return index.search(sought, CANDIDATES, besides).map((hit) => {
      const signals = signalReader.signalsOf(hit, words);
      const isCalled = hit.id === called;
      const score = weigh(signals) + (isCalled ? CALLED.score : 0);
      return { id: hit.id, signals, score, beside: hit.beside, called: isCalled };
    });
  };
  /** Other provinces' own procedures are none of the person's, unless they were spoken of. */
  const near = (
    all: readonly Candidate[],
    { province, besides = [] }: Circumstances,
  ): readonly Candidate[] =>
    province === undefined
      ? all
      : all.filter(({ id }) => besides.includes(id) || !isElsewhere(subjects.get(id), province));

  const likelihood = (best: Weighed, candidates: readonly Candidate[], offtopic: number): number => {
    const likely = logistic(ranking.bias + judge(best.signals) + offtopicWeight * offtopic);
    const isCalled = candidates.some(({ id, called }) => called && id === best.id);
    return isCalled ? Math.max(likely, CALLED.answerable) : likely;
  };

  const judged = (
    { text, offtopic }: Question,
    candidates: readonly Candidate[],
    { province, besides = [] }: Circumstances,
  ): Findings => {
    const ranked = shared(candidates);
    const best = ranked[0];
    const sure = !best || best.share >= UNSURE;
    const told = (
      sure
        ? ranked
        : shared([...refine(text, ranked.slice(0, TOLD), (id) => names.get(id) ?? []), ...ranked.slice(TOLD)])
    ).filter(({ id }, at) => at < TOLD || besides.includes(id));
    const [first] = told;
    const likeliest = told.find(({ id }) => subjects.has(id));
    // A record of ours that is nearly as likely answers better than "no record".
    const isNear = first && likeliest && first.share < CLEARLY * likeliest.share;
    const gap = first && !(isNear && absent.has(first.id)) ? gapById.get(first.id) : undefined;
    // Where no gap is meant, what we do not hold takes no trust from what we do.
    const held = gap || absent.size === 0 ? told : shared(told.filter(({ id }) => !absent.has(id)));
    const found = <T>(of: (id: string) => T | undefined): (Found & { thing: T })[] =>
      held.flatMap(({ id, score, share, signals }) => {
        const thing = of(id);
        return thing === undefined ? [] : [{ thing, score, share, said: signals[SAID] ?? 0 }];
      });
    return {
      ...(gap && first && { gap: { name: gap.name, share: first.share } }),
      procedures: found((id) => subjects.get(id)).map(({ thing: subject, score, share, said }) => ({
        score,
        share,
        said,
        subject,
        code: (ownMember(subject, province) ?? subject).code,
      })),
      rules: found((id) => ruleById.get(id)).map(({ thing: rule, score, share, said }) => ({
        score,
        share,
        said,
        rule,
      })),
      answerable: best ? likelihood(best, candidates, offtopic) : 0,
    };
  };

  return {
    candidates: (question, circumstances = {}) => near(weighed(question, circumstances), circumstances),
    likeness: (one, other) => index.likeness(one.code, other.code),
    weighLinks: weigher(LINKS, ranking.followUp),
    weighComplaint: weigher(COMPLAINT_SIGNS, ranking.complaint),
    find: (question, circumstances = {}) =>
      judged(question, near(weighed(question, circumstances), circumstances), circumstances),
    findBoth: (question, circumstances) => {
      const all = weighed(question, circumstances);
      const { besides, ...byItself } = circumstances;
      return {
        byItself: judged(
          question,
          near(
            all.filter(({ beside }) => !beside),
            byItself,
          ),
          byItself,
        ),
        ...(besides?.length && {
          beside: judged({ text: question.text, offtopic: 0 }, near(all, circumstances), circumstances),
        }),
      };
    },
    subject: (code) => subjectOf.get(code) ?? subjectOf.get(curated.get(code)?.code ?? ""),
    facts: (code) => {
      const own = curated.get(code);
      if (own) return { origin: "curated", procedure: own };
      const imported = catalogue?.facts(code);
      return imported && { origin: "imported", procedure: imported };
    },
  };
}

/** The same finder, which has the findings for the last `most` questions ready: many people ask in the same words. */
export function rememberFindings(finder: Finder, most: number): Finder {
  const key = ({ text, offtopic }: Question, asked: Circumstances = {}): string => {
    const { province = "", business = false, besides = [] } = asked;
    return `${province} ${business} ${offtopic} ${besides.join()} ${text}`;
  };
  return {
    ...finder,
    find: remember(most, key, finder.find),
    findBoth: remember(most, key, finder.findBoth),
  };
}

const logistic = (evidence: number): number => 1 / (1 + Math.exp(-evidence));

function isElsewhere(subject: Subject | undefined, province: string): boolean {
  if (!subject?.local) return false;
  return subject.members.every((member) => member.province?.code !== province);
}

function documentOfRule(rule: Rule): SearchDocument {
  return {
    id: ruleId(rule),
    names: [rule.question, rule.title],
    phrasings: [rule.english, ...rule.phrasings],
    context: [],
  };
}

/**
 * What is asked for without an answer: the editors' gaps, and the procedures that they phrased but that neither a record
 * nor the imported catalogue holds. Before an import these are most of what people ask.
 */
function gapsOf(knowledge: FinderKnowledge, subjects: readonly Subject[]): readonly Gap[] {
  return [...knowledge.gaps, ...absentOf(knowledge, subjects)];
}

function absentOf(knowledge: FinderKnowledge, subjects: readonly Subject[]): Gap[] {
  const held = new Set([
    ...subjects.flatMap(({ members }) => members.map(({ code }) => code)),
    ...knowledge.procedures.flatMap(({ sameAs }) => sameAs),
  ]);
  return [...knowledge.phrasings].flatMap(([code, { phrasings }]) =>
    held.has(code) ? [] : [{ id: code, name: phrasings[0] ?? code, phrasings }],
  );
}

function documentOfGap(gap: Gap): SearchDocument {
  return { id: gapId(gap), names: [gap.name], phrasings: gap.phrasings, context: [] };
}
