import { defineService } from "@plinth/core";

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
});
