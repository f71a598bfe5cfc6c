import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import {
  answers,
  type Behaviour,
  resets,
  saysNothing,
  startWebhookReceiver,
} from "../fakes/webhook-receiver.ts";
import { bodyOf, SECRET } from "./agency.ts";
import { type Machine, machine, type Running, SOON } from "./machine.ts";
import { codeIn, type Visitor, visitor } from "./visitor.ts";

const LANES = 2;
const ROUNDS = 10;
const PERSONS = 2;

/** What the agency's system does with the notices of a round. */
const RECEIVERS: readonly Behaviour[] = [
  answers(503),
  saysNothing,
  resets,
  (response) => setTimeout(() => response.writeHead(200).end(), 40),
  answers(200),
];
/** When the program is killed. With five receivers, twenty rounds meet each pair once. */
const MOMENTS = ["first answer", "all answers", "in flight", "arrival"] as const;

/** A complaint whose confirmation was sent; `answer` is what came back, if anything did before the kill. */
type Confirmed = { readonly person: Visitor; readonly id: string; readonly send: string; answer?: string };

/** Tells a complaint up to its preview; the choice that sends it. */
async function prepare(person: Visitor, mark: string): Promise<string> {
  const preview = await person.tells(
    `Tôi nộp hồ sơ ${mark} ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà vẫn chưa trả`,
  );
  expect(preview.text).toContain(mark);
  return preview.choices.find(({ label }) => label === vietnamese.complaint.send)?.id ?? "";
}

/** The facts of a notice as they were sent: all but the address of the program, which has a new port at each start. */
function factsIn(body: string): string {
  return body.replace(/"url":"http:\/\/127\.0\.0\.1:\d+/, '"url":"');
}

/** What came of one store: complaints acknowledged before a kill, and notices that had to be sent again. */
type Outcome = { readonly kills: number; readonly acknowledged: number; readonly again: number };

/** One store through `ROUNDS` kills. */
async function lane(number: number): Promise<Outcome> {
  const agency = await startWebhookReceiver(SECRET);
  onTestFinished(() => agency.close());
  const own: Machine = await machine({}, { light: true });
  await own.contacts({ "ubnd-tp-da-nang": [{ channel: "webhook", url: agency.url, secret: SECRET }] });
  const all: { code: string; person: Visitor; mark: string }[] = [];
  let confirmed: Confirmed[] = [];
  let marks: string[] = [];
  let kills = 0;
  let acknowledged = 0;

  /** Two hours later each time, so that what failed is due again. */
  const start = (round: number): Promise<Running> =>
    own.start({ MOTCUA_NOW: new Date(Date.UTC(2026, 10, 20, 2 + 2 * round)).toISOString() });

  /** What was confirmed before the kill: the same again is answered the same, and the code is known. */
  const check = async (program: Running): Promise<void> => {
    for (const [index, { person, id, send, answer }] of confirmed.entries()) {
      const back = person.at(program.address);
      const [one, two] = await Promise.all([back.chooses(send, id), back.chooses(send, id)]);
      expect(two.raw).toBe(one.raw);
      if (answer !== undefined) {
        acknowledged += 1;
        expect(one.raw).toBe(answer);
      }
      const code = codeIn(one.text);
      const mark = marks[index] ?? "";
      const own = await back.says(`tra cứu ${code}`);
      const stranger = await visitor(program.address).says(`tra cứu ${code}`);
      for (const { text } of [own, stranger]) expect(text).toContain(code);
      // Another press on the same button, with an id of its own, files nothing.
      expect((await back.chooses(send)).text).toContain(code);
      all.push({ code, person: back, mark });
    }
  };

  const round = async (program: Running, index: number): Promise<void> => {
    const overall = index * LANES + number;
    const receiver = RECEIVERS[overall % RECEIVERS.length] ?? answers(200);
    const moment = MOMENTS[overall % MOMENTS.length];
    const persons = Array.from({ length: PERSONS }, () => visitor(program.address));
    marks = persons.map((_, at) => `so ${number}-${index}-${at}`);
    const sends = await Promise.all(persons.map((person, at) => prepare(person, marks[at] ?? "")));
    confirmed = persons.map((person, at) => ({ person, id: randomUUID(), send: sends[at] ?? "" }));
    let die = (): void => {};
    const dead = new Promise<void>((resolve) => {
      die = () => resolve(program.kill());
    });
    let noticed = false;
    const acknowledgedNow = (): boolean => confirmed.some(({ answer }) => answer !== undefined);
    agency.usually((response, got) => {
      noticed = true;
      if (moment === "arrival" && acknowledgedNow()) die();
      receiver(response, got);
    });
    const confirm = async (one: Confirmed): Promise<void> => {
      try {
        one.answer = (await one.person.chooses(one.send, one.id)).raw;
        if (moment === "first answer" || (moment === "arrival" && noticed)) die();
      } catch {
        // Killed before the answer: whether it was filed is found out after the next start.
      }
    };
    const [first, ...others] = confirmed;
    if (moment === "in flight" && first) await confirm(first);
    const answered = (moment === "in flight" ? others : confirmed).map(confirm);
    if (moment === "in flight") await sleep(overall % 7).then(die);
    await Promise.all(answered);
    if (moment === "all answers") await sleep(overall % 5).then(die);
    await dead;
    expect(program.alive()).toBe(false);
    kills += 1;
  };

  let program = await start(0);
  for (let index = 0; index < ROUNDS; index += 1) {
    await round(program, index);
    agency.usually(answers(200));
    program = await start(index + 1);
    await check(program);
  }

  const arrived = (): Set<string> => new Set(agency.received.map((received) => bodyOf(received).case));
  await vi.waitFor(() => {
    expect(all.filter(({ code }) => !arrived().has(code))).toEqual([]);
  }, SOON);
  // Each person's own complaint, under the code they were given, and none under a second code.
  const codes = all.map(({ code }) => code);
  expect(codes).toHaveLength(ROUNDS * PERSONS);
  expect(new Set(codes).size).toBe(codes.length);
  expect(arrived()).toEqual(new Set(codes));
  for (const { code, mark } of all) {
    // The superior is told as well of several persons with the same complaint.
    const told = agency.received.filter((received) => bodyOf(received).case === code);
    const notices = told.filter((received) => bodyOf(received).event === "filed");
    expect(told.filter((received) => !["filed", "cluster"].includes(bodyOf(received).event))).toEqual([]);
    expect(new Set(notices.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(notices.map(({ body }) => factsIn(body))).size).toBe(1);
    expect(bodyOf(notices[0] ?? { path: "", body: "{}", headers: {} }).text).toContain(mark);
  }
  for (const { person, code } of all)
    await person
      .at(program.address)
      .hears(vietnamese.notices.delivered(code, "Ủy ban nhân dân thành phố Đà Nẵng"));
  expect(agency.refused).toEqual([]);
  expect(JSON.parse((await own.run(["stuck", "--json"])).stdout)).toEqual([]);
  expect(await program.stop()).toBe(0);
  return { kills, acknowledged, again: agency.received.length - codes.length };
}

describe("kill -9", () => {
  test(`${LANES * ROUNDS} times around the confirmation: every code given is found and delivered once after the start`, async () => {
    const lanes = await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
    const sum = (fact: keyof Outcome): number => lanes.reduce((total, one) => total + one[fact], 0);
    expect(sum("kills")).toBe(LANES * ROUNDS);
    // The kills did hit: after an acknowledgement each, between answers, and while notices were under way.
    expect(sum("acknowledged")).toBeGreaterThanOrEqual(LANES * ROUNDS);
    expect(sum("acknowledged")).toBeLessThan(LANES * ROUNDS * PERSONS);
    expect(sum("again")).toBeGreaterThan(LANES);
  });
});
