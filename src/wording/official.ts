import type { AnswerFault, Suspicion } from "../complaints/complaint.ts";
import {
  type AgencyEvent,
  type AgencyNotice,
  isLast,
  isOfMany,
  type NoticedApology,
  type NoticedLateness,
} from "../messages/delivery.ts";
import { day } from "./citizen.ts";

const EVENTS: Readonly<Record<AgencyEvent, string>> = {
  filed: "Phản ánh mới",
  reminder: "Nhắc hạn trả lời",
  overdue: "Quá hạn trả lời",
  unacknowledged: "Chưa nơi nào tiếp nhận, báo cấp trên",
  escalated: "Chưa giải quyết xong, báo cấp trên",
  undelivered: "Chưa gửi được đến nơi phải trả lời",
  transferred: "Phản ánh được chuyển đến",
  information: "Người dân bổ sung",
  disputed: "Người dân báo chưa giải quyết",
  closed: "Người dân xác nhận đã giải quyết xong",
  lapsed: "Đóng vì người dân không phản hồi",
  quarantined: "Có phản ánh nghi gửi hàng loạt, chờ người xem xét",
  cluster: "Nhiều người cùng phản ánh một đơn vị",
  review: "Câu trả lời trong tháng cần xem lại",
};

/** What the text of a later notice is. */
const CONTENT: Readonly<Partial<Record<AgencyEvent, string>>> = {
  information: "Người dân viết thêm",
  disputed: "Lý do chưa giải quyết",
};

/** Why a case is held back. */
const SUSPICIONS: Readonly<Record<Suspicion, string>> = {
  conversation: "một cuộc trò chuyện gửi quá nhiều trong ít phút",
  words: "nhiều phản ánh gần như cùng lời trong ít phút",
  origin: "nhiều phản ánh cùng địa chỉ mạng, cùng đơn vị trong ít phút, trùng người hoặc gần lời",
};

/** Why an answer should be looked at. */
export const ANSWER_FAULTS: Readonly<Record<AnswerFault, string>> = {
  quick: "trả lời ngay sau khi tiếp nhận",
  copied: "giống câu trả lời của vụ khác",
  disputed: "người dân báo chưa giải quyết",
};

/** `2026-11` → 11/2026. */
export function monthYear(month: string): string {
  return month.split("-").toReversed().join("/");
}

/** The rule on written apologies for late results. */
const APOLOGY_RULE = "khoản 6 Điều 19 Nghị định 118/2025/NĐ-CP";
const APOLOGIES: Readonly<Record<NoticedApology, string>> = {
  none: `Không nhận được văn bản xin lỗi và hẹn lại (${APOLOGY_RULE})`,
  in_time: "Đã nhận văn bản xin lỗi và hẹn lại trước hạn ít nhất 1 ngày",
  too_late: `Nhận văn bản xin lỗi muộn hơn 1 ngày trước hạn (${APOLOGY_RULE})`,
  twice: `Bị hẹn lại từ hai lần trở lên, trong khi chỉ được hẹn lại một lần (${APOLOGY_RULE})`,
};

/** Stands in the text for what the person took out of it. */
export const TAKEN_OUT = "[đã bỏ]";

function latenessFacts({ due, by, on, daysLate, lawful }: NoticedLateness): string[] {
  const limit = `hạn ${day(due)} ${by === "slip" ? "theo ngày hẹn" : "tính theo thời hạn của thủ tục"}`;
  const counted = `tính đến ${day(on)}`;
  const stands =
    daysLate === undefined
      ? `Chưa quá hạn, ${counted}`
      : daysLate === 0
        ? `Đã quá hạn, ${counted}`
        : `Trễ ${daysLate} ngày làm việc, ${counted}`;
  return [
    `${stands} (${limit})`,
    ...(lawful ? [`Thời hạn của thủ tục, tính từ ngày nộp: đến ${day(lawful)}`] : []),
  ];
}

function personLine({ person }: AgencyNotice): string {
  if (!person) return "Người phản ánh: giấu tên";
  return `Người phản ánh: ${person.name}${person.phone ? `, ${person.phone}` : ""}`;
}

/** The facts of a notice, line by line: what the person saw and consented to. */
export function noticeFacts(notice: AgencyNotice): string {
  return [
    notice.summary,
    notice.place ? `Nơi xảy ra: ${notice.place}` : "",
    notice.procedure ? `Thủ tục: ${notice.procedure.name} (${notice.procedure.code})` : "",
    notice.dossier ? `Mã hồ sơ: ${notice.dossier}` : "",
    ...(notice.lateness ? latenessFacts(notice.lateness) : []),
    ...(notice.apology ?? []).map((what) => APOLOGIES[what]),
    notice.reappointed ? `Ngày hẹn lại: ${day(notice.reappointed)}` : "",
    notice.related ? `${notice.related} phản ánh liên quan (của người khác)` : "",
    `${CONTENT[notice.event] ?? "Nội dung"}: ${notice.text}`,
    ...(isOfMany(notice.event) ? [] : [personLine(notice)]),
  ]
    .filter(Boolean)
    .join("\n");
}

/** A notice as an official reads it in a chat or a letter. */
export function officialText(notice: AgencyNotice, replyUrl?: string): { subject: string; text: string } {
  const how = replyUrl
    ? `Trả lời tại: ${replyUrl}`
    : [
        `Trả lời: trả lời (reply) tin này, hoặc gõ:`,
        `/nhan ${notice.case} – tiếp nhận`,
        `/hoi ${notice.case} nội dung – hỏi thêm người dân`,
        `/traloi ${notice.case} nội dung – trả lời`,
        `/baocao ${notice.case} nội dung – báo tiến độ`,
        `/chuyen ${notice.case} mã-cơ-quan lý do – chuyển`,
        `/giahan ${notice.case} ngày/tháng/năm lý do – gia hạn`,
      ].join("\n");
  return {
    subject: `[${notice.case}] ${EVENTS[notice.event]}: ${notice.summary}`,
    text: [
      `${EVENTS[notice.event]} – ${notice.case}`,
      noticeFacts(notice),
      ...(isLast(notice.event)
        ? []
        : [`Nơi phải trả lời: ${notice.agency.name}`, `Hạn trả lời: ${day(notice.due)}`, "", how]),
    ].join("\n"),
  };
}

/** What the bot says to officials. */
export const official = {
  acknowledgeButton: "Tiếp nhận",
  linked: (agency: string): string => `Đã gắn tài khoản này với ${agency}. Gõ /viec để xem việc.`,
  linkUsed: "Mã gắn kết không đúng, đã dùng hoặc hết hạn. Anh/chị xin người quản trị mã mới.",
  notLinked: "Tài khoản này chưa gắn với cơ quan nào. Xin mã gắn kết của người quản trị.",
  noCases: "Không có phản ánh nào đang chờ cơ quan anh/chị.",
  cases: (lines: readonly string[]): string => `Phản ánh đang chờ (theo hạn):\n${lines.join("\n")}`,
  caseLine: (code: string, summary: string, due: string): string => `– ${code}: ${summary} (hạn ${day(due)})`,
  figuresOnly: "Vai trò giám sát chỉ xem số liệu, không xem từng vụ.",
  unknownCase: "Không tìm thấy phản ánh này trong phần việc của cơ quan anh/chị.",
  usage: {
    acknowledge: "Cách dùng: /nhan MC-…",
    ask: "Cách dùng: /hoi MC-… câu hỏi cho người dân",
    answer: "Cách dùng: /traloi MC-… nội dung trả lời",
    progress: "Cách dùng: /baocao MC-… tiến độ",
    transfer: "Cách dùng: /chuyen MC-… mã-cơ-quan lý do",
    extend: "Cách dùng: /giahan MC-… ngày/tháng/năm lý do",
    release: "Cách dùng: /tha MC-… (thêm “nhóm” để chuyển mọi phản ánh cùng nội dung)",
    reject: "Cách dùng: /loai MC-… lý do (/loai MC-… nhóm lý do: mọi phản ánh cùng nội dung)",
  },
  unknownAgency: (id: string): string =>
    `Không có cơ quan nào mang mã ${id}. Anh/chị hỏi người quản trị mã đúng.`,
  transferToAccused: "Không chuyển được: đó là đơn vị bị phản ánh hoặc đơn vị dưới quyền.",
  transferBack: "Không chuyển được về nơi đang giữ hoặc đã từng giữ phản ánh này.",
  pastDay: "Ngày gia hạn phải sau hôm nay và sau hạn cũ, dạng 05/12/2026.",
  extendedOnce:
    "Chỉ được gia hạn một lần (theo nguyên tắc hẹn lại một lần, NĐ 118/2025/NĐ-CP Điều 19 khoản 6).",
  tooFar: "Gia hạn dài quá: không quá thời hạn ban đầu, nhiều nhất 30 ngày.",
  closed: "Phản ánh này đã kết thúc.",
  heldBack: "Phản ánh này đang chờ xem xét (nghi gửi hàng loạt). Dùng /tha hoặc /loai.",
  alreadyAnswered: "Phản ánh này đã được trả lời.",
  alreadyAsked: "Người dân chưa trả lời câu hỏi trước. Chờ trả lời rồi hãy hỏi tiếp.",
  alreadyAcknowledged: "Phản ánh này đã được tiếp nhận.",
  guards: {
    none: "Không có phản ánh nào đang chờ xem.",
    list: (total: number, lines: readonly string[]): string =>
      `${total} phản ánh đang chờ xem (cũ trước):\n${lines.join("\n")}\nXem nội dung: /cach MC-…; chuyển đi: /tha MC-…; không chuyển: /loai MC-… lý do.`,
    line: (code: string, summary: string, until: string, alike: number, custodian: boolean): string =>
      `– ${custodian ? "[cần bảo mật] " : ""}${code}: ${summary} (tự chuyển sau ngày ${day(until)})${alike > 1 ? `; ${alike} phản ánh cùng nội dung` : ""}`,
    whole: (code: string, suspicion: Suspicion, summary: string, text: string): string =>
      `${code}: ${summary}\nGiữ lại vì: ${SUSPICIONS[suspicion]}\nNội dung: ${text}`,
    released: (count: number, code: string): string =>
      count === 1 ? `Đã chuyển ${code} đến cơ quan.` : `Đã chuyển ${count} phản ánh đến cơ quan.`,
    rejected: (count: number, code: string): string =>
      `${count === 1 ? `Đã ghi: không chuyển ${code}` : `Đã ghi: không chuyển ${count} phản ánh`}. Người gửi được báo lý do và có thể không đồng ý trong thời hạn.`,
    notHeldBack: "Phản ánh này không còn chờ xem.",
    ownRejection: "Anh/chị đã quyết định phản ánh này; người gửi không đồng ý nên người khác phải xem lại.",
    heldBack: (count: number): string =>
      `Trong ít phút có nhiều phản ánh giống nhau nên được giữ lại để người xem: ${count} phản ánh gần đây. Gõ /cach để xem; /tha MC-… để chuyển đi, /loai MC-… lý do để không chuyển. Không ai xem thì đúng hạn phản ánh tự được chuyển.`,
    cluster: (persons: number, days: number): string =>
      `${persons} người cùng phản ánh việc này về đơn vị này trong ${days} ngày.`,
    review: (
      agency: string,
      month: string,
      answers: readonly {
        readonly trackingCode: string;
        readonly faults: readonly AnswerFault[];
        readonly like: readonly string[];
      }[],
      total: number,
    ): string =>
      [
        `Câu trả lời của ${agency} trong tháng ${monthYear(month)} cần xem lại: ${total}.`,
        ...answers.map(
          ({ trackingCode, faults, like }) =>
            `– ${trackingCode}: ${faults.map((fault) => ANSWER_FAULTS[fault]).join(", ")}${like.length > 0 ? ` (như ${like.slice(0, 3).join(", ")})` : ""}`,
        ),
      ].join("\n"),
    itsCases: (codes: readonly string[]): string =>
      `Các phản ánh đang ở cơ quan anh/chị: ${codes.join(", ")}.`,
  },
  empty: "Nội dung trống. Viết nội dung cho người dân đọc.",
  tooLong: "Nội dung dài quá 4.000 chữ. Viết gọn lại.",
  done: {
    acknowledge: (code: string): string => `Đã ghi: tiếp nhận ${code}. Người dân được báo.`,
    progress: (code: string): string => `Đã gửi tiến độ ${code} cho người dân.`,
    ask: (code: string): string => `Đã hỏi thêm người dân về ${code}.`,
    transfer: (code: string, agency: string): string => `Đã chuyển ${code} đến ${agency}.`,
    extend: (code: string, until: string): string =>
      `Đã gia hạn ${code} đến ${day(until)}. Người dân được báo kèm lời xin lỗi.`,
    answer: (code: string): string => `Đã gửi câu trả lời ${code} cho người dân. Chờ người dân xác nhận.`,
  },
  meantAs: (code: string): string => `Nội dung này gửi người dân (${code}) như là:`,
  meant: { answer: "Câu trả lời", ask: "Câu hỏi thêm", progress: "Báo tiến độ", none: "Không gửi" },
  notSent: "Không gửi gì cho người dân.",
};
