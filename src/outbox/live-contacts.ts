import { fileStamp } from "../knowledge/read-yaml.ts";
import type { Log } from "../log.ts";
import { type Contacts, readContacts } from "./contacts.ts";

/**
 * The contacts as the file has them now: read again when it changed, so that a corrected address is used without a
 * restart. While the file has faults the last good contacts stay in use.
 */
export function liveContacts(
  file: string,
  agencyIds: { has(id: string): boolean },
  log: Log,
): () => Contacts {
  let seen = "";
  let current: Contacts = { contactsOf: () => [] };
  return () => {
    const stamp = fileStamp(file);
    if (stamp === seen) return current;
    seen = stamp;
    const { contacts, faults } = readContacts(file, agencyIds);
    if (faults.length === 0) current = contacts;
    else log("error", "contacts file has faults; run motcua check", { count: faults.length });
    return current;
  };
}
