import { type Finding, isRecord, textAt } from "@plinth/core";
import type { ExpectedResult, KyvernoCase } from "./case.ts";

/** A row of a report as the Kyverno command line wrote it. */
export interface ReportedResult {
  readonly policy: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly result: string;
  readonly message: string;
}

/**
 * Compares what the Kyverno command line printed with what a case expects: row by row, so that an object that a policy never matched is a failure, as
 * is a row that nobody expected. No findings: every good object passed, every bad one failed with its message.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * declare const output: string; // of the Kyverno command line with the case's arguments
 * kyvernoReportFindings(kyvernoCase(disallowHostPath, platform, production), output);
 */
export function kyvernoReportFindings(kyvernoCase: KyvernoCase, output: string): readonly Finding[] {
  const reported = readKyvernoReport(output);
  if (reported === undefined) {
    return [
      {
        ...about(kyvernoCase),
        code: "tool-failed",
        message: "the Kyverno command line printed no report",
        hint: output.trim().slice(0, 500),
      },
    ];
  }
  const rows = new Map<string, ReportedResult[]>();
  for (const row of reported) rows.set(keyOf(row), [...(rows.get(keyOf(row)) ?? []), row]);
  const findings = kyvernoCase.expected.flatMap((expected): Finding[] => {
    const found = rows.get(keyOf(expected)) ?? [];
    rows.delete(keyOf(expected));
    return rowFindings(kyvernoCase, expected, found);
  });
  const unexpected = [...rows.values()].flat().map(
    (row): Finding => ({
      ...about(kyvernoCase, row),
      message: `${row.policy} says ${row.result}: ${row.message}`,
      expected: "no row: this policy does not judge this object",
    }),
  );
  return [...findings, ...unexpected];
}

function rowFindings(kyvernoCase: KyvernoCase, expected: ExpectedResult, found: readonly ReportedResult[]): Finding[] {
  const [row, ...more] = found;
  const wanted = expected.message === undefined ? expected.result : `${expected.result}: ${expected.message}`;
  if (row === undefined)
    return [{ ...about(kyvernoCase, expected), message: `${expected.policy} does not judge it`, expected: wanted }];
  if (more.length > 0)
    return [
      {
        ...about(kyvernoCase, expected),
        message: `${expected.policy} judges it ${found.length} times`,
        expected: "one row",
      },
    ];
  if (row.result === expected.result && (expected.message === undefined || row.message === expected.message)) return [];
  return [
    { ...about(kyvernoCase, expected), message: `${row.policy} says ${row.result}: ${row.message}`, expected: wanted },
  ];
}

function about(
  kyvernoCase: KyvernoCase,
  row?: Pick<ReportedResult, "kind" | "namespace" | "name">,
): Pick<Finding, "code" | "severity" | "path" | "resource"> {
  return {
    code: "rejected-by-judge",
    severity: "error",
    path: `policies[${kyvernoCase.name}]`,
    ...(row === undefined ? {} : { resource: `${row.kind} ${row.namespace}/${row.name}` }),
  };
}

function keyOf({
  policy,
  kind,
  namespace,
  name,
}: Pick<ReportedResult, "policy" | "kind" | "namespace" | "name">): string {
  return [policy, kind, namespace, name].join("\u0000");
}

/** The rows of the report in what the command line printed: a preamble may stand before it. */
export function readKyvernoReport(output: string): readonly ReportedResult[] | undefined {
  const start = output.indexOf('{"kind"');
  if (start === -1) return undefined;
  const report = parseJson(output.slice(start));
  const results: unknown = isRecord(report) ? (report["results"] ?? []) : undefined;
  if (!Array.isArray(results)) return undefined;
  return results.flatMap((result: unknown): ReportedResult[] => {
    if (!isRecord(result)) return [];
    const resources: unknown = result["resources"];
    const row = {
      policy: textAt(result, "policy"),
      result: textAt(result, "result"),
      message: textAt(result, "message"),
    };
    return (Array.isArray(resources) ? resources : []).filter(isRecord).map((resource) => ({
      ...row,
      kind: textAt(resource, "kind"),
      namespace: textAt(resource, "namespace"),
      name: textAt(resource, "name"),
    }));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
