import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "../../src/complaints/advance.ts";
import { mayInform, mayJudge, nextStepAt, waitsForHuman } from "../../src/complaints/clocks.ts";
import {
  applyEvent,
  type Complaint,
  ComplaintEvent,
  type Filing,
  isClosed,
} from "../../src/complaints/complaint.ts";
import {
  type Act,
  act,
  confirm,
  dispute,
  inform,
  noteDelivered,
  noteUndeliverable,
  questionOf,
  type Step,
} from "../../src/complaints/progress.ts";
import { barredFor, COORDINATOR } from "../../src/complaints/route.ts";
import type { Recipient } from "../../src/messages/delivery.ts";
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
  rules,
} from "./case.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNITS = [CENTRE, COMMUNE, CITY, CITY_POLICE, COMMUNE_POLICE, INSPECTORATE, COORDINATOR];

/** What can come next in the life of a case: an official, the person, the post, or time. */
type Move =
  | { readonly kind: "official"; readonly by: number; readonly deed: (now: Date) => Act }
  | { readonly kind: "person"; readonly says: "confirm" | "dispute" | "inform" }
  | { readonly kind: "post"; readonly to: number; readonly arrives: boolean }
  | { readonly kind: "time"; readonly hours: number };

const isoIn = (now: Date, days: number): string =>
  new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

const deeds: fc.Arbitrary<(now: Date) => Act> = fc.oneof(
  fc.constant(() => ({ action: "acknowledge" }) as const),
  fc
    .constantFrom("progress", "ask", "answer", "answer")
    .map((action) => () => ({ action, text: "Nội dung" }) as const),
  fc.constantFrom(...UNITS).map((to) => () => ({ action: "transfer", to, text: "Đúng thẩm quyền" }) as const),
  fc
    .integer({ min: 1, max: 40 })
    .map((days) => (now: Date) => ({ action: "extend", until: isoIn(now, days), text: "Xác minh" }) as const),
);

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("official"), by: fc.nat(4), deed: deeds }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("person"),
      says: fc.constantFrom("confirm", "dispute", "dispute", "inform"),
    }),
  },
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

const cases = [
  filing(),
  filing({ kind: "bribe" }),
  filing({ kind: "late", about: { name: "Ủy ban nhân dân xã Núi Thành" } }),
  filing({ kind: "harassment", about: { id: COMMUNE_POLICE, name: "Công an xã Núi Thành" } }),
  filing({ kind: "attitude", threatened: true, supplements: { times: 2, inWriting: false } }),
  filing({ kind: "attitude", about: { id: CITY, name: "UBND thành phố Đà Nẵng" } }),
  filing({ kind: "refusal", about: { id: "bo-tu-phap", name: "Bộ Tư pháp" } }),
  filing({ kind: "praise" }),
].map((told: Filing) => file(told, "hoa@example.com").complaint);

/** Decides a move; undefined when it is refused, or nobody can make it now. */
function decide(complaint: Complaint, move: Exclude<Move, { kind: "time" }>, now: Date): Step | undefined {
  const holder = (number: number): string => complaint.holders[number % complaint.holders.length] ?? "";
  switch (move.kind) {
    case "official": {
      const by = { agency: holder(move.by), via: "chat" } as const;
      const step = act(complaint, by, move.deed(now), now, rules, vietnamese);
      return "refused" in step ? undefined : step;
    }
    case "person":
      if (move.says === "inform")
        return mayInform(complaint, now, rules) ? inform(complaint, "Thêm", now, rules) : undefined;
      if (!mayJudge(complaint, now, rules)) return undefined;
      return move.says === "confirm"
        ? confirm(complaint, now, rules)
        : dispute(complaint, "Chưa xong", now, rules);
    case "post":
      return move.arrives
        ? noteDelivered(complaint, holder(move.to), now, rules, vietnamese)
        : noteUndeliverable(complaint, holder(move.to), "refused", now, vietnamese);
  }
}

const reached = (to: Recipient): string => JSON.stringify(to);

/** One case as it goes on; every promise of complaint.md 4.6 is checked at every step. */
function live(start: Complaint): {
  complaint(): Complaint;
  go(move: Move): void;
} {
  const barred = barredFor(questionOf(start), directory);
  const ids = new Set<string>();
  const steps = new Set<string>();
  let complaint = start;
  let now = NOW;

  const take = (step: Step): void => {
    const due = complaint.answerDue;
    for (const event of step.events) {
      complaint = applyEvent(complaint.id, complaint, event);
      if (event.type !== "extended" && event.type !== "informed" && complaint.answerDue !== due)
        throw new Error(`${event.type} moved the day of the answer`);
    }
    for (const { id, to } of step.deliveries) {
      if (to.kind === "agency" && barred.has(to.agency))
        throw new Error(`${to.agency} hears of its own case`);
      if (ids.has(id)) throw new Error(`${id} is promised twice`);
      ids.add(id);
    }
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
    const told = step.deliveries.map(({ to }) => reached(to));
    if (new Set(told).size !== told.length) throw new Error(`a flood after a pause: ${told.join()}`);
    if (advance(complaint, now, rules, vietnamese)) throw new Error("the same moment asks for more");
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
      stands();
    },
  };
}

const answer: Move = {
  kind: "official",
  by: 0,
  deed: () => ({ action: "answer", text: "Đã giải quyết" }),
};

describe("a complaint through any life", () => {
  it("is never left lying, never reaches the accused, does each step once, moves its day by named events alone, and can be closed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(moves, { minLength: 1, maxLength: 10 }),
        (start, life) => {
          const lived = live(start);
          for (const move of life) lived.go(move);
          const complaint = lived.complaint();
          const stored = JSON.parse(JSON.stringify(complaint.events)) as unknown[];
          const events = stored.map((event) => ComplaintEvent.parse(event));
          const [first, ...rest] = events;
          if (!first) throw new Error("no event");
          expect(after(applyEvent(complaint.id, undefined, first), rest)).toEqual(complaint);
          // Silence from here on closes it, once it is answered.
          for (let months = 0; months < 4 && !isClosed(lived.complaint().status); months++) {
            lived.go(answer);
            lived.go({ kind: "time", hours: 31 * 24 });
          }
          expect(isClosed(lived.complaint().status)).toBe(true);
        },
      ),
      { numRuns: 10_000 },
    );
  }, 60_000);
});
