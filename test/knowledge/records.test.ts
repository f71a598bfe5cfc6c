import { describe, expect, it } from "vitest";
import { LINKS } from "../../src/answers/follow-up.ts";
import { SIGNALS } from "../../src/answers/signals.ts";
import { fold } from "../../src/text/fold.ts";
import { finder } from "../fixtures/real-guide.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";

const {
  procedures,
  rules,
  agencies,
  kinds,
  places,
  calendar,
  phrasings: phrased,
  ranking,
  limits,
} = knowledge;
/** The code of the procedure found first. */
const first = (text: string): string | undefined => finder.find({ text, offtopic: 0 }).procedures[0]?.code;

describe("the procedures", () => {
  it("are at least forty, and the rules at least fifteen", () => {
    expect(procedures.length).toBeGreaterThanOrEqual(40);
    expect(rules.length).toBeGreaterThanOrEqual(15);
  });

  it("each say their source, the day they were checked and their legal basis", () => {
    for (const { code, source, checked, legalBasis, time, fees, ways, steps } of procedures) {
      expect(source.name, code).not.toBe("");
      expect(source.url, code).toMatch(/^https:\/\//);
      expect(checked >= source.retrieved, `${code}: checked before its source was read`).toBe(true);
      expect(legalBasis.length, code).toBeGreaterThan(0);
      for (const list of [time, fees, ways, steps]) expect(list.length, code).toBeGreaterThan(0);
    }
  });

  it("claim to be free only with the text that says so", () => {
    const free = procedures.flatMap((p) => p.fees).flatMap((fee) => (fee.kind === "free" ? [fee.basis] : []));
    expect(free.length).toBeGreaterThan(0);
    for (const basis of free) expect(basis).toMatch(/\d|Cổng DVCQG/);
  });

  it("are found first by their own titles, everyday names and phrasings, in 95 of 100 and more", () => {
    const missed: string[] = [];
    let asked = 0;
    for (const { code, title, says, phrasings } of procedures) {
      for (const text of new Set([title, ...says, ...phrasings])) {
        asked++;
        if (first(text) !== code) missed.push(`${code} ${text}`);
      }
    }
    const share = 1 - missed.length / asked;
    process.stdout.write(
      `own texts that find their procedure first: ${asked - missed.length} of ${asked} (${(100 * share).toFixed(2)} %)\n`,
    );
    expect(share, missed.join("\n")).toBeGreaterThanOrEqual(0.95);
  });

  it("are each found first by their titles typed without marks", () => {
    const missed = procedures.filter(({ code, title }) => first(fold(title)) !== code);
    expect(missed.map(({ code, title }) => `${code} ${title}`)).toEqual([]);
  });

  it("are each handled by a kind of agency that the directory knows", () => {
    for (const { code, agencyKind } of procedures) expect(kinds.has(agencyKind), code).toBe(true);
  });
});

describe("how people ask for procedures without a record", () => {
  it("is known for most of the national catalogue, none of which has a record", () => {
    expect(phrased.size).toBeGreaterThan(2000);
    const own = new Set(procedures.flatMap(({ code, sameAs }) => [code, ...sameAs]));
    expect([...phrased.keys()].filter((code) => own.has(code))).toEqual([]);
  });

  it("is told in one phrasing at least, none twice for the same procedure", () => {
    const doubled = [...phrased].filter(
      ([, { phrasings }]) =>
        new Set(phrasings.map((text) => text.trim().toLowerCase())).size < phrasings.length,
    );
    expect(doubled.map(([code]) => code)).toEqual([]);
  });
});

describe("the weights of the ranking", () => {
  it("are of signals that exist", () => {
    const known = new Set<string>([...SIGNALS, "offtopic"]);
    const weighed = [...Object.keys(ranking.rank), ...Object.keys(ranking.answerable)];
    expect(weighed.filter((name) => !known.has(name))).toEqual([]);
  });

  it("are there for every signal that orders candidates", () => {
    expect(SIGNALS.filter((name) => ranking.rank[name] === undefined)).toEqual([]);
  });

  it("are there for all, and only, that links a message to what was spoken of", () => {
    expect(Object.keys(ranking.followUp).toSorted()).toEqual(LINKS.toSorted());
  });
});

describe("the limits", () => {
  it("warn of an imported record sooner than of one that a person has checked", () => {
    const { curated, imported } = limits.freshness;
    expect(imported.warnAfterDays).toBeLessThan(curated.warnAfterDays);
    expect(imported.hideAfterDays).toBeLessThan(curated.hideAfterDays);
  });
});

describe("the rules", () => {
  it("each say their article where the text itself was read, their day in force and the day they were checked", () => {
    for (const { id, legalBasis, since, checked, status } of rules) {
      const known = status === "secondary" || legalBasis.some(({ article }) => article);
      expect(known, `${id} names no article`).toBe(true);
      expect(since <= checked, `${id} was checked before it came into force`).toBe(true);
    }
  });
});

describe("the agencies", () => {
  it("each have a chain of superiors that ends", () => {
    for (const agency of agencies.values()) {
      const chain = [agency.id];
      for (let above = agency.superior; above; above = agencies.get(above)?.superior) {
        expect(chain, `${agency.id} answers to itself: ${[...chain, above].join(" → ")}`).not.toContain(
          above,
        );
        expect(agencies.has(above), above).toBe(true);
        chain.push(above);
      }
    }
  });

  it("of each kind have a chain of superior kinds that ends", () => {
    for (const kind of kinds.values()) {
      const chain = [kind.kind];
      for (let above = kind.superior; above; above = kinds.get(above)?.superior) {
        expect(chain, `${kind.kind} answers to itself`).not.toContain(above);
        chain.push(above);
      }
    }
  });

  it("of every commune of Đà Nẵng are there: committee, one-stop centre and police", () => {
    const communes = [...places.communes.values()].filter((commune) => commune.province === "48");
    expect(communes.length).toBe(94);
    for (const commune of communes) {
      const own = [...agencies.values()]
        .filter((agency) => agency.area === commune.code)
        .map((agency) => agency.kind);
      expect(own.toSorted(), commune.name).toEqual(["commune-centre", "commune-committee", "commune-police"]);
    }
  });

  it("include the coordinator, who is nobody's inferior", () => {
    expect(agencies.get("dieu-phoi")?.superior).toBeUndefined();
  });
});

describe("the calendar", () => {
  it("covers 2025 to 2027, each day with its source, none twice", () => {
    expect([...calendar.keys()].toSorted((a, b) => a - b)).toEqual([2025, 2026, 2027]);
    for (const { year, days } of calendar.values()) {
      expect(new Set(days.map(({ day }) => day)).size, String(year)).toBe(days.length);
      for (const { day, source } of days) expect(source, day).not.toBe("");
    }
  });

  it("takes days off only from working days, and make-up days only from weekends", () => {
    for (const { days } of calendar.values()) {
      for (const { day, kind } of days) {
        const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
        expect(weekend, `${day} ${kind}`).toBe(kind === "work");
      }
    }
  });

  it("makes up for every day swapped off by a day worked", () => {
    for (const { year, days } of calendar.values()) {
      const swapped = days.filter(({ kind, name }) => kind === "off" && name.includes("hoán đổi")).length;
      expect(days.filter(({ kind }) => kind === "work").length, String(year)).toBe(swapped);
    }
  });

  it("knows the fixed holidays of every year", () => {
    for (const { year, days } of calendar.values()) {
      for (const fixed of ["01-01", "04-30", "05-01", "09-02"].map((day) => `${year}-${day}`)) {
        const weekend = [0, 6].includes(new Date(`${fixed}T00:00:00Z`).getUTCDay());
        const off = days.some(({ day, kind }) => day === fixed && kind === "off");
        expect(off || weekend, fixed).toBe(true);
      }
    }
  });
});
