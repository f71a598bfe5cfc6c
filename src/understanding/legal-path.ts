/** A formal way that words name: complaint (khiếu nại, also going to court) or denunciation (tố cáo). */
export type LegalPath = "complaint" | "denunciation";

const DENUNCIATION = /\bto cao\b|\bdon to\b|\bdenounc|\bdenunciation\b/;
/** "Kiện" of its own, not in "kiến nghị", "điều kiện", "sự kiện". */
const COMPLAINT =
  /\bkhieu nai\b|\b(?:khoi|muon|phai|se|doi|di|lam don|don) kien\b(?! (?:nghi|hang|toan|thuc|giai))|\bkien (?:cao|ra toa|quyet dinh|hanh vi)\b|\blawsuit\b|\bsue\b/;
/** Going to court is another way still. */
const COURT =
  /\bkhoi kien\b|\bkien\b.*\btoa\b|\btoa an\b|\b(?:muon|phai|se|doi|di|lam don) kien\b(?! nghi)|\blawsuit\b|\bsue\b|\bcourt\b/;

/** The formal way that a message names; undefined where it names none. Takes folded words. */
export function legalPathIn(folded: string): LegalPath | undefined {
  if (DENUNCIATION.test(folded)) return "denunciation";
  return COMPLAINT.test(folded) ? "complaint" : undefined;
}

/** Whether a message speaks of going to court. */
export function speaksOfCourt(folded: string): boolean {
  return COURT.test(folded);
}
