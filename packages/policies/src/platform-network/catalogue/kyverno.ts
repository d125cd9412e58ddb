import { apiServer, type Software, scraped, webhook } from "../software.ts";

const chart = "https://github.com/kyverno/kyverno/tree/v1.19.1/charts/kyverno/templates";

export const kyverno: readonly Software[] = [
  {
    // All controllers as one group of pods.
    name: "kyverno",
    sources: [chart],
    ports: { https: webhook(9443), metrics: scraped(8000) },
    connects: [apiServer],
  },
  {
    name: "kyverno-admission-controller",
    sources: [`${chart}/admission-controller`],
    ports: { https: webhook(9443), metrics: scraped(8000) },
    connects: [apiServer],
  },
  {
    name: "kyverno-background-controller",
    sources: [`${chart}/background-controller`],
    ports: { metrics: scraped(8000) },
    connects: [apiServer],
  },
  {
    // Cleanup policies have a webhook of their own.
    name: "kyverno-cleanup-controller",
    sources: [`${chart}/cleanup-controller`],
    ports: { https: webhook(9443), metrics: scraped(8000) },
    connects: [apiServer],
  },
  {
    name: "kyverno-reports-controller",
    sources: [`${chart}/reports-controller`],
    ports: { metrics: scraped(8000) },
    connects: [apiServer],
  },
];
