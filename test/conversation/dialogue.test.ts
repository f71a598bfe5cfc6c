import { describe, expect, it } from "vitest";
import type { Understanding } from "../../src/answers/answer.ts";
import { worldFor } from "../../src/commands/ask.ts";
import { respond } from "../../src/conversation/respond.ts";
import { newSession, type Session } from "../../src/conversation/session.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { NOW, read } from "../fixtures/real-guide.ts";
import { guide } from "./talk.ts";

/** Says these messages one after the other; gives what the last was understood as, and the texts it was answered with. */
function after(...messages: readonly string[]): { understood: Understanding; texts: readonly string[] } {
  let session: Session = newSession();
  let understood: Understanding | undefined;
  let texts: readonly string[] = [];
  for (const text of messages) {
    const outcome = respond(session, { kind: "text", text }, worldFor(NOW), guide);
    understood = outcome.understood;
    session = outcome.session;
    texts = outcome.replies.map((reply) => reply.text);
  }
  if (!understood) throw new Error("say something");
  return { understood, texts };
}

const BIRTH = "1.001193";
const DEATH = "1.000656";

describe("a conversation", () => {
  it("takes a correction for what was meant, never for the topic that it was not, nor for a complaint", () => {
    const { understood } = after("làm khai sinh cho con", "không, ý tôi là khai tử");
    expect(understood.intent).toBe("procedure");
    expect(understood.procedures[0]?.code).toBe(DEATH);
  });

  it.each(["không phải khai sinh", "nhầm rồi, không phải khai sinh", "không phải vậy"])(
    "does not answer again with what is denied, where nothing else is said: %s",
    (denial) => {
      const { understood } = after("làm khai sinh cho con", denial);
      expect(understood.procedures.map(({ code }) => code)).not.toContain(BIRTH);
    },
  );

  it.each(["không phải đóng phí hả", "không phải nộp bản gốc đúng không"])(
    "takes what need not be done for a question about the topic, not for a denial: %s",
    (text) => {
      expect(after("làm khai sinh cho con", text).understood.procedures[0]?.code).toBe(BIRTH);
    },
  );

  it.each([
    "không phải lần đầu cán bộ xã vòi tiền tôi",
    "không phải một lần mà ba lần cán bộ phường bắt tôi quay lại, còn đòi phong bì",
  ])("hears a complaint that begins like a correction: %s", (text) => {
    expect(after("làm khai sinh cho con", text).understood.intent).toBe("complaint");
  });

  it("answers what is named in few words, whatever was spoken of", () => {
    const next = after("làm khai sinh cho con", "đăng ký tạm trú online được không").understood;
    expect([next.procedures[0]?.code, next.aspect]).toEqual(["1.004194", "online"]);
  });

  it.each(["vợ tôi đau đẻ giữa đường", "mẹ tôi bị đột quỵ nằm bất tỉnh", "con em bị lạc ở chợ"])(
    "answers a cry for help with nothing but the number to call: %s",
    (text) => {
      for (const before of [[], ["làm khai sinh cho con"]]) {
        const { understood, texts } = after(...before, text);
        expect([understood.intent, understood.procedures, texts.length]).toEqual(["crisis", [], 1]);
      }
    },
  );

  it.each(["phải quay lại mấy lần", "còn nếu nộp trễ thì sao"])(
    "stays with the topic where nothing else is named: %s",
    (text) => {
      expect(after("làm hộ chiếu lần đầu", text).understood.procedures[0]?.code).toBe("1.001456");
    },
  );

  it("answers a rule asked for plainly whatever was spoken of, and then goes on with the topic", () => {
    const told = ["làm khai sinh cho con", "trễ hẹn thì có được xin lỗi không"];
    expect(after(...told).understood.intent).toBe("rule");
    const next = after(...told, "phí bao nhiêu").understood;
    expect(next.aspect).toBe("fee");
    expect(next.procedures[0]?.code).toBe(BIRTH);
  });

  it.each([
    ["thôi, hỏi cái khác: làm căn cước cho con 10 tuổi", "1.014062"],
    ["thoi qua chuyen khac nha, lam can cuoc cho con 10 tuoi", "1.014062"],
    ["another question: birth certificate for my child", BIRTH],
    ["à mà cho em hỏi thêm, làm khai sinh cho con cần gì", BIRTH],
  ])("turns to what is asked after words that say so, however near it is: %s", (text, code) => {
    expect(after("mất căn cước làm lại sao", text).understood.procedures[0]?.code).toBe(code);
  });

  it("goes on with the topic where only one thing of it is asked besides, and asks what else there is", () => {
    const { understood } = after("làm khai sinh cho con", "à mà cho hỏi thêm lệ phí bao nhiêu");
    expect([understood.procedures[0]?.code, understood.aspect]).toEqual([BIRTH, "fee"]);
    const { texts } = after("làm khai sinh cho con", "thôi hỏi cái khác nha");
    expect(texts).toEqual([vietnamese.answers.whatNeeded]);
  });

  it("counts the day for the topic when the person says when they filed", () => {
    const { understood } = after("làm khai sinh cho con", "nộp hôm 20/11 thì bao giờ có");
    expect(understood.intent).toBe("deadline");
    expect(understood.procedures[0]?.code).toBe(BIRTH);
  });

  it("hears what is asked for after what is done", () => {
    const { understood } = after(
      "làm giấy khai tử cho bà",
      "làm khai tử xong thì xin trích lục hộ tịch ở đâu",
    );
    expect(understood.procedures[0]?.code).toBe("2.000635");
    expect(understood.aspect).toBe("where");
  });

  it("takes a paper that may be needed for one of the topic, and not for how to get it", () => {
    const { understood } = after("làm khai sinh cho con", "có cần sổ hộ khẩu không");
    expect([understood.procedures[0]?.code, understood.aspect]).toEqual([BIRTH, "documents"]);
  });

  it("goes back to the earlier topic that is named again", () => {
    const told = ["đăng ký khai sinh cho con", "đổi bằng lái xe ô tô", "phí bao nhiêu"];
    expect(after(...told, "khai sinh trễ có bị phạt không").understood.procedures[0]?.code).toBe(BIRTH);
    expect(after(...told, "có bị phạt không").understood.procedures[0]?.code).not.toBe(BIRTH);
  });

  it("takes a further question about the topic for what it leans to, and another case for the whole", () => {
    const aspectOf = (text: string) => after("xin chuyển trường cho con", text).understood.aspect;
    expect(read("giữa kỳ trường có nhận không").aspect).toBe("general");
    expect(aspectOf("giữa kỳ trường có nhận không")).toBe("legal");
    expect(aspectOf("giữa kỳ thì sao")).toBe("general");
  });

  it.each(["asdf qwer zxcv", "trời hôm nay nóng ghê ha"])("does not take %j for a follow-up", (noise) => {
    const { understood } = after("làm khai sinh cho con", noise);
    expect(understood.procedures).toEqual([]);
    expect(["unclear", "offtopic"]).toContain(understood.intent);
  });

  it("says by its name what no record answers, instead of a lookalike", () => {
    const { understood, texts } = after("xin giấy phép bán lẻ rượu ở đâu");
    expect(understood.procedures).toEqual([]);
    expect(understood.gap).toBe("Giấy phép bán lẻ rượu");
    expect(texts.join("\n")).toContain("Giấy phép bán lẻ rượu");
  });

  it("gives the emergency number first, and the answer after it", () => {
    const { understood, texts } = after(
      "chồng đánh tôi hoài, tôi muốn xin giấy xác nhận tình trạng hôn nhân để ly hôn",
    );
    expect(understood.intent).toBe("crisis");
    expect(texts[0]).toContain("113");
  });

  it("takes a few words that name a body for a question unless one of them complains", () => {
    expect(after("rút bhxh 1 lần").understood.intent).toBe("procedure");
    expect(after("công an phường đòi tiền").understood.intent).toBe("complaint");
  });

  it("remembers no complaint as a question", () => {
    const story = "tôi nộp hồ sơ ở UBND xã ngày 2/11 hẹn 9/11 mà tới nay chưa trả";
    const outcome = respond(newSession(), { kind: "text", text: story }, worldFor(NOW), guide);
    expect(outcome.session.asked).toBeUndefined();
  });
});
