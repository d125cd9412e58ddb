/**
 * Trivy Operator: its reports as numbers, by severity Critical, High, Medium, Low or Unknown. `namespace` is that of the workload where the scrape honours labels.
 *
 * @see https://github.com/aquasecurity/trivy-operator/blob/main/pkg/metrics/collector.go
 */
export const trivyMetrics = {
  trivy_image_vulnerabilities: {
    type: "gauge",
    unit: "count",
    labels: [
      "namespace",
      "name",
      "resource_kind",
      "resource_name",
      "container_name",
      "image_registry",
      "image_repository",
      "image_tag",
      "image_digest",
      "severity",
    ],
    help: "Known vulnerabilities of a container's image.",
  },
  trivy_image_exposedsecrets: {
    type: "gauge",
    unit: "count",
    labels: [
      "namespace",
      "name",
      "resource_kind",
      "resource_name",
      "container_name",
      "image_registry",
      "image_repository",
      "image_tag",
      "image_digest",
      "severity",
    ],
    help: "Secrets that lie readable in a container's image.",
  },
  trivy_resource_configaudits: {
    type: "gauge",
    unit: "count",
    labels: ["namespace", "name", "resource_kind", "resource_name", "severity"],
    help: "Checks of its configuration that a workload fails.",
  },
  trivy_clusterrole_clusterrbacassessments: {
    type: "gauge",
    unit: "count",
    labels: ["name", "resource_kind", "resource_name", "severity"],
    help: "Checks that a ClusterRole fails.",
  },
} as const;
