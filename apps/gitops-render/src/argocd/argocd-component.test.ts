import { buildResource, type Component, plan, type Resource } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { describe, expect, it } from "vitest";
import { argoCdComponent } from "./argocd-component.ts";

const accounts: Component = {
  name: "accounts",
  layer: "application",
  perService: (_platform, _environment, service) => [
    buildResource(ServiceAccount, { metadata: { name: service.name, namespace: `team-${service.team}` } }),
  ],
};

const rendered = (environment: string): Resource[] =>
  plan(examplePlatform(), [argoCdComponent, accounts])
    .files.filter(({ path }) => path.startsWith(`argocd/${environment}/`))
    .flatMap(({ resource }) => (resource === undefined ? [] : [resource]));

const specOf = (resources: readonly Resource[], kind: string, name: string): unknown =>
  resources.find((resource) => resource.kind === kind && resource.metadata.name === name)?.["spec"];

describe("what Argo CD delivers", () => {
  it("is made without findings", () =>
    expect(plan(examplePlatform(), [argoCdComponent, accounts]).findings).toEqual([]));

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
    const nothing = plan(examplePlatform(), [argoCdComponent]).files.filter(({ path }) =>
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
    expect(specOf(rendered("production"), "AppProject", "team-backend")).toMatchObject({
      syncWindows: [{ kind: "allow", schedule: "0 8 * * 1-4" }],
    });
  });

  it("gives a team's project its own namespace and the rendered kinds, and nothing of the cluster", () => {
    const spec = specOf(rendered("production"), "AppProject", "team-backend");
    expect(spec).toMatchObject({
      destinations: [{ namespace: "team-backend" }],
      namespaceResourceWhitelist: [{ group: "", kind: "ServiceAccount" }],
    });
    expect(spec).not.toHaveProperty("clusterResourceWhitelist");
  });
});
