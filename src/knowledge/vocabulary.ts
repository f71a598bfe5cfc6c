import { z } from "zod";
import { Text } from "./source.ts";

const Words = z.array(Text);

/** What is told of a danger → patterns. */
const Dangers = z.strictObject({
  suicide: Words,
  police: Words,
  fraud: Words,
  fire: Words,
  rescue: Words,
  medical: Words,
});

const Crisis = z.strictObject({
  /** What patterns name in angle brackets. */
  lists: z.record(z.string(), Words),
  /** Heard by themselves. */
  cries: Dangers,
  /** Heard unless papers about them are asked for, or they are over or supposed. */
  events: Dangers,
  /** Who suffers is a child. */
  child: Words,
  /** Words of another meaning that hold a cue. */
  otherWords: Words,
  /** A cue inside one of these is a manner of speaking. */
  sayings: Words,
  /** Said right before a cue: it does not happen. */
  denied: Words,
  /** Papers are asked for, or what the law says. */
  paperwork: Words,
  /** It goes on now, whatever else is asked for. */
  urgent: Words,
  /** It is over. */
  longAgo: Words,
  /** The law is asked about, nobody's case. */
  law: Words,
  /** … which is over with an accident, not with who beats. */
  lately: Words,
  /** It has not happened. */
  supposed: Words,
});

/**
 * The words people use, as data: everything here is compared after folding (no marks, lower case), so each entry
 * is written once with its marks.
 */
export const Vocabulary = z.strictObject({
  /** Abbreviations and everyday names → what they stand for; both are then searched. */
  expand: z.record(z.string(), Text),
  /** Teencode and shorthand of one syllable → what is meant; replaced. */
  short: z.record(z.string(), Text),
  /** Words that carry no subject; they never steer the search. */
  stop: Words,
  /** English phrases → Vietnamese ones, so that English questions find the same procedures. */
  english: z.record(z.string(), Text),
  /** Aspect of a question → cues. */
  aspects: z.strictObject({
    documents: Words,
    time: Words,
    fee: Words,
    where: Words,
    online: Words,
    steps: Words,
    legal: Words,
    result: Words,
  }),
  /** Words that name an official body; with a grievance they make a complaint. */
  officials: Words,
  /** More names of bodies, which by themselves make no complaint. */
  bodies: Words,
  /** Kind of complaint → cues, strongest first. */
  complaints: z.strictObject({
    bribe: Words,
    late: Words,
    extra_documents: Words,
    overcharge: Words,
    attitude: Words,
    refusal: Words,
    harassment: Words,
    praise: Words,
    suggestion: Words,
    other: Words,
  }),
  /** What became of the written apology for a late result (NĐ 118/2025/NĐ-CP Đ.19.6) → cues. */
  apology: z.strictObject({ none: Words, too_late: Words, twice: Words }),
  /** Said alone they open a complaint of unknown kind. */
  complain: Words,
  /** What people put before and after what they ask. */
  wrapped: z.strictObject({ before: Words.min(1), after: Words.min(1) }),
  /** Somebody is in danger: patterns (`text/patterns.ts`); the answer gives the emergency number first. */
  crisis: Crisis,
  greetings: Words,
  /** Subjects that are not ours. */
  offtopic: Words,
  /**
   * Procedures of other countries, not ours, whatever else the words resemble: a thing before a country in Vietnamese,
   * after it in English, and phrases; but `here` ties a message to this one.
   */
  elsewhere: z.strictObject({
    countries: Words,
    things: Words,
    englishCountries: Words,
    englishThings: Words,
    phrases: Words,
    here: Words,
  }),
  /** Words in a procedure's name that make it a variant → cues in a question that mean that variant. */
  special: z.record(z.string(), Words),
  /** Words of who asks for a company, a shop, an office. */
  business: Words,
  /** Words of who asks for themselves. */
  person: Words,
  /** Words of who asks for one of their family. */
  family: Words,
  /** What says of a whole conversation whether a business asks. */
  asker: z.strictObject({ business: Words, person: Words }),
  /** Beginnings of a question: of another subject than the one at hand, or besides it. */
  another: z.strictObject({ away: Words, besides: Words }),
  /** Words that say where somebody lives: a message of nothing else and a place tells only that. */
  dwelling: Words,
});
export type Vocabulary = z.infer<typeof Vocabulary>;
