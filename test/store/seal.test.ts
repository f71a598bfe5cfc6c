import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSealer, seal, unseal } from "../../src/store/seal.ts";

describe("sealing", () => {
  const sealer = createSealer(Buffer.alloc(32, 1));
  const key = sealer.newKey("complaint:c1");

  it("a sealed text opens to itself, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unseal(key, "complaint:c1", "events 0", seal(key, "complaint:c1", "events 0", text))).toBe(
          text,
        );
      }),
    );
  });

  it("the same text never looks the same twice", () => {
    const sealed = Array.from({ length: 3000 }, () => seal(key, "complaint:c1", "f", "text"));
    expect(new Set(sealed).size).toBe(3000);
  });

  it("opens only for its owner, its field and its key", () => {
    const sealed = seal(key, "complaint:c1", "events 0", "text");
    expect(() => unseal(key, "complaint:c2", "events 0", sealed)).toThrow("does not open");
    expect(() => unseal(key, "complaint:c1", "events 1", sealed)).toThrow("does not open");
    expect(() => unseal(sealer.newKey("complaint:c1"), "complaint:c1", "events 0", sealed)).toThrow(
      "does not open",
    );
    expect(() => unseal(key, "complaint:c1", "events 0", sealed.slice(0, 12))).toThrow("does not open");
  });

  it("a data key opens only for its owner and under its identity key", () => {
    expect(sealer.ownerKey("complaint:c1", key.wrapped).plain()).toEqual(key.plain());
    expect(() => sealer.ownerKey("complaint:c2", key.wrapped).plain()).toThrow("does not open");
    expect(() => createSealer(Buffer.alloc(32, 2)).ownerKey("complaint:c1", key.wrapped).plain()).toThrow(
      "does not open",
    );
  });

  it("a name is found under the same key only, and names of different kinds never meet", () => {
    const other = createSealer(Buffer.alloc(32, 2));
    expect(sealer.lookup("code", "MC-1")).toBe(createSealer(Buffer.alloc(32, 1)).lookup("code", "MC-1"));
    expect(sealer.lookup("code", "MC-1")).not.toBe(other.lookup("code", "MC-1"));
    expect(sealer.lookup("code", "MC-1")).not.toBe(sealer.lookup("sender", "MC-1"));
    expect(sealer.keyId).not.toBe(other.keyId);
  });
});
