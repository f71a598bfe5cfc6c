import { z } from "zod";
import { VIETNAM_MS } from "../knowledge/calendar.ts";
import type { Way } from "../knowledge/procedure.ts";
import type { PortalRecord } from "./record.ts";
import { count, flag, list, sum, text, time } from "./shape.ts";

const WAYS: Readonly<Record<"DIRECT" | "POSTAL" | "ONLINE", Way>> = {
  DIRECT: "counter",
  POSTAL: "post",
  ONLINE: "online",
};
const LABELS: ReadonlyMap<string, string> = new Map([
  ["FEE", "Phí"],
  ["SERVICE_FEE", "Lệ phí"],
  ["PRICE_LEVEL", "Mức giá"],
]);
/** The portal's ids of its two currencies, as its records name them. */
const CURRENCIES: ReadonlyMap<string, string> = new Map([
  ["019b3fb2-b5b8-70ac-85e2-9409ec1eaffa", "Việt Nam Đồng"],
  ["019b3fb2-dee2-76ab-aa53-22d4d903a2bb", "USD"],
]);
/** Vietnam keeps one time all year round. */

const Named = z.object({ name: text });
const Fee = z.object({
  type: text,
  value: sum,
  currencyId: text,
  currencyName: text,
  description: text,
});
const Method = z.object({
  submissionMethod: z.enum(["DIRECT", "POSTAL", "ONLINE"], "must be DIRECT, POSTAL or ONLINE"),
  processingTime: time,
  processingTimeUnit: text,
  description: text,
  fees: list(Fee),
});
const Paper = z.object({
  name: text,
  originalQty: count,
  copyQty: count,
  attachments: list(z.object({ fileName: text })),
});

/** A detail record as the portal itself gives it. */
const Detail = z.object({
  id: text,
  code: text,
  name: text,
  state: text,
  type: text,
  isInternal: flag,
  isWard: flag,
  isProvince: flag,
  isMinistry: flag,
  isOtherAgency: flag,
  departmentPromulgateName: text,
  executingAgencies: text,
  unitGroupsExecuting: list(Named),
  dossierReceivingAddresses: text,
  requirementsAndConditions: text,
  categoriesDetails: list(Named),
  subjectTypesDetails: list(Named),
  resultsDetails: list(Named),
  legalBasisesDetails: list(z.object({ code: text, name: text })),
  executionMethods: list(Method),
  executionSteps: list(z.object({ name: text, description: text })),
  executionCases: list(z.object({ name: text, profileComponents: list(Paper) })),
  updatedAt: sum,
  /** Ours, beside the portal's own fields: the day of the copy. */
  crawledAt: text,
});
type Detail = z.output<typeof Detail>;

/** Whether the record is the portal's own rather than the cleaned shape. */
export function isDetail(record: object): boolean {
  return ["executionMethods", "executionSteps", "executionCases", "categoriesDetails"].some((key) =>
    Object.hasOwn(record, key),
  );
}

export const DetailRecord = Detail.transform(
  (detail): PortalRecord => ({
    code: detail.code,
    name: detail.name,
    sector: detail.categoriesDetails.map(({ name }) => name).join("; "),
    level: levelsOf(detail),
    agency: detail.executingAgencies || detail.unitGroupsExecuting.map(({ name }) => name).join("; "),
    province: provinceOf(detail.departmentPromulgateName),
    audience: detail.subjectTypesDetails.map(({ name }) => name),
    channels: detail.executionMethods.map((method) => ({
      way: WAYS[method.submissionMethod],
      time: method.processingTime,
      unit: method.processingTimeUnit,
      note: method.description,
      fees: method.fees.map((fee) => ({
        label: LABELS.get(fee.type) ?? "",
        value: fee.value,
        currency: fee.currencyName || (CURRENCIES.get(fee.currencyId) ?? fee.currencyId),
        note: fee.description,
      })),
    })),
    documents: detail.executionCases.flatMap(({ name: heading, profileComponents }) =>
      profileComponents.map((paper) => ({
        name: paper.name,
        heading,
        originals: paper.originalQty,
        copies: paper.copyQty,
        forms: paper.attachments.map(({ fileName }) => fileName),
      })),
    ),
    steps: detail.executionSteps.map(stepOf),
    result: detail.resultsDetails.map(({ name }) => name),
    conditions: detail.requirementsAndConditions,
    where: detail.dossierReceivingAddresses,
    legalBasis: detail.legalBasisesDetails.map(({ code, name }) => ({ number: code, name })),
    url: `https://dichvucong.gov.vn/thu-tuc-hanh-chinh/${encodeURIComponent(detail.id.toWellFormed())}`,
    // Two records of the national catalogue are internal by their type alone.
    internal: detail.isInternal || detail.type === "STANDARD_INTERNAL",
    state: detail.state,
    ...(detail.updatedAt && { updated: dayOf(detail.updatedAt) }),
    ...(detail.crawledAt && { retrieved: detail.crawledAt.slice(0, 10) }),
  }),
);

function levelsOf(detail: Detail): PortalRecord["level"] {
  return [
    detail.isMinistry ? ("ministry" as const) : undefined,
    detail.isProvince ? ("province" as const) : undefined,
    detail.isWard ? ("commune" as const) : undefined,
    detail.isOtherAgency ? ("other" as const) : undefined,
  ].filter((level) => level !== undefined);
}

/** A procedure issued by a province's people's committee exists in that province only. */
function provinceOf(promulgator: string): string {
  return (
    /^\s*(?:UBND|Ủy ban nhân dân)\s+(?:tỉnh|thành phố)\s+(.+)$/iu.exec(promulgator.normalize("NFC"))?.[1] ??
    ""
  );
}

function stepOf({ name, description }: { name: string; description: string }): string {
  const heading = name.trim().replace(/[\s:.]+$/u, "");
  if (heading === "" || description.trim().startsWith(heading)) return description || name;
  return description.trim() === "" ? heading : `${heading}: ${description}`;
}

/** The day in Vietnam; years that no portal writes are no day. */
function dayOf(milliseconds: number): string {
  const day = new Date(milliseconds + VIETNAM_MS);
  return Number.isNaN(day.getTime()) ? "" : day.toISOString().slice(0, 10);
}
