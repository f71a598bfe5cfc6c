import type { Status } from "../complaints/complaint.ts";
import { VIETNAM_MS } from "../knowledge/calendar.ts";
import type { Choice } from "../messages/message.ts";
import { day } from "./citizen.ts";
import { officialCase } from "./official-case.ts";

/** What a button of an official does; `ack` acknowledges, `line` shows the time line. */
export type OfficialButton =
  | "ack"
  | "ask"
  | "progress"
  | "transfer"
  | "extend"
  | "answer"
  | "line"
  | "open"
  | "sign"
  | "return";

const LABELS: Readonly<Record<OfficialButton, string>> = {
  ack: "Đã tiếp nhận",
  ask: "Hỏi người dân",
  progress: "Báo tiến độ",
  transfer: "Chuyển cơ quan khác",
  extend: "Gia hạn",
  answer: "Trả lời",
  line: "Diễn biến",
  open: "Xem phản ánh",
  sign: "Ký, gửi người dân",
  return: "Trả lại, nêu lý do",
};

/** Buttons for acts on one case; they mean the same under any message. */
export function officialButtons(code: string, acts: readonly OfficialButton[]): Choice[] {
  return acts.map((act) => ({ id: `o:${act}:${code}`, label: LABELS[act] }));
}

/** Under a notice: everything that an agency can do with a case. */
export const NOTICE_BUTTONS: readonly OfficialButton[] = [
  "ack",
  "ask",
  "progress",
  "transfer",
  "extend",
  "answer",
  "line",
];

/** An instant as officials read it: 09:05 ngày 21/11/2026. */
export function moment(at: string | Date): string {
  const iso = new Date(new Date(at).getTime() + VIETNAM_MS).toISOString();
  return `${iso.slice(11, 16)} ngày ${day(iso.slice(0, 10))}`;
}

/** What the bot says to officials who act step by step, and in lists. */
export const officialChat = {
  /** Headings of the questions of a form. */
  form: {
    step: (code: string, number: number, of: number, question: string): string =>
      `${code} – bước ${number}/${of}\n${question}`,
    inGroup: "Trong nhóm: trả lời (reply) đúng tin này.",
    questions: {
      ask: { text: "Anh/chị muốn hỏi người dân điều gì? Hỏi gộp một lần." },
      progress: { text: "Anh/chị viết tiến độ cho người dân:" },
      answer: {
        found: "Kết quả xác minh: anh/chị đã tìm thấy gì?",
        done: "Đã giải quyết thế nào?",
        basis: "Căn cứ pháp lý (điều, khoản, văn bản)? Không có thì bấm Bỏ qua.",
        next: "Bước tiếp theo cho người dân? Không có thì bấm Bỏ qua.",
      },
      transfer: {
        target: "Chuyển đến cơ quan nào? Gõ tên, có dấu hay không dấu đều được.",
        reason: "Lý do chuyển (người dân sẽ đọc)?",
      },
      extend: {
        reason: "Lý do gia hạn (người dân sẽ đọc)?",
        until: "Gia hạn đến ngày nào? (ví dụ 05/12/2026)",
        apology: "Lời xin lỗi gửi người dân?",
      },
      return: { reason: "Lý do trả lại, cần sửa gì?" },
      "ask-identity": { reason: "Vì sao cần biết người phản ánh là ai (người dân sẽ đọc)?" },
      "approve-identity": { reason: "Vì sao phải mở danh tính (người dân sẽ đọc)?" },
    },
    latest: (iso: string): string => `Muộn nhất: ${day(iso)}.`,
    preview: (text: string): string => `XEM TRƯỚC – người dân sẽ đọc:\n———\n${text}\n———\nGửi?`,
    previewToSign: (text: string): string =>
      `XEM TRƯỚC – vụ cần bảo vệ: câu trả lời được trình ký, ký xong mới đến người dân.\n———\n${text}\n———\nTrình ký?`,
    previewReturn: (text: string): string => `Trả lại câu trả lời với lý do:\n“${text}”\nGửi?`,
    send: "Gửi",
    skip: "Bỏ qua",
    back: "Quay lại",
    cancel: "Thôi",
    cancelled: "Đã thôi. Không gửi gì cho người dân.",
    stale: "Nút này đã cũ. Không gửi gì. Anh/chị xem tin mới nhất, hoặc gõ /viec.",
    choose: "Chọn cơ quan nhận (bấm hoặc gõ số), hoặc gõ lại tên:",
    noAgency: (text: string): string =>
      `Không tìm thấy cơ quan nào tên “${text}”. Anh/chị gõ lại tên, thêm xã, tỉnh.`,
    useButtons: "Bấm Gửi, Quay lại hoặc Thôi (hoặc gõ số).",
    dayUnclear: "Chưa đọc được ngày. Gõ dạng 05/12/2026.",
    meanwhile: (what: string, when: string): string =>
      `Trong lúc anh/chị soạn: ${what} (${when}). Xem lại trước khi gửi.`,
  },
  signature: {
    ask: (code: string, agency: string, text: string): string =>
      `Đề nghị ký câu trả lời ${code} (${agency}):\n“${text}”\nKý thì câu trả lời đến người dân; hạn trả lời vẫn tính.`,
    returned: (code: string, reason: string): string =>
      `Câu trả lời ${code} được trả lại, chưa gửi người dân.\nLý do: ${reason}`,
  },
  list: {
    all: "Phản ánh đang chờ (theo hạn):",
    overdue: "Phản ánh quá hạn (cũ nhất trước):",
    mine: "Phản ánh anh/chị đã nhận:",
    none: {
      overdue: "Không có phản ánh nào quá hạn.",
      mine: "Anh/chị chưa nhận phản ánh nào đang mở.",
    },
    line: (code: string, due: string, status: string, summary?: string): string =>
      `– ${code}: ${summary ? `${summary}; ` : ""}${status} (hạn ${due})`,
    more: (count: number): string => `… và ${count} phản ánh nữa.`,
    button: (code: string, due: string): string => `${code} (${due})`,
  },
  card: {
    head: (code: string, status: Status): string => `${code} – ${officialCase.statuses[status]}`,
    holders: (names: string): string => `Nơi phải trả lời: ${names}`,
    due: (iso: string): string => `Hạn trả lời: ${day(iso)}`,
    late: (iso: string): string => `Quá hạn từ sau ngày ${day(iso)}; gia hạn về sau không xóa việc này.`,
    taken: (agency: string, at: string): string => `Đã nhận: ${agency}, lúc ${moment(at)}`,
    untaken: "Chưa ai nhận.",
    proposed: (text: string): string => `Câu trả lời đang chờ ký:\n“${text}”`,
    waitsForSignature: "Câu trả lời đang chờ ký.",
    line: "Diễn biến:",
    event: (when: string, what: string, text: string): string =>
      `– ${when}: ${what}${text ? `: “${text}”` : ""}`,
    inGroup: "Nội dung chỉ xem khi nhắn riêng cho tôi.",
  },
  toSign: "chờ ký câu trả lời",
  digest: {
    head: (today: string): string => `Việc hôm nay, ${day(today)}`,
    open: (count: number): string => `Đang mở: ${count}`,
    fresh: (count: number): string => `Mới, chưa tiếp nhận: ${count}`,
    today: (count: number): string => `Đến hạn hôm nay: ${count}`,
    soon: (days: number, count: number): string => `Đến hạn trong ${days} ngày làm việc tới: ${count}`,
    overdue: (count: number): string => `Quá hạn: ${count}`,
    toSign: (count: number): string => `Câu trả lời chờ ký: ${count}`,
    line: (code: string, due: string): string => `– ${code} (hạn ${day(due)})`,
    more: (count: number): string => `… và ${count} phản ánh nữa.`,
    button: "Mở danh sách việc",
  },
  unbound: (agency: string): string =>
    `Đã gỡ tài khoản này khỏi ${agency}. Anh/chị không còn xem và xử lý phản ánh.`,
} as const;
