import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { vietnamese } from "../../src/wording/citizen.ts";
import { type MailServer, startMailServer } from "../fakes/mail-server.ts";
import { replies } from "./agency.ts";
import { letter, linkIn } from "./letters.ts";
import { machine, type Running, SOON } from "./machine.ts";
import { codeIn, type Visitor, visitor } from "./visitor.ts";

const { complaint: asks, notices } = vietnamese;
const AGENCY = "vanthu@danang.example.vn";
const CITIZEN = "hoa.tran@example.com";
const STORY =
  "Tôi nộp hồ sơ ở UBND xã Tam Quang, huyện Núi Thành, Quảng Nam ngày 2/11, hẹn 9/11 mà vẫn chưa trả";

describe("an agency that is reached by letter", () => {
  let mail: MailServer;
  let program: Running;
  let person: Visitor;
  let preview: string;
  let code: string;

  beforeAll(async () => {
    mail = await startMailServer();
    const own = await machine(
      { SMTP_URL: mail.url, MAIL_FROM: "Một Cửa <motcua@example.vn>" },
      { light: true },
    );
    await own.contacts({ "ubnd-tp-da-nang": [{ channel: "email", to: AGENCY }] });
    program = await own.start();
    person = visitor(program.address);
    await person.tells(STORY);
    await person.presses(asks.addName);
    await person.says("Trần Thị Hoa");
    await person.presses(asks.addEmail);
    preview = (await person.says(`gửi cho ${CITIZEN} nhé`)).text;
    code = codeIn((await person.presses(asks.send)).text);
  });
  afterAll(() => mail.close());

  test("gets what the person saw, with a link for this case alone, and nothing of the person's address", async () => {
    const text = await letter(mail, AGENCY, code);
    expect(text).toContain(STORY);
    expect(text).toContain("30/11/2026");
    const facts = /———\n([\s\S]*)\n———/.exec(preview)?.[1] ?? "none";
    expect(facts).toContain("Trần Thị Hoa");
    expect(text).toContain(facts);
    expect(text).not.toContain(CITIZEN);
    const { id, token } = linkIn(text);
    expect(id).not.toBe("");
    expect(token.length).toBeGreaterThanOrEqual(32);
  });

  test("opens a page by the link that shows nothing of the case and no token reaches the server", async () => {
    const { page, token } = linkIn(await letter(mail, AGENCY, code));
    const response = await fetch(page);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toMatch(/script-src 'sha256-/);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(html).not.toContain(token);
    expect(html).not.toContain("Tam Quang");
  });

  test("answers by the link, and the person reads it in the chat and by e-mail", async () => {
    const { id, token } = linkIn(await letter(mail, AGENCY, code));
    const at = `${program.address}/api/replies/${id}`;
    await person.hears(notices.delivered(code, "Ủy ban nhân dân thành phố Đà Nẵng"));
    expect(await replies({ url: at, token }, { action: "acknowledge" })).toMatchObject({ status: 200 });
    const answer = { action: "answer", text: "Đã trả kết quả tại bộ phận một cửa." };
    expect(await replies({ url: at, token }, answer)).toMatchObject({ status: 200, body: { case: code } });
    await person.hears(answer.text);
    await letter(mail, CITIZEN, code, answer.text);
    const subjects = mail.mails
      .filter(({ to }) => to.includes(CITIZEN))
      .map(({ raw }) => raw.split("\r\n\r\n")[0]);
    // Long encoded subjects are folded.
    expect(subjects.join("\n").replaceAll(/\?=\s+=\?UTF-8\?Q\?/g, "")).toContain(code);
    expect(await replies({ url: at, token }, answer)).toMatchObject({ status: 409 });
  });

  test("is refused with a wrong token, another case's token, or none", async () => {
    const other = visitor(program.address);
    await other.tells(STORY);
    const otherCode = codeIn((await other.presses(asks.send)).text);
    const { id, token } = linkIn(await letter(mail, AGENCY, code));
    const theirs = linkIn(await letter(mail, AGENCY, otherCode));
    const at = `${program.address}/api/replies/${theirs.id}`;
    const answer = { action: "answer", text: "Giả mạo" };
    const flipped = `${theirs.token.startsWith("A") ? "B" : "A"}${theirs.token.slice(1)}`;
    for (const wrong of [token, flipped, theirs.token.slice(1), "x"])
      expect(await replies({ url: at, token: wrong }, answer)).toMatchObject({ status: 401 });
    expect(await replies({ url: `${program.address}/api/replies/${id}x`, token }, answer)).toMatchObject({
      status: 401,
    });
    const bare = await fetch(at, { method: "POST", body: JSON.stringify(answer) });
    expect(bare.status).toBe(401);
    expect((await other.says(`tra cứu ${otherCode}`)).text).not.toContain("Giả mạo");
    expect(program.output()).not.toContain(token);
  });
});

test("a mailbox that the accused read too gets nothing of the case, though it is the only one", async () => {
  const mail = await startMailServer();
  onTestFinished(() => mail.close());
  const own = await machine(
    { SMTP_URL: mail.url, MAIL_FROM: "Một Cửa <motcua@example.vn>" },
    { light: true },
  );
  await own.contacts({
    "ubnd-tp-da-nang": [{ channel: "email", to: AGENCY }],
    "ubnd-xa-nui-thanh-da-nang": [{ channel: "email", to: "VanThu@danang.example.vn" }],
  });
  const program = await own.start();
  const person = visitor(program.address);
  await person.tells(STORY);
  await person.presses(asks.send);
  await vi.waitFor(() => expect(program.output()).toContain("no contact"), SOON);
  expect(mail.mails).toEqual([]);
});
