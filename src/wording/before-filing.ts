/** What a citizen reads before anything is filed, in Vietnamese: reminders, the ways the law knows, papers to print. */
export const beforeFiling = {
  remind: {
    offer: (day: string): string => `Nhắc tôi ngày ${day}`,
    set: (day: string, hour: string): string =>
      `Đã hẹn: ${hour} ngày ${day} tôi nhắc anh/chị một lần, ngay tại đây. Chưa có gì được gửi đi; những gì anh/chị đã kể, tôi giữ đến lúc đó.`,
    notice: (day: string, what: string): string =>
      `Tôi nhắc như đã hẹn: hôm nay (${day}) là hạn trả kết quả${what ? ` ${what}` : ""}.\nHết giờ làm việc hôm nay mà chưa có, anh/chị bấm “Báo trễ hẹn”, không phải kể lại.`,
    dossier: (code: string): string => `hồ sơ ${code}`,
    procedure: (title: string): string => `“${title}”`,
    late: "Báo trễ hẹn",
    done: "Đã có kết quả",
    cancel: "Hủy nhắc hẹn",
    cancelDay: (day: string): string => `Hủy nhắc hẹn ngày ${day}`,
    cancelled: (day: string): string => `Đã hủy nhắc hẹn ngày ${day}.`,
    thanks: "Cảm ơn anh/chị đã cho biết. Tôi đã bỏ nhắc hẹn này.",
    list: "Các ngày tôi sẽ nhắc anh/chị:",
    line: (day: string, what: string): string => `– ${day}${what ? `: ${what}` : ""}`,
    none: "Chưa có nhắc hẹn nào.",
    full: "Tôi chỉ giữ được nhiều nhất 5 nhắc hẹn. Anh/chị gõ “nhắc hẹn” để hủy bớt.",
    again: "Tôi nhớ những gì anh/chị đã kể. Anh/chị xem lại rồi gửi.",
  },

  supplements: {
    ask: "Anh/chị bị yêu cầu bổ sung giấy tờ mấy lần, có phiếu yêu cầu hay chỉ nói miệng? (Chỉ được yêu cầu một lần, đầy đủ, bằng phiếu: Nghị định 118/2025, khoản 3 Điều 16 và Điều 17.) Nhiều hơn hai lần thì gõ, ví dụ “3 lần, nói miệng”.",
    answers: {
      "1:written": "Một lần, có phiếu",
      "1:spoken": "Một lần, chỉ nói miệng",
      "2:written": "Hai lần, có phiếu",
      "2:spoken": "Hai lần, chỉ nói miệng",
    },
    askDay: "Anh/chị nộp bổ sung lần cuối ngày nào? (ví dụ 05/11/2026). Không nhớ thì bấm Bỏ qua.",
    restarted: (from: string): string =>
      `(Nộp bổ sung thì thời hạn tính lại từ đầu, kể từ ngày nộp đủ ${from}, không phải tạm dừng: Nghị định 118/2025, khoản 5 Điều 19.)`,
  },
};
