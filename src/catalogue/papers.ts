import type { Document } from "../knowledge/procedure.ts";
import { line, unbulleted } from "./plain.ts";
import type { PortalDocument } from "./record.ts";

const REMARK = /^lưu ý$/iu;
/** "Số lượng hồ sơ: 01 bộ" among the papers is none. */
const COUNT = /^số lượng(?: hồ sơ)?\s*:/iu;
const SHOWN = /^(?:các )?(?:loại )?giấy tờ (?:phải |cần )?xuất trình\b/iu;
/** Headings that name no case: every dossier has papers to hand in. */
const NO_CASE =
  /^(?:\w\) )?(?:(?:các )?(?:loại )?(?:giấy tờ|hồ sơ|chứng từ) (?:phải |cần )?nộp|thành phần hồ sơ(?: bao gồm| gồm)?|hồ sơ(?: bao gồm| gồm)?|\d{1,2} bộ hồ sơ)$/iu;

/** The papers of the dossier and, apart from them, the remarks that the portal writes in the same table. */
export function papersOf(documents: readonly PortalDocument[]): {
  documents: Document[];
  remarks: string[];
} {
  const papers = new Map<string, Document>();
  const remarks = new Set<string>();
  for (const document of documents) {
    const name = unbulleted(line(document.name));
    // A heading that stands as a line of its own names no paper either.
    if (name === "" || NO_CASE.test(name.replace(/[\s:]+$/u, ""))) continue;
    const heading = unbulleted(line(document.heading)).replace(/[\s:]+$/u, "");
    if (REMARK.test(heading) || COUNT.test(name)) remarks.add(name);
    else {
      const paper = paperOf(document, name, heading);
      papers.set(JSON.stringify(paper), paper);
    }
  }
  return { documents: [...papers.values()], remarks: [...remarks] };
}

function paperOf(document: PortalDocument, name: string, heading: string): Document {
  const shown = SHOWN.test(heading);
  const form = [...new Set(document.forms.map(line).filter(Boolean))].join("; ");
  return {
    name,
    hand: shown ? "present" : "submit",
    ...(isCount(document.originals) && { originals: document.originals }),
    ...(isCount(document.copies) && { copies: document.copies }),
    ...(form !== "" && { form }),
    ...(heading !== "" && !shown && !NO_CASE.test(heading) && { when: heading }),
  };
}

function isCount(number: number): boolean {
  return Number.isInteger(number) && number > 0;
}
