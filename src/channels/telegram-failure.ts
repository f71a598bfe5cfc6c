import { GrammyError, HttpError } from "grammy";
import type { Sent } from "./channel.ts";

/** Why a call failed, in words that may be logged. */
export type Failure = {
  readonly problem: string;
  /** Telegram's own error code; undefined when no answer of Telegram's came, so that the outcome is unknown. */
  readonly status?: number;
  readonly afterSeconds?: number;
  /** The group has become a supergroup with this id. */
  readonly movedTo?: number;
};

/** Reads a failed call. The error below an `HttpError` holds the address and so the token: only its code is taken. */
export function readFailure(error: unknown): Failure {
  if (error instanceof GrammyError) {
    const { retry_after: afterSeconds, migrate_to_chat_id: movedTo } = error.parameters;
    return {
      problem: `${error.error_code} ${error.description}`,
      status: error.error_code,
      ...(afterSeconds !== undefined && { afterSeconds }),
      ...(movedTo !== undefined && { movedTo }),
    };
  }
  if (error instanceof HttpError) return { problem: `no answer: ${codeOf(error.error)}` };
  return { problem: nameOf(error) };
}

/** What a failed sending means. A refusal of the message or by the person is for good; all else may pass. */
export function outcomeOf({ status, problem, afterSeconds }: Failure): Sent {
  if (status === 400 || status === 403) return { kind: "gone", problem };
  return { kind: "retry", problem, ...(afterSeconds !== undefined && { afterSeconds }) };
}

/** Telegram does not know the token: 401, or 404 when it does not even look like one. */
export function isTokenRefused({ status }: Failure): boolean {
  return status === 401 || status === 404;
}

/** The name under which a failed call is logged. */
export function eventOf({ status }: Failure): string {
  if (status === 409) return "channel.conflict";
  return status === undefined ? "channel.unreachable" : "channel.refused";
}

/** Seconds to wait after so many failures in a row: 1, 2, 4 … 60. */
export function backOff(failures: number): number {
  return Math.min(60, 2 ** (failures - 1));
}

/** The name of a thrown thing. Its message stays out of the log: it may quote what a person wrote. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "type" in error && typeof error.type === "string" ? error.type : "unknown";
}
