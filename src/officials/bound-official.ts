import type { Role } from "../complaints/complaint.ts";

/** A person who acts for an agency, as far as the rules need to know them. */
export type BoundOfficial = {
  readonly sender: string;
  readonly agency: string;
  readonly role: Role;
};

/** Whether messages reach them: who sits at the desk in a browser has no chat. */
export function hasChat({ sender }: BoundOfficial): boolean {
  return !sender.startsWith("desk:");
}
