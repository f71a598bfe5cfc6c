/** What programs and browsers are told over HTTP, and the words of the officials' reply page. */
export const web = {
  tooLarge: "Nội dung gửi lên quá lớn (tối đa 64 kB). Hãy gửi ngắn hơn.",
  cutOff: "Nội dung gửi lên bị đứt giữa chừng. Xin gửi lại.",
  noEvidence:
    "Không mở được: đường dẫn không đúng, đã hết hạn, hoặc cơ quan không còn giải quyết phản ánh này. Xem trong tin nhắc mới nhất hoặc trên bàn làm việc.",
  badFile:
    "Nội dung không đúng dạng: multipart/form-data cần id (1–128 ký tự), file (một tệp) và session nếu đã có.",
  fileTooLarge: (megabytes: number): string =>
    `Tệp quá lớn (tối đa ${megabytes} MB). Chưa có gì được ghi nhận.`,
  notFound: "Không có địa chỉ này.",
  notSaved: "Máy chủ chưa lưu được. Xin gửi lại sau ít phút; chưa có gì được ghi nhận.",
  failed: "Máy chủ gặp lỗi. Xin gửi lại sau ít phút.",
  badMessage:
    'Nội dung không đúng dạng: cần JSON {"session"?, "id", "text" hoặc "choice"}, trong đó id là chuỗi 1–128 ký tự do bên gửi đặt.',
  badSession: "Phiên trò chuyện không hợp lệ. Bỏ trường session để bắt đầu cuộc mới.",
  tooMany: "Gửi nhanh quá. Xin chờ một chút rồi gửi tiếp.",
  paperClosed: "Đường dẫn này không đúng hoặc đã quá 24 giờ. Anh/chị soạn lại đơn trong cuộc trò chuyện.",
  paperGone: "Đơn này đã được xóa cùng cuộc trò chuyện.",
  badToken: "Mã truy cập không đúng với địa chỉ trả lời này.",
  badSecret: "Mã bí mật không đúng.",
  badReply:
    'Nội dung không đúng dạng: cần JSON {"action": "acknowledge|progress|ask|transfer|extend|answer|identity", "text", "to"?, "until"?, "apology"?}; text bắt buộc trừ khi acknowledge (answer có thể thay bằng "form": {"found", "done", "basis"?, "next"?}); transfer cần to (mã hoặc tên cơ quan); extend cần until (ngày).',
};
