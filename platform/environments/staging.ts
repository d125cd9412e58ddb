import { defineEnvironment } from "@plinth/core";
import { backends, dashboards } from "./backends.ts";

export const staging = defineEnvironment({
  name: "staging",
  cluster: { name: "shop-staging", kubernetes: "1.36", account: "222233334444", region: "eu-central-1" },
  network: {
    vpc: ["10.20.0.0/16"],
    services: "172.20.0.0/16",
    clusterDns: "172.20.0.10",
    nodeLocalDns: "169.254.20.10",
    apiServer: ["10.20.0.0/24"],
  },
  access: {
    writers: "developers",
    // Not yet moved to access entries.
    authentication: { by: "aws-auth", nodeRoles: ["shop-staging-nodes"] },
  },
  delivery: { sync: "automatic" },
  admission: { enforce: "baseline", podSecurity: { enforce: "baseline", audit: "restricted", warn: "restricted" } },
  telemetry: {
    sampling: { critical: 50, high: 50, medium: 50, low: 50 },
    retention: "15d",
    backends,
    instrument: "every-service",
  },
  paging: { critical: "chat", warning: "chat", info: "none" },
  dashboards,
});
