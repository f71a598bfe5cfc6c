import { type Draft, hidesName, type Step } from "../complaints/draft.ts";
import { agencyName } from "../complaints/file.ts";
import { dossierCodeIn, emailIn, phoneIn } from "../understanding/codes.ts";
import { asksForMoney } from "../understanding/money.ts";
import type { Reading } from "../understanding/reader.ts";
import type { Wording } from "../wording/citizen.ts";
import { decide } from "./decide.ts";
import { isStory, readPerson, withFacts } from "./facts.ts";
import type { Guide, World } from "./guide.ts";
import { ask, reopen } from "./intake.ts";
import { LIKELY } from "./likely.ts";
import { asShown, previewChoices, type Told } from "./preview.ts";

/** What stands between the answers to several questions. */
export const PARTS = /[,;\n]/;
/** Asks who will get the complaint. */
const ASKS_WHO =
  /\b(?:gui|chuyen) (?:den |cho |toi )?(?:ai|dau|cho nao|noi nao|co quan nao)\b|\bai (?:se |duoc )?(?:nhan|doc|xem|biet|xu ly|giai quyet)\b|\bwho (?:gets|receives|will|reads|sees)\b/;
/** Wants news by e-mail, and gives no address yet. */
const ASKS_EMAIL =
  /^(?:(?:da|a|toi|em|minh|tui|cho|muon|xin|can|nho|hay|co the|ban|ad|send|news|please|me|it|to) )*(?:(?:nhan|gui|bao|them|ghi)(?: \S+){0,4} |by |my |qua |dung )?(?:e ?mail|gmail|mail)(?: (?:cho|cua|toi|em|minh|nhe|nha|a|di|voi|duoc khong|duoc ko|please))*$/;
/** Fewer words than these tell nothing. */
const FEW_WORDS = 2;

/**
 * What is typed under the preview: an addition that has a button there, more of what happened, a question who gets it; any
 * other words are kept and may be added with one press.
 */
export function tellAtPreview(
  draft: Draft,
  reading: Reading,
  world: World,
  guide: Guide,
  wording: Wording,
): Told {
  const words = wording.complaint;
  const added = addAtPreview(draft, reading);
  if (added?.step === "preview") return ask(added, world, guide, wording, [words.added]);
  if (added) return ask(added, world, guide, wording);
  if (ASKS_EMAIL.test(reading.folded) && !isTale(reading))
    return ask({ ...draft, step: "email" }, world, guide, wording);
  if (isTale(reading)) return addWords(draft, reading, world, guide, wording);
  if (ASKS_WHO.test(reading.folded))
    return under(draft, whoGets(draft, world, guide, wording), world, guide, wording);
  if (reading.syllables.length < FEW_WORDS || !/\p{L}/u.test(reading.text))
    return under(draft, words.useButtons, world, guide, wording);
  const kept = { ...draft, typed: reading.text };
  return under(kept, wording.before.keepWords(reading.text), world, guide, wording);
}

/** Whether what is typed under the preview is about the preview itself. */
export function isOfPreview(draft: Draft, reading: Reading): boolean {
  const { folded } = reading;
  return (
    isTale(reading) ||
    ASKS_EMAIL.test(folded) ||
    ASKS_WHO.test(folded) ||
    addAtPreview(draft, reading) !== undefined
  );
}

/** More of what happened goes into the story, and what it tells is read again. */
export function addWords(draft: Draft, reading: Reading, world: World, guide: Guide, wording: Wording): Told {
  const told = withFacts({ ...draft, kind: kindTold(draft, reading) }, reading);
  return reopen(withWords(told, reading.text), world, guide, wording, [wording.complaint.added]);
}

/** The draft with these words in its story, once. */
export function withWords(draft: Draft, text: string): Draft {
  return draft.story.includes(text) ? draft : { ...draft, story: [...draft.story, text] };
}

/** The kind after this was told: where none was known, what is plain now; “Việc khác” gives way only to what a word says. */
export function kindTold({ kind }: Draft, { grievance }: Reading): Draft["kind"] {
  const { plain, said, likelihood } = grievance;
  const better = kind === undefined ? plain : kind === "other" && plain && said;
  return better && likelihood >= LIKELY ? grievance.kind : kind;
}

function isTale(reading: Reading): boolean {
  return (isStory(reading) && reading.grievance.cued) || asksForMoney(reading.text);
}

/** Says something under the preview, which stays as it was shown. */
export function under(draft: Draft, text: string, world: World, guide: Guide, wording: Wording): Told {
  const { lateness } = decide(draft, guide, asShown(draft, world));
  return { draft, reply: { text, choices: previewChoices(draft, lateness, world, guide, wording) } };
}

function whoGets(draft: Draft, world: World, guide: Guide, wording: Wording): string {
  const { chosen } = decide(draft, guide, asShown(draft, world));
  const names = [...chosen.to, ...chosen.copy].map((id) => agencyName(id, guide.rules.directory)).join(", ");
  return [wording.before.goesTo(names), wording.complaint.why(chosen.why.join(". "))].join("\n");
}

/** What is plainly of what has a button under the preview: the dossier's code, a name with a phone, an e-mail address. */
function addAtPreview(draft: Draft, { text, dossierCode }: Reading): Draft | undefined {
  const email = emailIn(text);
  const rest = (email ? text.replace(email, ",") : text).split(PARTS).filter((part) => !dossierCodeIn(part));
  const person = phoneIn(text) ? readPerson(rest.join(", ")) : undefined;
  // Whose name is kept out is told first what giving it means.
  const asks = person !== undefined && hidesName(draft);
  const named = person && !asks;
  const added: Step[] = [
    ...(dossierCode ? (["dossier"] as const) : []),
    ...(named ? (["person"] as const) : []),
    ...(email ? (["email"] as const) : []),
  ];
  if (added.length === 0 && !asks) return undefined;
  return {
    ...draft,
    ...(dossierCode && { dossierCode }),
    ...(named && { person }),
    ...(email && { email }),
    done: [...draft.done.filter((step) => !added.includes(step)), ...added],
    step: asks ? "person" : draft.step,
  };
}
