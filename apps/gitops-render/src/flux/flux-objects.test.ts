import {
  buildResource,
  type Component,
  type Finding,
  type Platform,
  plan,
  type Resource,
  teamNamed,
} from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleTeam } from "@plinth/core/testing";
import { authorizerOf, rbacComponents, serviceAccountNamed } from "@plinth/rbac";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { describe, expect, it } from "vitest";
import { deliveryComponent } from "../delivery/delivery-component.ts";
import { ownRepositoryName } from "./own-repositories.ts";

const accounts: Component = {
  name: "accounts",
  layer: "application",
  perTeam: (_platform, _environment, team) => [
    buildResource(ServiceAccount, { metadata: { name: "shared", namespace: team.namespace } }),
  ],
  perService: (_platform, _environment, service) => [
    buildResource(ServiceAccount, { metadata: { name: service.name, namespace: `team-${service.team}` } }),
  ],
};

const withFlux = (repositories: string[] = []): Platform => {
  const platform = examplePlatform({
    teams: [exampleTeam("backend", { repositories }), exampleTeam("frontend")],
    components: (examplePlatformInput().components ?? []).map((component) =>
      component.name === "argocd" ? { ...component, name: "flux", namespace: "flux-system" } : component,
    ),
    delivery: { by: "flux" },
  });
  return {
    ...platform,
    environments: platform.environments.map((each) => ({ ...each, delivery: { ...each.delivery, windows: [] } })),
  };
};

const objectsOf = (platform: Platform, environment: string): Resource[] =>
  plan(platform, [deliveryComponent, accounts]).files.flatMap(({ path, resource }) =>
    resource !== undefined && path.startsWith(`flux/${environment}/`) ? [resource] : [],
  );

const specOf = (resources: readonly Resource[], kind: string, name: string): unknown =>
  resources.find((resource) => resource.kind === kind && resource.metadata.name === name)?.["spec"];

describe("what Flux delivers", () => {
  const production = objectsOf(withFlux(), "production");

  it("is a source, a root, and a kustomization for each folder, and nothing of Argo CD's", () => {
    expect(production.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).sort()).toEqual([
      "GitRepository flux-system/plinth",
      "Kustomization flux-system/plinth",
      "Kustomization flux-system/production-backend",
      "Kustomization flux-system/production-backend-checkout",
      "Kustomization flux-system/production-backend-mailer",
      "Kustomization flux-system/production-frontend",
      "Kustomization flux-system/production-frontend-frontend",
    ]);
    expect(plan(withFlux(), [deliveryComponent]).files.filter(({ path }) => /argocd/.test(path))).toEqual([]);
  });

  it("reconciles each folder as the account of its team, after what the whole team uses", () =>
    expect(specOf(production, "Kustomization", "production-backend-checkout")).toMatchObject({
      sourceRef: { kind: "GitRepository", name: "plinth" },
      path: "./rendered/application/production/backend/checkout",
      serviceAccountName: "plinth-backend",
      dependsOn: [{ name: "production-backend" }],
      prune: true,
      wait: true,
    }));

  it("follows the delivered branch where a merge is deployed, and a branch of its own where somebody approves", () => {
    expect(specOf(objectsOf(withFlux(), "development"), "GitRepository", "plinth")).toMatchObject({
      ref: { name: "refs/heads/main" },
    });
    expect(specOf(production, "GitRepository", "plinth")).toMatchObject({ ref: { name: "refs/heads/production" } });
  });

  it("keeps a kustomization that is gone from Git where delivery is by hand: what it has delivered would go with it", () => {
    const annotations = (environment: string): unknown =>
      objectsOf(withFlux(), environment).find(({ kind }) => kind === "Kustomization")?.metadata.annotations;
    expect(annotations("production")).toMatchObject({ "kustomize.toolkit.fluxcd.io/prune": "disabled" });
    expect(annotations("development")).not.toHaveProperty(["kustomize.toolkit.fluxcd.io/prune"]);
  });

  it("delivers a team's own repository with the team's rights, into its namespace, from the environment's folder", () => {
    const objects = objectsOf(withFlux(["https://git.example.com/backend/deployments.git"]), "production");
    expect(specOf(objects, "Kustomization", "team-backend-deployments")).toMatchObject({
      path: "./production",
      serviceAccountName: "team-backend",
      targetNamespace: "team-backend",
    });
  });

  it("acts as accounts that live beside Flux, and may write only where their team is", () => {
    const platform = withFlux();
    const authorize = authorizerOf(
      plan(platform, rbacComponents).files.flatMap(({ resource, entry }) =>
        resource !== undefined && (entry.environment === undefined || entry.environment === "production")
          ? [resource]
          : [],
      ),
    );
    const may = (account: string, apiGroup: string, resource: string, namespace: string): boolean =>
      authorize(serviceAccountNamed(account, "flux-system"), { verb: "patch", apiGroup, resource, namespace }).allowed;
    expect(may("plinth-backend", "networking.k8s.io", "networkpolicies", "team-backend")).toBe(true);
    expect(may("plinth-backend", "networking.k8s.io", "networkpolicies", "team-frontend")).toBe(false);
    expect(may("plinth", "kustomize.toolkit.fluxcd.io", "kustomizations", "flux-system")).toBe(true);
    expect(may("plinth", "argoproj.io", "applications", "flux-system")).toBe(false);
  });

  it("refuses windows: Flux would deliver outside them", () => {
    const found = plan(examplePlatform({ delivery: { by: "flux" } }), [deliveryComponent]).findings;
    expect(found.map(({ code, path }: Finding) => `${code} ${path}`)).toEqual([
      "without-effect environments[production].delivery.windows",
    ]);
  });
});

describe("the name of a team's repository in Flux", () => {
  const named = (...repositories: string[]): string[] => {
    const team = teamNamed(withFlux(repositories), "backend");
    return repositories.map((url) => ownRepositoryName(team, url));
  };

  it("ends as the repository's does", () =>
    expect(named("https://git.example.com/backend/Deploy_Ments.git/")).toEqual(["team-backend-deploy-ments"]));

  it("tells two repositories of one name apart, and fits into a label", () => {
    const names = named(
      "https://git.example.com/one/deployments",
      "https://git.example.com/two/deployments",
      `https://git.example.com/three/${"long".repeat(20)}`,
    );
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^team-backend-[a-z0-9-]{1,50}$/);
  });
});
