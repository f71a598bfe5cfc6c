import { meaning, saidIn } from "./said.ts";

/** What "is it solved?" is answered with in one's own words; `perhaps`: it speaks of the matter, and says neither. */
export type Verdict = "yes" | "no" | "perhaps";

const MEANT = meaning(..."chưa không vẫn lại dối họ nó rồi sai hứa đã dạ cấp trả sửa nhận".split(" "));

/** A no and nothing else. */
const BARE_NO =
  /^(?:(?:da|thua|em|toi|van|cung|vay|ma|no|nope)\b ?)*(?:chua|chua (?:a|nhe|em|ad|dau|xong|giai quyet)|khong|not yet|not solved|no)(?: (?:a|nhe|nha|em|ad|gi|ca|dau))*$/;
/** Of what was promised something is missing, untrue or as before. */
const UNSOLVED = new RegExp(
  [
    String.raw`\bchua (?:\S+ ){0,3}(?:nhan|tra|co|xong|giai quyet|lam|goi|lien lac|xin loi|hoan|duoc|thay|xu ly|sua|ai|gi|den|gui|cap|ra)\b`,
    String.raw`\b(?:chua|khong|ko|chang) (?:\S+ ){0,2}(?:thay|ai|hai long|dong y|chap nhan|dung|tra|lam|giai quyet|nhan duoc|xu ly|xong|lien lac)\b`,
    String.raw`\bvan (?:con|bi|chua|vay|the|nhu|khong|quat|doi|hen|chui|cho|phai|y)\b`,
    String.raw`\b(?:nhu cu|noi (?:doi|lao|xao|dieu|suong)|hua (?:suong|hao|lao|hoai|mai)|that hua|lua (?:toi|em|dao|dan)|dau co|sai (?:su that|het|ten|roi))\b`,
    String.raw`\blai (?:doi|hen|quat|bat|mang|chui|duoi|gay|keo|tre)\b`,
    String.raw`^(?:chua|van chua|khong)\b`,
    String.raw`\b(?:not (?:yet|solved|true|done|received)|still (?:not|no|waiting)|nothing|never|(?:haven|hasn|didn|don) t|lied|lying|nobody|no one)\b`,
  ].join("|"),
);
/** A yes and nothing else. */
const BARE_YES =
  /^(?:(?:da|vang|u|uh|ok|oke|yes|cam on|roi|em|toi|viec|no|it|is|it s) )*(?:roi|xong|xong roi|duoc roi|on roi|tot roi|on|ok roi|giai quyet|giai quyet (?:xong|duoc)|da xong|solved|done|fixed)(?: (?:roi|a|nhe|nha|em|ad|ban|oi|cam on|nhieu|anh|chi|now|thanks?|thank you))*$/;
/** What was due came, by now: nothing else is told, … */
const CAME =
  /^(?:(?:da|vang|u|ok|oke|yes|thua|toi|em|minh|tui|ho|can bo|xa|phuong|ben do|ben kia|nha toi|hom (?:qua|nay)|sang nay|i|have|they) )*(?:(?:duoc|moi|cung) )?(?:nhan|lay|tra(?! loi)|cap|hoan|sua|giai quyet|xu ly|co (?:ket qua|giay|so)|received|got)(?: \S+){0,4}?(?: (?:cho|lai|ve) (?:toi|em|minh|tui|nha toi))?(?: (?:roi|xong|it|a|nhe|nha|em|oi|ad|ban|cam on|nhieu))*$/;
const BY_NOW =
  /\broi\b|\bda (?:duoc )?(?:nhan|lay|tra|cap|hoan|sua|giai quyet|xu ly|co)\b|^(?:yes )?i (?:have )?(?:received|got)\b/;
/** … unless it was mere words, or the person who gave it. */
const NOT_THAT =
  /\b(?:nhan|co|thay) (?:duoc )?(?:tin|cau|thong bao|cuoc|dien thoai|thu|loi|(?:ho|-) so|giay (?:moi|hen|bao|bien))\b|\b(?:toi|em|minh|tui) (?:da )?(?:tra|nop|dong|sua)\b|\bgio (?:xin|muon|nhan|bo sung|lam)\b/;
const BUT =
  /\b(?:nhung|ma|tru|con|sai|thieu|mot phan|mot nua|tuan sau|thang sau|mai|hen|neu|khi|moi|chac|hinh nhu|but|except|only)\b/;
/** Longest yes, in words: a longer one tells more. */
const LONGEST_YES = 12;
/** Longest no: what is longer is told as a complaint. */
const LONGEST_NO = 40;
/** Longest of what is neither. */
const LONGEST_PERHAPS = 15;

/** Speaks of those who answered, or of the matter. */
const REFERS =
  /\b(?:ho(?! (?:so|chieu|khau|gia dinh|tich|kinh doanh|ngheo|ten|chi minh)\b)|no(?! (?:thue|luong|tien|ngan hang)\b)|nguoi ta|ben (?:do|kia|ay)|(?:vu|viec) (?:nay|do|kia|cua toi)|tra loi (?:nay|do|kia|cua)|they|the (?:officer|agency|answer))\b/;
/** "Họ", "người ta": those whom the case is about, whatever else is named. */
const THEM =
  /\b(?:ho(?! (?:so|chieu|khau|gia dinh|tich|kinh doanh|ngheo|ten|chi minh)\b)|no(?! (?:thue|luong|tien|ngan hang)\b)|nguoi ta|ben (?:do|kia|ay)|(?:chua|khong|chang) ai|tra loi (?:nay|do|kia|cua)|noi (?:doi|lao|xao)|hai long|they|lied)\b/;
/** Neither yes nor no to "solved?", but said to it. */
const BARE =
  /^(?:da|vang|u|uh|um|ok|oke|okie|co|dung|phai|yes|tam|tam duoc|cung duoc)(?: (?:a|em|ad|nha|nhe|vay|the))*$/;

/** Asks for something of its own: "không có giấy chứng sinh thì làm được không". */
const ASKS =
  /\b(?:duoc khong|the nao|o dau|bao nhieu|bao lau|can (?:nhung )?(?:gi|giay)|lam sao|thi sao|khi nao|bao gio|cho nao|thu tuc|muon|xin (?!loi\b)|hoi (?:ve|them|cach)|cho (?:toi |em |minh )?hoi|la gi|gi vay|how|where|when|which|what)\b|\bco\b.*\bkhong$|\bsao$/;
/** "Sao họ chưa trả?" asks for nothing. */
const REPROACHES = /\bsao (?:\S+ ){0,4}(?:chua|khong|van|lai)\b/;

/** What a message says to "is it solved?"; undefined where it says nothing of it, or asks for something. */
export function verdictIn(text: string): Verdict | undefined {
  const said = saidIn(text, MEANT);
  if (asksSomething(text)) return undefined;
  const words = said.split(" ").length;
  if (UNSOLVED.test(said)) return words <= LONGEST_NO ? "no" : undefined;
  if (BARE_YES.test(said) || (words <= LONGEST_YES && tellsItCame(said))) return "yes";
  const refers = REFERS.test(said) && words <= LONGEST_PERHAPS;
  return BARE.test(said) || refers ? "perhaps" : undefined;
}

/** Whether a short message speaks of them, and so of the case. */
export function pointsAtThem(text: string): boolean {
  const said = saidIn(text, MEANT);
  return THEM.test(said) && said.split(" ").length <= LONGEST_PERHAPS;
}

/** Whether it is a yes that names nothing. */
export function isBareYes(text: string): boolean {
  return BARE_YES.test(saidIn(text, MEANT));
}

/** Whether a message asks for something of its own. */
export function asksSomething(text: string): boolean {
  const said = saidIn(text, MEANT);
  return (ASKS.test(said) || /\?\s*$/.test(text)) && !REPROACHES.test(said);
}

/** Whether it is such a no and nothing more: the reason is still to be told. */
export function isBareNo(text: string): boolean {
  return BARE_NO.test(saidIn(text, MEANT));
}

function tellsItCame(said: string): boolean {
  return CAME.test(said) && BY_NOW.test(said) && !NOT_THAT.test(said) && !BUT.test(said);
}
