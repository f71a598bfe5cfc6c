import { describe, expect, it } from "vitest";
import type { Actor, Complaint } from "../../src/complaints/complaint.ts";
import { consent, refuse } from "../../src/complaints/consent.ts";
import { knowsPerson, waitsForConsent } from "../../src/complaints/identity.ts";
import { type Act, act, type Refusal } from "../../src/complaints/progress.ts";
import { protect } from "../../src/complaints/protect.ts";
import { COORDINATOR } from "../../src/complaints/route.ts";
import type { Step } from "../../src/complaints/tell.ts";
import { openNotice } from "../../src/messages/delivery.ts";
import { doneText } from "../../src/officials/done.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { official, officialText } from "../../src/wording/official.ts";
import {
  after,
  CENTRE,
  CITY,
  COMMUNE,
  file,
  filing,
  INSPECTORATE,
  NOW,
  noticesOf,
  rules,
  toldOf,
} from "./case.ts";

const CODE = "MC-7K4P-29QX-84MT";
const LINKS = { reply: "https://bot.example/reply/c.a#t", desk: "https://bot.example/desk" };
const PERSON = { name: "Trần Thị Hoa", phone: "0905123456" };
const REASON = "Tìm hồ sơ bị trả";
const DAY_MS = 86_400_000;
const later = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

const officer: Actor = { agency: CITY, via: "chat", person: "telegram:1", role: "officer" };
const custodian: Actor = { agency: INSPECTORATE, via: "chat", person: "telegram:2", role: "custodian" };
const head: Actor = { agency: INSPECTORATE, via: "chat", person: "telegram:3", role: "head" };
const coordinator: Actor = { agency: COORDINATOR, via: "chat", person: "telegram:4", role: "coordinator" };

const decide = (complaint: Complaint, by: Actor, action: "ask-identity" | "approve-identity", now = NOW) =>
  act(complaint, by, { action, text: REASON }, now, rules, vietnamese);
function done(step: Step | { readonly refused: Refusal }, complaint: Complaint): Complaint {
  if ("refused" in step) throw new Error(`refused: ${step.refused}`);
  return after(complaint, step.events);
}

const named = file(filing({ kind: "refusal", named: true })).complaint;
/** Handed on to the city, which was not in the preview and does not know the name. */
const handed = done(
  act(
    named,
    { agency: COMMUNE, via: "chat" },
    { action: "transfer", to: CITY, text: "Đúng thẩm quyền" },
    NOW,
    rules,
    vietnamese,
  ),
  named,
);
const asked = done(decide(handed, officer, "ask-identity"), handed);
const refused = after(asked, refuse(asked, NOW, rules)?.events ?? []);

describe("asking who the person is", () => {
  it("tells the person who asks and why, with a yes and a no; no agency hears anything", () => {
    const step = decide(handed, officer, "ask-identity");
    if ("refused" in step) throw new Error(step.refused);
    expect(noticesOf(step)).toEqual([]);
    const [told] = toldOf(step);
    expect(told).toContain("Ủy ban nhân dân thành phố Đà Nẵng");
    expect(told).toContain(REASON);
    expect(told).not.toContain(PERSON.name);
    expect(step.deliveries[0]?.content).toMatchObject({
      choices: [{ id: `c:idyes:${handed.id}` }, { id: `c:idno:${handed.id}` }],
    });
  });

  it("is refused to who knows already, who asked already, who was refused, who holds it not, or gives no reason", () => {
    const commune: Actor = { agency: COMMUNE, via: "webhook" };
    expect(decide(named, commune, "ask-identity")).toEqual({ refused: "identity-known" });
    expect(decide(asked, officer, "ask-identity")).toEqual({ refused: "identity-asked" });
    expect(decide(refused, officer, "ask-identity")).toEqual({ refused: "identity-refused" });
    expect(decide(handed, commune, "ask-identity")).toMatchObject({ refused: "handed-on" });
    const wordless: Act = { action: "ask-identity", text: "  " };
    expect(act(handed, officer, wordless, NOW, rules, vietnamese)).toEqual({ refused: "empty" });
    const closed = after(handed, [{ type: "confirmed", at: NOW.toISOString() }]);
    expect(decide(closed, officer, "ask-identity")).toEqual({ refused: "closed" });
  });

  it("is open to another agency after one was refused", () => {
    expect(decide(refused, coordinator, "ask-identity")).toHaveProperty("events");
  });

  it("ends when the case goes into the protected lane, or to another agency", () => {
    const safe = after(asked, protect(asked, undefined, NOW, rules).events);
    const moved = after(asked, [
      { type: "transferred", at: NOW.toISOString(), by: officer, to: INSPECTORATE, reason: "" },
    ]);
    for (const complaint of [safe, moved]) {
      expect(waitsForConsent(complaint)).toBe(false);
      expect(consent(complaint, undefined, NOW, rules)).toBeUndefined();
    }
  });
});

describe("the person's word", () => {
  it("opens the name to the agency that asked alone, once, whether it was told before or only now", () => {
    const given = { name: "Lê Thị Lan" };
    for (const [identity, step] of [
      [undefined, consent(asked, undefined, NOW, rules)],
      [{ person: given }, consent(asked, given, NOW, rules)],
    ] as const) {
      // The name itself goes beside, and into no notice.
      expect(step?.identity).toEqual(identity);
      expect(JSON.stringify([step?.events, step?.deliveries])).not.toContain(given.name);
      expect(noticesOf(step ?? { deliveries: [] })).toMatchObject([
        { event: "identity", agency: { id: CITY }, text: REASON, person: { toldBy: asked.revision } },
      ]);
      const opened = after(asked, step?.events ?? []);
      expect(knowsPerson(opened, CITY)).toBe(true);
      expect(consent(opened, undefined, NOW, rules)).toBeUndefined();
      expect(decide(opened, officer, "ask-identity")).toEqual({ refused: "identity-known" });
    }
  });

  it("reaches nobody in the place of an agency that has no contact: it waits", () => {
    const unreachable = { ...rules, contactsOf: (id: string) => (id === CITY ? [] : [`webhook:${id}`]) };
    const step = consent(asked, undefined, NOW, unreachable);
    expect(step?.deliveries.map(({ to }) => to)).toEqual([{ kind: "agency", agency: CITY, contact: "none" }]);
  });

  it("keeps it sealed, and says so to the agency, once", () => {
    const step = refuse(asked, NOW, rules);
    expect(noticesOf(step ?? { deliveries: [] })).toMatchObject([
      { event: "identity-refused", agency: { id: CITY }, person: null },
    ]);
    expect(refuse(refused, NOW, rules)).toBeUndefined();
    expect(consent(refused, undefined, NOW, rules)).toBeUndefined();
    expect(refuse(handed, NOW, rules)).toBeUndefined();
  });
});

describe("opening a name without the person's word", () => {
  it("needs two persons in two positions; each step is told to the person, the name to the asking agency alone", () => {
    const first = decide(refused, custodian, "approve-identity");
    const half = done(first, refused);
    if ("refused" in first) throw new Error(first.refused);
    expect(noticesOf(first).map(({ event, agency, person }) => [event, agency.id, person])).toEqual([
      ["identity-approval", INSPECTORATE, null],
      ["identity-approval", COORDINATOR, null],
    ]);
    expect(toldOf(first)[0]).toContain("còn cần một người thứ hai");
    expect(knowsPerson(half, CITY)).toBe(false);
    for (const second of [head, coordinator]) {
      const step = decide(half, second, "approve-identity");
      if ("refused" in step) throw new Error(step.refused);
      expect(step.events.map(({ type }) => type)).toEqual(["identity-approved", "identity-opened"]);
      expect(noticesOf(step)).toMatchObject([
        { event: "identity", agency: { id: CITY }, person: { toldBy: half.revision } },
      ]);
      expect(toldOf(step)[0]).toContain("Hai người có thẩm quyền");
    }
  });

  it("asks for a second person only where the seat that is free can be taken", () => {
    const told = (first: Actor) => {
      const step = decide(refused, first, "approve-identity");
      return "refused" in step ? [] : noticesOf(step).map(({ agency }) => agency.id);
    };
    expect(told(custodian)).toEqual([INSPECTORATE, COORDINATOR]);
    for (const first of [head, coordinator]) expect(told(first)).toEqual([INSPECTORATE]);
  });

  it("says to the first that a second is missing, and to the second that the name is open", () => {
    const first = decide(refused, custodian, "approve-identity");
    if ("refused" in first) throw new Error(first.refused);
    const second = decide(after(refused, first.events), coordinator, "approve-identity");
    if ("refused" in second) throw new Error(second.refused);
    const said = (step: Step): string =>
      doneText({ action: "approve-identity", text: REASON }, step, CODE, rules.directory);
    expect(said(first)).toBe(official.done["approve-identity"](CODE));
    expect(said(second)).toContain("Đủ hai người duyệt");
    expect(said(second)).not.toContain("chỉ mở khi");
  });

  it("is approved at the desk, where a letter points, and not on the page of one case", () => {
    const step = decide(refused, custodian, "approve-identity");
    const [notice] = noticesOf("refused" in step ? { deliveries: [] } : step);
    if (!notice) throw new Error("nobody was told");
    const letter = officialText(openNotice(notice, undefined), LINKS).text;
    expect(letter).toContain(LINKS.desk);
    expect(letter).not.toContain(LINKS.reply);
    expect(letter).not.toMatch(/Nơi phải trả lời|Hạn trả lời/);
    expect(officialText(openNotice(notice, undefined)).text).toContain(`/duyetdanhtinh ${CODE} lý do`);
  });

  it.each<readonly [Refusal, string, Complaint, Actor, number]>([
    [
      "identity-second",
      "the same person twice",
      done(decide(refused, custodian, "approve-identity"), refused),
      custodian,
      0,
    ],
    [
      "identity-second",
      "the same position twice",
      done(decide(refused, custodian, "approve-identity"), refused),
      { ...custodian, person: "telegram:9" },
      0,
    ],
    [
      "identity-second",
      "one person in both positions",
      done(decide(refused, custodian, "approve-identity"), refused),
      { ...head, person: "telegram:2" },
      0,
    ],
    ["not-yours", "an officer", refused, { ...custodian, role: "officer" }, 0],
    ["not-yours", "a head of another agency", refused, { ...head, agency: CITY }, 0],
    ["not-yours", "a custodian of the unit complained about", refused, { ...custodian, agency: CENTRE }, 0],
    [
      "not-yours",
      "nobody in particular",
      refused,
      { agency: INSPECTORATE, via: "webhook", role: "custodian" },
      0,
    ],
    ["identity-wait", "before the person had time to answer", asked, custodian, 1],
    ["identity-not-asked", "when nobody asked", handed, custodian, 0],
    ["closed", "a closed case", after(refused, [{ type: "confirmed", at: NOW.toISOString() }]), custodian, 0],
  ])("is refused as %s: %s", (refusal, _who, complaint, by, days) => {
    expect(decide(complaint, by, "approve-identity", later(days))).toEqual({ refused: refusal });
  });

  it("may begin when the person did not answer in two working days, and not when no name is known", () => {
    expect(decide(asked, custodian, "approve-identity", later(6))).toHaveProperty("events");
    const nameless = done(
      decide(file().complaint, { agency: COMMUNE, via: "chat" }, "ask-identity"),
      file().complaint,
    );
    expect(decide(nameless, custodian, "approve-identity", later(6))).toEqual({
      refused: "identity-unknown",
    });
  });

  it("is not for those from whom the person was protected", () => {
    const bribe = file(filing({ kind: "bribe", named: true })).complaint;
    const safe = after(bribe, protect(bribe, undefined, NOW, rules).events);
    expect(safe.holders).toEqual([COORDINATOR]);
    const ask = done(decide(safe, coordinator, "ask-identity"), safe);
    expect(decide(ask, custodian, "approve-identity", later(6))).toEqual({ refused: "not-yours" });
    const own: Actor = { ...custodian, agency: COORDINATOR };
    const half = done(decide(ask, own, "approve-identity", later(6)), ask);
    expect(decide(half, coordinator, "approve-identity", later(6))).toHaveProperty("events");
  });
});

describe("a number or address in an officer's words", () => {
  const commune: Actor = { agency: COMMUNE, via: "chat" };
  const said = (complaint: Complaint, text: string): string => {
    const step = act(complaint, commune, { action: "progress", text }, NOW, rules, vietnamese);
    return "refused" in step ? step.refused : (toldOf(step)[0] ?? "");
  };

  it("stays as it is, with a word on what contacting it gives away", () => {
    const { complaint } = file();
    for (const text of ["Chị gọi 0235 3870 123", "Chị gọi 0905123456", "Viết cho motcua@nuithanh.gov.vn"]) {
      expect(said(complaint, text)).toContain(text);
      expect(said(complaint, text)).toContain(vietnamese.identity.contactCaution);
    }
    expect(said(complaint, "Hồ sơ H17.25-261105-0012, hẹn 05/12/2026")).not.toContain(
      vietnamese.identity.contactCaution,
    );
  });

  it("needs no such word where the agency knows the person", () => {
    expect(said(named, "Chị gọi 0905123456")).not.toContain(vietnamese.identity.contactCaution);
  });
});
