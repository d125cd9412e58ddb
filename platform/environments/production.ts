import { defineEnvironment } from "@plinth/core";
import { officeHours } from "../office-hours.ts";
import { backends, dashboards } from "./backends.ts";

export const production = defineEnvironment({
  name: "production",
  production: true,
  cluster: {
    name: "shop-production",
    kubernetes: "1.36",
    account: "333344445555",
    region: "eu-central-1",
    workloadIdentity: "pod-identity",
  },
  network: {
    vpc: ["10.30.0.0/16"],
    services: "172.20.0.0/16",
    clusterDns: "172.20.0.10",
    nodeLocalDns: "169.254.20.10",
    apiServer: ["10.30.0.0/24"],
  },
  access: {
    writers: "delivery",
    authentication: { by: "access-entries", nodeRoles: ["KarpenterNodeRole-shop-production"] },
  },
  delivery: { sync: "approval", windows: [{ schedule: "0 8 * * 1-4", duration: "8h", timeZone: "Europe/Berlin" }] },
  admission: { enforce: "all", podSecurity: { enforce: "restricted", audit: "restricted", warn: "restricted" } },
  telemetry: {
    sampling: { critical: 20, high: 15, medium: 10, low: 10 },
    // Each run of a synthetic test is looked at.
    keep: [{ attribute: "user_agent.synthetic.type", values: ["test"] }],
    retention: "30d",
    backends,
  },
  paging: {
    critical: "pagerduty",
    warning: "chat",
    info: "email",
    businessHours: officeHours,
    maintenance: [
      {
        name: "managed-database-window",
        because: "AWS patches the managed database and restarts it.",
        days: ["sunday"],
        from: "02:00",
        to: "03:00",
        teams: ["data"],
        severities: ["warning", "info"],
      },
    ],
  },
  dashboards,
});
