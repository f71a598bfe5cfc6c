import type { ComplaintEvent } from "../../src/complaints/complaint.ts";
import type { Decided, Entry } from "../../src/store/entry.ts";
import type { Sealer } from "../../src/store/seal.ts";
import { foundBy, STORE_OWNER, sealCommit } from "../../src/store/seal-entry.ts";
import { filed } from "../../test/contracts/examples.ts";

/** One in so many complaints is open. */
const OPEN = 50;
const AGENCIES = 3_000;
const AT = "2026-11-02T02:00:00.000Z";

/** The tracking code of the complaint of this number. */
export function codeOf(number: number): string {
  return `MC-E${number}`;
}

/** A store with so many complaints that were filed and delivered, most of them answered and closed. */
export async function* existing(sealer: Sealer, count: number): AsyncGenerator<Entry> {
  yield { kind: "key", owner: STORE_OWNER, ...sealer.newKey(STORE_OWNER).wrapped };
  for (let number = 0; number < count; number += 1) {
    const events = eventsOf(number);
    const id = `e${number}`;
    const decided: readonly Decided[] = [
      { kind: "events", complaint: id, revision: 0, events, ...foundBy(sealer, events) },
      { kind: "sent", deliveries: [sealer.lookup("delivery", `${id}/1`)] },
    ];
    yield* sealCommit(sealer, new Map(), decided).entries;
  }
}

function eventsOf(number: number): readonly ComplaintEvent[] {
  const agency = `agency-${number % AGENCIES}`;
  const by = { agency, via: "webhook" } as const;
  const open = filed(`e${number}`, {
    trackingCode: codeOf(number),
    conversation: `web:e${number}`,
    route: { to: [agency], copy: [], why: [] },
  });
  return number % OPEN === 0
    ? [open, { type: "delivered", at: AT, agency }]
    : [
        open,
        { type: "delivered", at: AT, agency },
        { type: "answered", at: AT, by, text: "Kết quả đã có, mời ông bà đến nhận tại bộ phận một cửa." },
        { type: "confirmed", at: AT },
      ];
}
