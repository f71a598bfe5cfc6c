import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { noticeFacts } from "../../src/wording/official.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../fakes/webhook-receiver.ts";
import { bodyOf, noticed, replies, SECRET } from "./agency.ts";
import { machine, type Running } from "./machine.ts";
import { codeIn, listen, visitor } from "./visitor.ts";

const { complaint: asks, lateness, notices, after, statuses } = vietnamese;

/** Names a commune that is no more: Tam Quang belongs to Núi Thành since July 2025. */
const STORY =
  "Tôi nộp hồ sơ đăng ký khai sinh ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả";
const DOSSIER = "H17.25-261102-0012";
const PERSON = "Trần Thị Hoa";
const PHONE = "0905123456";

describe("on the chat page", () => {
  let city: WebhookReceiver;
  let program: Running;

  beforeAll(async () => {
    city = await startWebhookReceiver(SECRET);
    const own = await machine();
    await own.contacts({ "ubnd-tp-da-nang": [{ channel: "webhook", url: city.url, secret: SECRET }] });
    program = await own.start();
  });
  afterAll(() => city.close());

  test("a person gets the page itself, small and allowed to run nothing but its own script", async () => {
    const response = await fetch(program.address);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(html).not.toContain("{{");
    expect(response.headers.get("content-security-policy")).toMatch(
      /default-src 'none'; script-src 'sha256-/,
    );
  });

  test("a question typed without marks gets the papers, the next ones are taken in context, and an unknown fee is said as unknown", async () => {
    const person = visitor(program.address);
    const papers = await person.says("lam giay khai sinh cho con can gi");
    expect(papers.text).toContain("Giấy chứng sinh");
    expect(papers.text).toContain("Tờ khai đăng ký khai sinh");
    expect(papers.text).toContain("60/2014/QH13");
    const fee = await person.says("phí bao nhiêu");
    expect(fee.text).toContain("khai sinh");
    expect(fee.text).toContain("chưa có thông tin");
    expect(fee.text).not.toMatch(/miễn phí|không thu/i);
    const known = await person.says("sao y giấy tờ mất bao nhiêu tiền");
    expect(known.text).toContain("2.000 đồng");
  });

  test("the operator sees what was counted, and nothing of what was said", async () => {
    await visitor(program.address).says("phí làm hộ chiếu của Nguyễn Văn Canary 0905111222 bao nhiêu");
    const response = await fetch(`${program.address}/metrics`);
    const text = await response.text();
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(text).toMatch(/^motcua_messages_total\{channel="web",intent="procedure"\} [1-9]/m);
    expect(text).toMatch(/^motcua_commit_seconds_count\{outcome="stored"\} [1-9]/m);
    expect(text).toMatch(/^motcua_requests_total\{route="\/api\/messages",status="200"\} [1-9]/m);
    expect(text).toMatch(/^motcua_deliveries_dead 0$/m);
    expect(text).not.toMatch(/canary|0905111222/i);
  });

  test("a complaint told in one message is asked only for what it lacks, sent as previewed, answered, disputed, answered again and closed", async () => {
    const person = visitor(program.address);
    // What was asked about before has nothing to do with the complaint.
    await person.says("sao y giấy tờ mất bao nhiêu tiền");
    const told = [await person.says(STORY)];
    expect(told[0]?.text).toContain(vietnamese.kinds.late);
    expect(told[0]?.text).toContain("nay thuộc Xã Núi Thành, Thành phố Đà Nẵng");
    // Monday to Friday and Monday to Friday, but for the day itself.
    expect(told[0]?.text).toContain(lateness.late(9, "09/11/2026", true));
    told.push(await person.presses(lateness.apology.none));
    expect(told[1]?.text).toContain(asks.findBy);
    told.push(await person.presses(asks.addDossier), await person.says(DOSSIER));
    expect(told[3]?.text).toContain(DOSSIER);
    const preview = await person.says(`${PERSON}, ${PHONE}`);
    expect(preview.text).toContain(asks.added);
    expect(preview.text).not.toContain(asks.findBy);
    told.push(preview);
    const all = told.map(({ text }) => text).join("\n");
    const { askKind, askStory, askPlace, askAbout, askPromised, askPerson, askEmail } = asks;
    for (const question of [askKind, askStory, askPlace, askAbout, askPromised, askPerson, askEmail])
      expect(all).not.toContain(question);
    for (const question of [asks.askDossier, lateness.askApology])
      expect(all.split(question)).toHaveLength(2);
    expect(city.received).toEqual([]);

    const sent = await person.presses(asks.send);
    const code = codeIn(sent.text);
    const { heard, leave } = await listen(program.address, person.session());
    // Five working days from Friday; Tuesday, 24 November, is a public holiday.
    expect(sent.text).toContain("30/11/2026");
    const filed = await noticed(city, code, "filed");
    expect(preview.text).toContain(`\n${noticeFacts(filed)}\n`);
    expect(filed).toMatchObject({
      kind: "late",
      text: STORY,
      dossier: DOSSIER,
      place: "Xã Núi Thành, Thành phố Đà Nẵng",
      due: "2026-11-30",
      person: { name: PERSON, phone: PHONE },
      agency: { id: "ubnd-tp-da-nang" },
      evidence: [],
      // A birth is registered within the day; the slip promised a week.
      lateness: { due: "2026-11-09", by: "slip", on: "2026-11-20", daysLate: 9, lawful: "2026-11-03" },
      apology: ["none"],
    });
    expect(filed.summary).toContain("trễ 9 ngày làm việc");
    expect(filed.summary).toContain("02/11/2026");
    expect(filed.summary).toContain("09/11/2026");
    expect(filed.procedure?.code).not.toBe("2.000815");
    expect(city.received[0]?.headers["webhook-id"]).toBe(filed.id);
    expect(city.received[0]?.body).not.toContain(person.session());
    await person.hears(notices.delivered(code, filed.agency.name));

    expect(await replies(filed.reply, { action: "acknowledge" })).toMatchObject({
      status: 200,
      body: { case: code },
    });
    await person.hears(notices.acknowledged(code, filed.agency.name, "30/11/2026"));
    await replies(filed.reply, { action: "ask", text: "Bé sinh ở bệnh viện nào?" });
    await person.hears("Bé sinh ở bệnh viện nào?", code);
    expect((await person.presses(notices.answerQuestion)).text).toBe(after.askInformation(code));
    await person.says("Bệnh viện Đa khoa Quảng Nam");
    expect(await noticed(city, code, "information")).toMatchObject({ text: "Bệnh viện Đa khoa Quảng Nam" });
    await replies(filed.reply, { action: "answer", text: "Đã trả kết quả ngày 20/11." });
    await person.hears("Đã trả kết quả ngày 20/11.");
    expect((await person.presses(notices.notSolved)).text).toBe(after.askReason);
    expect((await person.says("Chưa ai đưa tôi giấy nào")).text).toContain(code);
    const disputed = await noticed(city, code, "disputed");
    expect(disputed).toMatchObject({ text: "Chưa ai đưa tôi giấy nào", due: "2026-11-30" });
    await replies(disputed.reply, { action: "answer", text: "Đã giao tận nhà." });
    await person.hears("Đã giao tận nhà.");
    expect((await person.presses(notices.solved)).text).toContain(after.confirmed(code));
    await noticed(city, code, "closed");
    expect((await person.says(`tra cứu ${code}`)).text).toContain(statuses.closed_confirmed);
    expect(await replies(filed.reply, { action: "answer", text: "Thêm" })).toMatchObject({ status: 409 });

    // The page heard, without asking, exactly what a page that asks is told; each once and in order.
    await vi.waitUntil(async () => heard.length === (await person.pushed()).length);
    expect(heard).toEqual(await person.pushed());
    expect(heard.map(({ text }) => text)).toEqual([
      expect.stringContaining(notices.delivered(code, filed.agency.name)),
      expect.stringContaining(notices.acknowledged(code, filed.agency.name, "30/11/2026")),
      expect.stringContaining("Bé sinh ở bệnh viện nào?"),
      expect.stringContaining("Đã trả kết quả ngày 20/11."),
      expect.stringContaining("Đã giao tận nhà."),
    ]);
    leave();
    const ids = city.received.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(city.received.map(bodyOf).map(({ event }) => event)).toEqual([
      "filed",
      "information",
      "disputed",
      "closed",
    ]);
    expect(city.refused).toEqual([]);
  });

  test("by the code alone, in any case and with O for 0 and I for 1, a stranger sees status and dates and nothing told", async () => {
    const person = visitor(program.address);
    await person.tells(STORY);
    await person.says(`${DOSSIER}, ${PERSON}, ${PHONE}`);
    const code = codeIn((await person.presses(asks.send)).text);
    const { reply, agency } = await noticed(city, code, "filed");
    await replies(reply, { action: "progress", text: "Đang tìm hồ sơ trong kho" });
    await person.hears("Đang tìm hồ sơ trong kho");
    const own = await person.says(`tra cứu ${code}`);
    expect(own.text).toContain("Đang tìm hồ sơ trong kho");
    expect(own.text).toContain(agency.name);

    const misread = code.replaceAll("0", "o").replaceAll("1", "I");
    const typed = [code, code.toLowerCase(), misread, misread.replaceAll("-", ""), code.replaceAll("-", " ")];
    for (const form of typed) {
      for (const said of [`tra cứu ${form}`, `TRA CUU ${form}`, `/tracuu ${form}`, form]) {
        const stranger = await visitor(program.address).says(said);
        expect(stranger.text, said).toContain(code);
        expect(stranger.text).toContain(statuses.in_progress);
        expect(stranger.text).toContain("20/11/2026");
        expect(stranger.text).toContain("30/11/2026");
        expect(stranger.text).not.toMatch(/Tam Quang|Núi Thành|Hoa|0905|H17|trong kho|khai sinh/);
      }
    }
  });

  test("a code that does not exist, or has one wrong letter, is told so", async () => {
    const person = visitor(program.address);
    expect((await person.says("tra cứu MC-7K4P-29QX-84MT")).text).toBe(vietnamese.status.wrong);
    expect((await person.says("tra cứu MC-0000-0000-0000")).text).toBe(vietnamese.status.none);
  });
});
