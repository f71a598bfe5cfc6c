import { formatFault, KnowledgeError, loadKnowledge } from "../knowledge/load.ts";
import { contactsFile, knowledgeDir } from "../main.ts";
import { readContacts } from "../outbox/contacts.ts";
import { type Command, takeJson } from "./command.ts";

export const check: Command = {
  summary: "validate the knowledge and the contacts file",
  usage: "check [--json]",
  run: async ({ config, args, out, err }) => {
    const json = takeJson(args);
    const settings = config();
    try {
      const knowledge = loadKnowledge(knowledgeDir(settings));
      const { faults } = readContacts(contactsFile(settings), knowledge.agencies);
      const counts = {
        procedures: knowledge.procedures.length,
        rules: knowledge.rules.length,
        agencies: knowledge.agencies.size,
        communes: knowledge.places.communes.size,
        years: [...knowledge.calendar.keys()],
      };
      if (json) out(`${JSON.stringify({ ...counts, faults })}\n`);
      else
        out(
          `${counts.procedures} procedures, ${counts.rules} rules, ${counts.agencies} agencies, ${counts.communes} communes, calendar ${counts.years.join(", ")}\n`,
        );
      if (!json) for (const fault of faults) err(`${formatFault(fault)}\n`);
      return Promise.resolve(faults.length > 0 ? 1 : 0);
    } catch (error) {
      if (!(error instanceof KnowledgeError)) throw error;
      if (json) out(`${JSON.stringify({ faults: error.faults })}\n`);
      else err(`${error.message}\n`);
      return 1;
    }
  },
};
