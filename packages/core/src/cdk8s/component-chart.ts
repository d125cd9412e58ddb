import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { ApplicationComponent, FoundationComponent } from "../component.ts";
import { servicesIn } from "../model/dependencies.ts";
import type { Environment } from "../model/environment.ts";
import type { Platform } from "../model/platform.ts";
import type { Service } from "../model/service.ts";
import type { Team } from "../model/team.ts";
import { identityOf, type Resource } from "../resource/resource.ts";
import { PlainApiObject } from "./plain-object.ts";

/** What of a component a chart holds. */
export interface ComponentChartInput {
  /** Not one of Argo CD: what that delivers is known only of a whole plan, which `resourceChart` takes. */
  readonly component: FoundationComponent | ApplicationComponent;
  readonly platform: Platform;
  /** @default none: what is equal in every environment, and nothing else */
  readonly environment?: Environment;
  /** Only what belongs to this team. @default everything of the environment */
  readonly team?: Team;
  /** Only what belongs to this service. @default everything of the environment, or of the team */
  readonly service?: Service;
}

/**
 * A component as a chart: its manifest is exactly the component's resources, `null` values and the order of keys included, also through `synth` and
 * `synthYaml`. The chart is a chart like any other: labels, dependencies and patches may be added to its objects.
 *
 * The objects are as the component made them: without the labels of their place, which `plan` adds. `resourceChart` takes those of a plan.
 *
 * @example
 * import { App } from "cdk8s";
 * import type { FoundationComponent, Platform } from "@plinth/core";
 * import { environmentNamed } from "@plinth/core";
 * import { componentChart } from "@plinth/core/cdk8s";
 * declare const platform: Platform;
 * declare const tenancy: FoundationComponent;
 * const app = new App();
 * componentChart(app, "tenancy", { component: tenancy, platform, environment: environmentNamed(platform, "production") });
 * app.synth();
 */
export function componentChart(scope: Construct, id: string, input: ComponentChartInput): Chart {
  return resourceChart(scope, id, resourcesOf(input));
}

/**
 * Resources as a chart. Their ids in it are their kinds, namespaces and names.
 *
 * @example
 * import { App } from "cdk8s";
 * import { plan, type Component, type Platform } from "@plinth/core";
 * import { resourceChart } from "@plinth/core/cdk8s";
 * declare const platform: Platform;
 * declare const components: Component[];
 * const { files } = plan(platform, components);
 * resourceChart(new App(), "platform", files.flatMap(({ resource }) => resource ?? []));
 */
export function resourceChart(scope: Construct, id: string, resources: readonly Resource[]): Chart {
  const chart = new Chart(scope, id);
  const timesSeen = new Map<string, number>();
  for (const resource of resources) {
    const identity = identityOf(resource)
      .split("\u0000")
      .filter((part) => part !== "")
      .join(":");
    const times = (timesSeen.get(identity) ?? 0) + 1;
    timesSeen.set(identity, times);
    // One object twice is for whoever applies it to judge: a chart holds what it is given.
    new PlainApiObject(chart, times === 1 ? identity : `${identity}:${times}`, resource);
  }
  return chart;
}

function resourcesOf({ component, platform, environment, team, service }: ComponentChartInput): readonly Resource[] {
  const everything = team === undefined && service === undefined;
  const foundation = component.layer === "foundation" && everything ? component : undefined;
  const shared = foundation?.shared?.(platform) ?? [];
  if (environment === undefined) return shared;
  const teams = service !== undefined ? [] : team === undefined ? platform.teams : [team];
  const services = servicesIn(platform, environment).filter(
    (candidate) =>
      (service === undefined || candidate === service) && (team === undefined || candidate.team === team.name),
  );
  return [
    ...shared,
    ...(foundation?.perEnvironment?.(platform, environment) ?? []),
    ...teams.flatMap((each) => component.perTeam?.(platform, environment, each) ?? []),
    ...services.flatMap((each) => component.perService?.(platform, environment, each) ?? []),
  ];
}
