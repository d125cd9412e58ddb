import { type Finding, fieldAt, listAt, textAt } from "@plinth/core";
import { refusal } from "./delivery-kubectl.ts";

interface HealthCase {
  readonly what: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly health: "Healthy" | "Degraded" | "Progressing" | "";
}

const sloth = { apiVersion: "sloth.slok.dev/v1", kind: "PrometheusServiceLevel" };
const monitoring = "monitoring.coreos.com/v1";
const binding = (status: string): object => ({
  group: "monitoring.coreos.com",
  resource: "prometheuses",
  namespace: "monitoring",
  name: "main",
  conditions: [{ type: "Accepted", status, reason: "InvalidRule", message: "parse error" }],
});

const cases: readonly HealthCase[] = [
  { what: "rendered rules", ...sloth, labels: { "plinth.dev/rules": "rendered" }, health: "Healthy" },
  { what: "no word of Sloth", ...sloth, health: "Progressing" },
  {
    what: "a word of Sloth about what it was before",
    ...sloth,
    status: { observedGeneration: 1, promOpRulesGenerated: true, processedSLOs: 1, promOpRulesGeneratedSLOs: 1 },
    health: "Progressing",
  },
  {
    what: "rules that Sloth made",
    ...sloth,
    status: { observedGeneration: 2, promOpRulesGenerated: true, processedSLOs: 1, promOpRulesGeneratedSLOs: 1 },
    health: "Healthy",
  },
  {
    what: "rules that Sloth could not make",
    ...sloth,
    status: { observedGeneration: 2, promOpRulesGenerated: false, processedSLOs: 1, promOpRulesGeneratedSLOs: 0 },
    health: "Degraded",
  },
  ...["PrometheusRule", "ServiceMonitor", "PodMonitor"].flatMap((kind): HealthCase[] => [
    { what: "no status at all", apiVersion: monitoring, kind, health: "Healthy" },
    { what: "nothing that selects it", apiVersion: monitoring, kind, status: { bindings: [] }, health: "Healthy" },
    {
      what: "taken by one Prometheus",
      apiVersion: monitoring,
      kind,
      status: { bindings: [binding("True")] },
      health: "Healthy",
    },
    {
      what: "refused by the second of two",
      apiVersion: monitoring,
      kind,
      status: { bindings: [binding("True"), binding("False")] },
      health: "Degraded",
    },
    {
      what: "a binding without conditions",
      apiVersion: monitoring,
      kind,
      status: { bindings: [{ ...binding("True"), conditions: null }] },
      health: "Healthy",
    },
  ]),
  ...(["True", "False"] as const).map(
    (status): HealthCase => ({
      what: `valid is ${status}`,
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      status: { conditions: [{ type: "Valid", status }] },
      health: status === "True" ? "Healthy" : "Degraded",
    }),
  ),
  { what: "no word of Cilium", apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", health: "Healthy" },
  // What Argo CD has built in, and needs no script of ours.
  {
    what: "a dashboard that is in Grafana",
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaDashboard",
    status: { conditions: [{ type: "DashboardSynchronized", status: "True", reason: "ApplySuccessful" }] },
    health: "Healthy",
  },
  {
    what: "a folder that could not be made",
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaFolder",
    status: { conditions: [{ type: "FolderSynchronized", status: "False", reason: "ApplyFailed" }] },
    health: "Degraded",
  },
  // No status to look at: not even a word about it.
  { what: "an Instrumentation", apiVersion: "opentelemetry.io/v1alpha1", kind: "Instrumentation", health: "" },
];

/** Objects of the kinds that are delivered, in the states that their controllers put them into. */
export const healthCases: readonly object[] = cases.map(({ apiVersion, kind, status, labels }) => ({
  apiVersion,
  kind,
  metadata: { name: "checkout", namespace: "team-backend", generation: 2, ...(labels === undefined ? {} : { labels }) },
  ...(status === undefined ? {} : { status }),
}));

/** Whether Argo CD sees each as it is, by the rendered settings; and syncs as the accounts of the projects by them. */
export function healthFindings(answer: unknown): Finding[] {
  const seen = listAt(answer, "health");
  return [
    ...(fieldAt(answer, "impersonation") === true
      ? []
      : [refusal("Argo CD would sync with its own rights", "impersonation, by bootstrap/argocd-cm.yaml")]),
    ...cases.flatMap(({ what, kind, health }, index): Finding[] => {
      const status = textAt(seen[index], "status");
      return status === health
        ? []
        : [refusal(`Argo CD takes a ${kind} (${what}) for ${JSON.stringify(status)}`, JSON.stringify(health))];
    }),
  ];
}
