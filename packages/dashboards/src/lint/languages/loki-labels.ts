/**
 * Labels of Loki's streams. The collectors send logs by OTLP, and Loki makes labels of these resource attributes unless its configuration says
 * otherwise; every other attribute is structured metadata, which stands after a `|`.
 *
 * @see https://grafana.com/docs/loki/latest/send-data/otel/#format-considerations
 * @see https://github.com/grafana/loki/blob/main/pkg/loghttp/push/otlp_config.go
 */
export const lokiLabels: ReadonlySet<string> = new Set([
  "service_name",
  "service_namespace",
  "service_instance_id",
  "deployment_environment",
  "deployment_environment_name",
  "cloud_region",
  "cloud_availability_zone",
  "k8s_cluster_name",
  "k8s_namespace_name",
  "k8s_pod_name",
  "k8s_container_name",
  "container_name",
  "k8s_replicaset_name",
  "k8s_deployment_name",
  "k8s_statefulset_name",
  "k8s_daemonset_name",
  "k8s_cronjob_name",
  "k8s_job_name",
]);
