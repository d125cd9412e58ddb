import { groupOf, listAt, type Resource, textAt, textMapAt, textsAt } from "@plinth/core";

/** What goes with an object when it is deleted. */
export interface Holding {
  /** `data`: nothing brings it back. `secret`: programs that read it fail. `contents`: what it contains goes, and can be made again. */
  readonly kind: "data" | "secret" | "contents";
  /** What goes, in words. */
  readonly what: string;
}

interface HoldingOfKind extends Holding {
  /** API group and kind. */
  readonly of: string;
  /** Only where this holds. */
  readonly when?: (resource: Resource) => boolean;
}

// What Kubernetes and operators delete along with an object, by their own documentation.
const holdings: readonly HoldingOfKind[] = [
  { of: "/Namespace", kind: "data", what: "everything in it" },
  { of: "apiextensions.k8s.io/CustomResourceDefinition", kind: "data", what: "every object of its kind" },
  { of: "/PersistentVolumeClaim", kind: "data", what: "its volume, where the storage class deletes" },
  { of: "/PersistentVolume", kind: "data", what: "the volume behind it, where it is to be deleted" },
  // https://strimzi.io/docs/operators/latest/deploying#proc-deleting-kafka-topic-str
  { of: "kafka.strimzi.io/KafkaTopic", kind: "data", what: "its messages" },
  { of: "kafka.strimzi.io/Kafka", kind: "data", what: "its topics and their messages" },
  { of: "kafka.strimzi.io/KafkaNodePool", kind: "data", what: "its brokers and what they hold" },
  // https://cloudnative-pg.io/documentation/current/
  { of: "postgresql.cnpg.io/Cluster", kind: "data", what: "the database and its volumes" },
  { of: "postgresql.cnpg.io/Database", kind: "data", what: "the database, where it is to be deleted" },
  { of: "snapshot.storage.k8s.io/VolumeSnapshot", kind: "data", what: "the snapshot, where its class deletes" },
  {
    // https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/
    of: "argoproj.io/Application",
    kind: "data",
    what: "everything that it delivers",
    when: ({ metadata }) =>
      textsAt(metadata, "finalizers").some((name) => name.startsWith("resources-finalizer.argocd.argoproj.io")),
  },
  { of: "/Secret", kind: "secret", what: "what reads it" },
  { of: "external-secrets.io/ExternalSecret", kind: "secret", what: "what reads the Secret that it makes" },
  {
    of: "/ServiceAccount",
    kind: "secret",
    what: "its tokens",
    when: (resource) => listAt(resource, "secrets").length > 0,
  },
  { of: "grafana.integreatly.org/GrafanaFolder", kind: "contents", what: "the dashboards and alerts in it" },
  { of: "storage.k8s.io/StorageClass", kind: "contents", what: "nothing at once; new claims of it wait for ever" },
  {
    of: "opentelemetry.io/OpenTelemetryCollector",
    kind: "contents",
    what: "what waits in its queues on disk",
    when: (resource) =>
      listAt(resource, "spec", "volumeClaimTemplates").length > 0 && textAt(resource, "spec", "mode") === "statefulset",
  },
];

/** What goes with an object, if more than itself. */
export function holdingOf(resource: Resource): Holding | undefined {
  const of = `${groupOf(resource)}/${resource.kind}`;
  return holdings.find((holding) => holding.of === of && (holding.when === undefined || holding.when(resource)));
}

/** Kinds that hold more than themselves. */
export const holdingKinds: readonly string[] = [...new Set(holdings.map(({ of }) => of.slice(of.indexOf("/") + 1)))];

/** True when Argo CD asks before it prunes an object, or does not prune it at all. */
export function isGuarded({ metadata }: Resource): boolean {
  const options = textMapAt(metadata, "annotations")["argocd.argoproj.io/sync-options"] ?? "";
  return /(?:^|,)\s*Prune=(?:confirm|false)/.test(options);
}
