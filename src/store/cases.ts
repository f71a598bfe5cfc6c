import { type Complaint, isClosed } from "../complaints/complaint.ts";
import { type CaseAway, isAway } from "./away.ts";
import { complaintOwner, openCase } from "./seal-entry.ts";
import type { State } from "./state.ts";
import type { PutOff } from "./store.ts";
import type { TalkFiles } from "./talk.ts";

/** The cases of an embedded store, whether they are in memory or lie in its files. */
export type Cases = {
  read(id: string): Promise<Complaint | undefined>;
  /** In this order; those unknown are passed over. */
  readAll(ids: readonly string[]): Promise<Complaint[]>;
  /** One by one, as each stands when its turn comes. */
  each(ids: readonly string[]): AsyncIterable<Complaint>;
  /** Those that are not closed, oldest first. */
  open(): (Complaint | CaseAway)[];
  /** Of the open ones those that are not put off beyond `now`, the longest due first. */
  waking(now: Date): string[];
  putOff(cases: readonly PutOff[]): void;
  /** Puts them into memory; when it resolves, all of them are there in the same turn of the event loop. */
  bringBack(ids: readonly string[]): Promise<void>;
  /** It has new events. */
  changed(id: string): void;
};

/** Cases that were read lately and are kept, so that looking at one and then changing it reads it once. */
const LATELY_MOST = 500;

export function createCases(state: State, talks: TalkFiles): Cases {
  const lately = new Map<string, { readonly known: CaseAway; readonly complaint: Complaint }>();
  /** Until when a case as it stands is put off, in milliseconds since 1970. */
  const waits = new Map<string, number>();

  const readAway = async (known: CaseAway): Promise<Complaint | undefined> => {
    const { id, before } = known;
    const ready = lately.get(id);
    if (ready?.known === known) return ready.complaint;
    // As it stands now, though it may be erased while the disk is read.
    const key = state.keys.get(complaintOwner(id));
    const complaint = await talks.open(known.sealed, (sealed) =>
      openCase({ get: () => key }, id, before, sealed),
    );
    if (complaint && state.complaints.get(id) === known) remember(known, complaint);
    return complaint;
  };
  const remember = (known: CaseAway, complaint: Complaint): void => {
    lately.set(known.id, { known, complaint });
    const [oldest] = lately.keys();
    if (lately.size > LATELY_MOST && oldest !== undefined) lately.delete(oldest);
  };

  const read = async (id: string): Promise<Complaint | undefined> => {
    const known = state.complaints.get(id);
    if (!known || !isAway(known)) return known;
    const complaint = await readAway(known);
    // What happened while the disk was read must not be missed.
    return state.complaints.get(id) === known ? complaint : read(id);
  };
  const each = async function* (ids: readonly string[]): AsyncGenerator<Complaint> {
    for (const id of ids) {
      const complaint = await read(id);
      if (complaint) yield complaint;
    }
  };
  const open = (): (Complaint | CaseAway)[] =>
    [...state.complaints.values()].filter(({ status }) => !isClosed(status));

  const bringBack = async (ids: readonly string[]): Promise<void> => {
    const away = ids.flatMap((id) => {
      const known = state.complaints.get(id);
      return known && isAway(known) ? [known] : [];
    });
    if (away.length === 0) return;
    for (const known of away) {
      const complaint = await readAway(known);
      if (complaint && state.complaints.get(known.id) === known) state.complaints.set(known.id, complaint);
    }
    // A checkpoint may have put one away again meanwhile.
    await bringBack(ids);
  };

  return {
    read,
    readAll: async (ids) => {
      const found: Complaint[] = [];
      for await (const complaint of each(ids)) found.push(complaint);
      return found;
    },
    each,
    open,
    waking: (now) => {
      const waitOf = ({ id }: { readonly id: string }): number => waits.get(id) ?? 0;
      const due = open().filter((known) => waitOf(known) <= now.getTime());
      return due.toSorted((one, other) => waitOf(one) - waitOf(other)).map(({ id }) => id);
    },
    putOff: (cases) => {
      for (const { id, revision, until } of cases) {
        if (state.complaints.get(id)?.revision === revision)
          waits.set(id, until?.getTime() ?? Number.POSITIVE_INFINITY);
      }
    },
    bringBack,
    changed: (id) => {
      lately.delete(id);
      waits.delete(id);
    },
  };
}
