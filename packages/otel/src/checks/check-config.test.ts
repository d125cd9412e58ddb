import { describe, expect, it } from "vitest";
import type { CollectorConfig, PipelineConfig } from "../configuration/collector-config.ts";
import { checkConfig } from "./check-config.ts";

const limits = { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 25 };
const policies = [{ name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } }];

/** A configuration that has every component which the pipelines of a test name. */
function collector(
  pipelines: Readonly<Record<string, PipelineConfig>>,
  changes: Partial<CollectorConfig> = {},
): CollectorConfig {
  const known: CollectorConfig = {
    receivers: { otlp: { protocols: { grpc: null } }, host_metrics: { scrapers: { cpu: {} } } },
    processors: {
      memory_limiter: limits,
      batch: {},
      k8s_attributes: {},
      resource: { attributes: [{ key: "a", value: "b", action: "upsert" }] },
      tail_sampling: { policies },
      probabilistic_sampler: {},
    },
    connectors: { forward: {}, "forward/second": {}, span_metrics: {} },
    exporters: {
      debug: {},
      otlp_grpc: { endpoint: "tempo:4317" },
      prometheus_remote_write: { endpoint: "http://p/write" },
    },
    service: { pipelines },
    ...changes,
  };
  const named = new Set([
    ...Object.values(pipelines).flatMap(({ receivers, processors = [], exporters }) => [
      ...receivers,
      ...processors,
      ...exporters,
    ]),
    ...Object.values(changes).flatMap((section) => Object.keys(section)),
  ]);
  const kept = (section: CollectorConfig["receivers"] = {}): CollectorConfig["receivers"] =>
    Object.fromEntries(Object.entries(section).filter(([id]) => named.has(id)));
  return {
    ...known,
    receivers: kept(known.receivers),
    processors: kept(known.processors),
    connectors: kept(known.connectors),
    exporters: kept(known.exporters),
  };
}

const good: readonly (readonly [string, CollectorConfig])[] = [
  [
    "one pipeline",
    collector({ traces: { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: ["otlp_grpc"] } }),
  ],
  [
    "three signals of one receiver",
    collector({
      traces: { receivers: ["otlp"], exporters: ["debug"] },
      metrics: { receivers: ["otlp", "host_metrics"], exporters: ["debug"] },
      logs: { receivers: ["otlp"], exporters: ["debug"] },
    }),
  ],
  [
    "span metrics before sampling",
    collector({
      "traces/in": { receivers: ["otlp"], processors: ["memory_limiter"], exporters: ["span_metrics", "forward"] },
      "traces/kept": { receivers: ["forward"], processors: ["tail_sampling", "batch"], exporters: ["otlp_grpc"] },
      metrics: { receivers: ["span_metrics"], exporters: ["prometheus_remote_write"] },
    }),
  ],
  [
    "one connector for two signals",
    collector({
      "traces/in": { receivers: ["otlp"], exporters: ["forward"] },
      "traces/out": { receivers: ["forward"], exporters: ["debug"] },
      "logs/in": { receivers: ["otlp"], exporters: ["forward"] },
      "logs/out": { receivers: ["forward"], exporters: ["debug"] },
    }),
  ],
];

const bad: readonly (readonly [string, CollectorConfig, readonly (readonly [path: string, message: string])[]])[] = [
  [
    "a type that does not exist",
    collector({ traces: { receivers: ["otpl"], exporters: ["debug"] } }, { receivers: { otpl: {} } }),
    [["receivers.otpl", '"otpl" is not a receiver that Plinth knows']],
  ],
  [
    "a component that is not configured",
    collector({ traces: { receivers: ["otlp"], exporters: ["otlp_grpc/tempo"] } }),
    [["service.pipelines.traces.exporters[0]", '"otlp_grpc/tempo" is not configured']],
  ],
  [
    "an extension that is not configured",
    collector(
      { traces: { receivers: ["otlp"], exporters: ["debug"] } },
      {
        service: { extensions: ["health_check"], pipelines: { traces: { receivers: ["otlp"], exporters: ["debug"] } } },
      },
    ),
    [["service.extensions[0]", '"health_check" is not configured']],
  ],
  [
    "a receiver of another signal",
    collector({ traces: { receivers: ["host_metrics"], exporters: ["debug"] } }),
    [["service.pipelines.traces.receivers[0]", "the receiver host_metrics emits no traces"]],
  ],
  [
    "a processor of another signal",
    collector({ logs: { receivers: ["otlp"], processors: ["tail_sampling"], exporters: ["debug"] } }),
    [["service.pipelines.logs.processors[0]", "the processor tail_sampling carries no logs"]],
  ],
  [
    "an exporter of another signal",
    collector({ traces: { receivers: ["otlp"], exporters: ["prometheus_remote_write"] } }),
    [["service.pipelines.traces.exporters[0]", "the exporter prometheus_remote_write takes no traces"]],
  ],
  [
    "a connector that makes another signal",
    collector({
      "traces/in": { receivers: ["otlp"], exporters: ["span_metrics"] },
      "traces/out": { receivers: ["span_metrics"], exporters: ["debug"] },
    }),
    [
      ["service.pipelines.traces/out.receivers[0]", "the connector span_metrics emits no traces"],
      [
        "service.pipelines.traces/in.exporters[0]",
        "the connector span_metrics joins the pipeline traces/in with none that it could",
      ],
      [
        "service.pipelines.traces/out.receivers[0]",
        "the connector span_metrics joins the pipeline traces/out with none that it could",
      ],
    ],
  ],
  [
    "a connector without an end",
    collector({ traces: { receivers: ["otlp"], exporters: ["forward", "debug"] } }),
    [["connectors.forward", "what goes into the connector forward comes out nowhere"]],
  ],
  [
    "a connector without a beginning",
    collector({ traces: { receivers: ["otlp", "forward"], exporters: ["debug"] } }),
    [["connectors.forward", "nothing goes into the connector forward"]],
  ],
  [
    "a pipeline that feeds itself",
    collector({
      "traces/a": { receivers: ["otlp", "forward/second"], exporters: ["forward"] },
      "traces/b": { receivers: ["forward"], exporters: ["forward/second", "debug"] },
    }),
    [
      ["service.pipelines.traces/a", "the pipeline traces/a feeds itself through the connector forward/second"],
      ["service.pipelines.traces/b", "the pipeline traces/b feeds itself through the connector forward"],
    ],
  ],
  [
    "a pipeline of no signal",
    collector({ spans: { receivers: ["otlp"], exporters: ["debug"] } }),
    [["service.pipelines.spans", '"spans" begins with no signal']],
  ],
  [
    "a pipeline without ends",
    collector({ traces: { receivers: [], exporters: [] } }),
    [
      ["service.pipelines.traces.receivers", "nothing comes into the pipeline traces"],
      ["service.pipelines.traces.exporters", "nothing leaves the pipeline traces"],
    ],
  ],
  ["no pipeline", collector({}), [["service.pipelines", "there is no pipeline"]]],
  [
    "a processor twice",
    collector({ traces: { receivers: ["otlp"], processors: ["batch", "batch"], exporters: ["debug"] } }),
    [["service.pipelines.traces.processors", "the processor batch stands in the pipeline traces more than once"]],
  ],
  [
    "the memory limiter not first",
    collector({ traces: { receivers: ["otlp"], processors: ["resource", "memory_limiter"], exporters: ["debug"] } }),
    [["service.pipelines.traces.processors[1]", "memory_limiter stands after resource"]],
  ],
  [
    "sampling after batch",
    collector({
      traces: { receivers: ["otlp"], processors: ["memory_limiter", "batch", "tail_sampling"], exporters: ["debug"] },
    }),
    [["service.pipelines.traces.processors[2]", "tail_sampling stands after batch, and leaves it half-empty batches"]],
  ],
  [
    "pod attributes after batch",
    collector({
      traces: { receivers: ["otlp"], processors: ["memory_limiter", "batch", "k8s_attributes"], exporters: ["debug"] },
    }),
    [
      [
        "service.pipelines.traces.processors[2]",
        "k8s_attributes asks from whom the data came, and batch has put it together",
      ],
    ],
  ],
  [
    "span metrics of what was kept",
    collector({
      traces: { receivers: ["otlp"], processors: ["tail_sampling"], exporters: ["span_metrics", "otlp_grpc"] },
      metrics: { receivers: ["span_metrics"], exporters: ["debug"] },
    }),
    [
      [
        "service.pipelines.traces.exporters[0]",
        "the connector span_metrics counts what tail_sampling in the pipeline traces has kept",
      ],
    ],
  ],
  [
    "span metrics of what was kept, a pipeline further on",
    collector({
      "traces/kept": { receivers: ["otlp"], processors: ["probabilistic_sampler"], exporters: ["forward"] },
      "traces/out": { receivers: ["forward"], exporters: ["span_metrics"] },
      metrics: { receivers: ["span_metrics"], exporters: ["debug"] },
    }),
    [
      [
        "service.pipelines.traces/out.exporters[0]",
        "the connector span_metrics counts what probabilistic_sampler in the pipeline traces/kept has kept",
      ],
    ],
  ],
  [
    "a receiver that listens to nothing",
    collector({ traces: { receivers: ["otlp"], exporters: ["debug"] } }, { receivers: { otlp: { protocols: {} } } }),
    [["receivers.otlp.protocols", "the receiver listens to no protocol"]],
  ],
  [
    "limits that contradict each other",
    collector(
      { traces: { receivers: ["otlp"], processors: ["memory_limiter"], exporters: ["debug"] } },
      { processors: { memory_limiter: { check_interval: "1s", limit_percentage: 50, spike_limit_percentage: 50 } } },
    ),
    [["processors.memory_limiter.spike_limit_percentage", "is 50, and the limit is 50"]],
  ],
  [
    "a memory limiter without a limit",
    collector(
      { traces: { receivers: ["otlp"], processors: ["memory_limiter"], exporters: ["debug"] } },
      { processors: { memory_limiter: {} } },
    ),
    [
      ["processors.memory_limiter.check_interval", "the memory is never looked at"],
      ["processors.memory_limiter.limit_percentage", "there is no limit"],
    ],
  ],
  [
    "a share above one",
    collector(
      { traces: { receivers: ["otlp"], processors: ["tail_sampling"], exporters: ["debug"] } },
      {
        processors: {
          tail_sampling: {
            policies: [{ name: "share", type: "probabilistic", probabilistic: { sampling_percentage: 1000 } }],
          },
        },
      },
    ),
    [["processors.tail_sampling.policies[0].probabilistic.sampling_percentage", "is 1000"]],
  ],
  [
    "two policies of one name",
    collector(
      { traces: { receivers: ["otlp"], processors: ["tail_sampling"], exporters: ["debug"] } },
      { processors: { tail_sampling: { policies: [...policies, ...policies] } } },
    ),
    [["processors.tail_sampling.policies[1].name", 'two policies are called "errors"']],
  ],
  [
    "a sampler without policies",
    collector(
      { traces: { receivers: ["otlp"], processors: ["tail_sampling"], exporters: ["debug"] } },
      { processors: { tail_sampling: { policies: [] } } },
    ),
    [["processors.tail_sampling.policies", "there is no policy: every trace is dropped"]],
  ],
  [
    "an exporter without an endpoint",
    collector({ traces: { receivers: ["otlp"], exporters: ["otlp_grpc"] } }, { exporters: { otlp_grpc: {} } }),
    [["exporters.otlp_grpc.endpoint", "there is nowhere to send to"]],
  ],
  [
    "load balancing with two sources of back ends",
    collector(
      { traces: { receivers: ["otlp"], exporters: ["load_balancing"] } },
      { exporters: { load_balancing: { resolver: { dns: { hostname: "s" }, static: { hostnames: ["s"] } } } } },
    ),
    [["exporters.load_balancing.resolver", "has dns and static"]],
  ],
];

const useless: readonly (readonly [string, CollectorConfig, readonly (readonly [path: string, message: string])[]])[] =
  [
    [
      "a processor that no pipeline uses",
      collector({ traces: { receivers: ["otlp"], exporters: ["debug"] } }, { processors: { batch: {} } }),
      [["processors.batch", "the processor batch is configured, and no pipeline uses it"]],
    ],
    [
      "an extension that is not switched on",
      collector({ traces: { receivers: ["otlp"], exporters: ["debug"] } }, { extensions: { health_check: {} } }),
      [
        [
          "extensions.health_check",
          "the extension health_check is configured, and service.extensions does not name it",
        ],
      ],
    ],
    [
      "a name that the release has replaced",
      collector(
        { traces: { receivers: ["otlp"], exporters: ["otlp/tempo"] } },
        { exporters: { "otlp/tempo": { endpoint: "tempo:4317" } } },
      ),
      [["exporters.otlp/tempo", "the exporter otlp is called otlp_grpc since 0.144"]],
    ],
  ];

describe("the checks of a configuration", () => {
  it.each(good)("take %s", (_, config) => {
    expect(checkConfig(config)).toEqual([]);
  });

  it.each(bad)("refuse %s", (_, config, expected) => {
    const findings = checkConfig(config);
    expect(findings.map(({ path, message }) => [path, message])).toEqual(expected);
    expect(findings.map(({ severity }) => severity)).toEqual(expected.map(() => "error"));
  });

  it.each(useless)("warn of %s", (_, config, expected) => {
    const findings = checkConfig(config);
    expect(findings.map(({ path, message }) => [path, message])).toEqual(expected);
    expect(findings.map(({ severity }) => severity)).toEqual(expected.map(() => "warning"));
  });

  it("say the right spelling for an older release", () => {
    const config = collector({ traces: { receivers: ["otlp"], processors: ["k8s_attributes"], exporters: ["debug"] } });
    expect(checkConfig(config, "0.158")).toEqual([]);
    expect(checkConfig(config, "0.145").map(({ message, example }) => [message, example])).toEqual([
      [
        "the processor k8s_attributes is called k8sattributes before 0.146, and this collector is 0.145",
        "k8sattributes",
      ],
    ]);
  });

  it("report everything at once", () => {
    const config = collector({
      traces: { receivers: ["host_metrics"], processors: ["batch", "memory_limiter"], exporters: ["otlp_grpc/gone"] },
    });
    expect(checkConfig(config).map(({ path }) => path)).toEqual([
      "service.pipelines.traces.exporters[0]",
      "service.pipelines.traces.receivers[0]",
      "service.pipelines.traces.processors[1]",
      "service.pipelines.traces.processors[1]",
    ]);
  });
});
