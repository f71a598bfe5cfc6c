import { describe, expect, it } from "vitest";
import type { Delivery } from "../../src/messages/delivery.ts";
import { ALL_ON, type Switches } from "../../src/messages/switches.ts";
import { createBench } from "../fakes/outbox-bench.ts";

const MONTH_HOURS = 30 * 24;
const REASON = "Bảo trì.";

function bench() {
  let switches: Switches = ALL_ON;
  const made = createBench({ switches: () => switches });
  made.contacts = {
    a: [{ channel: "email", to: "a@b.vn" }],
    b: [{ channel: "webhook", url: "https://b.vn", secrets: [] }],
  };
  return {
    made,
    set: (next: Partial<Switches>) => {
      switches = { ...ALL_ON, ...next };
    },
  };
}

const toPerson = (id: string): Delivery => ({
  id,
  complaint: "c1",
  to: { kind: "chat", conversation: "telegram:5" },
  content: { kind: "person", text: "Tin", choices: [] },
});
const toAgency = (agency: string): Delivery => ({
  id: `alarm.x.${agency}`,
  to: { kind: "agency", agency, contact: agency === "a" ? "email:a@b.vn" : "webhook:https://b.vn" },
  content: { kind: "alarm", alarm: { id: agency, kind: "dead", subject: "s", text: "t", at: "x" } },
});

describe("what the operator has turned off", () => {
  it("an agency's deliveries wait a month without being given up, and go out within minutes once it is on", async () => {
    const { made, set } = bench();
    set({ agencies: new Map([["a", REASON]]) });
    made.store.promise(toAgency("a"));
    made.store.promise(toAgency("b"));
    await made.run(MONTH_HOURS);
    expect(made.out.map(({ way }) => way)).toEqual(["webhook"]);
    expect(made.store.states().find(({ delivery }) => delivery.to.kind === "agency")?.status).toBe("waiting");
    set({});
    await made.run(0.1);
    expect(made.out.map(({ way }) => way)).toEqual(["webhook", "email"]);
  });

  it("what waited has its day of attempts from when it was turned on, beginning after a minute", async () => {
    const { made, set } = bench();
    made.fate = () => ({ kind: "retry", problem: "answered 503" });
    made.store.promise(toAgency("b"));
    await made.run(20);
    set({ agencies: new Map([["b", REASON]]) });
    await made.run(48);
    set({});
    const before = made.out.length;
    await made.run(0.4);
    expect(made.out.length - before).toBe(4);
    await made.run(23);
    expect(made.store.state("alarm.x.b")).toMatchObject({ status: "waiting", problem: "answered 503" });
    await made.run(2);
    expect(made.store.state("alarm.x.b").status).toBe("dead");
  });

  it("a contact given at last is tried again within minutes, and stays with a human until it arrives", async () => {
    const { made } = bench();
    const [contact] = made.contacts["b"] ?? [];
    made.contacts = {};
    made.store.promise(toAgency("b"));
    await made.run(48);
    expect(made.store.state("alarm.x.b").status).toBe("dead");
    if (contact) made.contacts = { b: [contact] };
    made.fate = () => ({ kind: "retry", problem: "answered 503" });
    await made.run(0.2);
    expect(made.out).toHaveLength(3);
    expect(made.store.state("alarm.x.b")).toMatchObject({ status: "dead", problem: "answered 503" });
    made.fate = () => ({ kind: "sent" });
    await made.run(0.3);
    expect(made.store.state("alarm.x.b").status).toBe("sent");
  });

  it("a channel's deliveries wait, in order, and the others go out", async () => {
    const { made, set } = bench();
    set({ channels: new Map([["telegram", REASON]]) });
    made.store.promise(toPerson("p1"));
    made.store.promise(toPerson("p2"));
    made.store.promise(toAgency("a"));
    await made.run(48);
    expect(made.out.map(({ way }) => way)).toEqual(["email"]);
    set({});
    await made.run(0.2);
    expect(made.out.map(({ way }) => way)).toEqual(["email", "telegram", "telegram"]);
  });
});
