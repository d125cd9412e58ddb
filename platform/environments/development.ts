import { defineEnvironment } from "@plinth/core";
import { backends, dashboards } from "./backends.ts";

export const development = defineEnvironment({
  name: "development",
  cluster: { name: "shop-development", kubernetes: "1.36", account: "111122223333", region: "eu-central-1" },
  network: {
    vpc: ["10.10.0.0/16"],
    services: "172.20.0.0/16",
    clusterDns: "172.20.0.10",
    nodeLocalDns: "169.254.20.10",
    apiServer: ["10.10.0.0/24"],
  },
  access: {
    writers: "developers",
    exec: true,
    authentication: { by: "access-entries", nodeRoles: ["KarpenterNodeRole-shop-development"] },
  },
  delivery: { sync: "automatic" },
  admission: { enforce: "none", podSecurity: { enforce: "privileged", audit: "restricted", warn: "restricted" } },
  telemetry: {
    sampling: { critical: 100, high: 100, medium: 100, low: 100 },
    retention: "7d",
    backends,
    redaction: {
      allow: [
        {
          name: "email",
          because: "Accounts of development are made up, and their addresses are how one finds a trace.",
        },
      ],
    },
    instrument: "every-service",
  },
  paging: { critical: "none", warning: "none", info: "none" },
  dashboards,
});
