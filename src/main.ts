import { createHmac, hkdfSync } from "node:crypto";
import { createAlarms } from "./alarms.ts";
import { buildHttp } from "./build-http.ts";
import { buildOutbox } from "./build-outbox.ts";
import type { Channel } from "./channels/channel.ts";
import type { Telegram } from "./channels/telegram.ts";
import type { Hook } from "./channels/telegram-hook.ts";
import { createWeb } from "./channels/web.ts";
import { createClock } from "./clock.ts";
import { agencyName } from "./complaints/file.ts";
import { createRecentFilings } from "./complaints/recent-filings.ts";
import { type Config, ConfigError, contactsFile, sharedDir } from "./config.ts";
import { openControl } from "./control.ts";
import { collectNow } from "./engine.ts";
import { createEvidenceLinks } from "./http/evidence-links.ts";
import { createPaperLinks } from "./http/paper-links.ts";
import { createReplyLinks } from "./http/reply-links.ts";
import { serve } from "./http/serve.ts";
import { createMorning } from "./inbox/digest.ts";
import { createInbox } from "./inbox/receive.ts";
import { createRetention } from "./inbox/retain.ts";
import { createTicker } from "./inbox/tick.ts";
import { dayInVietnam } from "./knowledge/calendar.ts";
import type { Knowledge } from "./knowledge/load.ts";
import { knowledgeOf, liveGuide, rulesOf } from "./live-guide.ts";
import type { Log } from "./log.ts";
import { createMetrics, timedStore } from "./metrics.ts";
import { openStore } from "./open-store.ts";
import type { Contacts } from "./outbox/contacts.ts";
import { liveContacts } from "./outbox/live-contacts.ts";
import { partsOf } from "./parts-told.ts";
import { weaknessesIn } from "./secrets.ts";
import { openEvidenceFiles } from "./store/evidence-files.ts";
import { freshBytes } from "./store/seal.ts";
import type { Store } from "./store/store.ts";
import { createStuckCounts } from "./stuck.ts";
import { liveSwitches, switchesFile, toldOf } from "./switches.ts";
import { warmUp } from "./warm-up.ts";
import { watchFilings } from "./watch/filings.ts";
import { createReconciliation } from "./watch/promises.ts";
import { createRounds } from "./watch/rounds.ts";
import { web as webWords } from "./wording/web.ts";

/** The running program. */
export type Program = {
  /** Where the chat page is. */
  readonly address: string;
  /** One line a part: what is on, what is off and why. */
  readonly parts: readonly string[];
  /** Resolves when the disk has failed: nothing can be saved before a restart. */
  readonly broken: Promise<void>;
  /** Stops taking messages in, finishes what is in hand, closes the store. */
  stop(): Promise<void>;
};

/**
 * Milliseconds that what is being sent has when the program stops: what is not recorded by then is sent again, under
 * the same id, after the next start.
 */
const STOP_MS = 4_000;

/**
 * Puts the parts together and starts them: store, outbox, web server, channels, `more` of them if the caller has any.
 * @throws KnowledgeError, StoreError, ConfigError when the Internet could guess its way in, or when the port is taken
 */
export async function startProgram(
  config: Config,
  log: Log,
  more: readonly Channel[] = [],
): Promise<Program> {
  const clock = createClock(config.MOTCUA_NOW);
  const knowledge = knowledgeOf(config);
  const guards = createRecentFilings(knowledge.limits.guards);
  // Load and crash tests file by thousands from one address.
  const recent = config.RATE_LIMITS === "on" ? guards : { ...guards, suspicionOf: () => undefined };
  let onStopped: (() => void) | undefined;
  const broken = new Promise<void>((resolve) => {
    onStopped = resolve;
  });
  const opened = await openStore(config, clock, log, {
    patient: true,
    rules: rulesOf(knowledge),
    onStopped,
  });
  const { key, made } = opened;
  const contacts = liveContacts(contactsFile(config), knowledge.agencies, log);
  if (config.PUBLIC_URL !== undefined) await refuseWeakSecrets(opened, contacts(), knowledge);
  const watched = watchFilings(opened.store, recent);
  const reconciliation = createReconciliation({ store: watched, clock, log });
  const stuck = createStuckCounts({ store: watched, lost: reconciliation.lost, clock });
  const metrics = createMetrics(watched.figures, stuck, clock);
  const store = timedStore(watched, metrics.commit);
  const switches = liveSwitches(switchesFile(sharedDir(config)), knowledge.agencies, log);
  const { guide, found, stopWatching } = liveGuide(knowledge, config, contacts, log);
  const stopping = new AbortController();
  let address = config.PUBLIC_URL ?? "";
  const derived = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync("sha256", key, "", `motcua ${purpose} 1`, 32));
  const stand = (purpose: string): ((name: string) => string) => {
    const secret = derived(purpose);
    return (name) => createHmac("sha256", secret).update(name).digest("hex").slice(0, 24);
  };
  const replyLinks = createReplyLinks(derived("reply links"), () => address);
  const paperLinks = createPaperLinks(derived("paper links"), () => address);
  const evidence = openEvidenceFiles(sharedDir(config), clock);
  const fileLinks = createEvidenceLinks(derived("evidence links"), () => address);
  const linkUntil = (): string =>
    dayInVietnam(clock().getTime() + guide.rules.evidence.linkDays * 86_400_000);

  const web = createWeb(store);
  const hook = hookOf(config, derived("telegram webhook"));
  const telegram = await telegramOf(config, log, hook);
  const channels: readonly Channel[] = [web, ...(telegram ? [telegram] : []), ...more];
  const email =
    config.SMTP_URL && config.MAIL_FROM
      ? (await import("./channels/email.ts")).createEmailSender({
          smtpUrl: config.SMTP_URL,
          from: config.MAIL_FROM,
        })
      : undefined;
  const outbox = buildOutbox({
    config,
    log,
    clock,
    store,
    guide,
    channels,
    email,
    contacts,
    replyLinks,
    fileLinks,
    linkUntil,
    switches: switches.now,
  });
  const alarms = createAlarms({
    store,
    clock,
    log,
    calendar: knowledge.calendar,
    switches,
    lost: reconciliation.lost,
    nameOf: (agency) => agencyName(agency, guide.rules.directory),
    contactsOf: guide.rules.contactsOf,
    nudge: outbox.nudge,
  });
  const { nudge } = outbox;
  const receive = createInbox({
    store,
    evidence,
    guide,
    clock,
    recent,
    random: freshBytes,
    nudge,
    log,
    count: metrics.message,
    switches: switches.now,
    missed: alarms.missed,
    // Without a public address only the chat page's own visitors can reach this program.
    paperLink: (conversation, way, now) =>
      config.PUBLIC_URL || conversation.startsWith("web:")
        ? paperLinks.page(conversation, way, now)
        : undefined,
  });
  const caseParts = { store, guide, clock, nudge, log };
  const rounds = createRounds({ store, recent, rules: guide.rules, clock, nudge, log });
  const morning = createMorning(caseParts);
  const retain = createRetention({ ...caseParts, evidence });
  const ticker = createTicker({
    ...caseParts,
    morning: () => Promise.all([morning(), retain()]),
    afterwards: [rounds.go, reconciliation.go],
  });
  const app = buildHttp({
    config,
    log,
    clock,
    store,
    guide,
    web,
    metrics,
    replyLinks,
    paperLinks,
    evidence,
    fileLinks,
    linkUntil,
    stand,
    alarms: async () => (await alarms.current()).map(({ text }) => text),
    cases: caseParts,
    telegram: hook && telegram && { secret: hook.secret, posted: telegram.posted },
    address: () => address,
    stopping: stopping.signal,
  });

  collectNow();
  const server = await serve({ fetch: app.fetch, hostname: config.HOST, port: config.PORT });
  address ||= `http://${config.HOST.includes(":") ? `[${config.HOST}]` : config.HOST}:${server.port}`;
  const control = await openControl(config.DATA_DIR, { store, clock, knowledge, address });
  for (const channel of channels) await channel.start(receive);
  outbox.start();
  ticker.start();
  alarms.start();
  const cool = warmUp(guide, knowledge, clock);
  return {
    address,
    parts: [
      found,
      ...partsOf(config, telegram !== undefined, email !== undefined, made),
      ...toldOf(switches.now()),
    ],
    broken,
    stop: async () => {
      cool();
      stopWatching();
      stopping.abort();
      // First what comes in: a message in hand is stored and answered before the channels are gone.
      await server.close();
      await control.close();
      await within(STOP_MS, [
        ...channels.map((channel) => channel.stop()),
        alarms.stop(),
        ticker.stop(),
        outbox.stop(),
      ]);
      email?.close();
      await store.close();
    },
  };
}

/** Before anything listens. What settings alone tell was refused before. */
async function refuseWeakSecrets(
  { store, key }: { readonly store: Store; readonly key: Uint8Array },
  contacts: Contacts,
  { agencies }: Knowledge,
): Promise<void> {
  const signingKeys = [...agencies.keys()].flatMap((agency) =>
    contacts
      .contactsOf(agency)
      .flatMap((contact) =>
        contact.channel === "webhook" ? contact.secrets.map((secret) => ({ agency, secret })) : [],
      ),
  );
  const weak = weaknessesIn(key, signingKeys);
  if (weak.length === 0) return;
  await store.close();
  const lines = weak.map((line) => `  ${line}`).join("\n");
  throw new ConfigError(`With PUBLIC_URL the program does not start with weak secrets:\n${lines}`);
}

/** Its library is read only where it is used: it is the largest, and a start waits for it. */
async function telegramOf(config: Config, log: Log, hook: Hook | undefined): Promise<Telegram | undefined> {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot } = config;
  if (!token) return undefined;
  const { createTelegram } = await import("./channels/telegram.ts");
  return createTelegram({
    token,
    log,
    sorry: webWords.failed,
    ...(apiRoot && { apiRoot }),
    ...(hook && { hook }),
  });
}

/** Telegram's webhook, where the Internet can reach the program; a secret is made when none is set. */
function hookOf(config: Config, made: Uint8Array): Hook | undefined {
  if (config.PUBLIC_URL === undefined || !config.TELEGRAM_BOT_TOKEN) return undefined;
  const secret = config.TELEGRAM_WEBHOOK_SECRET ?? Buffer.from(made).toString("base64url");
  return { url: `${config.PUBLIC_URL}/telegram`, secret };
}

async function within(milliseconds: number, tasks: readonly Promise<void>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([Promise.all(tasks), bound]);
  clearTimeout(timer);
}
