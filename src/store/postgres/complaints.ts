import { z } from "zod";
import type { Complaint } from "../../complaints/complaint.ts";
import { firstSince } from "../first-since.ts";
import type { Sealer } from "../seal.ts";
import { dossierLookup } from "../seal-entry.ts";
import type { Unreadable } from "../unreadable.ts";
import type { Queryable, Row } from "./database.ts";
import { COMPLAINTS, complaintOf } from "./rows.ts";

/** Complaints as they were last read or written, so that one that is spoken of is not opened and folded each time. */
export type Remembered = {
  /**
   * Undefined when it is not known at this revision.
   * @param filling names the filling of the database: after a restore a revision may hold something else
   */
  get(id: string, revision: number, filling: string): Complaint | undefined;
  put(complaint: Complaint, filling: string): void;
};

/** Bounded, so that memory does not grow with what is stored. */
const REMEMBERED = 1_000;
/** Complaints read with one statement. */
const PAGE = 200;

export function createRemembered(): Remembered {
  const known = new Map<string, { readonly complaint: Complaint; readonly filling: string }>();
  return {
    get: (id, revision, filling) => {
      const found = known.get(id);
      return found?.filling === filling && found.complaint.revision === revision
        ? found.complaint
        : undefined;
    },
    put: (complaint, filling) => {
      known.delete(complaint.id);
      known.set(complaint.id, { complaint, filling });
      if (known.size <= REMEMBERED) return;
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    },
  };
}

/** Reading complaints. Lists pass over damaged ones. */
export type ComplaintReader = {
  byId(id: string): Promise<Complaint | undefined>;
  byCode(trackingCode: string): Promise<Complaint | undefined>;
  of(conversation: string): Promise<readonly Complaint[]>;
  heldBy(agency: string): Promise<readonly Complaint[]>;
  byDossier(dossierCode: string): Promise<readonly Complaint[]>;
  open(): Promise<readonly Complaint[]>;
  all(): AsyncIterable<Complaint>;
  since(since: Date, known: (id: string) => boolean): AsyncIterable<Complaint>;
  waking(now: Date, rules: string): AsyncIterable<Complaint>;
};

const Seq = z.object({ seq: z.string() });

export function createComplaintReader(
  db: Queryable,
  sealer: Sealer,
  unreadable: Unreadable,
): ComplaintReader {
  const whole = (row: Row): Complaint => complaintOf(sealer, row);
  const readable = (row: Row): readonly Complaint[] => {
    const id = String(row["id"]);
    try {
      const complaint = whole(row);
      unreadable.isRead(id);
      return [complaint];
    } catch (error) {
      unreadable.passOver(id, error);
      return [];
    }
  };
  const one = async (rest: string, value: string): Promise<Complaint | undefined> => {
    const [row] = await db.query(`${COMPLAINTS} ${rest}`, [value]);
    return row && whole(row);
  };
  const list = async (rest: string, values: readonly unknown[]): Promise<Complaint[]> =>
    (await db.query(`${COMPLAINTS} ${rest}`, values)).flatMap(readable);
  const rowsBySeq = (seqs: readonly string[]): Promise<readonly Row[]> =>
    db.query(`${COMPLAINTS} where c.seq = any($1::bigint[]) order by c.seq`, [seqs]);
  const seqs = async (text: string, values: readonly unknown[] = []): Promise<string[]> =>
    (await db.query(text, values)).map((row) => Seq.parse(row).seq);

  /** Which ones is settled at the start; what they are, page by page, so that any number can be read. */
  async function* pages(which: readonly string[]): AsyncGenerator<readonly Row[]> {
    for (let from = 0; from < which.length; from += PAGE)
      yield await rowsBySeq(which.slice(from, from + PAGE));
  }

  return {
    byId: (id) => one("where c.id = $1", id),
    byCode: (code) => one("where c.code = $1", sealer.lookup("code", code)),
    of: (name) =>
      list("where c.conversation = $1 and c.base = 0 order by c.seq desc", [
        sealer.lookup("conversation", name),
      ]),
    heldBy: (agency) =>
      list("where c.open and c.holders @> array[$1::text] order by c.answer_due, c.seq", [
        sealer.lookup("agency", agency),
      ]),
    byDossier: (dossierCode) =>
      list("where c.open and c.dossier = $1 order by c.seq", [dossierLookup(sealer, dossierCode)]),
    open: async () => {
      const found: Complaint[] = [];
      for await (const page of pages(await seqs("select seq from complaints where open order by seq"))) {
        found.push(...page.flatMap(readable));
      }
      return found;
    },
    all: async function* () {
      const [end] = await seqs("select coalesce(max(seq), 0) as seq from complaints");
      for (let after = "0"; ; ) {
        const next = await seqs(
          `select seq from complaints where seq > $1::bigint and seq <= $2::bigint order by seq limit ${PAGE}`,
          [after, end],
        );
        const last = next.at(-1);
        if (last === undefined) return;
        yield* (await rowsBySeq(next)).flatMap(readable);
        after = last;
      }
    },
    since: async function* (since, known) {
      const [end = "0"] = await seqs("select coalesce(max(seq), 0) as seq from complaints");
      // Numbers that a transaction took and gave up are missing: the case before one that is missing stands for it.
      const first = await firstSince(since, Number(end) + 1, async (seq) => {
        const [row] = await db.query(`${COMPLAINTS} where c.seq <= $1 order by c.seq desc limit 1`, [seq]);
        return row && readable(row)[0];
      });
      const found = await db.query("select seq, id from complaints where seq >= $1 order by seq", [first]);
      const unknown = found.filter(({ id }) => !known(String(id)));
      for await (const page of pages(unknown.map((row) => Seq.parse(row).seq))) yield* page.flatMap(readable);
    },
    waking: async function* (now, rules) {
      const due = await seqs(
        `select seq from complaints
         where open and (wake_at is null or wake_at <= $1 or wake_rules is distinct from $2)
         order by wake_at nulls first, seq`,
        [now.toISOString(), rules],
      );
      for await (const page of pages(due)) yield* page.flatMap(readable);
    },
  };
}
