import { createHash } from "node:crypto";
import { type Html, html, trusted } from "./html.ts";
import { style } from "./style.ts";

/** What a page is made of beside its own style. */
export interface PageParts {
  readonly title: string;
  readonly body: Html;
  /** More styles. @default none */
  readonly styles?: string;
  /** Scripts that may run, in their order. @default none */
  readonly scripts?: readonly string[];
}

/**
 * A page that needs nothing but itself. Its policy lets nothing else run and nothing be fetched, whatever is written in it.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function page({ title, body, styles = "", scripts = [] }: PageParts): string {
  const hashes = scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(" ") || "'none'"}`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(styles)}${trusted(style)}</style>
</head>
<body>
${body}
${scripts.map((script) => html`<script>${trusted(script)}</script>\n`)}</body>
</html>`.html
  }\n`;
}
