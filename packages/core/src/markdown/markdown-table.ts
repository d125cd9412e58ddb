/**
 * A Markdown table; without rows it is nothing. Columns are not padded: one longer cell would change every line, and a review is of what changed.
 *
 * @example
 * markdownTable(["Group", "Role"], [["backend-viewers", "namespace-viewer"]]);
 * // | Group | Role |
 * // | --- | --- |
 * // | backend-viewers | namespace-viewer |
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (row: readonly string[]): string =>
    `| ${head.map((_, column) => (row[column] ?? "").replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
