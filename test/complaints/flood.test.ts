import { describe, expect, it } from "vitest";
import type { Complaint, Filing } from "../../src/complaints/complaint.ts";
import { createRecentFilings } from "../../src/complaints/recent-filings.ts";
import { CENTRE, filing, NOW, rules } from "./case.ts";
import { fileThrough, newCase } from "./guarded.ts";

const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const ORIGIN = "one-address";

/** Nobody tells what happened to them in the words of another. */
const REAL = [
  "Sáng thứ hai tôi ra nộp hồ sơ tách thửa, bà ở quầy 4 bảo thiếu bản vẽ rồi bỏ đi ăn sáng, tôi đợi hai tiếng",
  "Con tôi chưa làm được khai sinh vì anh cán bộ đòi giấy kết hôn bản gốc của cả ông bà nội",
  "Xin xác nhận tình trạng hôn nhân mà ba lần lên đều không ai nhận, lần nào cũng nói máy hỏng",
  "Người trực bảo vệ quát tháo không cho mẹ tôi ngồi chờ trong phòng dù trời mưa to",
  "Tôi hỏi phí chứng thực thì bị nói giá khác bảng niêm yết, không đưa biên lai",
];
const PLACES = "sân trước|hành lang|quầy một|quầy hai|phòng lưu trữ|cổng phụ|tầng ba|nhà xe".split("|");
const real = (number: number): string =>
  `${REAL[number % REAL.length] ?? ""} ${PLACES[number % PLACES.length] ?? ""} ${Array.from({ length: 30 }, (_, at) => word(number * 1009 + at)).join(" ")}`;

/** Made-up syllables: as different as people's own stories are. */
function word(number: number): string {
  const [onsets, vowels] = [
    "b c d g h k l m n ph qu r s t th tr v x".split(" "),
    "a e i o u ai ao oi ui".split(" "),
  ];
  let mixed = Math.imul(number ^ (number >>> 15) ^ 0x5bd1e995, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed = (mixed ^ (mixed >>> 16)) >>> 0;
  return `${onsets[mixed % onsets.length] ?? ""}${vowels[(mixed >>> 6) % vowels.length] ?? ""}`;
}

const fake = (number: number): string =>
  `Trung tâm này làm ăn tắc trách, đề nghị cách chức toàn bộ cán bộ và bồi thường cho nhân dân ngay lập tức ${word(number)}`;

/** 10,000 filings in half an hour from so many sessions, one in a hundred of them real, each from its own session. */
function flood(sessions: number, kind: Filing["kind"] = "attitude") {
  const recent = createRecentFilings(rules.guards);
  const filed: { readonly real: boolean; readonly complaint: Complaint }[] = [];
  for (let number = 0; number < 10_000; number++) {
    const isReal = number % 100 === 50;
    const told = filing({ kind, text: isReal ? real(number) : fake(number) });
    const conversation = isReal ? `web:real-${number}` : `web:fake-${number % sessions}`;
    const one = newCase(`c${number}`, told, conversation, later(number * 0.18));
    filed.push({ real: isReal, complaint: fileThrough(recent, one, ORIGIN).complaint });
  }
  return filed;
}

describe("a flood of 10,000", () => {
  it.each([1, 100, 5000])(
    "from %i sessions hides no real complaint and loses none: all have their code, the flood is held back",
    (sessions) => {
      const filed = flood(sessions);
      const codes = new Set(filed.map(({ complaint }) => complaint.trackingCode));
      expect(codes.size).toBe(10_000);
      const reals = filed.filter(({ real: isReal }) => isReal).map(({ complaint }) => complaint);
      expect(reals).toHaveLength(100);
      expect(reals.filter(({ status }) => status !== "registered")).toEqual([]);
      const fakes = filed.filter(({ real: isReal }) => !isReal).map(({ complaint }) => complaint);
      expect(fakes.filter(({ status }) => status === "quarantined").length).toBeGreaterThan(9890);
      // Nothing is thrown away unseen: each waits for a person, or has gone to its agency.
      expect(new Set(fakes.map(({ status }) => status))).toEqual(new Set(["registered", "quarantined"]));
    },
    60_000,
  );

  it("of a protected kind with facts to act on stands with the custodian", () => {
    const held = flood(100, "bribe").filter(({ complaint }) => complaint.status === "quarantined");
    const lanes = held.map(({ complaint }) => {
      const event = complaint.events.find(({ type }) => type === "quarantined");
      return event?.type === "quarantined" ? event.lane : undefined;
    });
    expect(lanes.length).toBeGreaterThan(9000);
    expect(new Set(lanes)).toEqual(new Set(["custodian"]));
  }, 60_000);
});

describe("what comes too often", () => {
  const guard = () => createRecentFilings(rules.guards);
  const suspicion = (recent: ReturnType<typeof guard>, number: number, told: Partial<Filing>, from: string) =>
    recent.suspicionOf({
      id: `n${number}`,
      at: later(number),
      conversation: from,
      filing: filing(told),
      origin: ORIGIN,
    });
  const note = (
    recent: ReturnType<typeof guard>,
    number: number,
    told: Partial<Filing>,
    from: string,
    at = later(number),
  ) => {
    recent.note({ id: `n${number}`, at, conversation: from, filing: filing(told), origin: ORIGIN });
  };

  it("is the fourth of one conversation within the hour, whatever it tells", () => {
    const recent = guard();
    for (const number of [1, 2, 3]) {
      expect(suspicion(recent, number, { text: real(number) }, "web:a")).toBeUndefined();
      note(recent, number, { text: real(number) }, "web:a");
    }
    expect(suspicion(recent, 4, { text: real(4) }, "web:a")).toBe("conversation");
    expect(suspicion(recent, 3700, { text: real(4) }, "web:a")).toBeUndefined();
  });

  it("is the fifth in nearly the same words, whoever sends it", () => {
    const recent = guard();
    for (const number of [1, 2, 3, 4]) {
      expect(suspicion(recent, number, { text: fake(number) }, `web:${number}`)).toBeUndefined();
      note(recent, number, { text: fake(number) }, `web:${number}`);
    }
    expect(suspicion(recent, 5, { text: fake(5) }, "web:5")).toBe("words");
  });

  it("is not what many people tell of one unit from one address, each in their own words", () => {
    const recent = guard();
    for (let number = 0; number < 500; number++) {
      expect(suspicion(recent, number, { text: real(number) }, `web:${number}`)).toBeUndefined();
      note(recent, number, { text: real(number) }, `web:${number}`);
    }
  });

  it("from one address about one unit is the second in the same words", () => {
    const recent = guard();
    for (let number = 0; number < 60; number++) note(recent, number, { text: real(number) }, `web:${number}`);
    note(recent, 60, { text: fake(1) }, "web:x");
    expect(suspicion(recent, 61, { text: fake(1) }, "web:y")).toBe("origin");
    const elsewhere = { text: fake(1), about: { id: "so-xay-dung", name: "Sở Xây dựng" } };
    expect(suspicion(recent, 62, elsewhere, "web:z")).toBeUndefined();
  });

  it("is still found behind very many others within the hour", () => {
    const recent = guard();
    for (const number of [1, 2, 3]) note(recent, number, { text: real(number) }, "web:a");
    for (let number = 10; number < 21_000; number++)
      note(
        recent,
        number,
        { text: `${word(number)} ${word(number + 7)}` },
        `web:${number}`,
        later(number / 10),
      );
    expect(suspicion(recent, 2110, { text: real(4) }, "web:a")).toBe("conversation");
    // Those whose words are not compared any more are counted as persons as before.
    const [cluster] = recent.clusters(later(2110));
    expect(cluster?.persons).toBe(20_991);
  });

  it("is counted rightly of who filed before that hour too", () => {
    const recent = guard();
    for (const number of [1, 2, 3, 4, 5]) note(recent, number, { text: real(number) }, "web:a", later(0));
    for (const number of [6, 7, 8]) note(recent, number, { text: real(number) }, "web:a", later(3500));
    expect(suspicion(recent, 3700, { text: real(9) }, "web:a")).toBe("conversation");
    expect(suspicion(recent, 3701, { text: real(9) }, "web:a")).toBe("conversation");
  });

  it("is remembered of the latest sixty thousand filings", () => {
    const recent = guard();
    for (let number = 0; number < 60_001; number++)
      note(recent, number, { text: word(number), about: undefined }, "web:a", later(number / 1000));
    expect([recent.has("n0"), recent.has("n1"), recent.has("n60000")]).toEqual([false, true, true]);
    recent.see(fileThrough(guard(), newCase("n0", filing(), "web:0", later(0))).complaint);
    expect([recent.has("n0"), recent.has("n1")]).toEqual([false, true]);
  });

  it("does not count what was not stored", () => {
    const recent = guard();
    for (const number of [1, 2, 3]) {
      note(recent, number, { text: real(number) }, "web:a");
      recent.forget({
        id: `n${number}`,
        at: later(number),
        conversation: "web:a",
        filing: filing({ text: real(number) }),
        origin: ORIGIN,
      });
    }
    expect(suspicion(recent, 4, { text: real(4) }, "web:a")).toBeUndefined();
  });

  it("is counted rightly when older filings are remembered after newer ones", () => {
    const recent = guard();
    note(recent, 1, { text: real(1) }, "web:a", later(0));
    note(recent, 2, { text: real(2) }, "web:a", later(-7200));
    note(recent, 3, { text: real(3) }, "web:a", later(-7100));
    expect(suspicion(recent, 4, { text: real(4), about: { id: CENTRE, name: "" } }, "web:a")).toBeUndefined();
  });
});
