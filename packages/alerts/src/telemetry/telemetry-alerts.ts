import type { Alert } from "../alert/alert.ts";
import {
  alertmanagerConfigInconsistent,
  alertmanagerConfigReloadFailed,
  alertmanagerDown,
  alertmanagerMembersMissing,
  alertmanagerNotificationsFailing,
} from "./alertmanager.ts";
import { collectorMemoryHigh, collectorMemoryLimiterRefuses, collectorQueueAlmostFull } from "./collector-load.ts";
import {
  collectorBackendsChanging,
  collectorBackendsFailing,
  collectorTracesDroppedTooEarly,
  collectorWithoutBackends,
} from "./collector-sampling.ts";
import { collectorsMissing, spanMetricsStalled } from "./collectors.ts";
import { grafanaDown, grafanaErrors } from "./grafana.ts";
import {
  lokiCompactorStale,
  lokiDown,
  lokiFlushesFailing,
  lokiLinesDiscarded,
  lokiRequestErrors,
  lokiWalDiskFull,
} from "./loki.ts";
import { prometheusNotIngesting, prometheusSeriesGrowing, targetDown } from "./prometheus-ingestion.ts";
import { prometheusAlertsNotSent, prometheusNotificationsDropped } from "./prometheus-notifications.ts";
import {
  prometheusOperatorNotReady,
  prometheusOperatorReconcileErrors,
  prometheusOperatorRejectedResources,
} from "./prometheus-operator.ts";
import { prometheusRemoteWriteBehind, prometheusRemoteWriteFailing } from "./prometheus-remote-write.ts";
import {
  prometheusConfigReloadFailed,
  prometheusRuleEvaluationsMissed,
  prometheusRuleFailures,
} from "./prometheus-rules.ts";
import {
  prometheusDuplicateSamples,
  prometheusOutOfOrderSamples,
  prometheusScrapeLimitHit,
} from "./prometheus-samples.ts";
import {
  prometheusCompactionsFailing,
  prometheusReloadsFailing,
  prometheusWalCorrupted,
} from "./prometheus-storage.ts";
import { prometheusWithoutAlertmanager } from "./prometheus-without-alertmanager.ts";
import { telemetryDataLoss } from "./telemetry-data-loss.ts";
import {
  tempoCompactionsFailing,
  tempoDown,
  tempoNotIngesting,
  tempoPollsFailing,
  tempoRequestErrors,
  tempoSpansDiscarded,
} from "./tempo.ts";
import { watchdog } from "./watchdog.ts";

/** Alerts about what watches everything else. */
export const telemetryAlerts: readonly Alert[] = [
  telemetryDataLoss,
  watchdog,
  spanMetricsStalled,
  collectorsMissing,
  collectorQueueAlmostFull,
  collectorMemoryLimiterRefuses,
  collectorMemoryHigh,
  collectorTracesDroppedTooEarly,
  collectorWithoutBackends,
  collectorBackendsChanging,
  collectorBackendsFailing,
  prometheusConfigReloadFailed,
  prometheusRuleFailures,
  prometheusRuleEvaluationsMissed,
  targetDown,
  prometheusNotIngesting,
  prometheusSeriesGrowing,
  prometheusCompactionsFailing,
  prometheusReloadsFailing,
  prometheusWalCorrupted,
  prometheusDuplicateSamples,
  prometheusOutOfOrderSamples,
  prometheusScrapeLimitHit,
  prometheusWithoutAlertmanager,
  prometheusAlertsNotSent,
  prometheusNotificationsDropped,
  prometheusRemoteWriteFailing,
  prometheusRemoteWriteBehind,
  prometheusOperatorReconcileErrors,
  prometheusOperatorRejectedResources,
  prometheusOperatorNotReady,
  alertmanagerDown,
  alertmanagerConfigReloadFailed,
  alertmanagerNotificationsFailing,
  alertmanagerMembersMissing,
  alertmanagerConfigInconsistent,
  lokiRequestErrors,
  lokiLinesDiscarded,
  lokiFlushesFailing,
  lokiWalDiskFull,
  lokiCompactorStale,
  lokiDown,
  tempoRequestErrors,
  tempoSpansDiscarded,
  tempoNotIngesting,
  tempoPollsFailing,
  tempoCompactionsFailing,
  tempoDown,
  grafanaDown,
  grafanaErrors,
];
