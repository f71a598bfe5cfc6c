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
};
