// The three ways to write a variable: $name, ${name} or ${name:format}, [[name]]. `$1` of a label_replace is none.
const variable = /\$\{([A-Za-z_]\w*)[^}]*\}|\$([A-Za-z_]\w*)|\[\[([A-Za-z_]\w*)[^\]]*\]\]/g;

/**
 * The variables that a text refers to, in or out of quotes.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
 */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(variable)].flatMap(([, braced, plain, bracketed]) => braced ?? plain ?? bracketed ?? []);
}

/**
 * Whether Grafana itself defines the variable: `__rate_interval`, `__from`. Their names begin with two underscores.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables
 */
export function isGlobalVariable(name: string): boolean {
  return name.startsWith("__");
}

// A text in quotes, a list of labels, or a variable before the comparison of a label.
const labelPosition =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)|(?:\$\{\w[^}]*\}|\$\w+|\[\[\w[^\]]*\]\])(?=\s*(?:=~|!~|!=|=(?!=)))/g;
const anyVariable = /\$\{\w[^}]*\}|\$\w+|\[\[\w[^\]]*\]\]/g;

/**
 * PromQL in which a label stands wherever a variable names one, so that it parses: `job`, which every scraped series has. Of
 * `sum by ($grouping) (up{$key="a"})` comes `sum by (job) (up{job="a"})`.
 */
export function withLabelNames(expression: string): string {
  return expression.replace(labelPosition, (text) => (/^["'`]/.test(text) ? text : text.replace(anyVariable, "job")));
}
