import type { TelemetryInput } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { type Edit, modelEdits, production, service } from "../whole/model-edits.fixture.ts";

const tempo = { name: "tempo", kind: "otlp-grpc", endpoint: "tempo-distributor.monitoring.svc:4317" } as const;

function telemetry(changes: Partial<TelemetryInput>): Edit {
  return production((each) => ({ telemetry: { ...each.telemetry, ...changes } }));
}

function backends(changes: Partial<TelemetryInput["backends"]>): Edit {
  return production((each) => ({
    telemetry: { ...each.telemetry, backends: { ...each.telemetry.backends, ...changes } },
  }));
}

const { told, unmirrored } = modelEdits(
  "service-level-objectives",
  "otel-agent",
  "otel-cluster",
  "otel-gateway",
  "otel-gateway-sampling",
  "instrumentation",
  "service-telemetry",
  "service-monitors",
);

const edits: readonly (readonly [name: string, edit: Edit, said: readonly string[]])[] = [
  [
    "fewer traces of a tier are kept",
    telemetry({ sampling: { critical: 10, high: 15, medium: 10, low: 10 } }),
    ["sampling-reduced: traces of tier critical are kept to 10 %, not to 20 %: 2 times fewer"],
  ],
  [
    "more of all traces are kept",
    telemetry({ sampling: { critical: 20, high: 15, medium: 12, low: 12 } }),
    ["sampling-increased: other traces are kept to 12 %, not to 10 %: 1.2 times more"],
  ],
  [
    "every trace is kept",
    telemetry({ sampling: { critical: 100, high: 100, medium: 100, low: 100 } }),
    [
      "sampling-increased: other traces are kept to 100 %, not to 10 %: 10 times more",
      "sampling-increased: traces of tier critical are kept to 100 %, not to 20 %: 5 times more",
      "sampling-increased: traces of tier high are kept to 100 %, not to 15 %: 6.7 times more",
    ],
  ],
  [
    "slow is what takes longer",
    telemetry({ slowerThan: "5s" }),
    ["slow-traces-from-later: slow traces are all kept from 5 s on, not from 2 s on"],
  ],
  [
    "some traces are all kept",
    telemetry({ keep: [{ attribute: "app.order.type", values: ["large"] }] }),
    ["sampling-guarantee-added: traces with app.order.type=large are all kept"],
  ],
  [
    "traces go to a vendor, too",
    backends({ traces: [tempo, { name: "vendor", kind: "otlp-grpc", endpoint: "otlp.vendor.example.net:443" }] }),
    [
      "telemetry-leaves-cluster: traces of otel-gateway-sampling go to otlp.vendor.example.net:443, outside of the cluster",
    ],
  ],
  [
    "traces go elsewhere in the cluster",
    backends({ traces: "jaeger-collector.tracing.svc:4317" }),
    [
      "telemetry-destination-added: traces of otel-gateway-sampling go to jaeger-collector.tracing.svc:4317",
      "telemetry-destination-removed: traces of otel-gateway-sampling go no more to tempo-distributor.monitoring.svc:4317",
    ],
  ],
  [
    "a mask is taken away",
    telemetry({ redaction: { allow: [{ name: "cookie", because: "The shop needs it." }] } }),
    ["redaction-loosened: redaction in otel-gateway masks less: cookie is masked no more"],
  ],
  [
    "values of a kind are masked no more",
    telemetry({ redaction: { allow: [{ name: "email", because: "The shop needs it." }] } }),
    ["redaction-loosened: redaction in otel-gateway masks less: email is masked no more and 1 longer expression"],
  ],
  [
    "another key is masked",
    telemetry({ redaction: { keys: ["customer_number"] } }),
    ["redaction-tightened: redaction in otel-gateway masks more: customer_number is masked"],
  ],
  [
    "an older protocol is taken",
    telemetry({ accepts: ["zipkin"] }),
    [
      "instrumentation-changed (backend/checkout): telemetry variables are set to other values",
      "instrumentation-changed (backend/mailer): telemetry variables are set to other values",
      "instrumentation-changed: instrumentation nodejs works in another way",
      "instrumentation-changed: instrumentation sdk-grpc works in another way",
      "instrumentation-changed: instrumentation sdk-http works in another way",
      "telemetry-receiver-added: traces of otel-agent come in from zipkin",
    ],
  ],
  [
    "something more is scraped",
    telemetry({ scrapes: [{ job: "legacy", targets: ["billing.legacy.svc:9100"] }] }),
    ["telemetry-receiver-added: metrics of otel-cluster come in from prometheus"],
  ],
  [
    "a service has no metrics any more",
    service("checkout", { ports: { grpc: { port: 5050, protocol: "grpc" } } }),
    ["scraping-removed (backend/checkout): metrics of the service are scraped no more"],
  ],
  [
    "a service is instrumented from outside",
    service("mailer", { language: "java" }),
    [
      "instrumentation-added: instrumentation java is offered to pods",
      "instrumentation-removed (backend/mailer): telemetry variables are gone: its own SDK reads them no more",
      "instrumentation-removed: instrumentation sdk-http is gone: pods that ask for it are not instrumented",
    ],
  ],
  ["metrics stay longer", telemetry({ retention: "60d" }), []],
];

describe("Consequences for telemetry", () => {
  test.each(edits)("%s", (_, edit, said) => {
    expect(told(edit)).toEqual(said);
    expect(unmirrored(edit)).toEqual([]);
  });
});
