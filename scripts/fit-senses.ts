/**
 * Learns `knowledge/senses.txt`: what words speak of, from the texts by which the procedures are found.
 *
 *   tsx scripts/fit-senses.ts --catalogue FILE
 *
 * Each name and phrasing is to find its own procedure among all by the sum of its words' vectors, of which a part is left
 * out each time (so that none is relied on alone). Labelled questions take no part. The same files give the same vectors.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { allThatIsMeant } from "../src/answers/finder.ts";
import { readCatalogueInput } from "../src/catalogue/gather.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { STEPS, writeSenses } from "../src/knowledge/senses.ts";
import { termsOf } from "../src/search/sense.ts";
import { buildLexicon } from "../src/text/lexicon.ts";
import { seeded } from "./bench/seeded.ts";

const DIMENSIONS = 48;
/** A word or pair that fewer texts have says nothing that holds. */
const LEAST_TEXTS = 4;
const EPOCHS = 8;
const BATCH = 256;
/** Share of a text's words that is left out. */
const LEFT_OUT = 0.4;
const RATE = { first: 0.12, last: 0.01 } as const;
/** What is less likely than this pulls at nothing. */
const NEGLIGIBLE = 1e-4;

/** A text: which document it is of, the rows of its terms, and what it weighs: a document's texts together its root. */
type Text = { readonly of: number; readonly rows: readonly number[]; readonly weight: number };
/** Vectors one after the other, with what Adagrad remembers of each. */
type Vectors = { readonly values: Float32Array; readonly squares: Float32Array };

const random = seeded(1);

async function main(catalogueFile: string): Promise<void> {
  const knowledge = loadKnowledge("knowledge");
  const { documents } = allThatIsMeant(knowledge, await readCatalogueInput([catalogueFile]));
  const lexicon = buildLexicon(knowledge.vocabulary);
  const told = documents.map(({ names, phrasings }) =>
    [...names, ...phrasings].map((text) => termsOf(lexicon.read(text).words)),
  );
  const rows = rowsOf(told.flat());
  const texts = told.flatMap((own, of) =>
    own.map((terms) => ({
      of,
      rows: terms.flatMap((term) => rows.get(term) ?? []),
      weight: 1 / Math.sqrt(own.length),
    })),
  );
  const mean = texts.reduce((sum, { weight }) => sum + weight, 0) / texts.length;
  const terms = learn(
    texts.map((text) => ({ ...text, weight: text.weight / mean })),
    rows.size,
    documents.length,
  );
  const largest = terms.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const vectors = Int8Array.from(terms, (value) => Math.round((value / largest) * STEPS));
  writeFileSync("knowledge/senses.txt", writeSenses({ dimensions: DIMENSIONS, rows, vectors }));
}

/** The terms that enough texts have, in the order of the alphabet. */
function rowsOf(texts: readonly (readonly string[])[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const text of texts) for (const term of new Set(text)) count.set(term, (count.get(term) ?? 0) + 1);
  const known = [...count.keys()].filter((term) => (count.get(term) ?? 0) >= LEAST_TEXTS).sort();
  return new Map(known.map((term, row) => [term, row]));
}

/** The terms' vectors, by softmax over all documents and Adagrad. */
function learn(texts: readonly Text[], termCount: number, documentCount: number): Float32Array {
  const terms = vectors(termCount);
  const documents = vectors(documentCount);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE.first * (1 - epoch / EPOCHS) + RATE.last;
    const shuffled = random.shuffle(texts);
    let loss = 0;
    for (let from = 0; from < shuffled.length; from += BATCH)
      loss += learnBatch(shuffled.slice(from, from + BATCH), terms, documents, rate);
    process.stdout.write(`epoch ${epoch + 1} of ${EPOCHS}: loss ${(loss / texts.length).toFixed(3)}\n`);
  }
  return terms.values;
}

function learnBatch(batch: readonly Text[], terms: Vectors, documents: Vectors, rate: number): number {
  const ofTerms = new Map<number, Float32Array>();
  const ofDocuments = new Map<number, Float32Array>();
  let loss = 0;
  for (const { of, rows, weight } of batch) {
    const kept = rows.length > 2 ? rows.filter(() => random.next() > LEFT_OUT) : rows;
    if (kept.length === 0) continue;
    const spoken = sumOf(kept, terms.values);
    const shares = softmax(scoresOf(spoken, documents.values));
    loss -= Math.log((shares[of] ?? 0) + 1e-9);
    const back = new Float32Array(DIMENSIONS);
    shares.forEach((share, document) => {
      const pull = weight * (share - (document === of ? 1 : 0));
      if (Math.abs(pull) < NEGLIGIBLE) return;
      add(gradientOf(ofDocuments, document), spoken, 0, pull);
      add(back, documents.values, document * DIMENSIONS, pull);
    });
    for (const row of kept) add(gradientOf(ofTerms, row), back, 0, 1 / Math.sqrt(kept.length));
  }
  descend(terms, ofTerms, rate);
  descend(documents, ofDocuments, rate);
  return loss;
}

function vectors(count: number): Vectors {
  return {
    values: Float32Array.from({ length: count * DIMENSIONS }, () => 0.35 * (random.next() - 0.5)),
    squares: new Float32Array(count).fill(1e-6),
  };
}

function sumOf(rows: readonly number[], values: Float32Array): Float32Array {
  const sum = new Float32Array(DIMENSIONS);
  for (const row of rows) add(sum, values, row * DIMENSIONS, 1 / Math.sqrt(rows.length));
  return sum;
}

function scoresOf(spoken: Float32Array, documents: Float32Array): Float32Array {
  const scores = new Float32Array(documents.length / DIMENSIONS);
  for (let document = 0; document < scores.length; document++) {
    const from = document * DIMENSIONS;
    let sum = 0;
    for (let at = 0; at < DIMENSIONS; at++) sum += (spoken[at] ?? 0) * (documents[from + at] ?? 0);
    scores[document] = sum;
  }
  return scores;
}

function softmax(scores: Float32Array): Float32Array {
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function gradientOf(all: Map<number, Float32Array>, vector: number): Float32Array {
  const known = all.get(vector);
  if (known) return known;
  const made = new Float32Array(DIMENSIONS);
  all.set(vector, made);
  return made;
}

function add(sum: Float32Array, values: Float32Array, from: number, factor: number): void {
  for (let at = 0; at < DIMENSIONS; at++) sum[at] = (sum[at] ?? 0) + factor * (values[from + at] ?? 0);
}

function descend({ values, squares }: Vectors, gradients: Map<number, Float32Array>, rate: number): void {
  for (const [vector, gradient] of gradients) {
    const square = gradient.reduce((sum, value) => sum + value * value, 0) / DIMENSIONS;
    squares[vector] = (squares[vector] ?? 0) + square;
    const step = rate / Math.sqrt(squares[vector] ?? 1);
    const from = vector * DIMENSIONS;
    for (let at = 0; at < DIMENSIONS; at++)
      values[from + at] = (values[from + at] ?? 0) - step * (gradient[at] ?? 0);
  }
}

const { values } = parseArgs({ options: { catalogue: { type: "string" } } });
if (!values.catalogue) throw new Error("--catalogue FILE is needed: the names of all procedures");
await main(values.catalogue);
