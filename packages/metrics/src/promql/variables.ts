/** Who fills in variables before Prometheus sees the text: Grafana (`$__rate_interval`, `${range}`) or Sloth (`{{.window}}`). */
export type VariableSyntax = "grafana" | "sloth";

const variablePatterns: Readonly<Record<VariableSyntax, string>> = {
  // https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
  grafana: String.raw`\$\w+|\$\{\w+(?::\w+)?\}|\[\[\w+\]\]`,
  // conventions.TplSLIQueryWindowVarRegex of Sloth.
  sloth: String.raw`\{\{ *\.window *\}\}`,
};

const sticky: Readonly<Record<VariableSyntax, RegExp>> = {
  grafana: new RegExp(variablePatterns.grafana, "y"),
  sloth: new RegExp(variablePatterns.sloth, "y"),
};

const whole = new RegExp(`^(?:${Object.values(variablePatterns).join("|")})$`);

/** Where the variable ends that begins here; `undefined` where none does. */
export function variableAt(text: string, at: number, syntax: VariableSyntax): number | undefined {
  const pattern = sticky[syntax];
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Whether a text is one variable and nothing else. */
export function isVariable(text: string): boolean {
  return whole.test(text);
}
