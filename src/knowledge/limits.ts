import { z } from "zod";
import { TimeUnit } from "./procedure.ts";
import { Day, Text } from "./source.ts";

const Limit = z.strictObject({ amount: z.int().positive(), unit: TimeUnit });

const FreshnessLimit = z
  .strictObject({ warnAfterDays: z.int().positive(), hideAfterDays: z.int().positive() })
  .refine(
    (limit) => limit.warnAfterDays < limit.hideAfterDays,
    "warnAfterDays must be less than hideAfterDays",
  );

/** After how many days a record is told with a warning, and after how many only by its name and link; policy. */
const Freshness = z.strictObject({ curated: FreshnessLimit, imported: FreshnessLimit });
export type Freshness = z.infer<typeof Freshness>;

/** A limit's basis: "policy" for this service's own, else the law or decision it follows. */
const Basis = { source: Text };

/** Two reminders to the person, then the case closes by their silence. */
const Silence = z
  .strictObject({
    ...Basis,
    remindAfter: z.tuple([z.int().positive(), z.int().positive()]),
    closeAfter: z.int().positive(),
  })
  .refine(
    ({ remindAfter: [first, second], closeAfter }) => first < second && second < closeAfter,
    "the two days of remindAfter must rise and lie before closeAfter",
  );

/** The clocks of a complaint. Numbers are working days unless the name says calendar days. */
const Clocks = z.strictObject({
  /** From filing or transfer until somebody takes the case. */
  acknowledge: z.strictObject({ ...Basis, within: z.int().positive() }),
  /** Working days before the day of the answer on which its holders are reminded; 0 is the day itself. */
  reminder: z.strictObject({
    ...Basis,
    daysBefore: z.tuple([z.int().positive(), z.literal(0)]),
  }),
  /** After the day of the answer. */
  overdue: z
    .strictObject({ ...Basis, superiorAfter: z.int().positive(), nextLevelAfter: z.int().positive() })
    .refine(
      ({ superiorAfter, nextLevelAfter }) => superiorAfter < nextLevelAfter,
      "superiorAfter must be less than nextLevelAfter",
    ),
  /** From a question to the person. */
  question: Silence,
  /** From the answer until the person says whether it is solved. */
  confirm: Silence,
  /** From the person's "not solved"; `nextLevelAfter` counts from the end of `within`. */
  repair: z.strictObject({ ...Basis, within: z.int().positive(), nextLevelAfter: z.int().positive() }),
  /** From a notice that could not be delivered until the coordinator takes the case as well. */
  delivery: z.strictObject({ ...Basis, coordinatorAfter: z.int().positive() }),
  /** The person's own reminder: at the soonest so long after filing, and after the last one. */
  nudge: z.strictObject({ ...Basis, every: z.int().positive() }),
  /** How long the person is waited for before two others may open their name without a word from them. */
  identity: z.strictObject({ ...Basis, waitFor: z.int().positive() }),
  /** How long the person may reopen a case that is closed. */
  reopen: z.strictObject({ ...Basis, calendarDays: z.int().positive() }),
});
export type Clocks = z.infer<typeof Clocks>;

/** Guards against floods, doubles and answers for show. */
const Guards = z.strictObject({
  /**
   * What within `windowMinutes` makes a flood: so many filings of one conversation or with nearly the same words; of one
   * network address or about one unit they only add to that.
   */
  flood: z.strictObject({
    ...Basis,
    windowMinutes: z.int().positive(),
    ofConversation: z.int().min(2),
    ofWords: z.int().min(2),
    ofOrigin: z.int().min(2),
    ofUnit: z.int().min(2),
  }),
  /** Working days until a case held back goes on undecided; calendar days in which a person may object to a rejection. */
  quarantine: z.strictObject({
    ...Basis,
    decideWithin: z.int().positive(),
    objectWithinCalendarDays: z.int().positive(),
  }),
  /** From which likeness of their words (0 to 1) two texts are nearly the same. */
  likeness: z.strictObject({ ...Basis, atLeast: z.number().gt(0).max(1) }),
  /** Numbers of persons who complained of the same about one unit within so many days at which its superior is told. */
  cluster: z
    .strictObject({
      ...Basis,
      withinCalendarDays: z.int().positive(),
      sizes: z.array(z.int().min(2)).min(1),
    })
    .refine(
      ({ sizes }) => sizes.every((size, index) => index === 0 || size > (sizes[index - 1] ?? 0)),
      "sizes must rise",
    ),
  /**
   * An answer so many minutes after the case was taken, or sooner, is looked at, and one that is so like the answer to
   * another case (0 to 1), unless it has fewer words.
   */
  answers: z.strictObject({
    ...Basis,
    quickMinutes: z.int().positive(),
    likeness: z.number().gt(0).max(1),
    fewestWords: z.int().positive(),
  }),
  /** Public figures: smaller counts are hidden; figures cover so many days. */
  publicFigures: z.strictObject({
    ...Basis,
    fewest: z.int().min(2),
    calendarDays: z.int().positive(),
  }),
});
export type Guards = z.infer<typeof Guards>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day, as "07:45"');

/** What officials are held to and helped with. */
const Officials = z.strictObject({
  /** An answer with fewer letters says nothing. */
  answer: z.strictObject({ ...Basis, leastLetters: z.int().positive() }),
  /**
   * The morning's list of cases, on working days: not before `from` and, caught up after a late start, not after `until`
   * (times in Viet Nam); what is due within so many working days; so many lines at most.
   */
  digest: z
    .strictObject({
      ...Basis,
      from: TimeOfDay,
      until: TimeOfDay,
      dueWithin: z.int().positive(),
      lines: z.int().positive(),
    })
    .refine(({ from, until }) => from < until, "from must be before until"),
});
export type Officials = z.infer<typeof Officials>;

/** Files that come with a complaint: how large and how many, and how many days a link to one holds. */
const Evidence = z.strictObject({
  ...Basis,
  fileMegabytes: z.int().positive(),
  filesACase: z.int().positive(),
  linkDays: z.int().positive(),
});
export type Evidence = z.infer<typeof Evidence>;

/** How long things are kept. Nothing of an open case is ever erased by time. */
const Retention = z.strictObject({
  ...Basis,
  /** From the closing of a case. */
  closedMonths: z.int().positive(),
  /** So long before, the coordinator is told which ones are next. */
  warnDays: z.int().positive(),
  /** Files of a complaint that was not sent. */
  draftDays: z.int().positive(),
  /** What was said in a conversation that has no case, from the last word. */
  conversationDays: z.int().positive(),
});
export type Retention = z.infer<typeof Retention>;

/** How long an agency has to answer a complaint, by its kind; policy unless a source is named. */
export const Limits = z.strictObject({
  freshness: Freshness,
  answer: z.strictObject({ default: Limit, kinds: z.record(z.string(), Limit) }),
  clocks: Clocks,
  guards: Guards,
  officials: Officials,
  evidence: Evidence,
  retention: Retention,
  /** When on a due day a person who asked for it is reminded; time of day in Viet Nam. */
  remind: z.strictObject({
    ...Basis,
    at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "write the time as HH:MM, in quotes"),
  }),
  source: Text,
  status: z.enum(["policy", "secondary", "checked"]),
  checked: Day,
});
export type Limits = z.infer<typeof Limits>;
