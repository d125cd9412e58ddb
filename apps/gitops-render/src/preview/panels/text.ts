import { micromark } from "micromark";
import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { html, trusted } from "../page/html.ts";
import type { DrawnPanel } from "./drawing.ts";

/** Markdown as Grafana shows it. HTML in it stays text, and so do addresses that run something. */
export function drawText({ text: { content, mode } }: PreviewPanel): DrawnPanel {
  return {
    body:
      mode === "markdown"
        ? html`<div class="words">${trusted(withoutImages(micromark(content)))}</div>`
        : html`<pre class="words">${content}</pre>`,
  };
}

/** A preview loads nothing: of a picture its words stay. */
function withoutImages(text: string): string {
  return text.replaceAll(/<img src="[^"]*" alt="([^"]*)"(?: title="[^"]*")? \/>/g, "$1");
}
