import type { TreeComparison } from "../comparison/tree-comparison.ts";
import type { Prices } from "./capacity/prices.ts";
import type { ConsequenceReader } from "./consequence.ts";

/** What no tree says, and a reader can use. */
export interface KnownBesideTrees {
  /** The day, on which an exception may be over that a tree still has: `2026-11-22`. */
  readonly today?: string;
  /** Without them amounts are told, and no money. */
  readonly prices?: Prices;
}

/** A reader that is loaded when there is something for it to read: what it reads with takes longer to load than most changes take to read. */
export interface AwaitedReader {
  /** Kinds of objects whose changes it reads; every one when left out. Without a change of any of them it says nothing. */
  readonly kinds?: readonly string[];
  /** True where it also reads files that hold no object. */
  readonly documents?: true;
  readonly load: (known: KnownBesideTrees) => Promise<ConsequenceReader>;
}

/** Every reader, and what it looks at. */
export const awaitedReaders: Readonly<Record<string, AwaitedReader>> = {
  permissions: {
    kinds: [
      ...["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "ServiceAccount", "Namespace", "Secret"],
      ...["ClusterConfig", "ConfigMap", "AppProject"],
    ],
    documents: true,
    load: async () => (await import("./permissions/permissions-consequences.ts")).permissionsConsequences,
  },
  network: {
    kinds: [
      ...["NetworkPolicy", "Namespace", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"],
      ...["ClusterNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "GlobalNetworkPolicy"],
    ],
    load: async () => (await import("./network/network-consequences.ts")).networkConsequences,
  },
  policies: {
    kinds: [
      ...["ValidatingPolicy", "ImageValidatingPolicy", "MutatingPolicy", "GeneratingPolicy", "DeletingPolicy"],
      ...["PolicyException", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
    ],
    load: async ({ today }) => {
      const { policiesConsequences, policiesConsequencesOn } = await import("./policies/policies-consequences.ts");
      return today === undefined ? policiesConsequences : policiesConsequencesOn(today);
    },
  },
  alerts: {
    kinds: ["PrometheusRule", "GrafanaAlertRuleGroup", "AlertmanagerConfig", "Secret", "ConfigMap"],
    load: async () => (await import("./alerts/alerts-consequences.ts")).alertsConsequences,
  },
  objectives: {
    kinds: ["PrometheusServiceLevel", "PrometheusRule"],
    load: async () => (await import("./objectives/objectives-consequences.ts")).objectivesConsequences,
  },
  telemetry: {
    kinds: [
      ...["OpenTelemetryCollector", "Instrumentation", "ConfigMap"],
      ...["PodMonitor", "ServiceMonitor", "ScrapeConfig", "Probe"],
    ],
    load: async () => (await import("./telemetry/telemetry-consequences.ts")).telemetryConsequences,
  },
  capacity: {
    load: async ({ prices }) => {
      const { capacityConsequences, capacityConsequencesAt } = await import("./capacity/capacity-consequences.ts");
      return prices === undefined ? capacityConsequences : capacityConsequencesAt(prices);
    },
  },
  dashboards: {
    kinds: ["ConfigMap", "GrafanaDashboard", "GrafanaManifest", "GrafanaFolder"],
    load: async () => (await import("./dashboards/dashboards-consequences.ts")).dashboardsConsequences,
  },
  data: { load: async () => (await import("./data/data-consequences.ts")).dataConsequences },
  delivery: { load: async () => (await import("./delivery/delivery-consequences.ts")).deliveryConsequences },
};

/** The readers that could say something about two trees, loaded. */
export async function concernedReaders(
  comparison: TreeComparison,
  known: KnownBesideTrees = {},
): Promise<Readonly<Record<string, ConsequenceReader>>> {
  const { before, after, environments } = comparison;
  const kinds = new Set(
    comparison.changes.flatMap((change) =>
      [change.before, change.after].flatMap((object) => object?.resource.kind ?? []),
    ),
  );
  // An environment on one side alone takes along everything that all have in common.
  const isWhole = environments.some((name) => before.environments.includes(name) !== after.environments.includes(name));
  const concerned = Object.entries(awaitedReaders).filter(
    ([, reader]) =>
      isWhole ||
      reader.kinds === undefined ||
      reader.kinds.some((kind) => kinds.has(kind)) ||
      (reader.documents === true && comparison.documents.length > 0),
  );
  return Object.fromEntries(
    await Promise.all(concerned.map(async ([name, { load }]) => [name, await load(known)] as const)),
  );
}
