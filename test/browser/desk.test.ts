import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Machine, machine, type Running } from "../stories/machine.ts";
import { codeIn, type Visitor, visitor } from "../stories/visitor.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
/** Where pictures of the pages are put, to be looked at; none are taken without it. */
const SHOTS = process.env["SHOTS"];

describe.skipIf(!existsSync(CHROMIUM))(
  `the officials' desk in a browser (skipped where ${CHROMIUM} is missing)`,
  () => {
    let browser: Browser;
    let computer: Machine;
    let program: Running;
    const contexts: BrowserContext[] = [];
    const problems: string[] = [];

    beforeAll(async () => {
      computer = await machine();
      program = await computer.start();
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
      if (SHOTS) mkdirSync(SHOTS, { recursive: true });
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
      // A refused act is a status, which Chromium writes to the console; what else stands there is a fault.
      page.on("console", (message) => {
        if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
          problems.push(message.text());
      });
      page.on("pageerror", (error) => problems.push(String(error)));
      await page.goto(url);
      await page.getByRole("button", { name: "Thoát" }).waitFor();
      return page;
    }

    test("an official signs in with a link, acknowledges a case and answers it, and the citizen reads it", async () => {
      const citizen = visitor(program.address);
      const code = await complains(citizen);
      const page = await signsIn("ubnd-tp-da-nang", "officer");
      expect(page.url()).not.toContain("LK-");
      await shot(page, "list");
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
      await page.getByText("Đã ghi và báo cho người dân.").waitFor();
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
      await shot(page, "answer");
      await page.getByRole("button", { name: "Gửi người dân" }).click();
      await page.getByText("Còn chỗ chưa điền: [điền: ngày]").waitFor();
      expect(await found.inputValue()).toContain("máy chủ hỏng hai ngày");
      await done.fill("Kết quả đã có, nhận tại quầy 3.");
      await page.getByLabel("Bước tiếp theo").fill("Mang giấy hẹn đến quầy 3.");
      await page.getByRole("button", { name: "Gửi người dân" }).click();
      await page.getByText("Đã ghi và báo cho người dân.").waitFor();
      await citizen.hears("máy chủ hỏng hai ngày", "nhận tại quầy 3", "Mang giấy hẹn");
      const view = await page.locator("#view").innerText();
      expect(view).toContain("Đã trả lời, chờ xác nhận");
      expect(view).toContain("Ủy ban nhân dân thành phố Đà Nẵng trả lời");
      await shot(page, "answered");
      await page.emulateMedia({ media: "print" });
      expect(await page.getByRole("button", { name: "Thoát" }).isVisible()).toBe(false);
      expect(await page.getByText("Mang giấy hẹn đến quầy 3.").isVisible()).toBe(true);
      await shot(page, "print");
      await page.emulateMedia({ media: "screen", colorScheme: "dark" });
      await shot(page, "dark");
    });

    test("what two officials write at once is not sent over each other, and nothing typed is lost", async () => {
      const citizen = visitor(program.address);
      const code = await complains(citizen);
      const first = await signsIn("ubnd-tp-da-nang", "officer");
      const second = await signsIn("ubnd-tp-da-nang", "head");
      for (const page of [first, second]) await opens(page, code);
      await second.getByRole("button", { name: "Báo tiến độ" }).click();
      await second.getByLabel("Đã làm gì, đang làm gì").fill("Đang gọi cho phòng Tư pháp.");
      await first.getByRole("button", { name: "Trả lời" }).click();
      await first.getByLabel("Kết quả xác minh").fill("Hồ sơ trễ ba ngày.");
      await first.getByLabel("Đã giải quyết thế nào").fill("Đã trả kết quả.");
      await second.getByRole("button", { name: "Gửi người dân" }).click();
      await second.getByText("Đã ghi và báo cho người dân.").waitFor();
      await first.getByRole("button", { name: "Gửi người dân" }).click();
      await first.getByText(/Vụ này vừa có thay đổi: .*báo tiến độ/).waitFor();
      expect(await first.getByLabel("Kết quả xác minh").inputValue()).toBe("Hồ sơ trễ ba ngày.");
      await first.getByRole("button", { name: "Gửi người dân" }).click();
      await first.getByText("Đã ghi và báo cho người dân.").waitFor();
      await second.getByRole("button", { name: "Báo tiến độ" }).click();
      await second.getByLabel("Đã làm gì, đang làm gì").fill("Đang làm tiếp.");
      await second.getByRole("button", { name: "Gửi người dân" }).click();
      await second.getByText(/Đã có người trả lời/).waitFor();
      expect(await second.locator("#view").innerText()).toContain("Đã trả kết quả.");
    });

    test("by keyboard on a phone: a case is handed to another agency found by its name, never to the accused", async () => {
      const citizen = visitor(program.address);
      const code = await complains(citizen);
      const page = await signsIn("ubnd-tp-da-nang", "officer", PHONE);
      await shot(page, "phone-list");
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.getByRole("link", { name: new RegExp(code) }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: code }).waitFor();
      await shot(page, "phone-case");
      await page.getByRole("button", { name: "Chuyển nơi khác" }).focus();
      await page.keyboard.press("Enter");
      const search = page.getByLabel("Nơi nhận");
      await search.fill("ubnd xa nui thanh");
      await page.getByText("Không có nơi nào khớp").waitFor();
      await search.fill("so noi vu da nang");
      await page.getByRole("radio", { name: "Sở Nội vụ thành phố Đà Nẵng" }).check();
      await page.getByLabel("Lý do chuyển").fill("Thuộc lĩnh vực của Sở.");
      await shot(page, "phone-transfer");
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.getByRole("button", { name: "Chuyển", exact: true }).click();
      await page.getByText("Đã ghi và báo cho người dân.").waitFor();
      await citizen.hears("được chuyển đến Sở Nội vụ");
      // It is another agency's now.
      await page.goBack();
      expect(await page.getByRole("link", { name: new RegExp(code) }).count()).toBe(0);
      await page.goto(`${program.address}/desk#${code}`);
      await page.getByText("Không tìm thấy phản ánh này").waitFor();
    });

    test("the coordinator sees what nobody else does, a supervisor figures only, and leaving ends it", async () => {
      const citizen = visitor(program.address);
      const code = await complains(citizen);
      await citizen.hears("chưa đến được cơ quan", code);
      const page = await signsIn("dieu-phoi", "coordinator");
      await page.getByRole("link", { name: "Điều phối" }).click();
      const stuck = page.locator("section", { hasText: "Tin gửi bị kẹt" }).getByRole("listitem");
      const row = stuck.filter({ hasText: code });
      await row.getByText("đã thử 1 lần: chưa có cách liên lạc trong danh bạ").waitFor();
      await shot(page, "coordination");
      const other = await signsIn("ubnd-tp-da-nang", "supervisor");
      await other.getByRole("heading", { name: "Số liệu của cơ quan" }).waitFor();
      expect(await other.locator("nav").innerText()).not.toContain("Việc");
      expect(await other.locator("#view").innerText()).not.toContain("MC-");
      await shot(other, "figures");
      await other.getByRole("button", { name: "Thoát" }).click();
      await other.getByText("Đã thoát.").waitFor();
      await other.reload();
      await other.getByLabel("Mã gắn kết").waitFor();
      await shot(other, "enter");
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
  },
);

/** A late result of the commune of Núi Thành: the city must answer. */
async function complains(citizen: Visitor): Promise<string> {
  await citizen.says(
    "tôi nộp hồ sơ xin giấy độc thân ở UBND xã Núi Thành, Đà Nẵng ngày 2/11 hẹn 9/11 mà tới nay chưa trả",
  );
  for (const answer of ["bỏ qua", "không nhận", "không ghi tên", "bỏ qua"]) await citizen.says(answer);
  return codeIn((await citizen.presses("Đồng ý gửi")).text);
}

async function opens(page: Page, code: string): Promise<void> {
  await page.getByRole("link", { name: new RegExp(code) }).click();
  await page.getByRole("heading", { name: code }).waitFor();
}

/** Pixels by which the page is wider than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
}

async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `desk-${name}.png`), fullPage: true });
}
