import type { Environment, Platform, Service } from "@plinth/core";
import type { Row } from "../model/dashboard.ts";

/** What a row about a service is made from. */
export interface ServiceView {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly service: Service;
}

/** Makes a row for a service, or none where the service has nothing to show in it. */
export type ServiceRow = (view: ServiceView) => Row | undefined;
