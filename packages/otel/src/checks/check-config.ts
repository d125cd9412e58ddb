import type { Finding } from "@plinth/core";
import { type CollectorConfig, isCollectorConfig } from "../configuration/collector-config.ts";
import { type CollectorVersion, defaultCollectorVersion } from "../configuration/collector-version.ts";
import { type CheckedConfig, noPlainTypes, type PlainTypes, readConfig } from "./checked-config.ts";
import { checkComponentTypes, checkConfiguredComponents, checkUsedComponents } from "./components.ts";
import { checkDetectors } from "./detectors.ts";
import { checkOptionTypes } from "./option-types.ts";
import { checkOptions } from "./options.ts";
import { checkBatching, checkMemoryLimiter, checkSampling } from "./order.ts";
import { checkReferences, checkRoutes } from "./references.ts";
import { checkSecrets } from "./secrets.ts";
import { checkConnectors, checkCycles, checkPipelines, checkSignals } from "./signals.ts";
import { structureFindings, withoutEmpty } from "./structure.ts";

/** Each looks at one idea; all of them run, so that no finding hides another. */
const checks: readonly ((checked: CheckedConfig) => Finding[])[] = [
  checkComponentTypes,
  checkConfiguredComponents,
  checkUsedComponents,
  checkPipelines,
  checkSignals,
  checkConnectors,
  checkCycles,
  checkMemoryLimiter,
  checkBatching,
  checkSampling,
  checkDetectors,
  checkReferences,
  checkRoutes,
  checkOptionTypes,
  checkOptions,
  checkSecrets,
];

/**
 * What is wrong with a collector's configuration, whoever wrote it: types that do not exist, signals that a component does not carry, orders that lose
 * data, connectors that lead nowhere, components that nothing uses, names that the collector's release does not know.
 *
 * @param version the collector's release; 0.158 when left out
 * @returns findings whose `path` is the place in the configuration: `service.pipelines.traces.processors[1]`
 * @example
 * checkConfig({
 *   receivers: { otlp: { protocols: { grpc: null } } },
 *   exporters: { debug: {} },
 *   service: { pipelines: { traces: { receivers: ["otlp"], exporters: ["debug"] } } },
 * }); // []
 */
export function checkConfig(config: CollectorConfig, version: CollectorVersion = defaultCollectorVersion): Finding[] {
  return checkConfigWith(config, version, noPlainTypes);
}

/**
 * Reads a configuration that somebody wrote, whatever it is: a YAML document as it was parsed. It is checked as `checkConfig` does once it has the structure
 * of a configuration; what keeps it from having one is found before, all of it at once.
 *
 * @param version the collector's release; 0.158 when left out
 * @returns findings whose `path` is the place in the document
 * @example
 * checkCollectorConfig({ receivers: { otlp: { protocols: { grpc: null } } }, exporter: { debug: {} } }).map(({ path }) => path); // ["exporters", "service", "exporter"]
 */
export function checkCollectorConfig(
  document: unknown,
  version: CollectorVersion = defaultCollectorVersion,
): Finding[] {
  const findings = structureFindings(document);
  const config = withoutEmpty(document);
  return findings.length > 0 || !isCollectorConfig(config) ? findings : checkConfig(config, version);
}

/** As `checkConfig`, where some types were given as plain data. */
export function checkConfigWith(config: CollectorConfig, version: CollectorVersion, plainTypes: PlainTypes): Finding[] {
  const checked = readConfig(config, version, plainTypes);
  return checks.flatMap((check) => check(checked));
}
