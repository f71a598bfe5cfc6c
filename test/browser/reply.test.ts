import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { desk as words } from "../../src/wording/desk.ts";
import { official } from "../../src/wording/official.ts";
import { type MailServer, startMailServer } from "../fakes/mail-server.ts";
import { letter } from "../stories/letters.ts";
import { machine, type Running } from "../stories/machine.ts";
import { type Visitor, visitor } from "../stories/visitor.ts";
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

const CITY = "vanthu@danang.example.vn";
const INSPECTORATE = "thanhtra@danang.example.vn";

describe.skipIf(isMissing)(
  `a letter's reply page in a browser (skipped where ${CHROMIUM} is missing)`,
  () => {
    let browser: Browser;
    let mail: MailServer;
    let program: Running;
    const contexts: BrowserContext[] = [];
    const problems: string[] = [];

    beforeAll(async () => {
      mail = await startMailServer();
      const own = await machine({ SMTP_URL: mail.url, MAIL_FROM: "Một Cửa <motcua@example.vn>" });
      await own.contacts({
        "ubnd-tp-da-nang": [{ channel: "email", to: CITY }],
        "thanh-tra-tp-da-nang": [{ channel: "email", to: INSPECTORATE }],
      });
      program = await own.start();
      browser = await launch();
    });
    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close();
      expect(problems.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      await browser.close();
      await program.stop();
      await mail.close();
    });

    /** Files a story and gives the address in the letter about it. */
    async function written(
      to: string,
      story: string,
    ): Promise<{ citizen: Visitor; code: string; url: string }> {
      const citizen = visitor(program.address);
      const code = await files(citizen, story);
      const url = /http:\S+\/reply\/\S+/.exec(await letter(mail, to, code))?.[0] ?? "";
      return { citizen, code, url };
    }

    async function opens(url: string, viewport = PHONE, javaScriptEnabled = true): Promise<Page> {
      const context = await browser.newContext({ viewport, locale: "vi-VN", javaScriptEnabled });
      contexts.push(context);
      const page = await context.newPage();
      watch(page, problems);
      await page.goto(url);
      return page;
    }

    const choose = (page: Page, label: string) => page.getByLabel("Việc cần làm").selectOption({ label });

    test("by keyboard on a phone an answer is written in four parts, of which two are needed", async () => {
      const { citizen, code, url } = await written(CITY, LATE);
      const page = await opens(url);
      // Which case it is: nobody mistakes one letter for another.
      await page.getByRole("heading", { name: code }).waitFor();
      expect(await page.title()).toContain(code);
      const shown = await page.locator("#case").innerText();
      for (const told of ["Hồ sơ trễ hẹn", "Hạn trả lời: ", LATE]) expect(shown).toContain(told);
      // Somebody else of the office opens the same letter.
      const late = await opens(url, DESKTOP);
      await choose(late, "Trả lời");
      await shot(page, "reply-begin");
      await page.getByLabel("Việc cần làm").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Tab");
      await page.keyboard.type("Hồ sơ trễ vì máy chủ hỏng.");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.type("Mang giấy hẹn đến quầy 3.");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      // The browser says which of the needed parts is empty.
      expect(await page.evaluate("document.activeElement.id")).toBe("done");
      expect(await page.getByRole("status").innerText()).toBe("");
      await page.keyboard.type("Kết quả đã có.");
      await shot(page, "reply-answer");
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      const send = page.getByRole("button", { name: "Gửi người dân" });
      await send.focus();
      await page.keyboard.press("Enter");
      await page.getByText(`${code}: Đã gửi câu trả lời cho người dân.`).waitFor();
      expect(await send.count()).toBe(0);
      await citizen.hears(
        "Kết quả xác minh: Hồ sơ trễ",
        "Đã giải quyết: Kết quả đã có.",
        "Bước tiếp theo: Mang giấy hẹn",
      );
      await shot(page, "reply-answered");

      await page.getByText(official.alreadyAnswered).waitFor();
      await late.getByLabel("Kết quả xác minh").fill("Đang xem.");
      await late.getByLabel("Đã giải quyết thế nào").fill("Đang làm.");
      await late.getByRole("button", { name: "Gửi người dân" }).click();
      await late.getByText(`${official.alreadyAnswered} (Ủy ban nhân dân thành phố Đà Nẵng, `).waitFor();
      expect(await late.getByLabel("Đã giải quyết thế nào").inputValue()).toBe("Đang làm.");
      await shot(late, "reply-too-late");
    });

    test("more time is asked for with an apology, then who the person is", async () => {
      const { citizen, code, url } = await written(CITY, LATE);
      const page = await opens(url);
      await choose(page, "Gia hạn");
      const apology = page.getByLabel("Lời xin lỗi");
      expect(await apology.inputValue()).toBe(words.apology);
      await page.getByLabel("Ngày trả lời mới").fill("2026-12-31");
      await page.getByLabel("Lý do gia hạn").fill("Phải hỏi xã.");
      await apology.fill("Xin lỗi bà vì để bà chờ.");
      const send = page.getByRole("button", { name: "Gia hạn" });
      await send.click();
      await page.getByText(official.tooFar("2026-12-07")).waitFor();
      await shot(page, "reply-extend");
      await page.getByLabel("Ngày trả lời mới").fill("2026-12-04");
      await send.click();
      await page.getByText(`${code}: Đã gia hạn.`).waitFor();
      await citizen.hears("04/12/2026", "Xin lỗi bà vì để bà chờ.");

      await choose(page, "Xin biết danh tính");
      await page.getByText("Đồng ý thì tên, số điện thoại đến riêng cơ quan này.").waitFor();
      await page.getByLabel("Vì sao cần biết").fill("Cần tìm đúng hồ sơ.");
      await shot(page, "reply-identity");
      await page.getByRole("button", { name: "Gửi đề nghị" }).click();
      await page.getByText("Đã hỏi người dân có đồng ý").waitFor();
      await citizen.hears("Cần tìm đúng hồ sơ.");
    });

    test("the case is handed on to an agency that is found by its name, with or without marks", async () => {
      const { citizen, code, url } = await written(CITY, LATE);
      const page = await opens(url);
      await choose(page, "Chuyển nơi khác");
      await page.getByRole("searchbox", { name: "Nơi nhận" }).fill("so noi vu da nang");
      await page.getByLabel("Sở Nội vụ thành phố Đà Nẵng").check();
      await page.getByLabel("Lý do chuyển").fill("Đúng thẩm quyền.");
      await page.getByRole("button", { name: "Chuyển" }).click();
      await page.getByText(`${code}: Đã chuyển.`).waitFor();
      await citizen.hears("Sở Nội vụ thành phố Đà Nẵng", "Đúng thẩm quyền.");
      expect(await page.locator("#case").isVisible()).toBe(false);
    });

    test("in the protected lane the page says that the answer waits for its signature", async () => {
      const { citizen, code, url } = await written(INSPECTORATE, BRIBE);
      const page = await opens(url);
      await page.emulateMedia({ colorScheme: "dark" });
      await choose(page, "Trả lời");
      await page.getByLabel("Kết quả xác minh").fill("Đã làm việc với ông A.");
      await page.getByLabel("Đã giải quyết thế nào").fill("Đã đình chỉ.");
      await page.getByRole("button", { name: "Gửi người dân" }).click();
      await page.getByText(`${code}: Câu trả lời chờ ký.`).waitFor();
      await shot(page, "reply-waits");
      expect((await citizen.pushed()).map(({ text }) => text).join()).not.toContain("Đã đình chỉ");
    });

    test("a cut link, a lost network and a browser without scripts are told, and nothing typed is lost", async () => {
      const { url } = await written(CITY, LATE);
      const cut = await opens(url.slice(0, -3));
      await cut.getByText("Mã truy cập không đúng").waitFor();
      const lost = await opens(url);
      await choose(lost, "Báo tiến độ");
      await lost.getByLabel("Đã làm gì").fill("Đang gọi cho xã.");
      await lost.route("**/api/replies/*", (route) => route.abort());
      await lost.getByRole("button", { name: "Gửi người dân" }).click();
      await lost.getByText("chữ đã viết còn nguyên").waitFor();
      expect(await lost.getByLabel("Đã làm gì").inputValue()).toBe("Đang gọi cho xã.");
      problems.splice(0);
      const bare = await opens(url, PHONE, false);
      expect(await bare.locator("noscript").innerText()).toContain("Trang này cần JavaScript");
    });
  },
);
