import { equal, max, maxOverTime, metric, oneOf, or, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { missing, series, steady } from "../alert/scenario.ts";

const waiting = metric("kube_pod_container_status_waiting_reason");
const initWaiting = metric("kube_pod_init_container_status_waiting_reason");
const by = ["namespace", "pod", "container"] as const;
const container = { namespace: "team-backend", pod: "checkout-7d4f9-x2x", container: "checkout" } as const;
const describePod = "kubectl describe pod --namespace <namespace> <pod>";

// pkg/kubelet/images/types.go and cri-api/pkg/errors/errors.go in Kubernetes' repository.
const imageReasons = {
  reason: oneOf(
    "ErrImagePull",
    "ImagePullBackOff",
    "ErrImageNeverPull",
    "InvalidImageName",
    "ImageInspectError",
    "RegistryUnavailable",
    "SignatureValidationFailed",
  ),
} as const;

// pkg/kubelet/kuberuntime/kuberuntime_container.go and pkg/kubelet/container/sync_result.go in Kubernetes' repository.
const configReasons = {
  reason: oneOf("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PostStartHookError"),
} as const;

/** An image cannot be pulled. */
export const imagePullFailing: Alert = defineAlert({
  name: "ImagePullFailing",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  // The reasons change from attempt to attempt.
  expr: or(
    equal(max(maxOverTime(select(waiting, imageReasons), "5m"), { by }), 1),
    equal(max(maxOverTime(select(initWaiting, imageReasons), "5m"), { by }), 1),
  ),
  for: "10m",
  summary: ({ namespace, pod }) => `The image of a container of ${namespace}/${pod} cannot be pulled`,
  description: ({ namespace, pod, container }) =>
    `For 10 minutes the image of the container ${container} of ${namespace}/${pod} could not be pulled.`,
  impact: "The replica does not start; a rollout stops, and the old replicas go on.",
  runbook: {
    meaning:
      "The registry does not know the tag or digest, does not let the node pull, does not answer, or answers that too much was pulled; or the image is not for the machine's architecture.",
    impact: "As long as old replicas run, none but the rollout. After a loss of nodes replicas do not come back.",
    diagnosis: [
      {
        text: "What does the registry say? `not found`, `unauthorized` or `denied`, `toomanyrequests`, `no match for platform`, a timeout.",
        command: describePod,
      },
      {
        text: "Is it one image, or all of a registry?",
        promql: equal(max(select(waiting, imageReasons), { by: ["namespace", "container", "reason"] }), 1),
      },
      {
        text: "Is the image there?",
        command: "aws ecr describe-images --repository-name <repository> --image-ids imageTag=<tag>",
      },
    ],
    mitigation: [
      {
        text: "`not found`: the build did not push it, the tag is misspelt, or a lifecycle rule of the registry has deleted it: revert the change in Git or push it again.",
      },
      {
        text: "`unauthorized`: the role of the nodes may not read the repository, or the pull secret has expired: ExternalSecret and repository policy.",
      },
      {
        text: "`toomanyrequests` or a registry that is down: use the pull-through cache of the platform's registry; until then keep the nodes that have the image, and do not restart what runs.",
      },
    ],
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "the image is not there",
      after: "2m",
      labels: container,
      series: [
        series(
          waiting,
          { ...container, reason: "ErrImagePull" },
          missing("2m"),
          steady(1, "1m"),
          missing("4m"),
          steady(1, "1m"),
          missing(),
        ),
        series(
          waiting,
          { ...container, reason: "ImagePullBackOff" },
          missing("3m"),
          steady(1, "4m"),
          missing("1m"),
          steady(1),
        ),
      ],
    },
    {
      name: "the image of an init container is not there",
      labels: { ...container, container: "migrate" },
      series: [series(initWaiting, { ...container, container: "migrate", reason: "ImagePullBackOff" }, steady(1))],
    },
  ],
  quiet: [
    {
      name: "the containers wait for something else",
      series: [
        series(waiting, { ...container, reason: "ContainerCreating" }, steady(1)),
        series(initWaiting, { ...container, container: "migrate", reason: "PodInitializing" }, steady(1)),
      ],
    },
    {
      name: "the second attempt succeeds",
      series: [series(waiting, { ...container, reason: "ErrImagePull" }, steady(1, "2m"), missing())],
    },
  ],
});

/** A container cannot be made of its specification. */
export const containerConfigError: Alert = defineAlert({
  name: "ContainerConfigError",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: equal(max(maxOverTime(select(waiting, configReasons), "5m"), { by }), 1),
  for: "10m",
  summary: ({ namespace, pod, container }) => `Container ${container} of ${namespace}/${pod} cannot be made`,
  description: ({ namespace, pod, container }) =>
    `For 10 minutes the kubelet could not make the container ${container} of ${namespace}/${pod} as it is specified.`,
  impact: "The replica does not start; a rollout stops, and the old replicas go on.",
  runbook: {
    meaning:
      "CreateContainerConfigError: a ConfigMap, a Secret or a key that the specification names is not there, or the image would run as root and must not. CreateContainerError and RunContainerError: the container runtime refuses: a command that is not in the image, a mount that does not work. PostStartHookError: its hook fails.",
    impact: "It does not heal by itself, unless what is missing comes.",
    diagnosis: [
      { text: "What is missing? The message says it by name.", command: describePod },
      { text: "Is it there?", command: "kubectl get secrets,configmaps --namespace <namespace>" },
      {
        text: "Should External Secrets have brought it?",
        command: "kubectl get externalsecrets --namespace <namespace>",
      },
    ],
    mitigation: [
      {
        text: "If it should come from an ExternalSecret, repair that: the store's key, or the permission to read it. The kubelet tries again by itself.",
      },
      { text: "If the name is wrong, or the object was removed too early, revert the change in Git." },
      { text: "`container has runAsNonRoot and image will run as root`: set a numeric user in the image." },
    ],
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "its secret is missing",
      after: "5m",
      until: "29m",
      labels: container,
      series: [
        series(
          waiting,
          { ...container, reason: "CreateContainerConfigError" },
          missing("5m"),
          steady(1, "20m"),
          missing(),
        ),
      ],
    },
  ],
  quiet: [
    {
      name: "it is being created",
      series: [series(waiting, { ...container, reason: "ContainerCreating" }, steady(1))],
    },
    {
      name: "its secret comes a little later",
      series: [series(waiting, { ...container, reason: "CreateContainerConfigError" }, steady(1, "4m"), missing())],
    },
  ],
});

/** A pod has a node, and its containers are not created: it waits for a volume or for its network. */
export const containerCreationStuck: Alert = defineAlert({
  name: "ContainerCreationStuck",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: equal(max(select(waiting, { reason: "ContainerCreating" }), { by }), 1),
  for: "20m",
  summary: ({ namespace, pod }) => `Pod ${namespace}/${pod} does not start: it waits for a volume or its network`,
  description: ({ namespace, pod, container }) =>
    `The container ${container} of ${namespace}/${pod} has been about to be created for 20 minutes.`,
  impact: "The replica is missing; a StatefulSet or a rollout waits for it.",
  runbook: {
    meaning:
      "Before its first container a pod needs its volumes (attached, mounted), the Secrets and ConfigMaps that are mounted as files, and a network address. One of them does not come.",
    impact: "Single replicas with a volume are down, for instance after a node was lost.",
    diagnosis: [
      {
        text: "What does it wait for? FailedAttachVolume, Multi-Attach error, FailedMount, FailedCreatePodSandBox.",
        command: describePod,
      },
      { text: "Where is the volume attached?", command: "kubectl get volumeattachments --output wide" },
      {
        text: "Is it the network? The agent of the CNI on that node says so.",
        command: "kubectl logs --namespace kube-system --selector k8s-app=aws-node --tail 50 --prefix",
      },
      {
        text: "Are there others on that node? Then it is the node.",
        command: "kubectl get pods --all-namespaces --field-selector spec.nodeName=<node>,status.phase=Pending",
      },
    ],
    mitigation: [
      {
        text: "A volume that is attached to a lost node: make sure that the machine is off and delete the node; after six minutes at the latest the volume is released.",
      },
      { text: "A mounted Secret or ConfigMap that is not there: bring it, or revert the change." },
      {
        text: "No address left, or a node that does not mount: tell the platform's team (KubeletRuntimeErrors, VolumeMountFailing); meanwhile delete the pod, it may land on another node.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
    ],
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "its volume does not come",
      after: "5m",
      until: "44m",
      labels: container,
      series: [
        series(waiting, { ...container, reason: "ContainerCreating" }, missing("5m"), steady(1, "35m"), missing()),
      ],
    },
  ],
  quiet: [
    {
      name: "it waits for its init containers",
      series: [series(waiting, { ...container, reason: "PodInitializing" }, steady(1))],
    },
  ],
});
