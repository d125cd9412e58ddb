import type { Metric, MetricSource } from "../catalogue/metric.ts";
import { type Facts, workloadRows } from "./facts.ts";
import { nameEnd } from "./random.ts";
import { pairs, type Row } from "./row.ts";
import { applicationRows, imageRows, meshRows, rolloutRows } from "./software-subjects.ts";
import { edgeRows, programRows, spanRows } from "./spans.ts";

/** Things of one kind: which metrics are about them, and the labels that tell them apart. */
interface Subject {
  /** Labels that all metrics about them have. */
  readonly keys: readonly string[];
  /** Programs that expose metrics about them. @default any */
  readonly sources?: readonly MetricSource[];
  rows(facts: Facts, metric: Metric): readonly Row[];
}

/** What a metric is about; one row without labels where it is about the process that exposes it. */
export function subjectsOf(metric: Metric, facts: Facts): readonly Row[] {
  const found = subjects.find(
    ({ keys, sources }) =>
      keys.every((key) => metric.labels.includes(key)) && (sources === undefined || sources.includes(metric.source)),
  );
  return found === undefined ? [{}] : found.rows(facts, metric);
}

/** Not labels: they say of a pod that it is the last one of its workload, and that it came just now. */
export const lastPod = "last pod";
export const newPod = "new pod";

function podRows({ workloads }: Facts): readonly Row[] {
  return workloads.flatMap((workload) =>
    workload.pods.map((pod, index): Row => {
      const image = `registry.example.com/shop/${workload.name}`;
      const version = pod.isNew ? "1.5.0" : "1.4.2";
      return {
        namespace: workload.namespace,
        pod: pod.name,
        uid: pod.uid,
        node: pod.node.name,
        host_ip: pod.node.ip,
        pod_ip: pod.ip,
        container: workload.name,
        created_by_kind: pod.owner.kind,
        created_by_name: pod.owner.name,
        owner_kind: pod.owner.kind,
        owner_name: pod.owner.name,
        owner_is_controller: "true",
        priority_class: "default",
        host_network: "false",
        label_app_kubernetes_io_name: workload.application,
        id: `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${pod.uid}.slice`,
        name: nameEnd(pod.uid, 12),
        image: `${image}:${version}`,
        image_spec: `${image}:${version}`,
        image_id: `${image}@sha256:${nameEnd(`${image} ${version}`, 16)}`,
        container_id: `containerd://${nameEnd(pod.uid, 16)}`,
        cpu: "total",
        [lastPod]: `${index === workload.pods.length - 1}`,
        [newPod]: `${pod.isNew}`,
      };
    }),
  );
}

/** One for each team: something with a name in its namespace. */
function perTeam(label: string, ...names: readonly string[]): (facts: Facts) => readonly Row[] {
  return ({ platform }) =>
    platform.teams.flatMap(({ namespace }) => names.map((name) => ({ namespace, [label]: name })));
}

function volumeRows(facts: Facts): readonly Row[] {
  const claims = [...perTeam("persistentvolumeclaim", "data-0", "cache-0")(facts)];
  return claims.map((claim, index) => {
    const volume = `pvc-${nameEnd(`${claim["namespace"]} ${index}`, 8)}`;
    return {
      ...claim,
      persistentvolume: volume,
      volumename: volume,
      volumeattachment: `csi-${nameEnd(volume, 10)}`,
      volume: "data",
      storageclass: "gp3",
      volumemode: "Filesystem",
      attacher: "ebs.csi.aws.com",
      provider_id: `vol-${nameEnd(volume, 12)}`,
      claim_namespace: claim["namespace"] ?? "",
      name: claim["persistentvolumeclaim"] ?? "",
      node: facts.nodes[index % facts.nodes.length]?.name ?? "",
    };
  });
}

function claimedRows(facts: Facts): readonly Row[] {
  const pods = podRows(facts);
  return volumeRows(facts).flatMap((volume) => {
    const pod = pods.find(({ namespace }) => namespace === volume["namespace"]);
    return pod === undefined ? [] : [{ ...volume, pod: pod["pod"] ?? "", uid: pod["uid"] ?? "" }];
  });
}

function nodeRows({ nodes, environment }: Facts): readonly Row[] {
  const { kubernetes, region } = environment.cluster;
  return nodes.map(({ name, ip }, index) => ({
    node: name,
    internal_ip: ip,
    provider_id: `aws:///${region}a/i-${nameEnd(name, 12)}`,
    kernel_version: "6.12.40",
    os_image: "Bottlerocket OS 1.46.0",
    container_runtime_version: "containerd://2.1.4",
    kubelet_version: `v${kubernetes}.${index % 2}`,
    pod_cidr: `10.1.${index}.0/24`,
    system_uuid: nameEnd(ip, 12),
    instance_type: "m7g.2xlarge",
    region,
    arch: "arm64",
    uid: nameEnd(name, 12),
  }));
}

/** The more labels a kind needs, the earlier it stands: the first that fits is meant. */
const subjects: readonly Subject[] = [
  {
    keys: ["service_name", "k8s_pod_name"],
    rows: ({ platform, environment, workloads }, metric) => programRows(metric, platform, environment, workloads),
  },
  { keys: ["service_name", "span_name"], rows: ({ platform, environment }) => spanRows(platform, environment) },
  { keys: ["client", "server"], rows: ({ platform, environment }) => edgeRows(platform, environment) },
  { keys: ["source_workload", "destination_workload"], rows: meshRows },
  { keys: ["dest_namespace", "sync_status"], rows: applicationRows },
  { keys: ["project", "phase"], rows: applicationRows },
  { keys: ["phase", "traffic_router"], rows: rolloutRows },
  { keys: ["namespace", "name"], sources: ["argo-rollouts"], rows: rolloutRows },
  { keys: ["resource_kind", "resource_name"], sources: ["trivy"], rows: imageRows },
  { keys: ["namespace", "name", "issuer_name"], rows: perTeam("name", "web-tls", "internal-tls") },
  {
    keys: ["name", "condition"],
    sources: ["cert-manager"],
    rows: () => ["letsencrypt", "internal-ca", "vault"].map((name) => ({ name })),
  },
  { keys: ["namespace", "name"], sources: ["external-secrets"], rows: perTeam("name", "database", "payment-provider") },
  {
    keys: ["resource_type", "nodepool"],
    rows: () =>
      pairs(
        [{ nodepool: "general" }, { nodepool: "spot" }],
        [{ resource_type: "cpu" }, { resource_type: "memory" }, { resource_type: "nodes" }],
      ),
  },
  { keys: ["nodepool"], rows: () => [{ nodepool: "general" }, { nodepool: "spot" }] },
  {
    keys: ["name", "type", "status"],
    sources: ["karpenter"],
    rows: () => ["general", "spot", "general-x2x4z", "spot-b7c9d"].map((name) => ({ name })),
  },
  { keys: ["pod", "persistentvolumeclaim"], rows: claimedRows },
  { keys: ["persistentvolumeclaim"], rows: volumeRows },
  { keys: ["persistentvolume"], rows: volumeRows },
  { keys: ["volumeattachment"], rows: volumeRows },
  { keys: ["namespace", "pod"], sources: ["kube-state-metrics", "cadvisor", "opencost"], rows: podRows },
  { keys: ["deployment"], rows: workloadRows("Deployment", "deployment") },
  { keys: ["statefulset"], rows: workloadRows("StatefulSet", "statefulset") },
  { keys: ["daemonset"], rows: workloadRows("DaemonSet", "daemonset") },
  { keys: ["horizontalpodautoscaler"], rows: workloadRows("Deployment", "horizontalpodautoscaler") },
  { keys: ["poddisruptionbudget"], rows: workloadRows("Deployment", "poddisruptionbudget") },
  {
    keys: ["job_name"],
    rows: (facts) =>
      perTeam(
        "job_name",
        "report-29384",
        "import-29385",
      )(facts).map((row) => ({ ...row, owner_kind: "CronJob", owner_name: "report", owner_is_controller: "true" })),
  },
  { keys: ["cronjob"], rows: perTeam("cronjob", "report", "import") },
  { keys: ["resourcequota"], rows: perTeam("resourcequota", "team") },
  { keys: ["node"], rows: nodeRows },
  {
    keys: ["namespace"],
    sources: ["kube-state-metrics"],
    rows: ({ namespaces }) => namespaces.map((namespace) => ({ namespace })),
  },
  { keys: ["schedule"], rows: () => [{ schedule: "daily", backupName: "daily-20260101" }] },
  {
    keys: ["resource_namespace"],
    sources: ["kyverno"],
    rows: ({ platform }) => platform.teams.map(({ namespace }) => ({ resource_namespace: namespace })),
  },
];
