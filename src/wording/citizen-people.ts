import type { FileRefusal } from "../messages/message.ts";

/** Files that come with a complaint. */
export const evidence = {
  taken: (name: string, count: number, most: number): string => `Đã nhận ${name} (${count}/${most} tệp).`,
  cleaned:
    "Đã xóa nơi chụp, giờ chụp ghi ngầm trong ảnh. Người, biển số, giấy tờ trong ảnh thì cơ quan vẫn thấy.",
  asItIs: "Tệp này giữ nguyên: giọng nói, tên hay thông tin ghi trong tệp có thể cho biết anh/chị là ai.",
  added: (code: string): string =>
    `Đã chuyển cho nơi đang giải quyết phản ánh ${code}. Gửi thêm ảnh, hoặc gõ điều muốn nói; xong thì bấm “Xong”.`,
  finish: "Xong",
  finished: (code: string): string => `Vâng. Có tin về phản ánh ${code}, tôi báo ngay tại đây.`,
  takeOut: "Bỏ ảnh, tệp kèm theo",
  how: (megabytes: number, most: number): string =>
    `Muốn kèm ảnh, PDF, ghi âm: gửi ngay tại đây (mỗi tệp đến ${megabytes} MB, tối đa ${most} tệp). Đừng gửi ảnh căn cước.`,
  refused: (why: Exclude<FileRefusal, "alone">, megabytes: number, most: number): string => {
    const reasons = {
      large: `tệp lớn quá ${megabytes} MB`,
      empty: "tệp trống",
      type: "loại tệp này tôi không nhận (chỉ nhận ảnh JPEG, PNG, WebP, GIF; PDF; ghi âm MP3, M4A, OGG; phim MP4)",
      damaged: "ảnh bị hỏng hoặc chưa tải hết. Anh/chị chụp lại hoặc chụp màn hình rồi gửi",
      unreachable: "chưa tải được tệp. Anh/chị gửi lại sau ít phút",
      room: "lúc này máy chủ không còn chỗ cho tệp. Anh/chị cứ gửi phản ánh, tệp bổ sung sau",
      many: `mỗi phản ánh chỉ kèm được ${most} tệp`,
    } satisfies Record<Exclude<FileRefusal, "alone">, string>;
    return `Chưa nhận được tệp: ${reasons[why]}.`;
  },
  alone:
    "Tôi chưa giữ ảnh, tệp này vì chưa rõ dùng cho phản ánh nào. Anh/chị chọn, rồi gửi lại. Câu hỏi thì gõ bằng chữ giúp tôi.",
  sendAgain: "Tôi ghi phản ánh này trước. Ảnh, tệp vừa gửi chưa giữ: anh/chị gửi lại bây giờ giúp tôi.",
  putAside: "Ảnh, tệp không giữ được đến hôm đó: khi được nhắc, anh/chị gửi lại giúp tôi.",
  addTo: (code: string): string => `Bổ sung vào ${code}`,
};

/** What the person agrees to when a complaint is sent; the version changes with the words. */
export const consent = {
  version: "vi-2026-11",
  text: (parts: { readonly person: boolean; readonly files: string }): string =>
    "Bấm gửi là anh/chị đồng ý để các nơi nêu trên dùng nội dung này" +
    (parts.person ? ", họ tên (và số điện thoại nếu đã ghi)" : "") +
    (parts.files ? `, ${parts.files} kèm theo` : "") +
    ", chỉ để giải quyết vụ này. Rút phản ánh lúc nào cũng được.",
  given: (text: string): string => `Anh/chị đã đồng ý khi gửi: “${text}”`,
};

/** Erasing. */
export const erasing = {
  ask:
    "Xóa dữ liệu của anh/chị:\n" +
    "– Xóa ngay: cuộc trò chuyện này, phản ánh đang viết dở, ảnh và tệp chưa gửi.",
  closed: (codes: readonly string[]): string =>
    `– Xóa cả nội dung, tên, ảnh của phản ánh đã kết thúc: ${codes.join(", ")}. Chỉ còn mã, ngày, loại việc, cơ quan, đúng hạn hay trễ, mức hài lòng để làm số liệu; không khôi phục được.`,
  later: (code: string, from: string): string =>
    `– Giữ lại: ${code} đã đóng nhưng còn mở lại được. Xóa được từ ngày ${from}.`,
  held: (code: string): string =>
    `– Giữ lại: ${code} đang được bảo lưu theo yêu cầu của cơ quan có thẩm quyền.`,
  open: (codes: readonly string[]): string =>
    `– Giữ lại: ${codes.join(", ")} đang được giải quyết. Muốn xóa thì rút phản ánh trước (gõ “rút phản ánh”), hoặc chờ kết thúc.`,
  agencies:
    "Cơ quan đã nhận phản ánh giữ hồ sơ của họ theo pháp luật về lưu trữ (Nghị định 20/2008/NĐ-CP, Điều 9); Một Cửa không xóa được hồ sơ đó.",
  yes: "Xóa cuộc trò chuyện",
  all: (count: number): string => `Xóa cuộc trò chuyện và ${count} phản ánh đã kết thúc`,
  no: "Giữ lại",
  done: "Đã xóa dữ liệu cuộc trò chuyện này. Mã tra cứu của phản ánh đã gửi vẫn dùng được.",
  doneAll: (codes: readonly string[]): string =>
    `Đã xóa dữ liệu cuộc trò chuyện này và phản ánh ${codes.join(", ")}. Tra mã chỉ còn thấy “đã xóa theo yêu cầu”.`,
  tombstone: {
    request: (code: string, when: string): string => `Phản ánh ${code}: đã xóa theo yêu cầu, ngày ${when}.`,
    retention: (code: string, when: string): string =>
      `Phản ánh ${code}: đã xóa vì hết thời gian lưu giữ, ngày ${when}.`,
  },
};

/** The notice on personal data. */
export const privacy = (
  operator: string,
  {
    closedMonths,
    draftDays,
    conversationDays,
  }: { readonly closedMonths: number; readonly draftDays: number; readonly conversationDays: number },
): string =>
  "Quyền riêng tư\n" +
  `– Ai giữ: ${operator}\n` +
  "– Giữ gì, để làm gì: câu hỏi, để trả lời, kèm nơi ở và có hỏi cho doanh nghiệp không nếu anh/chị nói, chỉ trong cuộc trò chuyện (câu chưa trả lời được thì ghi lại, không ghi ai hỏi; đừng viết tên, số điện thoại trong câu hỏi); phản ánh, ảnh, tệp, để chuyển cơ quan giải quyết; tên, số điện thoại, e-mail chỉ khi anh/chị tự cho.\n" +
  "– Ai thấy: cơ quan giải quyết thấy đúng phần anh/chị xem trước và đồng ý gửi. Vụ vòi tiền, gây khó dễ mặc định giấu tên. Cơ quan chưa biết tên mà cần biết thì phải hỏi anh/chị; không đồng ý thì chỉ hai người có thẩm quyền cùng duyệt mới mở được, và anh/chị được báo. Cách liên lạc, e-mail của anh/chị không gửi cho cơ quan.\n" +
  "– Bảo vệ: được mã hóa; ảnh bỏ nơi chụp, giờ chụp. Chat qua Telegram, Zalo thì các hãng đó cũng giữ tin theo quy định của họ.\n" +
  `– Giữ bao lâu: phản ánh đến ${closedMonths} tháng sau khi kết thúc; tệp của phản ánh không gửi: ${draftDays} ngày; lời đã nhắn khi không có phản ánh: ${conversationDays} ngày sau tin cuối (quy ước của Một Cửa).\n` +
  "– Quyền của anh/chị (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15): được biết, xem, sửa, rút lại đồng ý, xóa, phản đối, khiếu nại. Gõ “tra cứu” để xem, “rút phản ánh” để rút, “xóa dữ liệu” để xóa; việc khác thì gõ “gặp cán bộ”.";
