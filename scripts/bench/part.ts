import type { Guide } from "../../src/conversation/guide.ts";
import type { Catalogue } from "../../src/knowledge/catalogue.ts";
import type { Knowledge } from "../../src/knowledge/load.ts";
import type { Labels } from "./labels.ts";

/** What a run measures with. */
export type Run = {
  readonly catalogueFile: string;
  readonly catalogue: Catalogue;
  readonly knowledge: Knowledge;
  readonly guide: Guide;
  readonly labels: Labels;
  /** Longest that one engine is asked in one setting, in milliseconds; slow ones are asked a sample then. */
  readonly budget: number;
  /** Every setting that was tried of each peer is measured, not the best alone. */
  readonly tries: boolean;
  /** Tells whoever waits what is being measured. */
  readonly progress: (doing: string) => void;
};

/** One part of the report: Markdown to read, and the same figures for programs. */
export type Measured = { readonly markdown: string; readonly figures: unknown };
export type Part = (run: Run) => Promise<Measured>;
