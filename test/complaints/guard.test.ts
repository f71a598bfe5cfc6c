import { describe, expect, it } from "vitest";
import { advance } from "../../src/complaints/advance.ts";
import { applyEvent, type Complaint, type Filing } from "../../src/complaints/complaint.ts";
import type { Guarded } from "../../src/complaints/guard.ts";
import { act } from "../../src/complaints/progress.ts";
import { mayModerate, mayObject, moderate, object, type Verdict } from "../../src/complaints/quarantine.ts";
import { barredFor, COORDINATOR } from "../../src/complaints/route.ts";
import { openNotice } from "../../src/messages/delivery.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { officialText } from "../../src/wording/official.ts";
import {
  after,
  CENTRE,
  CITY,
  COMMUNE,
  directory,
  filing,
  INSPECTORATE,
  NOW,
  noticesOf,
  rules,
  toldOf,
} from "./case.ts";
import { folded, guarded, newCase } from "./guarded.ts";

const DOSSIER = "H17.25-261105-0012";
const DAY_MS = 86_400_000;
const late = (told: Partial<Filing> = {}): Filing =>
  filing({ kind: "late", dossierCode: DOSSIER, text: "Hẹn 5/11 mà chưa có kết quả", ...told });
const at = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
const first = (told = late(), from = "web:hoa"): Complaint => folded(guarded(newCase("c1", told, from, NOW)));
const second = (told: Filing, from: string, open: readonly Complaint[]): Guarded =>
  guarded(newCase("c2", told, from, at(1)), { sameDossier: open });
const types = ({ change }: Guarded): string[] => change.events.map(({ type }) => type);

describe("a second complaint about the same dossier", () => {
  it("of the same conversation goes into the first, whose code the person is told again", () => {
    const again = second(late({ text: "Nay lại hẹn 20/11" }), "web:hoa", [first()]);
    expect(again.change).toMatchObject({ id: "c1", revision: 1 });
    expect(types(again)).toEqual(["informed"]);
    expect(again.trackingCode).toBe("MC-c1");
    expect(again.reply?.text).toContain("MC-c1");
    expect(again.reply?.text).not.toContain("MC-c2");
    expect(noticesOf(again)).toMatchObject([
      { event: "information", text: "Nay lại hẹn 20/11", case: "MC-c1" },
    ]);
  });

  it("of another conversation is never taken for the same person, whatever name and phone it tells: the unit complained about has these on its papers", () => {
    const open = first(late({ named: true }));
    const pretended = second(late({ named: true, text: "Đã xong rồi, tôi rút" }), "telegram:1", [open]);
    expect(pretended.change.id).toBe("c2");
    expect(pretended.reply).toBeUndefined();
    expect(JSON.stringify([pretended.reply, pretended.deliveries])).not.toMatch(/MC-c1|"c1/);
  });

  it("with files is a case of its own: they belong to the case that they were sent for", () => {
    const file = { id: "f", key: "k", name: "anh-1.jpg", type: "image/jpeg", size: 3 } as const;
    const again = second(late({ evidence: [file] }), "web:hoa", [first()]);
    expect(again.change.id).toBe("c2");
    expect(types(again)).toEqual(["filed", "linked"]);
    expect(noticesOf(again)).toMatchObject([{ event: "filed", evidence: [{ name: "anh-1.jpg" }] }]);
  });

  it("of another person is a case of its own; officials are told how many there are, and nobody whose", () => {
    const other = second(late({ text: "Em tôi nộp chung cũng chưa có" }), "web:nam", [first()]);
    expect(other.change).toMatchObject({ id: "c2", revision: 0 });
    expect(other.change.events[1]).toEqual({ type: "linked", at: at(1).toISOString(), to: "c1", others: 1 });
    expect(other.reply).toBeUndefined();
    expect(noticesOf(other)).toMatchObject([{ event: "filed", related: 1 }]);
    expect(JSON.stringify(other.deliveries)).not.toMatch(/MC-c1|web:hoa|"c1/);
    expect(folded(other).related).toBe(1);
  });

  it("about a money demand never goes into a case that others read, nor to those it accuses", () => {
    const bribe = late({ kind: "bribe", text: "Anh ở quầy 2 gợi ý 500 nghìn" });
    expect(second(bribe, "web:hoa", [first()]).change.id).toBe("c2");
    const against = late({ kind: "late", about: { id: COMMUNE, name: "UBND xã Núi Thành" } });
    expect(first().holders).toEqual([COMMUNE]);
    const apart = second(against, "web:hoa", [first()]);
    expect(apart.change.id).toBe("c2");
    const barred = barredFor({ kind: "late", about: { id: COMMUNE, name: "" }, place: undefined }, directory);
    expect(apart.deliveries.filter(({ to }) => to.kind === "agency" && barred.has(to.agency))).toEqual([]);
  });

  it("that tells of threats never goes into a case of the usual lane, nor the other way round", () => {
    const open = late({ kind: "attitude", text: "Cán bộ quát tôi" });
    const threat = { ...open, threatened: true };
    expect(second(threat, "web:hoa", [first(open)]).change.id).toBe("c2");
    expect(second(open, "web:hoa", [first(threat)]).change.id).toBe("c2");
    expect(second(threat, "web:hoa", [first(threat)]).change.id).toBe("c1");
  });

  it("is not counted before those who do not hold the first", () => {
    const custodians = first(late({ kind: "bribe" }));
    expect(custodians.holders).toEqual([INSPECTORATE]);
    const usual = second(late(), "web:nam", [custodians]);
    expect(types(usual)).toEqual(["filed"]);
    expect(noticesOf(usual).map(({ related }) => related ?? 0)).toEqual([0]);
  });

  it("that was answered offers to say that it is not solved", () => {
    const by = { agency: COMMUNE, via: "chat" } as const;
    const answered = after(first(), [{ type: "answered", at: NOW.toISOString(), by, text: "Đã trả" }]);
    const again = second(late(), "web:hoa", [answered]);
    expect(again.reply?.choices.map(({ label }) => label)).toContain(vietnamese.notices.notSolved);
  });

  it("in nearly the same words of others is linked to the oldest", () => {
    const told = newCase("c9", filing(), "web:x", NOW);
    const linked = guarded(told, { alike: ["c3", "c4"] });
    expect(linked.change.events[1]).toMatchObject({ type: "linked", to: "c3", others: 2 });
  });
});

describe("a case held back as a suspected flood", () => {
  const hold = (told: Filing = filing(), held = 0): Guarded =>
    guarded(newCase("c1", told, "web:hoa", NOW), { suspicion: "words", held });
  const by = (person: string, agency = COORDINATOR) => ({ agency, via: "chat", person }) as const;
  const decide = (complaint: Complaint, verdict: Verdict, person = "m1", days = 0) =>
    moderate(complaint, by(person), verdict, at(days), rules, vietnamese);
  const done = (complaint: Complaint, verdict: Verdict, person?: string, days?: number) => {
    const step = decide(complaint, verdict, person, days);
    if ("refused" in step) throw new Error(step.refused);
    return { step, complaint: after(complaint, step.events) };
  };

  it("has its code, is told when it goes on at the latest, and reaches no agency", () => {
    const held = hold();
    expect(held.reply?.text).toContain("MC-c1");
    // Two working days from Saturday: Monday 23 and, after the holiday, Wednesday 25 November.
    expect(held.reply?.text).toContain("25/11/2026");
    expect(folded(held)).toMatchObject({ status: "quarantined", holders: [] });
    expect(noticesOf(held).map(({ event, agency }) => [event, agency.id])).toEqual([
      ["quarantined", COORDINATOR],
    ]);
  });

  it("alarms the coordinator at the first, the tenth, the hundredth, without what was told or who told it", () => {
    const counts = Array.from({ length: 200 }, (_, held) => held).filter(
      (held) => hold(filing(), held).deliveries.length > 0,
    );
    expect(counts.map((held) => held + 1)).toEqual([1, 10, 100]);
    const alarm = JSON.stringify(hold(filing({ named: true, text: "Chuyện riêng" })).deliveries);
    expect(alarm).not.toMatch(/Chuyện riêng|toldBy/);
  });

  it("is decided on by commands in a chat, and at the desk where a letter is read", () => {
    const [notice] = noticesOf(hold());
    if (!notice) throw new Error("nobody was told");
    const links = { reply: "https://bot.example/reply/c.a#t", desk: "https://bot.example/desk" };
    const letter = officialText(openNotice(notice, undefined), links).text;
    expect(letter).toContain(links.desk);
    expect(letter).not.toMatch(/\/cach|\/tha|\/reply\//);
    const chat = officialText(openNotice(notice, undefined)).text;
    for (const command of ["/cach", "/tha", "/loai"]) expect(chat).toContain(command);
  });

  it("cannot be acted on by its agency before it is released", () => {
    const deed = { action: "answer", text: "x" } as const;
    const refused = (agency: string) => act(folded(hold()), by("x", agency), deed, NOW, rules, vietnamese);
    expect(refused(COMMUNE)).toEqual({ refused: "not-yours" });
    expect(refused(COORDINATOR)).toEqual({ refused: "held-back" });
  });

  it("goes to its agency when a person releases it, with what was added meanwhile and its whole time", () => {
    const added = applyEvent("c1", folded(hold()), {
      type: "informed",
      at: NOW.toISOString(),
      text: "Quầy số 3",
    });
    const { step, complaint } = done(added, { action: "release" }, "m1", 4);
    expect(complaint).toMatchObject({ status: "registered", holders: [COMMUNE], answerDue: "2026-12-02" });
    expect(noticesOf(step)).toMatchObject([
      { event: "filed", due: "2026-12-02", text: expect.stringContaining("Quầy số 3") },
    ]);
    expect(toldOf(step)[0]).toContain("02/12/2026");
  });

  it("goes there undecided when nobody looks at it in time, once", () => {
    const held = folded(hold());
    expect(advance(held, at(3), rules, vietnamese)).toBeUndefined();
    const step = advance(held, at(5), rules, vietnamese);
    expect(step?.events).toMatchObject([
      { type: "released", clock: "quarantine", step: "release", round: 1 },
    ]);
    expect(step?.events[0]).not.toHaveProperty("by");
    expect(noticesOf({ deliveries: step?.deliveries ?? [] })).toMatchObject([{ event: "filed" }]);
    expect(advance(after(held, step?.events ?? []), at(5), rules, vietnamese)).toBeUndefined();
  });

  it("that is rejected is told why, can be objected to once within 30 days, and is then another's to decide", () => {
    const { step, complaint } = done(folded(hold()), { action: "reject", text: "Không có sự việc" });
    expect(complaint.status).toBe("rejected");
    expect(toldOf(step)[0]).toContain("Không có sự việc");
    expect(mayObject(complaint, at(30), rules)).toBe(true);
    expect(mayObject(complaint, at(31), rules)).toBe(false);
    const objected = after(complaint, object(at(2)).events);
    expect(objected.status).toBe("quarantined");
    expect(decide(objected, { action: "release" }, "m1", 2)).toEqual({ refused: "own-rejection" });
    const again = done(objected, { action: "reject", text: "Vẫn không" }, "m2", 3).complaint;
    expect(mayObject(again, at(4), rules)).toBe(false);
    expect(advance(objected, at(6), rules, vietnamese)?.events).toMatchObject([
      { type: "released", round: 3 },
    ]);
  });

  it("needs a reason to be rejected, and to be held back to be decided on", () => {
    expect(decide(folded(hold()), { action: "reject", text: " " })).toEqual({ refused: "empty" });
    const { complaint } = done(folded(hold()), { action: "release" });
    expect(decide(complaint, { action: "release" })).toEqual({ refused: "not-held-back" });
  });

  it("is seen by coordinators, by custodians where it is theirs, and by nobody it accuses", () => {
    const sees = (told: Filing, agency: string, role: string) =>
      mayModerate(folded(hold(told)), { agency, role }, rules);
    const bribe = filing({ kind: "bribe" });
    expect(sees(filing(), COORDINATOR, "coordinator")).toBe(true);
    expect(sees(filing(), INSPECTORATE, "custodian")).toBe(false);
    expect(sees(bribe, INSPECTORATE, "custodian")).toBe(true);
    expect(sees(bribe, CITY, "head")).toBe(false);
    expect(sees(bribe, CENTRE, "custodian")).toBe(false);
    // Nor by the custodian of another province, nor by a coordinator who is somebody else's.
    expect(sees(bribe, "thanh-tra-tinh-gia-lai", "custodian")).toBe(false);
    expect(sees(bribe, CITY, "coordinator")).toBe(false);
    // Nothing to act on: no unit that is known, no day, no dossier.
    const vague = filing({ kind: "bribe", about: { name: "cán bộ" } });
    expect(sees(vague, INSPECTORATE, "custodian")).toBe(false);
  });
});
