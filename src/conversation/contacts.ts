import type { Complaint } from "../complaints/complaint.ts";
import { knowsPerson } from "../complaints/identity.ts";
import { dispute } from "../complaints/progress.ts";
import { personalDataIn, withoutPersonalData } from "../understanding/personal-data.ts";
import type { Wording } from "../wording/citizen.ts";
import { TAKEN_OUT } from "../wording/official.ts";
import { button, expects } from "./case-outcome.ts";
import type { Outcome } from "./guide.ts";
import type { Expecting } from "./session.ts";
import type { Turn } from "./turn.ts";

/** What a person types for an agency after filing. */
export type Typed = Extract<Expecting, { kind: "information" | "dispute" | "withdrawal" }>;

/** The kinds of personal data in a text, in one phrase; undefined where there are none. */
export function kindsIn(texts: readonly string[], { personal }: Wording): string | undefined {
  const kinds = new Set(texts.flatMap(personalDataIn).map(({ kind }) => personal[kind]));
  return kinds.size > 0 ? [...kinds].join(", ") : undefined;
}

/** The text without what tells who the person is. */
export function withoutContacts(text: string): string {
  return withoutPersonalData(text, TAKEN_OUT);
}

/** Points out what tells who the person is, before it goes to somebody who does not know; undefined when there is none. */
export function askContacts(
  kind: Typed["kind"],
  complaint: Complaint,
  text: string,
  turn: Turn,
  before: readonly string[] = [],
): Outcome | undefined {
  const { world, guide, wording } = turn;
  const { relay, complaint: words } = wording;
  const kinds = kindsIn([text], wording);
  const to = kind === "dispute" ? dispute(complaint, text, world.now, guide.rules).to : complaint.holders;
  if (!kinds || to.every((agency) => knowsPerson(complaint, agency))) return undefined;
  const said = [...before, relay.contacts(kinds)].join("\n");
  return expects(turn, { kind, complaint: complaint.id, text }, said, [
    button("strip", complaint, relay.sendWithout(kinds)),
    button("send", complaint, relay.sendAsIs),
    { id: "c:drop", label: words.cancel },
  ]);
}
