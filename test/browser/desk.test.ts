import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { desk as words } from "../../src/wording/desk.ts";
import { official } from "../../src/wording/official.ts";
import { type Machine, machine, type Running } from "../stories/machine.ts";
import { visitor } from "../stories/visitor.ts";
import {
  BRIBE,
  CHROMIUM,
  DESKTOP,
  files,
  isMissing,
  LATE,
  launch,
  overflow,
  PHONE,
  shot,
  watch,
} from "./pages.ts";

describe.skipIf(isMissing)(`the officials' desk in a browser (skipped where ${CHROMIUM} is missing)`, () => {
  let browser: Browser;
  let computer: Machine;
  let program: Running;
  const contexts: BrowserContext[] = [];
  const problems: string[] = [];

  beforeAll(async () => {
    computer = await machine();
    program = await computer.start();
    browser = await launch();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(problems.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  /** A browser of its own that opens a one-time link. */
  async function signsIn(agency: string, role: string, viewport = DESKTOP): Promise<Page> {
    const { stdout } = await computer.run(["link", agency, "--role", role, "--json"]);
    const { url } = JSON.parse(stdout) as { url: string };
    const context = await browser.newContext({ viewport, locale: "vi-VN" });
    contexts.push(context);
    const page = await context.newPage();
    watch(page, problems);
    await page.goto(url);
    await page.getByRole("button", { name: "Thoát" }).waitFor();
    return page;
  }

  test("an official signs in with a link, acknowledges a case and answers it, and the citizen reads it", async () => {
    const citizen = visitor(program.address);
    const code = await files(citizen, LATE);
    const page = await signsIn("ubnd-tp-da-nang", "officer");
    expect(page.url()).not.toContain("LK-");
    await shot(page, "desk-list");
    const seek = page.getByLabel("Tìm");
    await seek.fill("khong co chu nay");
    await page.keyboard.press("Enter");
    await page.getByText("Không có phản ánh nào khớp.").waitFor();
    await seek.fill("nui thanh");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: new RegExp(code) }).click();
    await page.getByRole("heading", { name: code }).waitFor();
    expect(await page.locator("#view").innerText()).toContain("Người phản ánh: giấu tên");

    await page.getByRole("button", { name: "Tiếp nhận" }).click();
    await page.getByText(official.done.acknowledge(code)).waitFor();
    await citizen.hears("đã tiếp nhận phản ánh", code);
    expect(await page.getByRole("button", { name: "Tiếp nhận" }).count()).toBe(0);

    await page.getByRole("button", { name: "Trả lời" }).click();
    await page.getByLabel("Chèn mẫu").selectOption({ label: "Hồ sơ trễ, nay đã trả kết quả" });
    const found = page.getByLabel("Kết quả xác minh");
    const done = page.getByLabel("Đã giải quyết thế nào");
    expect(await found.inputValue()).toContain("[điền: nguyên nhân]");
    // The first thing to be filled in is selected: typing puts it in.
    await page.keyboard.type("máy chủ hỏng hai ngày");
    expect(await found.inputValue()).toContain("Nguyên nhân là máy chủ hỏng hai ngày.");
    await shot(page, "desk-answer");
    await page.getByRole("button", { name: "Gửi người dân" }).click();
    await page.getByText("Còn chỗ chưa điền: [điền: ngày]").waitFor();
    expect(await found.inputValue()).toContain("máy chủ hỏng hai ngày");
    await done.fill("Kết quả đã có, nhận tại quầy 3.");
    await page.getByLabel("Bước tiếp theo").fill("Mang giấy hẹn đến quầy 3.");
    await page.getByRole("button", { name: "Gửi người dân" }).click();
    await page.getByText(official.done.answer(code)).waitFor();
    await citizen.hears("máy chủ hỏng hai ngày", "nhận tại quầy 3", "Mang giấy hẹn");
    const view = await page.locator("#view").innerText();
    expect(view).toContain("Đã trả lời, chờ xác nhận");
    expect(view).toContain("Ủy ban nhân dân thành phố Đà Nẵng trả lời");
    await shot(page, "desk-answered");
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("button", { name: "Thoát" }).isVisible()).toBe(false);
    expect(await page.getByText("Mang giấy hẹn đến quầy 3.").isVisible()).toBe(true);
    await shot(page, "desk-print");
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    await shot(page, "desk-dark");
  });

  test("what two officials write at once is not sent over each other, and nothing typed is lost", async () => {
    const citizen = visitor(program.address);
    const code = await files(citizen, LATE);
    const first = await signsIn("ubnd-tp-da-nang", "officer");
    const second = await signsIn("ubnd-tp-da-nang", "head");
    for (const page of [first, second]) await opens(page, code);
    await second.getByRole("button", { name: "Báo tiến độ" }).click();
    await second.getByLabel("Đã làm gì, đang làm gì").fill("Đang gọi cho phòng Tư pháp.");
    await first.getByRole("button", { name: "Trả lời" }).click();
    await first.getByLabel("Kết quả xác minh").fill("Hồ sơ trễ ba ngày.");
    await first.getByLabel("Đã giải quyết thế nào").fill("Đã trả kết quả.");
    await second.getByRole("button", { name: "Gửi người dân" }).click();
    await second.getByText(official.done.progress(code)).waitFor();
    await first.getByRole("button", { name: "Gửi người dân" }).click();
    await first.getByText(/Vụ này vừa có thay đổi: .*báo tiến độ/).waitFor();
    expect(await first.getByLabel("Kết quả xác minh").inputValue()).toBe("Hồ sơ trễ ba ngày.");
    await first.getByRole("button", { name: "Gửi người dân" }).click();
    await first.getByText(official.done.answer(code)).waitFor();
    await second.getByRole("button", { name: "Báo tiến độ" }).click();
    await second.getByLabel("Đã làm gì, đang làm gì").fill("Đang làm tiếp.");
    await second.getByRole("button", { name: "Gửi người dân" }).click();
    await second.getByText(/Đã có người trả lời/).waitFor();
    expect(await second.locator("#view").innerText()).toContain("Đã trả kết quả.");
  });

  test("in the protected lane an officer's answer waits; the head reads it whole, sends it back, and signs the next", async () => {
    const citizen = visitor(program.address);
    const code = await files(citizen, BRIBE);
    const author = await signsIn("thanh-tra-tp-da-nang", "officer", PHONE);
    const head = await signsIn("thanh-tra-tp-da-nang", "head");
    const propose = async (done: string): Promise<void> => {
      await author.getByRole("button", { name: "Trả lời", exact: true }).click();
      await author.getByText("câu trả lời được trình ký, ký xong mới đến người dân").waitFor();
      await author.getByLabel("Kết quả xác minh").fill("Đã làm việc với ông A và đối chiếu sổ tiếp nhận.");
      await author.getByLabel("Đã giải quyết thế nào").fill(done);
      await shot(author, "desk-propose");
      await author.getByRole("button", { name: "Trình ký" }).click();
      await author.getByText(official.done.propose(code)).waitFor();
    };
    await opens(author, code);
    await propose("Đã đình chỉ.");
    await author.getByText("chờ người đứng đầu").waitFor();
    expect(await author.getByRole("button", { name: "Ký, gửi người dân" }).count()).toBe(0);
    expect(await author.locator(".quote").innerText()).toContain("Đã đình chỉ.");
    await shot(author, "desk-proposed");

    await head.reload();
    await head.getByText(words.toSign).waitFor();
    await shot(head, "desk-list-to-sign");
    await opens(head, code);
    await head.getByRole("button", { name: "Trả lại người soạn" }).click();
    await head.getByLabel("Lý do trả lại").fill("Ghi rõ quyết định đình chỉ.");
    await shot(head, "desk-return");
    await head.getByRole("button", { name: "Trả lại", exact: true }).click();
    await head.getByText(official.done.return(code)).waitFor();
    expect(await head.locator(".quote").count()).toBe(0);

    await author.reload();
    await author.getByText("Ghi rõ quyết định đình chỉ.").waitFor();
    await propose("Đã đình chỉ theo Quyết định 12/QĐ-UBND.");
    await head.reload();
    await head.getByText("Anh/chị đọc hết rồi ký").waitFor();
    await head.getByRole("button", { name: "Ký, gửi người dân" }).focus();
    await head.keyboard.press("Enter");
    await head.getByText("không rút lại được").waitFor();
    await shot(head, "desk-sign");
    expect((await citizen.pushed()).map(({ text }) => text).join()).not.toContain("đình chỉ");
    await head.getByRole("button", { name: "Ký và gửi" }).focus();
    await head.keyboard.press("Enter");
    await head.getByText(official.done.sign(code)).waitFor();
    await citizen.hears("Quyết định 12/QĐ-UBND");
    await author.getByRole("button", { name: "Báo tiến độ" }).click();
    await author.getByLabel("Đã làm gì, đang làm gì").fill("Đang làm.");
    await author.getByRole("button", { name: "Gửi người dân" }).click();
    await author.getByText(/Đã có người trả lời/).waitFor();
  });

  test("more time is asked for with an apology of one's own, and who the person is with a reason", async () => {
    const citizen = visitor(program.address);
    const code = await files(citizen, LATE);
    const page = await signsIn("ubnd-tp-da-nang", "officer", PHONE);
    await opens(page, code);
    await page.getByRole("button", { name: "Gia hạn" }).click();
    const day = page.getByLabel("Ngày trả lời mới");
    expect(await day.getAttribute("max")).toBe("2026-12-07");
    await page.getByText("muộn nhất 07/12/2026").waitFor();
    const apology = page.getByLabel("Lời xin lỗi");
    expect(await apology.inputValue()).toBe(words.apology);
    await day.fill("2026-12-04");
    await page.getByLabel("Lý do gia hạn").fill("Phải hỏi xã.");
    await apology.fill("Xin lỗi bà vì để bà chờ.");
    await shot(page, "desk-extend");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.locator("form").getByRole("button", { name: "Gia hạn" }).click();
    await page.getByText(official.done.extend(code, "2026-12-04")).waitFor();
    await citizen.hears("04/12/2026", "Xin lỗi bà vì để bà chờ.");
    expect(await page.getByRole("button", { name: "Gia hạn" }).count()).toBe(0);

    await page.getByRole("button", { name: "Xin biết danh tính" }).click();
    await page.getByText("Người dân đọc lý do rồi tự chọn.").waitFor();
    await page.getByLabel("Vì sao cần biết").fill("Cần tìm đúng hồ sơ.");
    await shot(page, "desk-ask-identity");
    await page.getByRole("button", { name: "Gửi đề nghị" }).click();
    await page.getByText(official.done["ask-identity"](code)).waitFor();
    await citizen.hears("Cần tìm đúng hồ sơ.");
    expect(await page.getByRole("button", { name: "Xin biết danh tính" }).count()).toBe(0);
  });

  test("by keyboard on a phone: a case is handed to another agency found by its name, never to the accused", async () => {
    const citizen = visitor(program.address);
    const code = await files(citizen, LATE);
    const page = await signsIn("ubnd-tp-da-nang", "officer", PHONE);
    await shot(page, "desk-phone-list");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole("link", { name: new RegExp(code) }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: code }).waitFor();
    await shot(page, "desk-phone-case");
    await page.getByRole("button", { name: "Chuyển nơi khác" }).focus();
    await page.keyboard.press("Enter");
    const search = page.getByLabel("Nơi nhận");
    await search.fill("ubnd xa nui thanh");
    await page.getByText(/^\d+ nơi$/).waitFor();
    expect(await page.getByRole("radio", { name: "Ủy ban nhân dân xã Núi Thành" }).count()).toBe(0);
    await search.fill("khong co noi nao nhu the");
    await page.getByText("Không có nơi nào khớp").waitFor();
    await search.fill("so noi vu da nang");
    await page.getByRole("radio", { name: "Sở Nội vụ thành phố Đà Nẵng" }).check();
    await page.getByLabel("Lý do chuyển").fill("Thuộc lĩnh vực của Sở.");
    await shot(page, "desk-phone-transfer");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "Chuyển", exact: true }).click();
    await page.getByText(`Đã chuyển ${code} đến Sở Nội vụ thành phố Đà Nẵng.`).waitFor();
    await citizen.hears("được chuyển đến Sở Nội vụ");
    // It is another agency's now.
    await page.goBack();
    expect(await page.getByRole("link", { name: new RegExp(code) }).count()).toBe(0);
    await page.goto(`${program.address}/desk#${code}`);
    await page.getByText("Không tìm thấy phản ánh này").waitFor();
  });

  test("the coordinator sees what nobody else does, a supervisor figures only, and leaving ends it", async () => {
    const citizen = visitor(program.address);
    const code = await files(citizen, LATE);
    await citizen.hears("chưa đến được cơ quan", code);
    const page = await signsIn("dieu-phoi", "coordinator");
    await page.getByRole("link", { name: "Điều phối" }).click();
    const stuck = page.locator("section", { hasText: "Tin gửi bị kẹt" }).getByRole("listitem");
    const row = stuck.filter({ hasText: code });
    await row.getByText("đã thử 1 lần: chưa có cách liên lạc trong danh bạ").waitFor();
    await shot(page, "desk-coordination");
    const other = await signsIn("ubnd-tp-da-nang", "supervisor");
    await other.getByRole("heading", { name: "Số liệu của cơ quan" }).waitFor();
    expect(await other.locator("nav").innerText()).not.toContain("Việc");
    expect(await other.locator("#view").innerText()).not.toContain("MC-");
    const table = await other.getByRole("table").innerText();
    expect(table).toContain("Lời khen đã chuyển");
    expect(table).toMatch(/Tất cả(?:\s+\d+){12}$/);
    await shot(other, "desk-figures");
    await other.getByRole("button", { name: "Thoát" }).click();
    await other.getByText("Đã thoát.").waitFor();
    await other.reload();
    await other.getByLabel("Mã gắn kết").waitFor();
    await shot(other, "desk-enter");
  });

  test("a link that was used opens nothing", async () => {
    const { stdout } = await computer.run(["link", "ubnd-tp-da-nang", "--json"]);
    const { url } = JSON.parse(stdout) as { url: string };
    const pages = [await browser.newPage(), await browser.newPage()] as const;
    contexts.push(...pages.map((page) => page.context()));
    await pages[0].goto(url);
    await pages[0].getByRole("heading", { name: "Phản ánh đang mở" }).waitFor();
    await pages[1].goto(url);
    await pages[1].getByText("Đường dẫn không đúng, đã dùng hoặc hết hạn.").waitFor();
  });
});

async function opens(page: Page, code: string): Promise<void> {
  await page.getByRole("link", { name: new RegExp(code) }).click();
  await page.getByRole("heading", { name: code }).waitFor();
}
