import {
  type Alert,
  type AlertGroup,
  type AlertMutant,
  type AlertSelection,
  alertGroups,
  alertingRule,
  evaluationInterval,
  mutantsOf,
  platformAlerts,
  platformOwner,
  printRuleTests,
  type RuleTest,
  ruleTests,
  type ToolFile,
} from "@plinth/alerts";
import {
  type Environment,
  emitYaml,
  type Finding,
  isRecord,
  listAt,
  type Platform,
  parseDuration,
  printDuration,
  type Resource,
} from "@plinth/core";
import { printPromql } from "@plinth/metrics";

/** An alert as it was rendered, with all of its mutants beside it: the same tests ask each of them, so that promtool fills each situation's series only once. */
export interface MutantCase {
  /** `HighErrorRate of checkout`. */
  readonly alert: string;
  /** The name of the alert as it was rendered. */
  readonly name: string;
  /** Name of its PrometheusRule. */
  readonly group: string;
  readonly mutants: readonly Mutant[];
  readonly rules: ToolFile;
  /** To lie beside the rules. */
  readonly tests: ToolFile;
}

export interface Mutant {
  /** The alert's name in the rules. */
  readonly name: string;
  /** What was changed. */
  readonly change: string;
}

/** Which alerts, and whether with their mutants. */
export interface MutantOptions {
  /** @default all */
  readonly selection?: AlertSelection;
  /** False for the rendered rules alone, of every service. @default true, and of services only one that is like others */
  readonly mutated?: boolean;
}

type Rule = Readonly<Record<string, unknown>>;

/** Each alert with its mutants; and what has no rendered rule. */
export function mutantCases(
  platform: Platform,
  environment: Environment,
  resources: readonly Resource[],
  { selection = {}, mutated = true }: MutantOptions = {},
): { readonly cases: readonly MutantCase[]; readonly findings: readonly Finding[] } {
  const owner = platformOwner(platform, selection.platformTeam);
  const findings: Finding[] = [];
  const cases = selectedAlerts(alertGroups(platform, environment, selection), mutated).flatMap(
    ({ title, group, variants }): readonly MutantCase[] => {
      const name = variants[0]?.name ?? "";
      const rendered = rulesIn(resources, group);
      const rules = rendered.filter((rule) => rule["alert"] === name);
      if (rules.length !== variants.length) {
        findings.push({
          code: "missing-file",
          severity: "error",
          message: `${environment.name}: the rendered PrometheusRule ${group} has ${rules.length} rules of the alert ${name}`,
          expected: String(variants.length),
        });
        return [];
      }
      const interval = evaluationInterval(variants);
      const mutants = variants.flatMap((alert, index) =>
        (mutated ? changesOf(alert, variants.length, interval) : []).map(({ change, fields }) => ({
          change,
          // What looks at other namespaces stays beside it as it is.
          rules: rules.map((rule, other) => (other === index ? { ...rule, ...fields } : rule)),
        })),
      );
      const named = mutants.map((mutant, index) => ({ ...mutant, name: `${name}_mutant_${index}` }));
      const tests = variants.flatMap((alert) => ruleTests(alert, alertingRule(platform, owner, alert), interval));
      return [
        {
          alert: title,
          name,
          group,
          mutants: named.map(({ name: called, change }) => ({ name: called, change })),
          rules: {
            path: "rules.yaml",
            text: emitYaml({
              groups: [
                {
                  name: "mutants",
                  rules: [
                    ...rendered.filter((rule) => "record" in rule),
                    ...rules,
                    ...named.flatMap((mutant) => mutant.rules.map((rule) => ({ ...rule, alert: mutant.name }))),
                  ],
                },
              ],
            }),
          },
          tests: {
            path: "tests.yaml",
            text: printRuleTests(
              "rules.yaml",
              tests.map((test) => askEach(test, [name, ...named.map((mutant) => mutant.name)])),
              interval,
            ),
          },
        },
      ];
    },
  );
  return { cases, findings };
}

function askEach(test: RuleTest, names: readonly string[]): RuleTest {
  return {
    ...test,
    alert_rule_test: test.alert_rule_test.flatMap((asked) => names.map((alertname) => ({ ...asked, alertname }))),
  };
}

interface SelectedAlert {
  readonly title: string;
  /** Name of the PrometheusRule. */
  readonly group: string;
  /** The alerts of one name: several where teams have it otherwise. */
  readonly variants: readonly Alert[];
}

/** Each alert of the platform, and those of the services; only distinct ones: without such as differ in the service's name alone. */
function selectedAlerts(groups: readonly AlertGroup[], distinct: boolean): readonly SelectedAlert[] {
  const known = new Set<string>();
  return groups.flatMap(({ name: group, alerts }) =>
    [...Map.groupBy(alerts, ({ name }) => name)].flatMap(([name, variants]) => {
      const service = variants[0]?.extraLabels["service"];
      if (service === undefined) return [{ title: name, group, variants }];
      const text = variants
        .map(({ expr, for: duration }) => `${name} ${printPromql(expr)} ${duration}`.replaceAll(service, ""))
        .join("\n");
      if (distinct && known.has(text)) return [];
      known.add(text);
      return [{ title: `${name} of ${service}`, group, variants }];
    }),
  );
}

function rulesIn(resources: readonly Resource[], name: string): readonly Rule[] {
  return resources
    .filter(({ kind, metadata }) => kind === "PrometheusRule" && metadata.name === name)
    .flatMap((resource) => listAt(resource, "spec", "groups"))
    .flatMap((group) => listAt(group, "rules"))
    .filter(isRecord);
}

/** The fields of the rule that a mutant changes. */
function changesOf(alert: Alert, variants: number, interval: number): readonly { change: string; fields: Rule }[] {
  const holds = parseDuration(alert.for) ?? 0;
  return [
    ...slipsOf(alert, variants).map((mutant) => ({
      change: mutant.change,
      fields: { expr: printPromql(mutant.alert.expr) },
    })),
    // Without `for` there is nothing to be an evaluation off.
    ...(holds === 0 ? [] : [holds + interval, holds - interval]).map((other) => ({
      change: `for ${alert.for} becomes ${printDuration(other)}`,
      fields: { for: printDuration(other) },
    })),
  ];
}

/**
 * The mutants of one of the variants of an alert, without those that lose a namespace by which an override divides it: it stands at each selector, so that one of them is not missed,
 * and where all are gone the other variant still says the same of most situations. The tests of the overrides look at these matchers themselves.
 */
function slipsOf(alert: Alert, variants: number): readonly AlertMutant[] {
  const mutants = mutantsOf(alert);
  const base = platformAlerts.find(({ name }) => name === alert.name);
  if (variants === 1 || base === undefined) return mutants;
  const own = new Set(mutantsOf(base).map(({ change }) => change));
  return mutants.filter(({ change }) => own.has(change) || !/ without namespace(=|!=|!~)/.test(change));
}
