import { defineService } from "@plinth/core";
import { availability, freshness } from "@plinth/slo";

export const accounting = defineService({
  name: "accounting",
  team: "data",
  description: "Books the orders",
  tier: "medium",
  language: "dotnet",
  consumes: ["kafka/orders"],
  stores: ["astronomy-db"],
  // The queue asks for a role instead of a password: MSK with IAM access control.
  cloudRole: "shop-accounting",
  needs: { cpu: "100m", memory: "256Mi", replicas: { development: 1, staging: 1, production: 2 } },
  traffic: { requestsPerSecond: { development: 0.2, staging: 2, production: 20 } },
  // Books that are an hour behind are found out at the end of the day.
  promises: [availability(99), freshness({ objective: 99, within: "1h", alerts: "ticket" })],
});
