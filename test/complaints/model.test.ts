import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barredFrom } from "../../src/complaints/accused.ts";
import { advance } from "../../src/complaints/advance.ts";
import { faultsOf } from "../../src/complaints/audit.ts";
import { nextStepAt, waitsForHuman } from "../../src/complaints/clocks.ts";
import {
  type Actor,
  applyEvent,
  type Complaint,
  ComplaintEvent,
  evidenceOf,
  type Filing,
  isClosed,
  isProtected,
  type Role,
} from "../../src/complaints/complaint.ts";
import { consent, refuse } from "../../src/complaints/consent.ts";
import {
  announce,
  erasable,
  erase,
  expire,
  hold,
  isHeld,
  keptUntil,
  release,
} from "../../src/complaints/erase.ts";
import { attach, named } from "../../src/complaints/evidence.ts";
import { type CaseFacts, factsOf } from "../../src/complaints/figures.ts";
import { promiseId, type Rules } from "../../src/complaints/file.ts";
import { guardFiling } from "../../src/complaints/guard.ts";
import {
  type Act,
  act,
  confirm,
  dispute,
  inform,
  noteDelivered,
  noteUndeliverable,
} from "../../src/complaints/progress.ts";
import { protect } from "../../src/complaints/protect.ts";
import { mayObject, moderate, object } from "../../src/complaints/quarantine.ts";
import { mayDispute, mayInform, mayJudge, mayNudge, mayResume } from "../../src/complaints/rights.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import { mayRate, rate } from "../../src/complaints/satisfaction.ts";
import { type Step, waysOpen } from "../../src/complaints/tell.ts";
import { nudge, resume, withdraw } from "../../src/complaints/withdraw.ts";
import { dayInVietnam } from "../../src/knowledge/calendar.ts";
import type { AgencyNotice, Delivery } from "../../src/messages/delivery.ts";
import { promisedIn } from "../../src/officials/reconcile.ts";
import { withSignature } from "../../src/officials/signature.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import {
  after,
  CENTRE,
  CITY,
  CITY_POLICE,
  COMMUNE,
  COMMUNE_POLICE,
  directory,
  file,
  filing,
  INSPECTORATE,
  NOW,
  rules as reachable,
} from "./case.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNITS = [CENTRE, COMMUNE, CITY, CITY_POLICE, COMMUNE_POLICE, INSPECTORATE, COORDINATOR];

/** How agencies are reached: all by systems of their own, some not at all, and nearly all by one mailbox. */
const REACHES: readonly Rules["contactsOf"][] = [
  reachable.contactsOf,
  (agency) => ([COMMUNE, INSPECTORATE].includes(agency) ? [] : [`email:${agency}`]),
  (agency) => (agency === COORDINATOR ? [`email:${agency}`] : ["email:all", `webhook:${agency}`]),
  (agency) => (agency === CITY ? [`email:${agency}`] : ["email:all"]),
];
let rules = reachable;

const SAYS = [
  "confirm",
  "dispute",
  "inform",
  "withdraw",
  "resume",
  "protect",
  "nudge",
  "rate",
  "consent",
  "refuse",
  "attach",
  "erase",
  "object",
] as const;
type Says = (typeof SAYS)[number];
const APPROVERS: readonly Actor[] = [
  { agency: INSPECTORATE, via: "chat", person: "telegram:1", role: "custodian" },
  { agency: INSPECTORATE, via: "chat", person: "telegram:2", role: "head" },
  { agency: COORDINATOR, via: "chat", person: "telegram:3", role: "coordinator" },
  { agency: COORDINATOR, via: "chat", person: "telegram:4", role: "custodian" },
  { agency: CENTRE, via: "chat", person: "telegram:5", role: "head" },
];
const FILE = { id: "f", key: "k", type: "image/jpeg", size: 3 };
const PERSON = { name: "Trần Thị Hoa", phone: "0905123456" };

/** What can come next in the life of a case: an official, the person, the post, or time. */
type Move =
  | { readonly kind: "official"; readonly by: number; readonly role: Role; readonly deed: (now: Date) => Act }
  | { readonly kind: "person"; readonly says: Says }
  /** One of those who may open a name without its person's consent. */
  | { readonly kind: "approver"; readonly who: number }
  /** The operator holds a case, or lets it go. */
  | { readonly kind: "operator"; readonly holds: boolean }
  | { readonly kind: "moderator"; readonly who: string; readonly releases: boolean }
  | { readonly kind: "post"; readonly to: number; readonly arrives: boolean }
  | { readonly kind: "time"; readonly hours: number };

/** By these alone the day of the answer moves. */
const MOVE_THE_DAY: readonly ComplaintEvent["type"][] = [
  "extended",
  "informed",
  "reopened",
  "protected",
  "released",
];

/** What several cases together bring about. */
const OF_SEVERAL: readonly ComplaintEvent["type"][] = ["linked", "clustered", "reviewed"];

const opened = ({ events }: Complaint): number =>
  events.filter(({ type }) => type === "identity-opened").length;

const isoIn = (now: Date, days: number): string => dayInVietnam(now.getTime() + days * DAY_MS);

const deeds: fc.Arbitrary<(now: Date) => Act> = fc.oneof(
  fc.constantFrom("acknowledge", "sign").map((action) => () => ({ action }) as const),
  fc
    .constantFrom("progress", "ask", "answer", "answer", "return", "ask-identity")
    .map((action) => () => ({ action, text: "Nội dung" }) as const),
  fc.constantFrom(...UNITS).map((to) => () => ({ action: "transfer", to, text: "Đúng thẩm quyền" }) as const),
  fc
    .integer({ min: 1, max: 40 })
    .map((days) => (now: Date) => ({ action: "extend", until: isoIn(now, days), text: "Xác minh" }) as const),
);

const moves: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("official"),
      by: fc.nat(4),
      role: fc.constantFrom<Role>("officer", "head", "custodian"),
      deed: deeds,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("person"),
      says: fc.constantFrom(...SAYS, "dispute", "dispute", "resume"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("moderator"),
      who: fc.constantFrom("m1", "m2"),
      releases: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("approver"), who: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("operator"), holds: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("post"), to: fc.nat(4), arrives: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("time"),
      hours: fc.oneof(fc.integer({ min: 1, max: 72 }), fc.integer({ min: 73, max: 1200 })),
    }),
  },
);

const official = (action: "answer" | "return" | "ask-identity", role: Role = "head"): Move => ({
  kind: "official",
  by: 0,
  role,
  deed: () => ({ action, text: "Nội dung" }),
});
const person = (says: Says): Move => ({ kind: "person", says });
/** What by chance alone would seldom follow one upon the other. */
const scenes: readonly (readonly Move[])[] = [
  [official("answer"), person("confirm"), person("rate")],
  [person("protect"), official("answer", "officer"), official("return")],
  [official("ask-identity"), person("consent")],
  [official("ask-identity"), person("refuse"), ...[0, 2].map((who) => ({ kind: "approver", who }) as const)],
  [person("withdraw"), { kind: "time", hours: 200 }, person("resume")],
  [official("answer"), person("confirm"), { kind: "time", hours: 1200 }, person("erase")],
  [{ kind: "operator", holds: true }, person("withdraw"), { kind: "time", hours: 24 * 31 * 25 }],
  [
    { kind: "operator", holds: true },
    { kind: "operator", holds: false },
  ],
  [{ kind: "moderator", who: "m1", releases: false }, person("object")],
];
const lives = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: moves.map((move) => [move]) },
      { weight: 1, arbitrary: fc.constantFrom(...scenes) },
    ),
    { minLength: 1, maxLength: 10 },
  )
  .map((parts) => parts.flat());

const cases = [
  filing(),
  filing({ kind: "bribe" }),
  filing({ kind: "late", about: { name: "Ủy ban nhân dân xã Núi Thành" } }),
  filing({ kind: "harassment", about: { id: COMMUNE_POLICE, name: "Công an xã Núi Thành" } }),
  filing({ kind: "harassment", about: { name: "cán bộ" } }),
  filing({ kind: "attitude", threatened: true, supplements: { times: 2, inWriting: false } }),
  filing({ kind: "attitude", about: { id: CITY, name: "UBND thành phố Đà Nẵng" } }),
  filing({ kind: "refusal", about: { id: "bo-tu-phap", name: "Bộ Tư pháp" } }),
  filing({ kind: "praise" }),
  filing({ kind: "harassment", named: true }),
  filing({ kind: "late", named: true }),
]
  .map((told: Filing) => file(told, true).complaint)
  .flatMap((complaint) => [complaint, heldBack(complaint)]);

/** The same case, suspected of being part of a flood. */
function heldBack(complaint: Complaint): Complaint {
  const [event] = complaint.events;
  if (event?.type !== "filed") throw new Error("not filed");
  const findings = { suspicion: "words", held: 0, sameDossier: [], alike: [] } as const;
  const { change } = guardFiling(
    { id: complaint.id, event, deliveries: [] },
    findings,
    NOW,
    rules,
    vietnamese,
  );
  return after(complaint, change.events.slice(1));
}

/** Decides a move; undefined when it is refused, or nobody can make it now. */
function decide(complaint: Complaint, move: Exclude<Move, { kind: "time" }>, now: Date): Step | undefined {
  const holder = (number: number): string => complaint.holders[number % complaint.holders.length] ?? "";
  switch (move.kind) {
    case "official": {
      const agency = move.by === 4 ? COORDINATOR : holder(move.by);
      const by = { agency, via: "chat", role: move.role } as const;
      const step = act(complaint, by, move.deed(now), now, rules, vietnamese);
      // Where nobody of the agency may sign, the coordinator does.
      return "refused" in step ? undefined : withSignature(complaint, step, [], rules);
    }
    case "approver": {
      const by = APPROVERS[move.who];
      const deed = { action: "approve-identity", text: "Để xác minh" } as const;
      const step = by && act(complaint, by, deed, now, rules, vietnamese);
      return !step || "refused" in step ? undefined : step;
    }
    case "operator":
      return move.holds ? hold(complaint, "Tòa án cần", now) : release(complaint, now);
    case "person":
      return said(complaint, move.says, now);
    case "moderator": {
      const by = { agency: COORDINATOR, via: "chat", person: move.who } as const;
      const verdict = move.releases
        ? ({ action: "release" } as const)
        : ({ action: "reject", text: "Không có sự việc" } as const);
      const step = moderate(complaint, by, verdict, now, rules, vietnamese);
      return "refused" in step ? undefined : step;
    }
    case "post":
      // Nothing is on its way to an agency while the case is held back.
      if (complaint.holders.length === 0) return undefined;
      return move.arrives
        ? noteDelivered(complaint, holder(move.to), now, rules, vietnamese)
        : noteUndeliverable(complaint, holder(move.to), "refused", now, vietnamese);
  }
}

const isSigned = ({ by, signedBy }: Extract<ComplaintEvent, { type: "answered" }>): boolean =>
  signedBy !== undefined || by.role !== "officer" || by.agency === COORDINATOR;

function said(complaint: Complaint, says: Says, now: Date): Step | undefined {
  const open = !isClosed(complaint.status);
  switch (says) {
    case "confirm":
      return mayJudge(complaint, now, rules) ? confirm(complaint, now, rules) : undefined;
    case "dispute":
      return mayDispute(complaint, now, rules) ? dispute(complaint, "Chưa xong", now, rules) : undefined;
    case "inform":
      return mayInform(complaint, now, rules) ? inform(complaint, "Thêm", now, rules) : undefined;
    case "withdraw":
      return open ? withdraw(complaint, "Thôi", now, rules) : undefined;
    case "resume":
      return mayResume(complaint, now, rules) ? resume(complaint, now, rules) : undefined;
    case "protect":
      return open ? protect(complaint, "Họ dọa tôi", now, rules) : undefined;
    case "nudge":
      return mayNudge(complaint, now, rules) ? nudge(complaint, now, rules) : undefined;
    case "rate":
      return mayRate(complaint, "result") ? rate("result", 4, now) : undefined;
    case "consent":
      return open ? consent(complaint, complaint.filing.named ? undefined : PERSON, now, rules) : undefined;
    case "attach":
      return mayInform(complaint, now, rules)
        ? attach(complaint, named(FILE, evidenceOf(complaint).length), now, rules)
        : undefined;
    case "erase":
      return erasable(complaint, now, rules).kind === "now"
        ? erase(complaint, "request", now, rules)
        : undefined;
    case "refuse":
      return open ? refuse(complaint, now, rules) : undefined;
    case "object":
      return mayObject(complaint, now, rules) ? object(now) : undefined;
  }
}

const counted = (complaint: Complaint): CaseFacts => factsOf(complaint, "2030-01-01", rules.workingTime);
/** The coordinator may be told in the place of several. */
const reached = ({ to, content }: Delivery): string =>
  JSON.stringify([to, content.kind === "agency" && content.notice.agency.id]);

/** One case as it goes on; every promise of complaint.md 4.6 is checked at every step. */
function live(start: Complaint): {
  complaint(): Complaint;
  go(move: Move): void;
} {
  const heldBackAtFirst = start.events.some(({ type }) => type === "quarantined");
  const filedTo = heldBackAtFirst ? [] : [...start.route.to, ...start.route.copy];
  const ids = new Set(filedTo.map((agency) => promiseId(start.id, 0, agency, 0)));
  const steps = new Set<string>();
  const named = new Set<string>();
  let complaint = start;
  let now = NOW;

  /** The person's name goes to whom they previewed it for, and once to whom it was opened; feared ones hear of an end. */
  const sealed = ({ event, agency, person }: AgencyNotice): void => {
    const { lane, route, events } = complaint;
    const previewed = [...route.to, ...route.copy].includes(agency.id);
    if (person && event === "identity") named.add(`${agency.id} ${events.length}`);
    else if (person && (lane === "protected" || !previewed)) throw new Error(`${agency.id} reads the name`);
    const feared = events.flatMap((one) =>
      one.type === "protected" ? one.seen.filter((id) => !one.to.includes(id)) : [],
    );
    if (feared.includes(agency.id) && !complaint.holders.includes(agency.id) && event !== "ended")
      throw new Error(`${agency.id} hears of a protected case: ${event}`);
  };

  /** No notice goes to one who may not hear of the case, nor by a mailbox that they read too, now or when it is sent. */
  const unheard = (delivery: Delivery, before: Complaint): void => {
    const { to, content } = delivery;
    if (to.kind !== "agency" || content.kind !== "agency") return;
    const barred = barredFrom(content.notice.event === "ended" ? before : complaint, directory);
    const later = waysOpen(complaint, delivery, rules) ?? [];
    const ways = to.contact === "none" ? later : [to.contact, ...later];
    if (barred.has(to.agency) && ways.length > 0) throw new Error(`${to.agency} hears of its own case`);
    const theirs = new Set([...barred].flatMap((id) => rules.contactsOf(id)));
    const shared = ways.find((way) => way.startsWith("email:") && theirs.has(way));
    if (shared) throw new Error(`${to.agency} is told by ${shared}, which the accused read`);
  };

  const take = (step: Step): void => {
    const due = complaint.answerDue;
    const started = complaint;
    for (const event of step.events) {
      const before = complaint;
      complaint = applyEvent(complaint.id, complaint, event);
      // Erasing changes no figure, on whatever day they are counted.
      if (event.type === "erased") expect(counted(complaint)).toEqual(counted(before));
      // What remains does not say any more to whom a name was opened.
      if (event.type === "erased") named.clear();
      const guarded = isProtected(complaint.filing.kind) || complaint.lane === "protected";
      if (event.type === "answered" && guarded && !isSigned(event))
        throw new Error("an officer alone answered in the protected lane");
      if (!MOVE_THE_DAY.includes(event.type) && complaint.answerDue !== due)
        throw new Error(`${event.type} moved the day of the answer`);
    }
    for (const delivery of step.deliveries) {
      const { id, content } = delivery;
      if (content.kind === "agency") sealed(content.notice);
      unheard(delivery, started);
      if (ids.has(id)) throw new Error(`${id} is promised twice`);
      ids.add(id);
    }
    // By these ids the daily reconciliation finds what was promised: of a sound case it misses nothing.
    const missed = promisedIn(complaint).find((promised) => !promised.ids.some((id) => ids.has(id)));
    if (missed) throw new Error(`no delivery is known of what was promised to ${missed.agency}`);
    if (named.size > opened(complaint)) throw new Error("a name was told more often than it was opened");
    const barred = barredFrom(complaint, directory);
    const accused = complaint.holders.find((id) => barred.has(id));
    if (accused) throw new Error(`${accused} holds its own case`);
  };

  const passTime = (): void => {
    const step = advance(complaint, now, rules, vietnamese);
    if (!step) return;
    take(step);
    for (const event of step.events) {
      if (!("round" in event)) throw new Error(`a clock did ${event.type}`);
      const key = `${event.clock}.${event.round}.${event.step}`;
      if (steps.has(key)) throw new Error(`${key} is done twice`);
      steps.add(key);
    }
    const told = step.deliveries.map(reached);
    if (new Set(told).size !== told.length) throw new Error(`a flood after a pause: ${told.join()}`);
    if (advance(complaint, now, rules, vietnamese)) throw new Error("the same moment asks for more");
  };

  /** What is kept goes in time, and neither too early nor while anybody may still need it. */
  const keepNoLonger = (): void => {
    const announced = announce(complaint, now, rules);
    if (announced) {
      if (announced.until < isoIn(now, rules.retention.warnDays)) throw new Error("announced too late");
      take({ events: announced.events, deliveries: [] });
    }
    const step = expire(complaint, now, rules);
    if (step) {
      const told = complaint.events.findLast(({ type }) => type === "expiring");
      if (!told || isoIn(new Date(told.at), rules.retention.warnDays) >= isoIn(now, 0))
        throw new Error("erased before anybody could have it kept");
      if (!isClosed(complaint.status) || isHeld(complaint)) throw new Error("erased what is still needed");
      const shortest = new Date(now);
      shortest.setUTCMonth(shortest.getUTCMonth() - rules.retention.closedMonths);
      if (complaint.events.some(({ at }) => new Date(at) > now)) throw new Error("erased before its time");
      if (complaint.events.every(({ at }) => new Date(at) > shortest)) throw new Error("erased too early");
      take(step);
    }
    const until = keptUntil(complaint, rules);
    const told = complaint.events.findLast(({ type }) => type === "expiring");
    const late =
      until !== undefined &&
      until < isoIn(now, -1) &&
      !(told && isoIn(new Date(told.at), rules.retention.warnDays) >= isoIn(now, -1));
    if (late && !isHeld(complaint)) throw new Error(`kept beyond ${until}`);
  };

  const stands = (): void => {
    if (isClosed(complaint.status)) return;
    const next = nextStepAt(complaint, rules);
    if (next ? next <= now : !waitsForHuman(complaint))
      throw new Error(`${complaint.status} lies: nothing will ever happen to it`);
  };

  return {
    complaint: () => complaint,
    go: (move) => {
      if (move.kind === "time") now = new Date(now.getTime() + move.hours * HOUR_MS);
      else {
        const step = decide(complaint, move, now);
        if (step) take(step);
      }
      passTime();
      keepNoLonger();
      stands();
    },
  };
}

describe("a complaint through any life", () => {
  it("is never left lying, never reaches the accused, does each step once, moves its day by named events alone, and can be closed", () => {
    const happened = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.constantFrom(...REACHES),
        lives,
        (start, contactsOf, life) => {
          rules = { ...reachable, contactsOf };
          const lived = live(start);
          for (const move of life) lived.go(move);
          const complaint = lived.complaint();
          expect(evidenceOf(complaint)).toHaveLength(
            complaint.events.filter(({ type }) => type === "evidence-added").length,
          );
          expect(faultsOf(complaint, rules)).toEqual([]);
          const stored = JSON.parse(JSON.stringify(complaint.events)) as unknown[];
          const events = stored.map((event) => ComplaintEvent.parse(event));
          for (const event of events) {
            happened.add(event.type);
            if (event.type === "identity-opened") happened.add(event.basis);
          }
          const [first, ...rest] = events;
          if (!first) throw new Error("no event");
          expect(after(applyEvent(complaint.id, undefined, first), rest)).toEqual(complaint);
          // Silence from here on closes it, once it is answered.
          for (let months = 0; months < 4 && !isClosed(lived.complaint().status); months++) {
            lived.go(official("answer"));
            lived.go({ kind: "time", hours: 31 * 24 });
          }
          expect(isClosed(lived.complaint().status)).toBe(true);
          // Time given late does not make a case punctual.
          expect(lived.complaint().lateSince ?? "").toBe(
            complaint.lateSince ?? lived.complaint().lateSince ?? "",
          );
          expect(complaint.events.filter(({ type }) => type === "extended").length).toBeLessThanOrEqual(2);
          lived.go({ kind: "time", hours: 24 * 31 * (rules.retention.closedMonths + 1) });
          lived.go({ kind: "time", hours: 24 * (rules.retention.warnDays + 2) });
          expect(lived.complaint().status === "erased").toBe(!isHeld(lived.complaint()));
        },
      ),
      { numRuns: 10_000 },
    );
    // The lives tried were whole ones: everything that can happen did.
    const all = ComplaintEvent.options
      .map(({ shape }) => shape.type.value)
      .filter((type) => !OF_SEVERAL.includes(type));
    expect([...happened].toSorted()).toEqual([...all, "consent", "two-persons"].toSorted());
  }, 180_000);
});
