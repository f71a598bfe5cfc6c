import type { Api } from "grammy";

/** An abort signal as grammY's types name it. They know only the shim for old Nodes; at run time it takes any. */
export type ApiSignal = NonNullable<Parameters<Api["getMe"]>[0]>;

/** A standard signal, for grammY. */
export function apiSignal(signal: AbortSignal): ApiSignal {
  if (!isApiSignal(signal)) throw new TypeError("not an abort signal");
  return signal;
}

/** Gives a call up after so many milliseconds. */
export function within(ms: number): ApiSignal {
  return apiSignal(AbortSignal.timeout(ms));
}

function isApiSignal(signal: unknown): signal is ApiSignal {
  return signal instanceof AbortSignal;
}
