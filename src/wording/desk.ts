import type { Overdue } from "../complaints/complaint.ts";
import type { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { day } from "./citizen.ts";

/** What the outbox notes of a failure that the coordinator can mend; other notes are shown as they are. */
const PROBLEMS = new Map([["no contact in the contacts file", "chưa có cách liên lạc trong danh bạ"]]);

/** What officials read at their desk (bàn làm việc) in the browser. */
export const desk = {
  day,
  procedure: (name: string | undefined): string => (name ? `thủ tục “${name}”` : "thủ tục này"),
  dossier: (code: string | undefined): string => (code ? `mã ${code}` : "của anh/chị"),

  signIn: "Phiên làm việc không có hoặc đã hết hạn. Xin người quản trị đường dẫn mới.",
  linkUsed: "Đường dẫn không đúng, đã dùng hoặc hết hạn. Xin người quản trị đường dẫn mới.",
  foreign: "Yêu cầu không đến từ trang này. Tải lại trang rồi làm lại.",
  coordinatorOnly: "Phần này chỉ dành cho người điều phối.",
  badRequest: "Nội dung gửi lên không đúng dạng. Tải lại trang rồi làm lại.",
  missing: (parts: readonly string[]): string => `Còn thiếu: ${parts.join(", ")}.`,
  dayMissing: "Chưa có ngày mới hoặc ngày không đúng.",
  agencyMissing: "Chưa chọn cơ quan nhận. Gõ tên rồi chọn trong danh sách.",
  answeredMeanwhile: (who: string, when: string): string =>
    `Đã có người trả lời (${who}, ${when}). Chưa gửi gì của anh/chị; xem lại bên dưới.`,
  changedMeanwhile: (what: string, when: string): string =>
    `Vụ này vừa có thay đổi: ${what} (${when}). Chưa gửi gì của anh/chị; xem lại rồi gửi.`,
  toSign: "Chờ ký câu trả lời",
  /** What an official may send with more time asked for, or write anew. */
  apology:
    "Chúng tôi thành thật xin lỗi anh/chị vì chưa trả lời được đúng hạn, và sẽ cố gắng trả lời trước ngày mới. Mong anh/chị thông cảm.",

  roles: {
    officer: "Cán bộ",
    head: "Người đứng đầu",
    coordinator: "Điều phối",
    custodian: "Người giữ kín",
    supervisor: "Giám sát",
  },

  kinds: {
    late: "Trễ hẹn",
    bribe: "Đòi tiền, gợi ý quà",
    harassment: "Gây khó dễ",
    extra_documents: "Đòi thêm giấy tờ",
    overcharge: "Thu tiền sai",
    attitude: "Thái độ phục vụ",
    refusal: "Không nhận hồ sơ",
    praise: "Khen ngợi",
    suggestion: "Góp ý",
    other: "Việc khác",
  } satisfies Record<ComplaintKind, string>,

  filters: {
    all: "Tất cả",
    mine: "Tôi đã làm",
    todo: "Cần làm",
    overdue: "Quá hạn",
    waiting: "Chờ người dân",
    answered: "Chờ xác nhận",
  },

  late: (days: number): string => (days > 0 ? `Quá hạn ${days} ngày làm việc` : "Vừa quá hạn"),
  left: (days: number): string => (days > 0 ? `Còn ${days} ngày làm việc` : "Hạn hôm nay"),
  escalated: {
    1: "",
    2: "đã báo cấp trên",
    3: "đã báo cấp cao hơn",
  } satisfies Record<Exclude<Overdue, 0>, string>,

  heldBack: (until: string, others: number): string =>
    `tự chuyển sau ngày ${day(until)}${others > 0 ? `; còn ${others} phản ánh cùng nội dung` : ""}`,
  sections: {
    quarantined: {
      title: "Giữ lại, nghi gửi hàng loạt",
      note: "Xem rồi chuyển đến cơ quan hoặc không chuyển; không ai xem thì đúng hạn tự chuyển. Phản ánh cùng nội dung thì xem từng vụ ở đây, hoặc quyết định cả nhóm trong chat với bot: /tha MC-… nhóm, /loai MC-… nhóm lý do.",
    },
    unrouted: { title: "Chưa có nơi nhận", note: "Chưa rõ đơn vị bị phản ánh. Tìm đúng nơi rồi chuyển." },
    conflicts: {
      title: "Xung đột lợi ích",
      note: "Nơi đáng lẽ giải quyết là nơi bị phản ánh hoặc dưới quyền nơi đó. Chọn nơi khác, hoặc tự giải quyết.",
    },
    disputed: {
      title: "Người dân báo chưa giải quyết",
      note: "Người dân không đồng ý với câu trả lời, và không còn cấp trên nào nhận được vụ này. Xem lại câu trả lời, tự giải quyết hoặc chọn nơi khác.",
    },
    undelivered: { title: "Không gửi được", note: "Thông báo không đến nơi phải trả lời." },
    identity: {
      title: "Mở danh tính, chờ duyệt",
      note: "Hai người ở hai vị trí cùng duyệt thì danh tính mới mở cho nơi đã xin. Vụ mở được ở đây thì duyệt trong vụ đó; vụ giữ kín thì nhắn cho bot: /duyetdanhtinh, mã, lý do.",
    },
    stuck: { title: "Tin gửi bị kẹt", note: "Sửa danh bạ liên lạc; hệ thống tự gửi lại." },
    neglected: { title: "Quá hạn, đã báo hết các cấp", note: "Gọi cho nơi đang giữ, hoặc chuyển nơi khác." },
  },
  hiddenCase: "Vụ cần giữ kín",
  toPerson: "người dân",
  askedBy: (agency: string, reason: string): string => `${agency} xin biết: “${reason}”`,
  attempts: (count: number, problem: string): string =>
    `đã thử ${count} lần: ${PROBLEMS.get(problem) ?? problem}`,
  since: (when: string): string => `từ ${day(when)}`,
};
