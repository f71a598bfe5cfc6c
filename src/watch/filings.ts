import type { RecentFilings } from "../complaints/recent-filings.ts";
import type { Change, Store } from "../store/store.ts";

/** The same store, by which what becomes of the recent filings is seen whoever stores it. */
export function watchFilings(store: Store, recent: RecentFilings): Store {
  const see = (change: Change | undefined): void => {
    for (const { id, events } of change?.complaints ?? []) recent.observe(id, events);
  };
  return {
    ...store,
    commit: async (change) => {
      await store.commit(change);
      see(change);
    },
    settle: async (delivery, at, result, change) => {
      await store.settle(delivery, at, result, change);
      see(change);
    },
  };
}
