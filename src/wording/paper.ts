import type { ComplaintKind } from "../knowledge/complaint-kind.ts";
import { day } from "./citizen.ts";

/** What a complaint asks for beside a review, by what it is about. */
const REMEDIES: Readonly<Partial<Record<ComplaintKind, string>>> = {
  late: "Trả kết quả hồ sơ cho tôi và cho biết bằng văn bản lý do chậm.",
  overcharge: "Trả lại tôi khoản tiền đã thu không đúng quy định.",
  extra_documents: "Không yêu cầu tôi nộp giấy tờ ngoài quy định.",
  refusal: "Tiếp nhận hồ sơ của tôi, hoặc từ chối bằng văn bản có nêu lý do.",
};

/** What the two sides are called. */
const PARTIES = {
  complaint: { signer: "Người khiếu nại", accused: "Cơ quan, người bị khiếu nại" },
  denunciation: { signer: "Người tố cáo", accused: "Người bị tố cáo" },
} as const;

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

const DOTS = "……………………………………………………";

/** The paper as plain text, for a chat that has no page to open. */
export function paperText(paper: {
  readonly way: "complaint" | "denunciation";
  readonly to?: string | undefined;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly against?: string | undefined;
  readonly place?: string | undefined;
  readonly story: readonly string[];
  readonly facts: readonly string[];
  readonly requests: readonly string[];
  readonly enclosures: readonly string[];
}): string {
  const { signer, accused } = PARTIES[paper.way];
  return [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "………, ngày …… tháng …… năm ……",
    paperWording.titles[paper.way],
    `Kính gửi: ${paper.to ?? DOTS}`,
    `${signer}: ${paper.name ?? DOTS}`,
    `Địa chỉ: ${DOTS}`,
    `Số định danh cá nhân (CCCD): ${DOTS}`,
    `Điện thoại, cách liên hệ: ${paper.phone ?? DOTS}`,
    ...(paper.way === "denunciation"
      ? [`${accused} (họ tên, chức vụ): ${DOTS}`, `Cơ quan, nơi làm việc: ${paper.against ?? DOTS}`]
      : [`${accused}: ${paper.against ?? DOTS}`]),
    ...(paper.place ? [`Nơi xảy ra: ${paper.place}`] : []),
    "Nội dung:",
    ...paper.story,
    ...paper.facts.map((fact) => `– ${fact}`),
    "Tôi đề nghị:",
    ...paper.requests.map((request, index) => `${index + 1}. ${request}`),
    "Giấy tờ kèm theo:",
    ...[...paper.enclosures, DOTS].map((paper) => `– ${paper}`),
    "Tôi cam đoan nội dung trên là đúng sự thật và chịu trách nhiệm trước pháp luật.",
    `${signer} (ký hoặc điểm chỉ, ghi rõ họ tên)`,
  ].join("\n");
}
