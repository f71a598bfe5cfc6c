import { ENDINGS, EVIDENCE_TYPES, type EvidenceType } from "../evidence/type.ts";
import type { TakenFile } from "../messages/message.ts";
import { filesOf } from "../wording/official-evidence.ts";
import { type Complaint, type ComplaintEvent, type Evidence, waitsForPerson } from "./complaint.ts";
import type { Rules } from "./file.ts";
import { inform } from "./progress.ts";
import { type Step, toAgencies } from "./tell.ts";

const NAMES: Readonly<Record<string, string>> = {
  image: "anh",
  application: "tai-lieu",
  audio: "ghi-am",
  video: "phim",
};

/** A file under a name that says what it is and nothing else. @param before how many the case has already */
export function named({ id, key, type, size }: TakenFile, before: number): Evidence {
  const known: EvidenceType = EVIDENCE_TYPES.find((one) => one === type) ?? "application/pdf";
  const name = `${NAMES[known.split("/")[0] ?? ""] ?? "tep"}-${before + 1}.${ENDINGS[known]}`;
  return { id, key, name, type: known, size };
}

/** The person sends a file to a case that was filed: to those who handle it; a question that stood open is answered by it. */
export function attach(complaint: Complaint, file: Evidence, now: Date, rules: Rules): Step {
  const added: ComplaintEvent = { type: "evidence-added", at: now.toISOString(), files: [file] };
  const text = filesOf([file]);
  const answers = waitsForPerson(complaint.status) ? inform(complaint, text, now, rules).events : [];
  const told = { ...complaint, events: [...complaint.events, added] };
  return {
    events: [added, ...answers],
    deliveries: toAgencies(told, complaint.holders, "information", rules, text),
  };
}
