import type { z } from "zod";
import { fold } from "../text/fold.ts";
import type { Agency, AgencyKinds, Directory } from "./agency.ts";
import type { CalendarYear } from "./calendar.ts";
import type { Phrasings } from "./phrasings.ts";
import type { Places } from "./place.ts";
import type { Procedure } from "./procedure.ts";
import type { Fault, Read } from "./read-yaml.ts";
import type { Rule } from "./rule.ts";

/** The files as read, before they are joined. */
export type Records = {
  readonly procedures: readonly Read<Procedure>[];
  readonly rules: readonly Read<Rule>[];
  readonly kinds: Read<z.output<typeof AgencyKinds>> | undefined;
  readonly directories: readonly Read<Directory>[];
  readonly years: readonly Read<CalendarYear>[];
  readonly places: Places;
  readonly phrasings: readonly Read<Phrasings>[];
};

/** Looks for dangling references and duplicates between files; gives the agencies by id, generated ones included. */
export function crossCheck(records: Records, faults: Fault[]): Map<string, Agency> {
  const kinds = new Set(records.kinds?.value.kinds.map((kind) => kind.kind));
  checkKinds(records, kinds, faults);
  checkProcedures(records.procedures, kinds, faults);
  checkPhrasings(records, faults);
  checkRules(records.rules, faults);
  checkYears(records.years, faults);
  return joinAgencies(records, kinds, faults);
}

function checkKinds(records: Records, known: ReadonlySet<string>, faults: Fault[]): void {
  const file = records.kinds;
  file?.value.kinds.forEach((kind, index) => {
    if (kind.superior && !known.has(kind.superior)) {
      report(
        file,
        ["kinds", index, "superior"],
        `no agency kind ${kind.superior}; add it or correct the name`,
        faults,
      );
    }
  });
}

function checkProcedures(
  procedures: readonly Read<Procedure>[],
  kinds: ReadonlySet<string>,
  faults: Fault[],
): void {
  const codes = uniqueBy(
    procedures,
    (p) => [{ key: p.code, path: ["code"] }, ...keysOf(p.sameAs, "sameAs")],
    faults,
  );
  uniqueBy(
    procedures,
    (p) => [...keysOf(p.says.map(fold), "says"), ...keysOf(p.phrasings.map(fold), "phrasings")],
    faults,
  );
  for (const read of procedures) {
    if (!kinds.has(read.value.agencyKind)) {
      report(read, ["agencyKind"], `no agency kind ${read.value.agencyKind} in agencies/kinds.yaml`, faults);
    }
    for (const list of ["variants", "related"] as const) {
      read.value[list].forEach(({ code }, index) => {
        if (code === undefined || (codes.has(code) && code !== read.value.code)) return;
        const problem =
          code === read.value.code
            ? `${code} is this record itself; remove the line`
            : `no procedure ${code} here; write that record or remove the code and keep the name`;
        report(read, [list, index, "code"], problem, faults);
      });
    }
  }
}

/** A code is phrased once: in its curated record, or else in one file of phrasings. */
function checkPhrasings({ phrasings, procedures }: Records, faults: Fault[]): void {
  const curated = new Map(
    procedures.flatMap((read) =>
      [read.value.code, ...read.value.sameAs].map((code) => [code, read.file] as const),
    ),
  );
  uniqueBy(
    phrasings,
    (file) => Object.keys(file.procedures).map((key) => ({ key, path: ["procedures", key] })),
    faults,
  );
  for (const read of phrasings) {
    for (const code of Object.keys(read.value.procedures)) {
      const file = curated.get(code);
      if (file)
        report(read, ["procedures", code], `${code} has a record, ${file}; move its phrasings there`, faults);
    }
  }
}

function checkRules(rules: readonly Read<Rule>[], faults: Fault[]): void {
  const ids = uniqueBy(rules, (rule) => [{ key: rule.id, path: ["id"] }], faults);
  for (const read of rules) {
    read.value.related.forEach((id, index) => {
      if (!ids.has(id)) report(read, ["related", index], `no rule ${id}; correct or remove it`, faults);
    });
  }
}

function checkYears(years: readonly Read<CalendarYear>[], faults: Fault[]): void {
  uniqueBy(years, (year) => [{ key: String(year.year), path: ["year"] }], faults);
  for (const read of years) {
    read.value.days.forEach((day, index) => {
      if (!day.day.startsWith(String(read.value.year))) {
        report(
          read,
          ["days", index, "day"],
          `${day.day} is not in ${read.value.year}; move it to its year's file`,
          faults,
        );
      }
    });
  }
}

function joinAgencies(records: Records, kinds: ReadonlySet<string>, faults: Fault[]): Map<string, Agency> {
  const agencies = new Map<string, Agency>();
  const origin = new Map<string, { read: Read<Directory>; path: PropertyKey[] }>();
  const add = (agency: Agency, read: Read<Directory>, path: PropertyKey[]): void => {
    if (agencies.has(agency.id)) report(read, path, `agency ${agency.id} exists twice; rename one`, faults);
    if (!kinds.has(agency.kind))
      report(read, [...path, "kind"], `no agency kind ${agency.kind} in agencies/kinds.yaml`, faults);
    agencies.set(agency.id, agency);
    origin.set(agency.id, { read, path });
  };
  for (const read of records.directories) {
    read.value.agencies.forEach((agency, index) => {
      add(agency, read, ["agencies", index]);
    });
    read.value.perCommune.forEach((pattern, index) => {
      for (const commune of records.places.communes.values()) {
        if (commune.province !== read.value.province) continue;
        const own = slug(`${commune.name} ${records.places.provinces.get(commune.province)?.short ?? ""}`);
        add(
          {
            id: `${pattern.prefix}-${own}`,
            name: `${pattern.name} ${lowerFirst(commune.name)}`,
            kind: pattern.kind,
            area: commune.code,
            superior: pattern.superior.replace("{commune}", own),
            says: [],
          },
          read,
          ["perCommune", index],
        );
      }
    });
  }
  for (const agency of agencies.values()) {
    const at = origin.get(agency.id);
    if (!at) continue;
    if (agency.superior && !agencies.has(agency.superior)) {
      report(
        at.read,
        [...at.path, "superior"],
        `superior ${agency.superior} of ${agency.id} does not exist; add it or correct it`,
        faults,
      );
    }
    if (
      agency.area &&
      !records.places.communes.has(agency.area) &&
      !records.places.provinces.has(agency.area)
    ) {
      report(
        at.read,
        [...at.path, "area"],
        `area ${agency.area} of ${agency.id} is neither a province nor a commune code`,
        faults,
      );
    }
  }
  return agencies;
}

/** Something that only one record may have, and where it stands in it. */
type Key = { readonly key: string; readonly path: readonly PropertyKey[] };

const keysOf = (list: readonly string[], field: string): Key[] =>
  list.map((key, index) => ({ key, path: [field, index] }));

/** Reports each key that two records share; gives all keys. */
function uniqueBy<T>(
  reads: readonly Read<T>[],
  keysOfRecord: (value: T) => readonly Key[],
  faults: Fault[],
): Set<string> {
  const first = new Map<string, Read<T>>();
  for (const read of reads) {
    for (const { key, path } of keysOfRecord(read.value)) {
      const other = first.get(key);
      if (!other) first.set(key, read);
      else if (other !== read)
        report(read, path, `"${key}" stands in ${other.file} too; keep it in one of them`, faults);
    }
  }
  return new Set(first.keys());
}

function report(read: Read<unknown>, path: readonly PropertyKey[], problem: string, faults: Fault[]): void {
  faults.push({ file: read.file, line: read.lineOf(path), problem });
}

function slug(name: string): string {
  return fold(name).replaceAll(/[^a-z0-9]+/g, "-");
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
