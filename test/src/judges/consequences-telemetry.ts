import type { EditCase } from "./consequences-edits.ts";
import { component, telemetry, together } from "./consequences-edits.ts";

/** What is kept of traces, metrics and logs, where they go, what is removed from them. */
export const telemetryCases: readonly EditCase[] = [
  {
    what: "fewer traces of what is critical",
    edit: telemetry("production", { sampling: { critical: 10, high: 15, medium: 10, low: 10 } }),
    told: [
      "medium | production | sampling-reduced | traces of tier critical are kept to 10 %, not to 20 %: 2 times fewer",
    ],
  },
  {
    what: "more traces of everything",
    edit: telemetry("staging", { sampling: { critical: 100, high: 100, medium: 100, low: 100 } }),
    told: ["low | staging | sampling-increased | traces are kept to 100 %, not to 50 %: 2 times more"],
  },
  {
    what: "synthetic tests are not kept",
    edit: telemetry("production", { keep: [] }),
    told: [
      "high | production | sampling-guarantee-removed | traces with user_agent.synthetic.type=test are not all kept any more",
    ],
  },
  {
    what: "slow is slower",
    edit: telemetry("production", { slowerThan: "5s" }),
    told: [
      "medium | production | slow-traces-from-later | slow traces are all kept from 5 s on, not from 2 s on",
      "low | production | panels-changed | *",
      "none | production | dashboard-look-changed | *",
    ],
  },
  {
    what: "traces go to a vendor",
    edit: together(
      component("otel-gateway", {
        connects: [{ host: "otlp.vendor.example.com", port: 443, cidrs: ["203.0.113.0/24"] }],
      }),
      telemetry("production", (before) => ({
        backends: { ...before.backends, traces: "otlp.vendor.example.com:443" },
      })),
    ),
    told: [
      "high | all environments | connection-opened-to-outside | opentelemetry/otel-gateway → 203.0.113.0/24:443 opens",
      "high | production | telemetry-destination-removed | traces of otel-gateway-sampling go no more to tempo-distributor.monitoring.svc:4317",
      "high | production | telemetry-leaves-cluster | traces of otel-gateway-sampling go to otlp.vendor.example.com:443, outside of the cluster",
    ],
  },
  {
    what: "e-mail addresses stay in production",
    edit: telemetry("production", { redaction: { allow: [{ name: "email", because: "Support looks for them." }] } }),
    told: [
      "critical | production | redaction-loosened | redaction in otel-gateway masks less: email is masked no more and 1 longer expression",
    ],
  },
  {
    what: "e-mail addresses are removed in development",
    edit: telemetry("development", { redaction: {} }),
    told: [
      "low | development | redaction-tightened | redaction in otel-gateway masks more: email is masked and 1 longer expression",
    ],
  },
  {
    what: "another key is removed",
    edit: telemetry("production", { redaction: { keys: ["shop\\.voucher"] } }),
    told: ["low | production | redaction-tightened | redaction in otel-gateway masks more: shop\\.voucher is masked"],
  },
  {
    what: "production instruments every service",
    edit: telemetry("production", { instrument: "every-service" }),
    told: [
      "medium | production | mutation-begins | policy inject-instrumentation begins to write into pods in team-backend, team-data, team-frontend,*",
    ],
  },
  {
    what: "staging instruments nothing by itself",
    edit: telemetry("staging", { instrument: "annotated-pods" }),
    told: [
      "low | staging | mutation-ends | policy inject-instrumentation stops writing into pods in team-backend, team-data, team-frontend, team-integrations,*",
    ],
  },
  { what: "metrics are kept for less long", edit: telemetry("production", { retention: "15d" }), told: [] },
  {
    what: "something else is scraped",
    edit: telemetry("production", { scrapes: [{ job: "billing", targets: ["billing.legacy.svc:9100"] }] }),
    told: ["low | production | telemetry-receiver-added | metrics of otel-cluster come in from prometheus"],
  },
];
