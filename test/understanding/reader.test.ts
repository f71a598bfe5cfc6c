import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean } from "../../src/text/clean.ts";
import { read } from "../fixtures/real-guide.ts";

const unmarked = (text: string): string =>
  text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D");

describe("what of a procedure is asked for", () => {
  it.each([
    ["làm khai sinh cho con cần giấy tờ gì", "documents"],
    ["khai sinh mang theo gì", "documents"],
    ["what documents do I need", "documents"],
    ["lệ phí làm hộ chiếu bao nhiêu", "fee"],
    ["sao y giấy tờ mất bao nhiêu tiền", "fee"],
    ["how much is the fee", "fee"],
    ["làm căn cước mất bao lâu", "time"],
    ["mấy ngày thì có hộ chiếu", "time"],
    ["how long does it take", "time"],
    ["nộp ở đâu", "where"],
    ["đăng ký kết hôn ở đâu", "where"],
    ["where do I apply", "where"],
    ["nộp online được không", "online"],
    ["làm qua mạng được không", "online"],
    ["các bước làm", "steps"],
    ["căn cứ pháp lý nào", "legal"],
    ["hộ chiếu", "general"],
    ["làm khai sinh", "general"],
  ])("%j asks for %s, with and without marks", (text, aspect) => {
    expect(read(text).aspect).toBe(aspect);
    expect(read(unmarked(text)).aspect).toBe(aspect);
    expect(read(text.toUpperCase()).aspect).toBe(aspect);
  });

  it("is no place where only the beginning of a name sounds like asking for one", () => {
    for (const text of ["thủ tục đăng ký đầu tư", "xin cap giay chung nhan dang ky dau tu"])
      expect(read(text).aspect).not.toBe("where");
  });

  it("is the fee where the mark of phí alone says so", () => {
    expect(read("phí làm hộ chiếu bao nhiêu").aspect).toBe("fee");
    expect(read("thế phí bao nhiêu?").aspect).toBe("fee");
    // A heading asks without a word that does.
    expect(read("lệ phí làm hộ chiếu cho trẻ em").aspect).toBe("fee");
  });

  it("is the whole where something is told and nothing asked", () => {
    expect(read("bão cuốn mất hết giấy tờ nhà đất rồi").aspect).toBe("general");
    expect(read("bão cuốn mất hết giấy tờ nhà đất rồi, giờ cần giấy tờ gì").aspect).toBe("documents");
  });

  it("is asked for by “chứ” and “à” at the end as well", () => {
    expect(read("nộp qua mạng luôn được chứ").aspect).toBe("online");
    expect(read("nhà nó khai tử ở quê được luôn chứ ạ").aspect).toBe("where");
    expect(read("Cháu còn phải làm hộ chiếu, làm ở công an tỉnh à").aspect).toBe("where");
    // An uncle is addressed, and nothing asked.
    expect(read("cháu làm hộ chiếu ở công an tỉnh chú").aspect).toBe("general");
  });

  it("is the condition where it is asked how long until one may", () => {
    expect(read("bao nhiêu tuổi thì làm thẻ được").aspect).toBe("legal");
    expect(read("đóng mấy năm mới hưởng được").aspect).toBe("legal");
    expect(read("nghỉ bao lâu thì rút được").aspect).toBe("legal");
    expect(read("bao lâu thì có kết quả").aspect).toBe("time");
  });

  it("is the time where it is asked how long until one gets it", () => {
    expect(read("bao lâu thì được nhận tiền").aspect).toBe("time");
    expect(read("chừng bao nhiêu ngày thì được công nhận").aspect).toBe("time");
    expect(read("nộp xong bao lâu thì được nhận").aspect).toBe("time");
    expect(read("bao giờ mới có phép, mưa bão tới nơi rồi").aspect).toBe("time");
  });

  it("is what the end of a story asks for, not its beginning", () => {
    const story =
      "hôm trước tôi mang giấy tờ gì cũng đủ, nộp ở phường, giờ chỉ muốn hỏi lệ phí bao nhiêu tiền";
    expect(read(story).aspect).toBe("fee");
  });
});

describe("what a grievance is about", () => {
  it.each([
    ["late", "nộp hồ sơ từ 5/10 hẹn 20/10 mà tới giờ chưa có kết quả"],
    ["late", "hồ sơ trễ hẹn 3 tuần rồi không ai báo gì"],
    ["bribe", "anh công an đòi phong bì mới chịu làm"],
    ["bribe", "tôi bị vòi tiền"],
    ["bribe", "toi bi voi tien"],
    ["extra_documents", "họ bắt tôi nộp thêm giấy xác nhận cư trú dù đã có trên hệ thống"],
    ["overcharge", "họ thu tiền cao hơn bảng niêm yết mà không đưa biên lai"],
    ["attitude", "cán bộ một cửa quát mắng tôi trước mặt mọi người"],
    ["refusal", "một cửa không nhận hồ sơ, đẩy tôi sang chỗ khác"],
    ["harassment", "cán bộ bắt tôi đi lại năm lần bảy lượt, mỗi lần chỉ một lỗi mới"],
    ["praise", "cảm ơn chị Hoa ở một cửa phường hướng dẫn rất nhiệt tình"],
    ["suggestion", "tôi góp ý nên mở thêm quầy ưu tiên cho người già"],
    ["bribe", "The officer asked me for money under the table"],
  ])("is %s in %j", (kind, text) => {
    const { grievance } = read(text);
    expect(grievance.kind).toBe(kind);
  });

  it("weighs more when it is told than when it is asked about", () => {
    for (const [told, asked] of [
      ["hồ sơ của tôi trễ hẹn 3 tuần rồi", "trễ hẹn thì có được xin lỗi không"],
      ["cán bộ phường đòi tôi đưa tiền mới ký", "cán bộ có được thu tiền không"],
      ["xã bắt tôi nộp thêm giấy xác nhận cư trú", "xã đòi giấy xác nhận cư trú thì xin ở đâu"],
    ] as const) {
      expect(read(told).grievance.likelihood).toBeGreaterThan(read(asked).grievance.likelihood);
    }
  });

  it("is declared where the person says that they complain", () => {
    for (const text of [
      "tôi muốn phản ánh",
      "toi muon phan anh cán bộ phường",
      "tôi muốn tố cáo cán bộ nhận hối lộ",
    ]) {
      expect(read(text).grievance.declared, text).toBe(true);
    }
    expect(read("làm lại căn cước bị mất").grievance.declared).toBe(false);
  });

  it("names the body as the person wrote it", () => {
    expect(read("bị Cán bộ phường Hải Châu quát").grievance.body).toBe("Cán bộ phường");
    expect(read("UBND xã không trả hồ sơ").grievance.body).toBe("UBND xã");
    expect(read("can bo mot cua quat toi".normalize("NFD")).grievance.body).toBe("can bo mot cua");
    expect(read("cán bộ phường hoà nhã".normalize("NFD")).grievance.body).toBe("cán bộ phường");
  });
});

describe("what goes before everything else", () => {
  it.each([
    ["fire", "cháy nhà rồi cứu với"],
    ["suicide", "tôi muốn chết"],
    ["medical", "chồng tôi ngất xỉu cần cấp cứu"],
  ])("a cry for help is heard: %s", (kind, text) => {
    expect(read(text).crisis).toBe(kind);
  });

  it("a plain question is no cry for help", () => {
    for (const text of [
      "làm khai sinh cần gì",
      "đăng ký khai tử cho ba",
      "phòng cháy chữa cháy xin giấy ở đâu",
    ]) {
      expect(read(text).crisis, text).toBeUndefined();
    }
  });

  it("a greeting is one only when nothing else is asked", () => {
    for (const text of ["xin chào", "chào bạn", "hello", "cảm ơn nhé"])
      expect(read(text).greeting, text).toBe(true);
    expect(read("chào anh, làm khai sinh cho con cần gì").greeting).toBe(false);
  });
});

describe("another country's procedure", () => {
  it.each([
    "xin visa du học Hàn Quốc cần chứng minh tài chính bao nhiêu",
    "visa Mỹ phỏng vấn ở đâu",
    "xin visa my can gi",
    "xin visa han quoc can gi",
    "thi bằng lái ở Nhật có khó không",
    "How do I apply for a US tourist visa?",
    "how to renew a UK driving licence online",
  ])("%j is of another country", (text) => {
    expect(read(text).elsewhere).toBe(true);
  });

  it.each([
    "mất hộ chiếu có dán visa Mỹ, trình báo ở đâu",
    "lỡ báo mất hộ chiếu mà visa châu Âu còn hạn",
    "thôi quốc tịch để nhập tịch Hàn",
    "bỏ quốc tịch việt nam để nhập tịch Đức",
    "I have a Korean driving licence, can I change it to a Vietnamese one?",
    "convert my California driver licence in Da Nang",
    "tôi có hộ chiếu Mỹ, mua nhà ở Việt Nam được không",
    "làm hộ chiếu hạn 10 năm cần gì",
    "lam ho chieu han 10 nam can gi",
    "can you give us visa extension forms",
  ])("%j is of this one", (text) => {
    expect(read(text).elsewhere).toBe(false);
  });
});

describe("what became of the written apology", () => {
  it.each([
    ["hs trễ 1 tuần k có thư xin lỗi", ["none"]],
    ["quá hẹn cả tháng mà không thấy giấy xin lỗi gì", ["none"]],
    ["tre hen 10 ngay khong ai xin loi", ["none"]],
    ["phường đã hẹn lại lần hai rồi vẫn chưa có", ["twice"]],
    ["hẹn lại hai lần mà không hề xin lỗi", ["none", "twice"]],
    ["quá hạn mới gửi thư xin lỗi", ["too_late"]],
    ["they postponed it twice without an apology", ["none", "twice"]],
    ["hồ sơ trễ hẹn mà chưa trả", undefined],
    ["xin lỗi cho hỏi làm khai sinh cần gì", undefined],
    ["hẹn lại ngày 20/11", undefined],
  ])("%s: %j", (text, told) => {
    expect(read(text).apology).toEqual(told);
  });
});

describe("codes, days and places in one message", () => {
  it("are each read for what they are", () => {
    const reading = read(
      "Tôi nộp hồ sơ H17.25-261105-0012 (thủ tục 1.001193) ngày 5/11 hẹn 10/11 ở phường Hải Châu, Đà Nẵng",
    );
    expect(reading.dossierCode).toBe("H17.25-261105-0012");
    expect(reading.procedureCode).toBe("1.001193");
    expect(reading.days).toEqual({ submitted: "2026-11-05", due: "2026-11-10" });
    expect(reading.place?.commune?.name).toBe("Phường Hải Châu");
    expect(reading.trackingCode).toBeUndefined();
    expect(reading.wrongTrackingCode).toBe(false);
  });
});

describe("cleaning a message", () => {
  it("takes out NUL and other control characters, and keeps line breaks", () => {
    expect(clean("khai\u0000 sinh\u0007\u001B[31m\u0085")).toBe("khai sinh[31m");
    expect(clean("dòng 1\r\ndòng\t2")).toBe("dòng 1\ndòng\t2");
  });

  it("takes out lone surrogates, and keeps whole ones", () => {
    expect(clean("a\uD800b\uDC00c😀")).toBe("abc😀");
  });

  it("takes out marks that turn the direction of writing or cannot be seen", () => {
    expect(clean("\u202Eabc\u202C\u2066d\u2069\u200F\u200E\u061C\uFEFF\u200Be")).toBe("abcde");
  });

  it("thins piled-up combining marks, so that the words can be read again", () => {
    const zalgo = "khai sinh".replaceAll(
      /\w/g,
      (letter) => `${letter}\u0335\u0321\u0353\u035A\u0314\u0301\u0300\u0300`,
    );
    expect(clean(zalgo).match(/\p{M}{3}/u)).toBeNull();
    expect(read(zalgo).syllables.map((syllable) => syllable.folded)).toEqual(["khai", "sinh"]);
  });

  it("leaves Vietnamese as it is, composed", () => {
    const text = "Tôi muốn đăng ký khai sinh cho cháu ở thị trấn Ái Nghĩa, nghễnh ngãng ỡm ờ";
    expect(clean(text.normalize("NFD"))).toBe(text);
  });

  it("gives well-formed text without control characters for any string, and never throws", () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
        fc.constantFrom(
          "\u0000",
          "\uD83D",
          "\uDE00",
          "\u202E",
          "\u0301",
          "\u200F",
          "ạ",
          "a\u0323",
          "\r",
          "\n",
          "<b>",
          "'",
        ),
      ),
      maxLength: 80,
    });
    fc.assert(
      fc.property(nasty, (text) => {
        const cleaned = clean(text);
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleaned).not.toMatch(
          /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFD]|\p{M}{3}/u,
        );
        expect(cleaned).toBe(cleaned.trim());
      }),
      { numRuns: 2000 },
    );
  });
});

describe("whatever is sent", () => {
  it("is read without failing", () => {
    const piece = fc.constantFrom(
      "cán bộ",
      "phường",
      "MC-",
      "H17.",
      "5/11",
      "khai sinh",
      "\u0000",
      "\uD800",
      "\u202E",
      "😀",
      "'; drop table",
      "<script>",
      "%s%n",
      "１２",
      "ﷺ",
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(" ")),
      fc.string({ unit: "binary", maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const reading = read(typed);
        expect(reading.text.isWellFormed()).toBe(true);
        expect(Number.isFinite(reading.grievance.likelihood)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("is read in good time when it is very long", () => {
    for (const typed of [
      "a".repeat(100_000),
      "cán bộ ".repeat(15_000),
      "5/11 ".repeat(20_000),
      "\u0301".repeat(100_000),
    ]) {
      const start = performance.now();
      read(typed);
      expect(performance.now() - start).toBeLessThan(10_000);
    }
  });
});
