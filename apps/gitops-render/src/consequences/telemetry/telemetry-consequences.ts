import type { ConsequenceReader } from "../consequence.ts";
import { collectorChanges } from "./collector-changes.ts";
import { instrumentationChanges, scrapingChanges } from "./instrumentation-changes.ts";

/** What a change means for telemetry: what is kept, masked, and where it goes; who is instrumented and scraped. */
export const telemetryConsequences: ConsequenceReader = (comparison) =>
  comparison.environments.flatMap((environment) => [
    ...collectorChanges(comparison, environment),
    ...instrumentationChanges(comparison, environment),
    ...scrapingChanges(comparison, environment),
  ]);
