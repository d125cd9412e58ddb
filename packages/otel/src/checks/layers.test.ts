import { describe, expect, it } from "vitest";
import { compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { serviceGraph } from "../connectors/service-graph.ts";
import { debug } from "../exporters/debug.ts";
import { type LoadBalancingOptions, loadBalancing } from "../exporters/load-balancing.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { tailSampling } from "../processors/tail-sampling.ts";
import { otlp } from "../receivers/otlp.ts";
import { keepErrors } from "../tail-sampling/policy.ts";
import { type CollectorInLayers, checkBalancing } from "./layers.ts";

const sampler = (replicas: number): CollectorInLayers => ({
  name: "sampler",
  replicas,
  hosts: ["sampler-headless.opentelemetry.svc"],
  config: compileCollector({
    pipelines: [pipeline("traces", from(otlp()), [tailSampling([keepErrors()])], to(debug()))],
  }).config,
});
const balancer = (options: LoadBalancingOptions): CollectorInLayers => ({
  name: "balancer",
  replicas: 2,
  hosts: ["balancer.opentelemetry.svc"],
  config: compileCollector({ pipelines: [pipeline("traces", from(otlp()), [], to(loadBalancing(options)))] }).config,
});
const hostname = "sampler-headless.opentelemetry.svc.cluster.local";

describe("collectors that need whole traces", () => {
  it("have one before them that balances by trace", () => {
    for (const backends of [
      { dns: { hostname } },
      { kubernetes: { service: "sampler-headless.opentelemetry" } },
      { static: ["sampler-0.sampler-headless.opentelemetry.svc:4317"] },
    ])
      expect(checkBalancing([balancer({ backends }), sampler(3)])).toEqual([]);
  });

  it("need none when they are alone", () => {
    expect(checkBalancing([sampler(1)])).toEqual([]);
  });

  it("are found without", () => {
    expect(checkBalancing([sampler(3)])).toMatchObject([
      { code: "conflicting-fields", severity: "error", path: "sampler.processors.tail_sampling" },
    ]);
    expect(
      checkBalancing([balancer({ backends: { dns: { hostname: "elsewhere.opentelemetry.svc" } } }), sampler(3)]),
    ).toHaveLength(1);
    expect(checkBalancing([balancer({ by: "service", backends: { dns: { hostname } } }), sampler(3)])).toHaveLength(1);
    const spread = compileCollector({
      pipelines: [pipeline("traces", from(otlp()), [], to(otlpGrpc({ endpoint: `${hostname}:4317` })))],
    });
    expect(checkBalancing([{ ...sampler(1), name: "spread", config: spread.config }, sampler(3)])).toHaveLength(1);
  });

  it("are those that pair spans, too", () => {
    const { config } = compileCollector({
      pipelines: [
        pipeline("traces", from(otlp()), [], to(serviceGraph())),
        pipeline("metrics", from(serviceGraph()), [], to(debug())),
      ],
    });
    expect(checkBalancing([{ ...sampler(2), config }]).map(({ path }) => path)).toEqual([
      "sampler.connectors.service_graph",
    ]);
  });
});
