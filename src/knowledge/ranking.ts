import { z } from "zod";

const Weights = z.record(z.string(), z.number());

/**
 * How much each sign counts, fitted by `scripts/fit-ranking.ts` and not by hand: `rank` orders the candidates of one
 * question (the shares of a softmax), `answerable` tells a question that one of them answers from one that none does
 * (a logistic model, with its `bias`).
 */
export const Ranking = z.strictObject({ rank: Weights, answerable: Weights, bias: z.number() });
export type Ranking = z.infer<typeof Ranking>;
