import type { Alert } from "./alert/alert.ts";
import { nodeFilesystemAlmostFull } from "./cluster/node-filesystem-almost-full.ts";
import { nodeNotReady } from "./cluster/node-not-ready.ts";
import { certificateExpiry } from "./security/certificate-expiry.ts";
import { kyvernoPolicyViolation } from "./security/kyverno-policy-violation.ts";
import { highErrorRate } from "./services/high-error-rate.ts";
import type { ServiceAlert } from "./services/service-alert.ts";
import { persistentVolumeFillingUp } from "./storage/persistent-volume-filling-up.ts";
import { telemetryDataLoss } from "./telemetry/telemetry-data-loss.ts";
import { watchdog } from "./telemetry/watchdog.ts";
import { deploymentReplicasUnavailable } from "./workloads/deployment-replicas-unavailable.ts";
import { podCrashLooping } from "./workloads/pod-crash-looping.ts";

/** The alerts that a platform has once. */
export const platformAlerts: readonly Alert[] = [
  nodeNotReady,
  nodeFilesystemAlmostFull,
  podCrashLooping,
  deploymentReplicasUnavailable,
  persistentVolumeFillingUp,
  certificateExpiry,
  kyvernoPolicyViolation,
  telemetryDataLoss,
  watchdog,
];

/** The alerts that a platform has for each service. */
export const serviceAlerts: readonly ServiceAlert[] = [highErrorRate];
