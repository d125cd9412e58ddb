import { type Exporter, written } from "../configuration/component.ts";
import { tracesOnly } from "../configuration/signal.ts";
import { type AwsSession, sessionOptions } from "./aws-session.ts";

export interface AwsXrayOptions extends AwsSession {
  /** Attributes by which X-Ray finds traces. `all` costs most. @default none */
  readonly indexedAttributes?: "all" | readonly string[];
  /** Log groups that X-Ray shows beside a trace. @default none */
  readonly logGroups?: readonly string[];
  /** Tells two exporters apart. */
  readonly name?: string;
}

/**
 * Sends traces to AWS X-Ray. The pod's role needs `xray:PutTraceSegments` and `xray:PutTelemetryRecords`. It has no queue of its own: `batch` stands before it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/awsxrayexporter
 * @example
 * awsXray({ region: "eu-central-1", indexedAttributes: ["service.criticality"] });
 */
export function awsXray({ indexedAttributes, logGroups, name, ...session }: AwsXrayOptions = {}): Exporter<"traces"> {
  return {
    kind: "exporter",
    type: "awsxray",
    ...(name === undefined ? {} : { name }),
    options: written({
      ...sessionOptions(session),
      ...(indexedAttributes === "all" ? { index_all_attributes: true } : { indexed_attributes: indexedAttributes }),
      aws_log_groups: logGroups,
    }),
    accepts: tracesOnly,
  };
}
