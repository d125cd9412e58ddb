import type { RuleGroup } from "@plinth/metrics";
import { alertRules } from "./alert-rules.ts";
import { type AlertWindows, alertWindows } from "./alert-windows.ts";
import { indicatorRules } from "./indicator-rules.ts";
import { metadataRules, type RuleOrigin } from "./metadata-rules.ts";
import type { PrometheusServiceLevelSpec } from "./prometheus-service-level.ts";
import { ruleContext } from "./rule-context.ts";

/** How the rules differ from those of `sloth generate` without flags. */
export interface SlothRuleOptions {
  /** The period and the windows of the alerts. @default Sloth's windows for 30 days */
  readonly windows?: AlertWindows;
  /** What `sloth_slo_info` says of who made the rules. @default `plinthOrigin` */
  readonly origin?: RuleOrigin;
  /** Labels of all series that are recorded, whatever the specification says: `--extra-labels`. @default none */
  readonly extraLabels?: Readonly<Record<string, string>>;
}

/** What Plinth says of itself in `sloth_slo_info`: the version of Sloth whose rules these are, and that Sloth did not make them. */
export const plinthOrigin: RuleOrigin = { version: "v0.16.0", mode: "plinth", spec: "sloth.slok.dev/v1" };

/**
 * The rules that Sloth 0.16.0 makes of a PrometheusServiceLevel, to the last digit and line break; only what `sloth_slo_info` says of
 * who made them is ours. The specification must be one that Sloth accepts: see `serviceLevelFindings`.
 *
 * @returns For each SLO a group of indicators, one of metadata, and one of alerts unless both are disabled.
 * @throws TypeError for an indicator plugin, which only Sloth can run.
 * @see https://sloth.dev
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const objectives = objectivesOf(platform, environmentNamed(platform, "production"), serviceNamed(platform, "checkout"));
 * const groups = slothRuleGroups(prometheusServiceLevelSpec("checkout", objectives));
 */
export function slothRuleGroups(
  spec: PrometheusServiceLevelSpec,
  options: SlothRuleOptions = {},
): readonly RuleGroup[] {
  const { windows = alertWindows["30d"], origin = plinthOrigin, extraLabels = {} } = options;
  return spec.slos.flatMap((slo): RuleGroup[] => {
    const context = ruleContext(spec, { ...slo, labels: { ...spec.labels, ...slo.labels, ...extraLabels } }, windows);
    const alerts = alertRules(context);
    return [
      { name: `sloth-slo-sli-recordings-${context.id}`, rules: indicatorRules(context) },
      { name: `sloth-slo-meta-recordings-${context.id}`, rules: metadataRules(context, origin) },
      ...(alerts.length === 0 ? [] : [{ name: `sloth-slo-alerts-${context.id}`, rules: alerts }]),
    ];
  });
}
