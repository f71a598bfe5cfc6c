import { describe, expect, test } from "vitest";
import { networkOf } from "../../src/http/peer.ts";
import { createRateLimits } from "../../src/http/rate-limit.ts";

describe("how much is taken from whom", () => {
  test("one session: sixty messages a minute, then it waits for its own minute's end", async () => {
    const { message } = createRateLimits();
    const waits: number[] = [];
    for (let count = 0; count < 62; count += 1) waits.push(await message(`10.0.0.${count}`, "one"));
    expect(waits.slice(0, 60).every((wait) => wait === 0)).toBe(true);
    expect(waits[61]).toBeGreaterThan(50);
    expect(await message("10.0.0.1", "other")).toBe(0);
  });

  test("new conversations of one address wait some seconds; those there already go on, and so do other addresses", async () => {
    const { message } = createRateLimits();
    for (let count = 0; count < 50; count += 1) expect(await message("203.0.113.7", undefined)).toBe(0);
    const wait = await message("203.0.113.7", undefined);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(10);
    expect(await message("203.0.113.7", "known")).toBe(0);
    expect(await message("203.0.113.8", undefined)).toBe(0);
  });

  test("who has collected sessions, and is quiet in each, does not take the room of other addresses", async () => {
    const { message } = createRateLimits();
    const waits: number[] = [];
    for (let count = 0; count < 600; count += 1) waits.push(await message("203.0.113.7", `s${count}`));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(400);
    expect(waits.at(-1)).toBeLessThanOrEqual(10);
    // The second in which all together may send so many is over sooner than the flood's own time.
    await new Promise((done) => setTimeout(done, 1100));
    expect(await message("203.0.113.7", "s601")).toBeGreaterThan(0);
    expect(await message("203.0.113.8", "somebody")).toBe(0);
  });

  test("files of one address: as many as a counter sends in an hour", async () => {
    const { upload } = createRateLimits();
    const waits: number[] = [];
    for (let count = 0; count < 121; count += 1) waits.push(await upload("203.0.113.7"));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(120);
    expect(waits.at(-1)).toBeGreaterThan(3000);
    expect(await upload("203.0.113.8")).toBe(0);
  });

  test("a network of IPv6 is one address, however it is written", async () => {
    expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe(networkOf("2001:0DB8:1:2::9"));
    expect(networkOf("2001:db8::1")).toBe("2001:db8:0:0::/64");
    expect(networkOf("::1")).toBe("0:0:0:0::/64");
    expect(networkOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
    expect(networkOf("2001:db8:1:2::")).not.toBe(networkOf("2001:db8:1:3::"));
    expect(networkOf("::ffff:203.0.113.7")).toBe("203.0.113.7");
    expect(networkOf("unknown")).toBe("unknown");
    const { message } = createRateLimits();
    const waits: number[] = [];
    for (let count = 0; count < 60; count += 1)
      waits.push(await message(`2001:db8:1:2::${count.toString(16)}`, undefined));
    expect(waits.filter((wait) => wait > 0)).toHaveLength(10);
  });
});
