import type { ComplaintEvent, Status } from "../complaints/complaint.ts";
import { day } from "./citizen.ts";

/** Headings of the parts of an answer. */
export const answerHeadings = {
  found: "Kết quả xác minh",
  done: "Đã giải quyết",
  basis: "Căn cứ",
  next: "Bước tiếp theo",
} as const;

/** How officials read where a case stands and what happened to it, at the desk and in a chat. */
export const officialCase = {
  statuses: {
    registered: "Mới, đang gửi đến",
    delivered: "Mới đến",
    delivery_problem: "Chưa gửi được",
    acknowledged: "Đã tiếp nhận",
    in_progress: "Đang xử lý",
    needs_info: "Chờ người dân trả lời",
    answered: "Đã trả lời, chờ xác nhận",
    disputed: "Người dân báo chưa xong",
    closed_confirmed: "Xong, người dân xác nhận",
    closed_no_reply: "Đóng, người dân không trả lời",
    closed_unconfirmed: "Đóng, chưa xác nhận",
    closed_thanked: "Xong, đã cảm ơn người dân",
    withdrawn: "Người dân đã rút",
    erased: "Đã xóa",
    quarantined: "Giữ lại, chờ người xem",
    rejected: "Đã xem, không chuyển",
  } satisfies Record<Status, string>,
  filed: (to: string): string => `Người dân gửi phản ánh, giao ${to}`,
  delivered: (agency: string): string => `Đã đến ${agency}`,
  undeliverable: (agency: string): string => `Chưa gửi được đến ${agency}`,
  acknowledged: (agency: string): string => `${agency} tiếp nhận`,
  progress: (agency: string): string => `${agency} báo tiến độ`,
  asked: (agency: string): string => `${agency} hỏi người dân`,
  informed: (due: string | undefined): string =>
    due ? `Người dân viết thêm; hạn trả lời lùi đến ${day(due)}` : "Người dân viết thêm",
  transferred: (from: string, to: string): string => `${from} chuyển đến ${to}`,
  extended: (agency: string, until: string): string => `${agency} gia hạn đến ${day(until)}`,
  proposed: (agency: string): string => `${agency} trình ký câu trả lời`,
  returned: (agency: string): string => `${agency} trả lại câu trả lời`,
  answered: (agency: string): string => `${agency} trả lời`,
  confirmed: "Người dân xác nhận đã giải quyết",
  disputed: (to: string): string => `Người dân báo chưa giải quyết, giao ${to}`,
  reminded: {
    person: "Đã nhắc người dân",
    holders: "Đã nhắc hạn trả lời",
    overdue: "Đã quá hạn trả lời, đã nhắc",
  },
  nudged: "Người dân nhắc trả lời",
  escalated: (to: string): string => `Báo ${to} cùng giải quyết`,
  nobodyAbove: "Không còn cấp trên nào để báo, chờ người điều phối",
  closed: {
    no_reply: "Đóng vì người dân không trả lời câu hỏi",
    unconfirmed: "Đóng vì người dân không xác nhận",
    thanked: "Đóng, lời khen đã đến nơi",
  } satisfies Record<Extract<ComplaintEvent, { type: "closed" }>["reason"], string>,
  withdrawn: "Người dân rút phản ánh",
  reopened: "Người dân tiếp tục phản ánh đã rút",
  protected: (to: string): string => `Chuyển vào diện bảo vệ người phản ánh, giao ${to}`,
  evidenceAdded: (files: string): string => `Người dân gửi thêm ${files}`,
  held: "Bảo lưu: không xóa khi hết thời gian lưu giữ",
  unheld: "Thôi bảo lưu",
  expiring: "Báo điều phối: sắp hết thời gian lưu giữ",
  erased: { request: "Đã xóa theo yêu cầu của người dân", retention: "Đã xóa khi hết thời gian lưu giữ" },
  linked: (others: number): string => `${others} phản ánh liên quan (của người khác)`,
  quarantined: "Giữ lại vì nghi gửi hàng loạt, chờ người xem",
  released: "Đã xem, chuyển đến cơ quan",
  releasedUndecided: "Hết thời hạn xem, tự chuyển đến cơ quan",
  rejected: "Đã xem, không chuyển",
  objected: "Người dân không đồng ý, chờ người khác xem lại",
  clustered: (persons: number, to: string): string =>
    `Đã báo ${to}: từ ${persons} người cùng phản ánh một đơn vị`,
  reviewed: (agency: string, month: string, to: string): string =>
    `Đã báo ${to} những câu trả lời của ${agency} trong tháng ${month.slice(5)}/${month.slice(0, 4)} cần xem lại`,
  identity: {
    asked: (agency: string): string => `${agency} hỏi danh tính người phản ánh`,
    refused: "Người dân không đồng ý cho biết danh tính",
    approved: (agency: string): string => `${agency} duyệt mở danh tính`,
    opened: (agency: string): string => `Danh tính được mở cho ${agency}`,
  },
} as const;
