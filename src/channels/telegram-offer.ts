import type { IncomingFile } from "../evidence/evidence.ts";
import type { Log } from "../log.ts";
import type { Inbound, Reply } from "../messages/message.ts";
import { Conflict, NotSaved } from "../store/store.ts";
import type { Receive } from "./channel.ts";
import { nameOf } from "./telegram-failure.ts";

/** A message that fails otherwise than by the store is offered so often: it must not hold up all that come after it. */
const TRIES = 6;

/**
 * Gives the function that offers a message to the inbox once, whichever way it came. A message that has failed six times
 * otherwise than by the store is given up: it is answered with `sorry`, as if it had been taken.
 */
export function createOffer(
  log: Log,
  sorry: string | undefined,
): (message: Inbound, receive: Receive, file: IncomingFile | undefined) => Promise<readonly Reply[]> {
  /** By the key of a message that will be offered again. */
  const failures = new Map<string, number>();
  return async (message, receive, file) => {
    try {
      const replies = await receive(message, file);
      failures.delete(message.key);
      return replies;
    } catch (error) {
      if (isOfStore(error)) throw error;
      const attempts = (failures.get(message.key) ?? 0) + 1;
      failures.set(message.key, attempts);
      if (attempts < TRIES) throw error;
      failures.delete(message.key);
      log("error", "message.given-up", { channel: "telegram", problem: nameOf(error), attempts });
      return sorry === undefined ? [] : [{ text: sorry, choices: [] }];
    }
  };
}

/** It may be stored later: the disk is full, the database is away, another commit came first. What is damaged stays so. */
function isOfStore(error: unknown): boolean {
  return error instanceof NotSaved || error instanceof Conflict;
}
