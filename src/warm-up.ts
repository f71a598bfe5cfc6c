import type { Clock } from "./clock.ts";
import type { Guide } from "./conversation/guide.ts";
import { respond } from "./conversation/respond.ts";
import { newSession } from "./conversation/session.ts";
import type { Knowledge } from "./knowledge/load.ts";

/** Milliseconds of answering in advance at one go, which somebody who asks meanwhile waits longer, and between two of them. */
const SPELL = 10;
const PAUSE = 2;
/** A pause that ends so many milliseconds late was somebody's who asked: they come first, and it is looked again after a while. */
const LATE = 2;
const WHILE = 100;
/** Of each procedure and rule; with one of each, answers still took a seventh longer afterwards. */
const PHRASINGS_EACH = 3;
/** Of the imported procedures that are phrased, one in so many. */
const IMPORTED_EACH = 20;
/** Complaints told in advance, of each kind. */
const COMPLAINTS_EACH = 3;

/**
 * Answers some of the knowledge's own phrasings right after the start, and forgets that it did: the first people who ask
 * need not wait for what is built, or made quick, when it is first needed. Gives the way to stop it.
 */
export function warmUp(guide: Guide, knowledge: Knowledge, clock: Clock): () => void {
  const left = saidInAdvance(knowledge);
  let next: NodeJS.Timeout;
  const pause = (milliseconds: number): void => {
    const due = performance.now() + milliseconds;
    next = setTimeout(() => step(due), milliseconds).unref();
  };
  const step = (due: number): void => {
    if (performance.now() > due + LATE) return pause(WHILE);
    const until = performance.now() + SPELL;
    while (performance.now() < until) {
      const text = left.pop();
      if (text === undefined) return;
      answer(text, guide, clock());
    }
    pause(PAUSE);
  };
  pause(PAUSE);
  return () => {
    clearTimeout(next);
  };
}

/** The same at one go, for whoever then measures how quickly a program that runs for long answers. */
export function warmUpNow(guide: Guide, knowledge: Knowledge, now: Date): void {
  for (const text of saidInAdvance(knowledge).toReversed()) answer(text, guide, now);
}

function answer(text: string, guide: Guide, now: Date): void {
  respond(newSession("vi"), { kind: "text", text }, { ...NOBODY, now }, guide);
}

/** In whose world nothing happened. */
const NOBODY = {
  fresh: { complaint: "", trackingCode: "" },
  conversation: "",
  mine: [],
  privately: true,
} as const;

/** Words and a place that are misspelt: what finds the right ones is made when it is first needed, in 40 ms. */
const SLIPS = "lm giáy khai sihn o xã Nui Thnah";

/** In the order of their use from the end: what most people ask is answered last, and stays ready longest. */
function saidInAdvance({ procedures, rules, phrasings, examples }: Knowledge): string[] {
  const imported = [...phrasings.values()].filter((_, at) => at % IMPORTED_EACH === 0);
  return [
    ...[...procedures, ...rules, ...imported].flatMap((asked) => asked.phrasings.slice(0, PHRASINGS_EACH)),
    ...examples.flatMap(({ texts }) => texts.slice(0, COMPLAINTS_EACH)),
    SLIPS,
  ];
}
