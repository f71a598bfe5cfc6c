import { z } from "zod";
import type { Way } from "../knowledge/procedure.ts";
import type { PortalRecord } from "./record.ts";
import { count, flag, list, sum, text, texts, time } from "./shape.ts";

const WAYS: Readonly<Record<"Trực tiếp" | "Dịch vụ bưu chính" | "Trực tuyến", Way>> = {
  "Trực tiếp": "counter",
  "Dịch vụ bưu chính": "post",
  "Trực tuyến": "online",
};
const LEVELS: ReadonlyMap<string, PortalRecord["level"][number]> = new Map([
  ["Cấp xã", "commune"],
  ["Cấp tỉnh", "province"],
  ["Cấp bộ", "ministry"],
  ["Cơ quan khác", "other"],
]);

const Channel = z.object({
  channel: z.enum(
    ["Trực tiếp", "Dịch vụ bưu chính", "Trực tuyến"],
    "must be Trực tiếp, Dịch vụ bưu chính or Trực tuyến",
  ),
  timeValue: time,
  timeUnit: text,
  note: text,
  fees: list(z.object({ type: text, value: sum, currency: text, note: text })),
});
const Paper = z.object({ name: text, original: count, copy: count, forms: texts, case: text });

/** A record of the national catalogue as public copies of it are passed around, one a line. */
export const CleanedRecord = z
  .object({
    code: text,
    name: text,
    sector: text,
    agency: text,
    level: text,
    audience: texts,
    channels: list(Channel),
    steps: texts,
    documents: list(Paper),
    legalBasis: list(z.object({ number: text, name: text })),
    result: text,
    conditions: text,
    url: text,
    crawledAt: text,
    province: text,
    internal: flag,
    receivingAddress: text,
    updatedAt: text,
  })
  .transform(
    (record): PortalRecord => ({
      code: record.code,
      name: record.name,
      sector: record.sector,
      level: record.level.split(";").flatMap((level) => LEVELS.get(level.normalize("NFC").trim()) ?? []),
      agency: record.agency,
      province: record.province,
      audience: record.audience,
      channels: record.channels.map((channel) => ({
        way: WAYS[channel.channel],
        time: channel.timeValue,
        unit: channel.timeUnit,
        note: channel.note,
        fees: channel.fees.map((fee) => ({ ...fee, label: fee.type })),
      })),
      documents: record.documents.map((paper) => ({
        name: paper.name,
        heading: paper.case,
        originals: paper.original,
        copies: paper.copy,
        forms: paper.forms,
      })),
      steps: record.steps,
      // The copies join the results; a result that has a semicolon itself goes on in small letters.
      result: record.result.split(/;\s+(?=\p{Lu})/u),
      conditions: record.conditions,
      where: record.receivingAddress,
      legalBasis: record.legalBasis,
      url: record.url,
      internal: record.internal,
      ...(record.updatedAt && { updated: record.updatedAt.slice(0, 10) }),
      ...(record.crawledAt && { retrieved: record.crawledAt.slice(0, 10) }),
    }),
  );
