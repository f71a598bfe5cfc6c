import { describe } from "vitest";
import { storeContract } from "../contracts/store.ts";
import { dataFolder } from "./folder.ts";

for (const [name, checkpointBytes] of [
  ["the embedded store", undefined],
  ["the embedded store, with a checkpoint after every commit", 1],
] as const) {
  describe(name, () => {
    storeContract(async (clock) => {
      const folder = await dataFolder();
      const options = { clock, ...(checkpointBytes !== undefined && { checkpointBytes }) };
      let store = await folder.open(options);
      return {
        store,
        reopen: async () => {
          await store.close();
          store = await folder.open(options);
          return store;
        },
        dispose: folder.remove,
      };
    });
  });
}
