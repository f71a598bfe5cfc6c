import { expect, test } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { machine } from "./machine.ts";
import { visitor } from "./visitor.ts";

const { feedback } = vietnamese;
const BIRTH = "1.001193";
/** Nothing of ours, and not obviously so. */
const BUFFALO = "đàn trâu nhà hàng xóm hay kêu ban đêm khó ngủ ghê";

test("an editor sees what was asked in vain and what was answered badly, grouped, and never who asked", async ({
  onTestFinished,
}) => {
  const office = await machine({}, { light: true });
  expect((await office.run(["unanswered"])).stdout).toBe(
    "0 open: 0 unanswered, 0 thumbs down; 0 thumbs up\n",
  );
  const program = await office.start();
  onTestFinished(() => program.kill());
  const [one, other] = [visitor(program.address), visitor(program.address)];
  for (const person of [one, other]) await person.says(BUFFALO);
  await other.says("dan trau nha hang xom hay keu ban dem kho ngu ghe");
  await one.says("làm giấy khai sinh cho con cần gì");
  expect((await one.presses(feedback.up)).text).toBe(feedback.thanks);
  await other.says("đăng ký khai sinh trễ hạn cần giấy tờ gì");
  await other.presses(feedback.down);
  expect((await other.says("2")).text).toBe(feedback.thanksForReason);
  // The same button again is not one more thumb.
  await one.chooses(`f:up:${BIRTH}`);

  const ran = await office.run(["unanswered", "--json"]);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  const listing = JSON.parse(ran.stdout);
  expect(listing).toEqual({
    open: 4,
    unanswered: 3,
    down: 1,
    up: 1,
    total: 2,
    groups: [
      {
        count: 3,
        first: "2026-11-20",
        last: "2026-11-20",
        question: BUFFALO,
        others: [],
        unanswered: 3,
        offtopic: 0,
        down: 0,
        reasons: {},
        answered: [],
        likely: expect.any(Array),
      },
      {
        count: 1,
        first: "2026-11-20",
        last: "2026-11-20",
        question: "đăng ký khai sinh trễ hạn cần giấy tờ gì",
        others: [],
        unanswered: 0,
        offtopic: 0,
        down: 1,
        reasons: { missing: 1 },
        answered: [{ code: BIRTH, title: "Đăng ký khai sinh", count: 1 }],
        likely: [{ code: BIRTH, title: "Đăng ký khai sinh" }],
      },
    ],
  });
  for (const person of [one, other]) expect(ran.stdout).not.toContain(person.session());

  const { stdout } = await office.run(["unanswered", "--limit", "1"]);
  expect(stdout).toContain(`3×  ${BUFFALO}  (2026-11-20)`);
  expect(stdout).toContain("… and 1 more groups (--limit 2)");
  await program.stop();
  // Nothing runs now: the command opens the store itself.
  expect(JSON.parse((await office.run(["unanswered", "--json"])).stdout)).toEqual(listing);
  const whole = (await office.run(["unanswered"])).stdout;
  expect(whole).toContain("    why not: 1 missing\n    answered: 1.001193 Đăng ký khai sinh (1×)\n");
});

test("a limit that is no number is wrong usage", async () => {
  const office = await machine({}, { light: true });
  for (const limit of ["0", "-1", "many", "1.5"])
    expect(await office.run(["unanswered", `--limit=${limit}`])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("--limit"),
    });
});
