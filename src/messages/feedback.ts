export type Verdict = "up" | "down";

/** Why an answer did not help; the person picks one. */
export const REASONS = ["wrong", "missing", "outdated", "unclear"] as const;
export type Reason = (typeof REASONS)[number];

/** A question that found no answer, or a thumb under an answer. Nothing says who asked. */
export type Feedback = {
  /** As typed; empty where it is not known, looks personal, or was answered well. */
  readonly question: string;
  readonly intent: string;
  /** Absent: there was no answer. */
  readonly verdict?: Verdict;
  /** Told after a thumb down, which was recorded by itself before: not one more thumb. */
  readonly reason?: Reason;
  /** What it was answered with: a procedure's code or a rule's id. */
  readonly code?: string;
};
