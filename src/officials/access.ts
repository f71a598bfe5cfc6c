import { waitsForHuman } from "../complaints/clocks.ts";
import { type Complaint, isConfidential } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import { handles, standsIn } from "../complaints/handles.ts";
import { mayModerate } from "../complaints/quarantine.ts";
import { COORDINATOR } from "../complaints/route.ts";
import type { Official } from "../store/store.ts";

/** Who looks or acts. */
export type Who = Pick<Official, "sender" | "agency" | "role">;

/** A supervisor (giám sát) sees figures only. */
export function seesCases({ role }: Who): boolean {
  return role !== "supervisor";
}

/**
 * Whether somebody looks after what nobody else does. Only the coordinator's own people: one who is bound to another
 * agency may sit in the very unit that a case is about.
 */
export function coordinates({ agency, role }: Who): boolean {
  return role === "coordinator" && agency === COORDINATOR;
}

/**
 * Whether a case may be shown: to the agencies that hold it now, never to the unit complained about; to the
 * coordinator also what nobody answers or what does not arrive, unless it is confidential, and what it acts on in a
 * holder's place. What is held back is shown to those who decide on it.
 */
export function maySee(
  complaint: Complaint,
  who: Who,
  rules: Pick<Rules, "directory" | "contactsOf">,
): boolean {
  if (!seesCases(who)) return false;
  if (complaint.status === "quarantined") return mayModerate(complaint, who, rules);
  if (!handles(complaint, who.agency, rules)) return false;
  if (complaint.holders.includes(who.agency)) return true;
  const astray = waitsForHuman(complaint) || complaint.status === "delivery_problem";
  return coordinates(who) && (standsIn(complaint, rules) || (astray && !isConfidential(complaint)));
}
