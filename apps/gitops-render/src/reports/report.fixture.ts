import { treeOfFiles } from "../comparison/build-tree.ts";
import { compareTrees } from "../comparison/compare-trees.ts";
import type { TreeComparison } from "../comparison/tree-comparison.ts";
import type { Consequence } from "../consequences/consequence.ts";
import { buildReport } from "./build-report.ts";
import type { DiffReport } from "./diff-report.ts";
import type { ReportFilter } from "./report-filter.ts";

export type Files = Readonly<Record<string, string>>;

/** Two small trees, compared. */
export function comparisonOf(before: Files, after: Files): TreeComparison {
  return compareTrees(
    treeOfFiles("origin/main", new Map(Object.entries(before))),
    treeOfFiles("rendered", new Map(Object.entries(after))),
  );
}

/** What is told of two small trees, with consequences made by hand. */
export function reportOf(
  before: Files,
  after: Files,
  consequences: readonly Consequence[] = [],
  filter?: ReportFilter,
): DiffReport {
  return buildReport(comparisonOf(before, after), consequences, filter);
}

/** A consequence in which only what matters to a test is said. */
export function consequence(changes: Partial<Consequence> = {}): Consequence {
  return {
    rule: "connection-opened-between-teams",
    environment: "production",
    team: "backend",
    subject: "checkout → cart:8080",
    text: "opens",
    details: [],
    objects: [],
    files: [],
    ...changes,
  };
}

/** A NetworkPolicy of a service, as Plinth labels it. */
export function networkPolicy(service: string, port: number, team = "backend"): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${service}-ingress
  namespace: team-${team}
  labels: { plinth.dev/team: ${team}, plinth.dev/service: ${service}, plinth.dev/component: service-network }
  annotations: { plinth.dev/source: platform/services/${team}.ts }
spec:
  podSelector: {}
  ingress:
    - ports: [{ protocol: TCP, port: ${port} }]
`;
}

/** Where `networkPolicy` lies. */
export function policyPath(environment: string, service: string, team = "backend"): string {
  return `application/${environment}/${team}/${service}/networkpolicy-${service}-ingress.yaml`;
}

/** An Application that syncs by itself, or waits. */
export function application(environment: string, automatic: boolean): Files {
  return {
    [`argocd/${environment}/application-${environment}.yaml`]: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${environment}, namespace: argocd }
spec:
  project: plinth
  syncPolicy: ${automatic ? "{ automated: { prune: true } }" : "{ syncOptions: [ServerSideApply=true] }"}
`,
  };
}
