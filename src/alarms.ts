import { COORDINATOR } from "./complaints/route.ts";
import { type CalendarYear, dayInVietnam, missingYear } from "./knowledge/calendar.ts";
import type { Log } from "./log.ts";
import type { Delivery } from "./messages/delivery.ts";
import { NO_CONTACT } from "./outbox/attempt.ts";
import { problemOf } from "./outbox/problem.ts";
import { NotSaved, type Store } from "./store/store.ts";
import type { LiveSwitches } from "./switches.ts";
import { toldOf } from "./switches.ts";
import type { LostCount } from "./watch/promises.ts";
import { alarms as words } from "./wording/official.ts";

/** Something that a human must see to although the program runs. */
export type Alarm = {
  readonly kind:
    | "dead"
    | "damaged"
    | "no-contact"
    | "lost"
    | "store"
    | "calendar"
    | "guessing"
    | "switched-off"
    | "switches";
  /** For the operator: `/health` and the log. */
  readonly text: string;
  /** For the coordinator, in Vietnamese. */
  readonly notice: string;
};

/** Watches over what nobody would notice, and tells the log, `/health` and the coordinator. */
export type Alarms = {
  current(): Promise<readonly Alarm[]>;
  /** A tracking code was looked up that nobody has. */
  missed(): void;
  /** Tells what is new: each kind at most once a day, whatever happens in between. */
  look(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

export type AlarmParts = {
  readonly store: Pick<Store, "commit" | "figures" | "stuck" | "health">;
  readonly clock: () => Date;
  readonly log: Log;
  readonly calendar: ReadonlyMap<number, CalendarYear>;
  readonly switches: LiveSwitches;
  /** Notices that the daily reconciliation missed, and the name of an agency to tell of them. */
  readonly lost: () => readonly LostCount[];
  readonly nameOf: (agency: string) => string;
  /** Names of the ways to reach an agency. */
  readonly contactsOf: (agency: string) => readonly string[];
  readonly nudge: () => void;
};

const EVERY_MS = 60_000;
/** Look-ups of unknown codes a minute, of all conversations: more are no slips of the finger. */
const GUESSES_A_MINUTE = 60;
/** So long after the last of too many the alarm stands, so that whoever looks by the quarter of an hour sees it. */
const GUESSING_MS = 15 * 60_000;

export function createAlarms(parts: AlarmParts): Alarms {
  const { store, clock, log, calendar, switches, contactsOf, nudge, nameOf } = parts;
  const told = new Map<string, string>();
  let minute = { from: 0, count: 0 };
  let guessedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();
  let on = false;
  let known: { readonly dead: number; readonly lost: number } | undefined;

  /** How many of the dead have no contact. Looked up anew when their number changed: anybody may ask for `/health`. */
  const lostOf = async (dead: number): Promise<number> => {
    if (dead === 0) return 0;
    if (known?.dead !== dead)
      known = { dead, lost: (await store.stuck()).filter(({ problem }) => problem === NO_CONTACT).length };
    return known.lost;
  };

  /** None while the store cannot be asked: that is an alarm of its own. */
  const count = async (): Promise<Record<"dead" | "lost" | "unreadable", number>> => {
    try {
      const { dead, unreadable } = await store.figures();
      return { dead, unreadable, lost: await lostOf(dead) };
    } catch (error) {
      if (error instanceof NotSaved) return { dead: 0, lost: 0, unreadable: 0 };
      throw error;
    }
  };

  const current = async (): Promise<readonly Alarm[]> => {
    const now = clock();
    const health = await store.health();
    const { dead, lost, unreadable } = await count();
    const missed = parts.lost();
    const gone = missed.reduce((sum, one) => sum + one.count, 0);
    const year = missingYear(calendar, now);
    const off = toldOf(switches.now());
    const faults = switches.faults();
    const found: (Alarm | false)[] = [
      !health.ok && alarm("store", health.problem ?? "the store cannot save", words.store),
      unreadable > 0 &&
        alarm(
          "damaged",
          `${unreadable} cases are damaged and cannot be read; see motcua verify, or restore a backup`,
          words.damaged(unreadable),
        ),
      dead > lost &&
        alarm("dead", `${dead - lost} deliveries need a human; see motcua stuck`, words.dead(dead - lost)),
      lost > 0 &&
        alarm(
          "no-contact",
          `${lost} deliveries have no contact; add it to the contacts file`,
          words.noContact(lost),
        ),
      gone > 0 &&
        alarm(
          "lost",
          `${gone} notices to agencies are lost: neither delivered nor in the outbox; see motcua stuck`,
          words.lost(
            gone,
            missed.map((one) => ({ ...one, name: nameOf(one.agency) })),
          ),
        ),
      year !== undefined &&
        alarm(
          "calendar",
          `the holidays of ${year} are missing; add knowledge/calendar/${year}.yaml`,
          words.calendar(year),
        ),
      now.getTime() - guessedAt < GUESSING_MS &&
        alarm("guessing", "many tracking codes that nobody has are being looked up", words.guessing),
      off.length > 0 && alarm("switched-off", off.join("; "), words.switchedOff(off.length)),
      faults.length > 0 &&
        alarm(
          "switches",
          "the switches file has faults, the last good switches hold; run motcua switch",
          words.switches,
        ),
    ];
    return found.filter((one) => one !== false);
  };

  const look = async (): Promise<void> => {
    const day = dayInVietnam(clock());
    known = undefined;
    const fresh = (await current()).filter(({ kind }) => told.get(kind) !== day);
    for (const { kind, text } of fresh) log("error", "alarm", { kind, reason: text });
    const contacts = contactsOf(COORDINATOR);
    if (fresh.length > 0 && contacts.length === 0) log("error", "alarm", { kind: "no-coordinator" });
    const at = clock().toISOString();
    const deliveries = fresh.flatMap((one) =>
      contacts.map((contact, way) => noticeOf(one, day, at, contact, way)),
    );
    if (deliveries.length > 0) {
      // The id holds the day: what another process, or this one before a restart, has promised is not promised twice.
      await store.commit({ deliveries });
      nudge();
    }
    for (const { kind } of fresh) told.set(kind, day);
  };

  const run = async (): Promise<void> => {
    try {
      await look();
    } catch (error) {
      log("error", "alarm", { kind: "store", problem: problemOf(error) });
    }
    if (on) timer = setTimeout(begin, EVERY_MS);
  };
  const begin = (): void => {
    underWay = run();
  };

  return {
    current,
    look,
    missed: () => {
      const now = clock().getTime();
      if (now - minute.from >= EVERY_MS) minute = { from: now, count: 0 };
      minute.count += 1;
      if (minute.count > GUESSES_A_MINUTE) guessedAt = now;
    },
    start: () => {
      on = true;
      begin();
    },
    stop: () => {
      on = false;
      clearTimeout(timer);
      return underWay;
    },
  };
}

function alarm(kind: Alarm["kind"], text: string, notice: string): Alarm {
  return { kind, text, notice };
}

function noticeOf({ kind, notice }: Alarm, day: string, at: string, contact: string, way: number): Delivery {
  const id = `alarm.${kind}.${day}.${way}`;
  return {
    id,
    to: { kind: "agency", agency: COORDINATOR, contact },
    content: { kind: "alarm", alarm: { id, kind, subject: words.subject, text: notice, at } },
  };
}
