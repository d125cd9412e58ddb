import type { Alert } from "../alert/alert.ts";
import { deploymentReplicasUnavailable } from "./deployment-replicas-unavailable.ts";
import { podCrashLooping } from "./pod-crash-looping.ts";

/** Alerts about pods and what makes them. */
export const workloadsAlerts: readonly Alert[] = [podCrashLooping, deploymentReplicasUnavailable];
