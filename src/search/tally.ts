import type { Feature } from "./features.ts";
import type { Postings } from "./postings.ts";

/**
 * Adds up, feature by feature, the rarest first, what one question finds; its arrays are used again for the next
 * question.
 */
export type Tally = {
  /** A feature's part of the cosines of all texts that hold it, and of how much of them is asked for. */
  addTexts(texts: Postings, feature: Feature, part: number, asked: number): void;
  /** A feature's gain in likelihood for all documents that hold it, and its part of the shares. */
  addDocuments(documents: Postings, gains: Float32Array, feature: Feature, weight: number, part: Part): void;
  /** The best documents by the rough measure, best first, and then those `besides`, however good; empties the tally. */
  best(texts: Texts, measure: Measure, limit: number, besides: readonly number[]): Tallied[];
};

/** Where a feature's part of a question counts: among its words or its neighbouring pairs. */
type Part = { readonly share: number; readonly isWord: boolean };

/** The rough measure: the nearest texts, and a share of the gain in likelihood less the price of what a document lacks. */
export type Measure = { readonly share: number; readonly price: number; readonly lacks: Float32Array };

/** What the tally must know of the indexed texts: whose they are, their length, and the weight of a name's words. */
export type Texts = {
  readonly document: Int32Array;
  readonly norm: Float32Array;
  /** Rarity of all words of a name together; 0 for a phrasing. */
  readonly name: Float32Array;
};

/**
 * How a document answers a question, each sign for itself: `nearest` and `near` the cosine with its nearest and next
 * nearest texts, `name` with its nearest name, `likelihood` that the question's features come from it rather than from
 * any, `told` and `around` the share of the question's words (by rarity) found in its names and phrasings, or only in
 * what is said around it, `pairs` the share of its neighbouring words found in either, `covered` the share of its best
 * covered name that is asked for, `rarest` the share of the question's rarest words that it holds at all, `sense` how
 * near to its texts the question is by what its words were learnt to speak of. Kept as plain numbers in this order: dozens
 * are made for each question.
 */
export const SIGNS = [
  "nearest",
  "near",
  "name",
  "likelihood",
  "told",
  "around",
  "pairs",
  "covered",
  "rarest",
  "sense",
] as const;

/** `signs`: but for the last two, which the tally cannot tell; `beside`: not one of the best, told all the same. */
export type Tallied = {
  readonly document: number;
  readonly rough: number;
  readonly beside: boolean;
  readonly signs: number[];
};

/** The nearest texts of a document and how much each counts. */
const NEAREST = [0.6, 0.25, 0.15] as const;

/** What more texts hold than this says too little to make a candidate by itself … */
const COMMON = 300;
/** … when the question's rarer features have already made so many. */
const ENOUGH = 300;

/** @param around the weight in the documents' list that says that a feature only stands around the document */
export function createTally(texts: number, documents: number, around: number): Tally {
  const perText = (): Float32Array => new Float32Array(texts);
  const perDocument = (): Float32Array => new Float32Array(documents);
  const [dot, asked] = [perText(), perText()];
  const [gain, toldShare, aroundShare, pairShare] = [
    perDocument(),
    perDocument(),
    perDocument(),
    perDocument(),
  ];
  const [first, second, third, name, covered] = [
    perDocument(),
    perDocument(),
    perDocument(),
    perDocument(),
    perDocument(),
  ];
  const touchedTexts = new Int32Array(texts);
  const touched = new Int32Array(documents);
  /** Whether a text, a document was touched: 1, or 0. */
  const counted = new Uint8Array(texts);
  const seen = new Uint8Array(documents);
  /** One place more than a list can have that is gathered from. */
  const places = new Int32Array(Math.max(texts, documents) + 1);
  let textCount = 0;
  let documentCount = 0;

  const settleTexts = (of: Texts): void => {
    for (let at = 0; at < textCount; at++) {
      const text = touchedTexts[at] ?? 0;
      const document = of.document[text] ?? 0;
      // Of common words alone a document may have a text counted before it was seen itself.
      if (seen[document] === 0) {
        seen[document] = 1;
        touched[documentCount++] = document;
      }
      const cosine = (dot[text] ?? 0) / (of.norm[text] || 1);
      const named = of.name[text] ?? 0;
      if (cosine > (first[document] ?? 0)) {
        third[document] = second[document] ?? 0;
        second[document] = first[document] ?? 0;
        first[document] = cosine;
      } else if (cosine > (second[document] ?? 0)) {
        third[document] = second[document] ?? 0;
        second[document] = cosine;
      } else if (cosine > (third[document] ?? 0)) third[document] = cosine;
      if (named > 0) {
        if (cosine > (name[document] ?? 0)) name[document] = cosine;
        const share = (asked[text] ?? 0) / named;
        if (share > (covered[document] ?? 0)) covered[document] = share;
      }
      dot[text] = 0;
      asked[text] = 0;
      counted[text] = 0;
    }
    textCount = 0;
  };

  const empty = (): void => {
    for (let at = 0; at < documentCount; at++) {
      const document = touched[at] ?? 0;
      gain[document] = 0;
      toldShare[document] = 0;
      aroundShare[document] = 0;
      pairShare[document] = 0;
      first[document] = 0;
      second[document] = 0;
      third[document] = 0;
      name[document] = 0;
      covered[document] = 0;
      seen[document] = 0;
    }
    documentCount = 0;
  };

  return {
    addTexts: ({ start, item, weight }, feature, part, share) => {
      const [from, end] = [start[feature] ?? 0, start[feature + 1] ?? 0];
      const add = (at: number): void => {
        const text = item[at] ?? 0;
        dot[text] = (dot[text] ?? 0) + part * (weight[at] ?? 0);
        asked[text] = (asked[text] ?? 0) + share;
      };
      if (end - from > COMMON && textCount >= ENOUGH) {
        const count = gather(counted, item, from, end, places);
        for (let index = 0; index < count; index++) add(places[index] ?? 0);
        return;
      }
      for (let at = from; at < end; at++) {
        const text = item[at] ?? 0;
        if (counted[text] === 0) {
          counted[text] = 1;
          touchedTexts[textCount++] = text;
        }
        add(at);
      }
    },
    addDocuments: ({ start, item, weight: held }, gains, feature, weight, { share, isWord }) => {
      const [from, end] = [start[feature] ?? 0, start[feature + 1] ?? 0];
      const add = (at: number): void => {
        const document = item[at] ?? 0;
        gain[document] = (gain[document] ?? 0) + weight * (gains[at] ?? 0);
        const shares = !isWord ? pairShare : (held[at] ?? 0) > around ? toldShare : aroundShare;
        shares[document] = (shares[document] ?? 0) + share;
      };
      if (end - from > COMMON && documentCount >= ENOUGH) {
        const count = gather(seen, item, from, end, places);
        for (let index = 0; index < count; index++) add(places[index] ?? 0);
        return;
      }
      for (let at = from; at < end; at++) {
        const document = item[at] ?? 0;
        if (seen[document] === 0) {
          seen[document] = 1;
          touched[documentCount++] = document;
        }
        add(at);
      }
    },
    best: (of, measure, limit, besides) => {
      const { share, price, lacks } = measure;
      settleTexts(of);
      const roughOf = (document: number): number =>
        NEAREST[0] * (first[document] ?? 0) +
        NEAREST[1] * (second[document] ?? 0) +
        NEAREST[2] * (third[document] ?? 0) +
        share * ((gain[document] ?? 0) + price * (lacks[document] ?? 0));
      const best: Ranked[] = [];
      let least = Number.NEGATIVE_INFINITY;
      for (let at = 0; at < documentCount; at++) {
        const document = touched[at] ?? 0;
        const rough = roughOf(document);
        if (rough < least) continue;
        insert(best, { document, rough }, limit);
        if (best.length === limit) least = best[limit - 1]?.rough ?? least;
      }
      const count = best.length;
      for (const document of besides)
        if (!best.some((one) => one.document === document)) best.push({ document, rough: roughOf(document) });
      const tallied = best.map(({ document, rough }, at): Tallied => {
        const signs = [
          first[document] ?? 0,
          ((second[document] ?? 0) + (third[document] ?? 0)) / 2,
          name[document] ?? 0,
          measure.share * ((gain[document] ?? 0) + measure.price * (measure.lacks[document] ?? 0)),
          toldShare[document] ?? 0,
          aroundShare[document] ?? 0,
          pairShare[document] ?? 0,
          covered[document] ?? 0,
        ];
        return { document, rough, beside: at >= count, signs };
      });
      empty();
      return tallied;
    },
  };
}

/**
 * Gathers the places of a list at which what it holds was touched before; gives how many they are. Without a branch: of a
 * long list one in six was, which no processor foresees.
 */
function gather(
  touched: Uint8Array,
  item: Int32Array,
  from: number,
  end: number,
  places: Int32Array,
): number {
  let count = 0;
  for (let at = from; at < end; at++) {
    places[count] = at;
    count += touched[item[at] ?? 0] ?? 0;
  }
  return count;
}

type Ranked = { readonly document: number; readonly rough: number };

/** Keeps the list sorted and no longer than `limit`; of equals the document that comes first. */
function insert(best: Ranked[], one: Ranked, limit: number): void {
  let at = best.length;
  for (; at > 0; at--) {
    const other = best[at - 1];
    if (!other || other.rough > one.rough || (other.rough === one.rough && other.document < one.document))
      break;
    if (at < limit) best[at] = other;
  }
  if (at < limit) best[at] = one;
}
