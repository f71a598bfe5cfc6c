/** One line of what happened: flat facts only, so that texts, names and addresses cannot slip in. */
export type Log = (
  level: LogLevel,
  event: string,
  facts?: Readonly<Record<string, string | number | boolean>>,
) => void;
export type LogLevel = "debug" | "info" | "warn" | "error";

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };
/** Facts that may be logged. Anything else is dropped: a fact is allowed by name, never by hope. */
const ALLOWED = new Set([
  "agency",
  "attempts",
  "channel",
  "code",
  "complaint",
  "conversations",
  "count",
  "delivery",
  "file",
  "files",
  "host",
  "intent",
  "kind",
  "ms",
  "port",
  "problem",
  "reason",
  "route",
  "seconds",
  "seq",
  "signal",
  "status",
  "version",
]);
/** Values are cut to this many characters. */
const LONGEST = 200;

/** Writes JSON lines, at `least` and above, through `write`. */
export function createLog(least: LogLevel, clock: () => Date, write: (line: string) => void): Log {
  return (level, event, facts = {}) => {
    if (RANK[level] < RANK[least]) return;
    const kept = Object.entries(facts)
      .filter(([name]) => ALLOWED.has(name))
      .map(([name, value]) => [name, typeof value === "string" ? value.slice(0, LONGEST) : value]);
    write(`${JSON.stringify({ at: clock().toISOString(), level, event, ...Object.fromEntries(kept) })}\n`);
  };
}
