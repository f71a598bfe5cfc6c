import type { Guards } from "../knowledge/limits.ts";
import { fold } from "../text/fold.ts";
import { hash } from "../text/hash.ts";
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

/** Small: of a month's filings each has one. */
type Entry = {
  readonly id: string;
  readonly at: number;
  /** Stands for the person; no number or name is remembered. */
  readonly person: number;
  readonly group: Group | undefined;
  /** Held back, or in another case. */
  held: boolean;
  closed: boolean;
  /** With a custodian alone: neither counted nor pointed to for others. Bribes are told to custodians anyway. */
  kept: boolean;
  /** The cluster size that was told on this case. */
  told: number;
};
/** Of one unit and kind. */
type Group = { readonly name: string; readonly entries: Set<Entry> };

/** What an address and a unit add at most: together less than a flood, since many people may share both. */
const SHARED_MOST = 0.4;
const DAY_MS = 86_400_000;
/** The latest filings whose words are compared: a month of six hundred a day. */
const COMPARED_MOST = 20_000;
/** What is counted of cases held back. */
const HELD = "held";

/** Remembers the filings of the time that the guards look back on. */
export function createRecentFilings(guards: Guards): RecentFilings {
  const { flood, cluster, likeness } = guards;
  const windowMs = flood.windowMinutes * 60_000;
  const keptMs = Math.max(cluster.withinCalendarDays * DAY_MS, windowMs);
  const entries = new Map<string, Entry>();
  const groups = new Map<string, Group>();
  const rates = createRates(windowMs);
  const alike = createAlike<Entry>(likeness.atLeast, COMPARED_MOST);

  const drop = (entry: Entry): void => {
    entries.delete(entry.id);
    alike.remove(entry);
    entry.group?.entries.delete(entry);
    if (entry.group?.entries.size === 0) groups.delete(entry.group.name);
  };

  const recent: RecentFilings = {
    note: (filed) => {
      if (entries.has(filed.id)) return;
      const name = groupOf(filed.filing);
      const group = name === undefined ? undefined : (groups.get(name) ?? { name, entries: new Set() });
      const entry = entryOf(filed, group);
      entries.set(entry.id, entry);
      if (group) groups.set(group.name, group);
      group?.entries.add(entry);
      for (const key of keysOf(filed)) rates.add(key, entry.at);
      alike.add(shinglesOf(filed.filing.text), entry);
    },
    forget: (filed) => {
      const entry = entries.get(filed.id);
      if (!entry) return;
      drop(entry);
      for (const key of keysOf(filed)) rates.takeBack(key, entry.at);
    },
    has: (id) => entries.has(id),
    observe: (id, events) => {
      const entry = entries.get(id);
      if (!entry) return;
      // Nothing that its person told is remembered any more.
      if (events.some(({ type }) => type === "erased")) {
        drop(entry);
        return;
      }
      for (const event of events) {
        if (event.type === "quarantined" && !entry.held) rates.add(HELD, Date.parse(event.at));
        follow(entry, event);
      }
    },
    see: (complaint) => {
      const { id, filedAt, conversation, filing, status, events } = complaint;
      if (entries.has(id) || status === "erased") return;
      const [filed] = events;
      const phoneMark = filed?.type === "filed" ? filed.phoneMark : undefined;
      recent.note({ id, at: new Date(filedAt), conversation, filing, phoneMark });
      recent.observe(id, events);
    },
    suspicionOf: (filed) => {
      const now = filed.at.getTime();
      const near = alike.near(shinglesOf(filed.filing.text)).filter(({ at }) => at > now - windowMs);
      const share = (before: number, limit: number): number => before / (limit - 1);
      const rate = (key: string | undefined): number => (key === undefined ? 0 : rates.of(key, now));
      const { conversation, origin, unit } = keyed(filed);
      const ofConversation = share(rate(conversation), flood.ofConversation);
      const ofWords = share(near.length, flood.ofWords);
      const ofOrigin = share(rate(origin), flood.ofOrigin);
      const ofUnit = share(rate(unit), flood.ofUnit);
      const shared = SHARED_MOST * (Math.min(1, ofOrigin) + Math.min(1, ofUnit));
      if (ofConversation + ofWords + shared < 1) return undefined;
      if (Math.max(ofConversation, ofWords) < shared) return "origin";
      return ofConversation >= ofWords ? "conversation" : "words";
    },
    heldBefore: (now) => rates.of(HELD, now.getTime()),
    likeOf: (filed) => {
      const group = groups.get(groupOf(filed.filing) ?? "");
      if (!group) return [];
      const person = personOf(filed);
      const others = alike
        .near(shinglesOf(filed.filing.text))
        .filter((other) => other.group === group && other.person !== person)
        .filter(({ held, closed, kept }) => !held && !closed && !kept);
      return others.toSorted((one, other) => one.at - other.at).map(({ id }) => id);
    },
    clusters: (now) => {
      // What is about no unit belongs to no cluster.
      for (const entry of entries.values()) {
        if (entry.at <= now.getTime() - (entry.group ? keptMs : windowMs)) drop(entry);
      }
      rates.sweep(now.getTime());
      const since = now.getTime() - cluster.withinCalendarDays * DAY_MS;
      return [...groups.values()].flatMap(
        ({ entries: cases }) => clusterOf(cases, since, cluster.sizes) ?? [],
      );
    },
  };
  return recent;
}

function entryOf(filed: Filed, group: Group | undefined): Entry {
  const { id, at, filing, merged = false } = filed;
  return {
    id,
    at: at.getTime(),
    person: personOf(filed),
    group,
    held: merged,
    closed: false,
    kept: filing.threatened === true && filing.kind !== "bribe",
    told: 0,
  };
}

function personOf({ phoneMark, conversation }: Filed): number {
  return hash(phoneMark ?? conversation);
}

/** Unit and kind; praise and suggestions accuse nobody, and a case without a unit stands for itself. */
function groupOf({ kind, about, place }: Filing): string | undefined {
  if (!about || kind === "praise" || kind === "suggestion") return undefined;
  const unit = about.id ?? (place?.code && `${place.code} ${fold(about.name)}`);
  return unit && `${kind} ${unit}`;
}

/** What is counted of a filing, by its names. */
function keyed({
  conversation,
  origin,
  filing,
}: Filed): Record<"conversation" | "origin" | "unit", string | undefined> {
  const group = groupOf(filing);
  return { conversation: `c ${conversation}`, origin: origin && `o ${origin}`, unit: group && `u ${group}` };
}

function keysOf(filed: Filed): string[] {
  return Object.values(keyed(filed)).filter((key) => key !== undefined);
}

function follow(entry: Entry, event: ComplaintEvent): void {
  switch (event.type) {
    case "quarantined":
    case "objected":
      entry.held = true;
      entry.closed = false;
      return;
    case "released":
      entry.held = false;
      return;
    case "protected":
      entry.held = false;
      entry.kept = true;
      return;
    case "closed":
    case "confirmed":
    case "rejected":
    case "withdrawn":
      entry.closed = true;
      return;
    case "disputed":
    case "informed":
    case "reopened":
      entry.closed = false;
      return;
    case "clustered":
      entry.told = event.size;
      return;
    default:
  }
}

function clusterOf(group: ReadonlySet<Entry>, since: number, sizes: readonly number[]): Cluster | undefined {
  const cases = [...group].filter(({ held, kept, at }) => !held && !kept && at > since);
  const persons = new Set(cases.map(({ person }) => person)).size;
  const size = sizes.findLast((step) => step <= persons);
  const told = Math.max(0, ...cases.map((entry) => entry.told));
  const newest = cases.toSorted((one, other) => one.at - other.at).at(-1);
  if (size === undefined || size <= told || !newest) return undefined;
  return { newest: newest.id, cases: cases.map(({ id }) => id), persons, size };
}

/** How often each key came within a time before a moment. */
type Rates = {
  add(key: string, at: number): void;
  takeBack(key: string, at: number): void;
  of(key: string, now: number): number;
  sweep(now: number): void;
};

function createRates(windowMs: number): Rates {
  /** In order. */
  const moments = new Map<number, number[]>();
  const rateOf = (key: number, now: number): number => {
    const all = moments.get(key) ?? [];
    const old = countUntil(all, now - windowMs);
    if (old === all.length) moments.delete(key);
    // Not each time: of thousands in the window each would be moved for each that is too old.
    else if (old > all.length / 2) all.splice(0, old);
    return all.length - old;
  };
  return {
    add: (name, at) => {
      const key = keyOf(name);
      const all = moments.get(key);
      if (!all) moments.set(key, [at]);
      // What was filed before may be remembered after what comes now.
      else all.splice(countUntil(all, at), 0, at);
    },
    takeBack: (name, at) => {
      const all = moments.get(keyOf(name)) ?? [];
      const last = countUntil(all, at) - 1;
      if (all[last] === at) all.splice(last, 1);
    },
    of: (name, now) => rateOf(keyOf(name), now),
    sweep: (now) => {
      for (const key of moments.keys()) rateOf(key, now);
    },
  };
}

/** Stands for a name. Signed: as the key of a map it needs no memory of its own then. */
function keyOf(name: string): number {
  return hash(name) | 0;
}

/** How many of the moments, which are in order, are not later than this one. */
function countUntil(moments: readonly number[], until: number): number {
  let [from, to] = [0, moments.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((moments[middle] ?? 0) <= until) from = middle + 1;
    else to = middle;
  }
  return from;
}
