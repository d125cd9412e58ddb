import { isRecord } from "@plinth/core";
import { type SectionName, sectionNames } from "../configuration/collector-config.ts";

/** Types of components that a collector's binary holds, by section. */
export type Distribution = Readonly<Record<SectionName, readonly string[]>>;

/**
 * What a binary holds, from what `otelcol components` says, read as YAML. Sections that it does not list are empty.
 *
 * @example
 * distributionOf({ receivers: [{ name: "otlp" }], exporters: [{ name: "debug" }] }).receivers; // ["otlp"]
 */
export function distributionOf(listing: unknown): Distribution {
  const types = (name: SectionName): readonly string[] => {
    const entries = isRecord(listing) ? listing[name] : undefined;
    return Array.isArray(entries)
      ? entries.flatMap((entry: unknown) =>
          isRecord(entry) && typeof entry["name"] === "string" ? [entry["name"]] : [],
        )
      : [];
  };
  const held: Distribution = { receivers: [], processors: [], connectors: [], exporters: [], extensions: [] };
  return { ...held, ...Object.fromEntries(sectionNames.map((name) => [name, types(name)])) };
}
