import { waitsForHuman } from "../complaints/clocks.ts";
import { type Complaint, isProtected } from "../complaints/complaint.ts";
import { mayModerate } from "../complaints/quarantine.ts";
import { COORDINATOR, type Directory, isBarred } from "../complaints/route.ts";
import { questionOf } from "../complaints/tell.ts";
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
 * coordinator also what nobody answers or what does not arrive, unless its kind is protected. What is held back is shown
 * to those who decide on it.
 */
export function maySee(complaint: Complaint, who: Who, directory: Directory): boolean {
  if (!seesCases(who) || isBarred(questionOf(complaint), who.agency, directory)) return false;
  if (complaint.status === "quarantined") return mayModerate(complaint, who, { directory });
  if (complaint.holders.includes(who.agency)) return true;
  const astray = waitsForHuman(complaint) || complaint.status === "delivery_problem";
  return astray && coordinates(who) && !isProtected(complaint.filing.kind);
}
