import { type Exporter, usesOf, written } from "../configuration/component.ts";
import { logsOnly } from "../configuration/signal.ts";
import { type AwsLogGroup, logGroupOptions } from "./aws-log-group.ts";
import { type AwsSession, sessionOptions } from "./aws-session.ts";
import { type Delivery, deliveryExtensions, deliveryOptions } from "./delivery.ts";

export interface AwsCloudwatchLogsOptions extends AwsSession, AwsLogGroup, Pick<Delivery, "queue" | "retry"> {
  /** The log group: `/shop/production`. */
  readonly logGroup: string;
  /** The log stream in it. */
  readonly logStream: string;
  /** Send only the body of a record, without what is known about it. @default false */
  readonly rawLog?: boolean;
  /** Tells two exporters apart. */
  readonly name?: string;
}

/**
 * Sends log records to CloudWatch Logs. The pod's role needs `logs:PutLogEvents`, `logs:CreateLogGroup` and `logs:CreateLogStream`.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/awscloudwatchlogsexporter
 * @example
 * awsCloudwatchLogs({ region: "eu-central-1", logGroup: "/shop/production", logStream: "collector", logRetention: 30 });
 */
export function awsCloudwatchLogs({
  logGroup,
  logStream,
  rawLog,
  name,
  ...rest
}: AwsCloudwatchLogsOptions): Exporter<"logs"> {
  return {
    kind: "exporter",
    type: "awscloudwatchlogs",
    ...(name === undefined ? {} : { name }),
    options: written({
      ...sessionOptions(rest),
      log_group_name: logGroup,
      log_stream_name: logStream,
      ...logGroupOptions(rest),
      raw_log: rawLog,
      ...deliveryOptions({
        ...(rest.queue === undefined ? {} : { queue: rest.queue }),
        ...(rest.retry === undefined ? {} : { retry: rest.retry }),
      }),
    }),
    ...usesOf(...deliveryExtensions(rest)),
    accepts: logsOnly,
  };
}
