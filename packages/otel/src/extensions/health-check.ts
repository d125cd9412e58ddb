import { type Extension, written } from "../configuration/component.ts";

export interface HealthCheckOptions {
  /** Address and port. @default "0.0.0.0:13133" */
  readonly endpoint?: string;
  /** @default "/" */
  readonly path?: string;
}

/**
 * Answers whether the collector runs. The operator makes the pod's probes of it; its webhook would write both options out.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/healthcheckextension
 * @example
 * healthCheck();
 */
export function healthCheck({ endpoint = "0.0.0.0:13133", path = "/" }: HealthCheckOptions = {}): Extension {
  return { kind: "extension", type: "health_check", options: written({ endpoint, path }) };
}
