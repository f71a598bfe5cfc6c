import { BlockList, isIP } from "node:net";

/** Reads addresses and networks ("10.0.0.0/8") separated by commas; undefined when one of them is none. */
export function readProxies(text: string): BlockList | undefined {
  const list = new BlockList();
  for (const part of text.split(",").map((each) => each.trim())) {
    const [address = "", prefix] = part.split("/");
    const version = isIP(address);
    const bits = version === 4 ? 32 : 128;
    if (version === 0 || (prefix !== undefined && !(Number(prefix) >= 0 && Number(prefix) <= bits)))
      return undefined;
    const family = version === 4 ? "ipv4" : "ipv6";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/**
 * The address that a request comes from: the peer's, or, while that is a trusted proxy, the one before it in
 * X-Forwarded-For, from the right. What stands further left anybody can have written, and so can what stands left of a
 * hop that cannot be read.
 */
export function callerOf(
  peer: string,
  forwarded: string | undefined,
  proxies: BlockList | undefined,
): string {
  if (!proxies) return peer;
  let caller = peer;
  for (const hop of (forwarded ?? "").split(",").toReversed()) {
    const before = withoutPort(hop.trim());
    if (!isAmong(caller, proxies) || isIP(plain(before)) === 0) break;
    caller = before;
  }
  return caller;
}

/** Some proxies write the port as well: "192.0.2.7:51234", "[2001:db8::5]:51234". */
function withoutPort(hop: string): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(hop) ?? [];
  return bracketed ?? dotted ?? hop;
}

/** A request from this very machine. Behind a proxy everybody's peer is that, so the caller has to be asked about. */
export function isLoopback(address: string): boolean {
  const bare = plain(address);
  return bare === "::1" || bare.startsWith("127.");
}

/** What one household or office has: an IPv4 address, or an IPv6 network of 64 bits, whose addresses cost nothing. */
export function networkOf(address: string): string {
  const bare = plain(address).split("%", 1)[0] ?? "";
  if (isIP(bare) !== 6) return bare;
  const [left = "", right = ""] = bare.toLowerCase().split("::");
  const before = left === "" ? [] : left.split(":");
  const after = right === "" ? [] : right.split(":");
  const zeros = bare.includes("::") ? Array(Math.max(0, 8 - before.length - after.length)).fill("0") : [];
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

function isAmong(address: string, list: BlockList): boolean {
  const bare = plain(address);
  const version = isIP(bare);
  return version !== 0 && list.check(bare, version === 6 ? "ipv6" : "ipv4");
}

/** An IPv4 address as IPv6 sockets name it. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
