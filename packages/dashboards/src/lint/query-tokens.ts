// What PromQL and LogQL have in common: blanks and comments, texts, Grafana's variables, words, numbers with durations, comparisons, single signs.
const token =
  /\s+|#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\$\{[^}]*\}|\$\w+|\[\[\w[^\]]*\]\]|[A-Za-z_:][\w:.]*|\d[\w.]*|=~|!~|!=|==|<=|>=|[\s\S]/g;

/** The parts of a query, without blanks and comments. */
export function queryTokens(query: string): readonly string[] {
  return [...query.matchAll(token)].map(([text]) => text).filter((text) => !/^[\s#]/.test(text));
}

/** A text in quotes of any kind, closed. */
export function isQuoted(text: string): boolean {
  return text.length > 1 && /^["'`]/.test(text);
}
