import { z } from "zod";
import { ROOTS, type Sealer } from "../seal.ts";
import { rootOwner, STORE_OWNER } from "../seal-entry.ts";
import { StoreError, WrongKey } from "../store.ts";
import type { Database } from "./database.ts";
import { MIGRATIONS } from "./migrations.ts";
import { readKeys } from "./rows.ts";

/**
 * Makes the schema what this program needs, and checks that the store was sealed with its key.
 * @throws StoreError when a newer program or another key made it; NotSaved when the server is away
 */
export async function prepare(db: Database, sealer: Sealer): Promise<void> {
  await db.slowTransaction(["migrations"], async (tx) => {
    await tx.query(
      "create table if not exists migrations (number int primary key, at timestamptz not null default now())",
    );
    const [row] = await tx.query("select coalesce(max(number), 0) as last from migrations");
    const last = Number(row?.["last"]);
    if (last > MIGRATIONS.length) {
      throw new StoreError(
        `the database has schema ${last}, this program knows ${MIGRATIONS.length}; start the newer program that made it`,
      );
    }
    for (const [index, step] of MIGRATIONS.entries()) {
      const number = index + 1;
      if (number <= last) continue;
      for (const statement of step.split(";").filter((text) => text.trim() !== "")) await tx.query(statement);
      await tx.query("insert into migrations (number) values ($1)", [number]);
    }
    const [store] = await tx.query("select key_id from store");
    const keyId = z.string().optional().parse(store?.["key_id"]);
    if (keyId === undefined) {
      const entry = { kind: "key", owner: STORE_OWNER, ...sealer.newKey(STORE_OWNER).wrapped };
      await tx.query("insert into store (key_id) values ($1)", [sealer.keyId]);
      await tx.query("insert into keys (owner, entry) values ($1, $2)", [STORE_OWNER, JSON.stringify(entry)]);
    } else if (keyId !== sealer.keyId) {
      throw new WrongKey("the database", keyId, sealer.keyId);
    }
    await readKeys(tx, sealer, ROOTS.map(rootOwner));
  });
}
