import { phrasingsAstray } from "../answers/phrasing-check.ts";
import { contactsFile, sharedDir } from "../config.ts";
import { formatFault, KnowledgeError } from "../knowledge/load.ts";
import type { Fault } from "../knowledge/read-yaml.ts";
import { type Review, review } from "../knowledge/review.ts";
import { readContacts } from "../outbox/contacts.ts";
import { readSwitches, switchesFile } from "../switches.ts";
import { type Command, type CommandContext, takeJson } from "./command.ts";
import { commandGuide } from "./guide.ts";

/** So many of all phrasings must find their own record first; below it the knowledge contradicts itself. */
const LEAST_FIRST = 0.98;

export const check: Command = {
  summary: "validate the knowledge, the contacts and the switches file",
  usage: "check [--json]",
  run: async (context) => {
    const json = takeJson(context.args);
    try {
      const { counts, faults, remarks } = await lookThrough(context);
      if (json) context.out(`${JSON.stringify({ ...counts, faults, remarks })}\n`);
      else {
        context.out(told(counts));
        for (const fault of faults) context.err(`${formatFault(fault)}\n`);
        for (const remark of remarks)
          context.out(`${formatFault({ ...remark, problem: `remark: ${remark.problem}` })}\n`);
      }
      return faults.length > 0 ? 1 : 0;
    } catch (error) {
      if (!(error instanceof KnowledgeError)) throw error;
      if (json) context.out(`${JSON.stringify({ faults: error.faults })}\n`);
      else context.err(`${error.message}\n`);
      return 1;
    }
  },
};

type Counts = {
  readonly procedures: number;
  readonly rules: number;
  readonly agencies: number;
  readonly communes: number;
  readonly years: readonly number[];
  /** Phrasings asked, and those that found their own record first. */
  readonly phrasings: { readonly asked: number; readonly first: number };
  /** Procedures of the national catalogue that the records were compared with; absent: none is imported. */
  readonly catalogue?: number;
};

async function lookThrough(context: CommandContext): Promise<Review & { readonly counts: Counts }> {
  const settings = context.config();
  const { guide, knowledge, catalogue, now } = await commandGuide(context);
  const contacts = readContacts(contactsFile(settings), knowledge.agencies);
  const switches = readSwitches(switchesFile(sharedDir(settings)), knowledge.agencies);
  const reviewed = review(knowledge, catalogue, now());
  const { asked, astray } = phrasingsAstray(knowledge, guide.reader, guide.finder, now());
  const elsewhere = astray.map(({ record, path, phrasing, found }) => ({
    ...knowledge.whereOf(record, path),
    problem: `"${phrasing}" finds ${found ?? "nothing"} first; reword it, or move it there`,
  }));
  const first = asked - astray.length;
  const tooFew: Fault[] =
    first < LEAST_FIRST * asked
      ? [
          {
            file: "procedures",
            line: 1,
            problem: `only ${first} of ${asked} phrasings find their own record first; see the remarks`,
          },
        ]
      : [];
  return {
    counts: {
      procedures: knowledge.procedures.length,
      rules: knowledge.rules.length,
      agencies: knowledge.agencies.size,
      communes: knowledge.places.communes.size,
      years: [...knowledge.calendar.keys()],
      phrasings: { asked, first },
      ...(catalogue && { catalogue: catalogue.header.count }),
    },
    faults: [...contacts.faults, ...switches.faults, ...reviewed.faults, ...tooFew],
    remarks: [...contacts.remarks, ...reviewed.remarks, ...elsewhere],
  };
}

function told({ procedures, rules, agencies, communes, years, phrasings, catalogue }: Counts): string {
  const share = ((100 * phrasings.first) / Math.max(1, phrasings.asked)).toFixed(1);
  return [
    `${procedures} procedures, ${rules} rules, ${agencies} agencies, ${communes} communes, calendar ${years.join(", ")}`,
    `${phrasings.first} of ${phrasings.asked} phrasings find their own record first (${share} %)`,
    catalogue === undefined
      ? "not compared with the national catalogue: none is imported"
      : `compared with ${catalogue} procedures of the national catalogue`,
    "",
  ].join("\n");
}
