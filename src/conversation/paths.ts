import { questionIn } from "../complaints/accused.ts";
import { accusesHead, authorityOf } from "../complaints/authority.ts";
import type { Draft } from "../complaints/draft.ts";
import { draftPaper } from "../complaints/paper.ts";
import { paperText } from "../wording/paper.ts";
import { decide } from "./decide.ts";
import type { Outcome } from "./guide.ts";
import { ask } from "./intake.ts";
import { WAYS } from "./path-offer.ts";
import type { Turn } from "./turn.ts";

/** Tells what each way means; nothing of the draft changes. */
export function tellPaths(draft: Draft, { session, wording }: Turn): Outcome {
  const { paths, paper } = wording.before;
  const text = [paths.feedback, paths.complaint, paths.denunciation, paths.crime, paths.caution].join("\n");
  const choices = [
    { id: "d:keep", label: paths.stay },
    ...WAYS.map((way) => ({ id: `d:paper:${way}`, label: paper.offer[way] })),
  ];
  return { session: { ...session, draft }, replies: [{ text, choices }] };
}

/** Drafts the paper from what was told. Nothing is filed; before a story is told the person is asked on. */
export function offerPaper(value: string, draft: Draft, turn: Turn): Outcome | undefined {
  const way = WAYS.find((known) => known === value);
  if (!way) return undefined;
  const { session, world, guide, wording } = turn;
  const words = wording.before.paper;
  const meant: Draft = { ...draft, path: way };
  if (draft.story.length === 0) {
    const asked = ask(meant, world, guide, wording, [words.later(words.names[way])]);
    return { session: { ...session, draft: asked.draft }, replies: [asked.reply] };
  }
  const { filing } = decide(draft, guide, world.now);
  const question = { ...questionIn(filing), about: filing.about ?? { name: filing.text } };
  const { directory } = guide.rules;
  const headAccused = accusesHead(`${draft.about?.name ?? ""}. ${filing.text}`);
  const authority = authorityOf(way, question, headAccused, directory);
  const paper = draftPaper(way, filing, draft.person, authority, world.now);
  const link = world.paperLink?.(way);
  const text = [
    words.drafted(words.names[way]),
    ...(link ? [words.link(link)] : ["———", paperText(paper), "———"]),
    authority ? words.to(authority.to) : words.unknownTo,
    ...(authority?.above ? [words.above(authority.above)] : []),
    words.fill,
    words.limits[way],
    wording.before.paths.caution,
    ...(way === "denunciation" ? [words.secret] : []),
  ].join("\n");
  return {
    session: { ...session, draft: meant, papers: { ...session.papers, [way]: paper } },
    replies: [{ text, choices: [{ id: "d:keep", label: words.stay }] }],
  };
}
