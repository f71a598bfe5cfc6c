import { describe, expect, it, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { official } from "../../src/wording/official.ts";
import { officialButtons, officialChat } from "../../src/wording/official-chat.ts";
import { CENTRE, CITY, COMMUNE, directory, filing, INSPECTORATE, NOW } from "../complaints/case.ts";
import { CODE, openDesk, PERSON, SECOND_CODE } from "./desk.ts";

const { form, list, card, signature } = officialChat;
const { questions } = form;
const nameOf = (id: string): string => directory.agencies.get(id)?.name ?? "";
const label = (act: Parameters<typeof officialButtons>[1][number]): string =>
  officialButtons(CODE, [act])[0]?.label ?? "";

describe("an answer in parts", () => {
  it("is asked for step by step, shown as the person will read it, and sent only then", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    expect((await clerk.says(`/traloi ${CODE}`)).text).toBe(form.step(CODE, 1, 4, questions.answer.found));
    expect((await clerk.says("Cán bộ có quát dân")).text).toContain(questions.answer.done);
    const basis = await clerk.says("Đã nhắc nhở trước toàn đơn vị");
    expect(basis.text).toContain(questions.answer.basis);
    await clerk.presses(form.skip);
    const preview = await clerk.presses(form.skip);
    const words = "Kết quả xác minh: Cán bộ có quát dân\nĐã giải quyết: Đã nhắc nhở trước toàn đơn vị";
    expect(preview.text).toBe(form.preview(vietnamese.notices.answered(CODE, nameOf(COMMUNE), words)));
    expect(await desk.promised()).toEqual([]);
    expect((await clerk.presses(form.send)).text).toBe(official.done.answer(CODE));
    expect(await desk.read()).toMatchObject({ status: "answered" });
    const [told] = await desk.promised();
    expect(told?.content).toMatchObject({ kind: "person", text: expect.stringContaining(words) });
    // The button under the old preview sends nothing a second time.
    expect((await clerk.presses(form.send, preview)).text).toBe(form.stale);
  });

  it("needs what was found and done: these cannot be skipped, and blanks are asked for again", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    const first = await clerk.says(`/traloi ${CODE}`);
    expect(first.choices.map((choice) => choice.label)).toEqual([form.cancel]);
    expect((await clerk.says("   \n ")).text).toContain(questions.answer.found);
    expect((await clerk.says("x".repeat(4001))).text).toContain(official.tooLong);
    expect((await desk.read()).revision).toBe(1);
  });

  it("says at once what is too little or left to fill in, and keeps the question", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    await clerk.says(`/traloi ${CODE}`);
    const blank = await clerk.says("Trễ do [điền: nguyên nhân]");
    expect(blank.text).toContain(official.blankLeft("[điền: nguyên nhân]"));
    expect(blank.text).toContain(questions.answer.found);
    expect((await clerk.says("a")).text).toContain(official.tooShort);
    await clerk.says("Có");
    const little = await clerk.says("xg");
    expect(little.text).toContain(official.tooShort);
    expect(little.text).toContain(questions.answer.done);
    expect((await clerk.says("Đã nhắc nhở")).text).toContain(questions.answer.basis);
    await clerk.says("/traloi " + CODE + " Kết quả là [điền: kết quả]");
    expect((await desk.read()).revision).toBe(1);
  });

  it("goes back a question, and is given up by a button or a word", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    await clerk.says(`/traloi ${CODE}`);
    await clerk.says("Một");
    expect((await clerk.presses(form.back)).text).toContain(questions.answer.found);
    await clerk.says("Hai");
    expect((await clerk.says("quay lại")).text).toContain(questions.answer.found);
    expect((await clerk.says("hủy")).text).toBe(form.cancelled);
    // From now on words are a citizen's again.
    expect((await clerk.says("cảm ơn")).text).not.toContain(CODE);
    expect((await desk.read()).revision).toBe(1);
  });

  it("is chosen by numbers alone where a channel has no buttons", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    await clerk.says(`/hoi ${CODE}`);
    const preview = await clerk.says("Quầy số mấy?");
    expect(preview.choices[0]?.label).toBe(form.send);
    expect((await clerk.says("1")).text).toBe(official.done.ask(CODE));
    expect((await desk.read()).status).toBe("needs_info");
  });

  it("waits for a button or “gửi” once it is shown: other words change nothing", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    await clerk.says(`/baocao ${CODE}`);
    await clerk.says("Đang xác minh");
    const again = await clerk.says("ok nhé");
    expect(again.text).toContain(form.useButtons);
    expect(again.text).toContain("Đang xác minh");
    expect((await clerk.says("Gửi")).text).toBe(official.done.progress(CODE));
    expect((await desk.read()).events.at(-1)).toMatchObject({ text: "Đang xác minh" });
  });

  it("does not take the words that the same person types as a citizen whom the bot asked since", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    await clerk.says(`/baocao ${CODE}`);
    expect((await clerk.says("/phananh")).choices.length).toBeGreaterThan(0);
    expect((await clerk.says("1")).text).not.toContain(CODE);
    expect((await clerk.says("Cán bộ phường tôi quát dân")).text).not.toContain(CODE);
  });

  it("is forgotten after an hour: later words are no answer any more", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    const asked = await clerk.says(`/baocao ${CODE}`);
    desk.later(61);
    expect((await clerk.says("Đang xác minh")).text).not.toContain(CODE);
    expect((await clerk.presses(form.cancel, asked)).text).toBe(form.stale);
  });
});

describe("a case that somebody else touched meanwhile", () => {
  it("is shown again before a text is sent, with what was done, by whom and when", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    const other = await desk.clerk(71, COMMUNE);
    await clerk.says(`/baocao ${CODE}`);
    await clerk.says("Đang xác minh");
    await other.says(`/nhan ${CODE}`);
    const again = await clerk.presses(form.send);
    expect(again.text).toContain(`${nameOf(COMMUNE)} tiếp nhận`);
    expect(again.text).toContain("Đang xác minh");
    expect(again.text).not.toContain("telegram");
    expect((await clerk.presses(form.send)).text).toBe(official.done.progress(CODE));
  });

  it("is refused once it is answered, and says by which agency and when", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    const other = await desk.clerk(71, COMMUNE);
    await clerk.says(`/traloi ${CODE} Đã nhắc nhở`);
    for (const said of [
      await other.says(`/traloi ${CODE} Đã xin lỗi bà`),
      await other.says(`/nhan ${CODE}`),
      await other.says(`/giahan ${CODE}`),
    ])
      expect(said.text).toBe(`${official.alreadyAnswered} (${nameOf(COMMUNE)}, 09:00 ngày 21/11/2026)`);
  });

  it("that was handed on says so to who held it, and is unknown to all others", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    await clerk.says(`/chuyen ${CODE} ${INSPECTORATE} Đúng thẩm quyền`);
    expect((await clerk.says(`/traloi ${CODE}`)).text).toContain(official.handedOn);
    expect((await clerk.says(`/nhan ${CODE}`)).text).toContain(official.handedOn);
    const stranger = await desk.clerk(72, CITY);
    for (const text of [`/traloi ${CODE}`, `/nhan ${CODE}`, `/viec ${CODE}`])
      expect((await stranger.says(text)).text, text).toBe(official.unknownCase);
  });
});

describe("a transfer", () => {
  it("finds the agency by its name without marks, refuses the accused, and tells the person why", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    await clerk.says(`/chuyen ${CODE}`);
    expect((await clerk.says("abc xyz")).text).toContain(form.noAgency("abc xyz"));
    expect((await clerk.says("trung tam hanh chinh cong nui thanh")).text).toContain(
      official.transferToAccused,
    );
    const offered = await clerk.says("thanh tra tp da nang");
    expect(offered.text).toContain(form.choose);
    expect(offered.choices.length).toBeLessThanOrEqual(7);
    await clerk.presses(nameOf(INSPECTORATE));
    const preview = await clerk.says("Thuộc thẩm quyền thanh tra");
    expect(preview.text).toContain(
      vietnamese.notices.transferred(CODE, nameOf(INSPECTORATE), "Thuộc thẩm quyền thanh tra"),
    );
    expect((await clerk.presses(form.send)).text).toBe(official.done.transfer(CODE, nameOf(INSPECTORATE)));
    expect((await desk.read()).holders).toEqual([INSPECTORATE]);
  });
});

describe("more time", () => {
  it("is asked for with reason, day and apology; the second time by the head alone, and never a third", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    await clerk.says(`/giahan ${CODE}`);
    expect((await clerk.says("Cần xác minh thêm")).text).toContain("Muộn nhất: 07/12/2026");
    expect((await clerk.says("hôm nào đó")).text).toContain(form.dayUnclear);
    expect((await clerk.says("20/12/2026")).text).toContain(official.tooFar("2026-12-07"));
    await clerk.says("4/12");
    const preview = await clerk.says("Mong bà thông cảm");
    expect(preview.text).toContain("Mong bà thông cảm");
    await clerk.presses(form.send);
    expect(await desk.read()).toMatchObject({ answerDue: "2026-12-04" });
    expect((await desk.read()).events.at(-1)).toMatchObject({ apology: "Mong bà thông cảm" });
    expect((await clerk.says(`/giahan ${CODE}`)).text).toContain(official.extendedOnce);
    const head = await desk.clerk(71, COMMUNE, "head");
    expect((await head.says(`/giahan ${CODE} 7/12/2026 Chờ giám định`)).text).toBe(
      official.done.extend(CODE, "2026-12-07"),
    );
    expect((await head.says(`/giahan ${CODE} 8/12/2026 Chờ giám định`)).text).toContain(
      official.extendedTwice,
    );
  });
});

describe("the lists", () => {
  it("show all, those overdue and those taken by oneself, each with a button that opens the case", async () => {
    const desk = await openDesk();
    await desk.file();
    const second = SECOND_CODE;
    await desk.file(filing({ text: "Chuyện khác" }), { id: "case-2", code: second });
    const clerk = await desk.clerk(70, COMMUNE);
    const other = await desk.clerk(71, COMMUNE);
    expect((await clerk.says("/viec toi")).text).toBe(list.none.mine);
    await other.says(`/nhan ${second}`);
    await clerk.says(`/nhan ${CODE}`);
    const mine = await clerk.says("/viec tôi");
    expect(mine.text).toContain(CODE);
    expect(mine.text).not.toContain(second);
    expect((await clerk.says("/viec")).text).toMatch(new RegExp(`${CODE}[^]*${second}`));
    expect((await clerk.says("/viec quá hạn")).text).toBe(list.none.overdue);
    desk.later(11 * 24 * 60);
    expect((await clerk.says("/viec quahan")).choices).toHaveLength(2);
    expect((await clerk.says("/viec gì đó")).text).toBe(official.usage.list);
    const opened = await clerk.presses(list.button(CODE, "30/11/2026"), await clerk.says("/viec"));
    for (const part of [filing().text, card.due("2026-11-30"), nameOf(COMMUNE)])
      expect(opened.text).toContain(part);
    expect(opened.choices.map((choice) => choice.label)).not.toContain(label("ack"));
    const line = await clerk.presses(label("line"), opened);
    expect(line.text).toContain(`${nameOf(COMMUNE)} tiếp nhận`);
    expect(line.text).not.toMatch(/telegram|web:/);
  });

  it("name the person in the private chat of an agency of the preview, and open the name for nobody else", async () => {
    const desk = await openDesk();
    await desk.file(filing({ named: true }));
    const opening = vi.spyOn(desk.store, "identity");
    const group = await desk.clerk(1, COMMUNE, "officer", -100);
    expect((await group.says(`/viec ${CODE}`)).text).not.toContain(PERSON.name);
    expect(opening).not.toHaveBeenCalled();
    const clerk = await desk.clerk(1, COMMUNE);
    expect((await clerk.says(`/viec ${CODE}`)).text).toContain(`${PERSON.name}, ${PERSON.phone}`);
    await clerk.says(`/chuyen ${CODE} ${CITY} Đúng thẩm quyền`);
    const city = await desk.clerk(2, CITY);
    expect((await city.says(`/viec ${CODE}`)).text).toContain("giấu tên");
    expect(opening).toHaveBeenCalledTimes(1);
  });

  it("in a group show what the code alone would tell; a button there asks there, and hears replies alone", async () => {
    const desk = await openDesk();
    await desk.file();
    const here = await desk.clerk(70, COMMUNE, "officer", -100);
    const shown = [await here.says("/viec"), await here.says(`/viec ${CODE}`)];
    shown.push(await here.presses(label("line")));
    for (const { text } of shown) {
      expect(text).toContain(CODE);
      expect(text).not.toContain(filing().text);
    }
    const asked = await here.presses(label("progress"), await here.says(`/viec ${CODE}`));
    expect(asked.text).toContain(form.inGroup);
    expect((await here.says("chiều nay họp")).text).toBe(vietnamese.menu.group);
    expect((await here.says("Đang xác minh", asked.text)).text).toContain("Đang xác minh");
    expect((await here.presses(form.send)).text).toBe(official.done.progress(CODE));
  });
});

describe("a binding", () => {
  it("is given up by the official, who then is nobody's", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, COMMUNE);
    expect((await clerk.says("/thoi")).text).toBe(officialChat.unbound(nameOf(COMMUNE)));
    for (const text of ["/viec", `/nhan ${CODE}`, "/thoi"])
      expect((await clerk.says(text)).text).toBe(official.notLinked);
    expect(await desk.store.officials()).toEqual([]);
    expect(desk.logged.join()).not.toMatch(/telegram:70/);
  });

  it("of a supervisor opens figures alone, no case and no act", async () => {
    const desk = await openDesk();
    await desk.file();
    const boss = await desk.clerk(70, COMMUNE, "supervisor");
    for (const text of ["/viec", `/viec ${CODE}`, `/nhan ${CODE}`, `/traloi ${CODE}`])
      expect((await boss.says(text)).text).toBe(official.figuresOnly);
    expect((await desk.read()).revision).toBe(1);
  });
});

describe("a role", () => {
  it("of coordinator in an agency that is not the coordinator opens that agency's cases alone", async () => {
    const desk = await openDesk();
    await desk.file();
    const clerk = await desk.clerk(70, CENTRE, "coordinator");
    for (const text of [`/viec ${CODE}`, `/nhan ${CODE}`, `/traloi ${CODE}`])
      expect((await clerk.says(text)).text).toBe(official.unknownCase);
    expect((await clerk.says("Nội dung", `Phản ánh mới – ${CODE}`)).text).toBe(official.unknownCase);
  });
});

describe("the second signature", () => {
  it("is asked of the agency's heads in their own chats; signed, the answer reaches the person", async () => {
    const desk = await openDesk();
    await desk.file(filing({ kind: "bribe" }));
    const clerk = await desk.clerk(70, INSPECTORATE);
    const head = await desk.clerk(71, INSPECTORATE, "head");
    await desk.clerk(72, COMMUNE, "head");
    await clerk.says(`/traloi ${CODE}`);
    for (const part of ["Có nhận tiền", "Đã đình chỉ", "Điều 23 Luật PCTN"]) await clerk.says(part);
    const preview = await clerk.presses(form.skip);
    expect(preview.text).toMatch(/trình ký/);
    expect((await clerk.presses(form.send)).text).toBe(official.done.propose(CODE));
    const asked = await desk.promised();
    expect(asked.map(({ to }) => to)).toEqual([{ kind: "chat", conversation: "telegram:71" }]);
    const content = asked[0]?.content;
    if (content?.kind !== "official") throw new Error("no message to an official");
    expect(content.text).toContain("Đã đình chỉ");
    expect((await clerk.presses(label("sign"), content)).text).toBe(official.notSigner);

    await head.presses(label("return"), content);
    await head.says("Nêu rõ số tiền");
    expect((await head.presses(form.send)).text).toBe(official.done.return(CODE));
    const returned = (await desk.promised()).find(({ to }) => JSON.stringify(to).includes("telegram:70"));
    expect(returned?.content).toMatchObject({ text: signature.returned(CODE, "Nêu rõ số tiền") });
    expect((await head.presses(label("sign"), content)).text).toBe(official.noProposal);

    await clerk.says(`/traloi ${CODE} Đã thu hồi 500.000 đồng`);
    expect((await head.presses(label("sign"), content)).text).toBe(official.done.sign(CODE));
    const told = (await desk.promised()).filter(({ content: said }) => said.kind === "person");
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).toContain("500.000");
    expect(await desk.read()).toMatchObject({ status: "answered" });
  });

  it("is the coordinator's where the agency has nobody who may sign", async () => {
    const desk = await openDesk();
    await desk.file(filing({ kind: "bribe" }));
    const clerk = await desk.clerk(70, INSPECTORATE);
    const coordinator = await desk.clerk(73, "dieu-phoi", "coordinator");
    await clerk.says(`/traloi ${CODE} Đã đình chỉ cán bộ`);
    const asked = await desk.promised();
    expect(
      asked.map(({ to }) => (to.kind === "chat" ? to.conversation : to.kind === "agency" && to.agency)),
    ).toEqual(["dieu-phoi", "telegram:73"]);
    const opened = await coordinator.says(`/viec ${CODE}`);
    expect(opened.text).toContain(card.proposed("Đã đình chỉ cán bộ"));
    expect((await coordinator.presses(label("sign"), opened)).text).toBe(official.done.sign(CODE));
    expect((await desk.read()).events.at(-1)).toMatchObject({
      type: "answered",
      by: { agency: INSPECTORATE },
      signedBy: { agency: "dieu-phoi" },
      at: expect.stringContaining(NOW.toISOString().slice(0, 10)),
    });
  });

  it("is asked of the agency itself, by its own contacts, and of nobody else where those who may sign work at the desk", async () => {
    const desk = await openDesk();
    await desk.file(filing({ kind: "bribe" }));
    await desk.bind("desk:1", INSPECTORATE, "head");
    const coordinator = await desk.clerk(73, "dieu-phoi", "coordinator");
    const clerk = await desk.clerk(70, INSPECTORATE);
    expect((await clerk.says(`/traloi ${CODE} Đã đình chỉ cán bộ`)).text).toBe(official.done.propose(CODE));
    expect(await desk.promised()).toMatchObject([
      {
        to: { kind: "agency", agency: INSPECTORATE },
        content: { notice: { event: "proposed", text: "Đã đình chỉ cán bộ" } },
      },
    ]);
    for (const text of [`/viec ${CODE}`, `/traloi ${CODE} Xong`])
      expect((await coordinator.says(text)).text).toBe(official.unknownCase);
  });
});

describe("a case in confidence", () => {
  it("is not the coordinator's to open or to act on while those who hold it are there", async () => {
    const desk = await openDesk();
    await desk.file(filing({ kind: "bribe" }));
    await desk.file(filing({ threatened: true }), { id: "case-2", code: SECOND_CODE });
    const coordinator = await desk.clerk(73, "dieu-phoi", "coordinator");
    for (const code of [CODE, SECOND_CODE])
      for (const act of ["viec", "nhan", "traloi"])
        expect((await coordinator.says(`/${act} ${code}`)).text).toBe(official.unknownCase);
  });

  it("about the coordinator themselves is in no list of theirs, although nobody else is there to hold it", async () => {
    const desk = await openDesk();
    const { place: _nowhere, ...told } = filing({ about: { id: "dieu-phoi", name: "Điều phối viên" } });
    await desk.file(told);
    const coordinator = await desk.clerk(73, "dieu-phoi", "coordinator");
    expect((await desk.read()).holders).toEqual(["dieu-phoi"]);
    for (const text of ["/viec", `/viec ${CODE}`])
      expect((await coordinator.says(text)).text).not.toContain("Điều phối viên");
    expect((await coordinator.says("/viec")).text).toBe(official.noCases);
  });

  it("that is held back shows its code alone in a group", async () => {
    const desk = await openDesk();
    const { id } = await desk.file();
    const at = NOW.toISOString();
    await desk.does(id, { type: "quarantined", at, suspicion: "words", lane: "coordinator" });
    const alone = await desk.clerk(73, "dieu-phoi", "coordinator");
    expect((await alone.says("/cach")).text).toContain(nameOf(CENTRE));
    expect((await alone.says(`/cach ${CODE}`)).text).toContain(filing().text);
    const together = await desk.clerk(73, "dieu-phoi", "coordinator", -100);
    const list = (await together.says("/cach")).text;
    expect(list).toContain(CODE);
    expect(list).not.toContain(nameOf(CENTRE));
    expect((await together.says(`/cach ${CODE}`)).text).toBe(card.inGroup);
  });
});
