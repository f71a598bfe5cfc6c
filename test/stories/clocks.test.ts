import { describe, expect, test, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { startWebhookReceiver } from "../fakes/webhook-receiver.ts";
import { bodyOf, SECRET } from "./agency.ts";
import { machine, SOON } from "./machine.ts";
import { codeIn, visitor } from "./visitor.ts";

const { complaint: asks, notices, overdue } = vietnamese;
const STORY =
  "Tôi nộp hồ sơ ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà vẫn chưa trả";
const CITY = "ubnd-tp-da-nang";
const COORDINATOR = "dieu-phoi";
const INSPECTORATE = "thanh-tra-tp-da-nang";

describe("a complaint that nobody takes", () => {
  test("goes up while the program stands still for a month: caught up once at the next start, and told to an operator", async ({
    onTestFinished,
  }) => {
    const agencies = await startWebhookReceiver(SECRET);
    onTestFinished(() => agencies.close());
    const office = await machine({}, { light: true });
    const contact = { channel: "webhook", url: agencies.url, secret: SECRET };
    await office.contacts({ [CITY]: [contact], [COORDINATOR]: [contact], [INSPECTORATE]: [contact] });
    const heard = (): string[] =>
      agencies.received.map(bodyOf).map(({ agency, event }) => `${agency.id} ${event}`);

    let program = await office.start();
    const person = visitor(program.address);
    await person.tells(STORY);
    const code = codeIn((await person.presses(asks.send)).text);
    await vi.waitFor(() => expect(heard()).toEqual([`${CITY} filed`]), SOON);
    await program.stop();

    const inAMonth = { MOTCUA_NOW: "2026-12-21T09:00+07:00" };
    program = await office.start(inAMonth);
    const escalated = [CITY, COORDINATOR, INSPECTORATE].map((id) => `${id} escalated`);
    await vi.waitFor(
      () => expect(heard().toSorted()).toEqual([`${CITY} filed`, ...escalated].toSorted()),
      SOON,
    );
    const later = person.at(program.address);
    await later.hears(notices.escalatedFurther(code, "Thanh tra thành phố Đà Nẵng"));
    expect((await later.says(`tra cứu ${code}`)).text).toContain(overdue[3]);
    const rows = JSON.parse((await office.run(["stuck", "--json"], { env: inAMonth })).stdout);
    expect(rows).toEqual([
      {
        delivery: expect.any(String),
        case: code,
        to: `${CITY} ${COORDINATOR} ${INSPECTORATE}`,
        since: expect.stringMatching(/^2026-12-21T02:/),
        attempts: 0,
        problem: "overdue, and nobody answers",
      },
    ]);
    await program.stop();

    // Once more the next day: everything was done already.
    program = await office.start({ MOTCUA_NOW: "2026-12-22T09:00+07:00" });
    onTestFinished(() => program.kill());
    await person.at(program.address).says("xin chào");
    expect(heard()).toHaveLength(4);
  });
});
