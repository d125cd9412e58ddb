import type { BackendHeaders } from "@plinth/core";
import type { JsonObject } from "../json/json-value.ts";

/** Something that Grafana asks, before it is written down in one form or another. */
export interface DataSource {
  /** What dashboards, alerts and other data sources refer to. */
  readonly uid: string;
  /** What people choose. */
  readonly name: string;
  readonly type: "prometheus" | "loki" | "tempo" | "alertmanager";
  readonly url: string;
  readonly isDefault: boolean;
  /** The settings of its type. Holds Grafana's variables as they are. */
  readonly settings: JsonObject;
  /** Headers of each request. */
  readonly headers: BackendHeaders;
  /** Links from its answers to others. */
  readonly correlations: readonly Correlation[];
}

/**
 * A link that Grafana puts behind a field of an answer.
 *
 * @see https://grafana.com/docs/grafana/latest/administration/correlations/
 */
export interface Correlation {
  readonly targetUID: string;
  readonly label: string;
  readonly description: string;
  readonly type: "query";
  readonly config: {
    /** Behind whose values the link stands. */
    readonly field: string;
    /** The question to the target; may hold variables. */
    readonly target: JsonObject;
    /** Where variables come from that are no fields. */
    readonly transformations: readonly {
      readonly type: "regex";
      readonly field: string;
      readonly expression: string;
      readonly mapValue: string;
    }[];
  };
}

/** The uids by which everything that Plinth renders knows data sources. */
export const dataSourceUids = {
  metrics: "prometheus",
  logs: "loki",
  traces: "tempo",
  alerts: "alertmanager",
} as const;
