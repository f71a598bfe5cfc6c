import type { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { day } from "./citizen.ts";

/** What a complaint asks for beside a review, by what it is about. */
const REMEDIES: Readonly<Partial<Record<ComplaintKind, string>>> = {
  late: "Trả kết quả hồ sơ cho tôi và cho biết bằng văn bản lý do chậm.",
  overcharge: "Trả lại tôi khoản tiền đã thu không đúng quy định.",
  extra_documents: "Không yêu cầu tôi nộp giấy tờ ngoài quy định.",
  refusal: "Tiếp nhận hồ sơ của tôi, hoặc từ chối bằng văn bản có nêu lý do.",
};

/** The words of the papers that people print and sign; always Vietnamese, in official form. */
export const paperWording = {
  titles: { complaint: "ĐƠN KHIẾU NẠI", denunciation: "ĐƠN TỐ CÁO" },
  complaintRequests: (kind: ComplaintKind): string[] => [
    "Xem xét lại quyết định hành chính, hành vi hành chính nêu trên.",
    ...(REMEDIES[kind] ? [REMEDIES[kind]] : []),
    "Ra quyết định giải quyết khiếu nại bằng văn bản và gửi cho tôi theo Luật Khiếu nại năm 2011.",
  ],
  denunciationRequests: [
    "Xác minh, kết luận nội dung tố cáo và xử lý người vi phạm theo quy định của pháp luật.",
    "Giữ bí mật họ tên, địa chỉ và thông tin khác của tôi theo Luật Tố cáo năm 2018.",
    "Thông báo cho tôi việc thụ lý và kết quả giải quyết.",
  ],
  submitted: (on: string): string => `Ngày nộp hồ sơ: ${day(on)}`,
  promised: (on: string): string => `Ngày hẹn trả kết quả: ${day(on)}`,
  slip: "Bản sao Giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
  supplementSlip: "Bản sao Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (nếu có).",
};
