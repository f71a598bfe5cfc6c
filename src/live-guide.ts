import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFinder, type Finder, rememberFindings, workOutFinder } from "./answers/finder.ts";
import { type Catalogue, CatalogueError } from "./catalogue/catalogue.ts";
import { catalogueFile, readCatalogue, watchCatalogue } from "./catalogue/catalogue-file.ts";
import type { Config } from "./config.ts";
import { buildGuide, type Guide } from "./conversation/guide.ts";
import { createDerived, type Derived, hashOfCode } from "./derived.ts";
import { type Knowledge, loadKnowledge } from "./knowledge/load.ts";
import type { Log } from "./log.ts";
import { contactKey } from "./outbox/contacts.ts";
import type { liveContacts } from "./outbox/live-contacts.ts";
import { buildReader, learnForReader, rememberReadings } from "./understanding/reader.ts";

/** Questions whose reading and findings stay ready. */
const MOST_REMEMBERED = 1000;

/** The folder of the checkout, whether run from src or dist. */
const ROOT = fileURLToPath(new URL("..", import.meta.url));

export function knowledgeDir(config: Pick<Config, "KNOWLEDGE_DIR">): string {
  return config.KNOWLEDGE_DIR ?? join(ROOT, "knowledge");
}

/**
 * The knowledge; files that were read and found right before are not read again.
 * @throws KnowledgeError
 */
export function knowledgeOf(config: Pick<Config, "KNOWLEDGE_DIR" | "DATA_DIR">): Knowledge {
  return loadKnowledge(knowledgeDir(config), createDerived(config.DATA_DIR));
}

/** Names the rules by which cases are put off: knowledge, and the code that reads it. */
export function rulesOf({ fingerprint }: Knowledge): string {
  return `${fingerprint.slice(0, 16)} ${hashOfCode(["complaints"]).slice(0, 16)}`;
}

export function guideOf(
  knowledge: Knowledge,
  config: Config,
  contacts: ReturnType<typeof liveContacts>,
  catalogue?: Catalogue,
): Guide {
  const operator = { name: config.OPERATOR_NAME, contact: config.OPERATOR_CONTACT };
  const contactsOf = (agency: string): string[] => contacts().contactsOf(agency).map(contactKey);
  return buildGuide(knowledge, contactsOf, operator, partsFor(knowledge, config, catalogue));
}

/** Reader and finder of the guide. What takes long to work out is kept, so whoever calls this first spares the next. */
export function partsFor(
  knowledge: Knowledge,
  { DATA_DIR }: Pick<Config, "DATA_DIR">,
  catalogue?: Catalogue,
): Pick<Guide, "reader" | "finder"> {
  const derived = createDerived(DATA_DIR);
  const learnt = derived("messages", knowledge.fingerprint, () => learnForReader(knowledge));
  const reader = rememberReadings(buildReader(knowledge, learnt), MOST_REMEMBERED);
  return { reader, finder: finderOf(knowledge, catalogue, derived) };
}

/** The finder over knowledge and catalogue; what takes long to work out is kept. */
function finderOf(knowledge: Knowledge, catalogue: Catalogue | undefined, derived: Derived): Finder {
  const { count, sum } = catalogue?.header ?? { count: 0, sum: 0 };
  const key = `${knowledge.fingerprint} ${count} ${sum}`;
  const data = derived("finder", key, () => workOutFinder(knowledge, catalogue));
  return rememberFindings(buildFinder(knowledge, catalogue, data), MOST_REMEMBERED);
}

/** The guide with the imported catalogue, which a new import replaces while the program runs. */
export function liveGuide(
  knowledge: Knowledge,
  config: Config,
  contacts: ReturnType<typeof liveContacts>,
  log: Log,
): { guide: Guide; found: string; stopWatching: () => void } {
  const file = catalogueFile(config.DATA_DIR);
  // From before it is read on: an import that comes while the guide is built must not be overlooked.
  const stopWatching = watchCatalogue(
    file,
    (next) => {
      // Questions wait while it is built, and are answered from the new one.
      guide.finder = finderOf(knowledge, next, createDerived(config.DATA_DIR));
      catalogue?.close();
      catalogue = next;
      log("info", "catalogue", { count: next.header.count });
    },
    { onFault: (error) => log("error", "catalogue", { problem: error.message }) },
  );
  let catalogue: Catalogue | undefined;
  let found = "national catalogue: none (motcua import takes it in); curated records only";
  try {
    catalogue = readCatalogue(file);
    if (catalogue) found = `national catalogue: ${catalogue.header.count} procedures`;
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    found = `national catalogue: off (${error.message})`;
  }
  const guide = { ...guideOf(knowledge, config, contacts, catalogue) };
  return { guide, found, stopWatching };
}
