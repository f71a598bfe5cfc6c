import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createSealer } from "../../src/store/seal.ts";
import { wholeEmbedded } from "../../src/store/whole-embedded.ts";
import { vietnamese } from "../../src/wording/citizen.ts";
import { noticeFacts } from "../../src/wording/official.ts";
import { type MailServer, startMailServer } from "../fakes/mail-server.ts";
import { jpeg, pdf, SCAN } from "../fakes/pictures.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../fakes/webhook-receiver.ts";
import { sealedUnder } from "../store/sealed-under.ts";
import { bodyOf, noticed, replies, SECRET } from "./agency.ts";
import { letter, lettersTo } from "./letters.ts";
import { type Machine, machine, type Running, SOON } from "./machine.ts";
import { codeIn, upload, type Visitor, visitor } from "./visitor.ts";

const { complaint: asks, evidence, erasing, notices } = vietnamese;

const NAME = "Canary Thị Kín";
const PHONE = "0905777333";
const IDENTITY = "049187654321";
/** Typed before the story was told anew, and never sent. */
const TAKEN_BACK = "0914222888";
const MAIL = "canary.kin@example.com";
const HIDDEN = "GPS-15.5757N-108.4740E-Canary";
const LATE = "nộp hồ sơ ở UBND xã Núi Thành, Đà Nẵng ngày 2/11, hẹn 9/11 mà tới nay chưa trả";
const FIRST = `Tôi là ${NAME}, căn cước ${IDENTITY}, điện thoại ${TAKEN_BACK}, ${LATE}`;
/** Sent with the number in it, as the person wants it. */
const STORY = `Tôi ${LATE}, căn cước ${IDENTITY} của tôi họ còn giữ, cháu nội chưa vào lớp một được`;
/** Asked for money: the case goes the guarded way, and without the name that was typed first. */
const BRIBED = { name: "Canary Bảo Mật", phone: "0987111222" };
const DEMAND = "Cán bộ xã Núi Thành, Đà Nẵng đòi tôi đưa 500 nghìn mới chịu nhận hồ sơ khai sinh";
/** Others with their own words about the same unit: enough of them that public figures show a row. */
const OTHERS = [
  "Tôi nộp giấy xin khai sinh cho con gái tại UBND xã Núi Thành, Đà Nẵng ngày 3/11, hẹn 10/11 mà vẫn chưa trả",
  "Mẹ tôi nộp hồ sơ trợ cấp ở UBND xã Núi Thành, Đà Nẵng ngày 4/11, hẹn 11/11, quá hẹn rồi không thấy kết quả",
  "Em làm thủ tục kết hôn ở UBND xã Núi Thành, Đà Nẵng, nộp ngày 5/11, hẹn 12/11, đến giờ trễ hạn cả tuần",
  "Chồng tôi xin cấp phép xây nhà ở UBND xã Núi Thành, Đà Nẵng, nộp ngày 2/11, hẹn 13/11 mà họ cứ bảo chờ",
  "Ông tôi chứng thực di chúc ở UBND xã Núi Thành, Đà Nẵng, nộp ngày 6/11, hẹn 9/11, trễ hẹn chưa giải quyết",
];
/** Nobody but the person gets these, whatever they agreed to. */
const NEVER = [TAKEN_BACK, MAIL, HIDDEN, ...Object.values(BRIBED)];
const CANARIES = [...NEVER, NAME, "Canary", PHONE, IDENTITY, "vào lớp một", "500 nghìn"];
/** Finds no answer, and holds nothing personal. */
const IN_VAIN = "đàn trâu nhà hàng xóm hay kêu ban đêm khó ngủ ghê";
const CITY_MAIL = "vanthu@danang.example.vn";
const CUSTODIAN_MAIL = "thanhtra@danang.example.vn";
const COORDINATOR_MAIL = "dieuphoi@example.vn";
const ACCUSED_MAIL = "xa@nuithanh.example.vn";
/** Nobody has taken the case for two working days; links to files are still open. */
const UNTAKEN = "2026-11-26T09:00+07:00";
const OVER = "2027-01-15T09:00+07:00";

/** What others can read of the program, beside the pages of a conversation. */
const PAGES = [
  "/metrics",
  "/health",
  "/cong-khai",
  "/api/statistics.json",
  "/api/statistics.csv",
  "/open311/v2/requests.json",
  "/open311/v2/requests.xml",
];
const COMMANDS = [
  "report --month 2026-11 --format text",
  "report --month 2026-11 --format csv",
  "report --month 2026-11 --format html",
  "unanswered",
  "stuck",
  "stuck --daily",
];
/** Something that was looked through, and what it is. */
type Found = readonly [string, string | Buffer];

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("a person and what they told", () => {
  let city: WebhookReceiver;
  let custodian: WebhookReceiver;
  let accused: WebhookReceiver;
  let mail: MailServer;
  let own: Machine;
  let shared: string;
  let program: Running;
  let logs = "";
  let person: Visitor;
  const sessions: string[] = [];
  /** The facts of the preview that the person agreed to. */
  let agreed = "";
  let code = "";
  let url = "";

  const stop = async (): Promise<void> => {
    await program.stop();
    logs += program.output();
  };
  /** Everything that came to an agency: requests, and letters with their heads. */
  const toldTo = (box: string, system?: WebhookReceiver): string =>
    [
      ...[...(system?.received ?? []), ...(system?.refused ?? [])].map(
        ({ path, headers, body }) => path + JSON.stringify(headers) + body,
      ),
      ...mail.mails.filter(({ to }) => to.includes(box)).map(({ raw }) => raw.split("\r\n\r\n")[0]),
      ...lettersTo(mail, box),
    ].join("\n");
  /** Of all that agencies got so far: who told it stands where that was agreed to, and nowhere else. */
  const expectRightlyTold = (): void => {
    expect(toldTo(ACCUSED_MAIL, accused)).toBe("");
    const toCity = toldTo(CITY_MAIL, city);
    const named = [
      `"person":${JSON.stringify({ name: NAME, phone: PHONE })}`,
      `Người phản ánh: ${NAME}, ${PHONE}`,
    ];
    const others = [toldTo(CUSTODIAN_MAIL, custodian), toldTo(COORDINATOR_MAIL)];
    const unnamed = [named.reduce((text, line) => text.replaceAll(line, ""), toCity), ...others];
    for (const text of unnamed) {
      expect(text).not.toBe("");
      for (const canary of [...NEVER, "Canary", PHONE, ...sessions]) expect(text).not.toContain(canary);
      // The number stands in the story that the person agreed to, and in nothing made of it.
      expect(text.replaceAll(STORY, "")).not.toContain(IDENTITY);
    }
    // Whoever had a case that is under protection now heard of its end, and of nothing after it.
    const heard = city.received.map(bodyOf).filter((body) => body.case === code);
    expect(heard.at(-1)).toMatchObject({ event: "ended", person: null });
    expect(toCity).not.toContain(DEMAND);
    const boxes = [CITY_MAIL, CUSTODIAN_MAIL, COORDINATOR_MAIL, MAIL];
    expect(mail.mails.flatMap(({ to }) => to).filter((box) => !boxes.includes(box))).toEqual([]);
  };
  const expectNone = (found: readonly Found[]): void => {
    for (const [place, content] of found)
      for (const canary of [...CANARIES, ...sessions])
        expect(content.includes(canary), `${canary} in ${place}`).toBe(false);
  };
  /** What whoever runs the program, or anybody, can have of it beside the cases themselves. */
  const exported = async (): Promise<Found[]> => {
    const pages = PAGES.map(async (path): Promise<Found> => {
      const response = await fetch(program.address + path);
      expect(response.status, path).toBe(200);
      return [path, await response.text()];
    });
    const commands = COMMANDS.map(async (line): Promise<Found> => {
      const { code: ended, stdout, stderr } = await own.run(line.split(" "));
      expect({ ended, stderr }, line).toEqual({ ended: 0, stderr: "" });
      return [line, stdout];
    });
    return Promise.all([...pages, ...commands]);
  };
  /** Stops the program and reads all that it left: its log, names of files and their bytes, a backup among them. */
  const left = async (backup: string): Promise<Found[]> => {
    expect((await own.run(["backup", backup])).code).toBe(0);
    await stop();
    const paths = await filesIn(own.folder);
    expect(paths.some((path) => path.startsWith(join(own.data, "store")))).toBe(true);
    const contents = paths.map(async (path): Promise<Found> => [path, await readFile(path)]);
    return [["the log", logs], ["names of files", paths.join("\n")], ...(await Promise.all(contents))];
  };

  beforeAll(async () => {
    city = await startWebhookReceiver(SECRET);
    custodian = await startWebhookReceiver(SECRET);
    accused = await startWebhookReceiver(SECRET);
    mail = await startMailServer();
    own = await machine(
      {
        SMTP_URL: mail.url,
        MAIL_FROM: "Một Cửa <motcua@example.vn>",
        SHARED_DIR: "shared",
        LOG_LEVEL: "debug",
      },
      { light: true },
    );
    shared = join(own.folder, "shared");
    await mkdir(shared);
    const ways = (system: WebhookReceiver, to: string): object[] => [
      { channel: "webhook", url: system.url, secret: SECRET },
      { channel: "email", to },
    ];
    await own.contacts({
      "ubnd-tp-da-nang": ways(city, CITY_MAIL),
      "thanh-tra-tp-da-nang": ways(custodian, CUSTODIAN_MAIL),
      "dieu-phoi": [{ channel: "email", to: COORDINATOR_MAIL }],
      "ubnd-xa-nui-thanh-da-nang": ways(accused, ACCUSED_MAIL),
      "ttpvhcc-xa-nui-thanh-da-nang": ways(accused, ACCUSED_MAIL),
    });
    program = await own.start();
  });
  afterAll(async () => {
    await program.stop();
    for (const server of [city, custodian, accused, mail]) await server.close();
  });

  test("a file without a complaint is not kept", async () => {
    const sent = await upload(program.address, "", jpeg());
    expect(sent).toMatchObject({ status: 200, text: evidence.alone });
    expect(await readdir(join(shared, "evidence"))).toEqual([]);
  });

  test("a photograph goes into the complaint being told, shown before it is sent, clean", async () => {
    person = visitor(program.address);
    await person.tells(FIRST);
    const id = randomUUID();
    const photo = jpeg(HIDDEN);
    const first = await upload(program.address, person.session(), photo, {
      name: `${NAME} ${PHONE}.jpg`,
      id,
    });
    expect(first.text).toContain(evidence.taken("anh-1.jpg", 1, 5));
    // The same message again is answered the same and takes nothing in.
    expect(await upload(program.address, person.session(), photo, { id })).toEqual(first);
    expect(await filesIn(join(shared, "evidence"))).toHaveLength(1);
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
    for (const number of [IDENTITY, TAKEN_BACK]) expect(said.text).not.toContain(number);
    // The name cannot be told from other words; the person takes it out themselves.
    await person.presses(asks.editStory);
    await person.says(STORY);
    await person.says(`${NAME}, ${PHONE}`);
    await person.presses(asks.addEmail);
    said = await person.says(MAIL);
    agreed = /———\n([\s\S]*)\n———/.exec(said.text)?.[1] ?? "";
    for (const part of [STORY, NAME, PHONE]) expect(agreed).toContain(part);
    code = codeIn((await person.presses(asks.send)).text);
    expect((await person.says(`tra cứu ${code}`)).text).toContain("Anh/chị đã đồng ý khi gửi");
    sessions.push(person.session());
  });

  test("the agency that handles it gets what the person agreed to, word for word, by either way", async () => {
    const filed = await noticed(city, code, "filed");
    expect(noticeFacts(filed)).toBe(agreed);
    expect(filed.person).toEqual({ name: NAME, phone: PHONE });
    expect(await letter(mail, CITY_MAIL, code)).toContain(agreed);
  });

  test("of who is asked for money the custodian gets the story alone, though a name was typed first", async () => {
    const other = visitor(program.address);
    await other.tells(DEMAND);
    expect((await other.says(`${BRIBED.name}, ${BRIBED.phone}`)).text).toBe(asks.insistPerson);
    await other.presses(asks.noName);
    const bribed = codeIn((await other.presses(asks.send)).text);
    expect(await noticed(custodian, bribed, "filed")).toMatchObject({ text: DEMAND, person: null });
    sessions.push(other.session());
  });

  test("others complain of the same unit, each under the name that they gave", async () => {
    for (const story of OTHERS) {
      const other = visitor(program.address);
      await other.tells(story);
      await other.says(`${NAME}, ${PHONE}`);
      const filed = await noticed(city, codeIn((await other.presses(asks.send)).text), "filed");
      expect(filed).toMatchObject({ kind: "late", person: { name: NAME, phone: PHONE } });
      sessions.push(other.session());
    }
    const asker = visitor(program.address);
    await asker.says(IN_VAIN);
    await asker.says(`${IN_VAIN}, gọi cho ${NAME} ${PHONE}`);
    sessions.push(asker.session());
  });

  test("the agency that handles it gets links that open for it alone, and for some days", async () => {
    const filed = await noticed(city, code, "filed");
    expect(filed.evidence).toMatchObject([
      { name: "anh-1.jpg", type: "image/jpeg" },
      { name: "tai-lieu-2.pdf", type: "application/pdf" },
    ]);
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
    await stop();
    const files = await Promise.all((await filesIn(join(shared, "evidence"))).map((path) => readFile(path)));
    const rotated = await own.run(["rotate-key", "--json"]);
    expect(rotated).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(rotated.stdout)).toMatchObject({ keys: expect.any(Number) });
    expect(await own.run(["verify"])).toMatchObject({ code: 0 });
    // What the files hold was not sealed anew.
    expect(
      await Promise.all((await filesIn(join(shared, "evidence"))).map((path) => readFile(path))),
    ).toEqual(files);
    program = await own.start({ MOTCUA_NOW: UNTAKEN });
    person = person.at(program.address);
    expect((await person.says(`tra cứu ${code}`)).text).toContain("Anh/chị đã đồng ý khi gửi");
    // Links made before are of the old key; a reminder brings new ones.
    expect((await fetch(url.replace(/^http:\/\/[^/]+/, program.address))).status).toBe(404);
  });

  test("nobody takes it: who is asked in reads the story, and not who told it", async () => {
    const higher = await letter(mail, COORDINATOR_MAIL, code);
    expect(higher).toContain(STORY);
    expect(higher).toContain("Người phản ánh: giấu tên");
    expect(await noticed(city, code, "unacknowledged")).toMatchObject({
      person: { name: NAME, phone: PHONE },
    });
  });

  test("under pressure it goes to the custodian alone, and nobody reads the name any more", async () => {
    await person.says("tôi bị dọa");
    expect(await noticed(custodian, code, "protected")).toMatchObject({ person: null });
    await noticed(city, code, "ended");
  });

  test("an open case is not erased, nor one that is held", async () => {
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
  });

  test("nothing of who told it stands in figures, lists, logs, metrics, names of files, data or backups", async () => {
    const found = await exported();
    const text = (name: string): string => String(found.find(([place]) => place === name)?.[1]);
    // What is looked through has something to tell.
    expect(JSON.parse(text("/api/statistics.json")).rows).toMatchObject([{ kind: "late", filed: 5 }]);
    expect(JSON.parse(text("/open311/v2/requests.json"))).toHaveLength(5);
    expect(text("report --month 2026-11 --format text")).toContain("Ủy ban nhân dân thành phố Đà Nẵng");
    expect(text("unanswered")).toContain(IN_VAIN);
    expectNone(found);
    expectNone(await left("before.backup"));
    expectRightlyTold();
    // Nor does whoever has opened a case and all that is to be sent of it know who told it.
    const key = Buffer.from(await readFile(join(own.folder, "keys", "identity.key"), "utf8"), "base64");
    const under = (isOwner: (owner: string) => boolean): Promise<string> =>
      sealedUnder(createSealer(key), wholeEmbedded(own.data, key).entries(), isOwner);
    const cases = await under((owner) => owner.startsWith("complaint:"));
    expect(cases).toContain(JSON.stringify(STORY).slice(1, -1));
    for (const canary of [...NEVER, NAME, "Canary", PHONE]) expect(cases, canary).not.toContain(canary);
    const identities = await under((owner) => owner.startsWith("identity:"));
    for (const canary of [NAME, PHONE, MAIL]) expect(identities, canary).toContain(canary);
    expect(identities).not.toContain("vào lớp một");
  });

  test("when it is over and its time to reopen has passed, it is erased for good", async () => {
    program = await own.start({ MOTCUA_NOW: OVER });
    person = person.at(program.address);
    let said = await person.says("xóa dữ liệu");
    expect(said.text).toContain(erasing.closed([code]));
    said = await person.presses(erasing.all(1));
    expect(said.text).toBe(erasing.doneAll([code]));
    expect(await filesIn(join(shared, "evidence"))).toEqual([]);
    const stranger = visitor(program.address);
    expect((await stranger.says(`tra cứu ${code}`)).text).toBe(erasing.tombstone.request(code, "15/01/2027"));
    expect((await person.says("tra cứu")).text).not.toContain(code);
    await stop();
    expect(await own.run(["verify"])).toMatchObject({ code: 0, stderr: "" });
    program = await own.start({ MOTCUA_NOW: "2027-01-15T10:00+07:00" });
    expect((await visitor(program.address).says(`tra cứu ${code}`)).text).toContain("đã xóa theo yêu cầu");
  });

  test("nothing of it stands anywhere after that either", async () => {
    await vi.waitFor(async () => {
      expect((await fetch(`${program.address}/health`)).status).toBe(200);
    }, SOON);
    expectNone(await exported());
    expectNone(await left("after.backup"));
    expectRightlyTold();
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
