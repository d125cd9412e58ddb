import type { Environment, Service } from "@plinth/core";
import type { Alert } from "../alert/alert.ts";

/**
 * An alert that every service has, made for each service and environment: with its team, and with limits by its tier. The alerts share a name and a runbook,
 * and say in the label `service` which service they are about.
 */
export interface ServiceAlert {
  /** The name of the alert of each service. */
  readonly name: string;
  /** The alert of a service; none when it does not apply to it. */
  alertOf(service: Service, environment: Environment): Alert | undefined;
}
