import type { Language } from "@plinth/core";
import {
  bucketsOf,
  divide,
  histogramQuantile,
  type LabelOf,
  max,
  metric,
  rate,
  select,
  sum,
  sumOf,
} from "@plinth/metrics";
import type { Panel } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import { badAbove } from "../model/thresholds.ts";
import type { ServiceRow } from "./service-row.ts";

/** What a runtime's series of a service are selected by. */
interface RuntimeMatchers {
  readonly service_name: string;
  readonly deployment_environment_name: string;
}

const window = "$__rate_interval";
const by: readonly LabelOf<"go_goroutine_count">[] = ["k8s_pod_name"];
const legend = "{{k8s_pod_name}}";
const gcThresholds = badAbove({ warning: 0.05, bad: 0.2 });
const heapThresholds = badAbove({ warning: 0.8, bad: 0.95 });

const jvm = (of: RuntimeMatchers): readonly Panel[] => {
  const heap = { ...of, jvm_memory_type: "heap" };
  return [
    timeseries(
      "Heap, of its limit",
      divide(
        sum(select(metric("jvm_memory_used_bytes"), heap), { by }),
        sum(select(metric("jvm_memory_limit_bytes"), heap), { by }),
      ),
      {
        unit: "percentunit",
        min: 0,
        legend,
        thresholds: heapThresholds,
        description:
          "Share of the heap that is used. A saw is healthy; teeth that no longer go down are a leak, and garbage collections without end before it fails.",
      },
    ),
    timeseries(
      "Time in garbage collection",
      sum(rate(select(sumOf(metric("jvm_gc_duration_seconds")), of), window), { by }),
      {
        unit: "percentunit",
        min: 0,
        legend,
        thresholds: gcThresholds,
        description:
          "Share of the time that garbage collections take. Above 5 % answers get slower: more heap, or fewer objects.",
      },
    ),
    timeseries("Threads by state", sum(select(metric("jvm_thread_count"), of), { by: ["jvm_thread_state"] }), {
      unit: "short",
      min: 0,
      legend: "{{jvm_thread_state}}",
      stacked: true,
      description:
        "Threads of all pods. Many that are blocked wait for one lock; many that wait are a pool whose work hangs in a dependency.",
    }),
  ];
};

const nodejs = (of: RuntimeMatchers): readonly Panel[] => [
  timeseries("Event loop delay, p99", max(select(metric("nodejs_eventloop_delay_p99_seconds"), of), { by }), {
    unit: "s",
    min: 0,
    legend,
    thresholds: badAbove({ warning: 0.05, bad: 0.2 }),
    description:
      "How late the event loop is. Above 50 ms something computes too long in one turn, and every request of the pod waits for it.",
  }),
  timeseries("Event loop in use", max(select(metric("nodejs_eventloop_utilization_ratio"), of), { by }), {
    unit: "percentunit",
    min: 0,
    max: 1,
    legend,
    thresholds: badAbove({ warning: 0.7, bad: 0.9 }),
    description:
      "Share of its time in which the event loop works. Near 100 % a pod takes no more, whatever CPU it has: more pods, or less work for each request.",
  }),
  timeseries(
    "V8 heap and garbage collection",
    [
      query(
        "used",
        divide(
          sum(select(metric("v8js_memory_heap_used_bytes"), of), { by }),
          sum(select(metric("v8js_memory_heap_limit_bytes"), of), { by }),
        ),
        { legend: `heap used, ${legend}` },
      ),
      query("collection", sum(rate(select(sumOf(metric("v8js_gc_duration_seconds")), of), window), { by }), {
        legend: `time in collection, ${legend}`,
      }),
    ],
    {
      unit: "percentunit",
      min: 0,
      description:
        "Share of V8's heap that is used, and of the time that garbage collections take. Both that rise together are a leak.",
    },
  ),
];

const dotnet = (of: RuntimeMatchers): readonly Panel[] => [
  timeseries(
    "Exceptions by type",
    sum(rate(select(metric("dotnet_exceptions_total"), of), window), { by: ["error_type"] }),
    {
      unit: "cps",
      min: 0,
      legend: "{{error_type}}",
      stacked: true,
      description:
        "Exceptions that are thrown per second, also those that are caught. A type that is new since the last version is where to look first.",
    },
  ),
  timeseries("Managed heap", sum(select(metric("dotnet_gc_last_collection_heap_size_bytes"), of), { by }), {
    unit: "bytes",
    min: 0,
    legend,
    description:
      "What is on the heap after the last garbage collection, of each pod. A line that only rises is a leak.",
  }),
  timeseries(
    "Time in garbage collection",
    sum(rate(select(metric("dotnet_gc_pause_time_seconds_total"), of), window), { by }),
    {
      unit: "percentunit",
      min: 0,
      legend,
      thresholds: gcThresholds,
      description: "Share of the time in which garbage collections hold the program. Above 5 % answers get slower.",
    },
  ),
];

const go = (of: RuntimeMatchers): readonly Panel[] => [
  timeseries("Goroutines", sum(select(metric("go_goroutine_count"), of), { by }), {
    unit: "short",
    min: 0,
    legend,
    description:
      "Goroutines of each pod. A line that only rises is a leak, usually of requests that wait for a dependency without a timeout.",
  }),
  timeseries("Memory of the runtime", sum(select(metric("go_memory_used_bytes"), of), { by }), {
    unit: "bytes",
    min: 0,
    legend,
    description: "Memory that Go's runtime uses. Far below the container's: something outside of it takes memory.",
  }),
  timeseries(
    "Wait for a processor, p99",
    [
      query(
        "p99",
        histogramQuantile(
          0.99,
          sum(rate(select(bucketsOf(metric("go_schedule_duration_seconds")), of), window), { by: ["le", ...by] }),
        ),
        { legend, exemplars: true },
      ),
    ],
    {
      unit: "s",
      min: 0,
      thresholds: badAbove({ warning: 0.01, bad: 0.1 }),
      description:
        "How long goroutines that could run wait until they do. Above 10 ms the pod has too little CPU, or is held at its limit.",
    },
  ),
];

/**
 * What the OpenTelemetry instrumentation of a runtime tells. Python's agent of the operator measures no runtime, and there are no conventions for the others.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/runtime/
 */
const panelsOf: Readonly<Partial<Record<Language, (of: RuntimeMatchers) => readonly Panel[]>>> = {
  java: jvm,
  kotlin: jvm,
  nodejs,
  dotnet,
  go,
};

/**
 * What the service's runtime says of itself: heap, garbage collection, threads, event loop. None for languages whose instrumentation measures nothing of the sort, and
 * for services that are not instrumented.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "checkout") };
 * runtimeRow()(view)?.panels[0]?.title; // "Goroutines"
 */
export function runtimeRow(): ServiceRow {
  return ({ environment, service }) => {
    const panels = panelsOf[service.language];
    if (panels === undefined || service.instrumentation.mode === "none") return undefined;
    return row("Runtime", panels({ service_name: service.name, deployment_environment_name: environment.name }), {
      id: "runtime",
    });
  };
}
