import { fold, foldInPlace } from "../text/fold.ts";
import { pressureIn } from "../understanding/threat.ts";

/** What a person can want with a case of theirs, said in words. */
export type CaseWish = "add" | "withdraw" | "nudge" | "resume" | "reopen" | "dispute" | "show";

/** Longest message that is nothing but such a wish, in words; its tracking code is not counted. */
const LONGEST = 10;

/** What asks how a case stands, … */
const STANDING =
  "(?:tinh trang|tinh hinh|(?:den|toi) dau|sao roi|the nao roi|ra sao|(?:bao gio|khi nao|chung nao|bao lau nua)(?: (?:thi|moi|duoc|se))* (?:xong|co ket qua|co tra loi|tra loi|giai quyet|xu ly)|ai (?:dang )?(?:xu ly|giai quyet|giu)|(?:giai quyet|xu ly|co ket qua|xong|tra loi) chua)";
/** … and what may stand around it; any other word names something else, as in "tình trạng hôn nhân". */
const AROUND =
  "(?:da|dang|duoc|bi|thi|gio|hien|nay|moi|se|cua|toi|em|minh|tui|phan anh|khieu nai|to cao|don|ho so|vu|viec|ket qua|do|kia|roi|sao|the nao|ra sao|(?:den|toi) dau|vay|the|a|ah|ha|nhi|nha|di|cho|hoi|xem|biet|ban|xong|chua|mc)";
/** The message speaks of what was reported, not of a procedure. */
const REPORTED = /\b(?:phan anh|khieu nai|to cao|vu|don|mc|case|complaint|report)\b/;

const WISHES: readonly (readonly [CaseWish, RegExp])[] = [
  [
    "resume",
    /^(?:toi |em |cho toi |cho em )?(?:muon )?(?:(?:tiep tuc|lam tiep|theo tiep) (?:phan anh|don|vu)|khong rut (?:nua|phan anh nua)|thoi khong rut|huy rut)\b|^go on with it\b|^resume\b/,
  ],
  [
    "reopen",
    /^(?:da |a |toi |em |minh |cho toi |cho em |xin |nho |muon |can |yeu cau |de nghi |hay |giup )*mo lai(?: (?:giup|cho|toi|em|minh|phan anh|khieu nai|to cao|don|vu|viec|cua|nay|do|mc|a|nhe|nha|di|voi|luon))*$|^(?:please |i want to )*re ?open(?: (?:it|my|the|this|case|complaint|report|mc|please))*$/,
  ],
  [
    "withdraw",
    /^(?:da |a )?(?:toi |em |minh |cho toi |cho em |xin )*(?:muon |xin |can )?(?:rut|thu hoi|huy) (?:lai )?(?:phan anh|khieu nai|to cao|don|vu|mc|ho so phan anh)\b|^(?:toi |em |minh )?(?:muon |xin )?rut(?: lai)?$|^(?:i want to )?withdraw\b/,
  ],
  [
    "add",
    /^(?:da |a )?(?:toi |em |minh |cho toi |cho em |xin )*(?:muon |xin |can )?(?:bo sung|noi them|ke them|gui them|viet them|them thong tin)(?: (?:them|thong tin|noi dung|chi tiet|cho|vao|phan anh|vu|don|nay|mc|y|mot chut|it|1|chuyen|tinh tiet))*$|^add information\b/,
  ],
  [
    "nudge",
    /^(?:da |a )?(?:toi |em |minh |cho toi |cho em |xin |lam on |nho |giup |hay )*(?:muon |xin |can )?(?:nhac|giuc|hoi thuc)(?: (?:ho|co quan|giup|lai|ben do|phan anh|mc|can bo|nhe|voi|don vi|vu nay|xu ly|tra loi|toi|em|minh|di|a|phat|dum|mot tieng|cho))*$|^remind(?: the agency| them)?\b/,
  ],
  [
    "dispute",
    /^(?:(?:van |thuc ra |that ra |ho |viec |nhung )*chua (?:duoc )?(?:giai quyet|xong)(?: (?:gi ca|dau|xong|gi|mc))*)$|^(?:it is )?(?:still )?not solved\b/,
  ],
  [
    "show",
    new RegExp(
      `^(?:${AROUND} )*${STANDING}(?: ${AROUND})*$|^(?:what is the |what s the |any )?(?:status|news|update)(?: of| on)?(?: my| the)?(?: case| complaint| report)?$|^how is my (?:case|complaint|report)(?: going| doing)?$`,
    ),
  ],
];

const CODE = /\bmc(?: ?[\da-z]){12}\b/;

/** The wish that the whole message is; undefined for anything else. */
export function wishIn(text: string): CaseWish | undefined {
  const said = saidIn(text).replace(CODE, "mc");
  if (said.split(" ").length > LONGEST) return undefined;
  return WISHES.find(([, pattern]) => pattern.test(said.replace(/ mc$/, "")) || pattern.test(said))?.[0];
}

/** Whether a message names what was reported: a mere "bao giờ xong" may be asked of the procedure just spoken of. */
export function namesReport(text: string): boolean {
  return REPORTED.test(saidIn(text).replace(CODE, "mc"));
}

/** Says that what follows is to be added: "bổ sung: …". */
const ADDS =
  /^(?:da |a )?(?:toi |em |minh |cho toi |cho em |xin |muon |can )*(?:bo sung|noi them|ke them|add information|add)(?: (?:them|thong tin|noi dung|chi tiet|cho|vao|phan anh|vu|don|nay))* ?: *(?=\S)/;

/** What is to be added to a case, said in one message with the wish; undefined where it is not. */
export function addedIn(text: string): string | undefined {
  const composed = text.normalize("NFC").trim();
  const found = ADDS.exec(foldInPlace(composed));
  return found ? composed.slice(found[0].length) : undefined;
}

/** "Xong", "cảm ơn nhé": there is nothing more to tell. */
const DONE =
  /^(?:da |vang |u |ok |oke |a )*(?:xong|roi|het|the thoi|vay thoi|chi (?:vay|the|co vay|co the)|khong con gi|cam on|thanks?|thank you|done|that s all)(?: (?:roi|xong|nhe|nha|nhen|a|em|ad|ban|anh|chi|bot|co|chu|cam on|nhieu|lam|thoi|voi|nua|them|do|day|vay|very|so|much))*$/;

/** Whether a message says that all is told, or is mere thanks: no agency needs to read it. */
export function isDone(text: string): "thanks" | "done" | undefined {
  const said = saidIn(text);
  if (!DONE.test(said)) return undefined;
  return /^(?:\S+ )?(?:cam on|thank)/.test(said) ? "thanks" : "done";
}

/** Yes or no to "does anybody force you?"; undefined for neither. */
export function forcedIn(text: string): "yes" | "no" | undefined {
  const said = saidIn(text);
  if (pressureIn(text) || /\bkhong dam\b/.test(said)) return "yes";
  if (
    /^(?:da |a |thua )*(?:khong|ko|k|hong|no|chang|dau co|tu nguyen)\b|\b(?:khong ai|tu toi|toi tu|em tu|co ai dau)\b/.test(
      said,
    )
  )
    return "no";
  return /^(?:da |a |thua )*(?:co|dung|bi|vang|u|yes|phai|ho)\b/.test(said) ? "yes" : undefined;
}

/** Folded words alone, one space between. */
function saidIn(text: string): string {
  return fold(text)
    .replaceAll(/[^\p{L}\d]+/gu, " ")
    .trim();
}
