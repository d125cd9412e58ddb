/** Which packages each room may import: the table of the architecture. An import that is not here is a defect. */
export const allowedImports: Readonly<Record<string, readonly string[]>> = {
  "packages/core": [],
  "packages/metrics": ["core"],
  "packages/rbac": ["core"],
  "packages/policies": ["core"],
  "packages/otel": ["core", "metrics"],
  "packages/alerts": ["core", "metrics"],
  "packages/slo": ["core", "metrics", "alerts"],
  "packages/dashboards": ["core", "metrics"],
  "packages/kubeconform": ["core"],
  "apps/gitops-render": ["core", "metrics", "rbac", "policies", "otel", "alerts", "slo", "dashboards", "kubeconform"],
};
