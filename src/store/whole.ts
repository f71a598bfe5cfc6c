import type { Complaint } from "../complaints/complaint.ts";
import { identifyingEvents } from "../complaints/person.ts";
import type { Entry } from "./entry.ts";
import type { Tally } from "./tally.ts";

/** A store as one thing to be copied, filled or checked, whether a program has it open or not. */
export type Whole = {
  /** Names the identity key that it needs (seal.ts). */
  readonly keyId: string;
  /** Everything as of one moment, sealed as it is stored; keys come before what they open. */
  entries(): AsyncIterable<Entry>;
  /**
   * Keeps every program out while `act` runs.
   * @throws StoreError when one has it open
   */
  alone<T>(act: () => Promise<T>): Promise<T>;
  /** Whether something was ever stored. */
  holdsData(): Promise<boolean>;
  /**
   * Puts these entries in the place of all that is there, all or nothing, and reads them back; only while `alone`.
   * @returns what it holds now
   * @throws StoreError when what is read back is not the same
   */
  fill(entries: () => AsyncIterable<Entry>): Promise<Tally>;
  /**
   * Wraps all data keys with another identity key, all or nothing; what they seal is not touched. Only while `alone`.
   * @returns the number of data keys
   * @throws WrongKey when it was done already
   */
  rewrap(key: Uint8Array): Promise<number>;
  /** Takes away what a `rewrap` that was broken off left readable for the old key; only while `alone`. */
  dropOldKey(): Promise<void>;
  /**
   * Reads everything and checks it; changes nothing.
   * @param check what else is wrong with a complaint, a sentence each
   */
  verify(check?: CheckComplaint): Promise<Verified>;
  close(): Promise<void>;
};

/** What is wrong with a complaint beyond how it is stored, a sentence each. */
export type CheckComplaint = (complaint: Complaint) => readonly string[];

/**
 * Where a complaint and what is kept of its person do not fit together, a sentence each.
 * @param kept numbers of the events with which an identity is kept
 */
export function identityFaults(complaint: Complaint, kept: readonly number[]): string[] {
  const told = identifyingEvents(complaint);
  return [
    ...told
      .filter((event) => !kept.includes(event))
      .map(
        (event) =>
          `who filed it, told with event ${event}, is missing; restore a backup (motcua restore FILE)`,
      ),
    ...kept
      .filter((event) => !told.includes(event))
      .map((event) => `it says nothing of the person with event ${event}, but an identity is kept`),
  ];
}

/** What a check found. */
export type Verified = {
  readonly complaints: number;
  readonly events: number;
  readonly deliveries: number;
  /** A sentence each; none when all is well. */
  readonly faults: readonly string[];
};
