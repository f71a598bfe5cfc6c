import { z } from "zod";

const Weights = z.record(z.string(), z.number());

/**
 * How much each sign counts, fitted and not set by hand: `rank` orders the candidates of one question (the shares of a
 * softmax), `answerable` tells a question that one of them answers from one that none does (a logistic model, with its
 * `bias`), both by `scripts/fit-ranking.ts`; `followUp` orders what a message in a conversation may be about, by
 * `scripts/fit-follow-ups.ts`; `complaint` tells a complaint from anything else, by `scripts/fit-complaints.ts`.
 */
export const Ranking = z.strictObject({
  rank: Weights,
  answerable: Weights,
  bias: z.number(),
  followUp: Weights,
  complaint: Weights,
});
export type Ranking = z.infer<typeof Ranking>;
