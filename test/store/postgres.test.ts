import { afterAll, beforeAll, describe } from "vitest";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { storeContract } from "../contracts/store.ts";
import { type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";
import { KEY } from "./folder.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

describe("the PostgreSQL store", () => {
  storeContract(async (clock) => {
    const url = await server.database();
    let store = await openPostgresStore({ url, key: KEY, clock });
    return {
      store,
      reopen: async () => {
        await store.close();
        store = await openPostgresStore({ url, key: KEY, clock });
        return store;
      },
      dispose: () => store.close(),
    };
  });
});
