import { GrafanaDatasource } from "@kubernetes-models/grafana-operator/grafana.integreatly.org/v1beta1/GrafanaDatasource";
import { buildResource, type Resource } from "@plinth/core";
import { forGrafana } from "../grafana-operator/grafana-instance.ts";
import type { DataSource } from "./data-source.ts";

/**
 * A data source that grafana-operator brings to Grafana. It goes through Grafana's API: no `$` begins a variable there, and correlations have no field. What is secret the
 * operator fills in from a Secret of the same namespace.
 *
 * @see https://grafana.github.io/grafana-operator/docs/datasources/
 */
export function grafanaDatasource(namespace: string, source: DataSource): Resource {
  const { uid, name, type, url, isDefault, settings, headers } = source;
  const entries = Object.entries(headers).map(([header, value], index) => ({ header, value, place: index + 1 }));
  const secrets = entries.flatMap(({ value, place }) => (typeof value === "string" ? [] : [{ ...value, place }]));
  return buildResource(GrafanaDatasource, {
    metadata: { name: uid, namespace },
    spec: {
      ...forGrafana,
      uid,
      datasource: {
        name,
        type,
        access: "proxy",
        url,
        isDefault,
        editable: false,
        jsonData: {
          ...settings,
          ...Object.fromEntries(entries.map(({ header, place }) => [`httpHeaderName${place}`, header])),
        },
        ...(entries.length === 0
          ? {}
          : {
              secureJsonData: Object.fromEntries(
                entries.map(({ value, place }) => [
                  `httpHeaderValue${place}`,
                  typeof value === "string" ? value : `\${${value.key}}`,
                ]),
              ),
            }),
      },
      ...(secrets.length === 0
        ? {}
        : {
            valuesFrom: secrets.map(({ secret, key, place }) => ({
              targetPath: `secureJsonData.httpHeaderValue${place}`,
              valueFrom: { secretKeyRef: { name: secret, key } },
            })),
          }),
    },
  });
}
