import { parseArgs } from "node:util";
import { type Catalogue, CatalogueError } from "../catalogue/catalogue.ts";
import { catalogueFile, readCatalogue } from "../catalogue/catalogue-file.ts";
import { readCatalogueInput } from "../catalogue/gather.ts";
import { createClock } from "../clock.ts";
import { contactsFile } from "../config.ts";
import type { Guide } from "../conversation/guide.ts";
import type { Knowledge } from "../knowledge/load.ts";
import { guideOf, knowledgeOf } from "../live-guide.ts";
import { createLog } from "../log.ts";
import { liveContacts } from "../outbox/live-contacts.ts";
import type { CommandContext } from "./command.ts";

/** Options of every command that answers; the words that are left are the command's own. */
export type AnswerArgs = {
  readonly json: boolean;
  /** Files that stand for the imported catalogue in this run. */
  readonly catalogue: readonly string[];
  readonly words: readonly string[];
};

export function takeAnswerArgs(args: readonly string[]): AnswerArgs {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      catalogue: { type: "string", multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  return { json: values.json, catalogue: values.catalogue, words: positionals };
}

/**
 * The guide and clock for a command that answers without a store.
 * @throws CatalogueError when a file named by `--catalogue` cannot be used
 */
export async function commandGuide(
  { config, err }: CommandContext,
  files: readonly string[] = [],
): Promise<{ guide: Guide; knowledge: Knowledge; catalogue: Catalogue | undefined; now: () => Date }> {
  const settings = config();
  const now = createClock(settings.MOTCUA_NOW);
  const knowledge = knowledgeOf(settings);
  const log = createLog("error", now, err);
  const contacts = liveContacts(contactsFile(settings), knowledge.agencies, log);
  const catalogue =
    files.length > 0
      ? await readCatalogueInput(files)
      : imported(catalogueFile(settings.DATA_DIR), (problem) => err(`${problem}\n`));
  return { guide: guideOf(knowledge, settings, contacts, catalogue), knowledge, catalogue, now };
}

/** The imported catalogue; a damaged one is told and done without, since curated records still answer. */
function imported(file: string, tell: (problem: string) => void): Catalogue | undefined {
  try {
    return readCatalogue(file);
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    tell(error.message);
    return undefined;
  }
}
