import type { Component } from "../component.ts";
import type { Environment } from "../model/environment.ts";
import type { Platform } from "../model/platform.ts";
import type { Service } from "../model/service.ts";
import type { Team } from "../model/team.ts";

/** Where a resource belongs: what made it, and for what. */
export interface Place {
  readonly platform: Platform;
  readonly component: Component;
  /** Left out for what is equal in every environment. */
  readonly environment?: Environment;
  readonly team?: Team;
  readonly service?: Service;
}
