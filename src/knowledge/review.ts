import { missingYear } from "./calendar.ts";
import type { Catalogue } from "./catalogue.ts";
import { differences } from "./compare.ts";
import type { Knowledge } from "./load.ts";
import type { Procedure } from "./procedure.ts";
import type { Fault } from "./read-yaml.ts";

const DAY_MS = 86_400_000;

/** What is wrong with the knowledge as a whole on a day: `faults` must be mended, `remarks` are to be known. */
export type Review = { readonly faults: readonly Fault[]; readonly remarks: readonly Fault[] };

/**
 * Looks for what no single file shows: what the national catalogue tells otherwise, what was not looked at for too long,
 * what rests on a text that is no longer in force, a calendar that ends too soon.
 */
export function review(knowledge: Knowledge, catalogue: Catalogue | undefined, now: Date): Review {
  const { procedures, rules, calendar, limits, replaced, whereOf } = knowledge;
  const faults: Fault[] = [];
  const remarks: Fault[] = [];
  for (const record of [...procedures, ...rules]) {
    const days = (now.getTime() - Date.parse(record.checked)) / DAY_MS;
    const { warnAfterDays, hideAfterDays } = limits.freshness.curated;
    if (days <= warnAfterDays) continue;
    const expired = days > hideAfterDays;
    const told = expired ? "it is only named now, its facts are not told" : "it is told with a warning";
    const problem = `last compared with its source on ${record.checked}; ${told}: compare it again and set checked`;
    (expired ? faults : remarks).push({ ...whereOf(record, ["checked"]), problem });
  }
  for (const rule of rules) {
    rule.legalBasis.forEach(({ number }, index) => {
      const text = replaced.get(number);
      if (!text) return;
      const problem = `${number} was replaced by ${text.by} on ${text.since}; read the new text and rewrite the rule`;
      faults.push({ ...whereOf(rule, ["legalBasis", index]), problem });
    });
  }
  const year = missingYear(calendar, now);
  if (year !== undefined) {
    const problem = `the holidays of ${year} are missing, no due date can be computed into it; add this file`;
    faults.push({ file: `calendar/${year}.yaml`, line: 1, problem });
  }
  if (catalogue)
    for (const record of procedures) faults.push(...againstCatalogue(record, catalogue, whereOf));
  return { faults, remarks };
}

function againstCatalogue(record: Procedure, catalogue: Catalogue, whereOf: Knowledge["whereOf"]): Fault[] {
  const gone = [record.code, ...record.sameAs].filter((code) => !catalogue.facts(code));
  const imported = catalogue.facts(record.code);
  return [
    ...gone.map((code) => ({
      ...whereOf(record, code === record.code ? ["code"] : ["sameAs"]),
      problem: `the national catalogue has no ${code} any more; find the code that took its place, or take the record out`,
    })),
    ...(imported ? differences(record, imported) : []).map(({ fact, here, there }) => ({
      ...whereOf(record, [fact]),
      problem: `${fact}: ${here} here, ${there} in the national catalogue; correct it, or say why under differs`,
    })),
  ];
}
