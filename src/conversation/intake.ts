import { type Draft, isAddition, nextStep, type Step, stepBack } from "../complaints/draft.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import { decide } from "./decide.ts";
import { isStory, withFacts } from "./facts.ts";
import type { Guide, World } from "./guide.ts";
import { mayBeLate } from "./late.ts";
import { LIKELY } from "./likely.ts";
import { asideChoices, preview, type Told, verdictOf } from "./preview.ts";
import { question } from "./question.ts";

/** Begins a complaint with everything that the first message already tells, so that it is not asked again. */
export function begin(
  reading: Reading | undefined,
  procedureCode: string | undefined,
  world: World,
  guide: Guide,
): Draft {
  const empty: Draft = {
    id: world.fresh.complaint,
    shown: 0,
    story: [],
    placeChoices: [],
    done: [],
    step: "kind",
  };
  if (!reading) return empty;
  const { grievance } = reading;
  // Only a complaint comes here: a word that says the kind is enough.
  const kindKnown = grievance.plain && (grievance.said || grievance.likelihood >= LIKELY);
  const told: Draft = {
    ...empty,
    ...(kindKnown && { kind: grievance.kind }),
    story: isStory(reading) ? [reading.text] : [],
    ...(procedureCode && { procedureCode }),
  };
  const full = withFacts(told, reading);
  return { ...full, step: following(full, world, guide) };
}

/** The next step to ask. Before the day has passed nobody is asked for an apology. */
function following(draft: Draft, world: World, guide: Guide): Step {
  const step = nextStep(draft);
  if (step !== "apology" || mayBeLate(decide(draft, guide, world.now).lateness)) return step;
  return nextStep({ ...draft, done: [...draft.done, "apology"] });
}

/** Says what comes next: the question of the draft's step, or the preview. */
export function ask(
  draft: Draft,
  world: World,
  guide: Guide,
  wording: Wording,
  before: readonly string[] = [],
): Told {
  if (draft.step === "preview") return preview(draft, world, guide, wording, before);
  const { text, choices } = question(draft, guide, wording);
  const verdict = draft.step === "apology" ? verdictOf(draft, world, guide, wording) : [];
  return {
    draft,
    reply: {
      text: [...before, ...verdict, text].join("\n"),
      choices: [...choices, ...asideChoices(draft, wording)],
    },
  };
}

/** Goes on from the step that was answered. */
export function advance(
  changed: Draft,
  answered: Step,
  world: World,
  guide: Guide,
  wording: Wording,
  before: readonly string[],
): Told {
  const done = changed.done.includes(answered) ? changed.done : [...changed.done, answered];
  const moved = { ...changed, done };
  return ask({ ...moved, step: following(moved, world, guide) }, world, guide, wording, before);
}

/** Takes up again what was put aside: the question that is open now, or the preview. */
export function reopen(
  draft: Draft,
  world: World,
  guide: Guide,
  wording: Wording,
  before: readonly string[] = [],
): Told {
  return ask({ ...draft, step: following(draft, world, guide) }, world, guide, wording, before);
}

/** One step back, or a sentence when there is none before. What a button of the preview asked leads back to it. */
export function back(draft: Draft, world: World, guide: Guide, wording: Wording): Told {
  if (draft.shown > 0 && isAddition(draft.step)) return reopen(draft, world, guide, wording);
  const before = stepBack(draft);
  return before
    ? ask(before, world, guide, wording)
    : ask(draft, world, guide, wording, [wording.complaint.nothingBefore]);
}
