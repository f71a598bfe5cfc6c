import type { Context } from "hono";
import { isLoopback } from "./peer.ts";
import { isSecret } from "./secret.ts";

/**
 * Tells whether a request comes from the operator: it shows the token, or, where no token is set, it comes from this
 * machine to a program that nobody outside can reach.
 */
export function createOperatorDoor(
  token: string | undefined,
  isPublic: boolean,
  addressOf: (context: Context) => string,
): (context: Context) => boolean {
  return (context) => {
    if (token === undefined) return !isPublic && isLoopback(addressOf(context));
    const given = /^Bearer (\S+)$/.exec(context.req.header("Authorization") ?? "")?.[1] ?? "";
    return isSecret(given, token);
  };
}
