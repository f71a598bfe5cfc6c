import type { z } from "zod";
import { ImportedProcedure } from "../knowledge/imported-procedure.ts";
import { Day } from "../knowledge/source.ts";
import { CleanedRecord } from "./cleaned.ts";
import { DetailRecord, isDetail } from "./detail.ts";
import { feesOf } from "./fees.ts";
import { papersOf } from "./papers.ts";
import { line, lines } from "./plain.ts";
import type { PortalRecord } from "./record.ts";
import { pointsOf, stepsOf } from "./steps.ts";
import { timesOf } from "./time.ts";
import { waysOf } from "./ways.ts";

/** A procedure, still without the day of its copy where the record does not say it; or why it is not taken. */
export type Outcome =
  | { readonly kind: "taken"; readonly procedure: Undated; readonly updated?: string }
  | {
      readonly kind: "refused";
      readonly code?: string;
      readonly name?: string;
      readonly reason: string;
      readonly updated?: string;
      /** The portal itself says that nobody may be shown it (any more). */
      readonly withdrawn?: true;
    };
type Undated = Omit<ImportedProcedure, "retrieved"> & { readonly retrieved?: string };
const Undated = ImportedProcedure.partial({ retrieved: true });

const LONGEST_NAME = 1500;
/** Both are in force: `UPDATED` was changed since it was first published. */
const IN_FORCE = new Set(["", "ACTIVE", "UPDATED"]);
const CONTROL = /[^\P{Cc}\n\r\t]/u;

/** Undefined where an object stands that cannot even be written down, as one with a field named toString. */
function parseRecord(raw: object): ReturnType<typeof CleanedRecord.safeParse> | undefined {
  try {
    return (isDetail(raw) ? DetailRecord : CleanedRecord).safeParse(raw);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A record of either shape as one of ours, or the reason why it cannot be. */
export function cleanRecord(raw: unknown): Outcome {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return refused("not a record");
  if (Object.hasOwn(raw, "__proto__"))
    return { ...refused("holds a field named __proto__"), ...namesOf(raw) };
  const parsed = parseRecord(raw);
  if (!parsed) return { ...refused("holds a field that is no text, number or list"), ...namesOf(raw) };
  if (!parsed.success) return { ...refused(problemOf(parsed.error)), ...namesOf(raw) };
  const record = parsed.data;
  const names = namesOf(record);
  const updated = Day.safeParse(record.updated).success ? record.updated : undefined;
  const reason = withdrawal(record) ?? faultOf(record);
  if (reason !== undefined)
    return {
      ...refused(reason),
      ...names,
      ...(updated && { updated }),
      ...(withdrawal(record) !== undefined && { withdrawn: true }),
    };
  const checked = Undated.safeParse(procedureOf(record, updated));
  if (!checked.success) return { ...refused(problemOf(checked.error)), ...names };
  const { retrieved, ...procedure } = checked.data;
  return {
    kind: "taken",
    procedure: { ...procedure, ...(retrieved && { retrieved }) },
    ...(updated && { updated }),
  };
}

function procedureOf(record: PortalRecord, updated: string | undefined): object {
  const wording = [...record.channels.map(({ note }) => note), ...record.steps].join("\n").normalize("NFC");
  const agency = line(record.agency);
  const province = line(record.province);
  const where = lines(record.where).join("\n");
  return {
    code: record.code.trim(),
    name: line(record.name),
    sector: line(record.sector),
    level: record.level,
    ...(agency && { agency }),
    ...(province && { province }),
    audience: distinct(record.audience),
    ...papersOf(record.documents),
    time: timesOf(record.channels, wording),
    fees: feesOf(record.channels),
    ways: waysOf(record.channels),
    ...(where && { where }),
    steps: stepsOf(record.steps),
    result: distinct(record.result),
    conditions: pointsOf(record.conditions),
    legalBasis: record.legalBasis.flatMap(lawOf),
    url: record.url,
    ...(updated && { updated }),
    ...(record.retrieved && { retrieved: record.retrieved }),
  };
}

/** Why nobody may be shown the record, by the portal's own word. */
function withdrawal(record: PortalRecord): string | undefined {
  if (record.internal) return "internal";
  const state = record.state ?? "";
  return IN_FORCE.has(state) ? undefined : `not in force (state ${state.slice(0, 40)})`;
}

function faultOf({ code, name, sector, url }: PortalRecord): string | undefined {
  const clean = line(name);
  if (code.trim() === "") return "the code is missing";
  if (!/^\d\.\d{6}$/.test(code.trim())) return "the code is no national code (1.234567)";
  if (clean === "") return "the name is missing";
  if (clean.length > LONGEST_NAME) return `the name is longer than ${LONGEST_NAME} characters`;
  if (CONTROL.test(name)) return "the name holds control characters";
  if (line(sector) === "") return "the sector is missing";
  return /^https?:\/\//i.test(url) ? undefined : "the url is no web address";
}

function lawOf(law: PortalRecord["legalBasis"][number]): { number: string; name?: string }[] {
  const number = line(law.number);
  const name = line(law.name);
  if (number === "") return name === "" ? [] : [{ number: name }];
  return [{ number, ...(name !== "" && name !== number && { name }) }];
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.map(line))].filter(Boolean);
}

/** What the record calls itself, short enough to be listed. */
function namesOf(record: object): { code?: string; name?: string } {
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(record));
  const short = (value: unknown): string => (typeof value === "string" ? line(value.slice(0, 500)) : "");
  const code = short(fields.get("code")).slice(0, 20);
  const name = short(fields.get("name")).slice(0, 120);
  return { ...(code && { code }), ...(name && { name }) };
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  return issue ? `${issue.path.join(".")} ${issue.message}`.trim() : "not a record of a procedure";
}

function refused(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}
