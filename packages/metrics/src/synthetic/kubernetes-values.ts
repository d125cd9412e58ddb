import type { MetricSource } from "../catalogue/metric.ts";
import type { LabelTable } from "./label-values.ts";
import { pairs } from "./row.ts";
import { values } from "./values.ts";

const trueFalseUnknown = values("status", "true", "false", "unknown");

// k8s.io/kubernetes/pkg/kubelet/images/types.go, pkg/kubelet/container/sync_result.go and pkg/kubelet/kubelet_pods.go: why a container waits.
const waitingReasons = values(
  "reason",
  "CrashLoopBackOff",
  "ContainerCreating",
  "CreateContainerConfigError",
  "CreateContainerError",
  "ErrImageNeverPull",
  "ErrImagePull",
  "ImageInspectError",
  "ImagePullBackOff",
  "InvalidImageName",
  "PodInitializing",
  "PostStartHookError",
  "RegistryUnavailable",
  "RunContainerError",
  "SignatureValidationFailed",
);

// https://github.com/kubernetes/kube-state-metrics/blob/main/internal/store/pod.go
const terminatedReasons = values(
  "reason",
  "OOMKilled",
  "Completed",
  "Error",
  "ContainerCannotRun",
  "DeadlineExceeded",
  "Evicted",
);

const requestedResources = [
  { resource: "cpu", unit: "core" },
  { resource: "memory", unit: "byte" },
];

const nodeResources = [
  ...requestedResources,
  { resource: "pods", unit: "integer" },
  { resource: "ephemeral_storage", unit: "byte" },
];

/**
 * Values of labels of single metrics of Kubernetes' own programs.
 *
 * @see https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics
 */
export const kubernetesMetricValues: LabelTable<string> = {
  kube_pod_status_phase: [values("phase", "Pending", "Running", "Succeeded", "Failed", "Unknown")],
  kube_pod_status_ready: [values("condition", "true", "false", "unknown")],
  kube_pod_status_reason: [
    values(
      "reason",
      "Evicted",
      "NodeAffinity",
      "NodeLost",
      "PreemptionByScheduler",
      "Shutdown",
      "UnexpectedAdmissionError",
    ),
  ],
  kube_pod_container_status_waiting_reason: [waitingReasons],
  kube_pod_init_container_status_waiting_reason: [waitingReasons],
  kube_pod_container_status_terminated_reason: [terminatedReasons],
  kube_pod_container_status_last_terminated_reason: [terminatedReasons],
  kube_pod_container_resource_requests: [requestedResources],
  kube_pod_container_resource_limits: [requestedResources],
  kube_pod_spec_volumes_persistentvolumeclaims_info: [],
  // https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
  kube_deployment_status_condition: [
    pairs(
      [
        { condition: "Available", reason: "MinimumReplicasAvailable" },
        { condition: "Progressing", reason: "NewReplicaSetAvailable" },
        { condition: "ReplicaFailure", reason: "FailedCreate" },
      ],
      trueFalseUnknown,
    ),
  ],
  kube_job_failed: [values("condition", "true", "false", "unknown")],
  kube_horizontalpodautoscaler_status_condition: [
    values("condition", "AbleToScale", "ScalingActive", "ScalingLimited"),
    trueFalseUnknown,
  ],
  // https://kubernetes.io/docs/reference/node/node-status/#condition
  kube_node_status_condition: [
    values("condition", "Ready", "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"),
    trueFalseUnknown,
  ],
  kube_node_status_allocatable: [nodeResources],
  kube_node_status_capacity: [nodeResources],
  // https://kubernetes.io/docs/concepts/policy/resource-quotas/
  kube_resourcequota: [
    values(
      "resource",
      "requests.cpu",
      "requests.memory",
      "limits.memory",
      "requests.storage",
      "pods",
      "services",
      "services.loadbalancers",
      "persistentvolumeclaims",
    ),
    values("type", "hard", "used"),
  ],
  kube_persistentvolumeclaim_status_phase: [values("phase", "Lost", "Bound", "Pending")],
  // k8s.io/api/core/v1/types.go: PersistentVolumeClaimConditionType.
  kube_persistentvolumeclaim_status_condition: [
    values(
      "type",
      "Resizing",
      "FileSystemResizePending",
      "ControllerResizeError",
      "NodeResizeError",
      "ModifyingVolume",
      "ModifyVolumeError",
    ),
    trueFalseUnknown,
  ],
  kube_persistentvolume_status_phase: [values("phase", "Pending", "Available", "Bound", "Released", "Failed")],
  kube_namespace_status_phase: [values("phase", "Active", "Terminating")],
  // k8s.io/kubernetes/pkg/kubelet/eviction/api/types.go
  kubelet_evictions: [
    values(
      "eviction_signal",
      "memory.available",
      "nodefs.available",
      "nodefs.inodesFree",
      "imagefs.available",
      "pid.available",
    ),
  ],
  // staging/src/k8s.io/apiserver/pkg/endpoints/metrics/metrics.go
  apiserver_current_inflight_requests: [values("request_kind", "mutating", "readOnly")],
  apiserver_flowcontrol_rejected_requests_total: [
    values("reason", "queue-full", "concurrency-limit", "time-out", "cancelled"),
  ],
  apiserver_request_terminations_total: [values("code", "429", "504")],
  // staging/src/k8s.io/apiserver/pkg/admission/metrics/metrics.go
  apiserver_admission_webhook_rejection_count: [
    values("error_type", "no_error", "calling_webhook_error", "apiserver_internal_error"),
    values("rejection_code", "0"),
  ],
  apiserver_admission_webhook_admission_duration_seconds: [values("rejected", "true", "false")],
  aggregator_unavailable_apiservice: [values("name", "v1beta1.metrics.k8s.io", "v1.external.metrics.k8s.io")],
  aggregator_unavailable_apiservice_total: [
    values("name", "v1beta1.metrics.k8s.io", "v1.external.metrics.k8s.io"),
    values("reason", "FailedDiscoveryCheck", "ServiceNotFound", "EndpointsNotFound"),
  ],
  apiserver_requested_deprecated_apis: [
    [
      {
        group: "flowcontrol.apiserver.k8s.io",
        version: "v1beta3",
        resource: "flowschemas",
        subresource: "",
        removed_release: "1.38",
      },
    ],
  ],
};

/** Values of labels of all metrics of one of Kubernetes' own programs. */
export const kubernetesSourceValues: LabelTable<MetricSource> = {
  "api-server": [
    values("verb", "GET", "LIST", "POST", "PUT", "PATCH", "DELETE", "WATCH", "CONNECT"),
    [
      {
        group: "",
        version: "v1",
        resource: "pods",
        subresource: "",
        scope: "namespace",
        component: "apiserver",
        dry_run: "",
      },
      {
        group: "",
        version: "v1",
        resource: "nodes",
        subresource: "",
        scope: "cluster",
        component: "apiserver",
        dry_run: "",
      },
      {
        group: "apps",
        version: "v1",
        resource: "deployments",
        subresource: "",
        scope: "resource",
        component: "apiserver",
        dry_run: "",
      },
    ],
    values("code", "200", "201", "401", "403", "404", "409", "422", "429", "500", "503", "504"),
    [
      { flow_schema: "service-accounts", priority_level: "workload-low" },
      { flow_schema: "system-nodes", priority_level: "system" },
      { flow_schema: "global-default", priority_level: "global-default" },
    ],
    [
      { name: "validate.kyverno.svc-fail", type: "validating", operation: "CREATE" },
      { name: "mutate.kyverno.svc-fail", type: "admit", operation: "UPDATE" },
      { name: "namespace.sidecar-injector.istio.io", type: "admit", operation: "CREATE" },
    ],
    values("storage_cluster_id", "etcd-0"),
  ],
  kubelet: [
    // k8s.io/kubernetes/pkg/kubelet/kuberuntime/instrumented_services.go
    values(
      "operation_type",
      "run_podsandbox",
      "stop_podsandbox",
      "create_container",
      "start_container",
      "stop_container",
      "remove_container",
      "pull_image",
      "list_containers",
      "version",
    ),
    // k8s.io/kubernetes/pkg/volume/util/metrics.go
    values(
      "operation_name",
      "volume_mount",
      "volume_unmount",
      "volume_attach",
      "volume_detach",
      "verify_controller_attached_volume",
    ),
    values("volume_plugin", "kubernetes.io/csi:ebs.csi.aws.com", "kubernetes.io/configmap", "kubernetes.io/secret"),
    values("status", "success", "fail-unknown"),
    values("migrated", "false"),
    [
      { driver_name: "ebs.csi.aws.com", method_name: "/csi.v1.Node/NodePublishVolume" },
      { driver_name: "ebs.csi.aws.com", method_name: "/csi.v1.Node/NodeGetVolumeStats" },
    ],
    // https://grpc.github.io/grpc/core/md_doc_statuscodes.html
    values("grpc_status_code", "OK", "Aborted", "DeadlineExceeded", "Internal", "Unavailable"),
  ],
  cadvisor: [values("interface", "eth0")],
  coredns: [
    [{ server: "dns://:53", zone: ".", view: "" }],
    [
      { proto: "udp", family: "1" },
      { proto: "tcp", family: "1" },
    ],
    values("type", "A", "AAAA", "SRV", "other"),
    // https://github.com/miekg/dns/blob/master/msg.go: RcodeToString
    values("rcode", "NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED", "NOTIMP", "FORMERR"),
    values("plugin", "kubernetes"),
    [{ proxy_name: "forward", to: "10.0.0.2:53" }],
  ],
  "node-exporter": [
    // https://www.kernel.org/doc/html/latest/filesystems/proc.html#miscellaneous-kernel-statistics-in-proc-stat
    values("mode", "idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"),
    values("cpu", "0", "1", "2", "3"),
    [
      { device: "/dev/nvme0n1p1", fstype: "xfs", mountpoint: "/", device_error: "" },
      { device: "tmpfs", fstype: "tmpfs", mountpoint: "/run", device_error: "" },
    ],
  ],
};
