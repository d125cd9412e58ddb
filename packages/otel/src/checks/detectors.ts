import type { Finding } from "@plinth/core";
import { isOptions } from "../configuration/collector-config.ts";
import { type OptionValue, typeOf } from "../configuration/component.ts";
import { currentType } from "../configuration/component-types.ts";
import { currentDetector, detectorSpelling } from "../configuration/detectors.ts";
import type { CheckedConfig } from "./checked-config.ts";
import { report } from "./rule.ts";

/** Each detector of `resource_detection` has the name that the collector's release gives it. */
export function checkDetectors({ config, version }: CheckedConfig): Finding[] {
  return Object.entries(config.processors ?? {}).flatMap(([id, options]) => {
    if (currentType("processor", typeOf(id)) !== "resource_detection" || !isOptions(options ?? undefined)) return [];
    const named = options?.["detectors"];
    if (!Array.isArray(named)) return [];
    return named.flatMap((detector: OptionValue, index) => {
      if (typeof detector !== "string") return [];
      const spelled = detectorSpelling(currentDetector(detector), version);
      if (spelled === detector) return [];
      const isOld = currentDetector(detector) !== detector;
      return [
        report(isOld ? "current-name" : "known-component", `processors.${id}.detectors[${index}]`, {
          message: `the detector ${detector} is called ${spelled} in ${version}`,
          expected: spelled,
          example: spelled,
        }),
      ];
    });
  });
}
