import { App, Chart } from "cdk8s";
import type { ApplicationComponent, FoundationComponent, Moment } from "../component.ts";
import type { Finding } from "../finding.ts";
import { teamNamed } from "../model/dependencies.ts";
import type { Environment } from "../model/environment.ts";
import type { Platform } from "../model/platform.ts";
import type { Service } from "../model/service.ts";
import type { Team } from "../model/team.ts";
import type { Resource } from "../resource/resource.ts";
import { chartResources } from "./chart-resources.ts";

interface NamedCharts {
  /** A DNS label: the folder under `foundation/`, and the value of the label `plinth.dev/component`. */
  readonly name: string;
  /** What is wrong with the platform from these charts' point of view. @default nothing */
  check?(platform: Platform, moment: Moment): readonly Finding[];
}

interface TeamCharts extends NamedCharts {
  /** Fills a chart for a team. The chart's namespace is the team's. */
  perTeam?(chart: Chart, platform: Platform, environment: Environment, team: Team): void;
  /** Fills a chart for a service that runs in the environment. The chart's namespace is its team's. */
  perService?(chart: Chart, platform: Platform, environment: Environment, service: Service): void;
}

/** The functions of a `FoundationComponent`, each with a chart to fill. */
export interface FoundationCharts extends TeamCharts {
  readonly layer: "foundation";
  /** Fills a chart with what is equal in every environment. */
  shared?(chart: Chart, platform: Platform): void;
  /** Fills a chart with what differs by environment. */
  perEnvironment?(chart: Chart, platform: Platform, environment: Environment): void;
}

/** The functions of an `ApplicationComponent`, each with a chart to fill. */
export interface ApplicationCharts extends TeamCharts {
  readonly layer: "application";
}

/**
 * A component whose resources are described with cdk8s: each function is given an empty chart to put constructs into, of cdk8s-plus or of one's own. An
 * existing chart class is put inside: `new WebChart(chart, "web", { namespace: chart.namespace })`.
 *
 * Names that cdk8s makes up end in a hash of the construct's path, which begins with the service's, the team's, or the component's name: the same in every
 * environment and on every run.
 *
 * @example
 * import { ConfigMap } from "cdk8s-plus-34";
 * import type { Component } from "@plinth/core";
 * import { chartComponent } from "@plinth/core/cdk8s";
 * const settings: Component = chartComponent({
 *   name: "settings",
 *   layer: "application",
 *   perService: (chart, _platform, environment, service) => {
 *     new ConfigMap(chart, "settings", { metadata: { name: `${service.name}-settings` }, data: { ENVIRONMENT: environment.name } });
 *   },
 * });
 *
 * @see https://cdk8s.io/docs/latest/basics/chart/
 */
export function chartComponent(charts: FoundationCharts): FoundationComponent;
export function chartComponent(charts: ApplicationCharts): ApplicationComponent;
export function chartComponent(
  charts: FoundationCharts | ApplicationCharts,
): FoundationComponent | ApplicationComponent {
  const { name, perTeam, perService } = charts;
  const ofTeams: Pick<ApplicationComponent, "name" | "perTeam" | "perService" | "check"> = {
    name,
    ...(charts.check === undefined ? {} : { check: charts.check }),
    ...(perTeam === undefined
      ? {}
      : {
          perTeam: (platform, environment, team) =>
            filled(team.name, team.namespace, (chart) => perTeam(chart, platform, environment, team)),
        }),
    ...(perService === undefined
      ? {}
      : {
          perService: (platform, environment, service) =>
            filled(service.name, teamNamed(platform, service.team).namespace, (chart) =>
              perService(chart, platform, environment, service),
            ),
        }),
  };
  if (charts.layer === "application") return { ...ofTeams, layer: "application" };
  const { shared, perEnvironment } = charts;
  return {
    ...ofTeams,
    layer: "foundation",
    ...(shared === undefined
      ? {}
      : { shared: (platform) => filled(name, undefined, (chart) => shared(chart, platform)) }),
    ...(perEnvironment === undefined
      ? {}
      : {
          perEnvironment: (platform, environment) =>
            filled(name, undefined, (chart) => perEnvironment(chart, platform, environment)),
        }),
  };
}

function filled(id: string, namespace: string | undefined, fill: (chart: Chart) => void): readonly Resource[] {
  const chart = new Chart(new App(), id, namespace === undefined ? {} : { namespace });
  fill(chart);
  return chartResources(chart);
}
