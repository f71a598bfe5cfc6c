import { createClock } from "../clock.ts";
import { faultsOf } from "../complaints/audit.ts";
import { type Evidence, evidenceOf } from "../complaints/complaint.ts";
import type { Rules } from "../complaints/file.ts";
import { sharedDir } from "../config.ts";
import { rulesOf } from "../conversation/guide.ts";
import type { EvidenceStore } from "../evidence/evidence.ts";
import { knowledgeOf } from "../live-guide.ts";
import { openEvidenceFiles } from "../store/evidence-files.ts";
import type { Verified, Whole } from "../store/whole.ts";
import { type Command, InputError, takeJson } from "./command.ts";
import { placeOf, withWhole } from "./whole.ts";

export const verify: Command = {
  summary:
    "read the whole store and check that nothing was changed, lost or moved, that every case is sound and its files are there",
  usage: "verify [--json]",
  run: async ({ args, config, out }) => {
    const json = takeJson(args);
    const settings = config();
    const evidence = openEvidenceFiles(sharedDir(settings), createClock(settings.MOTCUA_NOW));
    const found = await withWhole(settings, async (whole) => {
      if (!(await whole.holdsData())) throw new InputError(`${placeOf(settings)} holds nothing yet`);
      return verifyAll(
        whole,
        evidence,
        rulesOf(knowledgeOf(settings), () => []),
      );
    });
    const { complaints, events, deliveries, files, faults } = found;
    const sound = faults.length === 0 ? "all is sound" : `${faults.length} faults`;
    const lines = [
      `${complaints} complaints, ${events} events, ${deliveries} deliveries, ${files} files: ${sound}`,
      ...faults.map((fault) => `  ${fault}`),
    ];
    out(json ? `${JSON.stringify(found)}\n` : `${lines.join("\n")}\n`);
    return faults.length === 0 ? 0 : 1;
  },
};

/** A file and the case that it came with. */
type Held = { readonly owner: string; readonly file: Evidence };

async function verifyAll(
  whole: Whole,
  evidence: Pick<EvidenceStore, "get">,
  rules: Rules,
): Promise<Verified & { readonly files: number }> {
  const held: Held[] = [];
  const found = await whole.verify((complaint) => {
    for (const file of evidenceOf(complaint)) held.push({ owner: complaint.id, file });
    return faultsOf(complaint, rules);
  });
  const faults = await fileFaults(held, evidence);
  // A running program may have erased a case between the two readings.
  const still = faults.size > 0 ? await idsIn(whole) : new Set<string>();
  const lost = [...faults].flatMap(([id, fault]) => (still.has(id) ? [fault] : []));
  return { ...found, files: held.length, faults: [...found.faults, ...lost] };
}

/** By the file's id. */
async function fileFaults(
  held: readonly Held[],
  evidence: Pick<EvidenceStore, "get">,
): Promise<Map<string, string>> {
  const faults = new Map<string, string>();
  for (const { owner, file } of held) {
    const fault = await evidence.get(owner, file).then(
      (bytes) => bytes === undefined && `file ${file.id} is missing; copy it from a back-up of evidence`,
      (error: unknown) => (error instanceof Error ? error.message : `file ${file.id} cannot be read`),
    );
    if (fault !== false) faults.set(file.id, `complaint ${owner}: ${fault}`);
  }
  return faults;
}

async function idsIn(whole: Whole): Promise<Set<string>> {
  const ids = new Set<string>();
  await whole.verify((complaint) => {
    for (const { id } of evidenceOf(complaint)) ids.add(id);
    return [];
  });
  return ids;
}
