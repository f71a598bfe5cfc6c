import { meaning, saidIn } from "./said.ts";

/** "Với tiền", "vì Vĩnh", "chứng tiền" and "hỏi lộ" speak of no demand. */
const MEANT = meaning("vòi", "đòi", "vi", "chung", "hối", "lộ", "tiền", "vĩnh", "cấm", "chống", "xin", "cho");
/** Says of what follows that it does not happen. */
const DENIED = String.raw`(?<!\b(?:khong|ko|chang|chua|tu choi|cam|chong)(?: he| ai| co ai| co| bao gio| nhan| bi)?(?: can bo)? )`;
/** A sum of money: "500k", "2 triệu", "năm trăm nghìn". */
const SUM = String.raw`(?:\d+(?: \d{3})*(?:k|tr|trieu| k| tr| trieu| nghin| ngan| tram| dong| cu| chai)|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|vai|may|nua)(?: tram| chuc| muoi)? (?:nghin|ngan|trieu|chai|cu|tram nghin|tram ngan))\b`;
/** Money that people have a right to ask for, or that is owed. */
const OWED = String.raw`(?! (?:boi thuong|den bu|thai san|luong|dien|nuoc|coc|no|lai|hoan|tro cap|bao hiem|cong)\b)`;
/** "Đòi tôi 500k", "vòi vĩnh", "lót tay", "cho xin 500k mới trả"; who asks for their own money is another matter. */
const DEMAND = new RegExp(
  [
    String.raw`${DENIED}\b(?:doi|voi|goi [yi]|bat dua|bat chung|phai chung|phai dua)(?: [a-z]+){0,4} ${SUM}`,
    String.raw`\b(?:cho|dua) (?:\S+ ){0,2}(?:xin )?${SUM} (?:\S+ ){0,2}(?:moi|thi moi)\b`,
    String.raw`${DENIED}(?<!\b(?:toi|em|minh|tui)(?: muon| xin)? )\b(?:doi|voi)(?: toi| em| dan| them)? tien\b${OWED}`,
    String.raw`${DENIED}\b(?:voi|vi) vinh\b(?! (?:long|phuc|linh|loc|chau|hung|thuan|loi|tuong|yen|cuu|bao|thanh|te|hiep|phu|my|hoa)\b)`,
    String.raw`${DENIED}\b(?:lot tay|dut lot|(?<!mo |dau )boi tron|tien tra nuoc|tien ca ?phe|(?:phai|bat|doi) chung tien)\b`,
    String.raw`${DENIED}\b(?:doi|bo|dua|nhet|goi y) (?:\S+ )?phong bi\b`,
    String.raw`${DENIED}\b(?:doi|voi|nhan|dua|an|bi|goi y) hoi lo\b`,
    String.raw`\b(?:asked|asks|asking|demand(?:ed|s|ing)?|wants?|wanted)(?: me| us)?(?: for)?(?: a| some)? (?:bribe|money|coffee money|extra money|${SUM}|\d[\d ]* (?:million|thousand|dong|vnd|usd|dollars))`,
    String.raw`\bcoffee money\b|\bunder the table\b|\bpay(?: him| her| them)? a bribe\b`,
  ].join("|"),
);

/** Says that somebody asks for money that is not owed, typed with marks or without. */
export function asksForMoney(text: string): boolean {
  return DEMAND.test(saidIn(text, MEANT));
}
