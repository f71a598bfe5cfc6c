import type { Vocabulary } from "../knowledge/vocabulary.ts";
import { type Syllable, syllables } from "../text/fold.ts";
import { compilePhrases, findPhrases, hasPhrase } from "../text/phrases.ts";

/** Names of countries that mean something else without their marks: "hàn" and "hạn", "ý" and "y", "nga" and "ngã". */
const UNCLEAR = new Set(["han", "y", "nga"]);

/** Tells whether a message asks for another country's papers ("visa du học Hàn Quốc"), and nothing ties it to this one. */
export function buildElsewhereReader({
  elsewhere,
}: Pick<Vocabulary, "elsewhere">): (text: readonly Syllable[]) => boolean {
  const { englishCountries, englishThings, phrases } = elsewhere;
  const whole = compilePhrases([
    ...phrases,
    ...englishCountries.flatMap((country) => englishThings.map((thing) => `${country} ${thing}`)),
  ]);
  const things = compilePhrases(elsewhere.things);
  const countries = elsewhere.countries.map((country) => syllables(country));
  const here = compilePhrases(elsewhere.here);
  return (text) => {
    const named = (at: number): boolean => countries.some((country) => stands(country, text, at));
    const asked =
      hasPhrase(whole, text) || findPhrases(things, text).some(({ at, length }) => named(at + length));
    return asked && !hasPhrase(here, text);
  };
}

/** Whether a country's name stands there: with its marks, or in a text without any. */
function stands(country: readonly Syllable[], text: readonly Syllable[], at: number): boolean {
  const typed = text.slice(at, at + country.length);
  if (typed.length < country.length) return false;
  if (country.every(({ marked }, place) => typed[place]?.marked === marked)) return true;
  const folded = country.every((syllable, place) => typed[place]?.folded === syllable.folded);
  const unmarked = text.every((syllable) => syllable.marked === syllable.folded);
  return folded && unmarked && (country.length > 1 || !UNCLEAR.has(country[0]?.folded ?? ""));
}
