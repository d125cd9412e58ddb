import { describe, expect, test } from "vitest";
import { readOfObjects, toldOfObjects, unmirroredObjects } from "../whole/told.fixture.ts";

interface CollectorText {
  readonly endpoint?: string;
  readonly tls?: string;
  readonly queue?: number;
  readonly receivers?: string;
  readonly processors?: string;
  readonly image?: string;
  readonly interval?: string;
  readonly redaction?: string;
}

function collector(changes: CollectorText = {}): string {
  const { endpoint = "tempo.monitoring.svc:4317", tls = "{ ca_file: /ca.crt }", queue = 1000 } = changes;
  const { receivers = "[otlp]", processors = "[memory_limiter, redaction, batch]", interval = "1s" } = changes;
  const { image = "collector:0.158.0", redaction = "{ allow_all_keys: true, blocked_values: ['4[0-9]{15}'] }" } =
    changes;
  return `
apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
metadata: { name: gateway, namespace: opentelemetry }
spec:
  mode: deployment
  image: ${image}
  config:
    receivers: { otlp: {}, zipkin: {} }
    processors: { memory_limiter: { check_interval: ${interval} }, redaction: ${redaction}, batch: {} }
    exporters:
      otlp_grpc: { endpoint: '${endpoint}', tls: ${tls}, sending_queue: { queue_size: ${queue} } }
    service: { pipelines: { traces: { receivers: ${receivers}, processors: ${processors}, exporters: [otlp_grpc] } } }`;
}

const changes: readonly (readonly [name: string, before: string[], after: string[], said: readonly string[]])[] = [
  [
    "traces leave the cluster",
    [collector()],
    [collector({ endpoint: "user:secret@otlp.vendor.example.net:443" })],
    [
      "telemetry-destination-removed: traces of gateway go no more to tempo.monitoring.svc:4317",
      "telemetry-leaves-cluster: traces of gateway go to otlp.vendor.example.net:443, outside of the cluster",
    ],
  ],
  [
    "traces travel in the clear",
    [collector()],
    [collector({ tls: "{ insecure: true }" })],
    [
      "telemetry-transport-weakened: traces of gateway go to tempo.monitoring.svc:4317 in the clear, not encrypted, to a server that is checked",
    ],
  ],
  [
    "less may wait",
    [collector()],
    [collector({ queue: 100 })],
    ["telemetry-buffer-reduced: queue of otlp_grpc in gateway holds 100 requests, not 1000 requests"],
  ],
  [
    "a way in is closed",
    [collector({ receivers: "[otlp, zipkin]" })],
    [collector()],
    ["telemetry-receiver-removed: traces of gateway come in no more from zipkin"],
  ],
  [
    "a step is left out",
    [collector()],
    [collector({ processors: "[redaction, batch]" })],
    ["telemetry-processor-removed: traces of gateway pass no more memory_limiter"],
  ],
  [
    "nothing is masked",
    [collector()],
    [collector({ processors: "[memory_limiter, batch]" })],
    ["redaction-loosened: redaction in gateway masks less: traces are masked no more"],
  ],
  [
    "card numbers are not masked",
    [collector()],
    [collector({ redaction: "{ allow_all_keys: true, blocked_values: [] }" })],
    ["redaction-loosened: redaction in gateway masks less: 4[0-9]{15} is masked no more"],
  ],
  [
    "another version and another setting",
    [collector()],
    [collector({ image: "collector:0.159.0", interval: "5s" })],
    [
      "collector-settings-changed: gateway works with another setting",
      "collector-version-changed: gateway runs collector:0.159.0, not collector:0.158.0",
    ],
  ],
  ["a collector goes", [collector()], [], ["collector-removed: gateway is gone"]],
  [
    "a collector comes that sends to the outside",
    [],
    [collector({ endpoint: "otlp.vendor.example.net:443" })],
    [
      "collector-added: gateway is a new collector",
      "telemetry-leaves-cluster: traces of gateway go to otlp.vendor.example.net:443, outside of the cluster",
    ],
  ],
];

describe("Consequences for a collector", () => {
  test.each(changes)("%s", (_, before, after, said) => {
    expect(toldOfObjects(before, after)).toEqual(said);
    expect(unmirroredObjects(before, after)).toEqual([]);
  });

  test("settings are named one by one", () => {
    const [told] = readOfObjects([collector()], [collector({ interval: "5s" })]);
    expect(told?.details).toEqual(['processors.memory_limiter.check_interval: "5s", not "1s"']);
  });
});
