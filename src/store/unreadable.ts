import type { OnReport } from "./report.ts";
import { StoreError } from "./store.ts";

/**
 * Cases that are damaged. Lists and clocks pass over them, so that one holds up no other; each is told of once, and they
 * are counted for the alarm.
 */
export type Unreadable = {
  /** @throws what was thrown, when it is no damage */
  passOver(id: string, error: unknown): void;
  /** It could be read. */
  isRead(id: string): void;
  count(): number;
};

export function createUnreadable(onReport: OnReport): Unreadable {
  const damaged = new Set<string>();
  return {
    passOver: (id, error) => {
      if (!(error instanceof StoreError)) throw error;
      if (!damaged.has(id)) onReport({ event: "case_unreadable", complaint: id, problem: error.message });
      damaged.add(id);
    },
    isRead: (id) => void damaged.delete(id),
    count: () => damaged.size,
  };
}
