import type { Knowledge } from "../knowledge/load.ts";
import type { Procedure } from "../knowledge/procedure.ts";
import type { Rule } from "../knowledge/rule.ts";
import type { Reader } from "../understanding/reader.ts";
import type { Finder } from "./finder.ts";

/** A phrasing that finds something else than its own record first. */
export type Astray = {
  readonly record: Procedure | Rule;
  readonly path: readonly PropertyKey[];
  readonly phrasing: string;
  /** Code or id of what is found instead; absent: nothing. */
  readonly found?: string;
};

/** Asks every phrasing of every record; each should find its own record first. */
export function phrasingsAstray(
  { procedures, rules }: Pick<Knowledge, "procedures" | "rules">,
  reader: Reader,
  finder: Finder,
  now: Date,
): { readonly asked: number; readonly astray: readonly Astray[] } {
  const astray: Astray[] = [];
  let asked = 0;
  for (const record of [...procedures, ...rules]) {
    record.phrasings.forEach((phrasing, index) => {
      asked++;
      const found = firstFound(phrasing, reader, finder, now);
      if (found !== idOf(record, finder))
        astray.push({ record, path: ["phrasings", index], phrasing, ...(found !== undefined && { found }) });
    });
  }
  return { asked, astray };
}

/** The procedure's code or the rule's id that a text finds first. */
export function firstFound(text: string, reader: Reader, finder: Finder, now: Date): string | undefined {
  const { procedures, rules } = finder.find(reader.read(text, now));
  const [procedure] = procedures;
  const [rule] = rules;
  return rule && rule.score > (procedure?.score ?? Number.NEGATIVE_INFINITY)
    ? rule.rule.id
    : procedure?.subject.code;
}

function idOf(record: Procedure | Rule, finder: Finder): string {
  return "id" in record ? record.id : (finder.subject(record.code)?.code ?? record.code);
}
