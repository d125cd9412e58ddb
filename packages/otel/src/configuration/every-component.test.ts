import { describe, expect, it } from "vitest";
import { checkCollectorConfig, checkConfig } from "../checks/check-config.ts";
import { optionShapes } from "../checks/option-shapes.ts";
import { sectionNames } from "./collector-config.ts";
import type { CollectorVersion } from "./collector-version.ts";
import { compileCollector } from "./compile.ts";
import { typeOf } from "./component.ts";
import { componentTypes } from "./component-types.ts";
import { everyComponent } from "./every-component.fixture.ts";

/** Types that Plinth knows and has no factory for: they are given as plain data. */
const withoutFactory = [
  "groupbytrace",
  "interval",
  "metrics_transform",
  "prometheus",
  "zipkin",
  "file",
  "nop",
  "pprof",
  "headers_setter",
  "memory_limiter",
];

describe("every component", () => {
  const { config, findings } = compileCollector(everyComponent);

  it("is written with options that it has, of the right types, and within its limits", () => {
    expect(findings).toEqual([]);
    expect(checkCollectorConfig(JSON.parse(JSON.stringify(config)))).toEqual([]);
  });

  it("has a factory, or is known to have none", () => {
    const used = new Set(sectionNames.flatMap((name) => Object.keys(config[name] ?? {}).map(typeOf)));
    const known = Object.values(componentTypes).flatMap((types) => Object.keys(types));
    expect(known.filter((type) => !used.has(type) && !withoutFactory.includes(type))).toEqual([]);
  });

  it("has options that are known", () => {
    const unknown = Object.entries(componentTypes).flatMap(([kind, types]) =>
      Object.keys(types).filter((type) => Reflect.get(Object(Reflect.get(optionShapes, kind)), type) === undefined),
    );
    // Neither is in a distribution whose options could be asked for.
    expect(unknown).toEqual(["pprof", "memory_limiter"]);
  });

  it("is spelled for any release, and read back in it", () => {
    for (const version of [
      "0.140",
      "0.145",
      "0.150",
      "0.153",
      "0.156",
      "0.158",
      "0.170",
    ] satisfies CollectorVersion[]) {
      const spelled = compileCollector({ ...everyComponent, version });
      expect(spelled.findings).toEqual([]);
      expect(checkConfig(spelled.config, version)).toEqual([]);
    }
  });

  it("is warned of in another release's spelling", () => {
    const old = compileCollector({ ...everyComponent, version: "0.140" }).config;
    const found = checkConfig(old, "0.158");
    expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(["warning"]));
    expect(found.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "exporters.otlp",
        "processors.k8sattributes",
        "processors.resourcedetection.detectors[1]",
      ]),
    );
  });
});
