import { fileIsFor } from "../conversation/evidence-turns.ts";
import type { World } from "../conversation/guide.ts";
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
