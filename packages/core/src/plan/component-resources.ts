import type { Component } from "../component.ts";
import { servicesIn } from "../model/dependencies.ts";
import type { Environment } from "../model/environment.ts";
import type { Platform } from "../model/platform.ts";
import type { Resource } from "../resource/resource.ts";

/**
 * What a component makes for one environment, before it is labelled: for the environment, for each team, for each service that runs there. Without what is equal in all,
 * and nothing of what only Argo CD is told.
 *
 * @example
 * declare const component: Component;
 * declare const platform: Platform;
 * declare const production: Environment;
 * const kinds = componentResources(component, platform, production).map(({ kind }) => kind);
 */
export function componentResources(
  component: Component,
  platform: Platform,
  environment: Environment,
): readonly Resource[] {
  if (component.layer === "argocd") return [];
  return [
    ...(component.layer === "foundation" ? (component.perEnvironment?.(platform, environment) ?? []) : []),
    ...platform.teams.flatMap((team) => component.perTeam?.(platform, environment, team) ?? []),
    ...servicesIn(platform, environment).flatMap(
      (service) => component.perService?.(platform, environment, service) ?? [],
    ),
  ];
}
