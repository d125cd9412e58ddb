import { defineService } from "@plinth/core";

export const accounting = defineService({
  name: "accounting",
  team: "data",
  description: "Books the orders",
  tier: "medium",
  language: "dotnet",
  consumes: ["kafka/orders"],
  stores: ["astronomy-db"],
});
