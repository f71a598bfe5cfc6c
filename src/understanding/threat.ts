import { meaning, saidIn } from "./said.ts";

/** "Hồ sơ", "trả thư" and "danh mục" tell of no fear, revenge or blows. */
const MEANT = meaning("sợ", "đòi", "thù", "đánh", "hăm", "ép", "dọa", "doạ");
/** Says of what follows that it does not happen. */
const DENIED = String.raw`(?<!\b(?:khong|ko|chang|chua) (?:he )?(?:ai |co ai |co )?(?:bi )?)`;
/** Somebody threatens or takes revenge. Typed without marks, "tra thu" may begin "trả thủ tục" or "trả thư". */
const THREAT = new RegExp(
  String.raw`${DENIED}\b(?:doa(?! dam)|tra thu(?! (?:tuc|lao|nhap|phi|tien|xin|moi|cho|tu|bao|cam|hang)\b)|tru dap|uy hiep|khung bo|gay suc ep|doi (?:danh|giet)(?= (?:toi|em|minh|tui|con|vo|chong|ca|chet|nguoi)\b)|doi giet)\b|\bthreat(?:en(?:ed|s|ing)?|s)?\b|\bretaliat`,
);
/** They make the person take back what they reported; taking back a dossier is another matter. */
const FORCED_BACK =
  /\b(?:ep|bat|buoc|yeu cau|doi) (?:\S+ ){0,3}rut (?:lai )?(?:don\b|phan anh|khieu nai|to cao)|\bky don rut\b/;
/** Pressure by other words, which by themselves may mean much else: "bắt ép mua tờ khai". */
const PRESSURE =
  /\b(?:ham|ep|khong che)\b|\b(?:bat|buoc|yeu cau|doi) (?:toi|em|minh|con|tui|chung toi) (?:phai )?rut\b(?! (?:ho|gon|tien)\b)/;
/** … the person themselves, … */
const SELF =
  /\b(?:toi|em|minh|chung toi|tui|con|gia dinh|vo|chong|nha toi)\b(?: \S+){0,3} (?:bi|dang bi|vua bi|da bi)\b|\b(?:doa|ham|ep|danh|giet|thu|dap|hiep|bo)\b(?: \S+){0,2} (?:toi|em|minh|tui|con|gia dinh|chung toi|rut)\b|^(?:bi|dang bi|vua bi)\b|\bi (?:am|was|have been|m)\b|\bme\b/;
/** … over what they reported. */
const OVER_REPORT =
  /\b(?:phan anh|rut|khieu nai|to cao|kien|vu nay|viec nay|bao cao|vi (?:da )?(?:gui|bao|ke|noi))\b|\b(?:complaint|report|withdraw)\b/;
/** Plain fear, … */
const FEAR =
  /^(?:da |a |nhung |gio |bay gio )*(?:toi|em|minh|tui|con)? ?(?:rat |hoi |dang |cung )?(?:so|lo so|so hai|hoang so)(?: (?:qua|lam|ho|bi|roi|a|nha|ca|nguoi ta|co nguoi|tra thu|tru dap|doa|lien luy|bi lo|lo ten|danh tinh|ten))*$|\b(?<!\bho )so (?:bi |ho )?(?:tra thu|tru dap|doa|danh|hai|lam kho)\b|\bkhong dam (?:phan anh|theo|noi|lam)\b|^i am (?:afraid|scared)\b/;
/** Words of a short cry for help: longer ones must name the complaint. */
const SHORT = 9;

/** Says that somebody threatens or takes revenge, on whomever, or forces a complaint back. */
export function threatIn(text: string): boolean {
  const said = saidIn(text, MEANT);
  return THREAT.test(said) || FORCED_BACK.test(said);
}

/** Says that the person is under pressure, or afraid, because of what they reported. */
export function pressureIn(text: string): boolean {
  const said = saidIn(text, MEANT);
  if (FEAR.test(said)) return true;
  const denied = /\b(?:khong|ko|chang|chua) (?:he )?(?:ai |co ai )?(?:bi )?(?:doa|ep|de doa)\b/.test(said);
  if (denied || !(THREAT.test(said) || FORCED_BACK.test(said) || PRESSURE.test(said))) return false;
  return OVER_REPORT.test(said) || (SELF.test(said) && said.split(" ").length <= SHORT);
}
