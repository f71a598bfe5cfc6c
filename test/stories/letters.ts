import { vi } from "vitest";
import type { MailServer } from "../fakes/mail-server.ts";
import { SOON } from "./machine.ts";

/** The texts of the letters to an address, in the order they came. */
export function lettersTo(mail: MailServer, to: string): string[] {
  return mail.mails.filter((letter) => letter.to.includes(to)).map(({ raw }) => textOf(raw));
}

/** Waits for a letter that holds all of these. */
export function letter(mail: MailServer, to: string, ...parts: readonly string[]): Promise<string> {
  return vi.waitFor(() => {
    const letters = lettersTo(mail, to);
    const found = letters.find((text) => parts.every((part) => text.includes(part)));
    if (!found) throw new Error(`no letter with ${parts.join(" … ")} in:\n${letters.join("\n---\n")}`);
    return found;
  }, SOON);
}

/** Where a letter leads: the page with its token, and the address behind the page. */
export function linkIn(text: string): { page: string; id: string; token: string } {
  const [, page = "", id = "", token = ""] = /(http:\S+\/reply\/([^\s#]+))#(\S+)/.exec(text) ?? [];
  return { page, id, token };
}

/** The text of a letter; nodemailer writes Vietnamese as quoted-printable or base64. */
function textOf(raw: string): string {
  const body = raw.slice(raw.indexOf("\r\n\r\n") + 4);
  if (/transfer-encoding: base64/i.test(raw)) return Buffer.from(body, "base64").toString();
  const bytes = body
    .replaceAll("=\r\n", "")
    .replaceAll("\r\n", "\n")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
