import { environmentNamed, plan } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkConfig } from "../checks/check-config.ts";
import { type CollectorConfig, type SectionName, sectionNames } from "../configuration/collector-config.ts";
import { compileCollector } from "../configuration/compile.ts";
import { typeOf } from "../configuration/component.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { k8sAttributes } from "../processors/k8s-attributes.ts";
import { otlp } from "../receivers/otlp.ts";
import { agentCollector } from "../topology/agent.ts";
import { otelComponents } from "../topology/components.ts";
import { samplingGateway } from "../topology/sampling-gateway.ts";
import { collectorConfigOf } from "./collector-config-of.ts";
import { type Distribution, distributionOf } from "./distribution.ts";
import { judgeableConfig } from "./judgeable-config.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");

/** A distribution that holds everything that a configuration names. */
function everythingIn(config: CollectorConfig, without: readonly string[] = []): Distribution {
  const types = (name: SectionName): readonly string[] =>
    Object.keys(config[name] ?? {})
      .map(typeOf)
      .filter((type) => !without.includes(type));
  return {
    receivers: types("receivers"),
    processors: types("processors"),
    connectors: types("connectors"),
    exporters: types("exporters"),
    extensions: types("extensions"),
  };
}

describe("what a judge is asked", () => {
  it("is the configuration of each rendered collector", () => {
    const { files } = plan(platform, otelComponents);
    const collectors = files.flatMap(({ resource }) =>
      resource?.kind === "OpenTelemetryCollector" ? [collectorConfigOf(resource)] : [],
    );
    expect(collectors.length).toBeGreaterThanOrEqual(platform.environments.length * 2 + 1);
    expect(collectors).not.toContain(undefined);
  });

  it("is everything when the binary holds everything", () => {
    for (const environment of platform.environments) {
      const { config } = samplingGateway(platform, environment);
      expect(judgeableConfig(config, everythingIn(config))).toMatchObject({ config, leftOut: [], adapted: [] });
    }
  });

  it("leaves out a receiver that the binary does not hold, and says so", () => {
    const { config } = agentCollector(platform, production);
    const judged = judgeableConfig(config, everythingIn(config, ["kubelet_stats"]));
    expect(judged.leftOut).toEqual([{ path: "receivers.kubelet_stats", why: "the binary has no kubelet_stats" }]);
    expect(judged.config?.service.pipelines["metrics"]?.receivers).toEqual(["otlp", "host_metrics"]);
    expect(judged.adapted).toEqual([{ path: "receivers.host_metrics.root_path", was: "/hostfs", is: "/" }]);
    expect(judged.environment).toEqual(["K8S_NODE_IP", "K8S_NODE_NAME"]);
  });

  it("is asked in former names, too: the binary takes them and lists only today's", () => {
    const { config } = compileCollector({
      version: "0.140",
      pipelines: [pipeline("traces", from(otlp()), [k8sAttributes()], to(otlpGrpc({ endpoint: "tempo:4317" })))],
    });
    const held: Distribution = {
      receivers: ["otlp"],
      processors: ["k8s_attributes"],
      connectors: [],
      exporters: ["otlp_grpc"],
      extensions: [],
    };
    expect(judgeableConfig(config, held)).toMatchObject({ config, leftOut: [] });
  });

  it("leaves out what a missing connector joins", () => {
    const [environment] = platform.environments;
    if (environment === undefined) throw new Error("the example platform has an environment");
    const { config } = samplingGateway(platform, environment);
    const judged = judgeableConfig(config, everythingIn(config, ["forward"]));
    expect(judged.leftOut.map(({ path }) => path)).toEqual([
      "connectors.forward/sampling",
      "service.pipelines.traces/kept",
    ]);
    expect(Object.keys(judged.config?.service.pipelines ?? {})).toEqual(
      Object.keys(config.service.pipelines).filter((id) => id !== "traces/kept"),
    );
    const nothing = judgeableConfig(config, {
      receivers: [],
      processors: [],
      connectors: [],
      exporters: [],
      extensions: [],
    });
    expect(nothing.config).toBeUndefined();
  });

  it("knows what a binary holds from what it lists", () => {
    const listing = {
      buildinfo: { command: "otelcol" },
      receivers: [{ name: "otlp", stability: { traces: "Stable" } }, { name: "file_log" }],
      exporters: [{ name: "debug" }],
    };
    expect(distributionOf(listing)).toEqual({
      receivers: ["otlp", "file_log"],
      processors: [],
      connectors: [],
      exporters: ["debug"],
      extensions: [],
    });
    expect(distributionOf("nothing")).toEqual({
      receivers: [],
      processors: [],
      connectors: [],
      exporters: [],
      extensions: [],
    });
  });

  it("never names what is not there, whatever the binary holds", () => {
    const configs = [
      ...platform.environments.map((environment) => agentCollector(platform, environment).config),
      ...platform.environments.map((environment) => samplingGateway(platform, environment).config),
    ];
    // An extension that options name is looked for only when the collector starts: leaving it out is for the judge no matter.
    const sections = sectionNames.filter((name) => name !== "extensions");
    const types = [
      ...new Set(configs.flatMap((config) => sections.flatMap((name) => Object.keys(config[name] ?? {}).map(typeOf)))),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...configs), fc.subarray(types), (config, missing) => {
        const { config: judged, leftOut } = judgeableConfig(config, everythingIn(config, missing));
        const errors = judged === undefined ? [] : checkConfig(judged).filter(({ severity }) => severity === "error");
        expect(errors).toEqual([]);
        const held = sectionNames.flatMap((name) =>
          Object.keys(config[name] ?? {})
            .filter((id) => !missing.includes(typeOf(id)))
            .map((id) => `${name}.${id}`),
        );
        expect(leftOut.filter(({ path }) => held.includes(path))).toEqual([]);
      }),
    );
  });
});
