import type { IncomingFile } from "../evidence/evidence.ts";
import type { Inbound, Reply } from "../messages/message.ts";

/** Outcome of one sending: expected failures are values. */
export type Sent =
  | { readonly kind: "sent" }
  /** Worth another try, not before the seconds named. */
  | { readonly kind: "retry"; readonly problem: string; readonly afterSeconds?: number }
  /** For good: blocked, deleted, not found. */
  | { readonly kind: "gone"; readonly problem: string };

/**
 * Takes a message in: resolves, with what to say at once, when it is stored; rejects when it could not be. `file`: what was
 * sent with it, fetched only when there is a complaint that it is for.
 */
export type Receive = (message: Inbound, file?: IncomingFile) => Promise<readonly Reply[]>;

/** A chat platform. It renders what it cannot show (buttons) itself; the core never asks which channel it is. */
export type Channel = {
  /** First part of its conversations' names: `telegram`, `web`, `console`. */
  readonly name: string;
  /** Begins to take messages in. Resolves when it is listening, or rejects when it cannot. */
  start(receive: Receive): Promise<void>;
  /** Says something in a conversation of this channel, whether or not the person has just written. */
  send(conversation: string, reply: Reply): Promise<Sent>;
  /** Stops taking messages in; resolves when the one in hand is done. */
  stop(): Promise<void>;
};
