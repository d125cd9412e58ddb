import { ApiObject, App, type Chart, Testing } from "cdk8s";
import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { FoundationComponent } from "../component.ts";
import { environmentNamed, serviceNamed, teamNamed } from "../model/dependencies.ts";
import { plan } from "../plan/plan.ts";
import type { Resource } from "../resource/resource.ts";
import { examplePlatform } from "../testing.ts";
import { chartComponent } from "./chart-component.ts";
import { componentChart, resourceChart } from "./component-chart.ts";

function configMap(name: string, namespace = "shop"): Resource {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data: { z: null, a: "1" } };
}

const component: FoundationComponent = {
  name: "settings",
  layer: "foundation",
  shared: () => [configMap("shared")],
  perEnvironment: (_platform, { name }) => [configMap(name)],
  perTeam: (_platform, _environment, { name }) => [configMap(`team-${name}`)],
  perService: (_platform, _environment, { name }) => [configMap(`service-${name}`)],
};

const platform = examplePlatform();
const production = environmentNamed(platform, "production");

function namesIn(chart: Chart): string[] {
  return Testing.synth(chart).map(({ metadata }) => metadata.name);
}

describe("a component as a chart", () => {
  it("holds everything of an environment", () => {
    const chart = componentChart(new App(), "settings", { component, platform, environment: production });
    expect(namesIn(chart)).toEqual([
      "shared",
      "production",
      "team-backend",
      "team-frontend",
      ...platform.services.map(({ name }) => `service-${name}`),
    ]);
  });

  it("holds what is asked for", () => {
    const ofPart = (part: object): string[] =>
      namesIn(componentChart(new App(), "settings", { component, platform, ...part }));
    expect(ofPart({})).toEqual(["shared"]);
    expect(ofPart({ environment: production, team: teamNamed(platform, "frontend") })).toEqual([
      "team-frontend",
      "service-frontend",
    ]);
    expect(ofPart({ environment: production, service: serviceNamed(platform, "checkout") })).toEqual([
      "service-checkout",
    ]);
  });

  it("is what App.synthYaml writes, null values included", () => {
    const app = new App();
    componentChart(app, "settings", { component, platform });
    expect(loadAll(app.synthYaml())).toEqual([configMap("shared")]);
    expect(app.synthYaml()).toContain("z: null");
  });

  it("is a chart like any other: its objects take labels, patches and dependencies", () => {
    const chart = resourceChart(new App(), "settings", [configMap("first"), configMap("second")]);
    const [first, second] = chart.apiObjects;
    if (first === undefined || second === undefined) throw new Error("no objects");
    first.metadata.addLabel("owner", "me");
    first.addDependency(second);
    expect(Testing.synth(chart)).toMatchObject([
      { metadata: { name: "second" } },
      { metadata: { name: "first", labels: { owner: "me" } } },
    ]);
  });

  it("holds an object as often as it is given", () => {
    const chart = resourceChart(new App(), "settings", [configMap("same"), configMap("same"), configMap("same", "b")]);
    expect(namesIn(chart)).toEqual(["same", "same", "same"]);
  });
});

describe("charts as a component", () => {
  const settings = chartComponent({
    name: "settings",
    layer: "application",
    perTeam: (chart, _platform, { name }, team) => {
      new ApiObject(chart, "team", { apiVersion: "v1", kind: "ConfigMap", data: { [team.name]: name } });
    },
    perService: (chart, _platform, _environment, service) => {
      new ApiObject(chart, "settings", { ...configMap(`${service.name}-settings`), metadata: { name: service.name } });
    },
  });

  it("land where resources of a component land, in the namespace of their team", () => {
    const { files, findings } = plan(platform, [settings]);
    expect(findings).toEqual([]);
    const paths = files.map(({ path }) => path);
    expect(paths).toContain("application/production/backend/checkout/configmap-checkout.yaml");
    expect(files.map(({ resource }) => resource?.metadata.namespace)).not.toContain(undefined);
    const named = files.find(({ path }) => /production\/backend\/_team\/configmap-backend-team-[0-9a-f]+/.test(path));
    expect(named?.resource?.["data"]).toEqual({ backend: "production" });
  });

  it("give the same resources as a chart and back", () => {
    const chart = componentChart(new App(), "settings", { component: settings, platform, environment: production });
    expect(Testing.synth(chart)).toEqual([
      ...platform.teams.flatMap((team) => settings.perTeam?.(platform, production, team) ?? []),
      ...platform.services.flatMap((service) => settings.perService?.(platform, production, service) ?? []),
    ]);
  });

  it("of the foundation have something for every place", () => {
    const fill = (chart: Chart): void => {
      new ApiObject(chart, "object", { apiVersion: "v1", kind: "ConfigMap", metadata: { namespace: "shop" } });
    };
    const foundation = chartComponent({ name: "base", layer: "foundation", shared: fill, perEnvironment: fill });
    expect(foundation.shared?.(platform).map(({ kind }) => kind)).toEqual(["ConfigMap"]);
    expect(foundation.perEnvironment?.(platform, production)).toHaveLength(1);
    expect(foundation.perTeam).toBeUndefined();
  });

  it("that are wrong are findings of a plan", () => {
    const wrong = chartComponent({
      name: "wrong",
      layer: "foundation",
      shared: (chart) => {
        new ApiObject(chart, "a", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "Shouted" } });
      },
      perEnvironment: () => {
        throw new Error("this chart cannot be made");
      },
    });
    const { findings } = plan(platform, [wrong]);
    expect(findings.map(({ code }) => code).sort()).toEqual([
      "component-failed",
      "component-failed",
      "invalid-resource",
    ]);
  });
});
