import type { Agency } from "../knowledge/agency.ts";
import { fold } from "../text/fold.ts";
import type { Draft } from "./draft.ts";
import { concernedUnit, type Directory, type RouteQuestion, superiorUnit } from "./route.ts";

/** The formal ways: complaint (khiếu nại) against a decision or act, denunciation (tố cáo) of a breach of law. */
export type FormalWay = NonNullable<Draft["path"]>;

/** Whom a formal paper is addressed to, as its first line says: "Chủ tịch Ủy ban nhân dân xã …". */
export type Authority = {
  readonly to: string;
  /** Whom instead, when the head of the unit is the one complained about. */
  readonly above?: string;
};

/** Heads of agencies and their deputies; heads of mere divisions answer to the agency's head like other staff. */
const HEAD =
  /\b(?:chu tich|giam doc|thu truong|nguoi dung dau|truong cong an|(?:chi )?cuc truong|vien truong|bo truong)\b/;
/** … who is only asked or told is not accused. */
const TOLD_ONLY =
  /\b(?:gui|len|gap|bao|nho|hoi|moi|den|xin|trinh|kinh gui|bao cao|nho ca)(?: (?:ong|ba|anh|chi|pho|cho))*$/;

/** Whether the words accuse the head of an agency, or a deputy, rather than its staff. */
export function accusesHead(text: string): boolean {
  const folded = fold(text);
  for (let from = 0; ; ) {
    const found = HEAD.exec(folded.slice(from));
    if (!found) return false;
    const at = from + found.index;
    if (!TOLD_ONLY.test(folded.slice(Math.max(0, at - 40), at).trimEnd())) return true;
    from = at + found[0].length;
  }
}

/**
 * Who decides. A first complaint goes to the unit whose decision or act it is; a denunciation to the head of the agency
 * that manages the official, of a head to the superior (Luật Tố cáo 2018 Đ.12–13). Undefined while the unit is unknown.
 */
export function authorityOf(
  way: FormalWay,
  question: RouteQuestion,
  headAccused: boolean,
  directory: Directory,
): Authority | undefined {
  const own = concernedUnit(question, directory)?.agency;
  const unit = own && managing(own, directory);
  if (!unit) return undefined;
  const superior = superiorUnit({ ...question, about: { id: unit.id, name: unit.name } }, directory);
  const above = superior && headOf(superior, directory);
  if (way === "denunciation" && headAccused) return above === undefined ? undefined : { to: above };
  const to = headOf(unit, directory);
  return { to, ...(way === "denunciation" && above !== undefined && { above }) };
}

/** The officials of a commune are managed by its committee, in whatever part of it they sit (Luật Tố cáo 2018 Đ.13). */
function managing(unit: Agency, directory: Directory): Agency {
  const kind = directory.kinds.get(unit.kind);
  const superior = unit.superior ? directory.agencies.get(unit.superior) : undefined;
  const partOfCommune = kind?.level === "commune" && !kind.vertical && superior?.kind === "commune-committee";
  return partOfCommune ? superior : unit;
}

function headOf(agency: Agency, directory: Directory): string {
  return `${directory.kinds.get(agency.kind)?.head ?? "Người đứng đầu"} ${agency.name}`;
}
