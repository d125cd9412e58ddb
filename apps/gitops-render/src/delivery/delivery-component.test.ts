import { buildResource, type Component, groupOf, plan, type Resource } from "@plinth/core";
import { examplePlatform, exampleTeam } from "@plinth/core/testing";
import { authorizerOf, deliveryKinds, ownKinds, platformKinds, serviceAccountNamed } from "@plinth/rbac";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { describe, expect, it } from "vitest";
import { components } from "../components.ts";
import { deliveryComponent } from "./delivery-component.ts";

const accounts: Component = {
  name: "accounts",
  layer: "application",
  perService: (_platform, _environment, service) => [
    buildResource(ServiceAccount, { metadata: { name: service.name, namespace: `team-${service.team}` } }),
  ],
};

const rendered = (environment: string): Resource[] =>
  plan(examplePlatform(), [deliveryComponent, accounts])
    .files.filter(({ path }) => path.startsWith(`argocd/${environment}/`))
    .flatMap(({ resource }) => (resource === undefined ? [] : [resource]));

const specOf = (resources: readonly Resource[], kind: string, name: string): unknown =>
  resources.find((resource) => resource.kind === kind && resource.metadata.name === name)?.["spec"];

describe("what Argo CD delivers", () => {
  it("is made without findings", () =>
    expect(plan(examplePlatform(), [deliveryComponent, accounts]).findings).toEqual([]));

  it("has one application for each folder that holds something, and the root", () =>
    expect(
      rendered("production")
        .filter(({ kind }) => kind === "Application")
        .map(({ metadata }) => metadata.name),
    ).toEqual([
      "production-backend-checkout",
      "production-backend-mailer",
      "production-frontend-frontend",
      "production",
    ]));

  it("has no application for a team or a service without files", () => {
    const nothing = plan(examplePlatform(), [deliveryComponent]).files.filter(({ path }) =>
      path.startsWith("argocd/production/"),
    );
    expect(nothing.map(({ path }) => path)).toEqual([
      "argocd/production/application-production.yaml",
      "argocd/production/appproject-plinth.yaml",
    ]);
  });

  it("syncs by itself where delivery is automatic, and waits for approval in its windows where it is not", () => {
    expect(specOf(rendered("development"), "Application", "development-backend-checkout")).toMatchObject({
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    });
    expect(specOf(rendered("production"), "Application", "production-backend-checkout")).not.toHaveProperty(
      "syncPolicy.automated",
    );
    expect(specOf(rendered("production"), "AppProject", "plinth-backend")).toMatchObject({
      syncWindows: [{ kind: "allow", schedule: "0 8 * * 1-4" }],
    });
  });

  it("takes with an application what it has delivered, and asks first where delivery is by hand; the root takes nothing with it", () => {
    const of = (environment: string, name: string): unknown =>
      rendered(environment).find(({ kind, metadata }) => kind === "Application" && metadata.name === name)?.metadata;
    const cascade = ["resources-finalizer.argocd.argoproj.io/foreground"];
    const question = { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" };
    expect(of("production", "production-backend-checkout")).toMatchObject({
      finalizers: cascade,
      annotations: question,
    });
    expect(of("development", "development-backend-checkout")).toMatchObject({ finalizers: cascade });
    expect(of("development", "development-backend-checkout")).not.toMatchObject({ annotations: question });
    expect(of("production", "production")).not.toHaveProperty("finalizers");
  });

  it("never empties a folder by mistake, and tries again what a moment has spoiled", () => {
    const text = JSON.stringify([...rendered("development"), ...rendered("production")]);
    expect(text).not.toContain("allowEmpty");
    expect(specOf(rendered("production"), "Application", "production-backend-checkout")).toMatchObject({
      syncPolicy: { retry: { limit: 5, refresh: true } },
    });
  });

  it("puts the projects into an earlier wave than what names them, and nothing else into any", () => {
    const waves = rendered("production").flatMap(({ kind, metadata }) => {
      const wave = metadata.annotations?.["argocd.argoproj.io/sync-wave"];
      return wave === undefined ? [] : [`${kind} ${wave}`];
    });
    expect(new Set(waves)).toEqual(new Set(["AppProject -1"]));
    expect(waves).toHaveLength(3);
  });

  it("delivers what is rendered for a team through the team's rendered project: its namespace and kinds, and nothing of the cluster", () => {
    expect(specOf(rendered("production"), "AppProject", "plinth-backend")).toMatchObject({
      destinations: [{ namespace: "team-backend" }],
      namespaceResourceWhitelist: [{ group: "", kind: "ServiceAccount" }],
      clusterResourceWhitelist: [],
    });
    expect(specOf(rendered("production"), "Application", "production-backend-checkout")).toMatchObject({
      project: "plinth-backend",
    });
  });

  it("has a second project for a team with repositories of its own, though nothing is rendered for it", () => {
    const repositories = ["https://git.example.com/backend/deployments"];
    const platform = examplePlatform({
      teams: [exampleTeam("backend", { repositories }), exampleTeam("frontend")],
    });
    expect(
      plan(platform, [deliveryComponent])
        .files.filter(({ path }) => path.startsWith("argocd/production/appproject"))
        .map(({ path }) => path),
    ).toEqual(["argocd/production/appproject-plinth.yaml", "argocd/production/appproject-team-backend.yaml"]);
  });
});

describe("what a sync may", () => {
  const platform = examplePlatform();
  const { files } = plan(platform, components);

  it.each(platform.environments.map(({ name }) => String(name)))(
    "covers every object that an application delivers in %s",
    (environment) => {
      const here = files.filter(({ entry }) => entry.environment === undefined || entry.environment === environment);
      const resources = here.flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
      const authorize = authorizerOf(resources);
      const resourceOfKind = new Map(
        [...ownKinds, ...platformKinds, ...deliveryKinds(platform)].map(({ group, kind, resource }) => [
          `${group}/${kind}`,
          resource,
        ]),
      );
      const delivered = here.filter(({ path }) => /^(application|argocd)\//.test(path));
      expect(delivered.length).toBeGreaterThan(0);
      for (const { path, resource, entry } of delivered) {
        if (resource === undefined) continue;
        const project = path.startsWith("argocd/") ? "plinth" : `plinth-${entry.team}`;
        const plural = resourceOfKind.get(`${groupOf(resource)}/${resource.kind}`);
        expect({ path, plural }).toEqual({ path, plural: expect.any(String) });
        for (const verb of ["get", "create", "patch", "update", "delete"])
          expect({
            path,
            verb,
            allowed: authorize(serviceAccountNamed(project, "argocd"), {
              verb,
              apiGroup: groupOf(resource),
              resource: plural ?? "",
              namespace: resource.metadata.namespace ?? "",
            }).allowed,
          }).toEqual({ path, verb, allowed: true });
      }
    },
  );
});
