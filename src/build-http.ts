import { randomBytes } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, Hono } from "hono";
import type { Config } from "./config.ts";
import type { Guide } from "./conversation/guide.ts";
import type { EvidenceStore } from "./evidence/evidence.ts";
import { createDeskSessions } from "./http/desk-sessions.ts";
import { listFiles } from "./http/evidence.ts";
import type { EvidenceLinks } from "./http/evidence-links.ts";
import { createHandler, type HttpParts } from "./http/handle.ts";
import { createOperatorDoor } from "./http/operator.ts";
import { readPage } from "./http/page.ts";
import { callerOf } from "./http/peer.ts";
import { createRateLimits, noRateLimits } from "./http/rate-limit.ts";
import { createSessions } from "./http/sessions.ts";
import { performAct } from "./inbox/act.ts";
import { performVerdict } from "./inbox/moderate.ts";
import type { Metrics } from "./metrics.ts";
import type { Store } from "./store/store.ts";
import { createPublicView } from "./watch/figures.ts";
import { desk as deskWords } from "./wording/desk.ts";

/** What the routes are put together from. */
export type HttpSettings = Pick<
  HttpParts,
  "web" | "replyLinks" | "paperLinks" | "telegram" | "alarms" | "clock" | "log" | "stopping"
> & {
  readonly config: Config;
  readonly store: Store;
  readonly guide: Guide;
  readonly metrics: Metrics;
  readonly evidence: EvidenceStore;
  /** Addresses of the files of cases. */
  readonly fileLinks: EvidenceLinks;
  /** The last day on which an address that is made now opens. */
  readonly linkUntil: () => string;
  /** What stands for a name without telling it, one way a purpose. */
  readonly stand: (purpose: string) => (name: string) => string;
  /** What an act on a case works with. */
  readonly cases: Parameters<typeof performAct>[3];
  /** Where this program is reached. */
  readonly address: () => string;
};

/** All routes with what stands behind them: pages, sessions, limits, the desk. */
export function buildHttp(settings: HttpSettings): Hono {
  const { config, log, clock, store, guide, web, metrics } = settings;
  const { replyLinks, paperLinks, alarms, cases, telegram, address, stopping, stand } = settings;
  const { evidence, fileLinks, linkUntil } = settings;
  const addressOf = (context: Context): string =>
    callerOf(
      getConnInfo(context).remote.address ?? "unknown",
      context.req.header("X-Forwarded-For"),
      config.TRUST_PROXY,
    );
  const operator = guide.wordings.vi.menu.operator(config.OPERATOR_NAME, config.OPERATOR_CONTACT);
  const limits = config.RATE_LIMITS === "on" ? createRateLimits() : noRateLimits();
  return createHandler({
    web,
    sessions: createSessions(() => store.sessionSecret(), randomBytes),
    replyLinks,
    paperLinks,
    store,
    rules: guide.rules,
    alarms,
    act: (complaint, agency, via, deed) =>
      performAct(() => store.complaint(complaint), { agency, via }, deed, cases),
    limits,
    telegram,
    stopping,
    addressOf,
    originOf: stand("origins"),
    address,
    publicView: createPublicView({ store, rules: guide.rules, clock, publicId: stand("public cases") }),
    metrics: metrics.text,
    countRequest: metrics.request,
    isOperator: createOperatorDoor(config.ADMIN_TOKEN, config.PUBLIC_URL !== undefined, addressOf),
    evidence: { store, files: evidence, links: fileLinks, rules: guide.rules, clock },
    largestFile: guide.rules.evidence.fileMegabytes * 1_000_000,
    chatPage: readPage("chat-page.html", {
      operator,
      megabytes: String(guide.rules.evidence.fileMegabytes),
    }),
    replyPage: readPage("reply-page.html", { apology: deskWords.apology }),
    desk: {
      store,
      sessions: createDeskSessions({ store, clock, random: randomBytes }),
      rules: guide.rules,
      filesFor: (complaint, agency) =>
        listFiles(complaint, agency, guide.rules, (asked) => fileLinks.link(asked, linkUntil())),
      act: (find, by, deed) => performAct(find, by, deed, cases),
      moderate: (find, by, verdict) => performVerdict(find, by, verdict, cases),
      limits,
      addressOf,
      page: readPage("desk-page.html", { operator }),
      address,
      clock,
      log,
    },
    paperPage: readPage("paper-page.html", {}),
    clock,
    log,
  });
}
