import type { Config } from "./config.ts";

/** What is on, what is off and why, a line a part. */
export function partsOf(
  config: Config,
  telegram: boolean,
  email: boolean,
  madeKey: string | undefined,
): string[] {
  return [
    "web: on",
    telegram
      ? `telegram: on (${config.PUBLIC_URL === undefined ? "long polling" : "webhook"})`
      : "telegram: off (TELEGRAM_BOT_TOKEN is not set)",
    "zalo: off (not built yet)",
    email ? "e-mail to agencies: on" : "e-mail to agencies: off (SMTP_URL is not set)",
    "webhooks to agencies: on",
    config.DATABASE_URL
      ? `store: PostgreSQL at ${new URL(config.DATABASE_URL).host}`
      : `store: embedded in ${config.DATA_DIR}`,
    ...(config.DATABASE_URL && config.SHARED_DIR === undefined
      ? ["files and switches: this process's own (a second one on the database needs the same SHARED_DIR)"]
      : []),
    ...(config.OPERATOR_NAME ? [] : ["operator: not named (set OPERATOR_NAME and OPERATOR_CONTACT)"]),
    ...(config.PUBLIC_URL !== undefined && config.TRUST_PROXY === undefined
      ? ["limits: by the peer's address (behind a reverse proxy set TRUST_PROXY, or all people share one)"]
      : []),
    ...(madeKey
      ? [`key: made at ${madeKey}; keep a copy apart from the store, without it the store cannot be read`]
      : []),
  ];
}
