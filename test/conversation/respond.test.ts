import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Step } from "../../src/complaints/draft.ts";
import { Session } from "../../src/conversation/session.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { history, type Talk, talk, talkAt } from "./talk.ts";

const { answers, complaint: words, after, menu } = vietnamese;
const STORY = "Tôi nộp hồ sơ đăng ký khai sinh ngày 2/11, bắt bổ sung hoài mà tới nay vẫn chưa trả kết quả";
const BRIBE = "Cán bộ đòi tôi năm trăm nghìn mới chịu nhận hồ sơ, không đưa thì bắt chờ";
const PERSON = "Trần Thị Hoa, 0905123456";
const ANSWERS: Readonly<Record<Exclude<Step, "preview">, string>> = {
  kind: "3",
  story: STORY,
  missing: "UBND xã Núi Thành, Đà Nẵng, hẹn ngày 9/11",
  place: "xã Núi Thành, Đà Nẵng",
  about: "UBND xã Núi Thành",
  dossier: "H17.25-261102-0012",
  promised: "09/11/2026",
  supplements: "2 lần, có phiếu",
  supplemented: "06/11/2026",
  apology: "2",
  reappointed: "16/11/2026",
  person: PERSON,
  email: "hoa@example.com",
};

/** A late dossier's complaint that is being asked this step. */
const at = (step: Step, person?: Talk): Talk => talkAt(step, ANSWERS, person);

/** A person whose complaint was filed. */
function filed(person?: Talk): Talk {
  const sender = at("preview", person);
  sender.presses(words.send);
  return sender;
}

/** What was told so far, without how often it was shown. */
function told(person: Talk): object {
  return { ...person.draft(), shown: 0, shownAt: undefined, path: undefined };
}

/** Said at any moment, these leave what is being told as it is. */
const HARMLESS = [
  "trợ giúp",
  "tro giup",
  "hủy",
  "huy",
  "phản ánh",
  "khiếu nại",
  "tra cứu",
  "tra cứu MC-7K4P-29QX-84MT",
  "gặp cán bộ",
  "quyền riêng tư",
  "xóa dữ liệu",
  "English",
  "tiếng Việt",
  "/start",
  "/start abc",
  "/help",
  "/phananh",
  "/tracuu",
  "/huy",
  "/ngonngu",
  "/privacy",
  "/xoadulieu",
] as const;

describe("while a complaint is being told", () => {
  describe.each(Step.options)("at the step “%s”", (step) => {
    it.each(HARMLESS)("“%s” is understood and loses nothing", (command) => {
      const person = at(step);
      const before = told(person);
      const said = person.types(command);
      expect(said.text).not.toBe("");
      expect(person.mine()).toEqual([]);
      expect(told(person)).toEqual(before);
      // Nor is what follows: the next answer goes to the step that is open.
      if (step === "preview") return;
      person.types("phản ánh");
      person.types(ANSWERS[step]);
      expect(person.draft().step).not.toBe(step);
    });

    it("a greeting wipes nothing", () => {
      for (const greeting of ["chào", "xin chào", "hello", "chào em", "cảm ơn"]) {
        const person = at(step);
        const before = told(person);
        person.types(greeting);
        // A name is whatever letters are typed for it; everything else stays.
        if (step !== "person") expect(told(person), greeting).toEqual(before);
      }
    });

    it("what cannot be read wipes nothing, and the buttons stay open", () => {
      for (const body of [
        { kind: "unsupported" },
        { kind: "text", text: "" },
        { kind: "text", text: " \u0000\u202E\u200B \uD800 " },
        { kind: "text", text: "dài ".repeat(25_000) },
      ] as const) {
        const person = at(step);
        const before = told(person);
        const open = person.session().menu;
        person.receives(body);
        expect(told(person)).toEqual(before);
        expect(person.session().menu).toEqual(open);
      }
    });

    it("“hủy” asks first: “Viết tiếp” goes on where it was, “Bỏ” drops it, anything else keeps it", () => {
      const person = at(step);
      const before = told(person);
      const asked = person.types("hủy");
      expect(asked.text).toContain(words.cancelAsk);
      expect(asked.choices.map(({ label }) => label)).toEqual([words.cancelYes, words.cancelNo]);
      expect(told(person)).toEqual(before);
      const keeps = person.fork();
      keeps.presses(words.cancelNo);
      expect(told(keeps)).toEqual(before);
      const other = person.fork();
      other.types("trợ giúp");
      expect(told(other)).toEqual(before);
      for (const drop of [() => person.fork(), () => person]) {
        const drops = drop();
        drops.types("1");
        expect(drops.session().draft).toBeUndefined();
        expect(drops.mine()).toEqual([]);
      }
    });

    it("a button that never was or belongs to another moment changes nothing and is told", () => {
      for (const id of [
        "",
        ":",
        "x",
        "d",
        "d:",
        "d:kind:__proto__",
        "d:place:99999",
        "d:about:constructor",
        "d:send:other:1",
        "d:drop:other",
        "d:drop",
        "c:yes:other",
        "c:no:other",
        "c:info:other",
        "c:send:other",
        "p:0.000000:fee",
        "p:toString",
        "o:answer:other",
        "😀",
        "d:".repeat(1000),
      ]) {
        const person = at(step);
        const before = told(person);
        expect(person.chooses(id).text, id).not.toBe("");
        expect(told(person), id).toEqual(before);
        expect(person.mine(), id).toEqual([]);
      }
    });

    it("another language keeps everything told and asks on in it", () => {
      const person = at(step);
      const before = told(person);
      const said = person.types("English");
      expect(said.text).toContain(english.menu.language);
      expect(person.session().language).toBe("en");
      expect(told(person)).toEqual(before);
      const back = person.types("tiếng Việt");
      expect(back.text).toContain(menu.language);
      expect(told(person)).toEqual(before);
    });
  });

  it("a complaint begun in Vietnamese is finished in English, and its notices come in English", () => {
    const person = at("missing");
    person.types("English");
    for (let { step } = person.draft(); step !== "preview"; step = person.draft().step)
      person.types(ANSWERS[step]);
    const sent = person.presses(english.complaint.send);
    expect(sent.text).toContain(person.mine()[0]?.trackingCode);
    expect(person.mine()[0]).toMatchObject({ language: "en", filing: { kind: "late", text: STORY } });
  });

  it("an emergency is answered first, and the complaint goes on", () => {
    const person = at("missing");
    const said = person.types("cứu tôi với có người đang đánh tôi, gọi công an giúp");
    expect(said.text).toContain("113");
    expect(person.draft().story).toEqual([STORY]);
  });

  it("erasing is asked first and wipes the draft only on “Xóa”", () => {
    const person = at("email");
    const before = told(person);
    person.types("xóa dữ liệu");
    const keeps = person.fork();
    keeps.presses(vietnamese.erasing.no);
    expect(told(keeps)).toEqual(before);
    const said = person.presses(vietnamese.erasing.yes);
    expect(said.outcome.erase).toBe(true);
    expect(person.session().draft).toBeUndefined();
  });

  it("the “Bỏ” of an earlier complaint does not drop the next one", () => {
    const person = at("place");
    const old = person.types("hủy").choices[0]?.id ?? "";
    person.presses(words.cancelYes);
    at("about", person);
    const before = told(person);
    person.chooses(old);
    expect(told(person)).toEqual(before);
  });
});

describe("a number or a label", () => {
  it("means a line of the list shown last", () => {
    const person = talk();
    const { choices } = person.types("làm giấy khai sinh");
    expect(choices.length).toBeGreaterThan(0);
    const byNumber = person.fork().types("1").text;
    expect(person.fork().types(choices[0]?.label ?? "").text).toBe(byNumber);
    expect(person.fork().chooses(choices[0]?.id ?? "").text).toBe(byNumber);
  });

  it("is told to mean nothing when no list is open", () => {
    for (const number of ["0", "1", "9", "42"]) expect(talk().types(number).text).toBe(answers.noMenu);
  });

  it("beyond the list leaves the list open", () => {
    const person = talk();
    const { choices } = person.types("làm giấy khai sinh");
    expect(person.types(String(choices.length + 1)).text).toBe(words.useButtons);
    expect(person.session().menu).toEqual(choices);
    expect(person.types("1").text).not.toBe(answers.noMenu);
  });

  it("settles nothing by chance while two cases wait: the person presses the button of one", () => {
    const person = filed(filed());
    const [newer, older] = person.mine();
    if (!newer || !older) throw new Error("two complaints were filed");
    person.agency({ action: "answer", text: "Đã xong việc thứ hai" }, newer);
    person.agency({ action: "answer", text: "Đã xong việc thứ nhất" }, older);
    person.types("1");
    expect(person.mine().map(({ status }) => status)).toEqual(["answered", "answered"]);
    expect(person.chooses(`c:yes:${older.id}`).text).toContain(after.confirmed(older.trackingCode));
    expect(person.mine().find(({ id }) => id === newer.id)?.status).toBe("answered");
  });

  it("no longer means the notice once something else was said and listed after it", () => {
    const person = filed();
    person.agency({ action: "answer", text: "Đã xong" });
    person.types("làm giấy khai sinh");
    person.types("1");
    expect(person.mine()[0]?.status).toBe("answered");
  });
});

describe("after filing", () => {
  it("“not solved” asks why, and the reason goes to the agency as typed", () => {
    const person = filed();
    person.agency({ action: "answer", text: "Đã xong" });
    expect(person.types("2").text).toBe(after.askReason);
    person.types("Chưa ai đưa tôi giấy nào");
    expect(history(person.mine()[0]).at(-1)).toBe("disputed");
    expect(person.mine()[0]?.events.at(-1)).toMatchObject({ reason: "Chưa ai đưa tôi giấy nào" });
  });

  it("“solved” closes it once; pressed again or after a change it says that things have moved", () => {
    const person = filed();
    person.agency({ action: "answer", text: "Đã xong" });
    const { id } = person.mine()[0] ?? { id: "" };
    person.chooses(`c:yes:${id}`);
    for (const action of ["yes", "idyes", "quit"])
      expect(person.chooses(`c:${action}:${id}`).text).toBe(after.tooLate);
    expect(history(person.mine()[0]).filter((type) => type === "confirmed")).toHaveLength(1);
  });

  it("a text typed beside an agency's question is sent only after “yes”", () => {
    const person = filed();
    person.agency({ action: "ask", text: "Bé sinh ở đâu?" });
    const asked = person.types("Bệnh viện Đa khoa Quảng Nam");
    expect(asked.text).toBe(after.sendInformation(person.mine()[0]?.trackingCode ?? ""));
    expect(history(person.mine()[0]).at(-1)).toBe("asked");
    const drops = person.fork();
    drops.presses(words.cancel);
    expect(history(drops.mine()[0]).at(-1)).toBe("asked");
    expect(drops.session().expecting).toBeUndefined();
    person.presses(words.send);
    expect(person.mine()[0]?.events.at(-1)).toMatchObject({
      type: "informed",
      text: "Bệnh viện Đa khoa Quảng Nam",
    });
  });

  it.each(["hủy", "quay lại"])(
    "“%s” takes back that a reason is awaited: the next text does not go out",
    (word) => {
      const person = filed();
      person.agency({ action: "answer", text: "Đã xong" });
      person.chooses(`c:no:${person.mine()[0]?.id}`);
      person.types(word);
      person.types("làm căn cước cần gì");
      expect(person.mine()[0]?.status).toBe("answered");
    },
  );

  it("a cry for help in the midst of an answer to an agency gets the number to call", () => {
    const person = filed();
    person.agency({ action: "answer", text: "Đã xong" });
    person.chooses(`c:no:${person.mine()[0]?.id}`);
    expect(person.types("tôi muốn tự tử vì chuyện này").text).toContain("115");
  });
});

describe("when a reason is awaited for one case while another is being told", () => {
  /** Asked for the name in a new complaint, then "not solved" pressed under the old one's notice. */
  function between(): Talk {
    const person = filed();
    at("person", person);
    person.agency({ action: "answer", text: "Đã xong" });
    expect(person.chooses(`c:no:${person.mine()[0]?.id}`).text).toBe(after.askReason);
    return person;
  }

  it("the next text is the reason, and the draft stays", () => {
    const person = between();
    const before = told(person);
    person.types("Chưa ai đưa tôi giấy nào");
    expect(person.mine()[0]?.status).toBe("disputed");
    expect(told(person)).toEqual(before);
  });

  it.each([
    ["hủy"],
    ["quay lại"],
    ["phản ánh"],
    ["hủy", "phản ánh"],
    ["trợ giúp", "phản ánh"],
    ["tiếng Anh", "phản ánh"],
  ])("a name given to the draft after “%s” does not go to the other case's agency", (...said) => {
    const person = between();
    for (const word of said) person.types(word);
    if (person.draft().step === "promised") person.types(ANSWERS.promised);
    person.types(PERSON);
    expect(person.mine()[0]?.status).toBe("answered");
    expect(person.draft().person).toEqual({ name: "Trần Thị Hoa", phone: "0905123456" });
  });

  it("a name given after a button of the draft was pressed does not go to the other case's agency", () => {
    const person = between();
    person.chooses("d:keep");
    person.types(PERSON);
    expect(person.mine()[0]?.status).toBe("answered");
    expect(person.draft().person?.name).toBe("Trần Thị Hoa");
  });
});

describe("whatever is said, in whatever order", () => {
  const typed = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(...HARMLESS, "quay lại", "bỏ qua", "đồng ý gửi", "không ghi tên"),
    },
    { weight: 4, arbitrary: fc.nat({ max: 11 }).map(String) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(...Object.values(ANSWERS), BRIBE, "làm giấy khai sinh", "phí bao nhiêu"),
    },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 30 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  );
  const move = fc.oneof(
    { weight: 8, arbitrary: typed.map((text) => ({ kind: "types", text }) as const) },
    { weight: 4, arbitrary: fc.nat().map((which) => ({ kind: "presses", which }) as const) },
    { weight: 2, arbitrary: fc.nat().map((which) => ({ kind: "presses old", which }) as const) },
    { weight: 1, arbitrary: fc.string().map((id) => ({ kind: "invents", id }) as const) },
    { weight: 1, arbitrary: fc.constant({ kind: "sends a sticker" } as const) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom("acknowledge" as const, "ask" as const, "answer" as const)
        .map((action) => ({ kind: "agency", action }) as const),
    },
  );

  const beginning = fc.option(fc.constantFrom(...Step.options), { nil: undefined });

  it("the conversation answers, can be stored, and files only what its newest preview showed", () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(move, { minLength: 5, maxLength: 25 }), beginning, (moves, begun) => {
        const person = begun ? at(begun) : talk();
        const buttons: string[] = person.session().menu.map(({ id }) => id);
        // Some steps are left by nearly every move.
        reached.add(person.session().draft?.step ?? "none");
        for (const next of moves) {
          if (next.kind === "agency") {
            const waiting = person.mine().find(({ status }) => status === "registered");
            if (waiting) {
              const deed = next.action === "acknowledge" ? next : { ...next, text: "Bé sinh ở đâu?" };
              person.agency({ ...deed } as Parameters<Talk["agency"]>[0], waiting);
            }
            continue;
          }
          const before = person.session();
          const known = person.mine().length;
          const open = before.menu;
          const id =
            next.kind === "presses"
              ? open[next.which % Math.max(open.length, 1)]?.id
              : next.kind === "presses old"
                ? buttons[next.which % Math.max(buttons.length, 1)]
                : next.kind === "invents"
                  ? next.id
                  : undefined;
          const said =
            next.kind === "types"
              ? person.types(next.text)
              : next.kind === "sends a sticker"
                ? person.receives({ kind: "unsupported" })
                : person.chooses(id ?? "");
          const { outcome } = said;
          expect(Session.safeParse(outcome.session).success).toBe(true);
          expect(person.session()).toEqual(outcome.session);
          expect(outcome.replies.length).toBeGreaterThan(0);
          for (const reply of outcome.replies) {
            expect(reply.text.trim()).not.toBe("");
            expect(reply.text).not.toMatch(/undefined|\[object|NaN/);
            expect(new Set(reply.choices.map((choice) => choice.id)).size).toBe(reply.choices.length);
            for (const choice of reply.choices) {
              expect(Buffer.byteLength(choice.id)).toBeLessThanOrEqual(64);
              expect(choice.label.trim()).not.toBe("");
            }
          }
          if (person.mine().length > known) {
            reached.add("filed");
            const { draft } = before;
            expect(draft?.step).toBe("preview");
            expect(draft?.story.length).toBeGreaterThan(0);
            expect(person.mine().length).toBe(known + 1);
            expect(person.mine().find((one) => one.id === draft?.id)?.filing.text).toBe(
              draft?.story.join("\n"),
            );
          }
          reached.add(person.session().draft?.step ?? "none");
          buttons.push(...said.choices.map((choice) => choice.id));
        }
      }),
      { numRuns: 150 },
    );
    // A property that never came to a step, or to filing, would have shown nothing.
    expect([...reached].toSorted()).toEqual([...Step.options, "filed", "none"].toSorted());
  });
});
