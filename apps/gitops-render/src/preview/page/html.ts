/** HTML that may stand in a page as it is: only `html` makes it, and `trusted` of text that is made here. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[] | undefined;

/**
 * HTML of a template. What is filled in is text, and stays text, in and out of attributes; HTML is put in as it is.
 *
 * @example
 * html`<b title="${'"'}">${"<script>"}</b>`.html; // <b title="&quot;">&lt;script&gt;</b>
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.map((text, index) => text + printed(parts[index])).join("") };
}

/** Text that is HTML already: of styles, scripts and Markdown that was made safe. */
export function trusted(text: string): Html {
  return { html: text };
}

function printed(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  return "html" in part ? part.html : part.map((each) => each.html).join("");
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML shows it. What no HTML may hold becomes the sign for an unknown character. */
export function escapeHtml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "\ufffd")
      .replace(/[&<>"']/g, (character) => escapes[character] ?? character)
  );
}

/** A value as JSON within a script element, which no text of it can end. */
export function jsonText(value: unknown): Html {
  return trusted(
    JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029"),
  );
}
