import { type Complaint, isClosed } from "../complaints/complaint.ts";
import { type CaseAway, isAway } from "./away.ts";
import { firstSince } from "./first-since.ts";
import { complaintOwner, openCase } from "./seal-entry.ts";
import type { State } from "./state.ts";
import type { Figures, PutOff } from "./store.ts";
import type { TalkFiles } from "./talk.ts";
import type { Unreadable } from "./unreadable.ts";

/** What cases are chosen by, wherever the rest lies. */
type Known = Complaint | CaseAway;

/** The cases of an embedded store, whether they are in memory or lie in its files. All but `read` pass over damaged ones. */
export type Cases = {
  read(id: string): Promise<Complaint | undefined>;
  /** In this order; those unknown are passed over. */
  readAll(ids: readonly string[]): Promise<Complaint[]>;
  /** All, one by one, as each stands when its turn comes; oldest first. */
  each(): AsyncIterable<Complaint>;
  /** As the store tells. */
  filedSince(since: Date, known: (id: string) => boolean): AsyncIterable<Complaint>;
  /** Those that fit and are not closed, oldest first. */
  open(fits?: (known: Known) => boolean): Promise<Complaint[]>;
  openCount(): number;
  /** Of the open ones those that are not put off beyond `now`, the longest due first. */
  waking(now: Date): AsyncIterable<Complaint>;
  putOff(cases: readonly PutOff[]): void;
  /** As the store tells. */
  standing(): Figures["standing"];
  /** Puts them into memory; when it resolves, all of them are there in the same turn of the event loop. */
  bringBack(ids: readonly string[]): Promise<void>;
  /** It has new events. */
  changed(id: string): void;
};

/** Cases that were read lately and are kept, so that looking at one and then changing it reads it once. */
const LATELY_MOST = 500;

export function createCases(state: State, talks: TalkFiles, unreadable: Unreadable): Cases {
  const lately = new Map<string, { readonly known: CaseAway; readonly complaint: Complaint }>();
  /** Until when a case as it stands is put off, in milliseconds since 1970. */
  const waits = new Map<string, number>();
  /** Of those put off the ones that wait for a human. */
  const standing = new Map<string, NonNullable<PutOff["standing"]>>();

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
  const readable = async (id: string): Promise<Complaint | undefined> => {
    try {
      const complaint = await read(id);
      unreadable.isRead(id);
      return complaint;
    } catch (error) {
      unreadable.passOver(id, error);
      return undefined;
    }
  };
  const each = async function* (ids: Iterable<string>): AsyncGenerator<Complaint> {
    for (const id of ids) {
      const complaint = await readable(id);
      if (complaint) yield complaint;
    }
  };
  const readAll = async (ids: readonly string[]): Promise<Complaint[]> => {
    const found: Complaint[] = [];
    for await (const complaint of each(ids)) found.push(complaint);
    return found;
  };
  const choose = (fits: (known: Known) => boolean): Known[] =>
    [...state.complaints.values()].filter((known) => !isClosed(known.status) && fits(known));

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
    readAll,
    // A copy: what is filed while somebody reads slowly is not read.
    each: () => each([...state.complaints.keys()]),
    filedSince: async function* (since, known) {
      const ids = [...state.complaints.keys()];
      const first = await firstSince(since, ids.length, (place) => readable(ids[place] ?? ""));
      yield* each(ids.slice(first).filter((id) => !known(id)));
    },
    open: async (fits = () => true) => {
      const found = await readAll(choose(fits).map(({ id }) => id));
      // One may have been closed or handed on, or have come under protection, while those before it were read.
      return found.filter((complaint) => !isClosed(complaint.status) && fits(complaint));
    },
    openCount: () => choose(() => true).length,
    waking: async function* (now) {
      const waitOf = ({ id }: Known): number => waits.get(id) ?? 0;
      const due = choose((known) => waitOf(known) <= now.getTime());
      for (const { id } of due.toSorted((one, other) => waitOf(one) - waitOf(other))) {
        const complaint = await readable(id);
        if (complaint && !isClosed(complaint.status)) yield complaint;
      }
    },
    putOff: (cases) => {
      for (const { id, revision, until, standing: why } of cases) {
        if (state.complaints.get(id)?.revision !== revision) continue;
        waits.set(id, until?.getTime() ?? Number.POSITIVE_INFINITY);
        if (why) standing.set(id, why);
        else standing.delete(id);
      }
    },
    standing: () => {
      const counts = new Map<string, Figures["standing"][number]>();
      for (const { why, since } of standing.values()) {
        const { count = 0, oldestAt = since } = counts.get(why) ?? {};
        counts.set(why, { why, count: count + 1, oldestAt: since < oldestAt ? since : oldestAt });
      }
      return [...counts.values()];
    },
    bringBack,
    changed: (id) => {
      lately.delete(id);
      waits.delete(id);
      standing.delete(id);
    },
  };
}
