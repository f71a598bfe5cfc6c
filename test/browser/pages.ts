import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { vietnamese } from "../../src/wording/citizen.ts";
import { codeIn, type Visitor } from "../stories/visitor.ts";

export const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
export const isMissing = !existsSync(CHROMIUM);
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };
/** Where pictures of the pages are put, to be looked at; none are taken without it. */
const SHOTS = process.env["SHOTS"];
const { complaint: asks } = vietnamese;

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS });
}

/** Notes what goes wrong on a page. */
export function watch(page: Page, problems: string[]): void {
  // A refused act is a status, which Chromium writes to the console; what else stands there is a fault.
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
}

/** Pixels by which the page is wider than the screen. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
}

export async function shot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

/** A late result of the commune of Núi Thành: the city must answer. */
export const LATE =
  "tôi nộp hồ sơ xin giấy độc thân ở UBND xã Núi Thành, Đà Nẵng ngày 2/11 hẹn 9/11 mà tới nay chưa trả";
/** The city's inspectorate must answer, in the protected lane. */
export const BRIBE = "Cán bộ địa chính UBND xã Núi Thành, Đà Nẵng đòi tôi 5 triệu mới ký giấy tách thửa";

/** Files this story without a name; its tracking code. */
export async function files(citizen: Visitor, story: string): Promise<string> {
  let said = await citizen.says(story);
  const offered = (label: string): boolean => said.choices.some((choice) => choice.label === label);
  for (let asked = 0; !offered(asks.send) && asked < 10; asked++)
    said = offered(asks.noName) ? await citizen.presses(asks.noName) : await citizen.presses(asks.skip);
  return codeIn((await citizen.presses(asks.send)).text);
}
