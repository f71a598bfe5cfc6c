import { describe, expect, it } from "vitest";
import { takeTurn } from "../../src/commands/ask.ts";
import { newSession } from "../../src/conversation/session.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { guide } from "../conversation/talk.ts";
import { NOW } from "../fixtures/real-guide.ts";

/** What the last of these messages is told to have been answered with. */
function told(...texts: readonly string[]) {
  let session = newSession();
  let last: ReturnType<typeof takeTurn>["described"] | undefined;
  for (const text of texts) {
    const taken = takeTurn(text, session, guide, NOW);
    session = taken.session;
    last = taken.described;
  }
  return last && { ...last, results: last.results.map(({ code }) => code) };
}

const BIRTH = "1.001193";

describe("a turn of a dialogue", () => {
  it("is told as it was answered: a number or a label typed for a button is that button's", () => {
    const question = "làm giấy khai sinh cho con cần gì";
    const fee = { intent: "procedure", aspect: "fee", results: [BIRTH] };
    expect(told(question, "1")).toEqual(fee);
    expect(told(question, vietnamese.aspects.fee)).toEqual(fee);
    const related = vietnamese.card.relatedChoice("Cấp giấy chứng sinh");
    expect(told("làm khai sinh cho con", related)?.results).not.toContain(BIRTH);
  });

  it("names no procedure where a command, a place or a complaint was answered", () => {
    expect(told("làm khai sinh cho con", "trợ giúp")?.results).toEqual([]);
    expect(told("xã Tam Quang, Núi Thành, Quảng Nam giờ thuộc xã nào")?.results).toEqual([]);
    const complaint = { intent: "complaint", results: [] };
    expect(told("phản ánh")).toMatchObject(complaint);
    expect(told("phản ánh", "nộp khai sinh cho con mà bị trễ")).toMatchObject(complaint);
  });
});
