/**
 * A rule whose result is kept as a series.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule
 */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * A rule whose result is an alert for each series.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** How long the condition must hold, as a Prometheus duration. @default it fires at once */
  readonly for?: string;
  /** How long it goes on after the condition has ended, as a Prometheus duration. @default it ends at once */
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Rules that are evaluated one after the other.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group
 */
export interface RuleGroup<Rule extends RecordingRule | AlertingRule = RecordingRule | AlertingRule> {
  readonly name: string;
  /** How often, as a Prometheus duration. @default as often as Prometheus evaluates all rules */
  readonly interval?: string;
  readonly rules: readonly Rule[];
}
