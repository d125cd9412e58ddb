import {
  type Alert,
  type AlertSelection,
  alertTestFiles,
  mutantsOf,
  platformAlerts,
  ruleFilesOf,
  serviceAlerts,
  type ToolFile,
} from "@plinth/alerts";
import {
  type Environment,
  emitYaml,
  type Finding,
  fieldAt,
  isRecord,
  type Platform,
  parseDuration,
  printDuration,
  type Resource,
  servicesIn,
} from "@plinth/core";
import { printPromql } from "@plinth/metrics";

/** A rule with one thing changed, or as it was rendered, and the unit tests of its alert. */
export interface MutantCase {
  /** `HighErrorRate of checkout`. */
  readonly alert: string;
  /** What was changed; left out for the rule as it was rendered. */
  readonly change?: string;
  readonly rules: ToolFile;
  /** To lie beside the rules. */
  readonly tests: ToolFile;
}

/** For each alert its rendered rule, then the rule's mutants; and what has no rendered rule. */
export function mutantCases(
  platform: Platform,
  environment: Environment,
  resources: readonly Resource[],
  selection: AlertSelection = {},
): { readonly cases: readonly MutantCase[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const cases = alertsOf(platform, environment, selection).flatMap(({ name, alert, alone }): readonly MutantCase[] =>
    alertTestFiles(platform, environment, alone).flatMap((tests) => {
      const path = tests.path.replace(/\.tests\.yaml$/, ".rules.yaml");
      const rule = ruleOf(resources, path, alert.name);
      if (rule === undefined) {
        findings.push({
          code: "missing-file",
          severity: "error",
          message: `${environment.name}: no rendered PrometheusRule has the alert ${name}`,
          expected: `a rule of that name in ${path}`,
        });
        return [];
      }
      const rules = (change: Readonly<Record<string, string>>): ToolFile => ({
        path,
        text: emitYaml({ groups: [{ name: "mutant", rules: [{ ...rule, ...change }] }] }),
      });
      return [
        { alert: name, rules: rules({}), tests },
        ...ruleMutants(alert).map(({ change, fields }) => ({ alert: name, change, rules: rules(fields), tests })),
      ];
    }),
  );
  return { cases, findings };
}

interface SelectedAlert {
  readonly name: string;
  readonly alert: Alert;
  /** Selects this alert and no other. */
  readonly alone: AlertSelection;
}

/** Each alert of the platform, and those of the services without such as differ in the service's name only. */
function alertsOf(platform: Platform, environment: Environment, selection: AlertSelection): readonly SelectedAlert[] {
  const expressions = new Set<string>();
  return [
    ...(selection.alerts ?? platformAlerts).map((alert) => ({
      name: alert.name,
      alert,
      alone: { alerts: [alert], serviceAlerts: [] },
    })),
    ...servicesIn(platform, environment).flatMap((service) =>
      (selection.serviceAlerts ?? serviceAlerts).flatMap((definition) => {
        const alert = definition.alertOf(service, environment);
        if (alert === undefined) return [];
        const expression = printPromql(alert.expr).replaceAll(service.name, "");
        if (expressions.has(expression)) return [];
        expressions.add(expression);
        const only = { ...definition, alertOf: (each: typeof service) => (each === service ? alert : undefined) };
        return [{ name: `${alert.name} of ${service.name}`, alert, alone: { alerts: [], serviceAlerts: [only] } }];
      }),
    ),
  ];
}

function ruleOf(resources: readonly Resource[], path: string, alert: string): Record<string, unknown> | undefined {
  const resource = resources.find((each) => ruleFilesOf([each])[0]?.path === path);
  const groups = fieldAt(resource, "spec", "groups");
  return (Array.isArray(groups) ? groups : [])
    .flatMap((group): unknown => fieldAt(group, "rules") ?? [])
    .filter(isRecord)
    .find((rule) => rule["alert"] === alert);
}

const minute = 60_000;

/** The fields of the rule that a mutant changes. */
function ruleMutants(alert: Alert): readonly { change: string; fields: Readonly<Record<string, string>> }[] {
  const holds = parseDuration(alert.for) ?? 0;
  return [
    ...mutantsOf(alert).map((mutant) => ({ change: mutant.change, fields: { expr: printPromql(mutant.alert.expr) } })),
    // Without `for` there is nothing to be a minute off.
    ...(holds === 0 ? [] : [holds + minute, holds - minute]).map((other) => ({
      change: `for ${alert.for} becomes ${printDuration(other)}`,
      fields: { for: printDuration(other) },
    })),
  ];
}
