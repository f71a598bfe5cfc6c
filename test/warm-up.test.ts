import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import type { Guide } from "../src/conversation/guide.ts";
import { warmUp, warmUpNow } from "../src/warm-up.ts";
import { guide } from "./conversation/talk.ts";
import { knowledge } from "./fixtures/real-knowledge.ts";

const clock = (): Date => new Date("2026-11-20T02:00:00Z");
const few = {
  ...knowledge,
  procedures: knowledge.procedures.slice(0, 3),
  rules: knowledge.rules.slice(0, 2),
  phrasings: new Map(),
};

afterEach(() => {
  vi.useRealTimers();
});

/** The guide, and what it was asked to read. */
function watched(): { readonly guide: Guide; readonly read: readonly string[] } {
  const read: string[] = [];
  const reader = {
    ...guide.reader,
    read: (text: string, now: Date) => {
      read.push(text);
      return guide.reader.read(text, now);
    },
  };
  return { guide: { ...guide, reader }, read };
}

it("answers the knowledge's own phrasings and complaints, and ends by itself", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { guide: asked, read } = watched();
  warmUp(asked, few, clock);
  expect(read).toEqual([]);
  vi.runAllTimers();
  const said = [
    ...[...few.procedures, ...few.rules].map(({ phrasings }) => phrasings[0]),
    ...few.examples.map(({ texts }) => texts[0]),
  ];
  expect(said.filter((text) => !read.includes(text ?? ""))).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it("stops when it is told to", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { guide: asked, read } = watched();
  const stop = warmUp(asked, few, clock);
  stop();
  vi.runAllTimers();
  expect(read).toEqual([]);
});

it("leaves the program to people who ask, and goes on when it has nothing else to do", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const now = vi.spyOn(performance, "now").mockReturnValue(0);
  onTestFinished(() => now.mockRestore());
  const { guide: asked, read } = watched();
  warmUp(asked, few, clock);
  // The pause of 2 ms ends after 50: others were answered meanwhile.
  now.mockReturnValue(50);
  vi.advanceTimersByTime(2);
  expect(read).toEqual([]);
  now.mockReturnValue(150);
  vi.advanceTimersByTime(100);
  expect(read).not.toEqual([]);
});

it("is done at one go where somebody measures how quickly it answers", () => {
  const { guide: asked, read } = watched();
  warmUpNow(asked, few, clock());
  expect(read).toContain(few.rules[0]?.phrasings[0]);
  // What most people ask is answered last, as by and by.
  expect(read.at(-1)).toBe(few.procedures[0]?.phrasings[0]);
});
