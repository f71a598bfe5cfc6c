import { createClock } from "../clock.ts";
import type { Guide } from "../conversation/guide.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { createLog } from "../log.ts";
import { contactsFile, guideOf, knowledgeDir } from "../main.ts";
import { liveContacts } from "../outbox/live-contacts.ts";
import type { CommandContext } from "./command.ts";

/** The guide and clock for a command that answers without a store. */
export function commandGuide({ config, err }: CommandContext): { guide: Guide; now: () => Date } {
  const settings = config();
  const now = createClock(settings.MOTCUA_NOW);
  const knowledge = loadKnowledge(knowledgeDir(settings));
  const log = createLog("error", now, err);
  const contacts = liveContacts(contactsFile(settings), knowledge.agencies, log);
  return { guide: guideOf(knowledge, settings, contacts), now };
}
