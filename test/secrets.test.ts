import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigError, readConfig, sharedDir } from "../src/config.ts";
import { weaknessesIn, weaknessOf, weaknessOfSigningKey } from "../src/secrets.ts";

const whsec = (bytes: Uint8Array): string => `whsec_${Buffer.from(bytes).toString("base64")}`;

describe("a secret that would be guessed", () => {
  test.each([
    "short",
    "changeme-changeme-changeme",
    "0000000000000000000000000000",
    "abcabcabcabcabcabcabcabc",
    "MyPassword-is-very-long-1",
    "12345678901234567890",
    "abababababababababababab1",
  ])("%s", (secret) => {
    expect(weaknessOf(secret)).toBeDefined();
  });

  test("is none of a thousand random ones, of any kind that we tell people to make", () => {
    for (let count = 0; count < 1000; count += 1) {
      expect(weaknessOf(randomBytes(24).toString("base64"))).toBeUndefined();
      expect(weaknessOf(randomBytes(32).toString("hex"))).toBeUndefined();
      expect(weaknessOfSigningKey(whsec(randomBytes(24)))).toBeUndefined();
      expect(weaknessesIn(randomBytes(32), [])).toEqual([]);
    }
  });

  test("is told with its place and remedy, never with its value", () => {
    const told = weaknessesIn(new Uint8Array(32), [
      { agency: "so-noi-vu", secret: whsec(randomBytes(8)) },
      { agency: "so-tu-phap", secret: whsec(new Uint8Array(32).fill(65)) },
      { agency: "so-y-te", secret: whsec(randomBytes(32)) },
    ]);
    expect(told).toHaveLength(3);
    expect(told[0]).toMatch(/identity key.*openssl/);
    expect(told[1]).toMatch(/so-noi-vu.*too short.*openssl/);
    expect(told[2]).toContain("so-tu-phap");
    expect(told.join("")).not.toContain("AAAA");
  });
});

test("a shared folder that is not there, a volume that is not mounted, stops the start", () => {
  for (const dir of ["/nowhere/at/all", "package.json"])
    expect(() => readConfig({ SHARED_DIR: dir }), dir).toThrow(/SHARED_DIR must be a folder/);
  expect(sharedDir(readConfig({ SHARED_DIR: "src", DATA_DIR: "data" }))).toBe(resolve("src"));
  expect(sharedDir(readConfig({ DATA_DIR: "data" }))).toBe(resolve("data"));
});

describe("the settings of a program that the Internet can reach", () => {
  const PUBLIC = { PUBLIC_URL: "https://motcua.example.vn" };
  const refusal = (environment: Record<string, string>): string => {
    try {
      readConfig(environment);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
    }
    return "";
  };

  test("every weak secret is named in one message, with how to make a good one", () => {
    const message = refusal({
      PUBLIC_URL: "http://motcua.example.vn",
      ADMIN_TOKEN: "changeme-changeme-changeme",
      TELEGRAM_WEBHOOK_SECRET: "secret",
      IDENTITY_KEY: Buffer.alloc(32).toString("base64"),
    });
    for (const name of ["PUBLIC_URL", "ADMIN_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "IDENTITY_KEY"])
      expect(message).toContain(name);
    expect(message.match(/openssl rand/g)).toHaveLength(3);
    expect(message).not.toMatch(/changeme|AAAA/);
  });

  test.each(["http://motcua.example.vn", "https://a:b@motcua.example.vn", "https://motcua.example.vn/?a=1"])(
    "PUBLIC_URL is not %s",
    (url) => {
      expect(refusal({ PUBLIC_URL: url })).toContain("PUBLIC_URL");
    },
  );

  test.each([
    "https://motcua.example.vn",
    "https://example.vn/motcua/",
    "http://127.0.0.1:8080",
    "http://[::1]:8080",
  ])("PUBLIC_URL may be %s", (url) => {
    expect(refusal({ PUBLIC_URL: url })).toBe("");
  });

  test("good secrets, or none, start", () => {
    expect(refusal(PUBLIC)).toBe("");
    expect(
      refusal({
        ...PUBLIC,
        ADMIN_TOKEN: randomBytes(24).toString("base64"),
        TELEGRAM_WEBHOOK_SECRET: randomBytes(32).toString("hex"),
        IDENTITY_KEY: randomBytes(32).toString("base64"),
      }),
    ).toBe("");
  });

  test("on a machine of one's own a weak secret of a try-out is taken, one that Telegram refuses is not", () => {
    expect(refusal({ TELEGRAM_WEBHOOK_SECRET: "try" })).toBe("");
    expect(refusal({ TELEGRAM_WEBHOOK_SECRET: "có dấu" })).toContain("TELEGRAM_WEBHOOK_SECRET");
  });
});
