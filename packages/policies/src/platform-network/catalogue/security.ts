import { apiServer, port, publicPorts, type Software, scraped } from "../software.ts";

const trivy = "https://github.com/aquasecurity/trivy-operator/tree/main/deploy/helm/templates";

export const security: readonly Software[] = [
  {
    name: "falco",
    sources: ["https://github.com/falcosecurity/charts/tree/master/charts/falco"],
    ports: { http: scraped(8765) },
    connects: [apiServer, port("falcosidekick/http"), publicPorts([443], "the registry of rules and plugins")],
  },
  {
    name: "falcosidekick",
    sources: ["https://github.com/falcosecurity/charts/tree/master/charts/falcosidekick"],
    ports: { http: scraped(2801) },
    connects: [port("alertmanager/web"), port("loki/http"), port("loki-gateway/http")],
  },
  {
    name: "trivy-operator",
    sources: [`${trivy}/deployment.yaml`],
    ports: { metrics: scraped(8080) },
    connects: [apiServer, publicPorts([443], "the registries of its checks")],
  },
  {
    // The jobs that it starts for each image.
    name: "trivy-scan-jobs",
    sources: ["https://aquasecurity.github.io/trivy-operator/latest/docs/vulnerability-scanning/trivy/"],
    ports: {},
    connects: [apiServer, publicPorts([443], "the registries of images, and of known vulnerabilities")],
  },
];
