import { describe, expect, test } from "vitest";
import { createInbox, say, setUp, textOf, until } from "./telegram-setup.ts";

describe("answering at once", () => {
  test("the replies of one message come in order before it is confirmed", async () => {
    const { api, channel } = await setUp();
    const id = api.user(5).says("xin chào");
    const { receive } = createInbox(say("Chào bạn."), say("Bạn cần gì?", "menu"));
    await channel().start(receive);
    await until(() => !api.unconfirmed().includes(id));
    expect(
      api
        .user(5)
        .messages()
        .map((message) => message.text),
    ).toEqual(["Chào bạn.", "Bạn cần gì?"]);
  });

  test("a chat that is written to too fast waits as long as Telegram says, and gets its answer", async () => {
    const { api, channel, pauses } = await setUp();
    api.faults.next("sendMessage", {
      kind: "refuse",
      status: 429,
      description: "Too Many Requests: retry after 17",
      retryAfter: 17,
    });
    api.user(5).says("xin chào");
    await channel().start(createInbox(say("Chào bạn.")).receive);
    await until(() => api.user(5).messages().length === 1);
    expect(pauses).toEqual([17]);
  });

  test("a blocked chat loses its answer, and the others go on", async () => {
    const { api, channel, lines } = await setUp();
    api.user(5).says("xin chào");
    api.user(5).blocks();
    api.user(6).says("xin chào");
    await channel().start(createInbox(say("Chào bạn.")).receive);
    await until(() => api.user(6).messages().length === 1 && api.unconfirmed().length === 0);
    expect(lines.some((line) => line.includes("reply.lost") && line.includes("blocked"))).toBe(true);
  });

  test("a tap on a button is a choice, and its clock is stopped even when that fails", async () => {
    const { api, channel } = await setUp();
    const { got, receive } = createInbox();
    const telegram = channel();
    api.user(5).says("xin chào");
    await telegram.start(receive);
    await telegram.send("telegram:5", say("Chọn nhé", "proc:1.001193", "menu"));
    const [message] = api.user(5).messages();
    api.user(5).taps(message!.message_id, "proc:1.001193");
    await until(() => got.length === 2 && api.calls("answerCallbackQuery").length === 1);
    expect(got[1]).toMatchObject({
      conversation: "telegram:5",
      body: { kind: "choice", id: "proc:1.001193" },
    });
    api.faults.next("answerCallbackQuery", { kind: "break", when: "before" });
    api.user(5).taps(message!.message_id, "menu");
    await until(() => got.length === 3 && api.unconfirmed().length === 0);
  });

  test("in a group the bot answers there, to commands and answers to itself only", async () => {
    const { api, channel } = await setUp();
    const { got, receive } = createInbox(say("Việc của cơ quan", "nhan:1"));
    const officer = api.user(5, { group: -77 });
    officer.says("ăn trưa chưa?");
    officer.says(`/viec@${api.botName}`);
    await channel().start(receive);
    await until(() => officer.messages().length === 1);
    const [list] = officer.messages();
    officer.says("Chị Hoa nhận nhé", { replyTo: 1 });
    officer.says("Đã nhận", { replyTo: list!.message_id });
    officer.taps(list!.message_id, "nhan:1");
    await until(() => got.length === 3 && api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(["/viec", "Đã nhận", "choice"]);
    expect(got[1]?.inReplyTo).toBe("Việc của cơ quan");
    expect(got.every(({ sender, privately }) => sender === "telegram:5" && !privately)).toBe(true);
  });

  test("each picture of an album is taken in", async () => {
    const { api, channel } = await setUp();
    const { got, receive } = createInbox(say("Xin gửi bằng chữ."));
    for (let part = 0; part < 3; part += 1)
      api.user(5).sends({ media_group_id: "77", photo: [{ file_id: "x" }] });
    api.user(5).sends({ photo: [{ file_id: "y" }] });
    await channel().start(receive);
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toEqual(Array.from({ length: 4 }, () => "unsupported"));
  });

  test("parts of a message that are of another kind than Telegram's hold nobody up", async () => {
    const { api, channel } = await setUp();
    const { got, receive } = createInbox(say("Đã đọc"));
    const odd = { toString: 1 };
    api.user(5).sends({ text: "một", media_group_id: odd });
    api.user(5).sends({ photo: odd, caption: odd });
    api.user(5).sends({ photo: [odd, null] });
    api.user(5).sends({ document: { file_id: odd, file_size: odd }, caption: odd });
    api.user(6).says("hai");
    await channel().start(receive);
    await until(() => api.unconfirmed().length === 0);
    expect(got.map(textOf)).toContain("một");
    expect(got.map(textOf).at(-1)).toBe("hai");
  });
});
