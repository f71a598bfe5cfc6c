import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEmailSender, type EmailSender } from "../../src/channels/email.ts";
import { type MailServer, startMailServer } from "../fakes/mail-server.ts";

const FROM = "Một Cửa <motcua@example.vn>";
const TO = "tiepnhan@example.gov.vn";

let server: MailServer;
let sender: EmailSender;
beforeEach(async () => {
  server = await startMailServer();
  sender = createEmailSender({ smtpUrl: server.url, from: FROM, timeoutMs: 5_000 });
});
afterEach(async () => {
  sender.close();
  await server.close();
});

/** Header lines, folded ones joined. */
function headersOf(raw = ""): string[] {
  return (raw.split("\r\n\r\n", 1)[0] ?? "").replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
}

function textOf(raw = ""): string {
  const body = raw.slice(raw.indexOf("\r\n\r\n") + 4);
  if (/transfer-encoding: base64/i.test(raw)) return Buffer.from(body, "base64").toString();
  const bytes = body
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

/** Encoded words of a header, decoded. */
function decoded(header: string): string {
  const joined = header.replaceAll(/\?=\s+=\?/g, "?==?");
  return joined.replaceAll(/=\?UTF-8\?([BQ])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
    kind.toUpperCase() === "B"
      ? Buffer.from(text, "base64").toString()
      : Buffer.from(
          text
            .replaceAll("_", " ")
            .replaceAll(/=([0-9A-F]{2})/g, (__, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          "latin1",
        ).toString(),
  );
}

describe("a delivery by e-mail", () => {
  it("arrives as plain Vietnamese text that no machine should answer", async () => {
    const text = "Kính gửi Sở Nội vụ,\n\nHồ sơ trễ hẹn 🙏\n.\nTrân trọng.";
    expect(await sender.send(TO, "Phản ánh MC-7K4P", text, "d1")).toEqual({ kind: "sent" });
    const [mail] = server.mails;
    const headers = headersOf(mail?.raw);
    expect(mail?.to).toEqual([TO]);
    expect(headers).toContain(`To: ${TO}`);
    expect(headers).toContain("Auto-Submitted: auto-generated");
    expect(headers).toContain("Content-Type: text/plain; charset=utf-8");
    expect(decoded(headers.find((line) => line.startsWith("Subject:")) ?? "")).toBe(
      "Subject: Phản ánh MC-7K4P",
    );
    expect(decoded(headers.find((line) => line.startsWith("From:")) ?? "")).toBe(
      "From: Một Cửa <motcua@example.vn>",
    );
    expect(headers.join("\n")).not.toMatch(/mailer|nodemailer|^bcc/im);
    expect(textOf(mail?.raw).replaceAll("\r\n", "\n").trimEnd()).toBe(text);
  });

  it("has the same Message-ID at each attempt, another one for another delivery, and no address in it", async () => {
    for (const id of ["d1/telegram:7", "d1/telegram:7", "d2"]) await sender.send(TO, "a", "b", id);
    const ids = server.mails.map(({ raw }) => headersOf(raw).find((line) => line.startsWith("Message-ID:")));
    expect(ids[0]).toMatch(/^Message-ID: <[0-9a-f]{40}@example\.vn>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it.each([
    ["x\r\nBcc: evil@example.com", "x Bcc: evil@example.com"],
    ["x\nBcc: evil@example.com\n\nbody", "x Bcc: evil@example.com body"],
    ["x\u2028Bcc: evil@example.com\u0000", "x Bcc: evil@example.com"],
  ])("gets no header from the subject %j", async (subject, shown) => {
    expect(await sender.send(TO, subject, "text", "d1")).toEqual({ kind: "sent" });
    const [mail] = server.mails;
    expect(mail?.to).toEqual([TO]);
    const headers = headersOf(mail?.raw);
    expect(headers.filter((line) => /^bcc/i.test(line))).toEqual([]);
    expect(decoded(headers.find((line) => line.startsWith("Subject:")) ?? "")).toBe(`Subject: ${shown}`);
    expect(textOf(mail?.raw).trimEnd()).toBe("text");
  });

  it("gets no header from the id", async () => {
    await sender.send(TO, "a", "b", "d1>\r\nBcc: evil@example.com");
    expect(headersOf(server.mails[0]?.raw).join("\n")).not.toMatch(/bcc/i);
  });

  it.each([
    "a@example.vn\r\nRCPT TO:<evil@example.com>",
    "a@example.vn, evil@example.com",
    "a@example.vn;evil@example.com",
    "<evil@example.com>",
    "A <a@example.vn>",
    "a@b@example.vn",
    "group:evil@example.com",
    "a@example.vn\u0000",
    "nobody",
    "",
  ])("goes to no more than one plain mailbox: %j is refused for good", async (to) => {
    expect(await sender.send(to, "a", "b", "d1")).toEqual({
      kind: "gone",
      problem: "the e-mail address is not valid",
    });
    expect(server.mails).toEqual([]);
  });
});

describe("a failed e-mail", () => {
  it.each([
    ["connect", 421],
    ["sender", 451],
    ["recipient", 450],
    ["message", 452],
  ] as const)("is tried again when the %s gets a %i, and then arrives", async (step, code) => {
    server.refuse(step, code);
    const sent = await sender.send(TO, "a", "b", "d1");
    expect(sent.kind).toBe("retry");
    expect(JSON.stringify(sent)).toContain(String(code));
    expect(await sender.send(TO, "a", "b", "d1")).toEqual({ kind: "sent" });
  });

  it.each([
    ["recipient", 550, "RCPT TO"],
    ["recipient", 553, "RCPT TO"],
    ["message", 554, "DATA"],
  ] as const)("has failed for good when the %s gets a %i", async (step, code, command) => {
    server.refuse(step, code);
    expect(await sender.send(TO, "a", "b", "d1")).toEqual({
      kind: "gone",
      problem: `mail server answered ${code} to ${command}`,
    });
  });

  it("is tried again when our own sender address is refused: that is for the operator to mend", async () => {
    server.refuse("sender", 550);
    expect(await sender.send(TO, "a", "b", "d1")).toMatchObject({ kind: "retry" });
  });

  it("is tried again when the mail server does not listen", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const lost = createEmailSender({ smtpUrl: `smtp://user:CANARY@127.0.0.1:${port}`, from: FROM });
    expect(await lost.send(TO, "a", "b", "d1")).toEqual({
      kind: "retry",
      problem: "no mail server (ESOCKET)",
    });
  });

  it("is tried again when the mail server takes the text and never answers", async () => {
    server.hang();
    const hasty = createEmailSender({ smtpUrl: server.url, from: FROM, timeoutMs: 300 });
    expect(await hasty.send(TO, "a", "b", "d1")).toMatchObject({ kind: "retry" });
    hasty.close();
  });

  it("tells neither address nor password nor the server's words in its problem", async () => {
    const outcomes = [];
    for (const [step, code] of [
      ["connect", 554],
      ["sender", 550],
      ["recipient", 550],
      ["message", 554],
    ] as const) {
      server.refuse(step, code);
      outcomes.push(await sender.send(TO, "CANARY", "CANARY", "d1"));
    }
    const wrong = createEmailSender({ smtpUrl: server.url.replace("//", "//user:CANARY@"), from: FROM });
    outcomes.push(await wrong.send(TO, "a", "b", "d1"));
    expect(outcomes.map(({ kind }) => kind)).not.toContain("sent");
    expect(JSON.stringify(outcomes)).not.toMatch(/canary|example/i);
  });
});
