import { chosen, renderAnswer, type Understanding, understand } from "../answers/answer.ts";
import type { Draft, Step } from "../complaints/draft.ts";
import { asksForMoney } from "../understanding/money.ts";
import type { Reading } from "../understanding/reader.ts";
import { decide } from "./decide.ts";
import { answersOff } from "./doors.ts";
import { tellsOfThreat } from "./facts.ts";
import type { Outcome } from "./guide.ts";
import { ask } from "./intake.ts";
import { TELLS } from "./intake-answers.ts";
import { isOfPreview, under } from "./preview-answers.ts";
import { contextOf, mannerOf, type Turn, withTopic } from "./turn.ts";

/** "Có bị lộ tên không", "họ có biết ai gửi không", "tên tôi có được giữ kín không": what becomes of the person's name. */
const ASKS_NAME =
  /\blo (?:ten|danh tinh|ra (?:toi|em|minh))\b|\b(?:biet|thay|xem) (?:duoc )?(?:la )?(?:ten|danh tinh|so dien thoai|sdt) (?:cua )?(?:toi|em|minh|tui)\b|\b(?:biet|thay) (?:duoc )?(?:la )?(?:ai (?:gui|phan anh|to cao|viet)|(?:toi|em|minh|tui) (?:gui|phan anh|la ai|viet))\b|\b(?:ten|danh tinh|so dien thoai|sdt)(?: cua)?(?: toi| em| minh| tui)? (?:(?:co|ho) )*(?:bi |duoc )?(?:lo|giau|giu kin|bao mat|thay|biet)\b|\bgiau (?:duoc )?(?:ten|danh tinh)\b|\b(?:my name|who i am|stay anonymous)\b/;
/** Asks in so many words, and tells nothing. */
const ASKS =
  /\b(?:gi|nao|bao nhieu|may (?:ngay|lan|tien|gio|thang)|o dau|bao lau|bao gio|chung nao|lam sao|the nao|ra sao|thi sao|what|how|where|when|which|can i|will they)\b|\bco\b.* (?:khong|ko|k|chua)(?: (?:a|vay|nhi|ha|nha|nhe|em|ad|ban|day|the))*$|\bduoc (?:khong|ko|k)(?: (?:a|vay|nhi|ha|nha|nhe|em|ad|ban))*$/;
/** "Bảo giờ này nghỉ": folded like "bao giờ". */
const SAID = /bảo (?:giờ|lâu|nhiêu)/iu;
/** "Chưa nhận được gì", "không biết ở đâu": these words ask nothing there. */
const TELLS_NONE = /\b(?:khong|ko|hong|chang|chua)(?: \S+){0,5} (?:gi|nao|dau|ai)(?: (?:het|ca|dau|a|nua))*$/;
/** A longer text rather tells of what was asked. */
const MOST_WORDS = 14;
/** Steps whose answers are told in words that may sound like a question: "có xin lỗi gì đâu"; … */
const SAYS_HOW: readonly Step[] = ["supplements", "apology"];
/** … but for these: "họ có phải xin lỗi không", "bằng văn bản là sao". */
const ASKS_RULE = /\b(?:co phai|co can|co bat buoc|la gi|la sao|nghia la)\b/;
/** A question is answered only where we are this sure; else it is taken as an answer to ours. */
const SURE = 0.6;
/** What a question without a subject is about, while a complaint is being told. */
const OF_COMPLAINT = "phản ánh";

/**
 * A plain question typed while a complaint is being told: it is answered, and what was asked is asked again. What the
 * person may have meant as part of the story can be added by a button. Undefined for anything else.
 */
export function answerInside(draft: Draft, reading: Reading, turn: Turn): Outcome | undefined {
  const { session, world, guide, wording } = turn;
  const { folded, syllables } = reading;
  if (syllables.length > MOST_WORDS || !ASKS.test(folded) || TELLS_NONE.test(folded)) return undefined;
  if (SAID.test(reading.text.normalize("NFC")) || tellsMore(reading)) return undefined;
  if (SAYS_HOW.includes(draft.step) && !ASKS_RULE.test(folded)) return undefined;
  const ofName = ASKS_NAME.test(folded) ? nameAnswer(draft, turn) : undefined;
  if (draft.step === "preview" && ofName === undefined && isOfPreview(draft, reading)) return undefined;
  const understood =
    ofName === undefined ? (askedOn(draft, reading, turn) ?? meant(reading, turn)) : undefined;
  const text = ofName ?? (understood && !answersOff(turn) && answerText(understood, turn));
  if (!text) return undefined;
  const [found] = understood?.procedures ?? [];
  const tells = draft.step === "preview" || TELLS.includes(draft.step);
  const kept = {
    ...draft,
    ...(tells && { typed: reading.text }),
    ...(found && { answered: { code: found.code, step: draft.step } }),
  };
  const told =
    draft.step === "preview"
      ? under(kept, wording.complaint.stillOpen, world, guide, wording)
      : ask(kept, world, guide, wording, [wording.complaint.stillOpen]);
  const { choices } = told.reply;
  const more = [
    ...(tells ? [{ id: "d:typed", label: wording.before.addWords }] : []),
    { id: "d:cancel", label: wording.complaint.cancel },
  ];
  const shown = draft.step === "preview" ? choices : [...choices, ...more];
  return {
    session: { ...(found ? withTopic(session, found.code) : session), draft: told.draft },
    replies: [
      { text, choices: [] },
      { text: told.reply.text, choices: shown },
    ],
    ...(understood && { understood }),
  };
}

/** The answer; a second need of the question is answered as well, since there is no button for it here. */
function answerText({ also, ...first }: Understanding, turn: Turn): string {
  const all = also ? [first, chosen(also.subject, also.code, first.aspect)] : [first];
  return all.map((one) => renderAnswer(one, mannerOf(turn)).text).join("\n\n");
}

/** What becomes of the person's name as the draft stands; a denunciation (tố cáo) needs it, which the rule on it tells. */
function nameAnswer(draft: Draft, { world, guide, wording }: Turn): string | undefined {
  if (draft.path !== undefined) return undefined;
  const { named } = decide(draft, guide, world.now).filing;
  return named ? wording.before.nameShown : wording.before.nameHidden;
}

/** What belongs to the complaint even where it asks: "họ đòi thêm giấy có đúng không", "xã X, hẹn 9/11, bao lâu có". */
function tellsMore(reading: Reading): boolean {
  const { grievance, place, days, dossierCode, apology, supplements } = reading;
  return (
    grievance.points > 0 ||
    [place, days.submitted, days.due, dossierCode, apology, supplements].some((told) => told !== undefined) ||
    tellsOfThreat(reading) ||
    asksForMoney(reading.text)
  );
}

/** Of what others took from the person something is told. */
const OF_OTHERS = /\b(?:ho|can bo|hom|no)\b/;

/** "Lệ phí bao nhiêu" right after a question that was answered. */
function askedOn({ answered, step }: Draft, reading: Reading, { guide }: Turn): Understanding | undefined {
  if (answered?.step !== step || reading.content > 0 || reading.aspect === "general") return undefined;
  if (OF_OTHERS.test(reading.folded)) return undefined;
  const subject = guide.finder.subject(answered.code);
  return subject && chosen(subject, answered.code, reading.aspect);
}

/** What is surely asked for: a procedure or rule that the words name, or something about complaints. */
function meant(reading: Reading, { session, world, guide }: Turn): Understanding | undefined {
  const context = { ...contextOf(session), topics: [], open: [] };
  const named = reading.content > 0 ? understand(reading, context, guide.finder) : undefined;
  if (named && isSure(named)) return named;
  const ofComplaint = guide.reader.read(`${OF_COMPLAINT} ${reading.text}`, world.now);
  const about = understand(ofComplaint, context, guide.finder);
  return about.intent === "rule" && isSure(about) ? about : undefined;
}

function isSure({ intent, procedures: [procedure], rules: [rule], asksProvince }: Understanding): boolean {
  if (asksProvince) return false;
  if (intent === "procedure") return (procedure?.share ?? 0) >= SURE;
  return intent === "rule" && (rule?.share ?? 0) >= SURE;
}
