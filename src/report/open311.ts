import { isProtected } from "../complaints/complaint.ts";
import { ComplaintKind } from "../knowledge/complaint-kind.ts";
import type { PublicCase, PublicView } from "../watch/figures.ts";
import { vietnamese } from "../wording/citizen.ts";
import { report } from "../wording/report.ts";

// GeoReport v2, read only (wiki.open311.org/GeoReport_v2). A case has no point on the map here and no text.

const words = report.open311;

/** A list of objects with plain fields, in either format; `element` names one of them in XML. */
export type Listing = {
  readonly root: string;
  readonly element: string;
  readonly items: readonly Fields[];
};
type Fields = Readonly<Record<string, string | boolean>>;

/** An error in the standard's shape, with its HTTP status. */
export type Fault = { readonly status: 400 | 404; readonly description: string };

/** Parameters as they came. */
export type Asked = Readonly<Partial<Record<Parameter, string>>>;
export const PARAMETERS = [
  "service_request_id",
  "service_code",
  "start_date",
  "end_date",
  "status",
  "page",
  "page_size",
] as const;
type Parameter = (typeof PARAMETERS)[number];

/** Without dates the standard gives the last 90 days, and never more than a thousand. */
const DEFAULT_DAYS = 90;
const MOST = 1000;
const DAY_MS = 86_400_000;

/** The kinds of complaints that are ever shown. */
export function services(): Listing {
  const kinds = ComplaintKind.options.filter((kind) => !isProtected(kind));
  return { root: "services", element: "service", items: kinds.map(serviceOf) };
}

function serviceOf(kind: ComplaintKind): Fields {
  const name = vietnamese.kinds[kind];
  return {
    service_code: kind,
    service_name: name,
    description: words.describe(name),
    metadata: false,
    type: "blackbox",
    keywords: words.keywords,
    group: words.group,
  };
}

/** One kind; it has no questions of its own. */
export function service(code: string): Listing | Fault {
  const found = services().items.find((item) => item["service_code"] === code);
  if (!found) return { status: 404, description: words.noSuchService };
  return { root: "services", element: "service", items: [found] };
}

/** The public cases asked for, the newest month first. */
export function requests(asked: Asked, view: PublicView): Listing | Fault {
  const wrong = wrongParameter(asked);
  if (wrong) return { status: 400, description: words.badParameter(wrong) };
  const { service_request_id: ids, service_code: codes, status } = asked;
  const wantedIds = ids === undefined ? undefined : new Set(ids.split(","));
  const wantedCodes = codes === undefined ? undefined : new Set(codes.split(","));
  const [from, to] = wantedIds ? [undefined, undefined] : spanOf(asked, view.at);
  const found = view.cases.filter(
    (one) =>
      (!wantedIds || wantedIds.has(one.id)) &&
      (!wantedCodes || wantedCodes.has(one.kind)) &&
      (status === undefined || one.open === (status === "open")) &&
      (from === undefined || startOf(one) >= from) &&
      (to === undefined || startOf(one) <= to),
  );
  const size = Math.min(MOST, Number(asked.page_size ?? MOST));
  const first = (Number(asked.page ?? 1) - 1) * size;
  return {
    root: "service_requests",
    element: "request",
    items: found.slice(first, first + size).map(requestOf),
  };
}

/** One public case. */
export function request(id: string, view: PublicView): Listing | Fault {
  const found = view.cases.find((one) => one.id === id);
  if (!found) return { status: 404, description: words.noSuchRequest };
  return { root: "service_requests", element: "request", items: [requestOf(found)] };
}

function requestOf(one: PublicCase): Fields {
  return {
    service_request_id: one.id,
    status: one.open ? "open" : "closed",
    status_notes: one.open ? words.waiting : words.answered,
    service_name: vietnamese.kinds[one.kind],
    service_code: one.kind,
    agency_responsible: one.agencyName,
    service_notice: words.notice,
    requested_datetime: `${one.month}-01T00:00:00+07:00`,
    address: one.agencyName,
  };
}

function startOf({ month }: PublicCase): number {
  return Date.parse(`${month}-01T00:00:00+07:00`);
}

/** From the month in which the span begins: no day within it is told. */
function spanOf({ start_date: start, end_date: end }: Asked, now: string): [number, number] {
  const last = end === undefined ? Date.parse(now) : Date.parse(end);
  const first = start === undefined ? last - DEFAULT_DAYS * DAY_MS : Date.parse(start);
  const there = new Date(first + 7 * 3_600_000).toISOString().slice(0, 7);
  return [Date.parse(`${there}-01T00:00:00+07:00`), last];
}

function wrongParameter(asked: Asked): Parameter | undefined {
  const fits: Readonly<Partial<Record<Parameter, (value: string) => boolean>>> = {
    start_date: isInstant,
    end_date: isInstant,
    status: (value) => value === "open" || value === "closed",
    page: isCount,
    page_size: isCount,
  };
  return PARAMETERS.find((name) => {
    const value = asked[name];
    return value !== undefined && fits[name]?.(value) === false;
  });
}

function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}

function isCount(text: string): boolean {
  return /^[1-9]\d{0,5}$/.test(text);
}

/** Where the end points are. @param base the outside address, without a slash at its end */
export function discovery(base: string): { readonly json: object; readonly xml: string } {
  const end = {
    specification: "http://wiki.open311.org/GeoReport_v2",
    url: `${base}/open311/v2`,
    changeset: "2026-11-01T00:00:00+07:00",
    type: "production",
    formats: ["application/json", "text/xml"],
  };
  const { formats, ...rest } = end;
  const fields = Object.entries(rest).map(([name, text]) => element(name, text));
  const told = formats.map((format) => element("format", format)).join("");
  return {
    json: { changeset: end.changeset, contact: base, key_service: "", endpoints: [end] },
    xml: `${XML}<discovery>${element("changeset", end.changeset)}${element("contact", base)}<endpoints><endpoint>${fields.join("")}<formats>${told}</formats></endpoint></endpoints></discovery>`,
  };
}

export function listingXml({ root, element: name, items }: Listing): string {
  const told = items.map((item) => {
    const fields = Object.entries(item).map(([field, value]) => element(field, String(value)));
    return `<${name}>${fields.join("")}</${name}>`;
  });
  return `${XML}<${root}>${told.join("")}</${root}>`;
}

export function faultJson({ status, description }: Fault): object {
  return [{ code: status, description }];
}

export function faultXml({ status, description }: Fault): string {
  return `${XML}<errors><error>${element("code", String(status))}${element("description", description)}</error></errors>`;
}

const XML = '<?xml version="1.0" encoding="utf-8"?>\n';

/** What XML 1.0 cannot hold is left out. */
function element(name: string, text: string): string {
  const safe = text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
  return `<${name}>${safe}</${name}>`;
}
