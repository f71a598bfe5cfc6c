import { DatabaseError } from "pg";
import { Conflict, NotSaved } from "../store.ts";

/** SQLSTATE codes and classes (their first two characters) that a new try, or another moment, may mend. */
const AWAY = new Set([
  "08", // connection lost
  "57", // shut down, cancelled, starting up
  "25006", // a replica or a server set to read only
  "25P03", // idle in a transaction for too long
  "53300", // too many connections
  "55P03", // a lock was not had in time
]);
const FULL = new Set(["53100"]);
/** Somebody else stored something at the same moment. */
const OVERTAKEN = new Set(["23505", "40001", "40P01"]);

/** A fault of the driver or the server in the words of the port; a fault of ours as it is. */
export function storeFault(error: unknown): unknown {
  if (error instanceof Conflict || error instanceof NotSaved) return error;
  if (!(error instanceof DatabaseError)) return new NotSaved("unavailable", { cause: error });
  const code = error.code ?? "";
  if (OVERTAKEN.has(code)) return new Conflict("somebody else stored the same at the same moment");
  if (FULL.has(code)) return new NotSaved("full", { cause: error });
  if (AWAY.has(code) || AWAY.has(code.slice(0, 2))) return new NotSaved("unavailable", { cause: error });
  return error;
}

export function isAway(error: unknown): error is NotSaved {
  return error instanceof NotSaved && error.reason === "unavailable";
}

/** What the operator should know of it: a code or the system's name, never a text with data in it. */
export function problemName(error: unknown): string {
  const cause = error instanceof NotSaved ? error.cause : error;
  if (!(cause instanceof Error)) return "unknown";
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}
