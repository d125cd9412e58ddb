import { emitYaml, type Resource } from "@plinth/core";
import { sidecarConfigMap } from "../outputs/sidecar-config-map.ts";
import type { DataSource } from "./data-source.ts";

/** By which the sidecar finds data sources: the default of Grafana's chart, `sidecar.datasources.label` and `labelValue`. */
export const dataSourceLabel = { name: "grafana_datasource", value: "1" } as const;

/**
 * Data sources as a file of provisioning, in a ConfigMap for the sidecar that Grafana's chart runs. What is secret stands in an environment variable of Grafana:
 * `secretVariable` says its name.
 *
 * @see https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources
 */
export function dataSourceConfigMap(namespace: string, sources: readonly DataSource[]): Resource {
  const file = { apiVersion: 1, prune: true, datasources: sources.map(provisioned) };
  return sidecarConfigMap({
    name: "grafana-data-sources",
    namespace,
    label: dataSourceLabel,
    file: "plinth.yaml",
    text: emitYaml(file),
  });
}

/**
 * The environment variable in which Grafana finds a value of a Secret.
 *
 * @example
 * secretVariable({ secret: "grafana-cloud", key: "token" }); // "GRAFANA_CLOUD_TOKEN"
 */
export function secretVariable({ secret, key }: { readonly secret: string; readonly key: string }): string {
  return `${secret}_${key}`.replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase();
}

function provisioned({ uid, name, type, url, isDefault, settings, headers, correlations }: DataSource): object {
  const entries = Object.entries(headers);
  const named = Object.fromEntries(entries.map(([header], index) => [`httpHeaderName${index + 1}`, header]));
  const values = Object.fromEntries(
    entries.map(([, value], index) => [
      `httpHeaderValue${index + 1}`,
      typeof value === "string" ? escaped(value) : `$__env{${secretVariable(value)}}`,
    ]),
  );
  return {
    uid,
    name,
    type,
    access: "proxy",
    url: escaped(url),
    isDefault,
    editable: false,
    jsonData: escaped({ ...settings, ...named }),
    ...(entries.length === 0 ? {} : { secureJsonData: values }),
    ...(correlations.length === 0 ? {} : { correlations: correlations.map(escaped) }),
  };
}

/** A `$` begins a variable of the environment in each text of the file, unless there are two. */
function escaped(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, escaped(member)]));
}
