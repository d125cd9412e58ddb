import type { EditCase } from "./consequences-edits.ts";
import { service } from "./consequences-edits.ts";

/** Who may talk to whom. */
export const connectionCases: readonly EditCase[] = [
  {
    what: "a service calls another one",
    edit: service("shipping", { calls: ["quote", "flagd/grpc", "cart"] }),
    told: [
      "medium | all environments | connection-opened-between-teams | shipping → cart:7070 opens",
      "medium | all environments | inhibition-added | alerts of shipping are quiet while a critical alert of cart fires",
      "none | all environments | dashboard-look-changed | *",
    ],
  },
  {
    what: "a service calls another one no more",
    edit: service("shipping", { calls: ["flagd/grpc"] }),
    told: [
      "high | all environments | connection-closed-in-team | shipping → quote:8090 closes",
      "low | all environments | inhibition-removed | alerts of shipping are told while a critical alert of quote fires",
      "low | all environments | panels-removed | *",
      "none | all environments | dashboard-look-changed | *",
    ],
  },
  {
    what: "a service uses a data store",
    edit: service("shipping", { stores: ["astronomy-db"] }),
    told: [
      "high | production | connection-opened-to-outside | shipping → 10.30.64.0/24:5432 opens",
      "medium | staging | connection-opened-to-outside | shipping → 10.20.64.0/24:5432 opens",
      "low | development | connection-opened-between-teams | shipping → astronomy-db:5432 opens",
    ],
  },
  {
    what: "a service uses a data store no more",
    edit: service("product-catalog", { stores: [] }),
    told: [
      "high | production | connection-closed-to-outside | product-catalog → 10.30.64.0/24:5432 closes",
      "medium | staging | connection-closed-to-outside | product-catalog → 10.20.64.0/24:5432 closes",
      "medium | development | connection-closed-between-teams | product-catalog → astronomy-db:5432 closes",
    ],
  },
  {
    what: "a service reads a topic",
    edit: service("email", { consumes: ["kafka/orders"] }),
    told: [
      "high | production | connection-opened-to-outside | email → 10.30.66.0/24:9092 opens",
      "medium | staging | connection-opened-to-outside | email → 10.20.66.0/24:9092 opens",
      "low | development | connection-opened-between-teams | email → kafka:9092 opens",
      "low | all environments | dashboard-variables-changed | *",
      "low | all environments | panels-added | *",
    ],
  },
  {
    what: "a service calls a host outside",
    edit: service("shipping", {
      external: [{ host: "api.parcel.example.com", port: 443, cidrs: ["203.0.113.64/26"] }],
    }),
    told: ["high | all environments | connection-opened-to-outside | shipping → 203.0.113.64/26:443 opens"],
  },
  {
    what: "a service calls any public address",
    edit: service("quote", { external: [{ host: "hooks.example.com", port: 443, cidrs: "any-public" }] }),
    told: [
      "critical | all environments | connection-opened-to-anywhere | quote → anywhere outside:443 opens",
      "low | all environments | alert-added | DependencyFailing is a new alert (quote)",
      "low | all environments | dashboard-variables-changed | *",
      "low | all environments | panels-added | *",
    ],
  },
  {
    what: "a host outside has more addresses",
    edit: service("payment", {
      external: [{ host: "api.card-processor.example.com", port: 443, cidrs: ["203.0.113.0/24", "198.51.100.128/25"] }],
    }),
    told: ["high | all environments | connection-opened-to-outside | payment → 198.51.100.128/25:443 opens"],
  },
  {
    what: "a port has another number",
    edit: service("cart", { ports: { grpc: { port: 7071, protocol: "grpc" } } }),
    told: [
      "high | all environments | connection-closed-in-team | checkout → cart:7070 closes",
      "high | all environments | connection-closed-between-teams | frontend → cart:7070 closes",
      "medium | all environments | connection-opened-between-teams | frontend → cart:7071 opens",
      "low | all environments | connection-opened-in-team | checkout → cart:7071 opens",
    ],
  },
  {
    what: "a service is public",
    edit: service("image-provider", { publicPort: "http" }),
    told: [
      "medium | all environments | connection-opened-with-platform | istio-system/ingress → image-provider:8081 opens",
    ],
  },
  {
    what: "the public service is public no more",
    edit: service("frontend-proxy", { publicPort: undefined }),
    told: [
      "high | all environments | connection-closed-with-platform | istio-system/ingress → frontend-proxy:8080 closes",
      "low | production | panels-removed | *",
    ],
  },
  {
    what: "a data store moves to other addresses",
    edit: (platform) => ({
      ...platform,
      dataStores: (platform.dataStores ?? []).map((store) =>
        store.name === "valkey-cart"
          ? { ...store, placements: { ...store.placements, production: { cidrs: ["10.30.80.0/24"] } } }
          : store,
      ),
    }),
    told: [
      "high | production | connection-closed-to-outside | cart → 10.30.65.0/24:6379 closes",
      "high | production | connection-opened-to-outside | cart → 10.30.80.0/24:6379 opens",
    ],
  },
  {
    what: "a cluster has pods of its own network",
    edit: (platform) => ({
      ...platform,
      environments: platform.environments.map((each) =>
        each.name === "production"
          ? { ...each, network: { ...each.network, apiServer: ["10.30.0.0/24", "10.30.1.0/24"] } }
          : each,
      ),
    }),
    told: [
      "medium | production | connection-opened-to-api-server | argo-rollouts/argo-rollouts, argo-workflows/argo-workflows-server,*",
      "medium | production | connection-opened-to-api-server | flagd → API server (10.30.1.0/24) opens",
    ],
  },
];
