import {
  type AgencyEvent,
  type AgencyNotice,
  isAmongOfficials,
  isLast,
  type NoticedSupplements,
} from "../messages/delivery.ts";
import { type Complaint, evidenceOf, type Filing, type Supplements } from "./complaint.ts";
import { isNamedTo } from "./identity.ts";

/** What an agency is told. The preview a person consents to is made of the same fields by the same function. */
export function composeNotice(
  of: {
    readonly id: string;
    readonly case: string;
    readonly filing: Filing;
    readonly due: string;
    readonly related?: number;
  },
  event: AgencyEvent,
  agency: { readonly id: string; readonly name: string },
  text: string = of.filing.text,
): AgencyNotice {
  const { filing } = of;
  return {
    id: of.id,
    case: of.case,
    event,
    kind: filing.kind,
    summary: summaryOf(filing),
    text,
    procedure: filing.procedure ?? null,
    dossier: filing.dossierCode ?? null,
    place: filing.place?.name ?? null,
    agency,
    due: of.due,
    person: filing.named ? { toldBy: 0 } : null,
    evidence: (filing.evidence ?? []).map(({ id, name, type, size }) => ({ id, name, type, size })),
    ...(filing.lateness && { lateness: filing.lateness }),
    ...(filing.apology && { apology: filing.apology }),
    ...(filing.reappointedOn && { reappointed: filing.reappointedOn }),
    ...(filing.supplements && { supplements: supplementsOf(filing.supplements) }),
    ...(of.related && { related: of.related }),
  };
}

function supplementsOf({ times, inWriting, lastOn }: Supplements): NoticedSupplements {
  return {
    ...(times !== undefined && { times }),
    ...(inWriting !== undefined && { inWriting }),
    ...(lastOn !== undefined && { lastOn }),
  };
}

/**
 * The facts of a later notice of the same case. The person's name goes only to the agencies that stood in the preview:
 * a case handed on, disputed one level up, or in the protected lane, goes without it.
 */
export function noticeOf(
  complaint: Complaint,
  id: string,
  event: AgencyEvent,
  agency: { readonly id: string; readonly name: string },
  text?: string,
): AgencyNotice {
  const { named: _withheld, ...unnamed } = complaint.filing;
  const evidence = opensEvidence(complaint, event, agency.id) ? evidenceOf(complaint) : [];
  const filing = {
    ...(isNamedTo(complaint, agency.id) ? complaint.filing : unnamed),
    evidence: [...evidence],
  };
  const { trackingCode, answerDue: due, related } = complaint;
  const facts = { id, case: trackingCode, filing, due, ...(related && { related }) };
  const notice = composeNotice(facts, event, agency, text);
  return complaint.proposal && PRESSING.includes(event) ? { ...notice, waitsFor: "signature" } : notice;
}

/** Who is pressed for an answer that is written has to know that it is not to be written again. */
const PRESSING: readonly AgencyEvent[] = ["reminder", "overdue", "unacknowledged", "escalated"];

/** Only who has to handle a case may look at what came with it: not who reads along, nor who has nothing more to do. */
function opensEvidence({ route, holders }: Complaint, event: AgencyEvent, agency: string): boolean {
  const about = event === "identity" || event === "identity-refused" || isAmongOfficials(event);
  const readsAlong = route.copy.includes(agency) && !holders.includes(agency) && event !== "transferred";
  return !isLast(event) && !about && !readsAlong;
}

const KINDS: Readonly<Record<Filing["kind"], string>> = {
  late: "Hồ sơ trễ hẹn",
  bribe: "Phản ánh đòi tiền, gợi ý quà",
  harassment: "Phản ánh gây khó dễ, phiền hà",
  extra_documents: "Phản ánh đòi thêm giấy tờ",
  overcharge: "Phản ánh thu tiền sai",
  attitude: "Phản ánh thái độ phục vụ",
  refusal: "Phản ánh không nhận hồ sơ, đùn đẩy",
  praise: "Khen ngợi",
  suggestion: "Góp ý, kiến nghị",
  other: "Phản ánh",
};

/** One line: what, about whom, since when. Made of told facts only. */
export function summaryOf(filing: Filing): string {
  const day = (iso: string): string => iso.split("-").toReversed().join("/");
  return [
    KINDS[filing.kind],
    filing.about?.name,
    filing.submittedOn ? `nộp ngày ${day(filing.submittedOn)}` : undefined,
    filing.promisedDate ? `hẹn trả ngày ${day(filing.promisedDate)}` : undefined,
    filing.lateness && lateBy(filing.lateness.daysLate),
  ]
    .filter(Boolean)
    .join("; ");
}

function lateBy(days: number | undefined): string {
  if (days === undefined) return "chưa quá hạn";
  return days === 0 ? "đã quá hạn" : `trễ ${days} ngày làm việc`;
}
