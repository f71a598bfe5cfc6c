import type { Role } from "../complaints/complaint.ts";

/** A person who acts for an agency, as far as the rules need to know them. */
export type BoundOfficial = {
  readonly sender: string;
  readonly agency: string;
  readonly role: Role;
};
