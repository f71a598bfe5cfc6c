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

  paths: {
    offer: "Đường khác: khiếu nại, tố cáo",
    heard: {
      complaint:
        "Khiếu nại chính thức phải có đơn ký tên hoặc trình bày trực tiếp (Luật Khiếu nại 2011, Điều 8). Ở đây tôi ghi phản ánh gửi ngay, và soạn đơn để anh/chị in ra nếu cần.",
      denunciation:
        "Tố cáo chính thức phải có đơn ghi họ tên, ký tên, hoặc trình bày trực tiếp (Luật Tố cáo 2018, Điều 22). Ở đây tôi ghi phản ánh gửi ngay, và soạn đơn để anh/chị in ra nếu cần.",
    },
    court:
      "Kiện ra Tòa án là đường riêng, tôi không làm đơn kiện được; anh/chị hỏi Tòa án hoặc nơi trợ giúp pháp lý.",
    feedback:
      "• Phản ánh: báo việc chậm trễ, phiền hà; ai cũng gửi được. Nơi quản lý cán bộ hoặc cấp trên xem xét (Nghị định 20/2008, Điều 5 và 9). Luật không định một hạn trả lời chung; Một Cửa đặt hạn và nhắc cơ quan. Cơ quan chỉ nhận chính thức khi có họ tên, nơi liên hệ; giấu tên vẫn dùng được làm thông tin.",
    complaint:
      "• Khiếu nại (Luật Khiếu nại 2011): chỉ người bị quyết định, việc làm của cơ quan ảnh hưởng trực tiếp, trong 90 ngày; phải ghi tên. Người đứng đầu nơi đó giải quyết lần đầu trong 30 ngày, vụ phức tạp 45 ngày; vùng sâu, vùng xa 45 và 60 ngày.",
    denunciation:
      "• Tố cáo (Luật Tố cáo 2018): báo hành vi vi phạm pháp luật; cá nhân nào cũng được, phải ghi tên và được giữ kín tên (Điều 8, Điều 56). Người đứng đầu nơi quản lý người bị tố cáo giải quyết trong 30 ngày từ khi thụ lý; tố cáo người đứng đầu thì cấp trên.",
    crime:
      "• Việc nguy hiểm, đang xảy ra: gọi 113. Có dấu hiệu tội phạm thì nơi nhận tố cáo phải chuyển ngay công an, viện kiểm sát (Luật Tố cáo 2018, Điều 27).",
    caution:
      "Luật 136/2025 đã sửa hai luật này từ 01/07/2026; tôi chưa đọc được toàn văn, anh/chị hỏi lại nơi nhận đơn.",
    stay: "Gửi như phản ánh",
  },

  paper: {
    offer: { complaint: "Soạn đơn khiếu nại để in", denunciation: "Soạn đơn tố cáo để in" },
    names: { complaint: "đơn khiếu nại", denunciation: "đơn tố cáo" },
    later: (name: string): string => `Tôi sẽ soạn ${name} khi anh/chị kể xong; nút nằm ở phần xem trước.`,
    drafted: (name: string): string =>
      `Đã soạn ${name}. Đây chỉ là bản nháp của anh/chị: chưa nộp, chưa gửi cho ai.`,
    link: (url: string): string => `Mở ra để in (dùng được trong 24 giờ): ${url}`,
    to: (authority: string): string => `Nơi nộp: ${authority}.`,
    unknownTo:
      "Tôi chưa rõ nơi có thẩm quyền nên để trống dòng “Kính gửi”; anh/chị hỏi Ban Tiếp công dân tỉnh.",
    above: (authority: string): string =>
      `Nếu người bị tố cáo là người đứng đầu hoặc cấp phó thì nộp cho: ${authority} (Luật Tố cáo 2018, Điều 12 và 13).`,
    fill: "Chỗ chấm thì điền tay, xem lại, ký tên (hoặc điểm chỉ) rồi nộp trực tiếp hoặc gửi bưu điện; giữ một bản và giấy biên nhận.",
    limits: {
      complaint:
        "Thời hạn: nộp trong 90 ngày; giải quyết lần đầu 30 ngày, vụ phức tạp 45 ngày (vùng sâu, vùng xa 45 và 60 ngày); không đồng ý thì khiếu nại lần hai trong 30 ngày (Luật Khiếu nại 2011).",
      denunciation:
        "Thời hạn: kiểm tra ban đầu 7 ngày làm việc (10 ngày nếu phải xác minh nhiều nơi); giải quyết 30 ngày từ khi thụ lý, vụ phức tạp gia hạn một lần 30 ngày, đặc biệt phức tạp hai lần (Luật Tố cáo 2018).",
    },
    secret: "Nội dung tố cáo không được tôi gửi cho nơi bị tố cáo.",
    stay: "Quay lại phản ánh",
  },

  lane: (names: string, money: boolean): string =>
    `Vụ này đi đường kín vì có ${money ? "việc đòi tiền" : "đe dọa"}: chỉ ${names} được xem; đơn vị bị phản ánh không được xem. Giữ tin nhắn, ghi âm; đừng tự đối chất; nguy hiểm thì gọi 113.`,

  nameHidden:
    "Tên, cách liên lạc của anh/chị không gửi đi, trừ điều anh/chị tự viết trong nội dung. Xem thêm: gõ /privacy.",
  nameShown: "Anh/chị đã ghi tên: nơi nhận sẽ thấy. Muốn giấu tên thì bấm “Không ghi tên” ở bản xem trước.",

  keepWords: (text: string): string =>
    `“${text}” chưa có trong nội dung sẽ gửi. Cần thêm thì bấm “Thêm vào nội dung”.`,
  addWords: "Thêm vào nội dung",
  goesTo: (names: string): string => `Phản ánh này sẽ gửi cho: ${names}.`,

  notMoney: (kind: string): string => `Không phải đòi tiền, mà là: ${kind}`,

  threatened:
    "Tôi ghi việc bị dọa vào phản ánh này: phản ánh đi đường kín, đơn vị bị phản ánh không được xem. Nguy hiểm thì gọi ngay 113.",

  aside: {
    two: (first: string, second: string): string =>
      `Tôi nghe ra hai việc: (1) ${first}; (2) ${second}. Mỗi việc là một phản ánh riêng, ta ghi việc (1) trước.`,
    one: "Thật ra là một việc",
    next: "Còn việc thứ hai anh/chị đã kể: bấm nút dưới để ghi tiếp.",
    goOn: "Ghi tiếp việc thứ hai",
    offer: (kind: string): string => `Gửi phản ánh: ${kind}`,
    guarded: "Đã an toàn: ghi phản ánh kín",
    anotherMatter: "Việc khác: gửi phản ánh mới",
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
