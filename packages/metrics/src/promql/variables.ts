/** Who fills in variables before Prometheus sees the text: Grafana (`$__rate_interval`, `${range}`) or Sloth (`{{.window}}`). */
export type VariableSyntax = "grafana" | "sloth";

const variablePatterns: Readonly<Record<VariableSyntax, string>> = {
  // https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
  grafana: String.raw`\$\w+|\$\{\w+(?::\w+)?\}|\[\[\w+\]\]`,
  // conventions.TplSLIQueryWindowVarRegex of Sloth.
  sloth: String.raw`\{\{ *\.window *\}\}`,
};

// Strings and comments stand first: what looks like a variable inside them is text.
const literals = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\x60[^\x60]*\x60|#[^\n]*`;
const shortest = "1m";

/** The text with each variable replaced by a duration of the same length, so that it parses and places stay where they are. */
export function maskVariables(text: string, syntax: VariableSyntax | undefined): string {
  if (syntax === undefined) return text;
  const pattern = new RegExp(`${literals}|(${variablePatterns[syntax]})`, "gs");
  return text.replace(pattern, (found, variable: string | undefined) =>
    variable === undefined ? found : shortest.padStart(variable.length, "0"),
  );
}

/** Whether a text is one variable and nothing else. */
export function isVariable(text: string): boolean {
  return Object.values(variablePatterns).some((pattern) => new RegExp(`^(?:${pattern})$`).test(text));
}
