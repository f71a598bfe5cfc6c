import type { Complaint } from "../complaints/complaint.ts";
import { isNamedTo } from "../complaints/identity.ts";
import type { Person } from "../complaints/person.ts";
import { passDamaged, type Store } from "../store/store.ts";

/** Who filed a case, opened for an agency whose notices say so; for all others it stays sealed. */
export async function personFor(
  complaint: Complaint,
  agency: string,
  store: Pick<Store, "identity">,
): Promise<Person | undefined> {
  if (!isNamedTo(complaint, agency)) return undefined;
  return (await passDamaged(store.identity(complaint.id)))?.person;
}
