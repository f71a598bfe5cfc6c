import { lookup } from "node:dns/promises";
import { type IncomingMessage, request as plain } from "node:http";
import { request as secure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { reachOf } from "./address.ts";

/** All addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export type PostOptions = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** Also to addresses of this machine and of networks that are not the Internet. */
  readonly allowPrivate: boolean;
  readonly resolve?: Resolve | undefined;
};

/** What is proof or refusal: the head of the answer; its text is not waited for. */
export type Posted = { readonly status: number; readonly retryAfter: string };

/** The address leads, or its name was resolved, to where nothing may be sent. */
export class PrivateAddress extends Error {
  override name = "PrivateAddress";
}

/**
 * Posts once, following no redirect. The name is resolved once, judged, and the connection goes to exactly the
 * addresses judged: a name server that answers differently the next time (DNS rebinding) gains nothing.
 * @throws PrivateAddress, and whatever the connection fails with
 */
export function post(url: URL, options: PostOptions): Promise<Posted> {
  const { headers, body, signal, allowPrivate } = options;
  const host = url.hostname.replaceAll(/^\[|\]$/g, "");
  if (!allowPrivate && reachOf(host) !== "name" && reachOf(host) !== "public")
    return Promise.reject(new PrivateAddress());
  const request = url.protocol === "https:" ? secure : plain;
  return new Promise((done, failed) => {
    const outgoing = request(
      url,
      {
        method: "POST",
        // A connection of its own: one that is kept could lead to where the name led before.
        agent: false,
        signal,
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
        ...(isIP(host) === 0 && { lookup: judgedLookup(allowPrivate, options.resolve) }),
      },
      (answer: IncomingMessage) => {
        const { statusCode: status = 0 } = answer;
        done({ status, retryAfter: answer.headers["retry-after"] ?? "" });
        answer.destroy();
      },
    );
    outgoing.once("error", failed);
    // Its own kind of end when the answer was already read off; then nobody listens any more.
    outgoing.on("error", () => undefined);
    outgoing.end(body);
  });
}

/** Resolves a name for a connection, and refuses the whole of it when any of its addresses is private. */
export function judgedLookup(allowPrivate: boolean, resolve: Resolve = addressesOf): LookupFunction {
  return (host, options, found) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (!allowPrivate && addresses.some((address) => reachOf(address) !== "public"))
          found(new PrivateAddress(), "");
        else if (first === undefined)
          found(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "");
        else if (options.all)
          found(
            null,
            addresses.map((address) => ({ address, family: isIP(address) })),
          );
        else found(null, first, isIP(first));
      },
      (error: unknown) => found(error instanceof Error ? error : new Error("not resolved"), ""),
    );
  };
}

async function addressesOf(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
