import type { Environment } from "@plinth/core";

/** Key of the file in the Secret. */
export const templateFile = "plinth.tmpl";

/** Where the Prometheus operator mounts the configuration's Secret, and with it the templates. */
export const templateGlob = "/etc/alertmanager/config/*.tmpl";

// More alerts in one message nobody reads; how many there are stands in its subject.
const shownAlerts = 10;

/**
 * How a message looks: `[production FIRING:2] HighErrorRate checkout`, then for each alert what happened, what it does to users, the runbook, the dashboard
 * and the queries to begin with.
 *
 * @see https://prometheus.io/docs/alerting/latest/notifications/
 */
export function messageTemplates(environment: Environment): string {
  return `{{ define "plinth.about" -}}
{{ with .CommonLabels.service }}{{ . }}{{ else }}{{ with .CommonLabels.namespace }}{{ . }}{{ else }}{{ with .CommonLabels.node }}{{ . }}{{ else }}${environment.cluster.name}{{ end }}{{ end }}{{ end }}
{{- end }}

{{ define "plinth.subject" -}}
[${environment.name} {{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] {{ with .CommonLabels.alertname }}{{ . }}{{ else }}{{ .Alerts | len }} alerts{{ end }}
{{- with .CommonLabels.service }} {{ . }}{{ end }}
{{- with .CommonLabels.namespace }} in {{ . }}{{ end }}
{{- with .CommonLabels.node }} on {{ . }}{{ end }}
{{- end }}

{{ define "plinth.runbook" }}{{ with .CommonAnnotations.runbook_url }}{{ . }}{{ else }}{{ (index .Alerts 0).Annotations.runbook_url }}{{ end }}{{ end }}

{{ define "plinth.dashboard" }}{{ with .CommonAnnotations.dashboard_url }}{{ . }}{{ else }}{{ (index .Alerts 0).Annotations.dashboard_url }}{{ end }}{{ end }}

{{ define "plinth.text" -}}
{{ range $index, $alert := .Alerts }}{{ if lt $index ${shownAlerts} -}}
{{ $alert.Labels.severity }}: {{ $alert.Annotations.summary }}
{{ $alert.Annotations.description }}
{{ with $alert.Annotations.impact }}Impact: {{ . }}
{{ end }}{{ with $alert.Annotations.runbook_url }}Runbook: {{ . }}
{{ end }}{{ with $alert.Annotations.dashboard_url }}Dashboard: {{ . }}
{{ end }}{{ with $alert.Annotations.logs_query }}Logs: {{ . }}
{{ end }}{{ with $alert.Annotations.traces_query }}Traces: {{ . }}
{{ end }}
{{ end }}{{ end }}
{{- end }}

{{ define "plinth.queries" -}}
{{ range $index, $alert := .Alerts }}{{ if lt $index 1 -}}
{{ with $alert.Annotations.logs_query }}Logs: {{ . }}
{{ end }}{{ with $alert.Annotations.traces_query }}Traces: {{ . }}
{{ end }}{{ end }}{{ end }}
{{- end }}

{{ define "plinth.slack.color" }}{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}{{ end }}

{{ define "plinth.slack.text" -}}
{{ range $index, $alert := .Alerts }}{{ if lt $index ${shownAlerts} -}}
*{{ $alert.Labels.severity }}* {{ $alert.Annotations.summary }}
{{ $alert.Annotations.description }}
{{ with $alert.Annotations.impact }}_{{ . }}_
{{ end }}{{ with $alert.Annotations.runbook_url }}<{{ . }}|Runbook>{{ end }}{{ with $alert.Annotations.dashboard_url }} · <{{ . }}|Dashboard>{{ end }}
{{ with $alert.Annotations.logs_query }}Logs: \`{{ . }}\`
{{ end }}{{ with $alert.Annotations.traces_query }}Traces: \`{{ . }}\`
{{ end }}
{{ end }}{{ end }}
{{- end }}

{{ define "plinth.email.html" -}}
<h3>{{ template "plinth.subject" . }}</h3>
<table cellpadding="6">
{{ range .Alerts }}<tr><td valign="top"><b>{{ .Labels.severity }}</b></td><td><b>{{ .Annotations.summary }}</b><br>{{ .Annotations.description }}<br>
{{ with .Annotations.runbook_url }}<a href="{{ . }}">Runbook</a>{{ end }}{{ with .Annotations.dashboard_url }} · <a href="{{ . }}">Dashboard</a>{{ end }}
{{ with .Annotations.logs_query }}<br>Logs: <code>{{ . }}</code>{{ end }}{{ with .Annotations.traces_query }}<br>Traces: <code>{{ . }}</code>{{ end }}</td></tr>
{{ end }}</table>
{{- end }}

{{ define "plinth.pagerduty.severity" -}}
{{ if eq .CommonLabels.severity "info" "warning" }}{{ .CommonLabels.severity }}{{ else }}critical{{ end }}
{{- end }}
`;
}
