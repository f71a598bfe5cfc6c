import { describe, expect, it } from "vitest";
import {
  COORDINATOR,
  isBarred,
  placeName,
  type RouteQuestion,
  route,
  superiorAgency,
} from "../../src/complaints/route.ts";
import type { Agency } from "../../src/knowledge/agency.ts";
import { ComplaintKind } from "../../src/knowledge/complaint-kind.ts";
import { knowledge } from "../fixtures/real-knowledge.ts";
import {
  CENTRE,
  CITY,
  CITY_POLICE,
  COMMUNE,
  COMMUNE_POLICE,
  directory,
  INSPECTORATE,
  PLACE,
} from "./case.ts";

const AGENCIES = [...directory.agencies.values()];
const ACCUSING = ComplaintKind.options.filter((kind) => kind !== "praise" && kind !== "suggestion");
const DA_NANG = "48";
const HA_NOI = "01";
/** Hundreds of names on a busy machine. */
const PATIENCE = 60_000;

/** The agency itself and everything above it. */
function chain(id: string): string[] {
  const above: string[] = [];
  for (let at: string | undefined = id; at && !above.includes(at); at = directory.agencies.get(at)?.superior)
    above.push(at);
  return above;
}

const about = (id: string): { id: string; name: string } => ({
  id,
  name: directory.agencies.get(id)?.name ?? "",
});

/** Those who would hear of a case although they are accused or answer to the accused; all recipients are real. */
function wrong(question: RouteQuestion, accused: string): string[] {
  const { to, copy, why } = route(question, directory);
  const recipients = [...to, ...copy];
  const faults = recipients.filter((id) => chain(id).includes(accused) || !directory.agencies.has(id));
  if (to.length === 0) faults.push("nobody");
  if (why.length === 0) faults.push("no reason");
  return faults.map(
    (fault) => `${question.kind} about ${accused} at ${question.place ?? "no place"}: ${fault}`,
  );
}

describe("who must answer", () => {
  it("is never the unit complained about nor anything below it, and is always somebody: every unit, every kind", () => {
    const faults = AGENCIES.flatMap((agency) =>
      ACCUSING.flatMap((kind) =>
        [agency.area ?? DA_NANG, DA_NANG, PLACE.code, HA_NOI, undefined]
          // Nobody stands above the coordinator but the city's committee, and that only where a place is told.
          .filter((place) => agency.id !== COORDINATOR || (place !== undefined && place !== HA_NOI))
          .flatMap((place) => wrong({ kind, place, about: about(agency.id) }, agency.id)),
      ),
    );
    expect(faults).toEqual([]);
  });

  it(
    "is never that unit when the person names it instead of choosing it: every unit",
    () => {
      const faults = AGENCIES.flatMap((agency) =>
        [agency.name, ...agency.says].flatMap((name) =>
          wrong({ kind: "attitude", place: agency.area ?? DA_NANG, about: { name } }, agency.id),
        ),
      );
      expect(faults).toEqual([]);
    },
    PATIENCE,
  );

  it("is never the agency that handles the procedure, when the person names no unit: every procedure, every kind", () => {
    const kinds = new Set(knowledge.procedures.map(({ agencyKind }) => agencyKind));
    const handling = (kind: string): Agency | undefined =>
      AGENCIES.find((agency) => agency.kind === kind && [PLACE.code, DA_NANG].includes(agency.area ?? ""));
    const faults = [...kinds].flatMap((agencyKind) => {
      const accused = handling(agencyKind)?.id ?? "";
      return ACCUSING.flatMap((kind) => wrong({ kind, place: PLACE.code, agencyKind }, accused));
    });
    expect(kinds.size).toBeGreaterThan(5);
    expect(faults).toEqual([]);
  });

  it(
    "is never of the kind that the person's own words name: every everyday name of every kind",
    () => {
      const faults = [...directory.kinds.values()]
        .filter(({ kind }) => kind !== "coordinator")
        .flatMap((kind) =>
          [kind.name, ...kind.says].flatMap((said) => {
            const { to } = route({ kind: "attitude", place: PLACE.code, about: { name: said } }, directory);
            return to.some((id) => directory.agencies.get(id)?.kind === kind.kind)
              ? [`${said}: ${to.join()}`]
              : [];
          }),
        );
      expect(faults).toEqual([]);
    },
    PATIENCE,
  );

  it.each<readonly [string, RouteQuestion, string]>([
    ["a commune's centre answers to its own committee", { kind: "attitude", about: about(CENTRE) }, COMMUNE],
    ["a commune's committee answers to the city's", { kind: "late", about: about(COMMUNE) }, CITY],
    [
      "the commune's police answer to the city's police",
      { kind: "harassment", about: about(COMMUNE_POLICE) },
      CITY_POLICE,
    ],
    [
      "the city's police answer to the ministry",
      { kind: "refusal", about: about(CITY_POLICE) },
      "bo-cong-an",
    ],
    [
      "a department answers to the city's committee",
      { kind: "late", about: about("so-noi-vu-da-nang") },
      CITY,
    ],
    [
      "the land registry answers to its department",
      { kind: "late", about: about("van-phong-dang-ky-dat-dai-da-nang") },
      "so-nong-nghiep-moi-truong-da-nang",
    ],
    ["a demand for money goes to the inspectorate", { kind: "bribe", about: about(CENTRE) }, INSPECTORATE],
    ["a demand for money by nobody named goes there too", { kind: "bribe" }, INSPECTORATE],
    ["the inspectorate does not examine itself", { kind: "bribe", about: about(INSPECTORATE) }, COORDINATOR],
    [
      "a threat goes to the inspectorate, too",
      { kind: "harassment", threatened: true, about: about(COMMUNE) },
      INSPECTORATE,
    ],
    [
      "a threat by a ministry goes to the coordinator",
      { kind: "attitude", threatened: true, about: about("bo-cong-an") },
      COORDINATOR,
    ],
    ["nor the committee it answers to", { kind: "bribe", about: about(CITY) }, COORDINATOR],
    [
      "nothing in the directory stands above the city's committee",
      { kind: "late", about: about(CITY) },
      COORDINATOR,
    ],
    ["no province judges a ministry", { kind: "late", about: about("bo-cong-an") }, COORDINATOR],
    ["not even for money", { kind: "bribe", about: about("bo-tu-phap") }, COORDINATOR],
    ["a unit named in words is found", { kind: "late", about: { name: "UBND xã Núi Thành" } }, CITY],
    ["so is one typed without marks", { kind: "attitude", about: { name: "cong an xa" } }, CITY_POLICE],
    ["and the one that handles the procedure", { kind: "late", agencyKind: "commune-committee" }, CITY],
    [
      "a unit nobody knows goes to the coordinator",
      { kind: "attitude", about: { name: "chị ngồi quầy số ba" } },
      COORDINATOR,
    ],
    ["no unit told goes to the coordinator", { kind: "other" }, COORDINATOR],
  ])("%s", (_, question, to) => {
    expect(route({ place: PLACE.code, ...question }, directory).to).toEqual([to]);
  });

  it.each(ACCUSING)("outside the directory is the coordinator, for %s too", (kind) => {
    expect(route({ kind, place: HA_NOI, about: { name: "Sở Nội vụ" } }, directory).to).toEqual([COORDINATOR]);
    expect(route({ kind, about: { name: "công an phường" } }, directory).to).toEqual([COORDINATOR]);
  });

  it("is told with reasons: the place, the unit and the one chosen", () => {
    const why = route({ kind: "late", place: PLACE.code, about: about(COMMUNE) }, directory).why.join("\n");
    for (const name of [PLACE.name, about(COMMUNE).name, about(CITY).name]) expect(why).toContain(name);
    expect(placeName(PLACE.code, directory)).toBe(PLACE.name);
  });

  it("of praise is the unit itself, with a copy to the one above; every unit", () => {
    for (const agency of AGENCIES) {
      const { to, copy } = route({ kind: "praise", place: agency.area, about: about(agency.id) }, directory);
      expect(to, agency.id).toEqual([agency.id]);
      if (agency.superior) expect(copy, agency.id).toEqual([agency.superior]);
      expect(copy).not.toContain(agency.id);
    }
  });

  it("of a suggestion is the unit itself alone; the coordinator when none is named", () => {
    expect(route({ kind: "suggestion", about: about(CENTRE) }, directory)).toMatchObject({
      to: [CENTRE],
      copy: [],
    });
    expect(route({ kind: "suggestion", place: PLACE.code }, directory).to).toEqual([COORDINATOR]);
  });
});

describe("an agency that may not be given a case", () => {
  it("is exactly the accused and all below it: the city, a commune, its centre", () => {
    for (const accused of [CITY, COMMUNE, CENTRE, CITY_POLICE]) {
      const question: RouteQuestion = { kind: "late", place: PLACE.code, about: about(accused) };
      const barred = AGENCIES.filter(({ id }) => isBarred(question, id, directory)).map(({ id }) => id);
      const below = AGENCIES.filter(({ id }) => chain(id).includes(accused)).map(({ id }) => id);
      expect(barred).toEqual(below);
      expect(barred).toContain(accused);
    }
  });

  it("is any of the accused's kind, and all below those, while it is not known which one is meant", () => {
    const barred = (name: string): string[] =>
      [CENTRE, COMMUNE, COMMUNE_POLICE, CITY_POLICE, CITY].filter((agency) =>
        isBarred({ kind: "attitude", about: { name } }, agency, directory),
      );
    expect(barred("công an phường")).toEqual([COMMUNE_POLICE]);
    expect(barred("ủy ban xã")).toEqual([CENTRE, COMMUNE]);
  });

  it("does not exist for praise and suggestions", () => {
    for (const kind of ["praise", "suggestion"] as const)
      expect(isBarred({ kind, about: about(CENTRE) }, CENTRE, directory)).toBe(false);
  });

  it("is the unit praised or advised too, where there are threats beside: the custodian alone hears of them", () => {
    for (const kind of ["praise", "suggestion"] as const) {
      const question: RouteQuestion = { kind, about: about(CENTRE), place: PLACE.code, threatened: true };
      expect(isBarred(question, CENTRE, directory)).toBe(true);
      expect(route(question, directory)).toMatchObject({ to: [INSPECTORATE], copy: [] });
    }
  });

  it("is each body of the commune, while who asks for money or threatens is only said to be an official there", () => {
    const own = AGENCIES.filter(({ area }) => area === PLACE.code).map(({ id }) => id);
    expect(own).toEqual(expect.arrayContaining([COMMUNE, CENTRE, COMMUNE_POLICE]));
    const barred = (question: RouteQuestion): string[] =>
      AGENCIES.filter(({ id }) => isBarred({ place: PLACE.code, ...question }, id, directory)).map(
        ({ id }) => id,
      );
    for (const question of [
      { kind: "bribe", about: { name: "cán bộ" } },
      { kind: "harassment" },
      { kind: "late", threatened: true },
    ] as const)
      expect(barred(question).toSorted()).toEqual(own.toSorted());
    expect(barred({ kind: "late" })).toEqual([]);
    expect(barred({ kind: "bribe", place: DA_NANG })).toEqual([]);
  });
});

describe("the agency above", () => {
  it("is the directory's superior, and the coordinator where there is none", () => {
    for (const agency of AGENCIES)
      expect(superiorAgency(agency.id, directory)).toBe(agency.superior ?? COORDINATOR);
  });
});
