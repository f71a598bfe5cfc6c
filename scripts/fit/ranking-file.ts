import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { Ranking } from "../../src/knowledge/ranking.ts";

const FILE = "knowledge/ranking.yaml";

/** Puts newly fitted weights in the place of the former; what is not among them stays. */
export function writeRanking(fitted: Partial<Ranking>): void {
  const ranking = { ...Ranking.parse(parse(readFileSync(FILE, "utf8"))), ...fitted };
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const part = (name: "rank" | "answerable" | "followUp" | "complaint"): string[] => [
    `${name}:`,
    ...Object.entries(ranking[name]).map(([signal, weight]) => `  ${signal}: ${round(weight)}`),
  ];
  const lines = [
    "# Written by scripts/fit-ranking.ts, fit-follow-ups.ts and fit-complaints.ts; src/knowledge/ranking.ts says what it means.",
    "# Do not edit by hand.",
    ...part("rank"),
    ...part("answerable"),
    `bias: ${round(ranking.bias)}`,
    ...part("followUp"),
    ...part("complaint"),
  ];
  writeFileSync(FILE, `${lines.join("\n")}\n`);
}

/** Weights by their names, in the order of these. */
export function named(names: readonly string[], weights: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, at) => [name, weights[at] ?? 0]));
}
