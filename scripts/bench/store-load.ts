import { z } from "zod";

/** What a process does to a store. */
export const StoreLoad = z.object({
  /** Of a database; empty for the embedded store. */
  url: z.string(),
  /** DATA_DIR of the embedded store. */
  dir: z.string(),
  /** Identity key, base64. */
  key: z.string(),
  /** Complaints that are there, to be looked up. */
  existing: z.number(),
  writers: z.number(),
  lookers: z.number(),
  seconds: z.number(),
  /** Bytes of a bare write and fdatasync in turn with each commit of one writer; 0: none. */
  bare: z.number(),
});

export const StoreFigures = z.object({
  /** Commits acknowledged a second. */
  rate: z.number(),
  /** Milliseconds of a commit. */
  p50: z.number(),
  p99: z.number(),
  looks: z.number(),
  /** Milliseconds of a look-up by tracking code. */
  lookP50: z.number(),
  lookP99: z.number(),
  bareP50: z.number(),
});
