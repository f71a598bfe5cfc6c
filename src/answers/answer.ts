import type { Freshness } from "../knowledge/limits.ts";
import type { Choice, Reply } from "../messages/message.ts";
import { words } from "../text/fold.ts";
import { type Aspect, PLAIN } from "../understanding/aspect.ts";
import { asksForMoney } from "../understanding/money.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import { isComplaint } from "./complains.ts";
import { isCorrection, onlyDenies } from "./correction.ts";
import type { Facts, Finder, Findings, FoundProcedure, FoundRule } from "./finder.ts";
import { ACTS, followUp, idsSpokenOf, isNoise } from "./follow-up.ts";
import { ageOf, renderFacts, renderRule } from "./render.ts";
import { twoNeeds } from "./second-need.ts";
import { ownMember, provincesOf, type Subject } from "./subjects.ts";

/** What a message wants. */
export type Intent =
  | "procedure"
  | "rule"
  | "complaint"
  | "status"
  | "deadline"
  | "greeting"
  | "crisis"
  | "offtopic"
  | "unclear";

/** What was understood, and what we would answer with; nothing is rendered yet. */
export type Understanding = {
  readonly intent: Intent;
  readonly aspect: Aspect;
  /** Best first, at most five; empty when we would not answer with a procedure. */
  readonly procedures: readonly FoundProcedure[];
  readonly rules: readonly FoundRule[];
  /** One candidate stands out; otherwise the person chooses. */
  readonly sure: boolean;
  /** Each province has a procedure of its own and the person's is not known: ask. */
  readonly asksProvince?: true;
  /** What is asked for has no record: its name. */
  readonly gap?: string;
  /** Another procedure that the same message asks for. */
  readonly also?: FoundProcedure;
  /** What may be meant where nothing is sure enough to be answered with: offered, best first. */
  readonly maybe?: readonly FoundProcedure[];
  /** What it wants beside telling of danger; the rest belongs to that. */
  readonly beside?: Intent;
};

/** What the conversation so far says about a message. */
export type Context = {
  /** Codes of the procedures spoken of, the present one first. */
  readonly topics: readonly string[];
  /** The question before this one, as typed. */
  readonly asked?: string | undefined;
  /** Codes of the choice that is still open: the person has not said which of them they mean. */
  readonly open?: readonly string[];
  /** Code of the person's province, where they told it. */
  readonly province?: string | undefined;
  /** They said that they ask for a business. */
  readonly business?: boolean | undefined;
};

/** Shares and likelihoods, 0 to 1; set on the development questions. */
const THRESHOLDS = {
  /** Below this likelihood that anything answers it we decline rather than guess. */
  answerable: 0.45,
  /** From this share on a candidate is answered with; below, the person chooses. */
  sure: 0.5,
  /** … or when it is this many times likelier than the next. */
  lead: 4,
  /** A neighbour with this share of the best one's is offered beside the answer. */
  near: 0.25,
  /** One with less than this share of the best one's is no choice. */
  choice: 0.04,
  /** What is not understood well enough to be answered is offered what it may mean, the next where it is nearly as likely … */
  maybe: { answerable: 0.1, share: 0.3, next: 0.4 },
  /** … and what sounds like something that is not ours, where one stands out more. */
  maybeOff: { answerable: 0.03, share: 0.6, next: 1 },
  /** A rule or gap this likely meant is answered whatever was spoken of before. */
  apart: 0.6,
  /** From this share on a complaint is about a procedure: a wrong one would stand in what the agency reads. */
  complained: 0.7,
  /** … where its whole title is said. */
  complainedNamed: 0.5,
  /** … of which it has this share also without the words for officials. */
  complainedBeside: 0.3,
} as const;
/** The person, or who does it to them. */
const SUFFERED = /\b(?:bi|toi|em|minh|tui|ho|phai|me|us)\b/;
const ASKS =
  /\b(?:o dau|bao nhieu|the nao|lam sao|can gi|duoc khong|thi sao|cho nao|voi ai|co quan nao|where|how|what)\b/;
/** "Nhờ ai bảo vệ cháu", "rớt mất cái biển số". */
const NEEDS =
  /\b(?:nho|bao|goi) ai\b|\bmat (?:cai |cuon |het )?(?:giay|bien|the|so|bang|ho chieu|can cuoc)\b/;
/** Candidates offered for choice. */
const MOST_CHOICES = 5;
/** Neighbours offered beside an answer. */
const MOST_NEAR = 2;
/** Offered where nothing is sure. */
const MOST_MAYBE = 2;
/** "Còn người già thì sao": of another case the whole is wanted. */
const ANOTHER_CASE = /\bthi (?:sao|the nao|rang)\b|^what about\b/;
/** A code was named: nothing is as sure. */
const CERTAIN = { score: 1, share: 1, said: 0 } as const;

/** Decides what a message wants. The emergency number comes first; what is asked for beside it in so many words is answered as well. */
export function understand(reading: Reading, context: Context, finder: Finder): Understanding {
  if (!reading.crisis) return understandRest(reading, context, finder);
  // "Giữa đường" in a cry for help asks nothing about the topic at hand.
  const wanted = understandRest(reading, { ...context, topics: [], open: [] }, finder);
  if (wanted.intent === "complaint" || wanted.intent === "status" || asksOrActs(reading))
    return { ...wanted, intent: "crisis", beside: wanted.intent };
  // "Mẹ tôi đột quỵ" sounds like funeral allowances and asks for none.
  const { aspect } = wanted;
  return { intent: "crisis", beside: "unclear", aspect, procedures: [], rules: [], sure: false };
}

/** Whether it asks something, or tells of something to be done or lost. */
function asksOrActs({ folded }: Reading): boolean {
  return ASKS.test(folded) || ACTS.test(folded) || NEEDS.test(folded);
}

function understandRest(reading: Reading, context: Context, finder: Finder): Understanding {
  const none = { aspect: reading.aspect, procedures: [], rules: [], sure: false };
  if (reading.trackingCode || reading.wrongTrackingCode) return { ...none, intent: "status" };
  const named = reading.procedureCode ? finder.subject(reading.procedureCode) : undefined;
  if (named && reading.procedureCode)
    return { ...none, intent: "procedure", ...certainly(named, reading.procedureCode) };
  if (reading.greeting) return { ...none, intent: "greeting" };
  // Whoever was asked for money has something to tell, whatever it was for.
  if (reading.elsewhere && !reading.grievance.cued && !asksForMoney(reading.text))
    return { ...none, intent: "offtopic" };
  if (reading.syllables.length === 0) return { ...none, intent: "unclear" };

  const { province, business } = context;
  const besides = idsSpokenOf(context, finder);
  const both = finder.findBoth(reading, { province, business, besides });
  const found = both.byItself;
  const corrects = context.topics.length > 0 && isCorrection(reading);
  // "Không phải lần đầu cán bộ vòi tiền" begins like a correction and is none.
  const mayComplain = !corrects || reading.grievance.cued;
  if (mayComplain && (isComplaint(reading, found, finder) || tellsOfDemand(reading))) {
    return { ...none, intent: "complaint", procedures: complainedOf(reading, context, found, finder) };
  }
  const present = finder.subject(context.topics[0] ?? "");
  if (present && onlyDenies(reading, present)) return { ...none, intent: "unclear" };
  const open = (context.open ?? []).flatMap((code) => {
    const subject = finder.subject(code);
    return subject ? [{ subject, code, ...CERTAIN }] : [];
  });
  // "phí bao nhiêu?" while the question which procedure is still open.
  if (open.length > 1 && reading.content === 0) return { ...none, intent: "procedure", procedures: open };
  const [best] = found.procedures;
  const [rule] = found.rules;
  const asksRule = rule !== undefined && rule.score > (best?.score ?? Number.NEGATIVE_INFINITY);
  // A rule, or what no record answers, asked for plainly is not about the topic.
  const apart = asksRule ? rule.share : (found.gap?.share ?? 0);
  // "Có cần giấy khám sức khỏe không" asks for a paper of the topic, not for how to get it; so does "báo qua mạng được không".
  const ofTopic = reading.aspect === "documents" || reading.aspect === "online";
  const standsApart = reading.content > 1 && !ofTopic && apart * found.answerable >= THRESHOLDS.apart;
  const two = best && !corrects ? twoNeeds(reading, best, context, finder) : undefined;
  const topic = standsApart || two ? undefined : followUp(reading, context, both, finder);
  if (topic) {
    const known = context.topics.find((code) => finder.subject(code) === topic);
    const aspect = aspectOf(reading, known, context);
    // Of a procedure of provinces only it is the person's own, or the one spoken of.
    const code =
      ownMember(topic, context.province)?.code ??
      known ??
      found.procedures.find(({ subject }) => subject === topic)?.code ??
      topic.code;
    const intent = asksForDeadline(reading) ? "deadline" : "procedure";
    return { ...none, aspect, intent, ...certainly(topic, code) };
  }
  if (found.answerable < THRESHOLDS.answerable) {
    if (reading.grievance.bare) return { ...none, intent: "complaint" };
    const intent = reading.offtopic >= 0.5 ? "offtopic" : "unclear";
    const maybe = isNoise(reading, found) ? [] : maybeMeant(intent, found);
    return { ...none, intent, ...(maybe.length > 0 && { maybe }) };
  }
  if (found.gap) return { ...none, intent: "unclear", gap: found.gap.name };
  if (asksRule) {
    const rules = found.rules.filter(({ share }) => share >= rule.share * THRESHOLDS.near);
    return { ...none, intent: "rule", rules: rules.slice(0, MOST_CHOICES), sure: true };
  }
  if (!best) return { ...none, intent: "unclear" };
  const next = found.procedures[1];
  const [likeliest, also] = two ?? [best];
  const sure =
    two !== undefined || best.share >= THRESHOLDS.sure || best.share >= THRESHOLDS.lead * (next?.share ?? 0);
  return {
    ...none,
    intent: asksForDeadline(reading) ? "deadline" : "procedure",
    procedures: distinctCodes([likeliest, ...(also ? [also] : []), ...found.procedures]).slice(
      0,
      MOST_CHOICES,
    ),
    sure,
    ...(also && { also }),
    ...(sure &&
      context.province === undefined &&
      provincesOf(likeliest.subject) > 1 && { asksProvince: true }),
  };
}

function maybeMeant(intent: "offtopic" | "unclear", { procedures, answerable }: Findings): FoundProcedure[] {
  const least = intent === "offtopic" ? THRESHOLDS.maybeOff : THRESHOLDS.maybe;
  const [best] = procedures;
  if (!best || best.share < least.share || answerable < least.answerable) return [];
  return procedures.filter(({ share }) => share >= best.share * least.next).slice(0, MOST_MAYBE);
}

function distinctCodes(procedures: readonly FoundProcedure[]): FoundProcedure[] {
  return procedures.filter(({ code }, at) => procedures.findIndex((other) => other.code === code) === at);
}

/** The procedure that a complaint is about, if it names one: "cán bộ xã vòi tiền" is not about the pensions of such. */
function complainedOf(
  { folded, grievance: { besideOfficials } }: Reading,
  context: Context,
  { procedures: [best] }: Findings,
  finder: Finder,
): FoundProcedure[] {
  if (!best) return [];
  const isNamed = ` ${folded} `.includes(` ${words(best.subject.title).join(" ")} `);
  if (best.share < (isNamed ? THRESHOLDS.complainedNamed : THRESHOLDS.complained)) return [];
  if (besideOfficials === undefined) return [best];
  const beside = finder.find({ text: besideOfficials, offtopic: 0 }, context).procedures;
  const share = beside.find(({ subject }) => subject === best.subject)?.share ?? 0;
  return share >= THRESHOLDS.complainedBeside ? [best] : [];
}

/** Somebody is asked for money, however few the words: no procedure is meant, unless it is asked where or how. */
function tellsOfDemand({ text, folded, grievance }: Reading): boolean {
  const concerned = grievance.ofOfficials || SUFFERED.test(folded);
  return concerned && !ASKS.test(folded) && asksForMoney(text);
}

/** A procedure that was not understood but chosen. */
export function chosen(subject: Subject, code: string, aspect: Aspect): Understanding {
  return { intent: "procedure", aspect, rules: [], ...certainly(subject, code) };
}

function certainly(subject: Subject, code: string): Pick<Understanding, "procedures" | "sure"> {
  return { procedures: [{ subject, code, ...CERTAIN }], sure: true };
}

/**
 * Whoever turns to something new wants to hear of it as a whole, unless they ask for one thing plainly; whoever asks on
 * about the topic at hand has heard the whole.
 */
function aspectOf(
  { aspect, leaning, folded }: Reading,
  known: string | undefined,
  { topics }: Context,
): Aspect {
  if (known === undefined) return PLAIN.includes(aspect) ? aspect : "general";
  // "Phí cho bé thì sao" names what is asked for; "bố mẹ ở quê thì sao" does not.
  const namesIt = !ANOTHER_CASE.test(folded) || (leaning !== undefined && PLAIN.includes(leaning));
  const asksOn = aspect === "general" && known === topics[0] && namesIt;
  return asksOn ? (leaning ?? aspect) : aspect;
}

/** A day handed in and "when?": the person wants the date, not the rule. */
function asksForDeadline(reading: Reading): boolean {
  const asks = /\b(?:bao gio|khi nao|chung nao|ngay nao|hom nao|when)\b/;
  return reading.days.submitted !== undefined && asks.test(reading.folded);
}

/** What answering needs beside the understanding. */
export type Manner = {
  readonly finder: Finder;
  readonly freshness: Freshness;
  readonly now: Date;
  readonly wording: Wording;
  readonly english: boolean;
  /** What the agency of a kind is called in the person's own commune, as far as both are known. */
  readonly agencyNear?: ((kind: string) => Near | undefined) | undefined;
};
export type Near = { readonly commune: string; readonly agency: string };

/** A button for each procedure that may be meant. */
export function choicesOfMaybe({ aspect, maybe = [] }: Understanding, english: boolean): Choice[] {
  return maybe.map(({ code, subject }) => ({
    id: `m:${code}:${aspect}`,
    label: english ? subject.english : subject.title,
  }));
}

/** The answer's text: one procedure, a short choice, or one rule. */
export function renderAnswer(understanding: Understanding, manner: Manner): Reply {
  const { aspect, procedures, rules, also, sure } = understanding;
  const { wording, english } = manner;
  const [first] = procedures;
  if (understanding.intent === "rule" && rules[0]) return renderRule(rules[0].rule, wording, english);
  if (!first) return { text: wording.answers.unknown, choices: [] };
  const label = ({ subject }: FoundProcedure): string => (english ? subject.english : subject.title);
  const id = ({ code }: FoundProcedure): string => `p:${code}:${aspect}`;
  const choices = procedures.filter(({ share }) => share >= first.share * THRESHOLDS.choice);
  if (!sure && choices.length > 1) {
    return {
      text: wording.answers.choose,
      choices: [
        ...choices.map((one) => ({ id: id(one), label: label(one) })),
        { id: "none", label: wording.answers.noneOfThese },
      ],
    };
  }
  if (understanding.asksProvince) {
    // Of a province that has it twice the first, as for whoever told their province.
    const byProvince = new Map(first.subject.members.toReversed().map((one) => [one.province?.name, one]));
    const choices = first.subject.members.flatMap(({ code, province }) =>
      province && byProvince.get(province.name)?.code === code
        ? [{ id: `p:${code}:${aspect}`, label: province.name }]
        : [],
    );
    return { text: wording.answers.whichProvince(label(first)), choices };
  }
  const reply = renderCode(first.code, aspect, manner);
  const others = procedures
    .filter((one) => one !== first && one !== also && one.share >= first.share * THRESHOLDS.near)
    .slice(0, MOST_NEAR);
  return {
    text: also ? `${reply.text}\n\n${wording.answers.alsoAsked(label(also))}` : reply.text,
    // What is related may be a neighbour that the question could mean as well: one button does for both.
    choices: distinct([
      ...(also ? [{ id: `p:${also.code}:general`, label: label(also) }] : []),
      ...reply.choices,
      ...others.map((one) => ({ id: id(one), label: wording.answers.orRather(label(one)) })),
    ]),
  };
}

function distinct(choices: readonly Choice[]): Choice[] {
  return choices.filter(({ id }, index) => choices.findIndex((other) => other.id === id) === index);
}

/** Who takes in dossiers for others. */
const DESK_OF: Readonly<Record<string, string>> = { "commune-committee": "commune-centre" };

/** One procedure by its code, in the manner of its age; `inCase` as for {@link renderFacts}. */
export function renderCode(code: string, aspect: Aspect, manner: Manner, inCase?: number): Reply {
  const { finder, now, freshness, wording, english } = manner;
  const facts = finder.facts(code);
  if (!facts) return { text: wording.answers.unknown, choices: [] };
  const near = nearOf(facts, manner);
  return renderFacts(facts, aspect, wording, english, ageOf(facts, now, freshness), inCase, near);
}

/** Where the person hands it in, of a checked record that is a commune's alone. */
function nearOf(facts: Facts, { agencyNear, wording }: Manner): string | undefined {
  if (facts.origin !== "curated" || !agencyNear) return undefined;
  const { level, agencyKind } = facts.procedure;
  if (agencyKind === undefined || !level.every((one) => one === "commune")) return undefined;
  const near = agencyNear(DESK_OF[agencyKind] ?? agencyKind);
  return near && wording.card.near(near.commune, near.agency);
}
