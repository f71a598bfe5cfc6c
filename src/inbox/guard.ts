import { type Guarded, guardFiling, type NewCase } from "../complaints/guard.ts";
import type { Filed } from "../complaints/recent-filings.ts";
import type { Outcome } from "../conversation/guide.ts";
import type { Inbound, Reply } from "../messages/message.ts";
import type { InboxParts } from "./parts.ts";

/** An outcome that the guards have looked at; `undo` takes back what they remembered, when it is not stored. */
export type GuardedOutcome = { readonly outcome: Outcome; readonly undo: () => void };

/** Lets the guards look at each case that a message files: doubles, floods, cases of the same. */
export async function guardOutcome(
  outcome: Outcome,
  { origin }: Pick<Inbound, "origin">,
  { store, guide, clock, recent }: Pick<InboxParts, "store" | "guide" | "clock" | "recent">,
): Promise<GuardedOutcome> {
  const wording = guide.wordings[outcome.session.language];
  const guarded: { readonly filed: NewCase; readonly became: Guarded }[] = [];
  const noted: Filed[] = [];
  for (const told of newCasesOf(outcome)) {
    const filed = await marked(told, store);
    const { filing, phoneMark } = filed.event;
    const sameDossier = filing.dossierCode ? await store.complaintsByDossier(filing.dossierCode) : [];
    // From here on nothing waits, so that two filings at once are not both the first.
    const now = clock();
    const seen = { id: filed.id, at: now, conversation: filed.event.conversation, filing, phoneMark, origin };
    const findings = {
      suspicion: recent.suspicionOf(seen),
      held: recent.heldBefore(now),
      sameDossier,
      alike: recent.likeOf(seen),
    };
    const became = guardFiling(filed, findings, now, guide.rules, wording);
    const merged = became.change.id !== filed.id;
    recent.note({ ...seen, merged });
    noted.push(seen);
    if (!merged) recent.observe(filed.id, became.change.events);
    guarded.push({ filed, became });
  }
  const undo = (): void => {
    for (const filed of noted) recent.forget(filed);
  };
  return { outcome: guarded.length === 0 ? outcome : replaced(outcome, guarded), undo };
}

function newCasesOf({ complaints = [], deliveries = [] }: Outcome): NewCase[] {
  return complaints.flatMap(({ id, events, identity }) => {
    const [event, ...later] = events;
    if (event?.type !== "filed" || later.length > 0) return [];
    return [{ id, event, identity, deliveries: deliveries.filter(({ complaint }) => complaint === id) }];
  });
}

/** By the mark of their phone number the person's cases meet, without the number. */
async function marked(filed: NewCase, store: InboxParts["store"]): Promise<NewCase> {
  const phone = filed.identity?.person?.phone;
  if (phone === undefined) return filed;
  return { ...filed, event: { ...filed.event, phoneMark: await store.phoneMark(phone) } };
}

/** The outcome with what the guards made of its cases; what is not theirs stays. */
function replaced(outcome: Outcome, guarded: readonly { filed: NewCase; became: Guarded }[]): Outcome {
  const ids = new Set(guarded.map(({ filed }) => filed.id));
  const { complaints = [], deliveries = [] } = outcome;
  return {
    ...outcome,
    complaints: [
      ...complaints.filter(({ id }) => !ids.has(id)),
      ...guarded.map(({ became }) => became.change),
    ],
    deliveries: [
      ...deliveries.filter(({ complaint }) => complaint === undefined || !ids.has(complaint)),
      ...guarded.flatMap(({ became }) => became.deliveries),
    ],
    replies: repliesOf(outcome.replies, guarded),
  };
}

/** A reply about one case is replaced; one about several names the codes that are true now, and what is to be said follows. */
function repliesOf(
  replies: readonly Reply[],
  guarded: readonly { filed: NewCase; became: Guarded }[],
): readonly Reply[] {
  const said = guarded.flatMap(({ became }) => became.reply ?? []);
  if (said.length === 0) return replies;
  if (guarded.length === 1) return said;
  const corrected = replies.map((reply) => ({
    ...reply,
    text: guarded.reduce(
      (text, { filed, became }) => text.replaceAll(filed.event.trackingCode, became.trackingCode),
      reply.text,
    ),
  }));
  return [...corrected, ...said];
}
