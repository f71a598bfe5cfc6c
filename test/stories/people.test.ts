import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type MailServer, startMailServer } from "../fakes/mail-server.ts";
import { jpeg, pdf, SCAN } from "../fakes/pictures.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../fakes/webhook-receiver.ts";
import { noticed, replies, SECRET } from "./agency.ts";
import { letter, lettersTo } from "./letters.ts";
import { type Machine, machine, type Running, SOON } from "./machine.ts";
import { codeIn, upload, type Visitor, visitor } from "./visitor.ts";

const { complaint: asks, evidence, erasing, notices } = vietnamese;

/** What must be found nowhere but where the person sent it. */
const NAME = "Canary Thị Kín";
const PHONE = "0905777333";
const IDENTITY = "049187654321";
const HIDDEN = "GPS-15.5757N-108.4740E-Canary";
const STORY = `Tôi là ${NAME}, căn cước ${IDENTITY}, điện thoại ${PHONE}, bị cán bộ xã Núi Thành, Đà Nẵng quát mắng và đuổi về`;
/** Written in the story, and gone again before it is sent. */
const CANARIES = [NAME, "Canary", PHONE, IDENTITY, HIDDEN];
const CITY_MAIL = "vanthu@danang.example.vn";
const ACCUSED_MAIL = "xa@nuithanh.example.vn";

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("a person and what they told", () => {
  let city: WebhookReceiver;
  let mail: MailServer;
  let own: Machine;
  let program: Running;
  let logs = "";
  let person: Visitor;
  let code = "";
  let url = "";

  beforeAll(async () => {
    city = await startWebhookReceiver(SECRET);
    mail = await startMailServer();
    own = await machine({ SMTP_URL: mail.url, MAIL_FROM: "Một Cửa <motcua@example.vn>" }, { light: true });
    await own.contacts({
      "ubnd-tp-da-nang": [
        { channel: "webhook", url: city.url, secret: SECRET },
        { channel: "email", to: CITY_MAIL },
      ],
      "thanh-tra-tp-da-nang": [
        { channel: "webhook", url: city.url, secret: SECRET },
        { channel: "email", to: CITY_MAIL },
      ],
      "ubnd-xa-nui-thanh-da-nang": [{ channel: "email", to: ACCUSED_MAIL }],
    });
    program = await own.start();
  });
  afterAll(async () => {
    await program.stop();
    await city.close();
    await mail.close();
  });

  test("a file without a complaint is not kept", async () => {
    const sent = await upload(program.address, "", jpeg());
    expect(sent).toMatchObject({ status: 200, text: evidence.alone });
    expect(await readdir(join(own.data, "evidence"))).toEqual([]);
  });

  test("a photograph goes into the complaint being told, shown before it is sent, clean", async () => {
    person = visitor(program.address);
    await person.says(STORY);
    const id = randomUUID();
    const photo = jpeg(HIDDEN);
    const first = await upload(program.address, person.session(), photo, {
      name: `${NAME} ${PHONE}.jpg`,
      id,
    });
    expect(first.text).toContain(evidence.taken("anh-1.jpg", 1, 5));
    // The same message again is answered the same and takes nothing in.
    expect(await upload(program.address, person.session(), photo, { id })).toEqual(first);
    expect(await filesIn(join(own.data, "evidence"))).toHaveLength(1);
    const second = await upload(program.address, person.session(), pdf(`scan ${NAME}`), {
      name: "../../x.sh",
    });
    expect(second.text).toContain(evidence.taken("tai-lieu-2.pdf", 2, 5));
    expect(second.text).toContain(evidence.asItIs);
    const page = await upload(program.address, person.session(), Buffer.from("<script>alert(1)</script>"), {
      type: "image/jpeg",
    });
    expect(page.text).toContain(evidence.refused("type", 10, 5));
    expect(page.text).toContain("Kèm theo: 1 ảnh, 1 tệp PDF");
    expect(page.text).toContain("1 ảnh, 1 tệp PDF kèm theo, chỉ để giải quyết vụ này");
    let said = await person.chooses("d:strip");
    expect(said.text).toContain("Kèm theo: 1 ảnh, 1 tệp PDF");
    // The name cannot be told from other words; the person takes it out themselves.
    await person.presses(asks.editStory);
    said = await person.says("Tôi bị cán bộ xã Núi Thành quát mắng và đuổi về khi hỏi giấy tờ");
    code = codeIn((await person.presses(asks.send)).text);
    expect((await person.says(`tra cứu ${code}`)).text).toContain("Anh/chị đã đồng ý khi gửi");
  });

  test("the agency that handles it gets links that open for it alone, and for some days", async () => {
    const filed = await noticed(city, code, "filed");
    expect(filed.evidence).toMatchObject([
      { name: "anh-1.jpg", type: "image/jpeg" },
      { name: "tai-lieu-2.pdf", type: "application/pdf" },
    ]);
    for (const canary of CANARIES)
      expect(city.received.map(({ body }) => body).join("\n")).not.toContain(canary);
    const links = filed.evidence.map((file) =>
      String(Object.entries(file).find(([key]) => key === "url")?.[1]),
    );
    [url = ""] = links;
    const photo = await fetch(url);
    expect(photo.status).toBe(200);
    expect(photo.headers.get("content-type")).toBe("image/jpeg");
    expect(photo.headers.get("content-security-policy")).toContain("sandbox");
    expect(photo.headers.get("x-content-type-options")).toBe("nosniff");
    expect(photo.headers.get("cache-control")).toBe("no-store");
    const bytes = Buffer.from(await photo.arrayBuffer());
    expect(bytes.includes(SCAN)).toBe(true);
    expect(bytes.includes("GPS")).toBe(false);
    const paper = await fetch(links[1] ?? "");
    expect(paper.headers.get("content-type")).toBe("application/octet-stream");
    expect(paper.headers.get("content-disposition")).toBe('attachment; filename="tai-lieu-2.pdf"');
    const changed = new URL(url);
    for (const [name, value] of [
      ["a", "ubnd-xa-nui-thanh-da-nang"],
      ["d", "2030-01-01"],
      ["s", "x"],
      ["c", "0".repeat(20)],
    ] as const) {
      const other = new URL(changed);
      other.searchParams.set(name, value);
      expect((await fetch(other)).status, name).toBe(404);
    }
    expect((await fetch(`${program.address}/evidence/x`)).status).toBe(404);
  });

  test("bodies that are no such form, or too large, get a sentence", async () => {
    const post = async (body: FormData | string, headers = {}): Promise<number> =>
      (await fetch(`${program.address}/api/messages`, { method: "POST", body, headers })).status;
    const form = new FormData();
    form.set("id", "1");
    expect(await post(form)).toBe(400);
    form.append("file", new Blob(["a"]), "a");
    form.append("file", new Blob(["b"]), "b");
    expect(await post(form)).toBe(400);
    expect(await post("no form", { "Content-Type": "multipart/form-data; boundary=x" })).toBe(400);
    expect(await post("no boundary", { "Content-Type": "multipart/form-data" })).toBe(400);
    const large = await upload(program.address, "", Buffer.alloc(11_000_000)).catch(() => ({ status: 413 }));
    expect(large.status).toBe(413);
  });

  test("changing the identity key keeps the conversation, the case and its files", async () => {
    logs += program.output();
    await program.stop();
    const files = await Promise.all(
      (await filesIn(join(own.data, "evidence"))).map((path) => readFile(path)),
    );
    const rotated = await own.run(["rotate-key", "--json"]);
    expect(rotated).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(rotated.stdout)).toMatchObject({ keys: expect.any(Number) });
    expect(await own.run(["verify"])).toMatchObject({ code: 0 });
    // What the files hold was not sealed anew.
    expect(
      await Promise.all((await filesIn(join(own.data, "evidence"))).map((path) => readFile(path))),
    ).toEqual(files);
    program = await own.start();
    person = person.at(program.address);
    expect((await person.says(`tra cứu ${code}`)).text).toContain("Anh/chị đã đồng ý khi gửi");
    // Links made before are of the old key; a reminder brings new ones.
    expect((await fetch(url.replace(/^http:\/\/[^/]+/, program.address))).status).toBe(404);
  });

  test("an open case is not erased; when it is over and its time to reopen has passed, it is, for good", async () => {
    let said = await person.says("xóa dữ liệu");
    expect(said.text).toContain(erasing.open([code]));
    await person.presses(erasing.no);
    await person.says("rút phản ánh");
    await person.presses(vietnamese.withdrawal.free);
    await person.presses(vietnamese.withdrawal.quit);
    said = await person.says("xóa dữ liệu");
    expect(said.text).toContain("Xóa được từ ngày");
    expect(said.choices.map(({ label }) => label)).not.toContain(erasing.all(1));
    await person.presses(erasing.no);
    expect(await own.run(["hold", code, "--reason", "Tòa án đang cần"])).toMatchObject({ code: 0 });
    expect((await own.run(["hold", code, "--reason", "Lần nữa"])).code).toBe(1);
    expect((await person.says("xóa dữ liệu")).text).toContain(erasing.held(code));
    await person.presses(erasing.no);
    expect(JSON.parse((await own.run(["hold", code, "--release", "--json"])).stdout)).toEqual({
      code,
      held: false,
    });
    expect((await own.run(["hold", code, "--release"])).code).toBe(1);
    expect((await own.run(["hold", code])).code).toBe(2);
    expect((await own.run(["hold", "MC-0000-0000-0000", "--reason", "x"])).code).toBe(1);
    logs += program.output();
    await program.stop();
    program = await own.start({ MOTCUA_NOW: "2027-01-15T09:00+07:00" });
    person = person.at(program.address);
    said = await person.says("xóa dữ liệu");
    expect(said.text).toContain(erasing.closed([code]));
    said = await person.presses(erasing.all(1));
    expect(said.text).toBe(erasing.doneAll([code]));
    expect(await filesIn(join(own.data, "evidence"))).toEqual([]);
    const stranger = visitor(program.address);
    expect((await stranger.says(`tra cứu ${code}`)).text).toBe(erasing.tombstone.request(code, "15/01/2027"));
    expect((await person.says("tra cứu")).text).not.toContain(code);
    await program.stop();
    expect(await own.run(["verify"])).toMatchObject({ code: 0, stderr: "" });
    program = await own.start({ MOTCUA_NOW: "2027-01-15T10:00+07:00" });
    expect((await visitor(program.address).says(`tra cứu ${code}`)).text).toContain("đã xóa theo yêu cầu");
  });

  test("the letters tell nothing of the person, and the unit complained about gets none", async () => {
    await letter(mail, CITY_MAIL, code, "quát mắng và đuổi về");
    const letters = lettersTo(mail, CITY_MAIL);
    const raw = mail.mails.map((one) => one.raw);
    for (const canary of CANARIES) expect([...letters, ...raw].join("\n")).not.toContain(canary);
    expect(lettersTo(mail, ACCUSED_MAIL)).toEqual([]);
  });

  test("nothing of the person stands in logs, metrics, names of files, backups or the data", async () => {
    await vi.waitFor(async () => {
      expect((await fetch(`${program.address}/health`)).status).toBe(200);
    }, SOON);
    const metrics = await (await fetch(`${program.address}/metrics`)).text();
    logs += program.output();
    await program.stop();
    expect((await own.run(["backup", "all.backup"])).code).toBe(0);
    const paths = await filesIn(own.folder);
    const bytes = await Promise.all(paths.map((path) => readFile(path)));
    for (const canary of [...CANARIES, "quát mắng và đuổi về", person.session()]) {
      expect(logs, "logs").not.toContain(canary);
      expect(metrics, "metrics").not.toContain(canary);
      expect(paths.join("\n"), "names of files").not.toContain(canary);
      for (const [index, content] of bytes.entries())
        expect(content.includes(canary), `${canary} in ${paths[index] ?? ""}`).toBe(false);
    }
    program = await own.start();
  });
});

test("asked for with the reply of an agency, a file that the person adds reaches it", async () => {
  const city = await startWebhookReceiver(SECRET);
  const own = await machine({}, { light: true });
  await own.contacts({ "ubnd-tp-da-nang": [{ channel: "webhook", url: city.url, secret: SECRET }] });
  const program = await own.start();
  const person = visitor(program.address);
  await person.says(
    "Tôi nộp hồ sơ đăng ký khai sinh ở UBND xã Núi Thành, Đà Nẵng ngày 2/11, hẹn 9/11 mà tới nay vẫn chưa trả",
  );
  let said = await person.says("H17.25-261102-0012");
  for (let turn = 0; turn < 8 && !said.text.includes("XEM TRƯỚC"); turn += 1) {
    const label = [asks.noName, asks.skip].find((known) => said.choices.some((one) => one.label === known));
    said = await person.presses(label ?? "");
  }
  const code = codeIn((await person.presses(asks.send)).text);
  const filed = await noticed(city, code, "filed");
  expect(filed.evidence).toEqual([]);
  await replies(filed.reply, { action: "ask", text: "Xin ảnh giấy hẹn" });
  await person.hears("Xin ảnh giấy hẹn");
  await person.presses(notices.answerQuestion);
  const sent = await upload(program.address, person.session(), jpeg());
  expect(sent.text).toContain(evidence.added(code));
  const told = await noticed(city, code, "information");
  expect(told).toMatchObject({ text: "1 ảnh", evidence: [{ name: "anh-1.jpg" }] });
  expect((await person.says(`tra cứu ${code}`)).text).toContain(vietnamese.statuses.in_progress);
  await program.stop();
  await city.close();
});
