import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createOperatorDoor } from "../../src/http/operator.ts";
import { callerOf, readProxies } from "../../src/http/peer.ts";

const PROXY = readProxies("10.0.0.2, 10.1.0.0/16, fd00::/8");

describe("who calls", () => {
  it("without trusted proxies a header says nothing", () => {
    expect(callerOf("203.0.113.9", "198.51.100.1", undefined)).toBe("203.0.113.9");
  });

  it("a header of a peer that is no proxy says nothing", () => {
    expect(callerOf("203.0.113.9", "198.51.100.1", PROXY)).toBe("203.0.113.9");
  });

  it.each([
    ["10.0.0.2", "198.51.100.1", "198.51.100.1"],
    ["::ffff:10.0.0.2", "198.51.100.1", "198.51.100.1"],
    ["10.0.0.2", "1.1.1.1, 198.51.100.1", "198.51.100.1"],
    ["10.0.0.2", "198.51.100.1, 10.1.7.7", "198.51.100.1"],
    ["fd00::1", "2001:db8::5", "2001:db8::5"],
    ["10.0.0.2", undefined, "10.0.0.2"],
    ["10.0.0.2", "unknown, not an address", "10.0.0.2"],
    ["10.0.0.2", "9.9.9.9, 198.51.100.1:51234", "198.51.100.1"],
    ["10.0.0.2", "9.9.9.9, [2001:db8::5]:51234", "2001:db8::5"],
    ["10.0.0.2", "9.9.9.9, [2001:db8::5]", "2001:db8::5"],
    ["10.0.0.2", "9.9.9.9, unknown", "10.0.0.2"],
    ["10.0.0.2", "9.9.9.9, unknown, 10.1.7.7", "10.1.7.7"],
  ])("of %s with %s it is %s", (peer, header, caller) => {
    expect(callerOf(peer, header, PROXY)).toBe(caller);
  });

  it.each(["", "10.0.0", "10.0.0.0/33", "fd00::/129", "10.0.0.2,example.gov.vn", "10.0.0.2/x"])(
    "%j names no proxies",
    (text) => {
      expect(readProxies(text)).toBeUndefined();
    },
  );
});

describe("the operator's door", () => {
  const ask = async (door: ReturnType<typeof createOperatorDoor>, token?: string): Promise<string> => {
    const app = new Hono().get("/", (c) => c.text(String(door(c))));
    const response = await app.request("/", { headers: token ? { Authorization: `Bearer ${token}` } : {} });
    return response.text();
  };
  const TOKEN = "a-token-of-the-operator";

  it("opens to the token alone, wherever it comes from", async () => {
    const door = createOperatorDoor(TOKEN, true, () => "203.0.113.9");
    expect(await ask(door, TOKEN)).toBe("true");
    expect(await ask(door, "a-token-of-somebody")).toBe("false");
    expect(await ask(createOperatorDoor(TOKEN, false, () => "127.0.0.1"))).toBe("false");
  });

  it("without a token opens to this machine, while nobody outside reaches the program", async () => {
    expect(await ask(createOperatorDoor(undefined, false, () => "127.0.0.1"))).toBe("true");
    expect(await ask(createOperatorDoor(undefined, false, () => "::ffff:127.0.0.1"))).toBe("true");
    expect(await ask(createOperatorDoor(undefined, false, () => "192.0.2.7"))).toBe("false");
    expect(await ask(createOperatorDoor(undefined, true, () => "127.0.0.1"))).toBe("false");
  });
});
