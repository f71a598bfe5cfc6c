import { describe, expect, it } from "vitest";
import { barredFrom, questionOf } from "../../src/complaints/accused.ts";
import { answerDue } from "../../src/complaints/file.ts";
import { handles } from "../../src/complaints/handles.ts";
import { act, dispute, noteDelivered, noteUndeliverable } from "../../src/complaints/progress.ts";
import { isWithheld, protect, viewersOf } from "../../src/complaints/protect.ts";
import { barredFor, COORDINATOR, custodianFor } from "../../src/complaints/route.ts";
import { resume, withdraw } from "../../src/complaints/withdraw.ts";
import { isLast } from "../../src/messages/delivery.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import {
  after,
  CENTRE,
  CITY,
  COMMUNE,
  directory,
  file,
  filing,
  INSPECTORATE,
  NOW,
  noticesOf,
  PLACE,
  rules,
} from "./case.ts";

const AT = NOW.toISOString();
/** Hundreds of units on a busy machine. */
const PATIENCE = 60_000;
const WORDS = "Họ gọi điện dọa tôi";
const { complaint: filed, deliveries: promised } = file(filing({ named: true }));
const step = protect(filed, WORDS, NOW, rules);
const safe = after(filed, step.events);

describe("the protected lane", () => {
  it(
    "is held by one custodian, never the accused nor anybody who knew of the case: every unit",
    () => {
      // Nobody can be found above the coordinator who is not told where it was.
      const units = [...directory.agencies.values()].filter(({ id }) => id !== COORDINATOR);
      for (const unit of units) {
        const about = { id: unit.id, name: unit.name };
        const complaint = file(
          filing({ kind: "bribe", about, place: { code: unit.area, name: "" } }),
        ).complaint;
        const [event] = protect(complaint, undefined, NOW, rules).events;
        if (event?.type !== "protected") throw new Error("not protected");
        expect(event.to).toHaveLength(1);
        const barred = barredFor(questionOf(complaint), directory);
        for (const id of event.to) {
          expect(barred.has(id), unit.id).toBe(false);
          // Where the coordinator alone may, they keep it.
          if (id !== COORDINATOR) expect(complaint.holders).not.toContain(id);
        }
      }
    },
    PATIENCE,
  );

  it("is the inspectorate's, the coordinator's where that one knew of the case or is below the accused", () => {
    const question = questionOf(filed);
    expect(custodianFor(question, [COMMUNE], directory)).toBe(INSPECTORATE);
    expect(custodianFor(question, [COMMUNE, INSPECTORATE], directory)).toBe(COORDINATOR);
    const city = { ...question, about: { id: CITY, name: "UBND" } };
    expect(custodianFor(city, [], directory)).toBe(COORDINATOR);
    expect(custodianFor({ kind: "bribe", place: PLACE.code }, [], directory)).toBe(INSPECTORATE);
  });

  it("tells the custodian the story, the pressure and who knew, without the name; the others that it ended", () => {
    const [custodian, former, ...others] = noticesOf(step);
    expect(others).toEqual([]);
    expect(custodian).toMatchObject({ event: "protected", agency: { id: INSPECTORATE }, person: null });
    expect(custodian?.text).toContain(filed.filing.text);
    expect(custodian?.text).toContain(WORDS);
    expect(custodian?.text).toContain("Ủy ban nhân dân xã Núi Thành");
    expect(former).toMatchObject({ event: "ended", agency: { id: COMMUNE }, person: null });
    expect(former?.text).not.toContain(WORDS);
    expect(former && isLast(former.event)).toBe(true);
  });

  it("gives the custodian a whole limit, and never shortens what was promised", () => {
    expect(safe.answerDue).toBe(answerDue("attitude", NOW, rules));
    const extended = { ...filed, answerDue: "2027-03-01" };
    expect(after(extended, protect(extended, undefined, NOW, rules).events).answerDue).toBe("2027-03-01");
  });

  it("lists everybody who was told: filed, copied, delivered, handed on, escalated, disputed", () => {
    const by = { agency: COMMUNE, via: "chat" } as const;
    const lived = after(filed, [
      { type: "delivered", at: AT, agency: COORDINATOR },
      { type: "transferred", at: AT, by, to: CITY, reason: "" },
      { type: "escalated", at: AT, clock: "answer", step: "superior", round: 0, to: [INSPECTORATE] },
    ]);
    expect(viewersOf(lived)).toEqual([COMMUNE, COORDINATOR, CITY, INSPECTORATE]);
    const [event] = protect(lived, undefined, NOW, rules).events;
    expect(event).toMatchObject({ to: [COORDINATOR], seen: viewersOf(lived) });
    const praise = file(filing({ kind: "praise" })).complaint;
    expect(viewersOf(praise)).toEqual([CENTRE, COMMUNE]);
  });

  it("lists the coordinator who was asked to sign an answer, and never brings them back", () => {
    const by = { agency: COMMUNE, via: "chat", role: "officer" } as const;
    const harassed = file(filing({ kind: "harassment" })).complaint;
    const asked = after(harassed, [{ type: "proposed", at: AT, by, text: "Xong", signer: COORDINATOR }]);
    const taken = after(asked, protect(asked, WORDS, NOW, rules).events);
    expect(viewersOf(asked)).toContain(COORDINATOR);
    expect(taken.holders).toEqual([INSPECTORATE]);
    expect(barredFrom(taken, directory).has(COORDINATOR)).toBe(true);
  });

  it("lets nobody hand it back to those who knew of it, whatever they say", () => {
    const by = { agency: INSPECTORATE, via: "chat" } as const;
    const to = (agency: string) =>
      act(safe, by, { action: "transfer", to: agency, text: "Đúng thẩm quyền" }, NOW, rules, vietnamese);
    expect(to(COMMUNE)).toEqual({ refused: "back" });
    expect(to(CENTRE)).toEqual({ refused: "to-accused" });
    expect(to(COORDINATOR)).toHaveProperty("events");
    const unit = { agency: COMMUNE, via: "webhook" } as const;
    const late = act(safe, unit, { action: "answer", text: "Không có gì" }, NOW, rules, vietnamese);
    expect(late).toEqual({ refused: "not-yours" });
  });

  it("goes to the coordinator when it is not solved twice", () => {
    const by = { agency: INSPECTORATE, via: "chat" } as const;
    const answered = { type: "answered", at: AT, by, text: "Xong" } as const;
    const once = dispute(after(safe, [answered]), "Chưa", NOW, rules);
    expect(once.to).toEqual([INSPECTORATE]);
    const twice = dispute(after(safe, [answered, ...once.events, answered]), "Chưa", NOW, rules);
    expect(twice.to).toEqual([COORDINATOR]);
  });

  it("never comes back to a coordinator who knew of it before, not solved twice or asked to look after it", () => {
    const by = { agency: INSPECTORATE, via: "chat" } as const;
    const answered = { type: "answered", at: AT, by, text: "Xong" } as const;
    const known = after(filed, [{ type: "delivered", at: AT, agency: COORDINATOR }]);
    const kept = after(known, protect(known, WORDS, NOW, rules).events);
    expect(kept.holders).toEqual([INSPECTORATE]);
    const once = dispute(after(kept, [answered]), "Chưa", NOW, rules);
    const twice = dispute(after(kept, [answered, ...once.events, answered]), "Chưa", NOW, rules);
    expect(twice.to).toEqual([INSPECTORATE]);
    const unreached = { ...rules, contactsOf: (id: string) => (id === INSPECTORATE ? [] : [`email:${id}`]) };
    expect(handles(kept, COORDINATOR, unreached)).toBe(false);
    expect(handles(safe, COORDINATOR, unreached)).toBe(true);
    expect(handles(safe, COORDINATOR, rules)).toBe(false);
    expect(handles(filed, COORDINATOR, rules)).toBe(true);
  });

  it("lets an answer that waited for its signature go: those it was asked of hold the case no more", () => {
    const by = { agency: CITY, via: "chat", role: "officer" } as const;
    const bribe = after(filed, [{ type: "proposed", at: AT, by, text: "Không có gì" }]);
    expect(after(bribe, protect(bribe, WORDS, NOW, rules).events).proposal).toBeUndefined();
  });

  it("stops notices that were promised before to those who may no longer hear, and no others", () => {
    expect(promised.map((delivery) => isWithheld(filed, delivery))).toEqual([false]);
    expect(promised.map((delivery) => isWithheld(safe, delivery))).toEqual([true]);
    // Nor does who never got it hear of its end; who did, does.
    expect(step.deliveries.map((delivery) => isWithheld(safe, delivery))).toEqual([false, true]);
    const known = after(filed, [{ type: "delivered", at: AT, agency: COMMUNE }]);
    const moved = protect(known, undefined, NOW, rules);
    const lane = after(known, moved.events);
    expect(moved.deliveries.map((delivery) => isWithheld(lane, delivery))).toEqual([false, false]);
  });

  it("makes no news of what becomes of the last notices to those it was taken from", () => {
    expect(noteDelivered(safe, COMMUNE, NOW, rules, vietnamese)).toBeUndefined();
    expect(noteUndeliverable(safe, COMMUNE, "refused", NOW, vietnamese)).toBeUndefined();
    expect(noteDelivered(safe, INSPECTORATE, NOW, rules, vietnamese)?.events).toHaveLength(1);
    expect(noteUndeliverable(safe, INSPECTORATE, "refused", NOW, vietnamese)?.events).toHaveLength(1);
  });

  it("tells agencies nothing of who ended it, here and in cases of harassment and money", () => {
    for (const complaint of [
      safe,
      file(filing({ kind: "harassment" })).complaint,
      file(filing({ kind: "bribe" })).complaint,
    ]) {
      const [notice] = noticesOf(withdraw(complaint, "Tôi sợ", NOW, rules));
      expect(notice?.event).toBe("ended");
      expect(notice?.text).not.toContain("Tôi sợ");
    }
    const [usual] = noticesOf(withdraw(filed, "Đã xong", NOW, rules));
    expect(usual).toMatchObject({ event: "withdrawn", text: "Đã xong" });
  });

  it("counts the days of a withdrawal against nobody", () => {
    const at = (day: string): Date => new Date(`${day}T09:00:00+07:00`);
    const gone = after(filed, withdraw(filed, undefined, at("2026-11-23"), rules).events);
    const [event] = resume(gone, at("2026-12-07"), rules).events;
    // Due on 30 November; from 23 November to 7 December nine working days went by (the 24th is a holiday).
    expect(event).toMatchObject({ type: "reopened", answerDue: "2026-12-11" });
    const [sameDay] = resume(gone, at("2026-11-23"), rules).events;
    expect(sameDay).toEqual({ type: "reopened", at: at("2026-11-23").toISOString() });
  });
});
