import { defineTeam } from "@plinth/core";
import { officeHours } from "./office-hours.ts";

const counts = { pods: 200, services: 50, loadBalancers: 2, persistentVolumeClaims: 20, storage: "500Gi" };
const small = { cpu: "10", memory: "20Gi", ...counts };
const standard = { cpu: "20", memory: "40Gi", ...counts };
const large = { cpu: "40", memory: "80Gi", ...counts, persistentVolumeClaims: 40, storage: "2Ti" };

export const platform = defineTeam({
  name: "platform",
  // The platform's own groups work on the clusters; these are the team's, for the services that it runs.
  groups: { admins: "platform-team-admins", developers: "platform-developers", viewers: "platform-team-viewers" },
  contact: { chat: "#team-platform", email: "platform@shop.example.com" },
  onCall: { pagerduty: "platform" },
  quotas: { development: small, staging: small, production: standard },
});

export const backend = defineTeam({
  name: "backend",
  contact: { chat: "#team-backend", email: "backend@shop.example.com" },
  onCall: { pagerduty: "backend" },
  quotas: { development: small, staging: small, production: standard },
  repositories: ["https://git.example.com/astronomy-shop/backend"],
  tenancy: {
    bindings: [
      {
        group: "customer-support",
        role: "namespace-viewer",
        environments: ["production"],
        because: "Answers shoppers who ask where their order is.",
      },
    ],
  },
});

export const frontend = defineTeam({
  name: "frontend",
  contact: { chat: "#team-frontend", email: "frontend@shop.example.com" },
  onCall: { pagerduty: "frontend" },
  quotas: { development: small, staging: small, production: standard },
});

export const data = defineTeam({
  name: "data",
  contact: { chat: "#team-data", email: "data@shop.example.com" },
  onCall: { pagerduty: "data" },
  quotas: { development: standard, staging: standard, production: large },
});

export const ml = defineTeam({
  name: "ml",
  contact: { chat: "#team-ml", email: "ml@shop.example.com" },
  // Nobody of the team is on call at night: whoever is for the platform is called then.
  onCall: { pagerduty: "ml", hours: officeHours },
  quotas: { development: standard, staging: standard, production: large },
});

export const integrations = defineTeam({
  name: "integrations",
  contact: { chat: "#team-integrations", email: "integrations@shop.example.com" },
  onCall: { pagerduty: "integrations" },
  quotas: { development: small, staging: small, production: standard },
});

export const teams = [platform, backend, frontend, data, ml, integrations];
