/**
 * Labels of the Grafana resource that dashboards and folders are for; grafana-operator's own examples use these. The selector of an existing
 * dashboard cannot change.
 */
const grafanaInstance: Readonly<Record<string, string>> = { dashboards: "grafana" };

/**
 * What every resource for a Grafana says of it. It runs in a namespace of its own, so the import across namespaces is on (and cannot be turned off
 * again); the period is the operator's default, in the text that the operator writes back.
 *
 * @see https://grafana.github.io/grafana-operator/docs/api/
 */
export const forGrafana: {
  readonly allowCrossNamespaceImport: true;
  readonly instanceSelector: { matchLabels: Record<string, string> };
  readonly resyncPeriod: "10m0s";
} = {
  allowCrossNamespaceImport: true,
  instanceSelector: { matchLabels: { ...grafanaInstance } },
  resyncPeriod: "10m0s",
};
