import { describe, expect, it } from "vitest";
import { remember, rememberTexts } from "../../src/text/remember.ts";

/** Counts how often it had to work. */
function counted(): { work(text: string): string; worked(): readonly string[] } {
  const worked: string[] = [];
  return {
    work: (text) => {
      worked.push(text);
      return text.toUpperCase();
    },
    worked: () => worked,
  };
}

describe("remember", () => {
  it("works once for what is asked again", () => {
    const { work, worked } = counted();
    const asked = remember(2, (text: string) => text, work);
    expect([asked("a"), asked("b"), asked("a")]).toEqual(["A", "B", "A"]);
    expect(worked()).toEqual(["a", "b"]);
  });

  it("forgets what was not asked for the longest", () => {
    const { work, worked } = counted();
    const asked = remember(2, (text: string) => text, work);
    for (const text of ["a", "b", "a", "c", "a", "b"]) asked(text);
    expect(worked()).toEqual(["a", "b", "c", "b"]);
  });

  it("keeps fewer where they are long, and goes on keeping short ones", () => {
    const { work, worked } = counted();
    const asked = remember(20, (text: string) => text, work);
    const long = Array.from({ length: 5 }, (_, number) => String(number).repeat(900));
    for (const text of [...long, ...long]) asked(text);
    // 20 places for 200 letters each hold four of 900.
    expect(worked()).toHaveLength(10);
    for (const text of ["a", "b", "c", "a", "b", "c"]) asked(text);
    expect(worked().slice(10)).toEqual(["a", "b", "c"]);
  });

  it("does not let one that is very long push out others", () => {
    const { work, worked } = counted();
    const asked = remember(20, (text: string) => text, work);
    for (const text of ["a", "x".repeat(2001), "x".repeat(2001), "a"]) asked(text);
    expect(worked().filter((text) => text === "a")).toHaveLength(1);
    expect(worked()).toHaveLength(3);
  });
});

describe("rememberTexts", () => {
  it("works once for a text, and forgets all at once when they are too many or too long", () => {
    const { work, worked } = counted();
    const read = rememberTexts(3, work);
    for (const text of ["a", "b", "c", "a", "d", "a"]) read(text);
    expect(worked()).toEqual(["a", "b", "c", "d", "a"]);
    for (const text of ["y".repeat(400), "z".repeat(400), "a"]) read(text);
    expect(
      worked()
        .slice(5)
        .map((text) => text[0]),
    ).toEqual(["y", "z", "a"]);
  });
});
