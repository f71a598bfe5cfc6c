import { type Complaint, evidenceOf, isClosed } from "../complaints/complaint.ts";
import { attach, named } from "../complaints/evidence.ts";
import type { Rules } from "../complaints/file.ts";
import { mayDispute, mayInform } from "../complaints/rights.ts";
import type { FileRefusal, InboundBody, Reply } from "../messages/message.ts";
import { button, ownCase, tooLate } from "./case-outcome.ts";
import type { Outcome, World } from "./guide.ts";
import { ask } from "./intake.ts";
import type { Session } from "./session.ts";
import { awaitedNow, say, type Turn, without } from "./turn.ts";

/** The complaint that a file sent now is for, and how many it has; undefined when it is for none. */
export function fileIsFor(
  session: Session,
  world: Pick<World, "mine" | "now">,
  rules: Rules,
): { readonly owner: string; readonly held: number } | undefined {
  const expecting = awaitedNow(session, world.now);
  if (expecting?.kind === "information" || expecting?.kind === "dispute") {
    const complaint = world.mine.find(({ id }) => id === expecting.complaint);
    const may = expecting.kind === "dispute" ? mayDispute : mayInform;
    return complaint && may(complaint, world.now, rules)
      ? { owner: complaint.id, held: evidenceOf(complaint).length }
      : undefined;
  }
  const { draft } = session;
  return draft && { owner: draft.id, held: draft.evidence?.length ?? 0 };
}

/** A file was taken in: it belongs to the complaint being told, or goes to those who handle the case at once. */
export function takeFile(body: Extract<InboundBody, { kind: "file" }>, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const words = wording.evidence;
  const most = guide.rules.evidence.filesACase;
  const remark = body.file.type.startsWith("image/") ? words.cleaned : words.asItIs;
  const { draft } = session;
  if (draft?.id === body.owner) {
    const held = draft.evidence ?? [];
    const file = named(body.file, held.length);
    const before = [words.taken(file.name, held.length + 1, most), remark];
    const asked = ask({ ...draft, evidence: [...held, file] }, world, guide, wording, before);
    return { session: { ...session, draft: asked.draft }, replies: [asked.reply] };
  }
  const complaint = ownCase(body.owner, turn);
  if (!complaint) return tooLate(turn);
  const held = evidenceOf(complaint).length;
  const file = named(body.file, held);
  const step = attach(complaint, file, world.now, guide.rules);
  const { trackingCode: code, status } = complaint;
  const passed = status === "quarantined" ? wording.relay.sentHeldBack(code) : words.added(code);
  // Nothing is disputed before the reason is told; it may stand under the file.
  const disputes = session.expecting?.kind === "dispute";
  const reason = body.caption ? [] : [wording.after.askReason];
  const next = disputes ? [wording.relay.sent(code), ...reason] : [passed];
  const lines = [words.taken(file.name, held + 1, most), remark, ...next];
  const choices = disputes ? [] : [button("done", complaint, words.finish)];
  return {
    session,
    replies: [{ text: lines.join("\n"), choices }],
    complaints: [{ id: complaint.id, revision: complaint.revision, events: step.events }],
    deliveries: step.deliveries,
  };
}

/** The person has added all they wanted. */
export function finished({ trackingCode }: Complaint, turn: Turn): Outcome {
  return say(
    { ...turn, session: without(turn.session, "expecting") },
    turn.wording.evidence.finished(trackingCode),
  );
}

/** A file was not taken in: why not, and what was being asked again. */
export function refuseFile(why: FileRefusal, turn: Turn): Outcome {
  const { session, world, guide, wording } = turn;
  const { fileMegabytes, filesACase } = guide.rules.evidence;
  if (why === "alone") return { session: without(session, "expecting"), replies: [alone(turn)] };
  const text = wording.evidence.refused(why, fileMegabytes, filesACase);
  if (!session.draft || awaitedNow(session, world.now)) return say(turn, text);
  const asked = ask(session.draft, world, guide, wording, [text]);
  return { session: { ...session, draft: asked.draft }, replies: [asked.reply] };
}

function alone({ world, guide, wording }: Turn): Reply {
  const words = wording.evidence;
  const open = world.mine.filter(
    (complaint) => !isClosed(complaint.status) && mayInform(complaint, world.now, guide.rules),
  );
  return {
    text: words.alone,
    choices: [
      { id: "complain", label: wording.answers.complainNow },
      ...open.map((complaint) => button("add", complaint, words.addTo(complaint.trackingCode))),
    ],
  };
}
