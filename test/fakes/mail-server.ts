import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

type Step = "connect" | "sender" | "recipient" | "message";

/** A mail server on loopback. */
export type MailServer = {
  readonly url: string;
  /** What was accepted: envelope and raw message. */
  readonly mails: readonly { readonly to: readonly string[]; readonly raw: string }[];
  /** The next mail is refused at this step with this reply. */
  refuse(step: Step, code: number): void;
  /** From now on messages are taken but never answered. */
  hang(): void;
  close(): Promise<void>;
};

export async function startMailServer(): Promise<MailServer> {
  const mails: { to: string[]; raw: string }[] = [];
  const refusals = new Map<Step, number>();
  let hanging = false;

  const decide = (step: Step, done: (error?: Error | null) => void): void => {
    const code = refusals.get(step);
    refusals.delete(step);
    done(
      code === undefined
        ? null
        : Object.assign(new Error("someone@canary.example was refused"), { responseCode: code }),
    );
  };
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    onConnect: (_, done) => decide("connect", done),
    onMailFrom: (_, __, done) => decide("sender", done),
    onRcptTo: (_, __, done) => decide("recipient", done),
    onData: (stream, session, done) => {
      const take = (raw: string): void => {
        if (hanging) return;
        decide("message", (error) => {
          if (!error) mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
          done(error);
        });
      };
      text(stream).then(take, done);
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (step, code) => void refusals.set(step, code),
    hang: () => {
      hanging = true;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
