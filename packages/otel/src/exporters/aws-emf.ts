import { type Exporter, type Options, written } from "../configuration/component.ts";
import { literalText } from "../configuration/expansion.ts";
import { metricsOnly } from "../configuration/signal.ts";
import { type AwsLogGroup, logGroupOptions } from "./aws-log-group.ts";
import { type AwsSession, sessionOptions } from "./aws-session.ts";

export interface AwsEmfOptions extends AwsSession, AwsLogGroup {
  /** Namespace of the metrics in CloudWatch. @default "default", or what the service's attributes say */
  readonly namespace?: string;
  /** Log group through which the metrics go; `{ClusterName}` and the like are filled in. @default "/metrics/default" */
  readonly logGroup?: string;
  /** Log stream in it. @default "otel-stream-" and what the task is called */
  readonly logStream?: string;
  /** Which dimensions are added to the metric's own: without any, with each alone, both. @default "ZeroAndSingleDimensionRollup" */
  readonly dimensionRollup?: "ZeroAndSingleDimensionRollup" | "SingleDimensionRollupOnly" | "NoDimensionRollup";
  /** Which metrics have which dimensions; a metric that none names stays a log line. @default all with all of their labels */
  readonly metricDeclarations?: readonly MetricDeclaration[];
  /** Whether attributes of the resource are labels. @default false */
  readonly resourceLabels?: boolean;
  /** Whether the first value of a counter counts from zero. @default false */
  readonly retainInitialValueOfDeltaMetric?: boolean;
  /** Keep each value of a histogram or summary instead of statistics. @default false */
  readonly detailedMetrics?: boolean;
  /** Tells two exporters apart. */
  readonly name?: string;
}

export interface MetricDeclaration {
  /** Sets of dimensions: each makes a metric of its own, and costs as one. */
  readonly dimensions: readonly (readonly string[])[];
  /** Metrics, as regular expressions. */
  readonly metricNameSelectors: readonly string[];
}

/**
 * Sends metrics to CloudWatch, as log lines in its embedded metric format. Each set of dimensions is paid for. The pod's role needs `logs:PutLogEvents`,
 * `logs:CreateLogGroup` and `logs:CreateLogStream`. It has no queue of its own: `batch` stands before it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/awsemfexporter
 * @example
 * awsEmf({ namespace: "shop", logGroup: "/metrics/shop", dimensionRollup: "NoDimensionRollup", metricDeclarations: [{ dimensions: [["service.name"]], metricNameSelectors: ["^http\\.server\\."] }] });
 */
export function awsEmf(options: AwsEmfOptions): Exporter<"metrics"> {
  const { name } = options;
  return {
    kind: "exporter",
    type: "awsemf",
    ...(name === undefined ? {} : { name }),
    options: emfOptions(options),
    accepts: metricsOnly,
  };
}

function emfOptions(options: AwsEmfOptions): Options {
  return written({
    ...sessionOptions(options),
    namespace: options.namespace,
    log_group_name: options.logGroup,
    log_stream_name: options.logStream,
    ...logGroupOptions(options),
    dimension_rollup_option: options.dimensionRollup,
    metric_declarations: options.metricDeclarations?.map(({ dimensions, metricNameSelectors }) => ({
      dimensions,
      metric_name_selectors: metricNameSelectors.map(literalText),
    })),
    resource_to_telemetry_conversion:
      options.resourceLabels === undefined ? undefined : { enabled: options.resourceLabels },
    retain_initial_value_of_delta_metric: options.retainInitialValueOfDeltaMetric,
    detailed_metrics: options.detailedMetrics,
  });
}
