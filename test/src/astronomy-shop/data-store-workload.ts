import type { DataStore, DataStoreEngine, Platform } from "@plinth/core";
import { type Chart, Duration, Size } from "cdk8s";
import {
  ImagePullPolicy,
  Service as KubernetesService,
  LabelSelector,
  PersistentVolumeAccessMode,
  Probe,
  Protocol,
  ServiceAccount,
  StatefulSet,
  Volume,
} from "cdk8s-plus-34";
import { hardened, hardenedPod, resourcesOf } from "./container.ts";
import { imageOf } from "./image.ts";
import { alsoSay, labelsOf } from "./workload-labels.ts";

interface StoreNeeds {
  readonly cpu: string;
  readonly memory: string;
  readonly storageGibibytes: number;
  /** Where the engine keeps its data. */
  readonly path: string;
}

const small: Omit<StoreNeeds, "path"> = { cpu: "100m", memory: "256Mi", storageGibibytes: 5 };

/** What one pod of an engine needs to serve a development environment. */
const needsOf: Readonly<Record<DataStoreEngine, StoreNeeds>> = {
  postgresql: { ...small, memory: "512Mi", storageGibibytes: 10, path: "/var/lib/postgresql/data" },
  mysql: { ...small, memory: "512Mi", storageGibibytes: 10, path: "/var/lib/mysql" },
  valkey: { ...small, memory: "128Mi", path: "/data" },
  redis: { ...small, memory: "128Mi", path: "/data" },
  mongodb: { ...small, memory: "512Mi", storageGibibytes: 10, path: "/data/db" },
  opensearch: { cpu: "500m", memory: "2Gi", storageGibibytes: 20, path: "/usr/share/opensearch/data" },
  kafka: { cpu: "500m", memory: "1Gi", storageGibibytes: 20, path: "/var/lib/kafka" },
  rabbitmq: { ...small, path: "/var/lib/rabbitmq" },
};

/** A data store that runs in the cluster: one pod with a volume, for development. */
export function dataStoreWorkload(chart: Chart, platform: Platform, store: DataStore): void {
  const labels = labelsOf(platform, store);
  const selected = { "app.kubernetes.io/name": store.name };
  const { storageGibibytes, path, ...needs } = needsOf[store.engine];
  const service = new KubernetesService(chart, `${store.name}-service`, {
    metadata: { name: store.name, labels },
    clusterIP: "None",
    ports: [{ name: `tcp-${store.engine}`, port: store.port, targetPort: store.port, protocol: Protocol.TCP }],
  });
  for (const [key, value] of Object.entries(selected)) service.selectLabel(key, value);
  const temporary = Volume.fromEmptyDir(chart, `${store.name}-temporary`, "tmp", { sizeLimit: Size.mebibytes(128) });
  const data = Volume.fromName(chart, `${store.name}-data`, "data");
  const check = Probe.fromTcpSocket({
    port: store.port,
    periodSeconds: Duration.seconds(10),
    timeoutSeconds: Duration.seconds(2),
  });
  const workload = new StatefulSet(chart, store.name, {
    metadata: { name: store.name, labels },
    podMetadata: { labels },
    select: false,
    service,
    replicas: 1,
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, `${store.name}-identity`, "default"),
    automountServiceAccountToken: false,
    securityContext: hardenedPod,
    enableServiceLinks: false,
    terminationGracePeriod: Duration.seconds(60),
    volumes: [temporary, data],
    volumeClaimTemplates: [
      {
        name: "data",
        accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE],
        storage: Size.gibibytes(storageGibibytes),
        storageClassName: "gp3",
      },
    ],
    containers: [
      {
        name: store.name,
        image: imageOf(store.name),
        imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
        ports: [{ name: store.engine, number: store.port, protocol: Protocol.TCP }],
        resources: resourcesOf(needs),
        securityContext: hardened,
        liveness: check,
        readiness: check,
        volumeMounts: [
          { volume: temporary, path: "/tmp" },
          { volume: data, path },
        ],
      },
    ],
  });
  workload.select(LabelSelector.of({ labels: selected }));
  alsoSay(workload, { "template/spec/priorityClassName": "tier-medium" });
}
