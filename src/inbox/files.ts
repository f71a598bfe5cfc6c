import type { ComplaintEvent } from "../complaints/complaint.ts";
import { fileIsFor } from "../conversation/evidence-turns.ts";
import type { Outcome, World } from "../conversation/guide.ts";
import type { Session } from "../conversation/session.ts";
import { accept } from "../evidence/accept.ts";
import type { IncomingFile } from "../evidence/evidence.ts";
import type { InboundBody } from "../messages/message.ts";
import type { InboxParts } from "./parts.ts";

const MEGABYTE = 1_000_000;

/**
 * Fetches, checks, cleans and keeps a file, if there is a complaint it is for. What a message was made of before, while
 * another commit came between, is not done again.
 */
export function createFileTaker(
  file: IncomingFile,
  { evidence, guide }: Pick<InboxParts, "evidence" | "guide">,
): (session: Session, world: World) => Promise<InboundBody> {
  let made: { readonly owner: string; readonly body: InboundBody } | undefined;
  const under = file.caption === undefined ? {} : { caption: file.caption };
  return async (session, world) => {
    const { rules } = guide;
    const target = fileIsFor(session, world, rules);
    if (!target) return { kind: "refused-file", why: "alone", ...under };
    if (target.held >= rules.evidence.filesACase) return { kind: "refused-file", why: "many" };
    if (made?.owner === target.owner) return made.body;
    const most = rules.evidence.fileMegabytes * MEGABYTE;
    if (!(await evidence.hasRoom(most))) return { kind: "refused-file", why: "room" };
    const loaded = await file.load(most);
    const accepted = typeof loaded === "string" ? loaded : accept(loaded, most);
    if (typeof accepted === "string") return { kind: "refused-file", why: accepted };
    const { owner } = target;
    const kept = await evidence.put(owner, accepted.bytes);
    const taken = { ...kept, type: accepted.type, size: accepted.bytes.length };
    made = { owner, body: { kind: "file", owner, file: taken, ...under } };
    return made.body;
  };
}

/**
 * Before the commit that files them: a case must never name files that could be taken for unsent ones. Where the commit
 * then fails and the person gives up, sealed files stay behind whose keys went with the draft.
 * @throws NotSaved
 */
export async function keepFiled(
  { complaints = [] }: Outcome,
  { evidence }: Pick<InboxParts, "evidence">,
): Promise<void> {
  for (const { id, events } of complaints) if (events.some(bringsFiles)) await evidence.keep(id);
}

function bringsFiles(event: ComplaintEvent): boolean {
  return event.type === "evidence-added" || (event.type === "filed" && event.filing.evidence !== undefined);
}

/** What nobody needs any more goes; what is still being told stays new. Should it fail, the next sweep finds it. */
export async function tidyFiles(
  { unwanted = [], complaints = [], session }: Outcome,
  { evidence, log }: Pick<InboxParts, "evidence" | "log">,
): Promise<void> {
  const erased = complaints.filter(({ events }) => events.some(({ type }) => type === "erased"));
  const gone = new Set(erased.map(({ id }) => id));
  try {
    for (const owner of unwanted) await (gone.has(owner) ? evidence.remove(owner) : evidence.discard(owner));
    if (session.draft?.evidence) await evidence.touch(session.draft.id);
  } catch (error) {
    log("warn", "evidence", { problem: error instanceof Error ? error.name : "unknown" });
  }
}
