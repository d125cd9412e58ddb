import { type Options, written } from "../configuration/component.ts";

/**
 * How the collector speaks to AWS. Who it is comes from its pod: IRSA or Pod Identity.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/internal/aws/awsutil
 */
export interface AwsSession {
  /** @default that of the pod or of its node */
  readonly region?: string;
  /** A URL in place of the region's: a VPC endpoint. @default that of the region */
  readonly endpoint?: string;
  /** A role that is taken on: another account's. @default the pod's own */
  readonly roleArn?: string;
  /** What the other account wants to hear with it. @default none */
  readonly externalId?: string;
  /** Seconds that a request may take. @default 30 */
  readonly requestTimeoutSeconds?: number;
  /** How often a request is tried again. @default 2 */
  readonly maxRetries?: number;
  /** Requests at once. @default 8 */
  readonly numWorkers?: number;
  /** Do not ask the node what it is. @default false */
  readonly localMode?: boolean;
}

/** The options of a session, as the exporters for AWS read them: beside their own. */
export function sessionOptions(session: AwsSession): Options {
  return written({
    region: session.region,
    endpoint: session.endpoint,
    role_arn: session.roleArn,
    external_id: session.externalId,
    request_timeout_seconds: session.requestTimeoutSeconds,
    max_retries: session.maxRetries,
    num_workers: session.numWorkers,
    local_mode: session.localMode,
  });
}
