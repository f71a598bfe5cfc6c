import { BlockList, isIP } from "node:net";

/** Where a host leads: to this machine, into a network that is not the Internet, out, or unknown before it is resolved. */
export type Reach = "loopback" | "private" | "public" | "name";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Addresses that IANA's registries of special purposes keep from the public Internet. */
const PRIVATE = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["192.88.99.0", 24],
  ["198.18.0.0", 15],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  PRIVATE.addSubnet(net, prefix, "ipv4");
}
for (const [net, prefix] of [
  ["::", 128],
  // These carry an IPv4 address within, which may be a private one.
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2001::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  PRIVATE.addSubnet(net, prefix, "ipv6");
}

/** Reads a host as it stands in a URL (IPv6 in brackets or not). It asks no name server. */
export function reachOf(host: string): Reach {
  const bare = host.replaceAll(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost" || bare.endsWith(".localhost")) return "loopback";
  const version = isIP(bare);
  if (version === 0) return "name";
  const family = version === 4 ? "ipv4" : "ipv6";
  if (LOOPBACK.check(bare, family)) return "loopback";
  return PRIVATE.check(bare, family) ? "private" : "public";
}
