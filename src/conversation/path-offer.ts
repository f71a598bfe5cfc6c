import type { FormalWay } from "../complaints/authority.ts";
import type { Draft } from "../complaints/draft.ts";
import type { Choice } from "../messages/message.ts";
import { fold } from "../text/fold.ts";
import { legalPathIn, speaksOfCourt } from "../understanding/legal-path.ts";
import type { Wording } from "../wording/citizen.ts";

/** The formal ways, in the order they are told. */
export const WAYS: readonly FormalWay[] = ["complaint", "denunciation"];

/** What is said, once, to who speaks of a complaint, a denunciation or the court. */
export function heardOf(text: string, { before }: Wording): string[] {
  const folded = fold(text);
  const path = legalPathIn(folded);
  return [
    ...(path ? [before.paths.heard[path]] : []),
    ...(speaksOfCourt(folded) ? [before.paths.court] : []),
  ];
}

/** Buttons to the formal ways, beside what is asked: the paper spoken of, and what each way means. */
export function pathChoices(draft: Draft, { before }: Wording): Choice[] {
  if (draft.kind === "praise" || draft.kind === "suggestion") return [];
  const papers = WAYS.filter((way) => way === draft.path).map((way) => ({
    id: `d:paper:${way}`,
    label: before.paper.offer[way],
  }));
  return [...papers, { id: "d:paths", label: before.paths.offer }];
}
