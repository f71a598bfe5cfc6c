import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { readProxies } from "./http/peer.ts";
import { weaknessOf } from "./secrets.ts";

/** Settings are wrong; the message names every wrong variable and what it must be. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|::1)$/;
const text = z.string().trim().min(1, "must not be empty; remove it or give it a value").optional();
const url = z.url({ protocol: /^https?$/, error: "must be an address that begins with http:// or https://" });
/** Address of a PostgreSQL database. */
export const databaseUrl = z.url({
  protocol: /^postgres(?:ql)?$/,
  error: "must be an address that begins with postgres://",
});
const root = url.transform((address) => address.replace(/\/+$/, ""));

const Environment = z.object({
  PORT: z.coerce
    .number("must be a port number")
    .int()
    .min(0, "must be 0 to 65535")
    .max(65535, "must be 0 to 65535")
    .default(8080),
  HOST: z.string().trim().min(1, "must be an address such as 127.0.0.1").default("127.0.0.1"),
  PUBLIC_URL: root.optional(),
  DATA_DIR: z.string().min(1, "must be a folder").default("./data"),
  // Never made here: a volume that is not mounted must not be taken for one without files and switches.
  SHARED_DIR: text.refine((dir) => dir === undefined || isFolder(dir), "must be a folder that is there"),
  DATABASE_URL: databaseUrl.optional(),
  KNOWLEDGE_DIR: z.string().min(1, "must be a folder").optional(),
  CONTACTS_FILE: text,
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{5,}$/, "must be the token from @BotFather, digits:letters")
    .optional(),
  TELEGRAM_API_ROOT: root.optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^[\w-]{1,256}$/,
      "must be 1 to 256 letters, digits, _ and -; make one with: openssl rand -hex 32, or remove it",
    )
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must begin with smtp:// or smtps://" }).optional(),
  MAIL_FROM: text,
  IDENTITY_KEY: text,
  IDENTITY_KEY_FILE: text,
  IDENTITY_KEY_FILE_NEW: text,
  TRUST_PROXY: z
    .string()
    .refine(
      (given) => readProxies(given) !== undefined,
      "must be addresses or networks separated by commas, as 10.0.0.2,10.1.0.0/16",
    )
    .transform(readProxies)
    .optional(),
  ADMIN_TOKEN: z
    .string()
    .min(20, "must have 20 characters or more; make one with: openssl rand -base64 24")
    .optional(),
  OPERATOR_NAME: text,
  OPERATOR_CONTACT: text,
  MOTCUA_NOW: z
    .string()
    .refine((at) => !Number.isNaN(Date.parse(at)), "must be an ISO time such as 2026-11-20T09:00+07:00")
    .transform((at) => new Date(at))
    .optional(),
  RATE_LIMITS: z.enum(["on", "off"], "must be on or off").default("on"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error").default("info"),
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
  const wrong = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")} ${issue.message}`),
    ...conflictsIn(given),
    ...dangersIn(given),
  ];
  if (!parsed.success || wrong.length > 0)
    throw new ConfigError(
      `These settings are wrong (environment or .env):\n${wrong.map((line) => `  ${line}`).join("\n")}`,
    );
  return { ...parsed.data, local: isLocal(parsed.data.HOST, parsed.data.PUBLIC_URL) };
}

/** What does not go together, as given: it is told beside values that are wrong by themselves. */
function conflictsIn(given: Readonly<Record<string, string | undefined>>): string[] {
  const local = isLocal(given["HOST"]?.trim() ?? "localhost", given["PUBLIC_URL"]);
  return [
    given["MOTCUA_NOW"] &&
      !local &&
      "MOTCUA_NOW is taken only while HOST is loopback and PUBLIC_URL is unset",
    given["RATE_LIMITS"] === "off" &&
      !local &&
      "RATE_LIMITS off is taken only while HOST is loopback and PUBLIC_URL is unset",
    given["SMTP_URL"] && !given["MAIL_FROM"] && "MAIL_FROM is needed with SMTP_URL: the sender of letters",
    given["IDENTITY_KEY"] &&
      given["IDENTITY_KEY_FILE"] &&
      "IDENTITY_KEY_FILE set either IDENTITY_KEY or IDENTITY_KEY_FILE",
  ].filter((line) => typeof line === "string");
}

/** What would let anybody in, once the Internet can reach the program. */
function dangersIn(given: Readonly<Record<string, string | undefined>>): string[] {
  const publicUrl = given["PUBLIC_URL"];
  if (publicUrl === undefined || !URL.canParse(publicUrl)) return [];
  const { protocol, hostname, username, password, search, hash } = new URL(publicUrl);
  const secrets = [
    ["ADMIN_TOKEN", "base64 24"],
    ["TELEGRAM_WEBHOOK_SECRET", "hex 32"],
    ["IDENTITY_KEY", "base64 32"],
  ] as const;
  return [
    ...(protocol === "https:" || LOOPBACK.test(hostname.replaceAll(/[[\]]/g, ""))
      ? []
      : ["PUBLIC_URL must begin with https://; without it anybody on the way can read and change messages"]),
    ...(username || password || search || hash
      ? ["PUBLIC_URL must be host and path only, without name, password, ? or #"]
      : []),
    ...secrets.flatMap(([name, made]) => {
      const weakness = weaknessOf(given[name]);
      return weakness ? [`${name} ${weakness}; make a new one with: openssl rand -${made}`] : [];
    }),
  ];
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isLocal(host: string, publicUrl: string | undefined): boolean {
  return LOOPBACK.test(host) && publicUrl === undefined;
}

/** The file that says how agencies are reached. */
export function contactsFile(config: Pick<Config, "CONTACTS_FILE" | "DATA_DIR">): string {
  return config.CONTACTS_FILE ?? join(config.DATA_DIR, "contacts.yaml");
}

/** The folder of what all processes on one database must have in common: files of complaints, switches. */
export function sharedDir(config: Pick<Config, "SHARED_DIR" | "DATA_DIR">): string {
  return resolve(config.SHARED_DIR ?? config.DATA_DIR);
}
