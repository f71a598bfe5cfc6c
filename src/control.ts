import { createHash, randomBytes } from "node:crypto";
import { chmod, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Clock } from "./clock.ts";
import { type Complaint, Role } from "./complaints/complaint.ts";
import { hold, release } from "./complaints/erase.ts";
import type { Rules } from "./complaints/file.ts";
import { type StandingWhy, standingOf } from "./complaints/standing.ts";
import { changeCase } from "./inbox/act.ts";
import { hashLinkCode } from "./inbox/official.ts";
import type { Knowledge } from "./knowledge/load.ts";
import type { DeliveryState } from "./messages/delivery.ts";
import { promisedIn, Reconciled, reconcile } from "./officials/reconcile.ts";
import { StoredQuestion } from "./store/private.ts";
import { passDamaged, type Store, type Unanswered } from "./store/store.ts";
import { MonthReport, monthReport } from "./watch/figures.ts";
import { type LostNotice, lostNotices } from "./watch/promises.ts";

/** What the operator's commands can ask of the store, whether the program runs or not. */
export type Control = {
  /** A one-time code that binds a chat to an agency. */
  link(
    agency: string,
    role: Role,
  ): Promise<{ readonly code: string; readonly expiresAt: string } | undefined>;
  /**
   * Unbinds all chats and ends all desk sessions of an agency, or those of one role there; resolves with how many.
   * Undefined when there is no such agency and nobody is bound to it.
   */
  unlink(agency: string, role?: Role): Promise<number | undefined>;
  stuck(): Promise<readonly Stuck[]>;
  /** Figures of a month, `2026-11`. */
  report(month: string): Promise<MonthReport>;
  /** What was promised to agencies and what became of it, by day. */
  daily(): Promise<readonly Reconciled[]>;
  /** Questions without an answer and thumbs, without who asked. */
  unanswered(): Promise<readonly Unanswered[]>;
  /** Keeps a case from being erased by time, or with no reason lets that go. */
  hold(trackingCode: string, reason?: string): Promise<"done" | "unknown" | "unchanged">;
  /** Where the running program's chat page is; empty when none runs. */
  address(): Promise<string>;
};

/** A delivery or an overdue case that needs a human; nothing private in it. */
const Stuck = z.object({
  /** The delivery's id; the complaint's, where the case itself stands still or its delivery is gone. */
  delivery: z.string(),
  case: z.string(),
  to: z.string(),
  since: z.string(),
  attempts: z.number(),
  problem: z.string(),
});
export type Stuck = Readonly<z.infer<typeof Stuck>>;

const LINK_MINUTES = 15;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const Question = z.discriminatedUnion("ask", [
  z.object({
    ask: z.literal("link"),
    agency: z.string(),
    role: Role,
  }),
  z.object({ ask: z.literal("unlink"), agency: z.string(), role: Role.optional() }),
  z.object({ ask: z.literal("stuck") }),
  z.object({ ask: z.literal("report"), month: z.string() }),
  z.object({ ask: z.literal("daily") }),
  z.object({ ask: z.literal("unanswered") }),
  z.object({ ask: z.literal("hold"), code: z.string(), reason: z.string().optional() }),
  z.object({ ask: z.literal("address") }),
]);
type Question = z.infer<typeof Question>;

export type ControlParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly knowledge: Knowledge;
  readonly address?: string;
};

/** Answers the operator's commands from an open store. */
export function createControl({ store, clock, knowledge, address = "" }: ControlParts): Control {
  const { agencies, kinds, places, calendar, officeHours, limits } = knowledge;
  const rules: Pick<Rules, "directory" | "workingTime" | "guards"> = {
    directory: { agencies, kinds, places },
    workingTime: { calendar, officeHours },
    guards: limits.guards,
  };
  return {
    link: async (agency, role) => {
      if (!knowledge.agencies.has(agency)) return undefined;
      const letters = Array.from(randomBytes(12), (byte) => ALPHABET[byte & 31]).join("");
      const code = `LK-${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8, 12)}`;
      const expiresAt = new Date(clock().getTime() + LINK_MINUTES * 60_000).toISOString();
      await store.commit({ linkCode: { hash: hashLinkCode(code), agency, role, expiresAt } });
      return { code, expiresAt };
    },
    unlink: async (agency, role) => {
      const bound = (await store.officials()).filter((official) => official.agency === agency);
      if (bound.length === 0 && !knowledge.agencies.has(agency)) return undefined;
      const unbind = bound.flatMap((official) =>
        role === undefined || official.role === role ? [official.sender] : [],
      );
      if (unbind.length > 0) await store.commit({ unbind });
      return unbind.length;
    },
    stuck: async () => {
      const states = await store.stuck();
      const undelivered = await Promise.all(states.map((state) => stuckOf(state, store)));
      const standing = (await store.openComplaints()).flatMap(standingRows);
      const lost: Stuck[] = [];
      for await (const notice of lostNotices(store, clock())) lost.push(lostRow(notice));
      return [...undelivered, ...lost, ...standing].toSorted(
        (one, other) => Date.parse(one.since) - Date.parse(other.since),
      );
    },
    report: (month) => monthReport(month, { store, rules, clock }),
    daily: async () => {
      const promised: ReturnType<typeof promisedIn>[number][] = [];
      for await (const complaint of store.complaints()) promised.push(...promisedIn(complaint));
      return reconcile(promised);
    },
    unanswered: () => store.unanswered(),
    hold: async (code, reason) => {
      const changed = await changeCase<"unchanged">(
        () => store.complaintByCode(code),
        (complaint) =>
          (reason === undefined ? release(complaint, clock()) : hold(complaint, reason, clock())) ?? {
            refused: "unchanged",
          },
        { store, nudge: () => undefined },
      );
      return changed.kind === "refused" ? changed.refusal : changed.kind;
    },
    address: () => Promise.resolve(address),
  };
}

async function stuckOf(state: DeliveryState, store: Store): Promise<Stuck> {
  const { delivery } = state;
  const { complaint: of } = delivery;
  const complaint = of === undefined ? undefined : await passDamaged(store.complaint(of));
  return {
    delivery: delivery.id,
    case: complaint?.trackingCode ?? of ?? "",
    to:
      delivery.to.kind === "agency"
        ? delivery.to.agency
        : delivery.to.kind === "chat"
          ? `${delivery.content.kind} (chat)`
          : "person (e-mail)",
    since: state.createdAt,
    attempts: state.attempts,
    problem: state.problem ?? "",
  };
}

function lostRow({ complaint: { id, trackingCode }, agency, at }: LostNotice): Stuck {
  const problem = "lost: neither delivered nor in the outbox";
  return { delivery: id, case: trackingCode, to: agency, since: at, attempts: 0, problem };
}

const STANDING: Readonly<Record<StandingWhy, string>> = {
  "held-back": "held back as a suspected flood",
  overdue: "overdue, and nobody answers",
  "no-route": "no route: the coordinator must transfer it",
};

function standingRows(complaint: Complaint): Stuck[] {
  const standing = standingOf(complaint);
  if (!standing) return [];
  const { id, trackingCode } = complaint;
  const { why, since, holders } = standing;
  const row = { delivery: id, case: trackingCode, to: holders.join(" "), since, attempts: 0 };
  return [{ ...row, problem: STANDING[why] }];
}

/**
 * Lets commands of the same user ask the running program, which alone has the store open: a socket in DATA_DIR, or in
 * the temporary folder where that path is too long for one.
 */
export async function openControl(dataDir: string, parts: ControlParts): Promise<{ close(): Promise<void> }> {
  const control = createControl(parts);
  const path = socketOf(dataDir);
  await rm(path, { force: true });
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      answer(Buffer.concat(chunks).toString(), control).then(
        (body) => response.end(JSON.stringify(body)),
        () => {
          response.statusCode = 500;
          response.end();
        },
      );
    });
  });
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(path, done);
  });
  await chmod(path, 0o600);
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(body: string, control: Control): Promise<unknown> {
  const question = Question.parse(JSON.parse(body));
  switch (question.ask) {
    case "link":
      return (await control.link(question.agency, question.role)) ?? null;
    case "unlink":
      return (await control.unlink(question.agency, question.role)) ?? null;
    case "stuck":
      return control.stuck();
    case "report":
      return control.report(question.month);
    case "daily":
      return control.daily();
    case "unanswered":
      return control.unanswered();
    case "hold":
      return control.hold(question.code, question.reason);
    case "address":
      return control.address();
  }
}

/** The control of a running program; undefined when none runs on this DATA_DIR. */
export async function findControl(dataDir: string): Promise<Control | undefined> {
  const path = socketOf(dataDir);
  const ask = (question: Question): Promise<unknown> => call(path, question);
  try {
    await ask({ ask: "address" });
  } catch {
    return undefined;
  }
  return {
    link: async (agency, role) => Link.parse(await ask({ ask: "link", agency, role })) ?? undefined,
    unlink: async (agency, role) =>
      Unlinked.parse(await ask({ ask: "unlink", agency, ...(role && { role }) })) ?? undefined,
    stuck: async () => z.array(Stuck).parse(await ask({ ask: "stuck" })),
    report: async (month) => MonthReport.parse(await ask({ ask: "report", month })),
    daily: async () => z.array(Reconciled).parse(await ask({ ask: "daily" })),
    unanswered: async () => z.array(StoredUnanswered).parse(await ask({ ask: "unanswered" })),
    hold: async (code, reason) => Held.parse(await ask({ ask: "hold", code, ...(reason && { reason }) })),
    address: async () => z.string().parse(await ask({ ask: "address" })),
  };
}

const Held = z.enum(["done", "unknown", "unchanged"]);
const StoredUnanswered = StoredQuestion.extend({ at: z.string() });
const Link = z.object({ code: z.string(), expiresAt: z.string() }).nullable();
const Unlinked = z.int().nullable();

function call(socketPath: string, question: Question): Promise<unknown> {
  return new Promise((done, failed) => {
    const outgoing = request({ socketPath, method: "POST", path: "/" }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        if (response.statusCode === 200) done(JSON.parse(text));
        else failed(new Error(`the running program answered ${String(response.statusCode)}`));
      });
    });
    outgoing.once("error", failed);
    outgoing.end(JSON.stringify(question));
  });
}

/** Longest path that a socket can have everywhere. */
const LONGEST_PATH = 100;

function socketOf(dataDir: string): string {
  const inside = join(resolve(dataDir), "control.sock");
  if (Buffer.byteLength(inside) <= LONGEST_PATH) return inside;
  return join(tmpdir(), `motcua-${createHash("sha256").update(inside).digest("hex").slice(0, 24)}.sock`);
}
