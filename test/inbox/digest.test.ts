import { describe, expect, it } from "vitest";
import { createMorning } from "../../src/inbox/digest.ts";
import { officialChat } from "../../src/wording/official-chat.ts";
import { COMMUNE, rules } from "../complaints/case.ts";
import { CODE, openDesk } from "./desk.ts";

const contactsOf = (agency: string): string[] => (agency === COMMUNE ? ["telegram:-100"] : []);

/** An office whose clock stands at nine on a Saturday, with one case and an officer. */
async function office() {
  const desk = await openDesk();
  await desk.file();
  await desk.clerk(70, COMMUNE);
  const guide = { ...desk.guide, rules: { ...rules, contactsOf } };
  const logged: string[] = [];
  const program = () =>
    createMorning({
      store: desk.store,
      guide,
      clock: desk.clock,
      nudge: () => void logged.push("nudge"),
      log: (_level, event, facts) => void logged.push(JSON.stringify([event, facts])),
    });
  return { ...desk, program, logged };
}

describe("the morning's lists", () => {
  it("are promised once a day to each chat, also when the program starts again the same morning", async () => {
    const { program, later, promised, logged } = await office();
    const morning = program();
    expect(await morning()).toBe(0);
    // Monday at a quarter to eight.
    later(46 * 60 + 45);
    expect(await morning()).toBe(2);
    expect(await morning()).toBe(0);
    later(60);
    expect(await program()()).toBe(2);
    const lists = await promised();
    expect(lists.map(({ to }) => to)).toEqual([
      { kind: "chat", conversation: "telegram:-100" },
      { kind: "chat", conversation: "telegram:70" },
    ]);
    for (const { id, content } of lists) {
      expect(id).toMatch(/^digest\.2026-11-23\.[0-9a-f]{24}$/);
      expect(content).toMatchObject({ kind: "official", text: expect.stringContaining("Đang mở: 1") });
    }
    expect(logged.join()).not.toContain("telegram");
  });

  it("are caught up by a late start in the morning, and not in the afternoon", async () => {
    const { program, later } = await office();
    later(46 * 60 + 4 * 60 + 59);
    expect(await program()()).toBe(2);
    later(24 * 60);
    // The 24th is a holiday; on the 25th the program starts at noon.
    expect(await program()()).toBe(0);
    later(24 * 60 + 1);
    expect(await program()()).toBe(0);
  });

  it("come again the next working day while something is open, with a button to the list", async () => {
    const { program, later, promised, inbox } = await office();
    const morning = program();
    later(46 * 60 + 45);
    await morning();
    later(2 * 24 * 60);
    expect(await morning()).toBe(2);
    expect(await promised()).toHaveLength(2);
    const [list] = await inbox({
      key: "press",
      conversation: "telegram:70",
      sender: "telegram:70",
      privately: true,
      body: { kind: "choice", id: "o:list:all" },
    });
    expect(list?.text).toContain(officialChat.list.all);
    expect(list?.text).toContain(CODE);
  });
});
