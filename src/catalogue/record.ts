import type { ImportedProcedure } from "../knowledge/imported-procedure.ts";
import type { Way } from "../knowledge/procedure.ts";

/** Where a record stands: a line of a file, or the n-th record of a file that is one JSON value. */
export type Place = { readonly file: string; readonly line?: number; readonly record?: number };

/** A record that was not taken, and why. */
export type Refusal = Place & {
  readonly code?: string;
  readonly name?: string;
  readonly reason: string;
  /** The portal itself says that nobody may be shown it (any more); other records are merely faulty. */
  readonly withdrawn?: true;
};

/** What both shapes of a record say, in the portal's own words and before any rule of ours. */
export type PortalRecord = {
  readonly code: string;
  readonly name: string;
  readonly sector: string;
  readonly level: ImportedProcedure["level"];
  readonly agency: string;
  readonly province: string;
  readonly audience: readonly string[];
  readonly channels: readonly PortalChannel[];
  readonly documents: readonly PortalDocument[];
  readonly steps: readonly string[];
  readonly result: readonly string[];
  readonly conditions: string;
  readonly where: string;
  readonly legalBasis: readonly { readonly number: string; readonly name: string }[];
  readonly url: string;
  readonly internal: boolean;
  /** Absent where the shape has none. */
  readonly state?: string;
  readonly updated?: string;
  /** The day of the copy, if the record says so itself. */
  readonly retrieved?: string;
};

/** One way of filing for one case. */
export type PortalChannel = {
  readonly way: Way;
  /** A number, or the limit in words. */
  readonly time: number | string;
  readonly unit: string;
  readonly note: string;
  readonly fees: readonly PortalFee[];
};

export type PortalFee = {
  /** “Phí”, “Lệ phí” or “Mức giá”. */
  readonly label: string;
  readonly value: number | undefined;
  /** As the portal names it; empty when it does not. */
  readonly currency: string;
  readonly note: string;
};

export type PortalDocument = {
  readonly name: string;
  /** The heading under which it stands. */
  readonly heading: string;
  readonly originals: number;
  readonly copies: number;
  readonly forms: readonly string[];
};
