import { z } from "zod";

/** Settings are wrong; the message names every wrong variable and what it must be. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|::1)$/;
const text = z.string().trim().min(1, "must not be empty; remove it or give it a value").optional();
const url = z.url({ protocol: /^https?$/, error: "must be an address that begins with http:// or https://" });
const root = url.transform((address) => address.replace(/\/+$/, ""));

const Environment = z
  .object({
    PORT: z.coerce
      .number("must be a port number")
      .int()
      .min(0, "must be 0 to 65535")
      .max(65535, "must be 0 to 65535")
      .default(8080),
    HOST: z.string().trim().min(1, "must be an address such as 127.0.0.1").default("127.0.0.1"),
    PUBLIC_URL: root.optional(),
    DATA_DIR: z.string().min(1, "must be a folder").default("./data"),
    KNOWLEDGE_DIR: z.string().min(1, "must be a folder").optional(),
    CONTACTS_FILE: text,
    TELEGRAM_BOT_TOKEN: z
      .string()
      .regex(/^\d+:[\w-]{5,}$/, "must be the token from @BotFather, digits:letters")
      .optional(),
    TELEGRAM_API_ROOT: root.optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must begin with smtp:// or smtps://" }).optional(),
    MAIL_FROM: text,
    IDENTITY_KEY: text,
    IDENTITY_KEY_FILE: text,
    OPERATOR_NAME: text,
    OPERATOR_CONTACT: text,
    MOTCUA_NOW: z
      .string()
      .refine((at) => !Number.isNaN(Date.parse(at)), "must be an ISO time such as 2026-11-20T09:00+07:00")
      .transform((at) => new Date(at))
      .optional(),
    RATE_LIMITS: z.enum(["on", "off"], "must be on or off").default("on"),
    LOG_LEVEL: z
      .enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error")
      .default("info"),
  })
  .check(({ value, issues }) => {
    const wrong = (name: keyof typeof value, message: string): void => {
      issues.push({ code: "custom", path: [name], message, input: value[name] });
    };
    const local = LOOPBACK.test(value.HOST) && value.PUBLIC_URL === undefined;
    if (value.MOTCUA_NOW && !local)
      wrong("MOTCUA_NOW", "is taken only while HOST is loopback and PUBLIC_URL is unset");
    if (value.RATE_LIMITS === "off" && !local)
      wrong("RATE_LIMITS", "off is taken only while HOST is loopback and PUBLIC_URL is unset");
    if (value.SMTP_URL && !value.MAIL_FROM)
      wrong("MAIL_FROM", "is needed with SMTP_URL: the sender of letters");
    if (value.IDENTITY_KEY && value.IDENTITY_KEY_FILE)
      wrong("IDENTITY_KEY_FILE", "set either IDENTITY_KEY or IDENTITY_KEY_FILE");
  });

export type Config = z.output<typeof Environment> & { readonly local: boolean };

/**
 * Reads the settings; empty variables count as unset.
 * @throws ConfigError naming every wrong variable, never its value
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Environment.safeParse(given);
  if (parsed.success) {
    const { HOST, PUBLIC_URL } = parsed.data;
    return { ...parsed.data, local: LOOPBACK.test(HOST) && PUBLIC_URL === undefined };
  }
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
  throw new ConfigError(`These settings are wrong (environment or .env):\n${lines.join("\n")}`);
}
