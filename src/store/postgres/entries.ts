import { Entry } from "../entry.ts";
import type { Queryable, Row } from "./database.ts";

/** Rows fetched at once. */
const PAGE = 1_000;

/** Everything in the order that any store can fold it; each selects one column, `entry`. */
const ENTRIES = [
  "select entry from keys order by owner",
  "select entry from sessions order by conversation",
  "select entry from handled order by at, message",
  `select json_build_object('kind', 'mailbox', 'conversation', conversation, 'last', last) as entry
   from mailboxes order by conversation`,
  "select entry from posts order by conversation, number",
  `select e.entry from events e join complaints c on c.id = e.complaint
   where e.revision >= c.base order by c.seq, e.revision`,
  "select entry from identities order by complaint, event",
  "select entry from deliveries where status <> 'sent' order by seq",
  "select failed as entry from deliveries where failed is not null order by seq",
  `select json_build_object('kind', 'sent', 'deliveries', json_build_array(lookup)) as entry
   from deliveries where status = 'sent' order by seq`,
  "select entry from links order by seq",
  "select entry from officials order by seq",
  "select entry from unanswered order by seq",
];

/** All entries of a database as of one moment; only in a transaction that reads. */
export async function* readEntries(tx: Queryable): AsyncGenerator<Entry> {
  for (const text of ENTRIES) {
    for await (const rows of pagesOf(tx, text)) for (const { entry } of rows) yield Entry.parse(entry);
  }
}

let cursors = 0;

/** What a query gives, page by page through a cursor; only in a transaction. */
export async function* pagesOf(tx: Queryable, text: string): AsyncGenerator<readonly Row[]> {
  const cursor = `pages${(cursors += 1)}`;
  await tx.query(`declare ${cursor} no scroll cursor for ${text}`);
  for (;;) {
    const rows = await tx.query(`fetch ${PAGE} from ${cursor}`);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) break;
  }
  await tx.query(`close ${cursor}`);
}
