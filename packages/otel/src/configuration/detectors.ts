import { type CollectorVersion, isSince } from "./collector-version.ts";
import type { CollectorComponent, Options } from "./component.ts";

/** Detectors of `resource_detection` that a release has given another name. */
const renamed: Readonly<Record<string, { readonly formerly: string; readonly until: CollectorVersion }>> = {
  k8s_api: { formerly: "k8snode", until: "0.154" },
};

/**
 * A detector of `resource_detection` in the spelling of a release.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/main/CHANGELOG.md
 */
export function detectorSpelling(detector: string, version: CollectorVersion): string {
  const { formerly, until } = renamed[detector] ?? {};
  return formerly === undefined || until === undefined || isSince(version, until) ? detector : formerly;
}

/** Today's name of a detector, whichever release's is given. */
export function currentDetector(detector: string): string {
  return Object.entries(renamed).find(([, { formerly }]) => formerly === detector)?.[0] ?? detector;
}

/** A component's options in the spelling of a release: of the detectors that it names. */
export function spelledOptions({ type, plain, options }: CollectorComponent, version: CollectorVersion): Options {
  const { detectors } = options;
  if (type !== "resource_detection" || plain === true || !Array.isArray(detectors)) return options;
  return {
    ...options,
    detectors: detectors.map((detector: Options[string]) =>
      typeof detector === "string" ? detectorSpelling(detector, version) : detector,
    ),
  };
}
