import { apiServer, page, port, type Software, scraped } from "../software.ts";

const charts = "https://github.com/argoproj/argo-helm/tree/main/charts";

export const argo: readonly Software[] = [
  {
    name: "argo-rollouts",
    sources: ["https://argo-rollouts.readthedocs.io/en/stable/features/controller-metrics/", `${charts}/argo-rollouts`],
    ports: { metrics: scraped(8090) },
    // An analysis asks Prometheus.
    connects: [apiServer, port("prometheus/web")],
  },
  {
    // Server and controller as one group of pods.
    name: "argo-workflows",
    sources: [`${charts}/argo-workflows`],
    ports: { web: page(2746), metrics: scraped(9090) },
    connects: [apiServer],
  },
  {
    name: "argo-workflows-server",
    sources: [`${charts}/argo-workflows/templates/server`],
    ports: { web: page(2746) },
    connects: [apiServer],
  },
  {
    name: "argo-workflows-workflow-controller",
    sources: [
      "https://argo-workflows.readthedocs.io/en/latest/metrics/",
      `${charts}/argo-workflows/templates/controller`,
    ],
    ports: { metrics: scraped(9090) },
    connects: [apiServer],
  },
];
