import { Danger } from "../knowledge/danger.ts";
import type { Vocabulary } from "../knowledge/vocabulary.ts";
import type { Syllable } from "../text/fold.ts";
import { compilePatterns, findPatterns, type Heard, hasPattern, hear, type Match } from "../text/patterns.ts";

/** Those that patterns tell, the gravest first: of two in one message it is the one answered. */
const TOLD = Danger.exclude(["child"]).options;
/** A cry is heard whatever else is asked for, an event only where nothing takes it away. */
type Signal = { readonly danger: Danger; readonly cry: boolean };

/** What is over soon; who beats may come again. */
const ACCIDENTS: readonly Danger[] = ["fire", "rescue", "medical"];

/**
 * Hears that somebody is in danger now. What merely names a mishap is no cry for help where papers about it are asked
 * for, where it is over, or where it is supposed: "cháy nhà mất giấy tờ".
 */
export function buildCrisisReader({
  crisis,
}: Pick<Vocabulary, "crisis">): (parts: readonly Syllable[]) => Danger | undefined {
  const { lists, cries, events } = crisis;
  const signals = compilePatterns<Signal>(
    TOLD.flatMap((danger) => [
      [{ danger, cry: true }, cries[danger]],
      [{ danger, cry: false }, events[danger]],
    ]),
    lists,
  );
  const compile = (patterns: readonly string[]) => compilePatterns([[undefined, patterns]], lists);
  const otherWords = compile(crisis.otherWords);
  const sayings = compile(crisis.sayings);
  const denied = compile(crisis.denied);
  const paperwork = compile(crisis.paperwork);
  const urgent = compile(crisis.urgent);
  const longAgo = compile(crisis.longAgo);
  const law = compile(crisis.law);
  const lately = compile(crisis.lately);
  const supposed = compile(crisis.supposed);
  const child = compile(crisis.child);

  /** Those that are said as they stand: no part of another word or of a manner of speaking, and not denied. */
  const meant = (found: readonly Match<Signal>[], heard: Heard): Signal[] => {
    if (found.length === 0) return [];
    const others = findPatterns(otherWords, heard);
    const said = findPatterns(sayings, heard);
    const denials = findPatterns(denied, heard);
    return found
      .filter(
        ({ at, end }) =>
          !others.some((other) => other.at < end && at < other.end) &&
          !said.some((saying) => saying.at <= at && end <= saying.end) &&
          !denials.some((denial) => denial.end === at),
      )
      .map(({ means }) => means);
  };
  /** Whether it goes on, as far as the rest of the message tells. */
  const goesOn = ({ danger, cry }: Signal, heard: Heard): boolean => {
    // Who wishes to die says since when; that is not over.
    if (cry && danger === "suicide") return true;
    if (hasPattern(urgent, heard)) return true;
    if (hasPattern(longAgo, heard) || hasPattern(law, heard)) return false;
    if (cry) return true;
    if (ACCIDENTS.includes(danger) && hasPattern(lately, heard)) return false;
    return !hasPattern(paperwork, heard) && (danger === "suicide" || !hasPattern(supposed, heard));
  };
  return (parts) => {
    const heard = hear(parts);
    const found = findPatterns(signals, heard);
    // Nearly every message ends here: the rest need not be fast.
    if (found.length === 0) return undefined;
    const told = meant(found, heard).filter((signal) => goesOn(signal, heard));
    const danger = TOLD.find((one) => told.some((signal) => signal.danger === one));
    return danger === "police" && hasPattern(child, heard) ? "child" : danger;
  };
}
