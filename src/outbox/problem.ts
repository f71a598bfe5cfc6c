import { NotSaved, StoreError } from "../store/store.ts";

/** What may be told of an error: only the store's texts are known to hold no address, text or secret. */
export function problemOf(error: unknown): string {
  if (error instanceof NotSaved || error instanceof StoreError) return error.message;
  return error instanceof Error ? error.name : "unknown";
}
