import type { AnswerFault, Suspicion } from "../complaints/complaint.ts";
import {
  type AgencyEvent,
  type AgencyNotice,
  isLast,
  isOfMany,
  type NoticedApology,
  type NoticedLateness,
  type NoticedSupplements,
  type OpenNotice,
} from "../messages/delivery.ts";
import type { Choice } from "../messages/message.ts";
import { day } from "./citizen.ts";
import { moment, NOTICE_BUTTONS, officialButtons, officialChat } from "./official-chat.ts";
import { fileLinks, filesOf } from "./official-evidence.ts";

const EVENTS: Readonly<Record<AgencyEvent, string>> = {
  filed: "Phản ánh mới",
  reminder: "Nhắc hạn trả lời",
  overdue: "Quá hạn trả lời",
  unacknowledged: "Chưa nơi nào tiếp nhận, báo cấp trên",
  escalated: "Chưa giải quyết xong, báo cấp trên",
  undelivered: "Chưa gửi được đến nơi phải trả lời",
  transferred: "Phản ánh được chuyển đến",
  information: "Người dân bổ sung",
  disputed: "Người dân báo chưa giải quyết",
  proposed: "Câu trả lời chờ ký",
  returned: "Câu trả lời được trả lại",
  closed: "Người dân xác nhận đã giải quyết xong",
  lapsed: "Đóng vì người dân không phản hồi",
  withdrawn: "Người dân rút phản ánh",
  ended: "Kết thúc, không cần xử lý tiếp",
  reopened: "Người dân tiếp tục phản ánh đã rút",
  moved: "Phản ánh được mở lại, nay do nơi khác giải quyết",
  protected: "Chuyển vào diện bảo vệ người phản ánh",
  identity: "Danh tính người phản ánh, chỉ cho cơ quan anh/chị",
  "identity-refused": "Người dân không đồng ý cho biết danh tính",
  "identity-approval": "Cần người thứ hai duyệt mở danh tính",
  quarantined: "Có phản ánh nghi gửi hàng loạt, chờ người xem xét",
  cluster: "Nhiều người cùng phản ánh một đơn vị",
  review: "Câu trả lời trong tháng cần xem lại",
};

/** What the text of a later notice is. */
const CONTENT: Readonly<Partial<Record<AgencyEvent, string>>> = {
  information: "Người dân viết thêm",
  disputed: "Lý do chưa giải quyết",
  proposed: "Câu trả lời chờ ký",
  returned: "Lý do trả lại",
  identity: "Lý do mở",
  "identity-refused": "Lý do đã hỏi",
  "identity-approval": "Lý do đề nghị mở",
};

/** What the text of a notice is, where nothing else is said. */
const STORY = "Nội dung";

/** Why a case is held back. */
const SUSPICIONS: Readonly<Record<Suspicion, string>> = {
  conversation: "một cuộc trò chuyện gửi quá nhiều trong ít phút",
  words: "nhiều phản ánh gần như cùng lời trong ít phút",
  origin: "nhiều phản ánh cùng địa chỉ mạng, cùng đơn vị trong ít phút, trùng người hoặc gần lời",
};

/** Why an answer should be looked at. */
export const ANSWER_FAULTS: Readonly<Record<AnswerFault, string>> = {
  quick: "trả lời ngay sau khi tiếp nhận",
  copied: "giống câu trả lời của vụ khác",
  disputed: "người dân báo chưa giải quyết",
};

/** `2026-11` → 11/2026. */
export function monthYear(month: string): string {
  return month.split("-").toReversed().join("/");
}

/** The rule on written apologies for late results. */
const APOLOGY_RULE = "khoản 6 Điều 19 Nghị định 118/2025/NĐ-CP";
const APOLOGIES: Readonly<Record<NoticedApology, string>> = {
  none: `Không nhận được văn bản xin lỗi và hẹn lại (${APOLOGY_RULE})`,
  in_time: "Đã nhận văn bản xin lỗi và hẹn lại trước hạn ít nhất 1 ngày",
  too_late: `Nhận văn bản xin lỗi muộn hơn 1 ngày trước hạn (${APOLOGY_RULE})`,
  twice: `Bị hẹn lại từ hai lần trở lên, trong khi chỉ được hẹn lại một lần (${APOLOGY_RULE})`,
};

/** Stands in the text for what the person took out of it. */
export const TAKEN_OUT = "[đã bỏ]";

function latenessFacts({ due, by, on, daysLate, lawful }: NoticedLateness): string[] {
  const limit = `hạn ${day(due)} ${by === "slip" ? "theo ngày hẹn" : "tính theo thời hạn của thủ tục"}`;
  const counted = `tính đến ${day(on)}`;
  const stands =
    daysLate === undefined
      ? `Chưa quá hạn, ${counted}`
      : daysLate === 0
        ? `Đã quá hạn, ${counted}`
        : `Trễ ${daysLate} ngày làm việc, ${counted}`;
  return [
    `${stands} (${limit})`,
    ...(lawful ? [`Thời hạn của thủ tục, tính từ ngày nộp: đến ${day(lawful)}`] : []),
  ];
}

/** Supplements are asked for once, in full, */
const SUPPLEMENT_ONCE = "khoản 3 Điều 16 Nghị định 118/2025/NĐ-CP";
/** … on the form for it, */
const SUPPLEMENT_FORM = "điểm c khoản 1 Điều 17 Nghị định 118/2025/NĐ-CP";
/** … and start the limit anew. */
const SUPPLEMENT_RESTART = "khoản 5 Điều 19 Nghị định 118/2025/NĐ-CP";

function supplementFacts({ times, inWriting, lastOn }: NoticedSupplements): string[] {
  const often = times === undefined ? "" : times === 1 ? " một lần" : ` ${times} lần`;
  const twice = times !== undefined && times > 1;
  return [
    `Bị yêu cầu bổ sung hồ sơ${often}${twice ? `, trong khi chỉ được yêu cầu một lần, đầy đủ (${SUPPLEMENT_ONCE})` : ""}`,
    ...(inWriting === false
      ? [`Yêu cầu bổ sung chỉ nói miệng, không có Phiếu yêu cầu bổ sung (${SUPPLEMENT_FORM})`]
      : inWriting
        ? ["Có Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"]
        : []),
    ...(lastOn
      ? [`Đã nộp bổ sung ngày ${day(lastOn)}; thời hạn tính lại từ ngày này (${SUPPLEMENT_RESTART})`]
      : []),
  ];
}

/** What is known of the dossier and its days, line by line. */
export function dossierFacts(notice: Omit<AgencyNotice, "person">): string[] {
  return [
    ...(notice.procedure ? [`Thủ tục: ${notice.procedure.name} (${notice.procedure.code})`] : []),
    ...(notice.dossier ? [`Mã hồ sơ: ${notice.dossier}`] : []),
    ...(notice.supplements ? supplementFacts(notice.supplements) : []),
    ...(notice.lateness ? latenessFacts(notice.lateness) : []),
    ...(notice.apology ?? []).map((what) => APOLOGIES[what]),
    ...(notice.reappointed ? [`Ngày hẹn lại: ${day(notice.reappointed)}`] : []),
  ];
}

function personLine({ person }: OpenNotice): string {
  if (!person) return "Người phản ánh: giấu tên";
  return `Người phản ánh: ${person.name}${person.phone ? `, ${person.phone}` : ""}`;
}

function historyLines({ history = [] }: OpenNotice): string[] {
  if (history.length === 0) return [];
  const lines = history.map(({ at, what, text }) => officialChat.card.event(moment(at), what, text));
  return [officialChat.card.line, ...lines];
}

/** The facts of a notice, line by line: what the person saw and consented to. */
export function noticeFacts(notice: OpenNotice): string {
  const content = `${CONTENT[notice.event] ?? STORY}: ${notice.text}`;
  return [
    notice.summary,
    notice.place ? `Nơi xảy ra: ${notice.place}` : "",
    ...dossierFacts(notice),
    notice.related ? `${notice.related} phản ánh liên quan (của người khác)` : "",
    ...(notice.story === undefined
      ? [content, ...historyLines(notice)]
      : [`${STORY}: ${notice.story}`, ...historyLines(notice), content]),
    notice.evidence.length > 0 ? `Kèm theo: ${filesOf(notice.evidence)}` : "",
    ...(isOfMany(notice.event) ? [] : [personLine(notice)]),
  ]
    .filter(Boolean)
    .join("\n");
}

const TO_SIGN = "Câu trả lời đã soạn xong, chỉ còn chờ ký; ký xong mới đến người dân.";

/** Where an official does something beside the chat: at the desk, or on the page of one case, which needs no account. */
export type OfficialLinks = { readonly reply: string; readonly desk: string };

/** … and what can be done there. */
function waysByLetter(notice: OpenNotice, { reply, desk }: OfficialLinks): string {
  if (notice.event === "quarantined") return `Xem, chuyển đi hoặc không chuyển: tại bàn làm việc ${desk}`;
  if (notice.event === "identity-approval")
    return `Duyệt tại bàn làm việc: ${desk} (vụ cần giữ kín: nhắn cho bot /duyetdanhtinh ${notice.case} lý do)`;
  if (!isToSign(notice)) return `Trả lời tại: ${reply}`;
  return `Người đứng đầu, người giữ kín ký hoặc trả lại tại bàn làm việc: ${desk}\nXem vụ này: ${reply}`;
}

function isToSign({ event, waitsFor }: OpenNotice): boolean {
  return event === "proposed" || waitsFor === "signature";
}

/** What an official can do with a notice, in a chat. */
function waysOf(notice: OpenNotice): string {
  if (notice.event === "quarantined")
    return "Gõ /cach để xem; /tha MC-… để chuyển đi, /loai MC-… lý do để không chuyển.";
  if (isToSign(notice)) return "Bấm nút để ký hoặc trả lại.";
  if (notice.event === "identity-approval")
    return `Duyệt mở danh tính, gõ: /duyetdanhtinh ${notice.case} lý do`;
  return [
    "Bấm nút bên dưới, trả lời (reply) tin này, hoặc gõ:",
    `/nhan ${notice.case} – tiếp nhận`,
    `/hoi ${notice.case} – hỏi thêm người dân`,
    `/traloi ${notice.case} – trả lời`,
    `/baocao ${notice.case} – báo tiến độ`,
    `/chuyen ${notice.case} – chuyển cơ quan khác`,
    `/giahan ${notice.case} – gia hạn`,
    ...(notice.person === null && notice.kind !== "praise"
      ? [`/danhtinh ${notice.case} lý do – xin biết người phản ánh là ai`]
      : []),
  ].join("\n");
}

/** A notice as an official reads it in a chat, with buttons, or with the addresses to act at in a letter. */
export function officialText(
  notice: OpenNotice,
  links?: OfficialLinks,
  files: { readonly urls: readonly string[]; readonly until: string } = { urls: [], until: "" },
): { subject: string; text: string; choices: Choice[] } {
  // Somebody decides something about the case, and nobody has to answer it for that.
  const decides = notice.event === "quarantined" || notice.event === "identity-approval";
  const linked = notice.evidence.flatMap((file, index) => {
    const url = files.urls[index];
    return url === undefined ? [] : [{ ...file, url }];
  });
  const how = links ? waysByLetter(notice, links) : waysOf(notice);
  return {
    subject: `[${notice.case}] ${EVENTS[notice.event]}: ${notice.summary}`,
    text: [
      `${EVENTS[notice.event]} – ${notice.case}`,
      noticeFacts(notice),
      ...fileLinks(linked, files.until),
      ...(notice.waitsFor === "signature" ? [TO_SIGN] : []),
      ...(isLast(notice.event) || decides
        ? []
        : [`Nơi phải trả lời: ${notice.agency.name}`, `Hạn trả lời: ${day(notice.due)}`]),
      ...(isLast(notice.event) && !decides ? [] : ["", how]),
    ].join("\n"),
    choices:
      isLast(notice.event) || decides
        ? []
        : officialButtons(notice.case, isToSign(notice) ? ["sign", "return", "open"] : NOTICE_BUTTONS),
  };
}

/** What the bot says to officials. */
export const official = {
  linked: (agency: string): string =>
    `Đã gắn tài khoản này với ${agency}. Gõ /viec để xem việc, /thoi để gỡ tài khoản.`,
  linkUsed: "Mã gắn kết không đúng, đã dùng hoặc hết hạn. Anh/chị xin người quản trị mã mới.",
  notLinked: "Tài khoản này chưa gắn với cơ quan nào. Xin mã gắn kết của người quản trị.",
  noCases: "Không có phản ánh nào đang chờ cơ quan anh/chị.",
  figuresOnly: "Vai trò giám sát chỉ xem số liệu, không xem từng vụ.",
  unknownCase: "Không tìm thấy phản ánh này trong phần việc của cơ quan anh/chị.",
  usage: {
    list: "Cách dùng: /viec (tất cả), /viec quahan (quá hạn), /viec toi (tôi đã nhận), /viec MC-… (một phản ánh)",
    acknowledge: "Cách dùng: /nhan MC-…",
    ask: "Cách dùng: /hoi MC-… câu hỏi cho người dân",
    answer: "Cách dùng: /traloi MC-… nội dung trả lời",
    progress: "Cách dùng: /baocao MC-… tiến độ",
    transfer: "Cách dùng: /chuyen MC-… (chọn cơ quan theo tên), hoặc /chuyen MC-… mã-cơ-quan lý do",
    extend: "Cách dùng: /giahan MC-… ngày/tháng/năm lý do",
    "ask-identity": "Cách dùng: /danhtinh MC-… lý do cần biết danh tính",
    "approve-identity": "Cách dùng: /duyetdanhtinh MC-… lý do mở khi người dân không đồng ý",
    release: "Cách dùng: /tha MC-… (thêm “nhóm” để chuyển mọi phản ánh cùng nội dung)",
    reject: "Cách dùng: /loai MC-… lý do (/loai MC-… nhóm lý do: mọi phản ánh cùng nội dung)",
  },
  unknownAgency: (id: string): string =>
    `Không có cơ quan nào mang mã hoặc tên “${id}”. Anh/chị ghi lại tên, thêm xã, tỉnh.`,
  severalAgencies: (agencies: readonly { readonly id: string; readonly name: string }[]): string =>
    `Chưa rõ là cơ quan nào. Ghi đúng tên, hoặc ghi mã: ${agencies.map(({ id, name }) => `${name} (${id})`).join("; ")}.`,
  /** What the custodian of the protected lane reads: the story, what the person says now, who knew of the case. */
  protectedStory: (story: string, words: string | undefined, seen: readonly string[]): string =>
    [
      story,
      `[Người phản ánh báo bị ép hoặc bị dọa]${words ? ` ${words}` : ""}`,
      `[Nơi đã biết phản ánh này trước đây] ${seen.join("; ")}`,
      "Không chuyển cho các nơi nêu trên, không để lộ người phản ánh.",
    ].join("\n"),
  movedStory: (agencies: string): string =>
    `Phản ánh được mở lại và nay do ${agencies} giải quyết. Cơ quan anh/chị không cần trả lời thêm.`,
  endedStory: "Phần việc của cơ quan anh/chị về phản ánh này đã kết thúc. Không cần trả lời thêm.",
  identity: {
    "identity-known": "Cơ quan anh/chị đã được biết danh tính trong phản ánh này.",
    "identity-asked": "Đã có đề nghị cho biết danh tính, đang chờ người dân.",
    "identity-refused":
      "Người dân không đồng ý. Chỉ mở được khi hai người cùng duyệt: người giữ diện bảo vệ và điều phối viên (hoặc người đứng đầu cơ quan thanh tra).",
    "identity-not-asked": "Chưa có đề nghị mở danh tính nào trong phản ánh này.",
    "identity-unknown": "Người dân chưa cho biết danh tính, không có gì để mở.",
    "identity-wait": "Còn phải chờ người dân trả lời. Hết thời gian chờ mới duyệt mở được.",
    "identity-second": "Đã có người ở vị trí này duyệt. Cần người thứ hai, ở vị trí khác.",
  },
  transferToAccused: "Không chuyển được: đó là đơn vị bị phản ánh hoặc đơn vị dưới quyền.",
  transferBack: "Không chuyển được về nơi đang giữ hoặc đã từng giữ phản ánh này.",
  pastDay: "Ngày gia hạn phải sau hôm nay và sau hạn cũ, dạng 05/12/2026.",
  extendedOnce: "Phản ánh này đã gia hạn một lần. Lần thứ hai chỉ người đứng đầu cơ quan được gia hạn.",
  extendedTwice: "Phản ánh này đã gia hạn hai lần, không gia hạn được nữa.",
  tooFar: (latest: string): string =>
    `Gia hạn dài quá: muộn nhất là ngày ${day(latest)} (không quá thời hạn ban đầu, tính theo ngày làm việc).`,
  closed: "Phản ánh này đã kết thúc.",
  heldBack: "Phản ánh này đang chờ xem xét (nghi gửi hàng loạt). Dùng /tha hoặc /loai.",
  alreadyAnswered: "Phản ánh này đã được trả lời.",
  alreadyAsked: "Người dân chưa trả lời câu hỏi trước. Chờ trả lời rồi hãy hỏi tiếp.",
  alreadyAcknowledged: "Phản ánh này đã được tiếp nhận.",
  alreadyProposed: "Câu trả lời của phản ánh này đang chờ ký.",
  noProposal: "Không có câu trả lời nào đang chờ ký.",
  notSigner: "Chỉ người đứng đầu, người giữ vai trò bảo mật hoặc điều phối được ký.",
  handedOn: "Phản ánh này đã được chuyển đi, cơ quan anh/chị không còn giữ.",
  /** Follows a refusal: who did it before, and when. */
  doneBy: (agency: string, at: string): string => `(${agency}, ${moment(at)})`,
  tooShort: "Câu trả lời ngắn quá. Viết rõ kết quả xác minh và việc đã giải quyết.",
  blankLeft: (blank: string): string => `Còn chỗ chưa điền: ${blank}. Điền hoặc xóa chỗ đó rồi gửi.`,
  templateOnly:
    "Câu trả lời này y nguyên mẫu. Viết rõ kết quả của đúng vụ này rồi gửi; người dân cần biết việc của mình ra sao.",
  guards: {
    none: "Không có phản ánh nào đang chờ xem.",
    list: (total: number, lines: readonly string[]): string =>
      `${total} phản ánh đang chờ xem (cũ trước):\n${lines.join("\n")}\nXem nội dung: /cach MC-…; chuyển đi: /tha MC-…; không chuyển: /loai MC-… lý do.`,
    line: (
      code: string,
      summary: string | undefined,
      until: string,
      alike: number,
      custodian: boolean,
    ): string =>
      `– ${custodian ? "[cần bảo mật] " : ""}${code}${summary === undefined ? "" : `: ${summary}`} (tự chuyển sau ngày ${day(until)})${alike > 1 ? `; ${alike} phản ánh cùng nội dung` : ""}`,
    whole: (code: string, suspicion: Suspicion, summary: string, text: string): string =>
      `${code}: ${summary}\nGiữ lại vì: ${SUSPICIONS[suspicion]}\nNội dung: ${text}`,
    released: (count: number, code: string): string =>
      count === 1 ? `Đã chuyển ${code} đến cơ quan.` : `Đã chuyển ${count} phản ánh đến cơ quan.`,
    rejected: (count: number, code: string): string =>
      `${count === 1 ? `Đã ghi: không chuyển ${code}` : `Đã ghi: không chuyển ${count} phản ánh`}. Người gửi được báo lý do và có thể không đồng ý trong thời hạn.`,
    notHeldBack: "Phản ánh này không còn chờ xem.",
    ownRejection: "Anh/chị đã quyết định phản ánh này; người gửi không đồng ý nên người khác phải xem lại.",
    heldBack: (count: number): string =>
      `Trong ít phút có nhiều phản ánh giống nhau nên được giữ lại để người xem: ${count} phản ánh gần đây. Không ai xem thì đúng hạn phản ánh tự được chuyển.`,
    cluster: (persons: number, days: number): string =>
      `${persons} người cùng phản ánh việc này về đơn vị này trong ${days} ngày.`,
    review: (
      agency: string,
      month: string,
      answers: readonly {
        readonly trackingCode: string;
        readonly faults: readonly AnswerFault[];
        readonly like: readonly string[];
      }[],
      total: number,
    ): string =>
      [
        `Câu trả lời của ${agency} trong tháng ${monthYear(month)} cần xem lại: ${total}.`,
        ...answers.map(
          ({ trackingCode, faults, like }) =>
            `– ${trackingCode}: ${faults.map((fault) => ANSWER_FAULTS[fault]).join(", ")}${like.length > 0 ? ` (như ${like.slice(0, 3).join(", ")})` : ""}`,
        ),
      ].join("\n"),
    itsCases: (codes: readonly string[]): string =>
      `Các phản ánh đang ở cơ quan anh/chị: ${codes.join(", ")}.`,
  },
  empty: "Nội dung trống. Viết nội dung cho người dân đọc.",
  tooLong: "Nội dung dài quá 4.000 chữ. Viết gọn lại.",
  done: {
    acknowledge: (code: string): string => `Đã ghi: tiếp nhận ${code}. Người dân được báo.`,
    progress: (code: string): string => `Đã gửi tiến độ ${code} cho người dân.`,
    ask: (code: string): string => `Đã hỏi thêm người dân về ${code}.`,
    transfer: (code: string, agency: string): string => `Đã chuyển ${code} đến ${agency}.`,
    extend: (code: string, until: string): string =>
      `Đã gia hạn ${code} đến ${day(until)}. Người dân được báo kèm lời xin lỗi.`,
    sign: (code: string): string => `Đã ký. Câu trả lời ${code} được gửi người dân. Chờ người dân xác nhận.`,
    return: (code: string): string => `Đã trả lại câu trả lời ${code}.`,
    propose: (code: string): string =>
      `Đã trình ký câu trả lời ${code}. Ký xong mới gửi người dân; hạn trả lời vẫn tính.`,
    "ask-identity": (code: string): string =>
      `Đã hỏi người dân có đồng ý cho biết danh tính trong ${code} không.`,
    "approve-identity": (code: string): string =>
      `Đã ghi: duyệt mở danh tính trong ${code}. Người dân được báo. Danh tính chỉ mở khi đủ hai người duyệt.`,
    openIdentity: (code: string, agency: string): string =>
      `Đã ghi: duyệt mở danh tính trong ${code}. Đủ hai người duyệt, danh tính được mở cho ${agency}. Người dân được báo.`,
    answer: (code: string): string => `Đã gửi câu trả lời ${code} cho người dân. Chờ người dân xác nhận.`,
  },
  meantAs: (code: string): string => `Nội dung này gửi người dân (${code}) như là:`,
  meant: { answer: "Câu trả lời", ask: "Câu hỏi thêm", progress: "Báo tiến độ", none: "Không gửi" },
  notSent: "Không gửi gì cho người dân.",
};

/** Days and agencies named in one alarm. */
const MOST_LOST = 10;

/** What the coordinator is told of the service itself, at most once a day a kind. */
export const alarms = {
  subject: "Một Cửa: cảnh báo vận hành",
  store:
    "Hệ thống chưa lưu được dữ liệu mới; tin của người dân tạm chưa nhận được. Cần người quản trị xử lý ngay.",
  dead: (count: number): string =>
    `Có ${count} tin chưa gửi được sau nhiều lần thử, cần người xử lý. Danh sách: lệnh “motcua stuck”.`,
  damaged: (count: number): string =>
    `Có ${count} hồ sơ phản ánh bị hỏng dữ liệu, không đọc được, nên không ai thấy và thời hạn không chạy. Cần người quản trị khôi phục từ bản sao lưu ngay.`,
  noContact: (count: number): string =>
    `Có ${count} tin chưa biết gửi vào đâu vì cơ quan chưa có địa chỉ nhận. Bổ sung địa chỉ là tin tự gửi.`,
  lost: (
    count: number,
    where: readonly { readonly day: string; readonly name: string; readonly count: number }[],
  ): string => {
    const rows = where.slice(0, MOST_LOST).map((row) => `${day(row.day)} ${row.name}: ${row.count}`);
    const list = [...rows, ...(where.length > MOST_LOST ? ["…"] : [])].join("; ");
    return `Có ${count} tin gửi cơ quan bị thất lạc: đã quá một ngày mà chưa đến nơi, cũng không còn trong danh sách chờ gửi (${list}). Cần người xử lý. Danh sách: lệnh “motcua stuck”.`;
  },
  calendar: (year: number): string =>
    `Chưa có lịch nghỉ lễ năm ${year}, nên chưa tính được hạn trả lời rơi vào năm đó. Cần bổ sung lịch.`,
  guessing: "Có nhiều lượt tra cứu bằng mã không tồn tại, có thể là dò mã. Hệ thống đang tự hạn chế.",
  switchedOff: (count: number): string =>
    `Đang tắt ${count} phần của hệ thống theo lệnh của người quản trị; người dân thấy lý do. Xem: lệnh “motcua switch”.`,
  switches: "Tệp switches.yaml có lỗi; hệ thống giữ theo bản đúng gần nhất. Cần người quản trị sửa.",
};
