import { describe, expect, test, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { startWebhookReceiver } from "../fakes/webhook-receiver.ts";
import { bodyOf, noticed, SECRET } from "./agency.ts";
import { machine, SOON } from "./machine.ts";
import { codeIn, visitor } from "./visitor.ts";

// Apart from the commands that run within the test's own process: while one of them reads the knowledge, an agency's
// system in the same process would not answer within its ten seconds.

const { complaint: asks, notices, statuses } = vietnamese;
const STORY =
  "Tôi nộp hồ sơ ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà vẫn chưa trả";

describe.concurrent("an operator whose contacts file names nobody", () => {
  test("finds the case among what is stuck, names the agency, and it goes out by itself", async ({
    onTestFinished,
  }) => {
    const city = await startWebhookReceiver(SECRET);
    onTestFinished(() => city.close());
    const office = await machine({}, { light: true });
    let program = await office.start();
    const person = visitor(program.address);
    await person.tells(STORY);
    await person.says("H17.25-261102-0012");
    const code = codeIn((await person.presses(asks.send)).text);
    await person.hears(notices.undeliverable(code));
    expect((await person.says(`tra cứu ${code}`)).text).toContain(statuses.delivery_problem);

    const rows = async (): Promise<unknown> => JSON.parse((await office.run(["stuck", "--json"])).stdout);
    const row = {
      delivery: expect.stringContaining("ubnd-tp-da-nang"),
      case: code,
      to: "ubnd-tp-da-nang",
      since: expect.stringMatching(/^2026-11-20T02:/),
      attempts: 1,
      problem: expect.stringContaining("contact"),
    };
    expect(await rows()).toEqual([row]);
    expect((await office.run(["stuck"])).stdout).toContain(code);
    const day = {
      day: "2026-11-20",
      agency: "ubnd-tp-da-nang",
      promised: 1,
      delivered: 0,
      dead: 1,
      waiting: 0,
    };
    expect(JSON.parse((await office.run(["stuck", "--daily", "--json"])).stdout)).toEqual([day]);
    expect((await office.run(["stuck", "--daily"])).stdout).toContain("1 with a human");
    // The file is read while the program runs: the next complaint goes out at once.
    await office.contacts({ "ubnd-tp-da-nang": [{ channel: "webhook", url: city.url, secret: SECRET }] });
    const next = visitor(program.address);
    await next.tells(STORY);
    const nextCode = codeIn((await next.presses(asks.send)).text);
    await noticed(city, nextCode, "filed");
    await program.stop();
    // Nothing runs now: the command opens the store itself.
    expect(await rows()).toEqual([row]);
    // The tries go on every hour: two hours later it has arrived.
    program = await office.start({ MOTCUA_NOW: "2026-11-20T11:30+07:00" });
    onTestFinished(() => program.kill());
    expect(await noticed(city, code, "filed")).toMatchObject({ dossier: "H17.25-261102-0012" });
    await person.at(program.address).hears(notices.delivered(code, "Ủy ban nhân dân thành phố Đà Nẵng"));
    await vi.waitFor(async () => expect(await rows()).toEqual([]), SOON);
    expect((await office.run(["stuck"])).stdout).toBe("nothing is stuck\n");
    expect(city.received).toHaveLength(2);
  });
});

describe.concurrent("a person at the terminal", () => {
  test("complains by typing and by numbers, leaves, and comes back to the same conversation beside the running program", async ({
    onTestFinished,
  }) => {
    const city = await startWebhookReceiver(SECRET);
    onTestFinished(() => city.close());
    const home = await machine({}, { light: true });
    await home.contacts({ "ubnd-tp-da-nang": [{ channel: "webhook", url: city.url, secret: SECRET }] });
    const told = await home.run(["chat"], {
      input: ["xin chào", STORY, "1", "H17.25-261102-0012", "1", ""].join("\n"),
    });
    expect(told).toMatchObject({ code: 0, stderr: "" });
    expect(told.stdout).toContain(vietnamese.answers.greeting);
    expect(told.stdout).toContain(`1. ${asks.send}`);
    const code = codeIn(told.stdout.slice(told.stdout.indexOf("Mã tra cứu")));
    const back = await home.run(["chat"], { input: `tra cứu ${code}\n` });
    expect(back.stdout).toContain("Ủy ban nhân dân thành phố Đà Nẵng");
    const program = await home.start({ MOTCUA_NOW: "2026-11-20T11:30+07:00" });
    onTestFinished(() => program.kill());
    await noticed(city, code, "filed");
    const beside = await home.run(["chat"], { input: `tra cứu ${code}\n` });
    expect(beside).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining(code) });
    expect(city.received.map(bodyOf).filter((body) => body.case === code)).toHaveLength(1);
  });
});
