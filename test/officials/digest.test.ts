import { describe, expect, it } from "vitest";
import type { Complaint, ComplaintEvent } from "../../src/complaints/complaint.ts";
import type { BoundOfficial } from "../../src/officials/bound-official.ts";
import { type Digest, digestDay, digests } from "../../src/officials/digest.ts";
import { officialChat } from "../../src/wording/official-chat.ts";
import { after, CENTRE, CITY, COMMUNE, file, filing, rules } from "../complaints/case.ts";

const words = officialChat.digest;
/** A moment of Viet Nam. */
const vn = (when: string): Date => new Date(`${when.replace(" ", "T")}:00+07:00`);
const NOW = vn("2026-12-02 08:00");
const { complaint: start } = file();
const by = { agency: COMMUNE, via: "chat" } as const;
const acknowledged: ComplaintEvent = { type: "acknowledged", at: "2026-11-23T03:00:00.000Z", by };

const dueOn = (id: string, answerDue: string, ...events: readonly ComplaintEvent[]): Complaint => ({
  ...after({ ...start, answerDue }, events),
  id,
  trackingCode: `MC-${id}`,
});
const chats = { ...rules, contactsOf: (agency: string) => (agency === COMMUNE ? ["telegram:-100"] : []) };
const made = (open: readonly Complaint[], officials: readonly BoundOfficial[] = [], now = NOW): Digest[] =>
  digests(open, officials, now, chats);

describe("the morning's list", () => {
  it("counts what is new, due today, due within two working days and overdue, the oldest first", () => {
    const open = [
      dueOn("soon", "2026-12-04", acknowledged),
      dueOn("late", "2026-11-27", acknowledged),
      dueOn("today", "2026-12-02", acknowledged),
      dueOn("later", "2026-12-07"),
      dueOn("later-still", "2026-11-20"),
    ];
    expect(made(open)).toEqual([
      {
        conversation: "telegram:-100",
        complaint: "later-still",
        text: [
          words.head("2026-12-02"),
          words.open(5),
          words.fresh(2),
          words.today(1),
          words.soon(2, 1),
          words.overdue(2),
          words.line("MC-later-still", "2026-11-20"),
          words.line("MC-late", "2026-11-27"),
          words.line("MC-today", "2026-12-02"),
          words.line("MC-soon", "2026-12-04"),
        ].join("\n"),
        choices: [{ id: "o:list:all", label: words.button }],
      },
    ]);
  });

  it("shows ten lines at most and says how many more there are; nothing of what a person wrote", () => {
    const open = Array.from({ length: 14 }, (_, index) => dueOn(`c${index}`, "2026-11-27"));
    const [list] = made(open);
    expect(list?.text.match(/^– MC-/gm)).toHaveLength(10);
    expect(list?.text).toContain(words.more(4));
    expect(list?.text).not.toContain(filing().text);
  });

  it("counts the answers that wait for a signature", () => {
    const proposed: ComplaintEvent = { type: "proposed", at: acknowledged.at, by, text: "Đã nhắc nhở" };
    expect(made([dueOn("c1", "2026-12-07", proposed)])[0]?.text).toContain(words.toSign(1));
  });

  it("is not made of cases that wait for the person or are closed, nor of nothing", () => {
    const at = "2026-11-23T03:00:00.000Z";
    expect(made([])).toEqual([]);
    expect(
      made([
        dueOn("asked", "2026-11-27", { type: "asked", at, by, text: "Quầy nào?" }),
        dueOn("answered", "2026-11-27", { type: "answered", at, by, text: "Đã nhắc" }),
        dueOn("closed", "2026-11-27", { type: "confirmed", at }),
      ]),
    ).toEqual([]);
  });

  it("is of the hour for which it is meant: what is filed later that morning has its own notice", () => {
    const early = { ...dueOn("early", "2026-12-09"), filedAt: "2026-12-02T00:45:00.000Z" };
    const since = { ...dueOn("since", "2026-12-09"), filedAt: "2026-12-02T00:46:00.000Z" };
    expect(made([early, since])[0]?.text).toContain(words.open(1));
    expect(made([since])).toEqual([]);
  });

  it("reaches each chat and each official of the agency once, supervisors with figures alone", () => {
    const one = { agency: COMMUNE, sender: "telegram:1", role: "officer" } as const;
    const lists = made(
      [dueOn("c1", "2026-11-27")],
      [
        one,
        { ...one, sender: "telegram:2", role: "supervisor" },
        { ...one, sender: "telegram:3", agency: CITY },
        { ...one, sender: "telegram:-100" },
      ],
    );
    expect(lists.map(({ conversation }) => conversation)).toEqual([
      "telegram:-100",
      "telegram:1",
      "telegram:2",
    ]);
    const figures = lists.find(({ conversation }) => conversation === "telegram:2");
    expect(figures?.text).toContain(words.overdue(1));
    expect(figures).toMatchObject({ choices: [], text: expect.not.stringContaining("MC-") });
  });

  it("goes to the coordinator's chat for an agency that nobody can reach, and by no letter or webhook", () => {
    const contactsOf = (agency: string): string[] =>
      agency === "dieu-phoi" ? ["email:a@b.vn", "telegram:9"] : [];
    const lists = digests([dueOn("c1", "2026-11-27")], [], NOW, { ...rules, contactsOf });
    expect(lists.map(({ conversation }) => conversation)).toEqual(["telegram:9"]);
    expect(digests([dueOn("c1", "2026-11-27")], [], NOW, rules)).toEqual([]);
  });

  it("never lists a case for the unit complained about, whoever may have given it the case", () => {
    const strayed = { ...dueOn("c1", "2026-11-27"), holders: [CENTRE] };
    const clerk = { agency: CENTRE, sender: "telegram:4", role: "head" } as const;
    expect(made([strayed], [clerk])).toEqual([]);
  });

  it("goes by the day of the repair after a dispute, not by the day that the answer met", () => {
    const disputed: ComplaintEvent = {
      type: "disputed",
      at: "2026-12-01T03:00:00.000Z",
      reason: "Vẫn quát",
      to: [COMMUNE],
    };
    expect(made([dueOn("c1", "2026-11-27", acknowledged, disputed)])[0]?.text).toContain(
      words.line("MC-c1", "2026-12-04"),
    );
  });
});

describe("the time of the morning's list", () => {
  it.each([
    ["2026-12-02 07:44", undefined],
    ["2026-12-02 07:45", "2026-12-02"],
    ["2026-12-02 11:59", "2026-12-02"],
    ["2026-12-02 12:00", undefined],
    // A Saturday, a Sunday and a public holiday.
    ["2026-11-28 08:00", undefined],
    ["2026-11-29 08:00", undefined],
    ["2026-11-24 08:00", undefined],
    ["2026-11-23 08:00", "2026-11-23"],
  ])("at %s in Viet Nam is the list of %s", (when, day) => {
    expect(digestDay(vn(when), rules)).toBe(day);
  });
});
