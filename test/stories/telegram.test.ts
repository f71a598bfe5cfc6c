import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { official } from "../../src/wording/official.ts";
import { officialChat } from "../../src/wording/official-chat.ts";
import { SOON } from "./machine.ts";
import { CITY, CITY_NAME, DOSSIER, GROUP, type Office, office, STORY } from "./office.ts";
import { chatter } from "./telegram-chat.ts";
import { codeIn } from "./visitor.ts";

const { complaint: asks, lateness, notices, after, statuses } = vietnamese;

describe("on Telegram", () => {
  let all: Office;
  beforeAll(async () => {
    all = await office();
  });
  afterAll(() => all.close());

  test("a person asks, complains, is asked, answers, is answered, and says it is solved; officials work in their group", async () => {
    const { api, program } = all;
    const person = chatter(api, 5);
    await person.says("lam giay khai sinh cho con can gi", "Giấy chứng sinh");
    await person.says("phí bao nhiêu", "chưa có thông tin");
    const code = await all.complain(person);

    const group = chatter(api, 70, GROUP);
    const notice = await group.hears(code, STORY, DOSSIER, "30/11/2026");
    await person.hears(notices.delivered(code, CITY_NAME));
    const desk = chatter(api, 70);
    await desk.says(`Mã của tôi: ${await all.link(CITY)}`, CITY_NAME);
    await desk.says("/viec", code, "30/11/2026");
    await desk.says(`/nhan ${code.toLowerCase()}`, official.done.acknowledge(code));
    await person.hears(notices.acknowledged(code, CITY_NAME, "30/11/2026"));
    await desk.says(`/nhan ${code}`, official.alreadyAcknowledged);

    await group.says(`/hoi@${api.botName} ${code} Bé sinh ở bệnh viện nào?`, official.done.ask(code));
    await person.hears(code, "Bé sinh ở bệnh viện nào?");
    const check = await person.says("Bệnh viện Đa khoa Quảng Nam", after.sendInformation(code));
    expect(group.all().join()).not.toContain("Đa khoa");
    await person.presses(check, asks.send, after.informed(code));
    const told = await group.hears(code, "Bệnh viện Đa khoa Quảng Nam");

    // A plain reply to a notice may be anything: nothing leaves before the official says what it is.
    const meant = await group.answers(told, "Đã trả kết quả sáng nay.", official.meantAs(code));
    await group.presses(meant, official.meant.none, official.notSent);
    await group.presses(meant, official.meant.answer, official.notSent);
    const again = await group.answers(notice, "Đã trả kết quả chiều nay.", official.meantAs(code));
    expect(person.all().join()).not.toContain("chiều nay");
    await group.presses(again, official.meant.answer, official.done.answer(code));
    const answer = await person.hears(code, "Đã trả kết quả chiều nay.");
    expect(person.all().join()).not.toContain("sáng nay");

    await person.presses(answer, notices.notSolved, after.askReason);
    await person.says("Chưa ai đưa tôi giấy nào", code);
    await group.hears(code, "Chưa ai đưa tôi giấy nào");
    await desk.says(`/traloi ${code} Đã giao tận nhà.`, official.done.answer(code));
    const second = await person.hears("Đã giao tận nhà.");
    await person.presses(second, notices.solved, after.confirmed(code));
    // The old button no longer means anything.
    await person.presses(answer, notices.solved, after.tooLate);
    await person.says(`/tracuu ${code}`, statuses.closed_confirmed);
    await desk.says("/viec", official.noCases);
    await desk.says(`/traloi ${code} Thêm`, official.closed);
    expect(group.all().join()).not.toMatch(/telegram:|\b5\b.*Lan/);
    expect(program.log().filter(({ level }) => level === "error")).toEqual([]);
  });

  test("nobody acts for an agency without a code of its own, and a code binds one person once", async () => {
    const { api } = all;
    const person = chatter(api, 6);
    const code = await all.complain(person);
    const group = chatter(api, 71, GROUP);
    const notice = await group.hears(code);
    await group.presses(notice, "Đã tiếp nhận", official.notLinked);
    await group.says(`/traloi ${code} Giả mạo`, official.notLinked);
    // Nor may the person answer their own complaint.
    await person.says(`/traloi ${code} Giả mạo`, official.notLinked);
    const linkCode = await all.link(CITY);
    await chatter(api, 71).says(linkCode, CITY_NAME);
    const thief = chatter(api, 72);
    await thief.says(linkCode, official.linkUsed);
    await thief.says("LK-0000-0000-0000", official.linkUsed);
    await thief.says("/viec", official.notLinked);
    // An agency that does not hold the case does not find it.
    const stranger = chatter(api, 73);
    await stranger.says(await all.link("so-tu-phap-da-nang"), "Sở Tư pháp");
    await stranger.says(`/nhan ${code}`, official.unknownCase);
    await stranger.says("/viec", official.noCases);
    const forged = await group.answers(notice, "Trả lời của tổ", official.meantAs(code));
    await chatter(api, 73, GROUP).presses(forged, official.meant.answer, official.notSent);
    await group.presses(notice, "Đã tiếp nhận", official.done.acknowledge(code));
    await person.hears(notices.acknowledged(code, CITY_NAME, "30/11/2026"));
    expect(person.all().join()).not.toMatch(/Giả mạo|Trả lời của tổ/);
  });

  test("in a group nothing of a person's is asked or shown, and chatter is left alone", async () => {
    const { api } = all;
    const person = chatter(api, 7);
    const code = await all.complain(person);
    const here = chatter(api, 7, -4_000_001);
    here.person.says("chiều nay họp lúc mấy giờ vậy mọi người");
    here.person.sends({ sticker: { file_id: "x" } });
    await here.says(`/phananh@${api.botName}`, vietnamese.menu.group);
    await here.says(`/tracuu ${code}`, vietnamese.menu.group);
    here.person.says("/tracuu@AnotherBot");
    await here.says("/help", vietnamese.menu.group);
    expect(here.all()).toHaveLength(3);
    expect(here.all().join()).not.toContain(code);
    // No draft was begun by the command in the group.
    await person.says("hủy", vietnamese.menu.nothingToCancel);
  });
});

test("on Telegram a complaint being told goes on after a restart, and an update that comes twice files it once", async () => {
  const all = await office();
  onTestFinished(() => all.close());
  const { api } = all;
  const person = chatter(api, 5);
  const apology = await person.says(STORY, lateness.askApology);
  expect(await all.program.stop()).toBe(0);
  await all.restart("2026-11-20T10:00+07:00");
  const shown = await person.presses(apology, lateness.apology.none, asks.findBy);
  await person.presses(shown, asks.addEmail, asks.askEmail);
  const preview = await person.says(asks.skip, asks.hidden);
  expect(preview.text).toContain(STORY);

  // The program is killed after it has answered and before Telegram knows that the update was taken.
  await vi.waitUntil(() => api.isPolled(), SOON);
  api.faults.next("getUpdates", { kind: "refuse", status: 500, description: "Internal Server Error" });
  const polls = api.calls("getUpdates").length;
  const first = await person.presses(preview, asks.send, "Mã tra cứu");
  await vi.waitUntil(() => api.calls("getUpdates").length > polls, SOON);
  await all.program.kill();
  expect(api.unconfirmed()).toHaveLength(1);
  await all.restart("2026-11-20T11:00+07:00");
  const repeated = await person.hears("Mã tra cứu");
  expect(repeated.text).toBe(first.text);
  await vi.waitUntil(() => api.unconfirmed().length === 0, SOON);

  const code = codeIn(first.text ?? "");
  const group = chatter(api, 70, GROUP);
  await group.hears(code);
  const desk = chatter(api, 70);
  await desk.says(await all.link(CITY), CITY_NAME);
  // By its heading: the morning's list may come at any moment.
  const cases = await desk.says("/viec", officialChat.list.all, code);
  expect(cases.text?.match(/MC-/g), cases.text).toHaveLength(1);
  // Nor does a press on the old button file it again.
  await person.presses(preview, asks.send, code);
  expect((await desk.says("/viec", officialChat.list.all, code)).text).toBe(cases.text);
  expect(new Set(group.all()).size).toBe(1);
});
