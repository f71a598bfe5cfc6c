import type { Score } from "../complaints/complaint.ts";

/** What happened to a case, one line an event, as the person who filed it reads it. */
export const timeline = {
  heading: "Diễn biến:",
  earlier: (count: number): string => `(còn ${count} dòng trước đó hoặc chữ được rút gọn: bấm “Xem thêm”)`,
  shortened: "(có chữ được rút gọn: bấm “Xem thêm”)",
  more: "Xem thêm",
  filed: (agencies: string): string => `Anh/chị gửi phản ánh đến ${agencies}.`,
  received: "Anh/chị gửi phản ánh.",
  quarantined: "Giữ lại để một người xem trước khi chuyển, vì trong ít phút có nhiều phản ánh giống nhau.",
  released: (agencies: string): string => `Đã chuyển đến ${agencies}.`,
  objected: "Anh/chị không đồng ý; người khác sẽ xem lại.",
  delivered: (agency: string): string => `Đã đến ${agency}.`,
  undeliverable: (agency: string): string => `Chưa gửi được đến ${agency}; người phụ trách đang xử lý.`,
  acknowledged: (agency: string): string => `${agency} đã tiếp nhận.`,
  progress: (agency: string, text: string): string => `${agency} cho biết: “${text}”`,
  asked: (agency: string, text: string): string => `${agency} hỏi: “${text}”`,
  informed: (text: string): string => `Anh/chị viết thêm: “${text}”`,
  transferred: (agency: string, to: string, reason: string): string =>
    `${agency} chuyển đến ${to}. Lý do: ${reason}`,
  extended: (agency: string, until: string, reason: string): string =>
    `${agency} lùi ngày trả lời đến ${until}. Lý do: ${reason}`,
  answered: (agency: string, text: string): string => `${agency} trả lời: “${text}”`,
  confirmed: "Anh/chị báo đã giải quyết xong.",
  disputed: (reason: string, agencies: string): string =>
    `Anh/chị báo chưa xong: “${reason}”. Chuyển cho ${agencies}.`,
  reminded: {
    agency: "Đã nhắc nơi phải trả lời.",
    overdue: "Hết hạn trả lời; đã nhắc nơi phải trả lời.",
    question: "Đã nhắc anh/chị trả lời câu hỏi.",
    confirm: "Đã hỏi lại anh/chị: việc xong chưa.",
  },
  escalatedNowhere: "Vẫn chưa xong; các cấp trên đều đã được báo.",
  closed: {
    no_reply: "Đóng vì chưa có câu trả lời của anh/chị.",
    unconfirmed: "Đóng, ghi là anh/chị chưa xác nhận.",
    thanked: "Đóng với lời cảm ơn.",
  },
  withdrawn: (reason: string | undefined): string =>
    reason ? `Anh/chị rút phản ánh: “${reason}”` : "Anh/chị rút phản ánh.",
  reopened: "Anh/chị tiếp tục phản ánh đã rút.",
  protected: (agency: string): string => `Chuyển vào diện bảo vệ: từ đây chỉ ${agency} xem và xử lý.`,
  nudged: "Anh/chị nhờ nhắc; đã nhắc nơi phải trả lời.",
  rated: "Anh/chị đánh giá câu trả lời (được giữ kín).",
  evidenceAdded: (names: string): string => `Anh/chị gửi thêm: ${names}.`,
  held: (reason: string): string => `Được bảo lưu, chưa xóa khi hết thời gian lưu giữ. Lý do: ${reason}`,
  unheld: "Thôi bảo lưu.",
  expiring: "Sắp hết thời gian lưu giữ: nội dung sẽ được xóa, trừ khi phải bảo lưu.",
  identityAsked: (agency: string, reason: string): string =>
    `${agency} xin biết anh/chị là ai. Lý do: ${reason}`,
  identityRefused: "Anh/chị không đồng ý cho biết tên.",
  identityApproved: (reason: string): string => `Một người có thẩm quyền đề nghị mở tên. Lý do: ${reason}`,
  identityOpened: {
    consent: (agency: string): string => `Anh/chị đồng ý cho ${agency} biết tên.`,
    "two-persons": (agency: string): string => `Hai người có thẩm quyền cùng mở tên cho ${agency}.`,
  },
};

/** Who holds a case and why, what comes next, what the person can do. */
export const standing = {
  why: (reason: string): string => `Vì sao: ${reason}`,
  escalated: {
    delivery: "chưa gửi được đến nơi nhận nên người điều phối nhận xử lý",
    acknowledge: "nơi nhận chưa xác nhận tiếp nhận nên cấp trên cùng theo dõi",
    answer: "đã quá hạn nên cấp trên cùng giải quyết",
    repair: "chưa làm lại xong đúng hạn nên cấp trên cùng giải quyết",
  },
  disputed: "anh/chị báo chưa giải quyết xong",
  protected: "phản ánh ở diện bảo vệ, chỉ nơi này được xem",
  next: {
    look: (by: string): string => `Bước tới: một người xem rồi chuyển đến cơ quan, chậm nhất ${by}.`,
    acknowledge: (by: string): string =>
      `Bước tới: có nơi tiếp nhận, chậm nhất ${by}; quá ngày đó tôi báo cấp trên.`,
    answer: (by: string): string => `Bước tới: có câu trả lời, chậm nhất ${by}.`,
    repair: (by: string): string => `Bước tới: làm lại cho xong, chậm nhất ${by}.`,
    escalate: (by: string): string => `Bước tới: đến ${by} chưa có trả lời thì tôi báo cấp cao hơn.`,
    deliver: (by: string): string => `Bước tới: đến ${by} chưa gửi được thì người điều phối nhận xử lý.`,
    question: (by: string): string => `Bước tới: anh/chị trả lời câu hỏi, trước hết ngày ${by}.`,
    confirm: (by: string): string => `Bước tới: anh/chị cho biết đã xong chưa, trước hết ngày ${by}.`,
    praise: (by: string): string => `Nơi nhận có thể trả lời đến ${by}; sau đó tôi đóng với lời cảm ơn.`,
    human: "Các cấp đều đã được báo; người phụ trách đang theo dõi.",
  },
  addFacts: "Bổ sung thông tin",
  withdraw: "Rút phản ánh",
  nudge: "Nhắc cơ quan",
  resume: "Tiếp tục phản ánh",
};

/** Adding facts and reminders. */
export const relay = {
  which: "Anh/chị muốn nói đến phản ánh nào?",
  none: "Hiện không có phản ánh nào của anh/chị làm được việc này. Gõ “tra cứu” để xem tình trạng.",
  askFacts: (code: string): string =>
    `Anh/chị viết điều cần bổ sung cho phản ánh ${code}; tôi chuyển cho nơi đang giải quyết:`,
  sent: (code: string): string => `Đã bổ sung vào phản ánh ${code} và chuyển cho nơi đang giải quyết.`,
  sentHeldBack: (code: string): string =>
    `Đã ghi thêm vào phản ánh ${code}. Một người sẽ xem cả điều này trước khi chuyển đến cơ quan.`,
  sentClosed: (code: string): string =>
    `Đã chuyển cho cơ quan. Phản ánh ${code} vẫn đang đóng; nếu việc chưa xong, anh/chị bấm “Chưa giải quyết” để mở lại.`,
  contacts: (kinds: string): string =>
    `Trong câu này có ${kinds}; gửi thì cơ quan sẽ thấy. Anh/chị muốn gửi thế nào?`,
  sendAsIs: "Gửi nguyên văn",
  sendWithout: (kinds: string): string => `Bỏ ${kinds} rồi gửi`,
  nudged: (code: string, agencies: string): string => `Đã nhắc ${agencies} về phản ánh ${code}.`,
  nudgedTooSoon: (code: string, days: number): string =>
    `Phản ánh ${code} mới gửi hoặc vừa được nhắc. Tôi tự nhắc khi đến hạn; anh/chị nhắc thêm được sau ${days} ngày làm việc kể từ lần đó.`,
};

/** Taking a complaint back, and what happens under pressure. */
export const withdrawal = {
  askPressure: (code: string): string =>
    `Rút phản ánh ${code}? Hỏi riêng, chỉ anh/chị thấy: có ai ép hoặc dọa để anh/chị rút không?`,
  forced: "Có, tôi bị ép hoặc dọa",
  free: "Không, tôi tự rút",
  keep: "Không rút nữa",
  askReason: (code: string): string =>
    `Vì sao anh/chị rút phản ánh ${code}? Viết một câu, hoặc bấm nút dưới để rút luôn.`,
  quit: "Rút, không nêu lý do",
  done: (code: string, until: string): string =>
    `Đã rút phản ánh ${code}. Muốn làm tiếp, anh/chị bấm “Tiếp tục phản ánh”, đến hết ngày ${until}.`,
  resumed: (code: string, due: string): string => `Phản ánh ${code} được tiếp tục. Hạn trả lời: ${due}.`,
  kept: (code: string): string => `Phản ánh ${code} được giữ nguyên, không rút.`,
  protected: (code: string, custodian: string): string =>
    `Phản ánh ${code} không bị rút và đã vào diện bảo vệ: từ nay chỉ ${custodian} xem và xử lý. ` +
    "Các nơi khác không nhận thêm tin gì và không biết vì sao. Tên anh/chị không ghi trong tin nào.",
  withoutContacts: (kinds: string): string =>
    `Lời vừa rồi tôi chuyển đi đã bỏ ${kinds}. Muốn nơi đó có, anh/chị gõ “bổ sung”.`,
  stillProtected: (code: string): string =>
    `Phản ánh ${code} đang ở diện bảo vệ. Tôi đã báo điều này cho nơi đang giữ.`,
  alreadyProtected: (code: string): string => `Phản ánh ${code} đang ở diện bảo vệ, không bị rút.`,
  advice:
    "Nếu đang nguy hiểm: gọi ngay 113 (công an), đến chỗ đông người.\n" +
    "Anh/chị giữ lại tin nhắn, cuộc gọi, bản ghi việc ép hoặc dọa; không cần trả lời người đó. Muốn kể thêm, gõ “bổ sung”.",
  law: "Người phản ánh hành vi tham nhũng được bảo vệ như người tố cáo (khoản 2 Điều 67 Luật Phòng, chống tham nhũng 2018).",
  fearToo:
    "Nếu bị ép, bị dọa vì một phản ánh đã gửi: bấm mã của phản ánh đó, tôi chuyển nó vào diện bảo vệ ngay.",
  whichFear:
    "Tôi giúp anh/chị ngay. Việc bị ép, bị dọa này liên quan đến phản ánh nào? Tôi chuyển phản ánh đó vào diện bảo vệ:",
};

/** The survey after "solved". */
export const survey = {
  result: (code: string): string =>
    `Hai câu hỏi ngắn, bỏ qua cũng được (phản ánh ${code}). Người đánh giá được giữ kín (Điều 29 Nghị định 118/2025/NĐ-CP); đánh giá chỉ dùng để tính số liệu.\n` +
    "Câu 1: Anh/chị hài lòng với kết quả giải quyết không?",
  conduct: "Câu 2: Anh/chị hài lòng với thái độ phục vụ của cán bộ không?",
  levels: {
    1: "Rất không hài lòng",
    2: "Không hài lòng",
    3: "Bình thường",
    4: "Hài lòng",
    5: "Rất hài lòng",
  } satisfies Record<Score, string>,
  skip: "Bỏ qua",
  thanks: "Cảm ơn anh/chị. Việc chưa ổn thì anh/chị cứ gõ “chưa giải quyết”, tôi mở lại.",
};

/** Who the person is, sealed until they say otherwise. */
export const identity = {
  asked: (code: string, agency: string, reason: string, known: boolean): string =>
    `${agency} xin biết anh/chị là ai trong phản ánh ${code}.\nLý do: “${reason}”\n` +
    (known
      ? "Đồng ý thì tôi cho riêng nơi này biết họ tên, số điện thoại anh/chị đã ghi, một lần. "
      : "Đồng ý thì tôi hỏi họ tên, rồi cho riêng nơi này biết, một lần. ") +
    "Không đồng ý thì phản ánh vẫn được giải quyết.",
  consent: "Đồng ý cho biết tên",
  refuse: "Không đồng ý",
  askName: "Anh/chị gõ họ và tên (thêm số điện thoại nếu muốn). Đổi ý thì gõ “hủy”.",
  opened: (code: string, agency: string): string =>
    `Đã cho riêng ${agency} biết tên anh/chị trong phản ánh ${code}.`,
  refused: (code: string): string =>
    `Đã ghi: không đồng ý. Tên anh/chị trong phản ánh ${code} vẫn được giữ kín; phản ánh vẫn được giải quyết.`,
  approved: (code: string, agency: string, reason: string): string =>
    `Một người có thẩm quyền đề nghị cho ${agency} biết tên anh/chị trong phản ánh ${code} dù anh/chị chưa đồng ý.\nLý do: “${reason}”\nTên chưa được mở: còn cần một người thứ hai, ở vị trí khác.`,
  openedByTwo: (code: string, agency: string, reason: string): string =>
    `Hai người có thẩm quyền đã cùng cho ${agency} biết tên anh/chị trong phản ánh ${code}, một lần.\nLý do: “${reason}”\nThấy không an toàn, anh/chị gõ “tôi bị dọa” để vào diện bảo vệ.`,
  contactCaution:
    "(Trong tin có số điện thoại hoặc e-mail của cơ quan. Anh/chị liên hệ thẳng thì nơi đó biết anh/chị là ai; viết ngay tại đây thì không.)",
};

/** Praise: heard, passed on, closed with thanks. */
export const praise = {
  praiseAnswered: (code: string, agency: string, text: string): string =>
    `${agency} gửi lời về lời khen ${code} của anh/chị:\n“${text}”\nCảm ơn anh/chị đã khen.`,
  praiseClosed: (code: string, reached: string): string =>
    `Cảm ơn anh/chị. Lời khen ${code}${reached ? ` đã đến ${reached} và` : ""} được đóng lại.`,
};
