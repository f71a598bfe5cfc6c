import type { Apology, Overdue, Status } from "../complaints/complaint.ts";
import { VIETNAM_MS } from "../knowledge/calendar.ts";
import type { ComplaintKind } from "../knowledge/complaint-kind.ts";
import type { ImportedFee } from "../knowledge/imported-procedure.ts";
import type { TimeLimit, TimeUnit, Way } from "../knowledge/procedure.ts";
import type { Reason } from "../messages/feedback.ts";
import type { Aspect } from "../understanding/aspect.ts";
import { beforeFiling } from "./before-filing.ts";
import { identity, praise, relay, standing, survey, timeline, withdrawal } from "./citizen-case.ts";
import { consent, erasing, evidence, privacy } from "./citizen-people.ts";

/** Which days a count took in, ready to be read. */
export type Counted = {
  /** First and last day of the count, ISO. */
  readonly from: string;
  readonly to: string;
  readonly working: number;
  readonly weekend: number;
  /** Rest days and worked rest days by name, each run of days once. */
  readonly off: readonly DayRun[];
  readonly worked: readonly DayRun[];
};
export type DayRun = { readonly from: string; readonly to: string; readonly name: string };

/** 8000 → "8.000 đồng". */
export function dong(amount: number): string {
  return `${String(amount).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ".")} đồng`;
}

/** "2026-11-21" → "21/11/2026". */
export function day(iso: string): string {
  const [year = "", month = "", date = ""] = iso.slice(0, 10).split("-");
  return `${date}/${month}/${year}`;
}

/** "10:35 ngày 26/11/2026": the first whole minute that is not before it, on the clocks of Viet Nam. */
export function clockTime(at: Date): { readonly time: string; readonly day: string } {
  const minute = Math.ceil(at.getTime() / 60_000) * 60_000;
  const iso = new Date(minute + VIETNAM_MS).toISOString();
  return { time: iso.slice(11, 16), day: day(iso) };
}

/** "2026-02-16" → "16/02". */
function dayMonth(iso: string): string {
  return day(iso).slice(0, 5);
}

/** "16/02–20/02". */
export function runOf({ from, to }: DayRun): string {
  return from === to ? dayMonth(from) : `${dayMonth(from)}–${dayMonth(to)}`;
}

const UNITS: Readonly<Record<TimeUnit, string>> = {
  "working-day": "ngày làm việc",
  day: "ngày",
  "working-hour": "giờ làm việc",
  hour: "giờ",
  month: "tháng",
};

const WAYS: Readonly<Record<Way, string>> = {
  counter: "Nộp trực tiếp tại quầy",
  post: "Gửi qua bưu chính",
  online: "Nộp qua mạng",
};

/** What is asked for together with other facts. */
const MISSING = {
  place: "xảy ra ở xã, phường nào, tỉnh nào",
  about: "cơ quan, bộ phận nào",
  promised: "ngày hẹn trả ghi trên giấy hẹn, nếu nhớ",
} as const;
const PORTAL = "Cổng Dịch vụ công quốc gia: https://dichvucong.gov.vn";

/** "khi nhận đủ hồ sơ hợp lệ", "ngày …": what starts the clock, so that it reads after "tính từ". */
function startOf(from: string | undefined): string {
  if (!from) return "khi nhận đủ hồ sơ hợp lệ";
  return /^(?:ngày|khi|lúc|thời điểm|sau)/i.test(from) ? from : `khi ${from}`;
}

const TYPE_HERE = "Anh/chị gõ câu trả lời ngay tại đây.";

/** Every sentence a citizen reads, in Vietnamese: plain, polite, short. */
export const vietnamese = {
  day,
  moment: (at: Date): string => {
    const { time, day: date } = clockTime(at);
    return `${time} ngày ${date}`;
  },
  unit: (unit: TimeUnit): string => UNITS[unit],
  way: (way: Way): string => WAYS[way],

  aspects: {
    documents: "Giấy tờ cần có",
    time: "Thời hạn",
    fee: "Phí, lệ phí",
    where: "Nơi làm",
    online: "Cách nộp",
    steps: "Các bước",
    legal: "Điều kiện, căn cứ",
    result: "Kết quả",
    general: "Tóm tắt",
  } satisfies Record<Aspect, string>,

  card: {
    official: (name: string, code: string): string => `Tên chính thức: ${name} (mã ${code})`,
    originals: (count: number): string => `${count} bản chính`,
    copies: (count: number): string => `${count} bản sao`,
    present: "chỉ xuất trình, được trả lại",
    when: (text: string): string => `khi ${text}`,
    form: (name: string): string => `mẫu ${name}`,
    notNeeded: "Không phải nộp:",
    notNeededLine: (what: string, why: string): string => `– ${what}: ${why}`,
    noDocuments: "Chưa có thông tin về giấy tờ.",
    conditions: "Điều kiện:",
    notes: "Lưu ý:",
    mistakes: "Hay sai:",
    variants: "Dễ nhầm với:",
    related: "Thường làm trước, cùng lúc hoặc sau đó:",
    relatedChoice: (name: string): string => `Liên quan: ${name}`,
    variant: (when: string, name: string): string => `– ${when}: ${name}`,
    basis: (texts: string): string => `Căn cứ: ${texts}`,
    article: (number: string, article: string | undefined): string =>
      article ? `${article} ${number}` : number,
    checked: (checked: string, source: string, retrieved: string): string =>
      `Kiểm tra ngày ${day(checked)}, theo ${source} (bản ngày ${day(retrieved)})`,
    secondary:
      "Thông tin lấy từ nguồn thứ hai (báo chí, văn bản địa phương); nên hỏi lại cơ quan trước khi làm.",
    imported: (retrieved: string): string =>
      `Theo dữ liệu Cổng DVCQG ngày ${day(retrieved)}, chưa được người của Một Cửa kiểm tra`,
    stale: (since: string): string =>
      `⚠ Dữ liệu từ ngày ${day(since)}, có thể đã thay đổi; anh/chị xem lại ở đường dẫn dưới trước khi làm.`,
    expired: (since: string): string =>
      `Dữ liệu của tôi về thủ tục này đã quá cũ (từ ngày ${day(since)}) nên tôi không trả lời theo nó. Anh/chị xem bản mới trên Cổng Dịch vụ công quốc gia:`,
    near: (commune: string, agency: string): string => `Ở ${commune}: ${agency}`,
    agency: (name: string): string => `Cơ quan thực hiện: ${name}`,
    onlyIn: (province: string): string => `Thủ tục riêng của ${province}`,
    unknown: "Chưa có thông tin.",
    byCase: (count: number): string =>
      `Giấy tờ còn tùy trường hợp (${count} trường hợp): anh/chị chọn trường hợp của mình bên dưới.`,
    moreDocuments: (count: number): string => `… và ${count} giấy tờ khác theo từng trường hợp.`,
    more: (count: number): string => `… và ${count} mục khác: xem ở đường dẫn dưới.`,
  },

  time: (limit: TimeLimit): string => {
    switch (limit.kind) {
      case "within":
        return `${limit.amount} ${UNITS[limit.unit]}, tính từ ${startOf(limit.from)}${limit.note ? ` (${limit.note})` : ""}`;
      case "same-day":
        return limit.cutoff
          ? `trong ngày làm việc; nhận sau ${limit.cutoff} thì trả vào ngày làm việc tiếp theo`
          : "trong ngày làm việc";
      case "on-the-spot":
        return "giải quyết ngay khi nộp";
      case "unknown":
        return limit.note ? `chưa xác nhận được thời hạn; nguồn ghi: ${limit.note}` : "chưa có thông tin";
    }
  },
  fee: (fee: ImportedFee): string => {
    switch (fee.kind) {
      case "amount": {
        const money = (amount: number): string => (fee.currency === "USD" ? `${amount} USD` : dong(amount));
        const upTo = fee.upTo ? ` đến ${money(fee.upTo)}` : "";
        return `${money(fee.amount)}${upTo}${fee.per ? `/${fee.per}` : ""}${fee.note ? ` (${fee.note})` : ""}`;
      }
      case "free":
        return `không thu (${fee.basis})`;
      case "local":
        return `mức do ${fee.by} quyết định; chưa có thông tin số tiền${fee.note ? `. Nguồn ghi: ${fee.note}` : ""}`;
      case "unknown":
        return fee.note ? `chưa có thông tin chắc chắn về số tiền; ${fee.note}` : "chưa có thông tin";
    }
  },

  answers: {
    choose: "Anh/chị muốn hỏi việc nào? Bấm hoặc gõ số:",
    whichProvince: (title: string): string =>
      `“${title}”: mỗi tỉnh có thủ tục riêng. Anh/chị ở tỉnh, thành phố nào? (Nơi khác chưa có trong dữ liệu của tôi.)`,
    placeIs: (asked: string, today: string): string => `${asked} nay là hoặc thuộc ${today}.`,
    placeIsOneOf: (asked: string): string =>
      `${asked} nay là hoặc thuộc một trong các nơi sau, tùy thôn, tổ dân phố:`,
    placeMore: (count: number): string =>
      `… và ${count} nơi nữa. Cho biết thêm tên xã, phường cũ để tra cho đúng.`,
    placeSource:
      "Theo các nghị quyết sắp xếp đơn vị hành chính, áp dụng từ 01/07/2025 (dữ liệu tháng 8/2025). Chưa chắc thì hỏi Ủy ban nhân dân nơi ở.",
    placeNoted: (name: string): string => `Dạ, tôi ghi nhớ anh/chị ở ${name}, chỉ trong cuộc trò chuyện này.`,
    askerNoted: (business: boolean): string =>
      `Dạ, tôi ghi nhớ anh/chị hỏi cho ${business ? "doanh nghiệp" : "cá nhân"}, chỉ trong cuộc trò chuyện này.`,
    whatNeeded: "Anh/chị cần làm việc gì?",
    noneOfThese: "Không phải việc nào ở trên",
    alsoAsked: (title: string): string => `Anh/chị còn hỏi “${title}”: bấm nút đầu bên dưới (hoặc gõ 1).`,
    orRather: (title: string): string => `Hay là: ${title}?`,
    unknown:
      "Xin lỗi, tôi chưa có câu trả lời chắc chắn cho câu này nên không đoán.\n" +
      "Anh/chị có thể:\n– hỏi lại ngắn hơn, ví dụ “làm khai sinh cần giấy tờ gì”;\n" +
      `– tra trên Cổng Dịch vụ công quốc gia: https://dichvucong.gov.vn;\n– hỏi người: gõ “gặp cán bộ”.\n` +
      "Câu tôi chưa trả lời được sẽ được ghi lại để bổ sung, không ghi ai hỏi.",
    unknownMaybe:
      "Xin lỗi, tôi chưa chắc anh/chị hỏi việc nào nên không đoán. Nếu là việc dưới đây, anh/chị bấm hoặc gõ số.\n" +
      "Nếu không phải: hỏi lại ngắn hơn, ví dụ “làm khai sinh cần giấy tờ gì”, hoặc gõ “gặp cán bộ”. " +
      "Câu tôi chưa trả lời được sẽ được ghi lại để bổ sung, không ghi ai hỏi.",
    gap: (name: string): string =>
      `Việc “${name}” hiện tôi chưa có thủ tục nào trong dữ liệu, nên tôi không đoán.\n` +
      "Anh/chị hỏi UBND xã, phường nơi ở, hoặc tra trên Cổng Dịch vụ công quốc gia: https://dichvucong.gov.vn.\n" +
      "Câu hỏi này sẽ được ghi lại để bổ sung, không ghi ai hỏi.",
    offtopic:
      "Tôi chỉ giúp việc thủ tục hành chính và phản ánh cán bộ, cơ quan. Việc này tôi không trả lời được, mong anh/chị thông cảm.\n" +
      "Nếu tôi hiểu sai, anh/chị viết lại rõ việc cần làm; câu này được ghi lại để sửa, không ghi ai hỏi.",
    offtopicMaybe:
      "Tôi chỉ giúp việc thủ tục hành chính và phản ánh cán bộ, cơ quan. Nếu anh/chị hỏi việc dưới đây, bấm hoặc gõ số; việc khác mong anh/chị thông cảm.\n" +
      "Nếu tôi hiểu sai, anh/chị viết lại rõ việc cần làm; câu này được ghi lại để sửa, không ghi ai hỏi.",
    greeting:
      "Xin chào! Tôi là trợ lý tự động của Một Cửa (không phải người).\n" +
      "Anh/chị có thể:\n– hỏi thủ tục: “làm khai sinh cho con cần gì?”;\n– phản ánh hồ sơ trễ, bị gây khó dễ, vòi tiền: gõ “phản ánh”;\n" +
      "– xem phản ánh đã gửi: gõ “tra cứu” và mã.",
    thanks: "Không có gì ạ. Anh/chị cần gì cứ nhắn.",
    tooLong: "Tin nhắn dài quá. Anh/chị viết gọn lại (dưới 4.000 chữ) giúp tôi.",
    empty: "Tôi chưa đọc được chữ nào. Anh/chị gõ lại câu hỏi bằng chữ giúp tôi.",
    unsupported:
      "Tôi chỉ đọc được chữ, chưa nghe hay xem được nội dung này. Anh/chị gõ lại bằng chữ giúp tôi.",
    noMenu: "Tôi không có danh sách nào đang mở để chọn số này. Anh/chị gõ câu hỏi bằng chữ giúp tôi.",
    staleChoice: "Nút này đã cũ. Anh/chị gõ lại điều cần hỏi giúp tôi.",
    /*
     * 112 to 115: Thông tư 22/2014/TT-BTTTT (Quy hoạch kho số viễn thông). 111: Luật Trẻ em 2016, NĐ 56/2017/NĐ-CP
     * Đ.22, 23 (three digits, day and night, free), number told by the ministry in 2017. Checked 2026-11-27.
     */
    crisis: {
      police:
        "Nếu đang nguy hiểm, gọi ngay 113 (công an). Đến chỗ đông người, an toàn trước đã. Có người bị thương: gọi 115 (cấp cứu).\nKhi đã an toàn, tôi giúp anh/chị gửi phản ánh: gõ “phản ánh”.",
      child:
        "Gọi ngay 113 (công an) và 111 (Tổng đài quốc gia bảo vệ trẻ em, miễn phí, ngày đêm). Trẻ bị thương: gọi 115 (cấp cứu).\nĐưa trẻ đến chỗ an toàn nếu làm được. Ai biết cũng báo được, không cần là người nhà.",
      fraud:
        "Đừng chuyển tiền, đừng đọc mã OTP hay mật khẩu, đừng bấm đường dẫn lạ. Cúp máy và gọi 113 (công an).\nLỡ chuyển tiền hay đưa mã rồi: gọi ngay ngân hàng của anh/chị để khóa tài khoản. Giữ lại tin nhắn, số gọi đến.",
      fire: "Gọi ngay 114 (cứu hỏa, cứu nạn). Ra khỏi chỗ cháy, báo người xung quanh. Có người bị thương: gọi 115 (cấp cứu).",
      rescue:
        "Gọi ngay 114 (cứu nạn) và 115 (cấp cứu); lũ, trên biển, lạc rừng: gọi 112 (tìm kiếm, cứu nạn).\nHô to gọi người xung quanh, đừng vào chỗ nguy hiểm một mình.",
      medical:
        "Gọi ngay 115 (cấp cứu) hoặc đưa đến bệnh viện gần nhất. Tai nạn xe, có người gây hại: gọi thêm 113 (công an).",
      suicide:
        "Tôi rất tiếc khi anh/chị đang chịu đựng điều này. Anh/chị, hoặc người ấy, đừng ở một mình lúc này: gọi 115 (cấp cứu) hoặc người thân ngay. Trẻ em: gọi 111 (bảo vệ trẻ em).\nTôi là máy, không thay được người, nhưng anh/chị đáng được giúp.",
    },
    rule: { remedy: "Nếu bị làm khác:", since: (iso: string): string => `Có hiệu lực từ ${day(iso)}` },
    complainNow: "Gửi phản ánh",
    deadline: (due: string, title: string): string =>
      `Theo thời hạn của “${title}”, ngày trả kết quả chậm nhất là ${due}. Nếu giấy hẹn ghi ngày khác thì theo giấy hẹn.`,
    deadlineUnknown: (title: string): string =>
      `Chưa có thông tin về thời hạn của “${title}”. Anh/chị xem ngày hẹn trên giấy hẹn.`,
    askProcedureForDeadline: "Anh/chị nộp hồ sơ việc gì? (ví dụ: cấp đổi căn cước)",
  },

  feedback: {
    up: "👍 Đúng ý tôi",
    down: "👎 Chưa đúng",
    thanks: "Cảm ơn anh/chị đã cho biết.",
    askReason: "Cảm ơn anh/chị. Câu trả lời chưa đúng ở chỗ nào? Bấm hoặc gõ số (không chọn cũng được):",
    reasons: {
      wrong: "Không phải việc tôi hỏi",
      missing: "Thiếu thông tin tôi cần",
      outdated: "Thông tin sai, cũ",
      unclear: "Khó hiểu",
    } satisfies Record<Reason, string>,
    thanksForReason:
      "Cảm ơn anh/chị. Người biên soạn sẽ xem lại. Anh/chị có thể gõ lại câu hỏi bằng cách khác.",
  },

  menu: {
    help: (operator: string): string =>
      "Tôi giúp được:\n1. Hỏi thủ tục: gõ câu hỏi, có dấu hay không dấu đều được.\n2. Gửi phản ánh: gõ “phản ánh”.\n3. Xem phản ánh: gõ “tra cứu MC-…”.\n" +
      "Lúc nào cũng gõ được: quay lại, hủy, nhắc hẹn, gặp cán bộ, quyền riêng tư, xóa dữ liệu, tiếng Anh.\n" +
      "Với phản ánh đã gửi: bổ sung, nhắc cơ quan, rút phản ánh. Bị ép, bị dọa vì phản ánh thì gõ “tôi bị dọa”.\n" +
      operator,
    operator: (name: string | undefined, contact: string | undefined): string =>
      name
        ? `Đơn vị vận hành: ${name}${contact ? ` (${contact})` : ""}.`
        : "Bản chạy thử: chưa có đơn vị vận hành chính thức.",
    human: (contact: string | undefined): string =>
      (contact
        ? `Anh/chị liên hệ người phụ trách: ${contact}.\n`
        : "Tôi chưa có số liên hệ của người phụ trách.\n") +
      `${PORTAL}\nHoặc đến Trung tâm Phục vụ hành chính công xã, phường gần nhất.`,
    privacy,
    language: "Từ giờ tôi trả lời bằng tiếng Việt.",
    cancelled: "Đã dừng. Anh/chị cần gì cứ nhắn.",
    nothingToCancel: "Không có việc nào đang làm dở.",
    kept: "Đã giữ nguyên.",
    group:
      "Trong nhóm chung tôi không hỏi đáp hay nhận phản ánh, để giữ kín việc riêng. Anh/chị nhắn riêng cho tôi.",
  },

  kinds: {
    late: "Hồ sơ trễ hẹn",
    bribe: "Bị đòi tiền, gợi ý quà",
    harassment: "Bị gây khó dễ, đi lại nhiều lần",
    extra_documents: "Bị đòi thêm giấy tờ",
    overcharge: "Bị thu tiền sai",
    attitude: "Thái độ không đúng mực",
    refusal: "Không nhận hồ sơ, đùn đẩy",
    praise: "Khen ngợi",
    suggestion: "Góp ý, kiến nghị",
    other: "Việc khác",
  } satisfies Record<ComplaintKind, string>,

  statuses: {
    registered: "Đã ghi nhận, đang gửi đến cơ quan",
    delivered: "Đã đến cơ quan",
    delivery_problem: "Chưa gửi được đến cơ quan; người phụ trách đang xử lý",
    acknowledged: "Cơ quan đã tiếp nhận",
    in_progress: "Cơ quan đang xử lý",
    needs_info: "Cơ quan đang hỏi thêm anh/chị",
    answered: "Cơ quan đã trả lời, chờ anh/chị xác nhận",
    disputed: "Anh/chị báo chưa xong; đã chuyển lại để xử lý",
    closed_confirmed: "Đã giải quyết xong (anh/chị xác nhận)",
    closed_no_reply: "Đã đóng vì chưa có câu trả lời của anh/chị",
    closed_unconfirmed: "Cơ quan đã trả lời; đã đóng, anh/chị chưa xác nhận",
    closed_thanked: "Lời khen đã được gửi đến; đã đóng với lời cảm ơn",
    withdrawn: "Anh/chị đã rút",
    erased: "Đã xóa",
    quarantined: "Đã ghi nhận; một người sẽ xem trước khi chuyển cơ quan",
    rejected: "Đã xem và không chuyển cơ quan",
  } satisfies Record<Status, string>,

  overdue: {
    1: "Đã quá hạn trả lời; đã nhắc cơ quan",
    2: "Đã quá hạn trả lời; đã báo cấp trên",
    3: "Đã quá hạn trả lời; đã báo cấp cao hơn, người phụ trách đang theo dõi",
  } satisfies Record<Exclude<Overdue, 0>, string>,

  evidence,
  consent,
  erasing,

  complaint: {
    start: "Tôi ghi phản ánh giúp anh/chị. Gõ “quay lại” để sửa câu trước, “hủy” để dừng.",
    heard: (kind: string): string => `Tôi hiểu đây là phản ánh: ${kind}.`,
    truthful: "Chỉ cần kể đúng sự thật, chưa có bằng chứng vẫn gửi được.",
    askKind: "Anh/chị phản ánh việc gì? Bấm, gõ số, hoặc kể luôn:",
    askStory: "Anh/chị kể giúp: chuyện gì, ở đâu, khi nào? Viết một hai câu cũng được.",
    askMissing: (facts: readonly ("place" | "about" | "promised")[]): string =>
      [
        "Để gửi đúng nơi, anh/chị cho biết thêm, viết chung một tin (biết gì viết nấy):",
        ...facts.map((fact) => `– ${MISSING[fact]}`),
      ].join("\n"),
    missingUnclear:
      "Tôi chưa đọc được. Anh/chị viết như “xã Núi Thành, Đà Nẵng; một cửa xã; hẹn 5/11”, hoặc bấm Bỏ qua.",
    askPlace: "Chuyện xảy ra ở xã, phường nào, tỉnh nào? Tên cũ (trước 7/2025) cũng được.",
    placeUnknown: (text: string): string =>
      `Tôi chưa tìm ra “${text}”. Anh/chị gõ rõ hơn, ví dụ “xã Núi Thành, Đà Nẵng”, hoặc bấm Bỏ qua.`,
    placeMany: (name: string): string => `“${name}” nay ứng với nhiều xã, phường.`,
    placeChoose: "Anh/chị chọn nơi đúng:",
    placeNow: (former: string, now: string): string => `${former} nay thuộc ${now}.`,
    askAbout:
      "Anh/chị nói đến cơ quan, bộ phận nào? Nếu là phản ánh sai phạm, nơi đó sẽ không được giao tự giải quyết.",
    askDossier: "Mã hồ sơ trên giấy hẹn là gì? (ví dụ H17.25-261105-0012). Không có thì bấm Bỏ qua.",
    dossierUnclear:
      "Tôi chưa thấy mã hồ sơ. Mã nằm trên giấy hẹn, dạng H17.25-261105-0012. Gõ lại hoặc bấm Bỏ qua.",
    askPromised: "Giấy hẹn ghi ngày trả là ngày nào? (ví dụ 05/11/2026). Không nhớ thì bấm Bỏ qua.",
    dayUnclear: "Tôi chưa đọc được ngày. Gõ dạng 05/11/2026, hoặc bấm Bỏ qua.",
    askPerson:
      "Cơ quan thường cần họ tên người đứng tên hồ sơ để tìm. Đồng ý gửi thì anh/chị gõ họ tên (thêm số điện thoại nếu muốn), chỉ dùng cho vụ này. Không muốn thì bấm Không ghi tên.",
    personUnclear: "Anh/chị gõ họ và tên (ví dụ “Nguyễn Văn A, 0901234567”), hoặc bấm Không ghi tên.",
    insistPerson:
      "Vụ này mặc định giấu tên để bảo vệ anh/chị. Nếu vẫn muốn ghi tên, gõ họ tên (và số điện thoại); không thì bấm Không ghi tên.",
    askEmail:
      "Anh/chị có muốn nhận tin qua e-mail không? Gõ địa chỉ, hoặc bấm Bỏ qua. E-mail này không gửi cho cơ quan.",
    emailTo: (address: string): string => `Tin cũng gửi đến e-mail ${address} (không gửi cho cơ quan).`,
    emailUnclear: "Tôi chưa đọc được địa chỉ e-mail. Gõ lại (ví dụ ten@gmail.com) hoặc bấm Bỏ qua.",
    skip: "Bỏ qua",
    noName: "Không ghi tên",
    preview: (notice: string, recipients: string, due: string): string =>
      `XEM TRƯỚC – cơ quan sẽ thấy đúng như sau:\n———\n${notice}\n———\nGửi đến: ${recipients}\nHạn trả lời: ${due}`,
    hidden: "Họ tên, cách liên lạc của anh/chị: KHÔNG gửi, trừ điều anh/chị viết trong nội dung trên.",
    send: "Đồng ý gửi",
    sendAnyway: "Vẫn đồng ý gửi",
    editStory: "Viết lại nội dung",
    editPlace: "Sửa nơi xảy ra",
    movePlace: (place: string): string => `Nơi xảy ra là ${place}`,
    findBy:
      "Cơ quan tìm hồ sơ bằng mã hồ sơ hoặc họ tên. Anh/chị nên viết thêm ngay tại đây (mã, hoặc họ tên và số điện thoại), hoặc gửi luôn.",
    added: "Đã ghi thêm.",
    placeChanged: (place: string): string => `Đã sửa nơi xảy ra: ${place}.`,
    addDossier: "Thêm mã hồ sơ",
    addEmail: "Nhận tin qua e-mail",
    removeEmail: "Bỏ e-mail",
    addName: "Ghi tên tôi",
    removeName: "Không ghi tên",
    cancel: "Hủy",
    cancelAsk: "Bỏ phản ánh đang viết? Nội dung đã gõ sẽ mất.",
    cancelYes: "Bỏ",
    cancelNo: "Viết tiếp",
    lapsed: (days: number): string => `Phản ánh viết dở đã bị xóa vì quá ${days} ngày chưa gửi.`,
    stillOpen: "Anh/chị đang viết dở một phản ánh.",
    nothingBefore: "Đây là câu đầu tiên rồi.",
    useButtons: "Anh/chị bấm một nút ở dưới, hoặc gõ số.",
    filed: (code: string, recipients: string, due: string): string =>
      `Đã nhận phản ánh.\nMã tra cứu: ${code}\nNơi phải trả lời: ${recipients}\nHạn trả lời: ${due}\n` +
      `Xem tình trạng: gõ “tra cứu ${code}”. Tôi báo ngay tại đây khi có tin. Anh/chị giữ mã này.`,
    heldBack: (code: string, until: string): string =>
      `Đã nhận phản ánh.\nMã tra cứu: ${code}\nTrong ít phút có nhiều phản ánh giống nhau, nên một người sẽ xem trước khi chuyển đến cơ quan, chậm nhất ngày ${until}. ` +
      `Phản ánh không bị mất. Hạn trả lời tính từ khi chuyển.\nXem tình trạng: gõ “tra cứu ${code}”. Tôi báo ngay tại đây khi có tin. Anh/chị giữ mã này.`,
    addedTo: (code: string, recipients: string, due: string): string =>
      `Hồ sơ này anh/chị đã có phản ánh đang giải quyết. Tôi ghi thêm nội dung mới vào phản ánh đó, không mở phản ánh thứ hai.\nMã tra cứu (như cũ): ${code}\nNơi phải trả lời: ${recipients}\nHạn trả lời: ${due}`,
    addedToAnswered: (code: string): string =>
      `Phản ánh ${code} về hồ sơ này đã có câu trả lời. Tôi đã ghi thêm nội dung mới. Nếu việc chưa xong, anh/chị bấm “Chưa giải quyết” để cơ quan làm lại.`,
    addedToHeldBack: (code: string, until: string): string =>
      `Tôi ghi thêm nội dung mới vào phản ánh ${code} về hồ sơ này. Một người sẽ xem trước khi chuyển đến cơ quan, chậm nhất ngày ${until}.`,
    why: (reasons: string): string => `Vì sao gửi nơi đó: ${reasons}`,
    protectedNote: "Nếu bị đòi tiền: giữ tin nhắn, ghi âm, biên lai. Nguy hiểm thì gọi 113.",
  },

  lateness: {
    late: (days: number, due: string, slip: boolean): string =>
      (days > 0 ? `Hồ sơ đã trễ ${days} ngày làm việc (hạn là ${due}` : `Hồ sơ đã quá hạn (hạn là ${due}`) +
      (slip ? ")." : ", theo thời hạn của thủ tục)."),
    notLate: (due: string): string => `Chưa trễ: hạn là ${due}. Anh/chị vẫn gửi được nếu muốn.`,
    longPromise: (due: string, lawful: string): string =>
      `Ngày hẹn dài hơn quy định: giấy hẹn ghi ${due}, thời hạn của thủ tục đến ${lawful}.`,
    moved: (promised: string): string =>
      `(Ngày hẹn ${promised} là ngày nghỉ, nên tính đến ngày làm việc sau đó.)`,
    lawful: (lawful: string): string => `Theo thời hạn của thủ tục thì hạn là ${lawful}.`,
    ofProcedure: (title: string): string =>
      `(Thời hạn của “${title}”, nếu giấy tờ đã đủ từ ngày nộp. Phải bổ sung thì tính lại từ khi nộp đủ.)`,
    counted: ({ from, to, working, weekend, off, worked }: Counted): string =>
      [
        `Cách tính: ${dayMonth(from)}–${day(to)} có ${working} ngày làm việc`,
        ...(weekend > 0 ? [`không tính ${weekend} ngày cuối tuần`] : []),
        ...off.map((run) => `không tính ${runOf(run)} (${run.name})`),
        ...worked.map((run) => `có tính ${runOf(run)} (${run.name})`),
      ].join("; ") + ".",
    unknown: {
      "no-date": "Chưa tính được đã trễ chưa, vì chưa rõ ngày hẹn.",
      "no-limit": "Chưa tính được đã trễ chưa, vì chưa rõ ngày hẹn và thời hạn của thủ tục.",
      "several-limits": "Chưa tính được đã trễ chưa, vì thủ tục có nhiều thời hạn tùy trường hợp.",
      supplemented:
        "Chưa tính được đã trễ chưa: ngày hẹn cũ không còn dùng để tính, mà chưa rõ thời hạn của thủ tục.",
      "no-year": "Chưa tính được đã trễ chưa, vì tôi chưa có lịch nghỉ lễ của năm đó.",
    },
    pauses: {
      "financial-duty": "Việc đất đai có thể được tạm dừng khi chờ làm xong nghĩa vụ tài chính.",
      verification: "Việc hộ tịch có thể được tạm dừng khi phải xác minh.",
      exchange: "Việc lý lịch tư pháp có thể được tạm dừng khi các cơ quan phải trao đổi thông tin.",
    },
    askApology:
      "Anh/chị có nhận được văn bản xin lỗi và hẹn lại không? (Trễ thì phải có, chậm nhất 1 ngày trước hạn, chỉ hẹn lại một lần.)",
    apology: {
      none: "Không nhận",
      in_time: "Nhận trước hạn ít nhất 1 ngày",
      too_late: "Nhận muộn hơn hoặc sau hạn",
      twice: "Đã bị hẹn lại hai lần trở lên",
    } satisfies Record<Apology, string>,
    askReappointed: "Văn bản xin lỗi hẹn lại ngày nào? (ví dụ 05/11/2026). Không nhớ thì bấm Bỏ qua.",
  },

  before: beforeFiling,

  dossier: {
    what: (code: string, received: string | undefined): string =>
      `${code} là mã hồ sơ${received ? `, nhận ngày ${received}` : ""}. Tôi không xem được hồ sơ đang ở đâu. Anh/chị cần gì?`,
    late: "Hồ sơ này bị trễ",
    add: (code: string): string => `Ghi vào phản ánh ${code}`,
    look: "Tra hồ sơ ở đâu?",
    isIt: (code: string): string => `Mã hồ sơ: ${code}`,
  },

  personal: {
    identity: "số căn cước",
    phone: "số điện thoại",
    plate: "biển số xe",
    email: "địa chỉ e-mail",
    name: "họ tên",
    found: (kinds: string): string => `Trong nội dung có ${kinds}; cơ quan sẽ thấy.`,
    takeOut: (kinds: string): string => `Bỏ ${kinds} khỏi nội dung`,
  },

  status: {
    ask: "Anh/chị gõ mã tra cứu, dạng MC-7K4P-29QX-84MT.",
    wrong: "Mã này gõ chưa đúng. Mã có dạng MC-7K4P-29QX-84MT; anh/chị xem lại từng chữ.",
    none: "Không có phản ánh nào mang mã này. Anh/chị xem lại từng chữ.",
    noneYet: "Cuộc trò chuyện này chưa gửi phản ánh nào. Nếu đã gửi ở nơi khác, gõ “tra cứu” và mã.",
    of: (code: string): string => `Phản ánh ${code}`,
    head: (code: string, status: string): string => `Phản ánh ${code}\nTình trạng: ${status}`,
    stateElsewhere: "Tình trạng chỉ xem được trong cuộc trò chuyện đã gửi.",
    filedOn: (when: string): string => `Gửi: ${when}`,
    due: (when: string): string => `Hạn trả lời: ${when}`,
    holders: (names: string): string => `Nơi phải trả lời: ${names}`,
    elsewhere: "Nội dung và câu trả lời chỉ xem được trong cuộc trò chuyện đã gửi.",
    yours: "Phản ánh của anh/chị:",
    line: (code: string, status: string, due: string): string => `– ${code}: ${status} (hạn ${due})`,
    escalated: (names: string): string => `Đã báo ${names} cùng giải quyết.`,
    rejected: (reason: string): string => `Không chuyển cơ quan. Lý do: ${reason}`,
    reopens: (until: string): string => `Nếu việc chưa xong, anh/chị mở lại được đến hết ngày ${until}.`,
  },

  timeline,
  standing,
  relay,
  withdrawal,
  survey,
  identity,

  notices: {
    ...praise,
    delivered: (code: string, agency: string): string => `Phản ánh ${code} đã đến ${agency}.`,
    undeliverable: (code: string): string =>
      `Phản ánh ${code} chưa đến được cơ quan và đang chờ người phụ trách xử lý. Phản ánh không bị mất.`,
    acknowledged: (code: string, agency: string, due: string): string =>
      `${agency} đã tiếp nhận phản ánh ${code}. Hạn trả lời: ${due}.`,
    progress: (code: string, agency: string, text: string): string =>
      `${agency} cho biết về phản ánh ${code}:\n“${text}”`,
    asked: (code: string, agency: string, text: string): string =>
      `${agency} hỏi thêm về phản ánh ${code}:\n“${text}”\n${TYPE_HERE}`,
    transferred: (code: string, agency: string, reason: string): string =>
      `Phản ánh ${code} được chuyển đến ${agency}. Hạn trả lời không đổi.\nLý do: ${reason}`,
    extended: (code: string, agency: string, until: string, reason: string, apology?: string): string =>
      `${agency} xin lỗi anh/chị và xin lùi ngày trả lời phản ánh ${code} đến ${until}.\nLý do: ${reason}${apology ? `\nLời xin lỗi: “${apology}”` : ""}`,
    answered: (code: string, agency: string, text: string): string =>
      `${agency} trả lời phản ánh ${code}:\n“${text}”\nViệc của anh/chị đã được giải quyết chưa?`,
    unacknowledged: (code: string, agencies: string): string =>
      `Phản ánh ${code} chưa được nơi nào tiếp nhận. Tôi đã báo ${agencies} để vào cuộc.`,
    overdue: (code: string, due: string, agencies: string): string =>
      `Phản ánh ${code} đã hết hạn trả lời (${due}) mà chưa có câu trả lời; mong anh/chị thông cảm. Tôi đã nhắc ${agencies} và tiếp tục theo dõi.`,
    escalated: (code: string, agencies: string): string =>
      `Phản ánh ${code} vẫn chưa được giải quyết. Tôi đã báo lên ${agencies}.`,
    escalatedFurther: (code: string, agencies: string): string =>
      `Phản ánh ${code} vẫn chưa được giải quyết. Tôi đã báo tiếp ${agencies}; người phụ trách cũng đang theo dõi.`,
    questionReminder: (code: string, agency: string, text: string, until: string): string =>
      `${agency} còn chờ anh/chị trả lời về phản ánh ${code}:\n“${text}”\n${TYPE_HERE} Đến ${until} chưa có tin thì tôi tạm đóng phản ánh.`,
    confirmReminder: (code: string, until: string): string =>
      `Phản ánh ${code} đã có câu trả lời. Việc của anh/chị đã được giải quyết chưa? Đến ${until} chưa có tin thì tôi đóng phản ánh và ghi là chưa xác nhận.`,
    closedNoReply: (code: string, until: string | undefined): string =>
      `Phản ánh ${code} đã đóng vì chưa có câu trả lời của anh/chị.${until ? `\nMuốn làm tiếp, anh/chị bấm “Trả lời câu hỏi”, đến hết ngày ${until}.` : ""}`,
    closedUnconfirmed: (code: string, until: string | undefined): string =>
      `Phản ánh ${code} đã đóng; tôi ghi là anh/chị chưa xác nhận kết quả.${until ? `\nNếu việc chưa xong, anh/chị bấm “Chưa giải quyết” để mở lại, đến hết ngày ${until}.` : ""}`,
    released: (code: string, agencies: string, due: string): string =>
      `Phản ánh ${code} đã được chuyển đến ${agencies}. Hạn trả lời: ${due}.`,
    rejected: (code: string, reason: string, until: string | undefined): string =>
      `Phản ánh ${code} đã được một người xem và không chuyển đến cơ quan.\nLý do: ${reason}${until ? `\nNếu không đồng ý, anh/chị bấm “Không đồng ý” trước hết ngày ${until}; người khác sẽ xem lại.` : ""}`,
    object: "Không đồng ý",
    /** What stands in the chat, and what a letter says in its place. */
    typeHere: TYPE_HERE,
    typeThere: "Anh/chị mở cuộc trò chuyện đã gửi phản ánh và gõ câu trả lời ở đó.",
    byMail:
      "(Thư này gửi tự động. Anh/chị trả lời trong cuộc trò chuyện đã gửi phản ánh, không trả lời thư này.)",
    solved: "Đã giải quyết",
    notSolved: "Chưa giải quyết",
    answerQuestion: "Trả lời câu hỏi",
  },

  /** What the operator has turned off, and what came too often. */
  doors: {
    answersOff: (reason: string): string =>
      `Tôi tạm ngừng trả lời câu hỏi. Lý do: ${reason}\nAnh/chị tra trên ${PORTAL}, hoặc gõ “gặp cán bộ”. Gửi phản ánh và tra cứu phản ánh vẫn như thường.`,
    intakeOff: (reason: string, elsewhere: string): string =>
      `Tôi tạm ngừng nhận phản ánh mới. Lý do: ${reason}\n${elsewhere}\nĐang nguy hiểm thì gọi 113. Phản ánh đã gửi vẫn được theo dõi.`,
    sendingOff: (reason: string, elsewhere: string): string =>
      `Phản ánh này chưa gửi được vì tôi tạm ngừng nhận. Lý do: ${reason}\nNội dung vẫn được giữ; khi mở lại anh/chị bấm “Đồng ý gửi”.\n${elsewhere}\nĐang nguy hiểm thì gọi 113.`,
    agencyOff: (agency: string, reason: string): string =>
      `${agency} tạm chưa nhận được tin từ đây. Lý do: ${reason} Phản ánh được giữ và gửi ngay khi mở lại.`,
    channelOff: (reason: string, elsewhere: string): string =>
      `Tôi tạm ngừng làm việc ở kênh này, tin vừa rồi chưa được xử lý. Lý do: ${reason}\n${elsewhere}\nĐang nguy hiểm thì gọi 113.`,
    tooManyFiled: (when: string, elsewhere: string): string =>
      `Cuộc trò chuyện này vừa gửi nhiều phản ánh nên tôi chưa gửi thêm ngay được. Nội dung vẫn được giữ: từ ${when} anh/chị bấm “Đồng ý gửi” là gửi.\nViệc gấp:\n${elsewhere}\nĐang nguy hiểm thì gọi 113.`,
    tooManyLookUps: (when: string): string =>
      `Vừa có nhiều mã không đúng được tra, nên tôi tạm ngừng tra cứu ở đây đến ${when}. Anh/chị xem lại mã trong tin đã nhận.`,
  },

  after: {
    confirmed: (code: string): string => `Cảm ơn anh/chị. Phản ánh ${code} được ghi là đã giải quyết xong.`,
    askVerdict: (code: string): string => `Phản ánh ${code}: việc đã được giải quyết chưa?`,
    askReason: "Anh/chị cho biết chưa xong ở chỗ nào? Viết một câu, tôi chuyển lại ngay.",
    offerDispute: (code: string, reason: string): string =>
      `Việc trong phản ánh ${code} chưa xong, phải không? Anh/chị bấm, tôi chuyển lời này cho cơ quan:\n“${reason}”`,
    sendDispute: "Chuyển lời này, báo chưa xong",
    disputed: (code: string, agencies: string): string =>
      `Đã ghi: chưa giải quyết. Phản ánh ${code} được chuyển cho ${agencies}.`,
    askInformation: (code: string): string => `Anh/chị gõ câu trả lời cho cơ quan về phản ánh ${code}:`,
    sendInformation: (code: string): string =>
      `Gửi câu này cho cơ quan, làm câu trả lời cho phản ánh ${code}?`,
    informed: (code: string): string => `Đã chuyển câu trả lời của anh/chị cho cơ quan (phản ánh ${code}).`,
    objected: (code: string): string =>
      `Đã ghi: anh/chị không đồng ý. Người khác sẽ xem lại phản ánh ${code}.`,
    tooLate: "Việc này đã thay đổi rồi. Gõ “tra cứu” để xem tình trạng mới.",
  },
};

export type Wording = typeof vietnamese;
