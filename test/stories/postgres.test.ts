import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { pdf } from "../fakes/pictures.ts";
import { borrowed, type PostgresServer, startPostgres } from "../fakes/postgres-server.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../fakes/webhook-receiver.ts";
import { noticed, replies, SECRET } from "./agency.ts";
import { type Env, type Machine, machine, type Running, SOON } from "./machine.ts";
import { codeIn, listen, upload, type Visitor, visitor } from "./visitor.ts";

const IDENTITY_KEY = Buffer.alloc(32, 5).toString("base64");

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

/** Tells a complaint, each word to the next of the programs; the button that sends it. */
async function tells(...persons: readonly [Visitor, Visitor]): Promise<string> {
  const [person, next] = persons;
  await person.says(
    "Tôi nộp hồ sơ ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà vẫn chưa trả",
  );
  // No apology came; the code is added under the preview.
  await next.says("1");
  const preview = await person.says("H17.25-261102-0012");
  return preview.choices.find(({ label }) => label === vietnamese.complaint.send)?.id ?? "";
}

/** All rows of all tables, as text. */
async function everythingIn(url: string): Promise<string> {
  const tables = await server.run(url, "select tablename from pg_tables where schemaname = 'public'");
  const rows = await Promise.all(
    tables.map(({ tablename }) => server.run(url, `select t::text as row from "${String(tablename)}" t`)),
  );
  return JSON.stringify(rows);
}

const health = async (program: Running): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${program.address}/health`);
  return { status: response.status, body: await response.json() };
};

describe("the program with a database", () => {
  const office = async (env: Env): Promise<Machine> => machine({ IDENTITY_KEY, ...env }, { light: true });

  /** Two machines with one program each, and the city's system behind both. */
  const twoOf = async (env: Env, agency: WebhookReceiver) => {
    const machines = [await office(env), await office(env)] as const;
    const contact = { channel: "webhook", url: agency.url, secret: SECRET };
    for (const one of machines) await one.contacts({ "ubnd-tp-da-nang": [contact] });
    return { machines, programs: [await machines[0].start(), await machines[1].start()] as const };
  };

  test("two programs behind one address are one service: a talk, a case and its answer go over both", async ({
    onTestFinished,
  }) => {
    const agency = await startWebhookReceiver(SECRET);
    onTestFinished(() => agency.close());
    const env = { DATABASE_URL: await server.database() };
    const { machines, programs } = await twoOf(env, agency);
    const [one, other] = programs;
    onTestFinished(async () => {
      await one.kill();
      await other.kill();
    });
    expect(one.output()).toMatch(/store: PostgreSQL at 127\.0\.0\.1/);
    const here = visitor(one.address);
    await here.says("xin chào");
    const there = here.at(other.address);
    const page = await listen(other.address, here.session());
    onTestFinished(() => page.leave());
    const send = await tells(here, there);
    // The same press comes to both.
    const [answer, same] = await Promise.all([here.chooses(send, "send"), there.chooses(send, "send")]);
    expect(same.raw).toBe(answer.raw);
    const code = codeIn(answer.text);
    const { reply } = await noticed(agency, code, "filed");
    expect(agency.received.filter(({ body }) => body.includes('"event":"filed"'))).toHaveLength(1);
    const atOther = { ...reply, url: reply.url.replace(one.address, other.address) };
    expect(await replies(atOther, { action: "answer", text: "Kết quả đã có tại quầy 3." })).toMatchObject({
      status: 200,
    });
    await vi.waitFor(
      () => expect(page.heard.some(({ text }) => text.includes("Kết quả đã có tại quầy 3."))).toBe(true),
      SOON,
    );
    const stored = await everythingIn(env.DATABASE_URL);
    const told = [code, "Tam Quang", "mà vẫn chưa trả", "261102", "quầy 3", here.session()];
    expect(["sealed", ...told].filter((words) => stored.includes(words))).toEqual(["sealed"]);
    // One of them is gone: the other is the service.
    await one.kill();
    expect((await there.says(`tra cứu ${code}`)).text).toContain(code);
    expect((await machines[1].run(["stuck"])).stdout).toContain("nothing is stuck");
  });

  test("what is turned off at one is off at the other, and a file sent to one is handed out by the other", async ({
    onTestFinished,
  }) => {
    const agency = await startWebhookReceiver(SECRET);
    const shared = await mkdtemp(join(tmpdir(), "motcua-shared-"));
    onTestFinished(async () => {
      await agency.close();
      await rm(shared, { recursive: true });
    });
    const env = { DATABASE_URL: await server.database(), SHARED_DIR: shared };
    const { machines, programs } = await twoOf(env, agency);
    const [one, other] = programs;
    onTestFinished(async () => {
      await one.kill();
      await other.kill();
    });
    const here = visitor(one.address);
    await tells(here, here);
    expect((await upload(one.address, here.session(), pdf())).status).toBe(200);
    await here.says("H17.25-261102-0013");
    const code = codeIn((await here.presses(vietnamese.complaint.send)).text);
    const { evidence } = await noticed(agency, code, "filed");
    const link = new URL(String(Object.entries(evidence[0] ?? {}).find(([name]) => name === "url")?.[1]));
    for (const { address } of [one, other]) {
      expect((await fetch(`${address}${link.pathname}${link.search}`)).status, address).toBe(200);
    }
    const reason = "Cổng đang được bảo trì";
    expect(await machines[0].run(["switch", "off", "intake", reason])).toMatchObject({ code: 0 });
    for (const { address } of [one, other]) {
      expect((await visitor(address).says("Tôi muốn khiếu nại")).text, address).toContain(reason);
    }
    expect((await machines[1].run(["switch"])).stdout).toContain(reason);
  });

  test.skipIf(borrowed)(
    "says what is wrong while the database is away, and goes on when it is back",
    async ({ onTestFinished }) => {
      const own = await office({ DATABASE_URL: await server.database() });
      await server.stop();
      const program = await own.start();
      onTestFinished(() => program.kill());
      expect(await health(program)).toMatchObject({
        status: 503,
        body: { ok: false, problem: expect.stringContaining("database") },
      });
      await expect(visitor(program.address).says("xin chào")).rejects.toThrow("503");
      await server.restart();
      await vi.waitFor(async () => expect((await health(program)).status).toBe(200), SOON);
      const person = visitor(program.address);
      await person.says("xin chào");
      await server.stop("kill");
      await vi.waitFor(async () => expect((await health(program)).status).toBe(503), SOON);
      await server.restart();
      await vi.waitFor(async () => expect((await person.says("xin chào")).text).not.toBe(""), SOON);
      expect(program.log().map(({ event }) => event)).toContain("store database_back");
      expect(await program.stop()).toBe(0);
    },
  );
});

describe("the keeping of a store", () => {
  test("backup while running, verify, move to a database and back, restore", async ({ onTestFinished }) => {
    const own = await machine({ IDENTITY_KEY }, { light: true });
    const program = await own.start();
    onTestFinished(() => program.kill());
    const person = visitor(program.address);
    await tells(person, person);
    expect((await upload(program.address, person.session(), pdf())).status).toBe(200);
    await person.says("H17.25-261102-0013");
    const code = codeIn((await person.presses(vietnamese.complaint.send)).text);
    expect(await own.run(["switch", "off", "channel:email", "Máy chủ thư đang hỏng"])).toMatchObject({
      code: 0,
    });
    const file = join(own.folder, "backup");
    const backedUp = await own.run(["backup", file, "--json"]);
    expect(backedUp).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(backedUp.stdout)).toMatchObject({ complaints: 1 });
    expect((await own.run(["backup", `${file}-2`])).stdout).toContain(`copy ${join(own.data, "evidence")}`);
    expect(await own.run(["backup", file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("exists"),
    });
    expect((await own.run(["verify"])).stdout).toMatch(
      /^1 complaints, \d+ events, \d+ deliveries, 1 files: all is sound\n$/,
    );
    const url = await server.database();
    expect(await own.run(["move", "--to", url])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("in use"),
    });
    expect(await own.run(["restore", file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("in use"),
    });
    await program.stop();

    expect(await own.run(["restore", file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--force"),
    });
    const moved = await own.run(["move", "--to", url]);
    expect(moved).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("1 complaints") });
    expect(moved.stdout).toContain("set DATABASE_URL");
    expect(moved.stdout).toContain(`stay in ${own.data}`);
    const inDatabase = { DATABASE_URL: url };
    expect(await own.run(["verify"], { env: inDatabase })).toMatchObject({ code: 0 });
    expect(await own.run(["move", "--to", url])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--force"),
    });
    const again = await own.start(inDatabase);
    onTestFinished(() => again.kill());
    expect((await person.at(again.address).says(`tra cứu ${code}`)).text).toContain(code);
    await again.stop();

    const back = join(own.folder, "back");
    expect(await own.run(["move", "--to", back], { env: inDatabase })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/1 files of complaints, and the switches, were copied.*contacts\.yaml/),
    });
    const movedBack = await own.run(["verify", "--json"], { env: { DATA_DIR: back } });
    expect(JSON.parse(movedBack.stdout)).toMatchObject({ files: 1, faults: [] });
    expect((await own.run(["switch"], { env: { DATA_DIR: back } })).stdout).toContain("Máy chủ thư");
    const fresh = { DATA_DIR: join(own.folder, "fresh") };
    const otherKey = Buffer.alloc(32, 6).toString("base64");
    expect(await own.run(["restore", file], { env: { ...fresh, IDENTITY_KEY: otherKey } })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("identity key"),
    });
    const evidence = join(own.folder, "fresh", "evidence");
    expect(await own.run(["restore", file], { env: fresh })).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining(evidence),
    });
    // A store without its files is not sound, and one whose files were changed is none.
    expect(await own.run(["verify"], { env: fresh })).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/1 files: 1 faults\n {2}complaint \S+: file \S+ is missing/),
    });
    await cp(join(own.data, "evidence"), evidence, { recursive: true });
    expect(await own.run(["verify"], { env: fresh })).toMatchObject({ code: 0 });
    const restored = await own.start(fresh);
    onTestFinished(() => restored.kill());
    expect((await person.at(restored.address).says(`tra cứu ${code}`)).text).toContain(code);
  });

  test("wrong usage is told as such", async () => {
    const own = await machine({ IDENTITY_KEY }, { light: true });
    for (const args of [["backup"], ["restore"], ["move"], ["move", "--to", "mysql://x"], ["verify", "x"]]) {
      expect(await own.run(args), args.join(" ")).toMatchObject({ code: 2 });
    }
    expect(await own.run(["verify"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("holds nothing"),
    });
    expect(await own.run(["restore", "none"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("ENOENT"),
    });
    const away = { DATABASE_URL: "postgres://u:secret@127.0.0.1:1/x" };
    const { code, stderr } = await own.run(["verify"], { env: away });
    expect(code).toBe(1);
    expect(stderr).toContain("cannot be reached (ECONNREFUSED)");
    expect(stderr).not.toContain("secret");
  });
});
