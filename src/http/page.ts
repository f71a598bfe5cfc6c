import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A page with its content security policy: only its own inline script and style may run. */
export type Page = { readonly html: string; readonly policy: string };

/** Reads a page beside this file and fills `{{name}}` places with escaped texts. */
export function readPage(name: string, texts: Readonly<Record<string, string>>): Page {
  const raw = readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8");
  const html = raw.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => escapeHtml(texts[key] ?? ""));
  const hashes = (tag: string): string =>
    [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))]
      .map(([, body = ""]) => `'sha256-${createHash("sha256").update(body).digest("base64")}'`)
      .join(" ");
  const policy = [
    "default-src 'none'",
    `script-src ${hashes("script")}`,
    `style-src ${hashes("style")}`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return { html, policy };
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
