import type { Alert } from "./alert/alert.ts";
import { clusterAlerts } from "./cluster/cluster-alerts.ts";
import { costAlerts } from "./cost/cost-alerts.ts";
import { softwareAlerts } from "./platform/software-alerts.ts";
import { securityAlerts } from "./security/security-alerts.ts";
import { dependencyFailing } from "./services/dependency-failing.ts";
import { highErrorRate } from "./services/high-error-rate.ts";
import { highLatency } from "./services/high-latency.ts";
import type { ServiceAlert } from "./services/service-alert.ts";
import { noTraffic, trafficDrop, trafficSpike } from "./services/traffic.ts";
import { storageAlerts } from "./storage/storage-alerts.ts";
import { telemetryAlerts } from "./telemetry/telemetry-alerts.ts";
import { workloadsAlerts } from "./workloads/workloads-alerts.ts";

/** The alerts that a platform has once. */
export const platformAlerts: readonly Alert[] = [
  ...clusterAlerts,
  ...workloadsAlerts,
  ...storageAlerts,
  ...securityAlerts,
  ...telemetryAlerts,
  ...softwareAlerts,
  ...costAlerts,
];

/** The alerts that a platform has for each service. */
export const serviceAlerts: readonly ServiceAlert[] = [
  highErrorRate,
  highLatency,
  dependencyFailing,
  noTraffic,
  trafficDrop,
  trafficSpike,
];
