import { expect, onTestFinished, test } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { official } from "../../src/wording/official.ts";
import { NOTICE_BUTTONS, officialButtons, officialChat } from "../../src/wording/official-chat.ts";
import { CITY, CITY_NAME, GROUP, office, STORY } from "./office.ts";
import { chatter } from "./telegram-chat.ts";

const { complaint: asks, notices, after } = vietnamese;
const { form, list, digest } = officialChat;
const { questions } = form;
const label = (act: (typeof NOTICE_BUTTONS)[number] | "open"): string =>
  officialButtons("", [act])[0]?.label ?? "";

test("an office works on a case by buttons alone: asks, extends, hands its head the second extension, answers in parts; and hears each morning what waits", async () => {
  const all = await office();
  onTestFinished(() => all.close());
  const { api } = all;
  const person = chatter(api, 5);
  const code = await all.complain(person);
  const group = chatter(api, 70, GROUP);
  const desk = chatter(api, 70);
  const head = chatter(api, 71);
  await desk.says(await all.link(CITY), CITY_NAME);
  await head.says(await all.link(CITY, "head"), CITY_NAME);

  const notice = await group.hears(code, STORY);
  const buttons = notice.reply_markup?.inline_keyboard.flat().map(({ text }) => text);
  expect(buttons).toEqual(NOTICE_BUTTONS.map((act) => label(act)));
  await group.presses(notice, label("ack"), official.done.acknowledge(code));
  await person.hears(notices.acknowledged(code, CITY_NAME, "30/11/2026"));

  // In the group the question is answered by a reply to it: other words there are not for the bot.
  const asked = await group.presses(notice, label("ask"), questions.ask.text, form.inGroup);
  const preview = await group.answers(asked, "Bé sinh ở bệnh viện nào?", "Bé sinh ở bệnh viện nào?");
  expect(person.all().join()).not.toContain("bệnh viện nào");
  await group.presses(preview, form.send, official.done.ask(code));
  await person.hears("Bé sinh ở bệnh viện nào?");
  const check = await person.says("Bệnh viện Đa khoa Quảng Nam", after.sendInformation(code));
  await person.presses(check, asks.send, after.informed(code));
  await group.hears(code, "Bệnh viện Đa khoa Quảng Nam");

  // At the desk, which is the same person's private chat.
  const mine = await desk.says("/viec toi", code);
  const opened = await desk.presses(mine, list.button(code, "30/11/2026"), STORY, "Đa khoa");
  await desk.presses(opened, label("extend"), questions.extend.reason);
  await desk.says("Phải xác minh ở bệnh viện", questions.extend.until, "07/12/2026");
  await desk.says("31/12/2026", official.tooFar("2026-12-07"));
  await desk.says("4/12/2026", questions.extend.apology);
  const later = await desk.says(
    "Mong anh chị thông cảm vì bệnh viện trả lời chậm",
    "XEM TRƯỚC",
    "04/12/2026",
  );
  expect(person.all().join()).not.toContain("thông cảm vì");
  await desk.presses(later, form.send, official.done.extend(code, "2026-12-04"));
  await person.hears(code, "04/12/2026", "Mong anh chị thông cảm vì bệnh viện trả lời chậm");
  await desk.presses(opened, label("extend"), official.extendedOnce, CITY_NAME);
  await head.says(`/giahan ${code} 8/12/2026 Chờ bệnh viện`, official.done.extend(code, "2026-12-08"));
  await person.hears(code, "08/12/2026");
  await head.says(`/giahan ${code} 9/12/2026 Chờ bệnh viện`, official.extendedTwice);

  // The morning after the day has passed.
  expect(await all.program.stop()).toBe(0);
  await all.restart("2026-12-10T08:00+07:00");
  for (const chat of [group, desk, head])
    await chat.hears(digest.head("2026-12-10"), digest.overdue(1), code);
  expect(await all.program.stop()).toBe(0);
  await all.restart("2026-12-10T09:00+07:00");
  const late = await desk.says("/viec quahan", list.overdue, code);
  expect(desk.all().join().split(digest.head("2026-12-10"))).toHaveLength(2);

  const again = await desk.presses(
    late,
    list.button(code, "08/12/2026"),
    officialChat.card.late("2026-12-08"),
  );
  await desk.presses(again, label("answer"), questions.answer.found);
  await desk.says("Hồ sơ thất lạc ở bộ phận một cửa", questions.answer.done);
  const basis = await desk.says("Đã cấp giấy khai sinh sáng nay", questions.answer.basis);
  const next = await desk.presses(basis, form.skip, questions.answer.next);
  const shown = await desk.presses(next, form.skip, "XEM TRƯỚC", "Đã cấp giấy khai sinh sáng nay");
  expect(person.all().join()).not.toContain("thất lạc");
  await head.says(`/baocao ${code} Tôi đang xem`, official.done.progress(code));
  const once = await desk.presses(shown, form.send, "Trong lúc anh/chị soạn", CITY_NAME);
  await desk.presses(once, form.send, official.done.answer(code));
  const answer = await person.hears("Kết quả xác minh: Hồ sơ thất lạc ở bộ phận một cửa");
  expect(answer.text).toContain("Đã giải quyết: Đã cấp giấy khai sinh sáng nay");
  await head.says(`/traloi ${code}`, official.alreadyAnswered, CITY_NAME);
  await person.presses(answer, notices.solved, after.confirmed(code));
  await group.hears("Người dân xác nhận đã giải quyết xong");

  await desk.says("/thoi", officialChat.unbound(CITY_NAME));
  await desk.says("/viec", official.notLinked);
  // Nobody ever read who the other is.
  expect(person.all().join()).not.toMatch(/telegram:|\b7[01]\b/);
  expect(group.all().join()).not.toMatch(/telegram:/);
  expect(all.program.log().filter(({ level }) => level === "error")).toEqual([]);
  expect(all.program.output()).not.toMatch(/telegram:7[01]/);
});
