import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { contactKey, readContacts } from "../../src/outbox/contacts.ts";

const folder = mkdtempSync(join(tmpdir(), "motcua-contacts-"));
afterAll(() => rmSync(folder, { recursive: true }));

const AGENCIES = new Set(["so-noi-vu-da-nang", "dieu-phoi"]);
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

function read(yaml: string): ReturnType<typeof readContacts> {
  const file = join(folder, "contacts.yaml");
  writeFileSync(file, yaml);
  return readContacts(file, AGENCIES);
}

function faultsOf(yaml: string): string[] {
  return read(yaml).faults.map(({ line, problem }) => `${line}: ${problem}`);
}

describe("the contacts file", () => {
  it("says how each agency is reached, in its order", () => {
    const { contacts, faults } = read(`
so-noi-vu-da-nang:
  - { channel: telegram, chat: "-1001234567890" }
  - { channel: email, to: "tiepnhan@example.gov.vn" }
  - { channel: webhook, url: "http://127.0.0.1:9090/complaints", secret: "${SECRET}" }
dieu-phoi:            # the coordinator
  - { channel: webhook, url: "https://example.gov.vn/c?a=1", secrets: ["${SECRET}", "${OTHER}"] }
`);
    expect(faults).toEqual([]);
    expect(contacts.contactsOf("so-noi-vu-da-nang").map((contact) => contactKey(contact))).toEqual([
      "telegram:-1001234567890",
      "email:tiepnhan@example.gov.vn",
      "webhook:http://127.0.0.1:9090/complaints",
    ]);
    expect(contacts.contactsOf("dieu-phoi")).toEqual([
      { channel: "webhook", url: "https://example.gov.vn/c?a=1", secrets: [SECRET, OTHER] },
    ]);
    expect(contacts.contactsOf("so-tu-phap")).toEqual([]);
  });

  it("names a contact the same before and after its secret is changed, and without the secret", () => {
    const keys = [SECRET, OTHER].map((secret) => {
      const { contacts } = read(
        `dieu-phoi: [{ channel: webhook, url: "https://a.vn/x", secret: "${secret}" }]`,
      );
      return contacts.contactsOf("dieu-phoi").map((contact) => contactKey(contact));
    });
    expect(keys).toEqual([["webhook:https://a.vn/x"], ["webhook:https://a.vn/x"]]);
  });

  it("writes no secret anywhere by itself, also where one stands for a key", async () => {
    const warnings: string[] = [];
    const hear = (warning: Error): void => void warnings.push(warning.message);
    process.on("warning", hear);
    const { faults } = read(`? [ "${SECRET}" ]\n: 1\n`);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", hear);
    expect(faults).not.toEqual([]);
    expect(JSON.stringify([faults, warnings])).not.toContain(SECRET.slice(6, 20));
  });

  it("is remarked on where people of two agencies read the same mailbox or chat, not where they use one system", () => {
    const { faults, remarks } = read(`
dieu-phoi:
  - { channel: email, to: "chung@example.gov.vn" }
  - { channel: webhook, url: "https://a.vn/x", secret: "${SECRET}" }
so-noi-vu-da-nang:
  - { channel: webhook, url: "https://a.vn/x", secret: "${SECRET}" }
  - { channel: email, to: "chung@example.gov.vn" }
`);
    expect(faults).toEqual([]);
    expect(remarks).toMatchObject([{ line: 5, problem: expect.stringContaining("dieu-phoi") }]);
    expect(read(`dieu-phoi: [{ channel: email, to: "rieng@example.gov.vn" }]`).remarks).toEqual([]);
  });

  it("may be missing or empty: then nobody can be reached", () => {
    for (const { contacts, faults } of [
      readContacts(join(folder, "none.yaml"), AGENCIES),
      read("# later\n"),
    ]) {
      expect(faults).toEqual([]);
      expect(contacts.contactsOf("dieu-phoi")).toEqual([]);
    }
  });

  it("is a fault when it is there but cannot be read", () => {
    const { faults } = readContacts(folder, AGENCIES);
    expect(faults).toEqual([
      { file: folder, line: 1, problem: "cannot be read (EISDIR); check the file and its rights" },
    ]);
  });

  it("names the line of an agency that the directory does not know", () => {
    const contact = `\n  - { channel: email, to: "a@example.gov.vn" }\n`;
    expect(faultsOf(`dieu-phoi:${contact}"so-noi-vu": # moved${contact}`)).toEqual([
      "3: so-noi-vu is no agency of knowledge/agencies; correct the id or add the agency",
    ]);
  });

  it.each([
    ["{ channel: fax, to: '113' }", "a contact needs channel: telegram, email or webhook"],
    ["{ channel: telegram, chat: 'nhóm' }", 'write the number of the chat, as "-1001234567890"'],
    ["{ channel: email, to: 'A <a@example.vn>' }", "write one bare address"],
    [`{ channel: email, to: "a@example.vn\\r\\nBcc: b@example.vn" }`, "write one bare address"],
    [
      `{ channel: webhook, url: "example.vn", secret: "${SECRET}" }`,
      "write the whole address, with https://",
    ],
    [`{ channel: webhook, url: "http://example.vn/", secret: "${SECRET}" }`, "write https://"],
    [`{ channel: webhook, url: "ftp://127.0.0.1/", secret: "${SECRET}" }`, "write https://"],
    [`{ channel: webhook, url: "https://u:p@a.vn/", secret: "${SECRET}" }`, "take name and password out"],
    ["{ channel: webhook, url: 'https://a.vn/' }", "give either secret, or secrets"],
    [
      `{ channel: webhook, url: "https://a.vn/", secret: "${SECRET}", secrets: ["${OTHER}"] }`,
      "give either secret",
    ],
    ["{ channel: webhook, url: 'https://a.vn/', secrets: [] }", "give one secret, or two during rotation"],
    [
      `{ channel: webhook, url: "https://a.vn/", secrets: ["${SECRET}", "${OTHER}", "${SECRET}"] }`,
      "at most two",
    ],
    ["{ channel: webhook, url: 'https://a.vn/', secret: 'hunter2' }", "write whsec_ followed by base64"],
    ["{ channel: webhook, url: 'https://a.vn/', secret: 'whsec_' }", "write whsec_ followed by base64"],
    ["{ channel: webhook, url: 'https://a.vn/', secret: 'whsec_abc' }", "write whsec_ followed by base64"],
    [`{ channel: webhook, url: "https://a.vn/", sekret: "${SECRET}" }`, "unknown field sekret"],
  ])("refuses %s with its line and a remedy", (contact, remedy) => {
    const faults = faultsOf(
      `# contacts\ndieu-phoi:\n  - { channel: email, to: "a@example.vn" }\n  - ${contact}\n`,
    );
    expect(faults[0]).toMatch(/^4: /);
    expect(faults.join("\n")).toContain(remedy);
  });

  it.each([
    ["dieu-phoi: []", "give the agency a contact, or remove it"],
    [
      "dieu-phoi:\n  - { channel: email, to: a@b.vn }\n  - { channel: email, to: a@b.vn }",
      "the same contact twice",
    ],
    ["dieu-phoi: [", "is not valid YAML"],
  ])("refuses %s", (yaml, remedy) => {
    expect(faultsOf(yaml).join("\n")).toContain(remedy);
  });

  it.each([
    "dieu-phoi: [{ channel: telegram, chat: -100123 }]",
    "dieu-phoi:\n  channel: email",
    "- dieu-phoi",
  ])("refuses a value of the wrong type: %s", (yaml) => {
    const { contacts, faults } = read(yaml);
    expect(faults.length).toBe(1);
    expect(contacts.contactsOf("dieu-phoi")).toEqual([]);
  });

  it("never repeats a secret in a fault, wherever it was misplaced", () => {
    const secret = "whsec_Q0FOQVJZQ0FOQVJZ";
    for (const contact of [
      // Mistyped, but as good as the secret to whoever reads the log.
      '{ channel: webhook, url: "https://a.vn/", wh_sec: !Q0FOQVJZQ0FOQVJZQ0FOQVJZ x }',
      '{ channel: webhook, url: "https://a.vn/", Q0FOQVJZQ0FOQVJZQ0FOQVJZ: 1 }',
      `{ channel: webhook, url: "https://a.vn/", ${secret}: 1 }`,
      `{ channel: webhook, url: "https://a.vn/", secret: "${secret}!" }`,
      `{ channel: webhook, url: "${secret}", secret: "${secret}" }`,
      `{ channel: ${secret} }`,
      `{ channel: webhook, secret: !${secret} "${secret}`,
    ]) {
      const { faults } = read(`dieu-phoi:\n  - ${contact}\n`);
      expect(faults.length).toBeGreaterThan(0);
      expect(JSON.stringify(faults)).not.toContain("Q0FOQVJZ");
    }
  });
});
