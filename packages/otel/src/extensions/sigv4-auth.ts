import { block, written } from "../configuration/component.ts";
import type { ClientAuthenticator } from "./authenticator.ts";

export interface Sigv4AuthOptions {
  /** @default that of the pod or of its node */
  readonly region?: string;
  /** What is signed for: `aps` for Amazon Managed Service for Prometheus, `xray`, `logs`. @default what the endpoint's host says */
  readonly service?: string;
  /** A role that is taken on: another account's. @default the pod's own */
  readonly assumeRole?: {
    readonly arn: string;
    /** @default made up */
    readonly sessionName?: string;
    /** @default `region` */
    readonly stsRegion?: string;
    /** What the other account wants to hear with it. @default none */
    readonly externalId?: string;
  };
  /** Tells two extensions apart. */
  readonly name?: string;
}

/**
 * Signs requests to AWS with the pod's role (IRSA or Pod Identity). It is switched on by what refers to it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/sigv4authextension
 * @example
 * const signed = sigv4Auth({ region: "eu-central-1", service: "aps" });
 * prometheusRemoteWrite({ endpoint: "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write", auth: signed });
 */
export function sigv4Auth({ region, service, assumeRole, name }: Sigv4AuthOptions = {}): ClientAuthenticator {
  return {
    kind: "extension",
    type: "sigv4auth",
    ...(name === undefined ? {} : { name }),
    options: written({
      region,
      service,
      assume_role: block({
        arn: assumeRole?.arn,
        session_name: assumeRole?.sessionName,
        sts_region: assumeRole?.stsRegion,
        external_id: assumeRole?.externalId,
      }),
    }),
    provesIdentity: true,
  };
}
