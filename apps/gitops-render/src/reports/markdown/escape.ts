// Invisible: what follows a sign that GitHub or GitLab reads as a mention or a reference does not touch it any more.
const apart = "\u{200B}";

/**
 * Mentions and references work on what is shown, so that no escape of Markdown stops them; only a letter between does.
 *
 * @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 * @see https://docs.gitlab.com/user/markdown/#gitlab-specific-references
 */
function withoutReferences(text: string): string {
  return text.replaceAll(/@(?=[A-Za-z0-9_"[-])|[#!~%&$](?=\d)|\bGH-(?=\d)/gi, `$&${apart}`);
}

/** A text of the tree inside a line of Markdown: shown as it is, letter by letter. What stands between backticks is shown as code. */
export function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : prose(part)))
    .join("");
}

function prose(text: string): string {
  return withoutReferences(text)
    .replaceAll("&", "&amp;")
    .replaceAll(/[\\`*[\]|]/g, "\\$&")
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\_")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/~(?=~)|(?<=~)~/g, "\\~")
    .replaceAll("$", "\\$")
    .replaceAll(/^(\s*\d+)([.)])/g, "$1\\$2")
    .replaceAll(/^(\s*)([-+=#:/])/g, "$1\\$2");
}

/** A text of the tree as code, in which nothing has a meaning. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const blank = text.startsWith("`") || text.endsWith("`") || text.trim() === "" ? " " : "";
  return `${fence}${blank}${text}${blank}${fence}`;
}

/** A text of the tree inside HTML, such as a summary. */
export function html(text: string): string {
  return withoutReferences(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Lines as a block of code, whose fence is longer than any inside. */
export function block(language: string, lines: readonly string[]): string {
  const fence = fenceFor(lines);
  return `${fence}${language}\n${lines.join("\n")}\n${fence}`;
}

export function fenceFor(lines: readonly string[]): string {
  const longest = lines.reduce(
    (most, line) => Math.max(most, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)),
    2,
  );
  return "`".repeat(longest + 1);
}
