import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "../fakes/webhook-receiver.ts";
import { noticed, replies, SECRET } from "../stories/agency.ts";
import { machine, type Running } from "../stories/machine.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];

describe.skipIf(!existsSync(CHROMIUM))(
  `the program in a browser (skipped where ${CHROMIUM} is missing)`,
  () => {
    let browser: Browser;
    let program: Running;
    let agency: WebhookReceiver;

    beforeAll(async () => {
      agency = await startWebhookReceiver(SECRET);
      const computer = await machine();
      await computer.contacts({
        "ubnd-tp-da-nang": [{ channel: "webhook", url: agency.url, secret: SECRET }],
      });
      program = await computer.start();
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
    });
    afterAll(async () => {
      await browser.close();
      await program.stop();
      await agency.close();
    });

    test("a citizen asks, complains, and reads the agency's answer without reloading", async () => {
      const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
      const problems: string[] = [];
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(String(error)));
      await page.goto(program.address);

      await say(page, "lam giay khai sinh cho con can gi");
      await sees(page, "Giấy chứng sinh");
      await say(page, "phí bao nhiêu");
      await sees(page, "chưa có thông tin");
      await say(page, "sao y giấy tờ mất bao nhiêu tiền");
      await sees(page, "2.000 đồng/trang");

      await say(
        page,
        "tôi nộp hồ sơ xin giấy độc thân ở UBND xã Tam Nghĩa, huyện Núi Thành, Quảng Nam ngày 2/11 hẹn 9/11 mà tới nay chưa trả",
      );
      await sees(page, "Xã Núi Thành");
      await say(page, "không nhận");
      await sees(page, "Người phản ánh: giấu tên");
      await page.getByRole("button", { name: /Đồng ý gửi/ }).click();
      await sees(page, "Mã tra cứu: MC-");
      const code = /MC(?:-[0-9A-Z]{4}){3}/.exec(await page.locator("[role=log]").innerText())?.[0] ?? "";

      const notice = await noticed(agency, code, "filed");
      expect(notice.person).toBeNull();
      expect(
        (await replies(notice.reply, { action: "answer", text: "Đã trả kết quả chiều nay." })).status,
      ).toBe(200);
      await sees(page, "Đã trả kết quả chiều nay.");
      await page.getByRole("button", { name: /Đã giải quyết/ }).click();
      await noticed(agency, code, "closed");
      expect(problems).toEqual([]);
    });
  },
);

async function say(page: Page, text: string): Promise<void> {
  const bubbles = page.locator("[role=log] > *");
  const before = await bubbles.count();
  await page.locator("textarea").fill(text);
  await page.keyboard.press("Enter");
  // The person's own bubble and at least one of the bot's.
  await expect.poll(() => bubbles.count(), { timeout: 15_000 }).toBeGreaterThan(before + 1);
}

async function sees(page: Page, text: string): Promise<void> {
  await page.getByRole("log").getByText(text).last().waitFor({ timeout: 15_000 });
}
