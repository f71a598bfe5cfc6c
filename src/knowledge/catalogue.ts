import type { ImportedProcedure } from "./imported-procedure.ts";

/** What search needs of an imported procedure, without reading the whole of it. */
export type Brief = {
  readonly code: string;
  readonly name: string;
  readonly sector: string;
  readonly province?: string | undefined;
  readonly level: ImportedProcedure["level"];
  readonly audience: readonly string[];
  readonly result: readonly string[];
  /** Names of its papers, shortened. */
  readonly documents: readonly string[];
};

/** The national catalogue as imported: all briefs in memory, the facts of one procedure on demand. */
export type Catalogue = {
  readonly briefs: readonly Brief[];
  facts(code: string): ImportedProcedure | undefined;
};
