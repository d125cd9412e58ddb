import type { QueryAlert } from "./query-alert.ts";

// Index labels that Loki makes of resource attributes unless told otherwise: https://grafana.com/docs/loki/latest/send-data/otel/
const ofService = { namespace: "k8s_namespace_name", service: "service_name" };
const byService = "k8s_namespace_name, service_name";

/** A service suddenly writes many errors into its log. */
const logErrorBurst: QueryAlert = {
  name: "LogErrorBurst",
  severity: "warning",
  owner: "namespace",
  source: "logs",
  query: `sum by (${byService}) (count_over_time({service_name=~".+"} | detected_level=~"error|fatal|critical" [5m]))`,
  above: 300,
  for: "10m",
  labels: ofService,
  summary: "{{ $labels.service_name }} writes many errors into its log",
  description: "{{ $labels.service_name }} has logged more than one error a second for 10 minutes.",
  impact: "Something that the service does not count as a failed request goes wrong again and again.",
  runbook: {
    meaning:
      "More than 300 lines of level error or worse came from one service within five minutes, for ten minutes. Requests that fail have alerts of their own; this one sees what happens in the background.",
    impact: "Work in the background is not done, or done late. The log itself costs money.",
    diagnosis: [
      {
        text: 'Which messages are they? In Grafana, Explore, Loki: `sum by (message) (count_over_time({service_name="<service>"} | detected_level="error" | json [5m]))`.',
      },
      {
        text: "Did it begin with a deployment?",
        command: "kubectl rollout history deployment --namespace <namespace> <service>",
      },
    ],
    mitigation: [
      { text: "If it began with a deployment, revert it in Git and let Argo CD sync." },
      { text: "If the messages mean nothing, lower their level in the code: what nobody acts on hides what matters." },
    ],
  },
};

/** A process ends in a way that its own code did not foresee. */
const servicePanics: QueryAlert = {
  name: "ServicePanics",
  severity: "warning",
  owner: "namespace",
  source: "logs",
  query: `sum by (${byService}) (count_over_time({service_name=~".+"} |~ "^panic: |^fatal error: |java.lang.OutOfMemoryError|Traceback .most recent call last." [15m]))`,
  above: 0,
  for: "0s",
  labels: ofService,
  summary: "{{ $labels.service_name }} panics",
  description: "{{ $labels.service_name }} has logged a panic, or an exception that nobody caught, within 15 minutes.",
  impact: "The request that was being served is lost, and with a restart those beside it.",
  runbook: {
    meaning:
      "The log holds the first line of a Go panic, of a Python traceback or of a Java process that ran out of memory. One is enough: it is a defect.",
    impact: "Whoever waited for an answer got none. When it is repeated, PodCrashLooping follows.",
    diagnosis: [
      {
        text: 'Read what follows the first line: `{service_name="<service>"} |~ "panic|fatal error|Traceback|OutOfMemoryError"` in Explore, Loki, then Show context.',
      },
      {
        text: "Was a container ended for its memory?",
        command: "kubectl get pods --namespace <namespace> --output wide",
      },
    ],
    mitigation: [
      { text: "Revert the deployment that brought it, if there is one." },
      { text: "For memory, raise the limit in the service's definition until the leak is found." },
    ],
  },
};

/** Somebody tries passwords at Grafana. */
const failedLogins: QueryAlert = {
  name: "FailedLogins",
  severity: "warning",
  owner: "platform",
  source: "logs",
  // pkg/services/authn/clients/password.go of Grafana names this error.
  query: `sum by (k8s_namespace_name) (count_over_time({service_name="grafana"} |= "password-auth.failed" [10m]))`,
  above: 20,
  for: "0s",
  labels: { namespace: "k8s_namespace_name" },
  summary: "Many logins to Grafana fail",
  description: "More than 20 logins with a password have failed within 10 minutes.",
  impact: "Somebody may be guessing passwords.",
  runbook: {
    meaning:
      "People log in by the identity provider; only the administrator of last resort has a password. Twenty failures within ten minutes are no slip of the hand.",
    impact: "Whoever gets in reads every dashboard and every log.",
    diagnosis: [
      { text: 'From where? `{service_name="grafana"} |= "password-auth.failed"` in Explore, Loki: see remote_addr.' },
      { text: "Did one succeed? Look for logins of the same address that did not fail." },
    ],
    mitigation: [
      { text: "Block the address at the ingress." },
      { text: "Change the administrator's password in the secret store, and let External Secrets bring it." },
    ],
  },
};

/** Calls to databases fail, as the traces of the callers see it. */
const databaseCallsFailing: QueryAlert = {
  name: "DatabaseCallsFailing",
  severity: "warning",
  owner: "platform",
  source: "traces",
  // https://opentelemetry.io/docs/specs/semconv/database/database-spans/
  query: "{ kind = client && span.db.system.name != nil && status = error } | rate() by (resource.service.name)",
  above: 0.2,
  for: "10m",
  labels: { service: "resource.service.name" },
  summary: "Calls of a service to its database fail",
  description: "More than one call to a database in five seconds has ended in an error for 10 minutes.",
  impact: "Requests that need the data fail, or wait for another try.",
  runbook: {
    meaning:
      "Spans of calls to a database end with an error, counted by the calling service. Traces with errors are always kept, so that this is no sample.",
    impact: "The service answers with errors, or with what it has remembered.",
    diagnosis: [
      {
        text: 'Read such traces in Explore, Tempo: `{ resource.service.name = "<service>" && span.db.system.name != nil && status = error }`.',
      },
      {
        text: "Does every caller of the database see it? Then it is the database; otherwise it is the caller's connection.",
      },
    ],
    mitigation: [
      { text: "If the database is down or full, go on with its own alerts." },
      { text: "If connections run out, lower the pool of the caller that holds most of them." },
    ],
  },
};

/** The alerts on logs and traces that a platform has. */
export const queryAlerts: readonly QueryAlert[] = [logErrorBurst, servicePanics, failedLogins, databaseCallsFailing];
