import { defineService, type ServiceInput } from "@plinth/core";

export const accounting: ServiceInput = defineService({
  name: "accounting",
  team: "data",
  description: "Books the orders",
  tier: "medium",
  language: "dotnet",
  consumes: ["kafka/orders"],
  stores: ["astronomy-db"],
});
