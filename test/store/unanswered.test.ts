import { describe, expect, it } from "vitest";
import { createSealer } from "../../src/store/seal.ts";
import { openEntry, STORE_OWNER, sealKnown } from "../../src/store/seal-entry.ts";
import { apply, emptyState, UNANSWERED_MOST } from "../../src/store/state.ts";
import type { Unanswered } from "../../src/store/store.ts";
import { AT } from "../contracts/examples.ts";

const question = (text: string): Unanswered => ({ at: AT, question: text, intent: "unclear" });
const up: Unanswered = { at: AT, question: "", intent: "procedure", verdict: "up", code: "1.001193" };

describe("questions that wait for an editor", () => {
  it("are not pushed out by thumbs up, nor these by them; the oldest goes first", () => {
    const state = emptyState();
    const take = (unanswered: Unanswered): void => apply(state, { kind: "unanswered", unanswered });
    for (let index = 0; index < UNANSWERED_MOST; index++) take(question(String(index)));
    for (let index = 0; index < UNANSWERED_MOST + 10; index++) take(up);
    expect(state.unanswered[0]).toEqual(question("0"));
    expect(state.unanswered).toHaveLength(2 * UNANSWERED_MOST);
    take(question("new"));
    expect(state.unanswered).toHaveLength(2 * UNANSWERED_MOST);
    expect(state.unanswered[0]).toEqual(question("1"));
    expect(state.unanswered.at(-1)).toEqual(question("new"));
  });

  it("sealed before there were verdicts open as they were", () => {
    const sealer = createSealer(Buffer.alloc(32, 1));
    const keys = new Map([[STORE_OWNER, sealer.newKey(STORE_OWNER)]]);
    // A question without a verdict is sealed as it always was: two fields, nothing beside them.
    const old = { kind: "unanswered", unanswered: question("đàn trâu kêu ban đêm") } as const;
    expect(openEntry(sealer, keys, sealKnown(keys, old))).toEqual(old);
  });
});
