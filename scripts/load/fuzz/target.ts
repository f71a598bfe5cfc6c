import type { Seeded } from "../../bench/seeded.ts";

/** Something that takes bad inputs. */
export type Target = {
  readonly name: string;
  /** Makes ready what takes them. */
  open(): Promise<Open>;
};

export type Open = {
  /**
   * Tries one unit, all of it drawn from `random`; resolves with the number of inputs in it.
   * @throws whatever is wrong, with a message that tells it
   */
  readonly attempt: (random: Seeded) => Promise<number>;
  /** Processor time of one unit that counts as hanging, in milliseconds, where a unit takes more than others do. */
  readonly hangMs?: number;
  /** Processor time of what takes the inputs, in milliseconds; without it that of this process. */
  readonly cpu?: () => number;
  /** What shows only at the end, such as a process that died; then it is closed. */
  readonly close: () => Promise<void>;
};

/** Something that must hold did not. */
export class Wrong extends Error {
  override name = "Wrong";
}
