import { defineDataStore } from "@plinth/core";

export const astronomyDb = defineDataStore({
  name: "astronomy-db",
  team: "data",
  engine: "postgresql",
  port: 5432,
  placements: {
    development: "in-cluster",
    staging: { cidrs: ["10.20.64.0/24"] },
    production: { cidrs: ["10.30.64.0/24"] },
  },
});

export const valkeyCart = defineDataStore({
  name: "valkey-cart",
  team: "backend",
  engine: "valkey",
  port: 6379,
  placements: {
    development: "in-cluster",
    staging: { cidrs: ["10.20.65.0/24"] },
    production: { cidrs: ["10.30.65.0/24"] },
  },
});

export const kafka = defineDataStore({
  name: "kafka",
  team: "data",
  engine: "kafka",
  port: 9092,
  topics: ["orders"],
  placements: {
    development: "in-cluster",
    staging: { cidrs: ["10.20.66.0/24"] },
    production: { cidrs: ["10.30.66.0/24"] },
  },
});

export const dataStores = [astronomyDb, valkeyCart, kafka];
