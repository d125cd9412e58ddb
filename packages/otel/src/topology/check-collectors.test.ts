import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { debug } from "../exporters/debug.ts";
import { loadBalancing } from "../exporters/load-balancing.ts";
import type { CollectorWorkload } from "../operator/collector-workload.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { tailSampling } from "../processors/tail-sampling.ts";
import { otlp } from "../receivers/otlp.ts";
import { keepErrors } from "../tail-sampling/policy.ts";
import { checkCollectors, checkEveryEnvironment } from "./check-collectors.ts";

const resources = { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } };
const common = { namespace: "telemetry", labels: {}, image: "contrib", resources } as const;
const sampler = (replicas: number): CollectorWorkload => ({
  ...common,
  name: "sampler",
  collector: compileCollector({
    pipelines: [pipeline("traces", from(otlp()), [memoryLimiter(), tailSampling([keepErrors()])], to(debug()))],
  }),
  runs: { mode: "statefulset", replicas },
});
const balancer = (by: "traceID" | "service", hostname: string): CollectorWorkload => ({
  ...common,
  name: "balancer",
  collector: compileCollector({
    pipelines: [
      pipeline("traces", from(otlp()), [memoryLimiter()], to(loadBalancing({ by, backends: { dns: { hostname } } }))),
    ],
  }),
  runs: { mode: "deployment", replicas: 2 },
});
const host = "sampler-collector-headless.telemetry.svc";

describe("collectors that sample", () => {
  it("get all spans of a trace where the platform's own do", () => {
    const platform = examplePlatform();
    expect(checkEveryEnvironment(platform)).toEqual([]);
  });

  it("need nobody who balances when they are one", () => expect(checkCollectors([sampler(1)])).toEqual([]));

  it.each([
    ["nobody balances", [sampler(2)]],
    ["traces are balanced by service", [sampler(2), balancer("service", host)]],
    ["others are balanced to", [sampler(2), balancer("traceID", "other-collector-headless.telemetry.svc")]],
  ])("are told when they are several and %s", (_, workloads) => {
    expect(checkCollectors(workloads)).toMatchObject([
      {
        resource: "opentelemetry.io/v1beta1/OpenTelemetryCollector telemetry/sampler",
        path: "spec.config.processors.tail_sampling",
      },
    ]);
  });

  it("are fine when traces are balanced to them", () =>
    expect(checkCollectors([sampler(2), balancer("traceID", host)])).toEqual([]));
});
