import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import { reachOf } from "./address.ts";
import type { Sent } from "./channel.ts";

/** Sends plain text mail that no auto-responder should answer. */
export type EmailSender = {
  /** `to` is one bare address. The same `id` gives the same Message-ID, so that a repeated mail is recognisable. */
  send(to: string, subject: string, text: string, id: string): Promise<Sent>;
  close(): void;
};

export type EmailOptions = {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly smtpUrl: string;
  /** The From line, with or without a name. */
  readonly from: string;
  /** Bound of one whole sending. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 20_000;
/** One mailbox: whatever could end it, add a second one or begin a header is not part of it. */
const MAILBOX = /^[^\s<>()[\]\\,;:"@\p{C}]{1,64}@[^\s<>()[\]\\,;:"@\p{C}]{1,190}$/u;

/** A sender whose problems tell the step and the reply code only: replies of mail servers quote addresses. */
export function createEmailSender({ smtpUrl, from, timeoutMs = TIMEOUT_MS }: EmailOptions): EmailSender {
  const local = URL.canParse(smtpUrl) && reachOf(new URL(smtpUrl).hostname) === "loopback";
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    // A relay on this machine has no certificate for its address, and nobody listens on the way to it. On any other way
    // mail goes encrypted or not at all, whoever takes STARTTLS out of what the server offers.
    ...(local ? { tls: { rejectUnauthorized: false } } : { requireTLS: true }),
  });
  const domain = /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? "motcua.invalid";

  return {
    send: async (to, subject, text, id) => {
      if (!MAILBOX.test(to)) return { kind: "gone", problem: "the e-mail address is not valid" };
      try {
        await transport.sendMail({
          from,
          to: { name: "", address: to },
          subject: oneLine(subject),
          text,
          messageId: `<${createHash("sha256").update(id).digest("hex").slice(0, 40)}@${domain}>`,
          headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
          xMailer: false,
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { kind: "sent" };
      } catch (error) {
        return failureOf(error, timeoutMs);
      }
    },
    close: () => transport.close(),
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/**
 * A 5xx to the recipient or to the message is for good. A 5xx to our sender address or log-in is a fault of our
 * settings: the mail still has to go out once they are right.
 */
function failureOf(error: unknown, timeoutMs: number): Sent {
  if (!(error instanceof Error)) return { kind: "retry", problem: "mail server: unknown" };
  const command = "command" in error && typeof error.command === "string" ? error.command : "";
  const reply =
    "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  if (code === "EABORT") return { kind: "retry", problem: `no answer within ${timeoutMs / 1000} s` };
  if (reply === undefined) return { kind: "retry", problem: `no mail server (${code})` };
  const problem = `mail server answered ${reply} to ${command || code}`;
  const permanent = "permanent" in error && error.permanent === true;
  return { kind: permanent && /^(RCPT TO|DATA)$/.test(command) ? "gone" : "retry", problem };
}
