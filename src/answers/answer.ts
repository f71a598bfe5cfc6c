import type { Procedure } from "../knowledge/procedure.ts";
import type { Reply } from "../messages/message.ts";
import type { Aspect } from "../understanding/aspect.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import type { Finder, FoundProcedure, FoundRule } from "./finder.ts";
import { renderProcedure, renderRule } from "./render.ts";

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
};

/** Scores are comparable between questions; these were set on the development questions. */
const THRESHOLDS = {
  /** Below it we decline rather than guess. */
  answer: 1,
  /** A rule must be this much better than the best procedure. */
  ruleLead: 0.2,
  /** Below it an off-topic word decides. */
  offtopicYields: 2,
  /** From here on a candidate is answered with, when the next is `lead` behind. */
  sure: 1.5,
  lead: 0.1,
  /** A neighbour this near is offered beside the answer. */
  near: 0.35,
  /** A message this likely a complaint is taken as one. */
  complaint: 0.8,
} as const;
/** Scores from which a follow-up leaves the topic for one of its variants, its sector, or anything else. */
const SWITCH = { variant: 0.9, sector: 1.05, other: 1.7 } as const;
/** Words in a message that may still be a follow-up. */
const FOLLOW_UP_WORDS = 14;
/** Candidates offered for choice. */
const MOST_CHOICES = 5;

/**
 * Decides what a message wants. `topics` are the procedures of this conversation, the present one first.
 */
export function understand(reading: Reading, topics: readonly string[], finder: Finder): Understanding {
  const none = { aspect: reading.aspect, procedures: [], rules: [], sure: false };
  if (reading.crisis) return { ...none, intent: "crisis" };
  if (reading.trackingCode || reading.wrongTrackingCode) return { ...none, intent: "status" };
  const byCode = reading.procedureCode ? finder.byCode(reading.procedureCode) : undefined;
  if (byCode)
    return { ...none, intent: "procedure", procedures: [{ procedure: byCode, score: 1 }], sure: true };
  if (reading.greeting) return { ...none, intent: "greeting" };
  if (reading.elsewhere) return { ...none, intent: "offtopic" };
  if (reading.syllables.length === 0) return { ...none, intent: "unclear" };

  const procedures = finder.procedures(reading.text);
  const rules = finder.rules(reading.text);
  const best = procedures[0]?.score ?? 0;
  const bestRule = rules[0]?.score ?? 0;
  if (
    reading.offtopic &&
    Math.max(best, bestRule) < THRESHOLDS.offtopicYields &&
    reading.grievance.likelihood < THRESHOLDS.complaint
  ) {
    return { ...none, intent: "offtopic" };
  }
  if (reading.grievance.likelihood >= THRESHOLDS.complaint) {
    return {
      ...none,
      intent: "complaint",
      procedures: procedures.filter((hit) => hit.score >= THRESHOLDS.sure).slice(0, 1),
    };
  }
  const topic = followUp(reading, topics, procedures, finder);
  if (topic)
    return { ...none, intent: "procedure", procedures: [{ procedure: topic, score: 1 }], sure: true };
  if (bestRule >= THRESHOLDS.answer && bestRule > best + THRESHOLDS.ruleLead) {
    return {
      ...none,
      intent: "rule",
      rules: rules.filter((hit) => hit.score >= THRESHOLDS.answer).slice(0, MOST_CHOICES),
      sure: true,
    };
  }
  if (best < THRESHOLDS.answer) {
    if (reading.grievance.bare) return { ...none, intent: "complaint" };
    return { ...none, intent: reading.offtopic ? "offtopic" : "unclear" };
  }
  const asked = asksForDeadline(reading) ? "deadline" : "procedure";
  const lead = best - (procedures[1]?.score ?? 0);
  return {
    ...none,
    intent: asked,
    procedures: procedures.filter((hit) => hit.score >= THRESHOLDS.answer * 0.8).slice(0, MOST_CHOICES),
    sure: (best >= THRESHOLDS.sure && lead >= THRESHOLDS.lead) || lead >= THRESHOLDS.near,
  };
}

/**
 * "thế phí bao nhiêu?", "nếu chồng là người nước ngoài thì sao": a short message in a conversation speaks of the topic at
 * hand, unless it names a neighbour of the topic well enough or something else very well; "quay lại …" returns to an
 * earlier topic.
 */
function followUp(
  reading: Reading,
  topics: readonly string[],
  hits: readonly FoundProcedure[],
  finder: Finder,
): Procedure | undefined {
  const topic = topics[0] ? finder.byCode(topics[0]) : undefined;
  if (!topic || reading.offtopic || reading.syllables.length > FOLLOW_UP_WORDS) return undefined;
  const text = reading.syllables.map((syllable) => syllable.folded).join(" ");
  if (/\b(?:quay lai|tro lai)\b/.test(text)) {
    const earlier = topics.slice(1).flatMap((code) => finder.byCode(code) ?? []);
    const named = hits.find(({ procedure }) => earlier.includes(procedure));
    return named?.procedure ?? earlier[0] ?? topic;
  }
  const variants = new Set(topic.variants.map((variant) => variant.code));
  const bar = (procedure: Procedure): number =>
    variants.has(procedure.code)
      ? SWITCH.variant
      : procedure.sector === topic.sector
        ? SWITCH.sector
        : SWITCH.other;
  const own = hits.find(({ procedure }) => procedure === topic)?.score ?? 0;
  const other = hits
    .filter(({ procedure, score }) => procedure !== topic && score >= bar(procedure) && score > own)
    .sort((a, b) => b.score - bar(b.procedure) - (a.score - bar(a.procedure)))[0];
  return other?.procedure ?? topic;
}

/** A day handed in and "when?": the person wants the date, not the rule. */
function asksForDeadline(reading: Reading): boolean {
  const asks = /\b(?:bao gio|khi nao|chung nao|ngay nao|hom nao|when)\b/;
  return reading.days.submitted !== undefined && asks.test(reading.syllables.map((s) => s.folded).join(" "));
}

/** The answer's text: one procedure, a short choice, or one rule. */
export function renderAnswer(understanding: Understanding, wording: Wording, english: boolean): Reply {
  const [first] = understanding.procedures;
  if (understanding.intent === "rule" && understanding.rules[0])
    return renderRule(understanding.rules[0].rule, wording, english);
  if (!first) return { text: wording.answers.unknown, choices: [] };
  if (understanding.sure || understanding.procedures.length === 1) {
    const reply = renderProcedure(first.procedure, understanding.aspect, wording, english);
    const near = understanding.procedures
      .slice(1, 3)
      .filter((hit) => first.score - hit.score < THRESHOLDS.near);
    const others = near.map(({ procedure }) => ({
      id: `p:${procedure.code}:${understanding.aspect}`,
      label: wording.answers.orRather(english ? procedure.english : procedure.title),
    }));
    return { ...reply, choices: [...reply.choices, ...others] };
  }
  return {
    text: wording.answers.choose,
    choices: [
      ...understanding.procedures.map(({ procedure }) => ({
        id: `p:${procedure.code}:${understanding.aspect}`,
        label: english ? procedure.english : procedure.title,
      })),
      { id: "none", label: wording.answers.noneOfThese },
    ],
  };
}
