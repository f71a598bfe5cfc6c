import type { Guards } from "../knowledge/limits.ts";
import { fold } from "../text/fold.ts";
import { createAlike, type Shingles, shinglesOf } from "./alike.ts";
import type { Complaint, ComplaintEvent, Filing, Suspicion } from "./complaint.ts";

/** A filing as the guards compare it. */
export type Filed = {
  readonly id: string;
  readonly at: Date;
  readonly conversation: string;
  readonly filing: Filing;
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
  forget(id: string): void;
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

type Entry = {
  readonly id: string;
  readonly at: number;
  readonly conversation: string;
  readonly person: string;
  readonly group: string | undefined;
  readonly origin: string | undefined;
  readonly shingles: Shingles;
  /** Held back, or in another case. */
  held: boolean;
  closed: boolean;
  /** With a custodian alone: neither counted nor pointed to for others. Bribes are told to custodians anyway. */
  kept: boolean;
  /** The cluster size that was told on this case. */
  told: number;
};

/** What an address and a unit add at most: together less than a flood, since many people may share both. */
const SHARED_MOST = 0.4;
const DAY_MS = 86_400_000;
/** What is counted of cases held back. */
const HELD = "held";

/** Remembers the filings of the time that the guards look back on. */
export function createRecentFilings(guards: Guards): RecentFilings {
  const { flood, cluster, likeness } = guards;
  const windowMs = flood.windowMinutes * 60_000;
  const keptMs = Math.max(cluster.withinCalendarDays * DAY_MS, windowMs);
  const entries = new Map<string, Entry>();
  const groups = new Map<string, Set<Entry>>();
  const rates = createRates(windowMs);
  const alike = createAlike<Entry>(likeness.atLeast);

  const drop = (entry: Entry): void => {
    entries.delete(entry.id);
    alike.remove(entry.shingles, entry);
    const group = groups.get(entry.group ?? "");
    group?.delete(entry);
    if (group?.size === 0) groups.delete(entry.group ?? "");
  };

  const recent: RecentFilings = {
    note: (filed) => {
      if (entries.has(filed.id)) return;
      const entry = entryOf(filed);
      entries.set(entry.id, entry);
      alike.add(entry.shingles, entry);
      for (const key of keysOf(entry)) rates.add(key, entry.at);
      if (entry.group === undefined) return;
      const group = groups.get(entry.group) ?? new Set();
      groups.set(entry.group, group.add(entry));
    },
    forget: (id) => {
      const entry = entries.get(id);
      if (!entry) return;
      drop(entry);
      for (const key of keysOf(entry)) rates.takeBack(key, entry.at);
    },
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
      recent.note({ id, at: new Date(filedAt), conversation, filing });
      recent.observe(id, events);
    },
    suspicionOf: (filed) => {
      const entry = entryOf(filed);
      const near = alike.near(entry.shingles).filter(({ at }) => at > entry.at - windowMs);
      const share = (before: number, limit: number): number => before / (limit - 1);
      const rate = (key: string | undefined): number => (key === undefined ? 0 : rates.of(key, entry.at));
      const ofConversation = share(rate(`c ${entry.conversation}`), flood.ofConversation);
      const ofWords = share(near.length, flood.ofWords);
      const origin = share(rate(entry.origin && `o ${entry.origin}`), flood.ofOrigin);
      const unit = share(rate(entry.group && `u ${entry.group}`), flood.ofUnit);
      const shared = SHARED_MOST * (Math.min(1, origin) + Math.min(1, unit));
      if (ofConversation + ofWords + shared < 1) return undefined;
      if (Math.max(ofConversation, ofWords) < shared) return "origin";
      return ofConversation >= ofWords ? "conversation" : "words";
    },
    heldBefore: (now) => rates.of(HELD, now.getTime()),
    likeOf: (filed) => {
      const entry = entryOf(filed);
      const others = alike
        .near(entry.shingles)
        .filter((other) => entry.group !== undefined && other.group === entry.group)
        .filter((other) => !other.held && !other.closed && !other.kept && other.person !== entry.person);
      return others.toSorted((one, other) => one.at - other.at).map(({ id }) => id);
    },
    clusters: (now) => {
      for (const entry of entries.values()) if (entry.at <= now.getTime() - keptMs) drop(entry);
      rates.sweep(now.getTime());
      const since = now.getTime() - cluster.withinCalendarDays * DAY_MS;
      return [...groups.values()].flatMap((group) => clusterOf(group, since, cluster.sizes) ?? []);
    },
  };
  return recent;
}

function entryOf({ id, at, conversation, filing, origin, merged = false }: Filed): Entry {
  return {
    id,
    at: at.getTime(),
    conversation,
    person: filing.person?.phone?.replaceAll(/\D/g, "") ?? conversation,
    group: groupOf(filing),
    origin,
    shingles: shinglesOf(filing.text),
    held: merged,
    closed: false,
    kept: filing.threatened === true && filing.kind !== "bribe",
    told: 0,
  };
}

/** Unit and kind; praise and suggestions accuse nobody, and a case without a unit stands for itself. */
function groupOf({ kind, about, place }: Filing): string | undefined {
  if (!about || kind === "praise" || kind === "suggestion") return undefined;
  const unit = about.id ?? (place?.code && `${place.code} ${fold(about.name)}`);
  return unit && `${kind} ${unit}`;
}

function keysOf({ conversation, origin, group }: Entry): string[] {
  return [`c ${conversation}`, ...(origin ? [`o ${origin}`] : []), ...(group ? [`u ${group}`] : [])];
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
  const moments = new Map<string, number[]>();
  const fresh = (key: string, now: number): number[] => {
    const all = moments.get(key) ?? [];
    const first = all.findIndex((at) => at > now - windowMs);
    const kept = first === 0 ? all : first < 0 ? [] : all.slice(first);
    if (kept.length === 0) moments.delete(key);
    else if (kept !== all) moments.set(key, kept);
    return kept;
  };
  return {
    add: (key, at) => {
      const all = moments.get(key);
      if (!all) {
        moments.set(key, [at]);
        return;
      }
      const late = at < (all.at(-1) ?? at);
      all.push(at);
      // What was filed before is remembered after what comes now.
      if (late) all.sort((one, other) => one - other);
    },
    takeBack: (key, at) => {
      const all = moments.get(key) ?? [];
      const found = all.lastIndexOf(at);
      if (found >= 0) all.splice(found, 1);
    },
    of: (key, now) => fresh(key, now).length,
    sweep: (now) => {
      for (const key of moments.keys()) fresh(key, now);
    },
  };
}
