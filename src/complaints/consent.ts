import type { Complaint } from "./complaint.ts";
import type { Rules } from "./file.ts";
import { askStanding } from "./identity.ts";
import type { Person } from "./person.ts";
import { type Step, toAgencies, toOneAlone } from "./tell.ts";

/**
 * The person lets the agency that asked know who they are. `given`: the name, where it was not told before. Undefined when
 * nobody asks any more, or no name is known.
 */
export function consent(
  complaint: Complaint,
  given: Person | undefined,
  now: Date,
  rules: Rules,
): (Step & { readonly agency: string }) | undefined {
  const ask = askStanding(complaint);
  if (!ask || ask.refused || !(given || complaint.filing.named)) return undefined;
  const { agency } = ask.asked.by;
  return {
    agency,
    events: [
      {
        type: "identity-opened",
        at: now.toISOString(),
        agency,
        basis: "consent",
        ...(given && { given: true }),
      },
    ],
    deliveries: toOneAlone(complaint, agency, ask.asked.reason, rules),
    ...(given && { identity: { person: given } }),
  };
}

/** The person does not want the agency to know who they are; undefined when nobody asks any more. */
export function refuse(complaint: Complaint, now: Date, rules: Rules): Step | undefined {
  const ask = askStanding(complaint);
  if (!ask || ask.refused) return undefined;
  const { agency } = ask.asked.by;
  return {
    events: [{ type: "identity-refused", at: now.toISOString() }],
    deliveries: toAgencies(complaint, [agency], "identity-refused", rules, ask.asked.reason),
  };
}
