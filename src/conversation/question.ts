import { type Draft, hidesName, missingOf } from "../complaints/draft.ts";
import { placeName } from "../complaints/route.ts";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import type { Choice, Reply } from "../messages/message.ts";
import type { Wording } from "../wording/citizen.ts";
import type { Guide } from "./guide.ts";
import { apologyChoices, supplementChoices } from "./late.ts";

/** What is asked at the draft's step, with its choices. */
export function question(draft: Draft, guide: Guide, wording: Wording): Reply {
  const words = wording.complaint;
  // Named for its step: pressed twice, it does not skip the next question too.
  const skip: Choice = { id: `d:skip:${draft.step}`, label: words.skip };
  switch (draft.step) {
    case "kind":
      return {
        text: words.askKind,
        choices: ComplaintKind.options.map((kind) => ({ id: `d:kind:${kind}`, label: wording.kinds[kind] })),
      };
    case "story":
      return { text: [words.askStory, words.truthful, filesHint(guide, wording)].join("\n"), choices: [] };
    case "missing":
      return { text: words.askMissing(missingOf(draft)), choices: [skip] };
    case "place": {
      const choices = draft.placeChoices.map((code) => ({
        id: `d:place:${code}`,
        label: placeName(code, guide.rules.directory) ?? code,
      }));
      return { text: choices.length > 0 ? words.placeChoose : words.askPlace, choices: [...choices, skip] };
    }
    case "about":
      return { text: words.askAbout, choices: [...bodiesAt(draft, guide), skip] };
    case "dossier":
      return { text: words.askDossier, choices: [skip] };
    case "promised":
      return { text: words.askPromised, choices: [skip] };
    case "supplements":
      return { text: wording.before.supplements.ask, choices: [...supplementChoices(wording), skip] };
    case "supplemented":
      return { text: wording.before.supplements.askDay, choices: [skip] };
    case "apology":
      return { text: wording.lateness.askApology, choices: [...apologyChoices(wording), skip] };
    case "reappointed":
      return { text: wording.lateness.askReappointed, choices: [skip] };
    case "person": {
      const text = hidesName(draft) ? words.insistPerson : words.askPerson;
      return { text, choices: [{ ...skip, label: words.noName }] };
    }
    case "email":
      return { text: words.askEmail, choices: [skip] };
    case "preview":
      return { text: words.useButtons, choices: [] };
  }
}

/** That files may be sent with it, and how large and how many. */
export function filesHint({ rules }: Guide, { evidence }: Wording): string {
  return evidence.how(rules.evidence.fileMegabytes, rules.evidence.filesACase);
}

/** The bodies a person most likely means at this place. */
function bodiesAt(draft: Draft, guide: Guide): Choice[] {
  return [...guide.rules.directory.agencies.values()]
    .filter((agency) => draft.place?.code !== undefined && agency.area === draft.place.code)
    .slice(0, 4)
    .map((agency) => ({ id: `d:about:${agency.id}`, label: agency.name }));
}
