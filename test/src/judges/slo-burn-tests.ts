import type { ServiceLevelObjective } from "@plinth/slo";
import { type BurnCheck, type BurnShape, burnSituations } from "./slo-burn-situations.ts";
import { labelText, type TrafficWriter } from "./slo-burn-traffic.ts";

/** A test as promtool reads it, in the file of its own that its evaluation interval needs. */
export interface BurnTest {
  readonly evaluationInterval: string;
  /** Whether it needs the rules that are not about burning. */
  readonly additions: boolean;
  readonly test: {
    readonly name: string;
    readonly interval: string;
    readonly input_series: readonly { readonly series: string; readonly values: string }[];
    readonly promql_expr_test: readonly {
      readonly expr: string;
      readonly eval_time: string;
      readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
    }[];
  };
}

/** The tests of an objective: what must happen in each situation. */
export function burnTests(
  objective: ServiceLevelObjective,
  shape: BurnShape,
  write: TrafficWriter,
): readonly BurnTest[] {
  return burnSituations(objective, shape).map((situation) => ({
    evaluationInterval: `${situation.step}m`,
    additions: situation.additions === true,
    test: {
      name: `${objective.name}: ${situation.name}`,
      interval: `${situation.step}m`,
      input_series: situation.traffic.length === 0 ? [] : write(situation.traffic, situation),
      promql_expr_test: situation.checks.flatMap((check) => expectations(objective, check)),
    },
  }));
}

type Expectation = BurnTest["test"]["promql_expr_test"][number];

// Counted by what people and Alertmanager go by.
const asked = [
  { field: "page", severity: "critical" },
  { field: "ticket", severity: "warning" },
  { field: "absent", severity: "warning", alert: "SloMetricAbsent" },
] as const;

function expectations(objective: ServiceLevelObjective, check: BurnCheck): readonly Expectation[] {
  return asked.flatMap((question): readonly Expectation[] => {
    const expected = check[question.field];
    if (expected === undefined) return [];
    const { labels, name } = objective.alerts;
    const alertname = "alert" in question ? question.alert : name;
    const identity = {
      alertname,
      service: labels["service"] ?? "",
      severity: question.severity,
      team: labels["team"] ?? "",
    };
    const selector = labelText({ ...identity, alertstate: "firing", slo: objective.name });
    return [
      {
        expr: `count by (alertname, service, severity, team) (ALERTS${selector})`,
        eval_time: `${check.minute}m`,
        exp_samples: expected ? [{ labels: labelText(identity), value: 1 }] : [],
      },
    ];
  });
}
