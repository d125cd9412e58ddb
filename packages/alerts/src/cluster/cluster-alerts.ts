import type { Alert } from "../alert/alert.ts";
import { admissionWebhookSlow } from "./admission-webhook-slow.ts";
import { admissionWebhookFailsOpen, admissionWebhookUnreachable } from "./admission-webhook-unreachable.ts";
import { aggregatedApiDown } from "./aggregated-api-down.ts";
import { apiServerDown } from "./api-server-down.ts";
import { apiServerErrorBudgetBurnsFast, apiServerErrorBudgetBurnsSlowly } from "./api-server-error-budget.ts";
import { apiServerRejectsRequests, apiServerTerminatesRequests } from "./api-server-overloaded.ts";
import { apiServerSlow } from "./api-server-slow.ts";
import { clusterDatabaseAlmostFull } from "./cluster-database-almost-full.ts";
import { coreDnsErrors, coreDnsPanics, coreDnsSlow } from "./core-dns-answers.ts";
import { coreDnsDown } from "./core-dns-down.ts";
import { coreDnsOverloaded, coreDnsUpstreamUnhealthy } from "./core-dns-upstream.ts";
import { deprecatedApiRequested } from "./deprecated-api-requested.ts";
import { autoscalerAtMaximum, autoscalerCannotScale } from "./horizontal-autoscaler.ts";
import { karpenterCloudErrors, karpenterInsufficientCapacity } from "./karpenter-cloud-errors.ts";
import { karpenterDisruptionFailing } from "./karpenter-disruption-failing.ts";
import { karpenterDown, karpenterStateNotSynced } from "./karpenter-down.ts";
import { kubeStateMetricsDown } from "./kube-state-metrics-down.ts";
import {
  kubeletCertificateRenewalFailing,
  kubeletClientCertificateExpiry,
  kubeletServerCertificateExpiry,
} from "./kubelet-certificates.ts";
import { kubeletDown } from "./kubelet-down.ts";
import { kubeletRuntimeErrors } from "./kubelet-runtime-errors.ts";
import { kubeletPlegSlow, kubeletPodStartSlow } from "./kubelet-slow.ts";
import { kubeletTooManyPods } from "./kubelet-too-many-pods.ts";
import { kubernetesVersionMismatch } from "./kubernetes-version-mismatch.ts";
import { manyNodesNotReady } from "./many-nodes-not-ready.ts";
import { namespaceTerminationStuck } from "./namespace-termination-stuck.ts";
import { nodeClaimNotRegistered, nodePoolNotReady } from "./node-claim-not-registered.ts";
import { nodeClockNotSynchronising, nodeClockSkewed } from "./node-clock.ts";
import { nodeConntrackAlmostFull } from "./node-conntrack-almost-full.ts";
import { nodeCordonedForLong } from "./node-cordoned-for-long.ts";
import { nodeCpuSaturated, nodeCpuStolen } from "./node-cpu.ts";
import { nodeDiskSaturated } from "./node-disk-saturated.ts";
import { nodeEvictsPods } from "./node-evicts-pods.ts";
import { nodeFilesystemAlmostFull } from "./node-filesystem-almost-full.ts";
import { nodeFilesystemFewInodes } from "./node-filesystem-few-inodes.ts";
import { nodeFilesystemFillingUp } from "./node-filesystem-filling-up.ts";
import { nodeFilesystemReadOnly } from "./node-filesystem-read-only.ts";
import { nodeMajorPageFaults, nodeMemoryAlmostExhausted } from "./node-memory.ts";
import { nodeNetworkDrops, nodeNetworkErrors } from "./node-network.ts";
import { nodeNotReady } from "./node-not-ready.ts";
import { nodePoolAlmostAtLimit } from "./node-pool-almost-at-limit.ts";
import { nodeDiskPressure, nodeMemoryPressure, nodePidPressure } from "./node-pressure.ts";
import { nodeReadinessFlapping } from "./node-readiness-flapping.ts";
import { nodeTerminationStuck } from "./node-termination-stuck.ts";

/** Alerts about nodes, the control plane, name resolution and autoscaling. */
export const clusterAlerts: readonly Alert[] = [
  nodeNotReady,
  manyNodesNotReady,
  nodeReadinessFlapping,
  nodeMemoryPressure,
  nodeDiskPressure,
  nodePidPressure,
  nodeEvictsPods,
  nodeTerminationStuck,
  nodeCordonedForLong,
  nodeCpuSaturated,
  nodeCpuStolen,
  nodeMemoryAlmostExhausted,
  nodeMajorPageFaults,
  nodeFilesystemAlmostFull,
  nodeFilesystemFillingUp,
  nodeFilesystemFewInodes,
  nodeFilesystemReadOnly,
  nodeDiskSaturated,
  nodeNetworkErrors,
  nodeNetworkDrops,
  nodeConntrackAlmostFull,
  nodeClockSkewed,
  nodeClockNotSynchronising,
  kubeletDown,
  kubeletTooManyPods,
  kubeletPlegSlow,
  kubeletPodStartSlow,
  kubeletRuntimeErrors,
  kubeletClientCertificateExpiry,
  kubeletServerCertificateExpiry,
  kubeletCertificateRenewalFailing,
  kubernetesVersionMismatch,
  apiServerDown,
  apiServerErrorBudgetBurnsFast,
  apiServerErrorBudgetBurnsSlowly,
  apiServerSlow,
  apiServerRejectsRequests,
  apiServerTerminatesRequests,
  aggregatedApiDown,
  admissionWebhookUnreachable,
  admissionWebhookFailsOpen,
  admissionWebhookSlow,
  clusterDatabaseAlmostFull,
  deprecatedApiRequested,
  namespaceTerminationStuck,
  kubeStateMetricsDown,
  coreDnsDown,
  coreDnsErrors,
  coreDnsSlow,
  coreDnsUpstreamUnhealthy,
  coreDnsOverloaded,
  coreDnsPanics,
  autoscalerAtMaximum,
  autoscalerCannotScale,
  karpenterDown,
  karpenterCloudErrors,
  karpenterInsufficientCapacity,
  nodeClaimNotRegistered,
  nodePoolNotReady,
  nodePoolAlmostAtLimit,
  karpenterStateNotSynced,
  karpenterDisruptionFailing,
];
