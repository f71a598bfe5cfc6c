import { hkdfSync, randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { buildFinder, type Finder, rememberFindings, workOutFinder } from "./answers/finder.ts";
import { type Catalogue, CatalogueError } from "./catalogue/catalogue.ts";
import { catalogueFile, readCatalogue, watchCatalogue } from "./catalogue/catalogue-file.ts";
import type { Channel } from "./channels/channel.ts";
import { createWeb } from "./channels/web.ts";
import { createWebhookSender } from "./channels/webhook.ts";
import { type Clock, createClock } from "./clock.ts";
import type { Complaint } from "./complaints/complaint.ts";
import { noteDelivered, noteUndeliverable } from "./complaints/progress.ts";
import { isWithheld } from "./complaints/protect.ts";
import type { Config } from "./config.ts";
import { openControl } from "./control.ts";
import { buildGuide, type Guide } from "./conversation/guide.ts";
import { createDerived, type Derived, hashOfCode } from "./derived.ts";
import { createDeskSessions } from "./http/desk-sessions.ts";
import { listFiles } from "./http/evidence.ts";
import { createEvidenceLinks } from "./http/evidence-links.ts";
import { createHandler } from "./http/handle.ts";
import { createOperatorDoor } from "./http/operator.ts";
import { readPage } from "./http/page.ts";
import { callerOf } from "./http/peer.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createReplyLinks } from "./http/reply-links.ts";
import { createSessions } from "./http/sessions.ts";
import { performAct } from "./inbox/act.ts";
import { createMorning } from "./inbox/digest.ts";
import { createInbox } from "./inbox/receive.ts";
import { createRetention } from "./inbox/retain.ts";
import { createTicker } from "./inbox/tick.ts";
import { dayInVietnam, missingYear } from "./knowledge/calendar.ts";
import { type Knowledge, loadKnowledge } from "./knowledge/load.ts";
import type { Log } from "./log.ts";
import type { DeliveryResult, DeliveryState } from "./messages/delivery.ts";
import { createMetrics, timedStore } from "./metrics.ts";
import { contactKey } from "./outbox/contacts.ts";
import { createOutbox } from "./outbox/deliver.ts";
import { liveContacts } from "./outbox/live-contacts.ts";
import { openEmbeddedStore } from "./store/embedded.ts";
import { openEvidenceFiles } from "./store/evidence-files.ts";
import { type IdentityKey, identityKey } from "./store/identity-key.ts";
import type { OnReport } from "./store/report.ts";
import type { Change, Store } from "./store/store.ts";
import type { Whole } from "./store/whole.ts";
import { wholeEmbedded } from "./store/whole-embedded.ts";
import { buildReader, learnForReader, rememberReadings } from "./understanding/reader.ts";
import { officialText } from "./wording/official.ts";

/** The running program. */
export type Program = {
  /** Where the chat page is. */
  readonly address: string;
  /** One line a part: what is on, what is off and why. */
  readonly parts: readonly string[];
  /** Stops taking messages in, finishes what is in hand, closes the store. */
  stop(): Promise<void>;
};

/** Questions whose reading and findings stay ready. */
const MOST_REMEMBERED = 1000;

/** Milliseconds after the start, and between two questions, of what is done in advance. */
const WARM_UP = { after: 1000, pause: 5 } as const;

/** The folder of the checkout, whether run from src or dist. */
const ROOT = fileURLToPath(new URL("..", import.meta.url));

export function knowledgeDir(config: Pick<Config, "KNOWLEDGE_DIR">): string {
  return config.KNOWLEDGE_DIR ?? join(ROOT, "knowledge");
}

/**
 * The knowledge; files that were read and found right before are not read again.
 * @throws KnowledgeError
 */
export function knowledgeOf(config: Pick<Config, "KNOWLEDGE_DIR" | "DATA_DIR">): Knowledge {
  return loadKnowledge(knowledgeDir(config), createDerived(config.DATA_DIR));
}

export function contactsFile(config: Config): string {
  return config.CONTACTS_FILE ?? join(config.DATA_DIR, "contacts.yaml");
}

/** The key of the store, made on the first start beside, never inside, the data. */
export function keyOf(config: Config): Promise<IdentityKey> {
  return identityKey({
    ...(config.IDENTITY_KEY && { value: config.IDENTITY_KEY }),
    ...(config.IDENTITY_KEY_FILE && { file: config.IDENTITY_KEY_FILE }),
    madeAt: resolve("keys", "identity.key"),
    dataDir: resolve(config.DATA_DIR),
  });
}

/**
 * Opens the store: in DATABASE_URL, or without one in DATA_DIR.
 * @param patient opens even while the database is away
 * @throws StoreError
 */
export async function openStore(
  config: Config,
  clock: Clock,
  log: Log,
  { patient = false, rules = "" } = {},
): Promise<{ store: Store; key: Uint8Array; made?: string }> {
  const { key, made, file } = await keyOf(config);
  const onReport: OnReport = ({ event, ...facts }) => {
    const good = event === "snapshot_written" || event === "database_back";
    log(good ? "info" : "warn", `store ${event}`, facts);
  };
  const url = config.DATABASE_URL;
  const store = url
    ? await (await import("./store/postgres/store.ts")).openPostgresStore({
        url,
        key,
        clock,
        rules,
        patient,
        onReport,
      })
    : await openEmbeddedStore({ dir: resolve(config.DATA_DIR), key, clock, onReport });
  return { store, key, ...(made && file && { made: file }) };
}

/** The store as one thing, for backups and checks; a running program need not stop for reading it. */
export async function wholeOf(config: Config, key: Uint8Array): Promise<Whole> {
  const url = config.DATABASE_URL;
  if (!url) return wholeEmbedded(resolve(config.DATA_DIR), key);
  return (await import("./store/postgres/whole.ts")).wholePostgres(url, key);
}

/**
 * Puts the parts together and starts them: store, outbox, web server, channels, `more` of them if the caller has any.
 * @throws KnowledgeError, StoreError, or when the port is taken
 */
export async function startProgram(
  config: Config,
  log: Log,
  more: readonly Channel[] = [],
): Promise<Program> {
  const clock = createClock(config.MOTCUA_NOW);
  const knowledge = knowledgeOf(config);
  const opened = await openStore(config, clock, log, {
    patient: true,
    rules: `${knowledge.fingerprint.slice(0, 16)} ${hashOfCode(["complaints"]).slice(0, 16)}`,
  });
  const { key, made } = opened;
  const metrics = createMetrics(() => store.figures(), clock);
  const store = timedStore(opened.store, metrics.commit);
  const contacts = liveContacts(contactsFile(config), knowledge.agencies, log);
  const { guide, found, stopWatching } = liveGuide(knowledge, config, contacts, log);
  let address = config.PUBLIC_URL ?? "";
  const addressOf = (context: Context): string =>
    callerOf(
      getConnInfo(context).remote.address ?? "unknown",
      context.req.header("X-Forwarded-For"),
      config.TRUST_PROXY,
    );
  const derived = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync("sha256", key, "", `motcua ${purpose} 1`, 32));
  const replyLinks = createReplyLinks(derived("reply links"), () => address);

  const evidence = openEvidenceFiles(resolve(config.DATA_DIR), clock);
  const fileLinks = createEvidenceLinks(derived("evidence links"), () => address);
  const linkUntil = (): string =>
    dayInVietnam(clock().getTime() + guide.rules.evidence.linkDays * 86_400_000);

  const web = createWeb(store);
  const telegram = await telegramOf(config, log);
  const channels: readonly Channel[] = [web, ...(telegram ? [telegram] : []), ...more];
  const email =
    config.SMTP_URL && config.MAIL_FROM
      ? (await import("./channels/email.ts")).createEmailSender({
          smtpUrl: config.SMTP_URL,
          from: config.MAIL_FROM,
        })
      : undefined;
  const outbox = createOutbox({
    store,
    clock,
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    log,
    channels: new Map(channels.map((channel) => [channel.name, channel])),
    // The receiver compares the stamp with its own clock, so a clock set for a try-out must not show there.
    webhook: createWebhookSender({ clock: createClock(), allowPrivate: config.local }),
    email,
    contacts,
    replyLink: (notice, agency, way) => {
      const complaint = notice.id.split(".")[0] ?? "";
      return way === "email"
        ? { url: replyLinks.page(complaint, agency), token: "" }
        : replyLinks.api(complaint, agency);
    },
    evidenceLinks: ({ id, evidence: files }, agency) => {
      const complaint = id.split(".")[0] ?? "";
      const until = linkUntil();
      return { until, urls: files.map((file) => fileLinks.link({ id: file.id, complaint, agency }, until)) };
    },
    officialText,
    withheld: isWithheld,
    outcome: (state, result, complaint) => outcomeOf(state, result, complaint, guide, clock),
  });
  const receive = createInbox({
    store,
    evidence,
    guide,
    clock,
    random: randomBytes,
    nudge: outbox.nudge,
    log,
    count: metrics.message,
  });
  const caseParts = { store, guide, clock, nudge: outbox.nudge, log };
  const morning = createMorning(caseParts);
  const retain = createRetention({ ...caseParts, evidence });
  const ticker = createTicker({ ...caseParts, morning: () => Promise.all([morning(), retain()]) });
  const wait = config.RATE_LIMITS === "on" ? createRateLimit() : () => Promise.resolve(0);
  const app = createHandler({
    web,
    sessions: createSessions(() => store.sessionSecret(), randomBytes),
    replyLinks,
    store,
    alarms: () => alarmsOf(knowledge, clock()),
    act: (complaint, agency, via, deed) =>
      performAct(() => store.complaint(complaint), { agency, via }, deed, caseParts),
    wait,
    addressOf,
    metrics: metrics.text,
    countRequest: metrics.request,
    isOperator: createOperatorDoor(config.ADMIN_TOKEN, config.PUBLIC_URL !== undefined, addressOf),
    evidence: { store, files: evidence, links: fileLinks, directory: guide.rules.directory, clock },
    largestFile: guide.rules.evidence.fileMegabytes * 1_000_000,
    chatPage: readPage("chat-page.html", {
      operator: operatorLine(config, guide),
      megabytes: String(guide.rules.evidence.fileMegabytes),
    }),
    replyPage: readPage("reply-page.html", {}),
    desk: {
      store,
      sessions: createDeskSessions({ store, clock, random: randomBytes }),
      rules: guide.rules,
      templates: knowledge.replyTemplates,
      filesFor: (complaint, agency) => listFiles(complaint, agency, fileLinks, linkUntil()),
      act: (find, by, deed) => performAct(find, by, deed, caseParts),
      wait,
      addressOf,
      page: readPage("desk-page.html", { operator: operatorLine(config, guide) }),
      address: () => address,
      clock,
      log,
    },
    clock,
    log,
  });

  const server = await listen(app.fetch, config);
  address ||= `http://${config.HOST.includes(":") ? `[${config.HOST}]` : config.HOST}:${server.port}`;
  const control = await openControl(config.DATA_DIR, { store, clock, knowledge, address });
  for (const channel of channels) await channel.start(receive);
  outbox.start();
  ticker.start();
  const cool = warmUp(guide, knowledge, clock);
  return {
    address,
    parts: [found, ...partsOf(config, telegram !== undefined, email !== undefined, made)],
    stop: async () => {
      cool();
      stopWatching();
      for (const channel of channels) await channel.stop();
      await server.close();
      await control.close();
      await ticker.stop();
      await outbox.stop();
      email?.close();
      await store.close();
    },
  };
}

export function guideOf(
  knowledge: Knowledge,
  config: Config,
  contacts: ReturnType<typeof liveContacts>,
  catalogue?: Catalogue,
): Guide {
  const operator = { name: config.OPERATOR_NAME, contact: config.OPERATOR_CONTACT };
  const contactsOf = (agency: string): string[] => contacts().contactsOf(agency).map(contactKey);
  return buildGuide(knowledge, contactsOf, operator, partsFor(knowledge, config, catalogue));
}

/** Reader and finder of the guide. What takes long to work out is kept, so whoever calls this first spares the next. */
export function partsFor(
  knowledge: Knowledge,
  { DATA_DIR }: Pick<Config, "DATA_DIR">,
  catalogue?: Catalogue,
): Pick<Guide, "reader" | "finder"> {
  const derived = createDerived(DATA_DIR);
  const learnt = derived("messages", knowledge.fingerprint, () => learnForReader(knowledge));
  const reader = rememberReadings(buildReader(knowledge, learnt), MOST_REMEMBERED);
  return { reader, finder: finderOf(knowledge, catalogue, derived) };
}

/** The finder over knowledge and catalogue; what takes long to work out is kept. */
function finderOf(knowledge: Knowledge, catalogue: Catalogue | undefined, derived: Derived): Finder {
  const { count, sum } = catalogue?.header ?? { count: 0, sum: 0 };
  const key = `${knowledge.fingerprint} ${count} ${sum}`;
  const data = derived("finder", key, () => workOutFinder(knowledge, catalogue));
  return rememberFindings(buildFinder(knowledge, catalogue, data), MOST_REMEMBERED);
}

/** The guide with the imported catalogue, which a new import replaces while the program runs. */
function liveGuide(
  knowledge: Knowledge,
  config: Config,
  contacts: ReturnType<typeof liveContacts>,
  log: Log,
): { guide: Guide; found: string; stopWatching: () => void } {
  const file = catalogueFile(config.DATA_DIR);
  // From before it is read on: an import that comes while the guide is built must not be overlooked.
  const stopWatching = watchCatalogue(
    file,
    (next) => {
      // Questions wait while it is built, and are answered from the new one.
      guide.finder = finderOf(knowledge, next, createDerived(config.DATA_DIR));
      log("info", "catalogue", { count: next.header.count });
    },
    { onFault: (error) => log("error", "catalogue", { problem: error.message }) },
  );
  let catalogue: Catalogue | undefined;
  let found = "national catalogue: none (motcua import takes it in); curated records only";
  try {
    catalogue = readCatalogue(file);
    if (catalogue) found = `national catalogue: ${catalogue.header.count} procedures`;
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    found = `national catalogue: off (${error.message})`;
  }
  const guide = { ...guideOf(knowledge, config, contacts, catalogue) };
  return { guide, found, stopWatching };
}

/**
 * Answers some of the knowledge's own phrasings while nothing else is to be done: the first people who ask need not wait
 * for what is built when it is first needed. Gives the way to stop it.
 */
function warmUp(guide: Guide, { procedures, rules }: Knowledge, clock: Clock): () => void {
  const left = [...procedures, ...rules].flatMap(({ phrasings }) => phrasings.slice(0, 1));
  let next: NodeJS.Timeout;
  const step = (): void => {
    const phrasing = left.pop();
    if (phrasing === undefined) return;
    guide.finder.find(guide.reader.read(phrasing, clock()));
    next = setTimeout(step, WARM_UP.pause).unref();
  };
  next = setTimeout(step, WARM_UP.after).unref();
  return () => {
    clearTimeout(next);
  };
}

/** Its library is read only where it is used: it is the largest, and a start waits for it. */
async function telegramOf(config: Config, log: Log): Promise<Channel | undefined> {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot } = config;
  if (!token) return undefined;
  const { createTelegram } = await import("./channels/telegram.ts");
  return createTelegram({ token, log, ...(apiRoot && { apiRoot }) });
}

function alarmsOf({ calendar }: Knowledge, now: Date): string[] {
  const year = missingYear(calendar, now);
  return year === undefined
    ? []
    : [`the holidays of ${year} are missing; add knowledge/calendar/${year}.yaml`];
}

/** What a delivery's outcome means for its complaint: the first arrival and a standstill are recorded and told. */
function outcomeOf(
  state: DeliveryState,
  result: DeliveryResult,
  complaint: Complaint,
  guide: Guide,
  clock: Clock,
): Change | undefined {
  const { to } = state.delivery;
  if (to.kind !== "agency") return undefined;
  const wording = guide.wordings[complaint.language];
  const step =
    result.kind === "sent"
      ? noteDelivered(complaint, to.agency, clock(), guide.rules, wording)
      : result.dead
        ? noteUndeliverable(complaint, to.agency, result.problem, clock(), wording)
        : undefined;
  return (
    step && {
      complaints: [{ id: complaint.id, revision: complaint.revision, events: step.events }],
      deliveries: step.deliveries,
    }
  );
}

/** Listens; resolves with the port, rejects when it is taken. */
function listen(
  fetch: Parameters<typeof serve>[0]["fetch"],
  config: Config,
): Promise<{ port: number; close(): Promise<void> }> {
  return new Promise((done, failed) => {
    const server = serve({ fetch, hostname: config.HOST, port: config.PORT }, ({ port }) => {
      done({
        port,
        close: () =>
          new Promise((closed) => {
            server.close(() => {
              closed();
            });
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      });
    });
    server.once("error", failed);
  });
}

function operatorLine(config: Config, guide: Guide): string {
  return guide.wordings.vi.menu.operator(config.OPERATOR_NAME, config.OPERATOR_CONTACT);
}

function partsOf(config: Config, telegram: boolean, email: boolean, madeKey: string | undefined): string[] {
  return [
    "web: on",
    telegram ? "telegram: on (long polling)" : "telegram: off (TELEGRAM_BOT_TOKEN is not set)",
    "zalo: off (not built yet)",
    email ? "e-mail to agencies: on" : "e-mail to agencies: off (SMTP_URL is not set)",
    "webhooks to agencies: on",
    config.DATABASE_URL
      ? `store: PostgreSQL at ${new URL(config.DATABASE_URL).host}`
      : `store: embedded in ${config.DATA_DIR}`,
    ...(config.OPERATOR_NAME ? [] : ["operator: not named (set OPERATOR_NAME and OPERATOR_CONTACT)"]),
    ...(madeKey
      ? [`key: made at ${madeKey}; keep a copy apart from the store, without it the store cannot be read`]
      : []),
  ];
}
