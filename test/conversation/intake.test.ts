import { describe, expect, it } from "vitest";
import { Step } from "../../src/complaints/draft.ts";
import { openNotice } from "../../src/messages/delivery.ts";
import { day, vietnamese } from "../../src/wording/citizen.ts";
import { english } from "../../src/wording/citizen-en.ts";
import { noticeFacts } from "../../src/wording/official.ts";
import { guide, history, notices, type Said, type Talk, talk, talkAt } from "./talk.ts";

const words = vietnamese.complaint;
/** Names a commune that is no more, the unit, both days; lacks the dossier code, the name and the address. */
const LATE =
  "Tôi nộp hồ sơ đăng ký khai sinh ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả";
const BRIBE = "Cán bộ tư pháp phường Hải Châu đòi tôi năm trăm nghìn mới chịu nhận hồ sơ";
const DOSSIER = "H17.25-261102-0012";
const PERSON = "Trần Thị Hoa";
const PHONE = "0905123456";

/** The sentence that asks each step. */
const QUESTIONS: Readonly<Record<Exclude<Step, "preview">, string>> = {
  kind: words.askKind,
  story: words.askStory,
  missing: words.askMissing(["place", "about", "promised"]),
  place: words.askPlace,
  about: words.askAbout,
  dossier: words.askDossier,
  promised: words.askPromised,
  supplements: vietnamese.before.supplements.ask,
  supplemented: vietnamese.before.supplements.askDay,
  apology: vietnamese.lateness.askApology,
  reappointed: vietnamese.lateness.askReappointed,
  person: words.askPerson,
  email: words.askEmail,
};

/** An answer to each step of a late dossier's complaint, by typing; kinds by their number. */
const ANSWERS: Readonly<Record<Exclude<Step, "preview">, string>> = {
  kind: "3",
  story: "Cứ bị khất hết lần này đến lần khác, bắt bổ sung hoài mà không ai cho biết vì sao",
  missing: "UBND xã Núi Thành, Đà Nẵng, hẹn ngày 9/11",
  place: "xã Núi Thành, Đà Nẵng",
  about: "UBND xã Núi Thành",
  dossier: DOSSIER,
  promised: "09/11/2026",
  supplements: "3 lần, chỉ nói miệng",
  supplemented: "06/11/2026",
  apology: "2",
  reappointed: "16/11/2026",
  person: `${PERSON}, ${PHONE}`,
  email: "hoa@example.com",
};

/** A late dossier's complaint that is being asked this step, everything before it answered. */
const at = (step: Step): Talk => talkAt(step, ANSWERS);

/** Skips what may be skipped until the preview is shown, which is handed back. */
function toPreview(person: Talk, last: Said): Said {
  let said = last;
  for (let turn = 0; person.draft().step !== "preview"; turn++) {
    if (turn === Step.options.length) throw new Error(`no preview after ${person.draft().step}`);
    said = person.types(words.skip);
  }
  return said;
}

/** What a late dossier's complaint is asked, one after the other. */
const ASKED: readonly Step[] = [
  "kind",
  "story",
  "missing",
  "supplements",
  "supplemented",
  "apology",
  "reappointed",
];

/** The draft, but for when and how often it was shown. */
const told = (person: Talk): object => ({ ...person.draft(), shown: 0, shownAt: undefined });

describe("telling a complaint", () => {
  it("asks one thing after another, each once, and files exactly what was said", () => {
    const person = talk();
    const said = [person.types("phản ánh").text];
    const steps: Step[] = [];
    for (let { step } = person.draft(); step !== "preview"; step = person.draft().step) {
      steps.push(step);
      expect(said.at(-1), step).toContain(QUESTIONS[step]);
      said.push(person.types(ANSWERS[step]).text);
    }
    expect(steps).toEqual(ASKED);
    person.presses(words.send);
    expect(person.mine()[0]?.filing).toMatchObject({
      kind: "late",
      text: ANSWERS.story,
      place: { name: "Xã Núi Thành, Thành phố Đà Nẵng" },
      about: { id: "ubnd-xa-nui-thanh-da-nang" },
      promisedDate: "2026-11-09",
      supplements: { times: 3, inWriting: false, lastOn: "2026-11-06" },
    });
    for (const fact of ["dossierCode", "named"]) expect(person.mine()[0]?.filing).not.toHaveProperty(fact);
    expect(person.mine()[0]?.mailed).toBeUndefined();
  });

  it.each(["place", "about", "promised"] as const)(
    "asks for the %s by itself where it alone is missing",
    (step) => {
      const person = at(step);
      expect(person.types("phản ánh").text).toContain(QUESTIONS[step]);
      person.types(ANSWERS[step]);
      expect(person.draft().step).toBe("supplements");
    },
  );

  it("does not ask again what the first message already tells, and says what an old place is called now", () => {
    const person = talk();
    const said = [person.types(LATE)];
    expect(said[0]?.text).toContain(words.heard(vietnamese.kinds.late));
    expect(said[0]?.text).toContain("nay thuộc Xã Núi Thành, Thành phố Đà Nẵng");
    said.push(person.presses(vietnamese.lateness.apology.none));
    expect(person.draft().step).toBe("preview");
    const all = said.map(({ text }) => text).join("\n");
    expect(all.split(QUESTIONS.apology)).toHaveLength(2);
    for (const [step, question] of Object.entries(QUESTIONS))
      if (step !== "apology") expect(all, step).not.toContain(question);
    expect(person.draft()).toMatchObject({
      kind: "late",
      story: [LATE],
      submittedOn: "2026-11-02",
      promisedDate: "2026-11-09",
    });
  });

  it("goes by numbers alone from the greeting to the tracking code, but for the story itself", () => {
    const person = talk();
    expect(person.types("/start").choices.length).toBeGreaterThan(0);
    person.types("1");
    expect(person.draft().step).toBe("kind");
    person.types("3");
    expect(person.draft()).toMatchObject({ step: "story", kind: "late" });
    person.types("Đã quá hẹn hai tuần, hỏi thì cán bộ bảo cứ về chờ không biết khi nào");
    for (let turn = 0; person.draft().step !== "preview"; turn++) {
      expect(turn).toBeLessThan(Step.options.length);
      // The way on is the last number: skip, no name.
      const { menu } = person.session();
      person.types(String(menu.length));
    }
    const code = /MC-\S+/.exec(person.types("1").text)?.[0];
    expect(person.mine()[0]?.trackingCode).toBe(code);
    expect(person.mine()[0]?.filing.named).toBeUndefined();
  });

  it("offers as many kinds as there are, and takes each by its number, its name, and its button", () => {
    const offered = at("kind").types("trợ giúp").choices;
    expect(offered).toHaveLength(Object.keys(vietnamese.kinds).length);
    for (const [index, { id, label }] of offered.entries()) {
      for (const take of [
        (person: Talk) => person.types(String(index + 1)),
        (person: Talk) => person.types(label),
        (person: Talk) => person.chooses(id),
      ]) {
        const person = at("kind");
        take(person);
        expect(person.draft()).toMatchObject({ kind: id.split(":")[2], step: "story" });
      }
    }
  });

  it("never takes a bare number beyond the list, a smiley or a row of dots for an answer", () => {
    for (const step of Step.options) {
      for (const nothing of ["0", "77", "👍👍", "...", "?!"]) {
        const person = at(step);
        const before = told(person);
        person.types(nothing);
        expect(told(person), `${step} ${nothing}`).toEqual(before);
      }
    }
  });

  it("asks again, with the same buttons, what it could not read", () => {
    for (const [step, unreadable] of [
      ["missing", "..."],
      ["place", "Atlantis dưới đáy biển"],
      ["dossier", "tôi không nhớ rõ"],
      ["promised", "cuối tháng gì đó"],
      ["apology", "có giấy tờ gì đó"],
      ["reappointed", "cuối tháng gì đó"],
      ["person", "0905123456"],
      ["email", "hoa at example"],
    ] as const) {
      const person = at(step);
      const offered = person.session().menu;
      const before = person.draft();
      const said = person.types(unreadable);
      expect(person.draft(), step).toEqual(before);
      expect(said.choices, step).toEqual(offered);
    }
  });

  it("offers a choice where several places have the name, takes one by its number, and no other", () => {
    const person = at("place");
    const said = person.types("phường An Phú");
    expect(said.text).toContain(words.placeMany("phường An Phú"));
    const choices = said.choices.filter(({ id }) => id.startsWith("d:place:"));
    expect(choices.length).toBeGreaterThan(1);
    person.chooses("d:place:00004");
    expect(person.draft()).toMatchObject({ step: "place" });
    expect(person.draft().place).toBeUndefined();
    person.types("2");
    expect(person.draft().place?.code).toBe(choices[1]?.id.split(":")[2]);
  });

  it("goes one step back at every step, forgetting that answer alone, and says so at the first", () => {
    const first = at("kind");
    expect(first.types("quay lại").text).toContain(words.nothingBefore);
    for (const [index, step] of ASKED.entries()) {
      if (index === 0) continue;
      const person = at(step);
      const before = at(ASKED[index - 1] ?? "kind");
      person.types("quay lại");
      expect(told(person), `back from ${step}`).toEqual(told(before));
      expect(person.session().menu).toEqual(before.session().menu);
    }
  });

  it("goes back from what a button of the preview asked to the preview, and then forgets what was added last", () => {
    const additions = ["dossier", "person", "email"] as const;
    for (const [index, step] of additions.entries()) {
      const person = at(step);
      const { done } = person.draft();
      expect(person.types("quay lại").text, step).toContain("XEM TRƯỚC");
      expect(person.draft()).toMatchObject({ step: "preview", done });
      person.types("quay lại");
      expect(person.draft().step).toBe(additions[index - 1] ?? "reappointed");
    }
  });

  it("goes all the way back and all the way on again to the same preview", () => {
    const person = at("preview");
    const once = told(person);
    for (let turn = 0; person.draft().done.length > 0; turn++) {
      expect(turn).toBeLessThan(2 * Step.options.length);
      person.types("quay lại");
    }
    expect(person.draft()).toMatchObject({ step: "kind", story: [] });
    for (let { step } = person.draft(); step !== "preview"; step = person.draft().step)
      person.types(ANSWERS[step]);
    for (const step of ["dossier", "person", "email"] as const) person.types(ANSWERS[step]);
    expect(told(person)).toEqual(once);
  });

  it("skips one question when “Bỏ qua” is pressed twice, not two", () => {
    const person = at("missing");
    const { menu } = person.session();
    const skip = menu.find(({ label }) => label === words.skip)?.id ?? "";
    person.chooses(skip);
    expect(person.draft().step).toBe("supplements");
    person.chooses(skip);
    expect(person.draft().step).toBe("supplements");
  });
});

describe("praise that is bitter", () => {
  const BITTER =
    "Chị ở quầy phường Hải Châu, Đà Nẵng dễ thương lắm, dặn em lần sau nhớ đem theo giấy xác nhận em đúng là em";

  it("is not begun as praise, which goes to the unit itself: the person is asked what it is, and the words stay", () => {
    const person = talk();
    expect(person.types(BITTER).text).toContain(words.askKind);
    expect(person.draft()).toMatchObject({ step: "kind", story: [BITTER] });
    const asked = talk();
    asked.types("phản ánh");
    expect(asked.types(BITTER).text).toContain(words.askKind);
    expect(asked.draft()).toMatchObject({ step: "kind", story: [BITTER] });
  });

  it("is told from plain praise", () => {
    const person = talk();
    person.types("Cán bộ tư pháp phường Hải Châu, Đà Nẵng nhiệt tình, chu đáo, em cảm ơn");
    expect(person.draft().kind).toBe("praise");
  });
});

describe("the preview", () => {
  it("is word for word what the agency gets, for every kind of complaint, with and without a name", () => {
    for (const kind of Object.keys(vietnamese.kinds)) {
      for (const named of [true, false]) {
        const person = talk();
        person.types("phản ánh");
        person.chooses(`d:kind:${kind}`);
        person.types(ANSWERS.story);
        let preview = toPreview(person, person.types(ANSWERS.place));
        if (named) {
          person.presses(words.addName);
          preview = person.types(`${PERSON}, ${PHONE}`);
        }
        const sent = person.presses(words.send);
        const told = notices(person.deliveries());
        expect(told.length).toBeGreaterThan(0);
        for (const notice of told) {
          expect(preview.text, kind).toContain(
            `\n${noticeFacts(openNotice(notice, named ? { name: PERSON, phone: PHONE } : undefined))}\n`,
          );
          expect(preview.text).toContain(day(notice.due));
          expect(preview.text).toContain(notice.agency.name);
          expect(sent.text).toContain(notice.case);
          expect(notice.person).toEqual(named ? { toldBy: 0 } : null);
        }
        expect(preview.text.includes(words.hidden)).toBe(!named);
      }
    }
  });

  it("follows a story that is told anew: place and unit read off the former one do not stick", () => {
    const person = talk();
    toPreview(person, person.types(BRIBE));
    expect(person.draft().place?.name).toContain("Hải Châu");
    person.presses(words.editStory);
    const again = person.types("Cán bộ tư pháp phường Sơn Trà đòi tôi năm trăm nghìn mới chịu nhận hồ sơ");
    expect(again.text).toContain("Sơn Trà");
    expect(again.text).not.toContain("Hải Châu");
  });

  it("keeps the place and the unit that were answered when asked, whatever a story told anew mentions", () => {
    const person = at("preview");
    const { place, about, promisedDate } = person.draft();
    person.presses(words.editStory);
    person.types("Cán bộ ở phường Sơn Trà hẹn ngày 12/11 mà chưa trả, tôi hỏi thì bị mắng");
    expect(person.draft()).toMatchObject({ place, about, promisedDate, dossierCode: DOSSIER });
  });

  it("comes before anything is filed: no step but “send” files", () => {
    for (const step of Step.options) {
      const person = at(step);
      expect(person.mine(), step).toEqual([]);
      expect(person.deliveries()).toEqual([]);
    }
  });

  it("hides the name in cases of bribery and harassment without asking for it, unless the person insists", () => {
    const person = talk();
    const preview = toPreview(person, person.types(BRIBE));
    expect(person.draft().kind).toBe("bribe");
    expect(preview.text).toContain(words.hidden);
    expect(person.presses(words.addName).text).toContain(words.insistPerson);
    expect(person.types(`${PERSON}, ${PHONE}`).text).toContain(PERSON);
    const without = person.presses(words.removeName);
    expect(without.text).not.toContain(PERSON);
    person.presses(words.send);
    expect(JSON.stringify(person.deliveries())).not.toContain(PERSON);
    expect(JSON.stringify(person.deliveries())).not.toContain(PHONE);
  });

  it("shows the e-mail address to the person, apart from what the agency sees, and never sends it", () => {
    const person = at("preview");
    const preview = person.types("English");
    const [, seen = "", own = ""] = preview.text.split("———");
    expect(seen).not.toContain("hoa@example.com");
    expect(own).toContain(english.complaint.emailTo("hoa@example.com"));
    person.presses(english.complaint.send);
    expect(JSON.stringify(notices(person.deliveries()))).not.toContain("hoa@example.com");
  });

  it("does not take “đồng ý” typed as a name, nor a phone number alone", () => {
    const person = at("person");
    for (const text of ["đồng ý", "ok", "tôi sợ bị trù dập lắm", "0905 123 456", "yes"]) {
      person.types(text);
      expect(person.draft(), text).toMatchObject({ step: "person" });
      expect(person.draft().person).toBeUndefined();
    }
  });

  it("takes a plain “no” for a skip, and a name out of a sentence", () => {
    for (const step of ["missing", "dossier", "promised", "person", "email"] as const) {
      const person = at(step);
      const before = person.draft().person;
      person.types("không");
      expect(person.draft().step, step).not.toBe(step);
      expect(person.draft().person, step).toEqual(before);
    }
    const named = at("person");
    named.types("tôi tên là Trần Thị Bưởi, 0905123456");
    expect(named.draft().person).toEqual({ name: "Trần Thị Bưởi", phone: "0905123456" });
  });

  it("takes “đồng ý” or “gửi đi” for the button, and “không gửi nữa” for cancelling", () => {
    for (const text of ["đồng ý", "Gửi đi", "ok", "1."]) {
      const person = at("preview");
      person.types(text);
      expect(person.mine(), text).toHaveLength(1);
    }
    const person = at("preview");
    expect(person.types("không gửi nữa đâu").text).toBe(words.cancelAsk);
    expect(person.mine()).toEqual([]);
  });

  it("lets the story be written anew and shows the new one only", () => {
    const person = at("preview");
    person.presses(words.editStory);
    const again = person.types("Nội dung mới: hồ sơ bị trả lại ba lần không có văn bản nào");
    expect(again.text).toContain("Nội dung mới");
    expect(again.text).not.toContain(ANSWERS.story);
    person.presses(words.send);
    expect(person.mine()[0]?.filing.text).toBe("Nội dung mới: hồ sơ bị trả lại ba lần không có văn bản nào");
  });
});

describe("sending", () => {
  it("files once: the same button again gives the same code, and nothing new leaves", () => {
    const person = at("preview");
    const [send] = person.session().menu;
    const code = /MC-\S+/.exec(person.presses(words.send).text)?.[0] ?? "none";
    const promised = person.deliveries();
    for (let turn = 0; turn < 3; turn++) expect(person.chooses(send?.id ?? "").text).toContain(code);
    expect(person.mine()).toHaveLength(1);
    expect(history(person.mine()[0])).toEqual(["filed"]);
    expect(person.deliveries()).toEqual(promised);
  });

  it("does not send by the button of an older preview, whatever was changed since", () => {
    for (const change of [
      (person: Talk) => person.presses(words.removeName),
      (person: Talk) => {
        person.presses(words.editStory);
        return person.types("Nội dung mới: hồ sơ bị trả lại ba lần không có văn bản nào");
      },
      (person: Talk) => {
        person.types("quay lại");
        return person.types("khac@example.com");
      },
      (person: Talk) => {
        person.types("hủy");
        return person.presses(words.cancelNo);
      },
      (person: Talk) => person.types("tiếng anh"),
    ]) {
      const person = at("preview");
      const [old] = person.session().menu;
      change(person);
      expect(person.draft().step).toBe("preview");
      const [now] = person.session().menu;
      expect(now?.id).not.toBe(old?.id);
      const told = person.chooses(old?.id ?? "");
      expect(person.mine()).toEqual([]);
      expect(told.choices.length).toBeGreaterThan(0);
      // The preview shown instead can be sent.
      person.chooses(told.choices[0]?.id ?? "");
      expect(person.mine()).toHaveLength(1);
    }
  });

  it("does not send from a step before the preview, though the button was shown earlier", () => {
    const person = at("preview");
    const [old] = person.session().menu;
    person.types("quay lại");
    expect(person.draft().step).toBe("email");
    person.chooses(old?.id ?? "");
    expect(person.mine()).toEqual([]);
    expect(person.draft().step).toBe("email");
  });

  it("does not let the buttons of an earlier complaint's preview lead past the questions of the next", () => {
    const person = at("preview");
    const old = person.session().menu.map(({ id }) => id);
    person.presses(words.send);
    for (const id of [...old, "d:noname"]) {
      const next = person.fork();
      next.types("phản ánh");
      next.chooses(id);
      for (const { id: offered } of next.session().menu) next.fork().chooses(offered);
      expect(next.draft().step, id).not.toBe("preview");
      expect(next.mine(), id).toHaveLength(1);
    }
  });

  it("says who must answer by when, and that working days are counted", () => {
    const person = at("preview");
    const said = person.presses(words.send);
    const [complaint] = person.mine();
    expect(said.text).toContain(day(complaint?.answerDue ?? ""));
    expect(said.text).toContain(guide.rules.directory.agencies.get(complaint?.route.to[0] ?? "")?.name);
    // Five working days from Friday, 20 November; Tuesday the 24th is a public holiday.
    expect(complaint?.answerDue).toBe("2026-11-30");
    expect(complaint?.route.to).not.toContain("ubnd-xa-nui-thanh-da-nang");
  });
});
