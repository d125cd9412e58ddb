import type { EditCase } from "./consequences-edits.ts";
import { service, withoutService, withService } from "./consequences-edits.ts";

/** Services that come, go, change hands, and what they say of themselves. */
export const serviceCases: readonly EditCase[] = [
  {
    what: "a service comes that nobody calls",
    edit: withService({
      name: "loyalty",
      team: "backend",
      tier: "medium",
      language: "go",
      ports: { grpc: { port: 7100, protocol: "grpc" } },
      calls: ["flagd/grpc"],
      needs: { cpu: "100m", memory: "128Mi", replicas: { development: 1, staging: 1, production: 2 } },
    }),
    told: ["medium | all environments | service-added | service loyalty comes"],
  },
  {
    what: "a service comes that the front end calls",
    edit: (platform) =>
      service("frontend", (before) => ({ calls: [...(before.calls ?? []), "loyalty"] }))(
        withService({
          name: "loyalty",
          team: "backend",
          tier: "high",
          language: "java",
          ports: { grpc: { port: 7100, protocol: "grpc" } },
        })(platform),
      ),
    told: ["medium | all environments | service-added | service loyalty comes"],
  },
  {
    what: "a service that nobody calls goes",
    edit: withoutService("load-generator"),
    told: ["medium | development and staging | service-removed | service load-generator goes"],
  },
  {
    what: "a service goes that others call",
    edit: (platform) =>
      service("frontend", (before) => ({ calls: (before.calls ?? []).filter((call) => call !== "ad") }))(
        withoutService("ad")(platform),
      ),
    told: [
      "high | all environments | service-removed | service ad goes",
      "medium | all environments | delivery-narrowed | project plinth-ml may no longer deliver PodMonitor.monitoring.coreos.com",
    ],
  },
  {
    what: "a service has another name",
    edit: (platform) =>
      service("shipping", (before) => ({
        calls: (before.calls ?? []).map((call) => (call === "quote" ? "estimate" : call)),
      }))(service("quote", { name: "estimate" })(platform)),
    told: [
      "high | all environments | service-removed | service quote goes",
      "medium | all environments | service-added | service estimate comes",
    ],
  },
  {
    what: "a service has another team",
    edit: service("currency", { team: "integrations" }),
    told: ["high | all environments | service-changed-team | service currency belongs to integrations, not to backend"],
  },
  {
    what: "a service runs in production, too",
    edit: service("load-generator", {
      environments: ["development", "staging", "production"],
      needs: { cpu: "500m", memory: "1536Mi", replicas: { development: 1, staging: 2, production: 1 } },
    }),
    told: ["medium | production | service-added | service load-generator comes"],
  },
  {
    what: "a service leaves development",
    edit: service("accounting", {
      environments: ["staging", "production"],
      needs: { cpu: "100m", memory: "256Mi", replicas: { staging: 1, production: 2 } },
      traffic: { requestsPerSecond: { staging: 2, production: 20 } },
    }),
    told: [
      "medium | development | cloud-role-lost | service account team-data/accounting no longer takes the cloud role arn:aws:iam::111122223333:role/shop-accounting",
      "medium | development | connection-closed-to-anywhere | accounting → anywhere outside:443 closes",
      "medium | development | service-removed | service accounting goes",
      "low | development | delivery-narrowed | project plinth-data may no longer deliver PrometheusRule.monitoring.coreos.com,*",
      "low | development | panels-removed | *",
      "other | development | removed Instrumentation of instrumentation",
    ],
  },
  {
    what: "a description is written anew",
    edit: service("cart", { description: "What a shopper wants to buy" }),
    told: ["none | all environments | dashboard-look-changed | *"],
  },
  {
    what: "a service is of a higher tier",
    edit: service("quote", { tier: "high" }),
    told: [
      "medium | all environments | alert-severity-raised | HighErrorRate is warning, not info (quote)",
      "medium | all environments | alert-severity-raised | HighLatency is warning, not info (quote)",
      "medium | all environments | objective-tightened | objective availability goes from 99 % to 99.5 %: the budget shrinks from 7 h 12 min to 3 h 36 min in 30 days (quote)",
      "medium | all environments | service-tier-raised | service quote is of the tier high, not low",
      "low | all environments | alert-more-sensitive | HighErrorRate fires above 5 %, not above 20 %: more sensitive (quote)",
      "low | all environments | alert-waits-less | HighErrorRate fires after 10 min, not after 30 min (quote)",
      "low | all environments | alert-more-sensitive | HighLatency fires above 2 s, not above 5 s: more sensitive (quote)",
      "low | all environments | alert-waits-less | HighLatency fires after 15 min, not after 1 h (quote)",
      "low | production | alert-added | TrafficDrop is a new alert (quote)",
      "low | all environments | objective-ticket-on | objective availability opens a ticket when its budget burns (quote)",
      "low | all environments | panels-changed | *",
    ],
  },
  {
    what: "a service is of a lower tier",
    edit: service("shipping", { tier: "low" }),
    told: [
      "high | all environments | alert-severity-lowered | DependencyFailing is info, not warning (shipping)",
      "high | all environments | alert-severity-lowered | HighErrorRate is info, not warning (shipping)",
      "high | all environments | alert-severity-lowered | HighLatency is info, not warning (shipping)",
      "high | all environments | objective-loosened | objective availability goes from 99.5 % to 99 %: the budget grows from 3 h 36 min to 7 h 12 min in 30 days (shipping)",
      "medium | all environments | alert-less-sensitive | DependencyFailing fires above 50 %, not above 20 %: less sensitive (shipping)",
      "medium | all environments | alert-waits-longer | DependencyFailing fires after 30 min, not after 10 min (shipping)",
      "medium | all environments | alert-less-sensitive | HighErrorRate fires above 20 %, not above 5 %: less sensitive (shipping)",
      "medium | all environments | alert-waits-longer | HighErrorRate fires after 30 min, not after 10 min (shipping)",
      "medium | all environments | alert-less-sensitive | HighLatency fires above 5 s, not above 2 s: less sensitive (shipping)",
      "medium | all environments | alert-waits-longer | HighLatency fires after 1 h, not after 15 min (shipping)",
      "medium | production | alert-removed | TrafficDrop is gone (shipping)",
      "medium | all environments | objective-ticket-off | objective availability opens a ticket no more when its budget burns (shipping)",
      "medium | all environments | service-tier-lowered | service shipping is of the tier low, not high",
      "low | all environments | panels-changed | *",
    ],
  },
  {
    what: "a service is asked more",
    edit: service("cart", { traffic: { requestsPerSecond: { development: 1, staging: 10, production: 900 } } }),
    told: [],
  },
  {
    what: "a service needs more in production",
    edit: service("checkout", {
      needs: { cpu: "500m", memory: "512Mi", replicas: { development: 1, staging: 2, production: 6 } },
    }),
    told: [],
  },
  { what: "a service is told to be deprecated", edit: service("quote", { lifecycle: "deprecated" }), told: [] },
  {
    what: "a service is instrumented by hand",
    edit: service("ad", { instrumentation: "manual" }),
    told: [
      "low | development and staging | mutation-changed | policy inject-instrumentation does it otherwise (variables.wanted)",
      "low | all environments | instrumentation-added | telemetry variables come: its own SDK reads them",
    ],
  },
  {
    what: "a service sends no telemetry",
    edit: service("recommendation", { instrumentation: "none" }),
    told: [
      "medium | all environments | instrumentation-removed | instrumentation python is gone: pods that ask for it are not instrumented",
      "low | development and staging | mutation-changed | policy inject-instrumentation does it otherwise (variables.wanted)",
      "low | all environments | panels-removed | *",
    ],
  },
  {
    what: "a service reads another object of the API server",
    edit: service("flagd", { kubernetesApi: { reads: ["configmaps/feature-flags", "secrets/flag-signing"] } }),
    told: [
      "high | all environments | account-gained-secrets | service account team-platform/flagd gains get, list, watch secrets named flag-signing in team-platform",
    ],
  },
  {
    what: "a service takes a cloud role",
    edit: service("email", { cloudRole: "shop-email" }),
    told: [
      "high | development and staging | connection-opened-to-anywhere | email → anywhere outside:443 opens",
      "medium | development | cloud-role-gained | service account team-integrations/email takes the cloud role arn:aws:iam::111122223333:role/shop-email",
      "medium | staging | cloud-role-gained | service account team-integrations/email takes the cloud role arn:aws:iam::222233334444:role/shop-email",
      "medium | production | connection-opened-with-platform | email → EKS Pod Identity:80 opens",
    ],
  },
  {
    what: "a service takes another cloud role",
    edit: service("checkout", { cloudRole: "shop-administrator" }),
    told: [
      "medium | development | cloud-role-changed | service account team-backend/checkout takes the cloud role*",
      "medium | staging | cloud-role-changed | service account team-backend/checkout takes the cloud role arn:aws:iam::222233334444:role/shop-administrator*",
    ],
  },
  {
    what: "metrics of a service are scraped more often",
    edit: service("ad", { metrics: [{ port: "metrics", interval: "15s", drop: ["jvm_buffer_.*"] }] }),
    told: ["low | all environments | scraping-changed | metrics of the service are scraped in another way (ad)"],
  },
];
