import { max, metric, platformDashboardUid, vector } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { watchdogAlert } from "../routing/watchdog-alert.ts";

/** Fires always: when it stops to arrive at its receiver, no other alert would arrive. */
export const watchdog: Alert = defineAlert({
  name: watchdogAlert,
  category: "telemetry",
  severity: "none",
  expr: vector(1),
  summary: "The way from Prometheus to the receiver is open",
  description:
    "This alert always fires. A service outside the cluster expects it every minute and calls when it does not come.",
  impact: "None while it fires. When it stops, nobody is told of anything.",
  dashboard: platformDashboardUid("alerting"),
  runbook: {
    meaning:
      "A dead man's switch. Prometheus evaluates it, Alertmanager sends it every minute to a service outside the cluster, and that service calls when it has not come. Whoever reads this because of a call: the way is broken, not the alert.",
    impact: "No alert of this environment reaches anybody until the way is open again.",
    diagnosis: [
      { text: "Is Prometheus up, and does it evaluate rules?", promql: max(metric("up"), { by: ["job"] }) },
      {
        text: "Can Prometheus reach Alertmanager?",
        promql: max(metric("prometheus_notifications_dropped_total"), { by: ["pod"] }),
      },
      {
        text: "Has Alertmanager loaded its configuration?",
        promql: max(metric("alertmanager_config_last_reload_successful"), { by: ["pod"] }),
      },
      {
        text: "What does it say? A receiver that fails names its file or its address.",
        command: "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=alertmanager --since 15m",
      },
      {
        text: "Is a secret missing? The pod waits for every secret that it mounts.",
        command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=alertmanager",
      },
    ],
    mitigation: [
      { text: "Bring back what is down: Prometheus, Alertmanager, or the way out of the cluster." },
      {
        text: "If a change of the routing broke it, revert the change: Alertmanager keeps the last configuration that it could read.",
      },
      { text: "Until it is repaired, somebody watches the dashboards of the critical services." },
    ],
  },
  fires: [{ name: "rules are evaluated", labels: {}, series: [] }],
  quiet: [],
});
