import {
  type Environment,
  type NamedPort,
  type Needs,
  needsIn,
  type Platform,
  portsOf,
  type Service,
} from "@plinth/core";
import { podTelemetry } from "@plinth/otel";
import { type Chart, Duration, Size } from "cdk8s";
import {
  ConfigMap,
  Deployment,
  DeploymentStrategy,
  Env,
  HorizontalPodAutoscaler,
  ImagePullPolicy,
  Service as KubernetesService,
  k8s,
  LabelSelector,
  Metric,
  MetricTarget,
  PercentOrAbsolute,
  Protocol,
  ServiceAccount,
  Volume,
} from "cdk8s-plus-34";
import { addressesOf } from "./addresses.ts";
import { hardened, hardenedPod, resourcesOf } from "./container.ts";
import { imageOf } from "./image.ts";
import { probesOf } from "./probes.ts";
import { alsoSay, labelsOf } from "./workload-labels.ts";

/** What a service is given that does not say what it needs. */
const unsaid: Needs = { replicas: 1, cpu: "100m", memory: "128Mi" };

/** A service of the shop as a careful team deploys it: Deployment, Service, disruption budget, and an autoscaler where many pods are allowed. */
export function serviceWorkload(chart: Chart, platform: Platform, environment: Environment, service: Service): void {
  const needs = needsIn(service, environment) ?? unsaid;
  const labels = labelsOf(platform, service);
  const telemetry = podTelemetry(platform, service, environment);
  const { replicas, autoscaled } = scaleOf(needs);
  const temporary = Volume.fromEmptyDir(chart, "temporary", "tmp", { sizeLimit: Size.mebibytes(64) });
  const deployment = new Deployment(chart, "workload", {
    metadata: { name: service.name, labels },
    podMetadata: {
      labels,
      // Where the platform annotates pods itself, a team says nothing; an SDK takes its variables from the ConfigMap.
      ...(environment.telemetry.instrument === "every-service" || telemetry.configMap !== undefined
        ? {}
        : { annotations: { ...telemetry.annotations } }),
    },
    select: false,
    spread: false,
    // A Deployment whose replicas an autoscaler sets says none: else each sync sets them back.
    ...(autoscaled ? {} : { replicas }),
    strategy: DeploymentStrategy.rollingUpdate({
      maxSurge: PercentOrAbsolute.percent(25),
      maxUnavailable: PercentOrAbsolute.absolute(0),
    }),
    revisionHistoryLimit: 5,
    progressDeadline: Duration.minutes(5),
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, "identity", service.name),
    automountServiceAccountToken: service.kubernetesApi !== undefined,
    securityContext: hardenedPod,
    enableServiceLinks: false,
    terminationGracePeriod: Duration.seconds(30),
    volumes: [temporary],
    containers: [
      {
        name: service.name,
        image: imageOf(service.name),
        imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
        ports: portsOf(service).map(({ name, port }) => ({ name, number: port, protocol: Protocol.TCP })),
        envVariables: addressesOf(platform, environment, service),
        envFrom:
          telemetry.configMap === undefined
            ? []
            : [Env.fromConfigMap(ConfigMap.fromConfigMapName(chart, "telemetry", telemetry.configMap))],
        resources: resourcesOf(needs),
        securityContext: hardened,
        volumeMounts: [{ volume: temporary, path: "/tmp" }],
        ...probesOf(service),
      },
    ],
  });
  const selected = { "app.kubernetes.io/name": service.name };
  deployment.select(LabelSelector.of({ labels: selected }));
  alsoSay(deployment, {
    "template/spec/priorityClassName": `tier-${service.tier}`,
    "template/spec/topologySpreadConstraints": spreadOver(selected),
  });
  exposed(chart, service, labels, selected);
  if (replicas > 1) protectedFromDisruption(chart, service, labels, selected);
  if (autoscaled)
    new HorizontalPodAutoscaler(chart, "autoscaler", {
      metadata: { name: service.name, labels },
      target: deployment,
      minReplicas: replicas,
      maxReplicas: needs.replicas,
      metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(70))],
    });
}

/** How many pods there always are. From four on, demand decides how many more. */
function scaleOf({ replicas }: Needs): { readonly replicas: number; readonly autoscaled: boolean } {
  return replicas < 4 ? { replicas, autoscaled: false } : { replicas: Math.ceil(replicas / 2), autoscaled: true };
}

/** Evenly over zones, which may fail, and over nodes, which do; a pod is never left waiting for that. */
function spreadOver(matchLabels: Readonly<Record<string, string>>): readonly object[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
    matchLabelKeys: ["pod-template-hash"],
  }));
}

function exposed(
  chart: Chart,
  service: Service,
  labels: Readonly<Record<string, string>>,
  selected: Readonly<Record<string, string>>,
): void {
  const ports = portsOf(service);
  if (ports.length === 0) return;
  const exposure = new KubernetesService(chart, "service", {
    metadata: { name: service.name, labels: { ...labels } },
    ports: ports.map(({ name, port }) => ({ name, port, targetPort: port, protocol: Protocol.TCP })),
  });
  for (const [key, value] of Object.entries(selected)) exposure.selectLabel(key, value);
  alsoSay(
    exposure,
    Object.fromEntries(ports.map((port, index) => [`ports/${index}/appProtocol`, applicationProtocol(port)])),
  );
}

/** What the mesh and the gateways read: https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/ */
function applicationProtocol({ protocol }: NamedPort): string {
  return protocol === "prometheus" ? "http" : protocol;
}

function protectedFromDisruption(
  chart: Chart,
  service: Service,
  labels: Readonly<Record<string, string>>,
  matchLabels: Readonly<Record<string, string>>,
): void {
  new k8s.KubePodDisruptionBudget(chart, "disruptions", {
    metadata: { name: service.name, labels: { ...labels } },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      // Pods that are not ready anyway must not stop a node from being drained.
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: { ...matchLabels } },
    },
  });
}
