import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import {
  type Asked,
  discovery,
  type Fault,
  faultJson,
  faultXml,
  type Listing,
  listingXml,
  PARAMETERS,
  request,
  requests,
  service,
  services,
} from "../report/open311.ts";
import { STYLE } from "../report/page.ts";
import { publicCsv, publicHtml, publicJson } from "../report/public.ts";
import type { PublicView } from "../watch/figures.ts";

export type FiguresParts = {
  readonly publicView: () => Promise<PublicView>;
  /** Where the program is reached from outside. */
  readonly address: () => string;
};

/** A page of figures runs nothing and loads nothing. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
/** Seconds that others may keep what is told. */
const CACHED = "public, max-age=300";

/** What everybody may read: figures, and the public cases as Open311. */
export function addFigures(app: Hono, { publicView, address }: FiguresParts): void {
  const html = onceAView(publicHtml);
  const csv = onceAView(publicCsv);
  const json = onceAView((view) => JSON.stringify(publicJson(view)));
  app.get("/cong-khai", async (c) => {
    c.header("Content-Security-Policy", POLICY);
    return told(c, "text/html; charset=UTF-8", html(await publicView()));
  });
  app.get("/api/statistics.json", async (c) => told(c, "application/json", json(await publicView())));
  app.get("/api/statistics.csv", async (c) => {
    c.header("Content-Disposition", 'attachment; filename="mot-cua.csv"');
    return told(c, "text/csv; charset=UTF-8", csv(await publicView()));
  });
  app.get("/open311/v2/:file{discovery\\.(?:json|xml)}", (c) => {
    const found = discovery(address());
    return isXml(c) ? told(c, XML, found.xml) : told(c, "application/json", JSON.stringify(found.json));
  });
  app.get("/open311/v2/:file{services\\.(?:json|xml)}", (c) => listed(c, services()));
  app.get("/open311/v2/services/:file{[^/]+\\.(?:json|xml)}", (c) => listed(c, service(nameOf(c))));
  app.get("/open311/v2/:file{requests\\.(?:json|xml)}", async (c) =>
    listed(c, requests(askedOf(c), await publicView())),
  );
  app.get("/open311/v2/requests/:file{[^/]+\\.(?:json|xml)}", async (c) =>
    listed(c, request(nameOf(c), await publicView())),
  );
}

/** What is told of a view is written once: many ask, and it changes every ten minutes. */
function onceAView(write: (view: PublicView) => string): (view: PublicView) => string {
  const written = new WeakMap<PublicView, string>();
  return (view) => {
    const text = written.get(view) ?? write(view);
    written.set(view, text);
    return text;
  };
}

const XML = "text/xml; charset=UTF-8";

function listed(c: Context, found: Listing | Fault): Response {
  if ("root" in found) {
    return isXml(c)
      ? told(c, XML, listingXml(found))
      : told(c, "application/json", JSON.stringify(found.items));
  }
  c.status(found.status);
  return isXml(c)
    ? told(c, XML, faultXml(found))
    : told(c, "application/json", JSON.stringify(faultJson(found)));
}

/** Public data, for pages of others too. */
function told(c: Context, type: string, body: string): Response {
  c.header("Content-Type", type);
  c.header("Cache-Control", CACHED);
  c.header("Access-Control-Allow-Origin", "*");
  return c.body(body);
}

function isXml(c: Context): boolean {
  return c.req.path.endsWith(".xml");
}

function nameOf(c: Context): string {
  return (c.req.param("file") ?? "").replace(/\.(?:json|xml)$/, "");
}

function askedOf(c: Context): Asked {
  return Object.fromEntries(
    PARAMETERS.flatMap((name) => {
      const value = c.req.query(name);
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}
