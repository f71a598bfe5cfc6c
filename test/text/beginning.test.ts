import { expect, it } from "vitest";
import { beginningOf } from "../../src/text/beginning.ts";

it("cuts a text without halving a character", () => {
  expect(beginningOf("khai sinh", 4)).toBe("khai");
  expect(beginningOf("ab😀c", 3)).toBe("ab");
  expect(beginningOf("ab😀c", 4)).toBe("ab😀");
  expect(beginningOf("ab", 9)).toBe("ab");
});
