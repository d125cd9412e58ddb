import type { Environment } from "@plinth/core";

/** Key of the file in the Secret. */
export const templateFile = "plinth.tmpl";

/** Where the Prometheus operator mounts the configuration's Secret, and with it the templates. */
export const templateGlob = "/etc/alertmanager/config/*.tmpl";

/**
 * How a message looks: `[production FIRING:2] HighErrorRate checkout`, then a line for each alert with its runbook and dashboard.
 *
 * @see https://prometheus.io/docs/alerting/latest/notifications/
 */
export function messageTemplates(environment: Environment): string {
  return `{{ define "plinth.subject" -}}
[${environment.name} {{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] {{ .CommonLabels.alertname }}
{{- with .CommonLabels.service }} {{ . }}{{ end }}
{{- with .CommonLabels.namespace }} in {{ . }}{{ end }}
{{- end }}

{{ define "plinth.alerts" -}}
{{ range .Alerts -}}
{{ .Labels.severity }}: {{ .Annotations.summary }}
{{ .Annotations.description }}
{{ with .Annotations.runbook_url }}<{{ . }}|Runbook>{{ end }}{{ with .Annotations.dashboard_url }} <{{ . }}|Dashboard>{{ end }}
{{ end }}
{{- end }}

{{ define "plinth.pagerduty.severity" -}}
{{ if eq .CommonLabels.severity "info" "warning" }}{{ .CommonLabels.severity }}{{ else }}critical{{ end }}
{{- end }}
`;
}
