import { describe, expect, test } from "vitest";
import type { Receive } from "../../src/channels/channel.ts";
import { say, setUp, until } from "./telegram-setup.ts";

const BYTES = Buffer.from("\xff\xd8\xff nội dung của ảnh", "latin1");

type Loaded = Uint8Array | "large" | "unreachable" | undefined;

/** Loads whatever comes with a message, with room for `most` bytes. */
function loading(most = 1000): {
  readonly got: { caption?: string | undefined; loaded: Loaded }[];
  readonly receive: Receive;
} {
  const got: { caption?: string | undefined; loaded: Loaded }[] = [];
  const receive: Receive = async (_message, file) => {
    got.push({ caption: file?.caption, loaded: await file?.load(most) });
    return [say("Đã nhận")];
  };
  return { got, receive };
}

describe("a file sent on Telegram", () => {
  test.each(["photo", "document", "voice", "audio", "video"] as const)(
    "is fetched when wanted: %s",
    async (kind) => {
      const { api, channel } = await setUp();
      const { got, receive } = loading();
      await channel().start(receive);
      api.user(5).sendsFile(kind, BYTES, { caption: "biên lai" });
      await until(() => got.length === 1);
      expect(got[0]?.caption).toBe("biên lai");
      expect(Buffer.from(got[0]?.loaded ?? [])).toEqual(BYTES);
    },
  );

  test("is not fetched when nobody wants it", async () => {
    const { api, channel } = await setUp();
    let came = 0;
    await channel().start(async () => {
      came += 1;
      return [];
    });
    api.user(5).sendsFile("photo", BYTES);
    await until(() => came === 1);
    expect(api.calls("getFile")).toEqual([]);
  });

  test("that is too large is not fetched, nor read further than it may be", async () => {
    const { api, channel } = await setUp();
    const { got, receive } = loading(BYTES.length - 1);
    await channel().start(receive);
    api.user(5).sendsFile("document", BYTES);
    await until(() => got.length === 1);
    expect(api.calls("getFile")).toEqual([]);
    // Its size is not always told beforehand.
    api.user(5).sendsFile("voice", BYTES, {}, false);
    await until(() => got.length === 2);
    expect(api.calls("getFile")).toHaveLength(1);
    expect(got.map(({ loaded }) => loaded)).toEqual(["large", "large"]);
  });

  test("that Telegram does not hand out is told so, and the token stands in no line of the log", async () => {
    const { api, channel, lines } = await setUp();
    const { got, receive } = loading();
    await channel().start(receive);
    api.faults.next("getFile", { kind: "refuse", status: 400, description: "Bad Request: wrong file_id" });
    api.user(5).sendsFile("photo", BYTES);
    await until(() => got.length === 1);
    expect(got[0]?.loaded).toBe("unreachable");
    api.user(5).sends({ photo: [{ file_id: "unknown", file_unique_id: "x", width: 1, height: 1 }] });
    await until(() => got.length === 2);
    expect(got[1]?.loaded).toBe("unreachable");
    expect(lines.join("\n")).not.toContain(api.token);
  });

  test("of an album: each is taken, and what is said to each is said once", async () => {
    const { api, channel } = await setUp();
    const { got, receive } = loading();
    await channel().start(receive);
    const lan = api.user(5);
    for (let picture = 0; picture < 3; picture += 1) lan.sendsFile("photo", BYTES, { media_group_id: "9" });
    await until(() => got.length === 3);
    lan.says("xong");
    await until(() => got.length === 4 && lan.messages().length >= 2);
    expect(lan.messages().map(({ text }) => text)).toEqual(["Đã nhận", "Đã nhận"]);
  });
});
