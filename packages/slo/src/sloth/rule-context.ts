import type { AlertWindows } from "./alert-windows.ts";
import type { PrometheusServiceLevelSpec, SlothObjective } from "./prometheus-service-level.ts";

/** What every rule of an SLO is made from. */
export interface RuleContext {
  readonly slo: SlothObjective;
  readonly id: string;
  /** Labels that tell this SLO from every other. */
  readonly idLabels: Readonly<Record<string, string>>;
  /** Labels of the recorded series: those of the SLO and of the specification, which may override the former. */
  readonly labels: Readonly<Record<string, string>>;
  /** Selects the recorded series of this SLO. */
  readonly filter: string;
  readonly windows: AlertWindows;
}

export function ruleContext(
  { service, labels }: PrometheusServiceLevelSpec,
  slo: SlothObjective,
  windows: AlertWindows,
): RuleContext {
  const id = `${service}-${slo.name}`;
  const idLabels = { sloth_id: id, sloth_service: service, sloth_slo: slo.name };
  return { slo, id, idLabels, labels: { ...labels, ...slo.labels }, filter: labelFilter(idLabels), windows };
}

/** Labels as prometheus/common prints them: sorted, a comma and a blank between. Sloth's names need no escapes. */
function labelFilter(labels: Readonly<Record<string, string>>): string {
  return `{${sortedEntries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(", ")}}`;
}

/** Labels in the order in which Go writes a map. */
export function sortedLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(sortedEntries(labels));
}

function sortedEntries(labels: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Name of the series that holds the share of bad events over a window. */
export function errorRatioSeries(window: string): string {
  return `slo:sli_error:ratio_rate${window}`;
}
