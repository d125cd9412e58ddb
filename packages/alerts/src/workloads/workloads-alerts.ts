import type { Alert } from "../alert/alert.ts";
import { containerCpuThrottled } from "./container-cpu-throttled.ts";
import { containerMemoryNearLimit, containerOutOfMemory } from "./container-memory.ts";
import { containerConfigError, containerCreationStuck, imagePullFailing } from "./container-waiting.ts";
import { cronJobFailing, cronJobLate, cronJobSuspendedForLong } from "./cron-job.ts";
import { daemonSetMisscheduled, daemonSetNotScheduled, daemonSetPodsUnavailable } from "./daemon-set.ts";
import { deploymentReplicasUnavailable } from "./deployment-replicas-unavailable.ts";
import { deploymentRolloutStuck } from "./deployment-rollout-stuck.ts";
import { deploymentGenerationMismatch, statefulSetGenerationMismatch } from "./generation-mismatch.ts";
import { initContainerCrashLooping, initContainerStuck } from "./init-container-stuck.ts";
import { jobFailed, jobRunningTooLong } from "./job.ts";
import { podCrashLooping } from "./pod-crash-looping.ts";
import { podDisruptionBudgetBlocksDrains, podDisruptionBudgetViolated } from "./pod-disruption-budget.ts";
import { podNotReady } from "./pod-not-ready.ts";
import { podTerminationStuck } from "./pod-termination-stuck.ts";
import { podUnschedulable } from "./pod-unschedulable.ts";
import { quotaAlmostExhausted, quotaExhausted } from "./quota.ts";
import { replicasOnOneNode } from "./replicas-on-one-node.ts";
import { statefulSetReplicasUnavailable, statefulSetUpdateStuck } from "./stateful-set.ts";

/** Alerts about pods and what makes them. */
export const workloadsAlerts: readonly Alert[] = [
  podCrashLooping,
  podNotReady,
  podUnschedulable,
  podTerminationStuck,
  imagePullFailing,
  containerConfigError,
  containerCreationStuck,
  initContainerCrashLooping,
  initContainerStuck,
  containerOutOfMemory,
  containerMemoryNearLimit,
  containerCpuThrottled,
  deploymentReplicasUnavailable,
  deploymentRolloutStuck,
  deploymentGenerationMismatch,
  statefulSetReplicasUnavailable,
  statefulSetUpdateStuck,
  statefulSetGenerationMismatch,
  daemonSetPodsUnavailable,
  daemonSetNotScheduled,
  daemonSetMisscheduled,
  jobFailed,
  jobRunningTooLong,
  cronJobFailing,
  cronJobLate,
  cronJobSuspendedForLong,
  replicasOnOneNode,
  podDisruptionBudgetViolated,
  podDisruptionBudgetBlocksDrains,
  quotaAlmostExhausted,
  quotaExhausted,
];
