import { type CelExpression, type CelLiteral, celLiteral } from "../admission/cel.ts";

/** What holds for the namespace of one team. */
export interface TeamEntry<Value> {
  readonly namespace: string;
  readonly value: Value;
}

/**
 * What holds in the namespace of the request, as a table with a line for each team: the policy is read, and reviewed, as a list of who may use what. The
 * policy is bound to these namespaces and no others, so each request finds its line.
 *
 * @example
 * teamTable([{ namespace: "team-data", value: ["gp3"] }]).expression; // "{\n  'team-data': ['gp3'],\n}[request.namespace]"
 */
export function teamTable(entries: readonly TeamEntry<CelLiteral | Readonly<Record<string, string>>>[]): CelExpression {
  const lines = entries.map(({ namespace, value }) => `  ${celLiteral(namespace)}: ${literal(value)},`);
  return { expression: `{\n${lines.join("\n")}\n}[request.namespace]` };
}

function literal(value: CelLiteral | Readonly<Record<string, string>>): string {
  if (!isTexts(value)) return celLiteral(value);
  const entries = Object.entries(value).map(([key, text]) => `${celLiteral(key)}: ${celLiteral(text)}`);
  return `{${entries.join(", ")}}`;
}

function isTexts(value: CelLiteral | Readonly<Record<string, string>>): value is Readonly<Record<string, string>> {
  return typeof value === "object" && !Array.isArray(value);
}
