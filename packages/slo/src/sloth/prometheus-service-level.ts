import { buildUntypedResource, type Resource } from "@plinth/core";
import { printPromqlLine } from "@plinth/metrics";
import type { BurnAlert, Indicator, ServiceLevelObjective } from "../objectives/service-level-objective.ts";

/**
 * `spec` of Sloth's PrometheusServiceLevel.
 *
 * @see https://github.com/slok/sloth/blob/v0.16.0/pkg/kubernetes/api/sloth/v1/types.go
 */
export interface PrometheusServiceLevelSpec {
  readonly service: string;
  /** Labels of all rules that are recorded. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly sloPlugins?: SlothPlugins;
  /** At least one. */
  readonly slos: readonly SlothObjective[];
}

/** One SLO of a service. */
export interface SlothObjective {
  /** At most 128 characters. */
  readonly name: string;
  readonly description?: string;
  /** Percent, above 0 and at most 100. */
  readonly objective: number;
  readonly plugins?: SlothPlugins;
  readonly labels?: Readonly<Record<string, string>>;
  readonly sli: SlothIndicator;
  readonly alerting: SlothAlerting;
}

/** Exactly one of the three. Queries look over the range `{{.window}}`. */
export type SlothIndicator =
  | {
      readonly events: { readonly errorQuery: string; readonly totalQuery: string };
      readonly raw?: never;
      readonly plugin?: never;
    }
  | { readonly raw: { readonly errorRatioQuery: string }; readonly events?: never; readonly plugin?: never }
  | {
      readonly plugin: { readonly id: string; readonly options?: Readonly<Record<string, string>> };
      readonly events?: never;
      readonly raw?: never;
    };

/** The alerts of an SLO. */
export interface SlothAlerting {
  /** Required unless both alerts are disabled. */
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly pageAlert?: SlothAlert;
  readonly ticketAlert?: SlothAlert;
}

/** What one of the alerts says beyond what both say. */
export interface SlothAlert {
  readonly disable?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Steps that Sloth's interpreter runs beside its own. */
export interface SlothPlugins {
  readonly overridePrevious?: boolean;
  readonly chain: readonly { readonly id: string; readonly config?: unknown; readonly priority?: number }[];
}

/** Label of a resource whose rules are rendered beside it: a Sloth controller leaves it alone with `--label-selector=plinth.dev/rules!=rendered`. */
export const renderedRulesLabel = { "plinth.dev/rules": "rendered" } as const;

/**
 * Objectives of one service in the words of Sloth.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const objectives = objectivesOf(platform, environmentNamed(platform, "production"), serviceNamed(platform, "checkout"));
 * const spec = prometheusServiceLevelSpec("checkout", objectives);
 */
export function prometheusServiceLevelSpec(
  service: string,
  objectives: readonly ServiceLevelObjective[],
): PrometheusServiceLevelSpec {
  return { service, slos: objectives.map(slothObjective) };
}

/** Queries stand on one line: Sloth puts each into parentheses of its rules, where an indentation means nothing. */
function slothObjective({
  name,
  description,
  objective,
  labels,
  indicator,
  alerts,
}: ServiceLevelObjective): SlothObjective {
  const { page, ticket } = alerts;
  const silent = page === undefined && ticket === undefined;
  return {
    name,
    description,
    objective,
    labels,
    sli: slothIndicator(indicator),
    alerting: {
      ...(silent ? {} : { name: alerts.name, labels: alerts.labels, annotations: alerts.annotations }),
      pageAlert: slothAlert(page),
      ticketAlert: slothAlert(ticket),
    },
  };
}

function slothIndicator(indicator: Indicator): SlothIndicator {
  switch (indicator.kind) {
    case "events":
      return {
        events: { errorQuery: printPromqlLine(indicator.bad), totalQuery: printPromqlLine(indicator.total) },
      };
    case "ratio":
      return { raw: { errorRatioQuery: printPromqlLine(indicator.errorRatio) } };
    case "plugin":
      return { plugin: { id: indicator.id, options: indicator.options } };
  }
}

function slothAlert(alert: BurnAlert | undefined): SlothAlert {
  return alert === undefined ? { disable: true } : { labels: alert.labels, annotations: alert.annotations };
}

/** The resource that a Sloth controller, or `sloth generate`, reads. */
export function prometheusServiceLevel(metadata: Resource["metadata"], spec: PrometheusServiceLevelSpec): Resource {
  return buildUntypedResource({ apiVersion: "sloth.slok.dev/v1", kind: "PrometheusServiceLevel", metadata, spec });
}
