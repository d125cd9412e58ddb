import { environmentNamed, type Platform, plan, type ServiceInput } from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import type { CollectorConfig } from "../configuration/collector-config.ts";
import { flowComponents } from "./flow-components.ts";
import type { Flowchart } from "./mermaid.ts";
import { sendersIn } from "./senders.ts";
import { signalChart } from "./signal-chart.ts";
import { type Station, stationsIn } from "./station.ts";

function textsOf({ groups, nodes }: Flowchart): readonly string[] {
  return [...groups.flatMap((group) => group.nodes), ...nodes].map(({ lines }) => lines.join("\n"));
}

/** The ids of the boxes on the way that begins at a box, as long as there is one way. */
function wayFrom({ groups, nodes, edges }: Flowchart, begin: string): readonly string[] {
  const all = [...groups.flatMap((group) => group.nodes), ...nodes];
  const idOf = new Map(all.map(({ key, lines }) => [key, lines[0] ?? ""]));
  const way: string[] = [];
  let keys = all.filter(({ lines }) => lines[0] === begin).map(({ key }) => key);
  while (keys.length === 1 && keys[0] !== undefined && way.length < 50) {
    const key = keys[0];
    way.push(idOf.get(key) ?? "");
    keys = edges.filter(({ from }) => from === key).map(({ to }) => to);
  }
  return way;
}

const station = (name: string, config: Partial<CollectorConfig> & Pick<CollectorConfig, "service">): Station => ({
  name,
  what: "",
  hosts: [`${name}.svc`],
  config: { receivers: {}, exporters: {}, ...config },
});

describe("the picture of a signal", () => {
  const first = station("first", {
    receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } } },
    processors: { memory_limiter: { limit_percentage: 80 }, redaction: { blocked_values: ["a", "b"] } },
    exporters: { "otlp_grpc/next": { endpoint: "second.svc:4317", sending_queue: { storage: "file_storage" } } },
    service: {
      pipelines: {
        traces: { receivers: ["otlp"], processors: ["memory_limiter", "redaction"], exporters: ["otlp_grpc/next"] },
      },
    },
  });
  const second = station("second", {
    receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } } },
    connectors: { span_metrics: {}, "forward/kept": {} },
    exporters: {
      otlp_grpc: { endpoint: "tempo.svc:4317" },
      prometheus_remote_write: { endpoint: "http://p.svc/write" },
    },
    service: {
      pipelines: {
        "traces/in": { receivers: ["otlp"], exporters: ["span_metrics", "forward/kept"] },
        "traces/kept": { receivers: ["forward/kept"], exporters: ["otlp_grpc"] },
        metrics: { receivers: ["span_metrics"], exporters: ["prometheus_remote_write"] },
      },
    },
  });
  const sender = { lines: ["Go", "cart"], host: "first.svc", port: 4317, protocol: "OTLP/gRPC" };

  it("goes through the components in their order, and from one collector to the next", () => {
    const chart = signalChart("traces", [first, second], [sender]);
    expect(wayFrom(chart, "Go")).toEqual(["Go", "otlp", "memory_limiter", "redaction", "otlp_grpc/next", "otlp"]);
    expect(wayFrom(chart, "forward/kept")).toEqual(["forward/kept", "otlp_grpc", "tempo.svc:4317"]);
    expect(chart.edges.map(({ label }) => label ?? "").filter((label) => label !== "")).toEqual([
      "OTLP/gRPC :4317",
      "OTLP/gRPC :4317",
      "OTLP/gRPC :4317",
    ]);
  });

  it("says what components do, and where one signal becomes another", () => {
    expect(textsOf(signalChart("traces", [first, second], [sender]))).toEqual(
      expect.arrayContaining([
        "otlp\ngRPC :4317",
        "memory_limiter\nrefuses above 80 % of its memory",
        "redaction\n0 patterns of keys\n2 patterns of values",
        "otlp_grpc/next\nqueue on disk",
        "span_metrics\nbecomes metrics",
      ]),
    );
    expect(wayFrom(signalChart("metrics", [first, second], [sender]), "span_metrics")).toEqual([
      "span_metrics",
      "prometheus_remote_write",
      "http://p.svc/write",
    ]);
  });

  it("leaves out senders whose port nobody listens on", () => {
    const chart = signalChart("traces", [first], [{ ...sender, port: 9411 }]);
    expect(chart.nodes.map(({ lines }) => lines[0])).toEqual(["second.svc:4317"]);
  });
});

describe("the picture of a platform", () => {
  const platform = examplePlatform();
  const production = environmentNamed(platform, "production");
  const chartsOf = (of: Platform, name: string) => {
    const environment = environmentNamed(of, name);
    const [stations, senders] = [stationsIn(of, environment), sendersIn(of, environment)];
    return {
      traces: signalChart("traces", stations, senders),
      metrics: signalChart("metrics", stations, senders),
      logs: signalChart("logs", stations, []),
    };
  };

  it("loses no signal: every box but an end leads on, to a box that is there", () => {
    for (const chart of Object.values(chartsOf(platform, "production"))) {
      const boxes = [...chart.groups.flatMap(({ nodes }) => nodes), ...chart.nodes];
      const known = new Set(boxes.map(({ key }) => key));
      for (const { from, to } of chart.edges) expect([known.has(from), known.has(to)]).toEqual([true, true]);
      const dead = boxes.filter(({ key, shape }) => shape !== "store" && !chart.edges.some(({ from }) => from === key));
      // What becomes another signal goes on in that one's picture.
      for (const { lines } of dead) expect(lines.join(" ")).toMatch(/becomes/);
    }
  });

  it("ends at the back ends of the environment", () => {
    const { traces, metrics, logs } = chartsOf(platform, "production");
    const endsOf = ({ nodes }: Flowchart): readonly string[] =>
      nodes.filter(({ shape }) => shape === "store").flatMap(({ lines }) => lines);
    expect(endsOf(traces)).toEqual(["tempo-distributor.monitoring.svc:4317"]);
    expect(endsOf(metrics)).toEqual(["http://prometheus-operated.monitoring.svc:9090/api/v1/write"]);
    expect(endsOf(logs)).toEqual(["http://loki-gateway.monitoring.svc/otlp"]);
  });

  it("begins at services by language, and at what is still to be moved", () => {
    const { telemetry } = exampleProduction();
    const moving = examplePlatform({
      environments: [exampleDevelopment(), exampleProduction({ telemetry: { ...telemetry, accepts: ["zipkin"] } })],
    });
    const { traces } = chartsOf(moving, "production");
    const begins = traces.nodes.filter(({ shape }) => shape === "source").map(({ lines }) => lines.join(": "));
    expect(begins).toEqual(["Go: checkout", "Node.js: frontend", "Ruby: mailer", "still to be moved"]);
    expect(wayFrom(traces, "still to be moved")[1]).toBe("zipkin");
  });

  it("shows the shares of the sampler", () => {
    const texts = textsOf(chartsOf(platform, "production").traces).join("\n");
    expect(texts).toContain("tier-critical: 20 %");
    expect(texts).toContain("errors: all");
    expect(sendersIn(platform, production).length).toBeGreaterThan(0);
  });
});

describe("the pages", () => {
  it("are one for each environment, with a picture for each signal", () => {
    const { files, findings } = plan(examplePlatform(), flowComponents);
    expect(findings).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual([
      "docs/telemetry/flow-development.md",
      "docs/telemetry/flow-production.md",
    ]);
    const pages = flowComponents.flatMap((component) => component.documents?.(examplePlatform()) ?? []);
    for (const { text } of pages) expect(text.match(/^```mermaid$/gm)).toHaveLength(3);
  });

  it("name services that send nothing, and pages of metrics with who scrapes them", () => {
    const { services } = examplePlatformInput();
    const silent: ServiceInput = {
      name: "page",
      team: "frontend",
      tier: "low",
      language: "nginx",
      instrumentation: "none",
    };
    const [page] = flowComponents.flatMap(
      (component) => component.documents?.(examplePlatform({ services: [...services, silent] })) ?? [],
    );
    expect(page?.text).toContain("Nothing is sent by page.");
    expect(page?.text).toContain("checkout :9464");
    expect(page?.text).toContain('|"scraped"|');
  });
});
