import type { Guards } from "../knowledge/limits.ts";
import { fold } from "../text/fold.ts";
import { hash, longHash } from "../text/hash.ts";
import { createAlike, shinglesOf } from "./alike.ts";
import type { Complaint, ComplaintEvent, Filing, Suspicion } from "./complaint.ts";

/** A filing as the guards compare it. */
export type Filed = {
  readonly id: string;
  readonly at: Date;
  readonly conversation: string;
  readonly filing: Filing;
  /** Stands for the phone number given: the same for the same number. */
  readonly phoneMark?: string | undefined;
  /** Its text went into another case, so that it is none of its own. */
  readonly merged?: boolean;
  /** Stands for the network address it came from, where that is known; only ever held in memory. */
  readonly origin?: string | undefined;
};

/** Several persons who complained of the same about one unit, more than its superior was told of. */
export type Cluster = {
  /** The newest of its cases: the notice is recorded there. */
  readonly newest: string;
  readonly cases: readonly string[];
  readonly persons: number;
  /** The step that was reached. */
  readonly size: number;
};

/** What was filed lately, for all guards that compare cases; a case is looked up, never searched for. */
export type RecentFilings = {
  /** Remembers a filing; again has no effect. */
  note(filed: Filed): void;
  /** What was noted is not stored after all. */
  forget(filed: Filed): void;
  /** Whether a filing is noted. */
  has(id: string): boolean;
  /** What a case went through since. */
  observe(id: string, events: readonly ComplaintEvent[]): void;
  /** The case as the store has it. */
  see(complaint: Complaint): void;
  /** Why a filing that is not noted yet looks like part of a flood; undefined when it does not. */
  suspicionOf(filed: Filed): Suspicion | undefined;
  /** How many were held back within the time of a flood. */
  heldBefore(now: Date): number;
  /** Open cases of others about the same unit and kind in nearly the same words. */
  likeOf(filed: Filed): readonly string[];
  /** The clusters whose superior is still to be told, and the end of what is too old. */
  clusters(now: Date): readonly Cluster[];
};

/** What an address and a unit add at most: together less than a flood, since many people may share both. */
const SHARED_MOST = 0.4;
const DAY_MS = 86_400_000;
/** Filings that are remembered, the latest: a month of two thousand a day. */
const MOST = 60_000;
/** Of those the latest whose words are compared. */
const COMPARED_MOST = 20_000;

/** What is true of a filing, bit by bit: held back or in another case. */
const HELD = 1;
const CLOSED = 2;
/** With a custodian alone: neither counted nor pointed to for others. Bribes are told to custodians anyway. */
const KEPT = 4;

/** Remembers the filings of the time that the guards look back on. */
export function createRecentFilings(guards: Guards): RecentFilings {
  const { flood, cluster, likeness } = guards;
  const windowMs = flood.windowMinutes * 60_000;
  const keptMs = Math.max(cluster.withinCalendarDays * DAY_MS, windowMs);
  // A filing is one place in each column. The columns are made and written once: of a filing more only its id takes memory.
  const ids: (string | undefined)[] = [];
  const placeOf = new Map<string, number>();
  const at = new Float64Array(MOST).fill(NONE);
  const heldAt = new Float64Array(MOST).fill(NONE);
  // Names and numbers are not remembered, only what stands for them.
  const person = new Uint32Array(MOST).fill(NONE);
  const conversation = new Uint32Array(MOST).fill(NONE);
  const origin = new Uint32Array(MOST).fill(NONE);
  const group = new Float64Array(MOST).fill(NONE);
  const state = new Uint8Array(MOST).fill(NONE);
  /** The cluster size that was told on this case. */
  const told = new Uint16Array(MOST).fill(NONE);
  const alike = createAlike(likeness.atLeast, COMPARED_MOST);
  const comparedAt = new Uint16Array(COMPARED_MOST);
  let next = 0;
  let forgottenUntil = 0;

  /** It still counts for how often somebody filed. */
  const unname = (place: number): void => {
    const id = ids[place];
    if (id === undefined) return;
    ids[place] = undefined;
    placeOf.delete(id);
    if (comparedAt[place % COMPARED_MOST] === place) alike.clear(place % COMPARED_MOST);
  };
  const clear = (place: number): void => {
    unname(place);
    at[place] = 0;
    heldAt[place] = 0;
  };
  const is = (place: number, what: number): boolean => ((state[place] ?? 0) & what) !== 0;
  const near = ({ text }: Filing): number[] =>
    alike.near(shinglesOf(text)).map((compared) => comparedAt[compared] ?? 0);
  const countSince = (since: number, moments: Float64Array, column?: Column, value?: number): number => {
    let count = 0;
    for (let place = 0; place < ids.length; place++)
      if ((moments[place] ?? 0) > since && column?.[place] === value) count++;
    return count;
  };
  const follow = (place: number, event: ComplaintEvent): void => {
    const [on, off] = changeOf(event);
    if (event.type === "quarantined" && !is(place, HELD)) heldAt[place] = Date.parse(event.at);
    if (event.type === "clustered") told[place] = event.size;
    state[place] = ((state[place] ?? 0) | on) & ~off;
  };
  const clusterOf = (places: readonly number[]): Cluster | undefined => {
    const persons = new Set(places.map((place) => person[place])).size;
    const size = cluster.sizes.findLast((step) => step <= persons);
    const before = Math.max(0, ...places.map((place) => told[place] ?? 0));
    const cases = inOrder(places);
    const newest = cases.at(-1);
    if (size === undefined || size <= before || newest === undefined) return undefined;
    return { newest, cases, persons, size };
  };
  /** The ids, the oldest filing first. */
  const inOrder = (places: readonly number[]): string[] =>
    places.toSorted((one, other) => (at[one] ?? 0) - (at[other] ?? 0)).flatMap((place) => ids[place] ?? []);

  const recent: RecentFilings = {
    note: (filed) => {
      if (placeOf.has(filed.id)) return;
      const place = next;
      next = (next + 1) % MOST;
      forgottenUntil = Math.max(forgottenUntil, at[place] ?? 0);
      clear(place);
      const { id, filing, merged = false } = filed;
      ids[place] = id;
      placeOf.set(id, place);
      at[place] = filed.at.getTime();
      person[place] = personOf(filed);
      conversation[place] = hash(filed.conversation);
      origin[place] = originOf(filed);
      group[place] = groupOf(filing);
      state[place] = (merged ? HELD : 0) | (filing.threatened && filing.kind !== "bribe" ? KEPT : 0);
      told[place] = 0;
      comparedAt[place % COMPARED_MOST] = place;
      alike.put(place % COMPARED_MOST, shinglesOf(filing.text));
    },
    forget: ({ id }) => {
      const place = placeOf.get(id);
      if (place !== undefined) clear(place);
    },
    has: (id) => placeOf.has(id),
    observe: (id, events) => {
      const place = placeOf.get(id);
      if (place === undefined) return;
      for (const event of events) follow(place, event);
      // Nothing that its person told is remembered any more.
      if (events.some(({ type }) => type === "erased")) unname(place);
    },
    see: (complaint) => {
      const { id, conversation: by, filing, status, events } = complaint;
      const filedAt = new Date(complaint.filedAt);
      if (placeOf.has(id) || status === "erased" || filedAt.getTime() <= forgottenUntil) return;
      const [filed] = events;
      const phoneMark = filed?.type === "filed" ? filed.phoneMark : undefined;
      recent.note({ id, at: filedAt, conversation: by, filing, phoneMark });
      recent.observe(id, events);
    },
    suspicionOf: (filed) => {
      const since = filed.at.getTime() - windowMs;
      const share = (column: Column, value: number, limit: number): number =>
        value === NONE ? 0 : countSince(since, at, column, value) / (limit - 1);
      const ofConversation = share(conversation, hash(filed.conversation), flood.ofConversation);
      const inWords = near(filed.filing).filter((place) => (at[place] ?? 0) > since);
      const ofWords = inWords.length / (flood.ofWords - 1);
      const ofOrigin = share(origin, originOf(filed), flood.ofOrigin);
      const ofUnit = share(group, groupOf(filed.filing), flood.ofUnit);
      const shared = SHARED_MOST * (Math.min(1, ofOrigin) + Math.min(1, ofUnit));
      if (ofConversation + ofWords + shared < 1) return undefined;
      if (Math.max(ofConversation, ofWords) < shared) return "origin";
      return ofConversation >= ofWords ? "conversation" : "words";
    },
    heldBefore: (now) => countSince(now.getTime() - windowMs, heldAt),
    likeOf: (filed) => {
      const about = groupOf(filed.filing);
      if (about === NONE) return [];
      const self = personOf(filed);
      const others = near(filed.filing).filter(
        (place) => group[place] === about && person[place] !== self && !is(place, HELD | CLOSED | KEPT),
      );
      return inOrder(others);
    },
    clusters: (now) => {
      const groups = new Map<number, number[]>();
      for (const [place, id] of ids.entries()) {
        const about = group[place] ?? NONE;
        const age = now.getTime() - (at[place] ?? 0);
        // What is about no unit belongs to no cluster.
        if (age >= (about === NONE ? windowMs : keptMs)) clear(place);
        else if (id !== undefined && about !== NONE && !is(place, HELD | KEPT)) {
          const others = groups.get(about);
          if (others) others.push(place);
          else groups.set(about, [place]);
        }
      }
      return [...groups.values()].flatMap((places) => clusterOf(places) ?? []);
    },
  };
  return recent;
}

type Column = Uint32Array | Float64Array;
/** Stands for no unit, and for no address. */
const NONE = 0;

function personOf({ phoneMark, conversation }: Filed): number {
  return hash(phoneMark ?? conversation);
}

function originOf({ origin }: Filed): number {
  return origin === undefined ? NONE : hash(origin);
}

/** Stands for unit and kind; praise and suggestions accuse nobody, and a case without a unit stands for itself. */
function groupOf({ kind, about, place }: Filing): number {
  if (!about || kind === "praise" || kind === "suggestion") return NONE;
  const unit = about.id ?? (place?.code && `${place.code} ${fold(about.name)}`);
  return unit ? longHash(`${kind} ${unit}`) : NONE;
}

/** What an event makes true of a filing, and what untrue. */
function changeOf({ type }: ComplaintEvent): readonly [on: number, off: number] {
  switch (type) {
    case "quarantined":
    case "objected":
      return [HELD, CLOSED];
    case "released":
      return [0, HELD];
    case "protected":
      return [KEPT, HELD];
    case "closed":
    case "confirmed":
    case "rejected":
    case "withdrawn":
      return [CLOSED, 0];
    case "disputed":
    case "informed":
    case "reopened":
      return [0, CLOSED];
    default:
      return [0, 0];
  }
}
