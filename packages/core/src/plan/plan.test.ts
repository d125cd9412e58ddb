import fc from "fast-check";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { describe, expect, it } from "vitest";
import type { Component } from "../component.ts";
import { buildResource, buildUntypedResource } from "../resource/build-resource.ts";
import type { Resource } from "../resource/resource.ts";
import { examplePlatform, examplePlatformInput, platformOf } from "../testing.ts";
import { assemble } from "./assemble.ts";
import { plan } from "./plan.ts";

const account = (name: string, namespace: string): Resource =>
  buildResource(ServiceAccount, { metadata: { name, namespace } });
const role = (name: string): Resource => buildResource(ClusterRole, { metadata: { name }, rules: [] });

const accounts: Component = {
  name: "accounts",
  layer: "application",
  perService: (_platform, _environment, { name, team }) => [account(name, `team-${team}`)],
};
const roles: Component = {
  name: "roles",
  layer: "foundation",
  shared: () => [role("viewer")],
  perEnvironment: (_platform, { name }) => [role(`${name}-developer`)],
  perTeam: (_platform, _environment, { name, namespace }) => [account(`${name}-team`, namespace)],
};

const paths = (components: readonly Component[], platform = examplePlatform()): string[] =>
  assemble(plan(platform, components).files).map(({ path }) => path);
const codes = (components: readonly Component[], platform = examplePlatform()): string[] =>
  plan(platform, components).findings.map(({ code }) => code);

describe("a plan", () => {
  it("puts what is equal into the base, what differs into overlays, and applications into a folder for each service", () =>
    expect(paths([accounts, roles])).toEqual([
      "application/development/backend/checkout/serviceaccount-checkout.yaml",
      "application/development/backend/mailer/serviceaccount-mailer.yaml",
      "application/development/frontend/frontend/serviceaccount-frontend.yaml",
      "application/production/backend/checkout/serviceaccount-checkout.yaml",
      "application/production/backend/mailer/serviceaccount-mailer.yaml",
      "application/production/frontend/frontend/serviceaccount-frontend.yaml",
      "foundation/base/kustomization.yaml",
      "foundation/base/roles/clusterrole-viewer.yaml",
      "foundation/base/roles/kustomization.yaml",
      "foundation/kept/development/kustomization.yaml",
      "foundation/kept/production/kustomization.yaml",
      "foundation/overlays/development/kustomization.yaml",
      "foundation/overlays/development/roles/clusterrole-development-developer.yaml",
      "foundation/overlays/development/roles/kustomization.yaml",
      "foundation/overlays/development/roles/team-backend/serviceaccount-backend-team.yaml",
      "foundation/overlays/development/roles/team-frontend/serviceaccount-frontend-team.yaml",
      "foundation/overlays/production/kustomization.yaml",
      "foundation/overlays/production/roles/clusterrole-production-developer.yaml",
      "foundation/overlays/production/roles/kustomization.yaml",
      "foundation/overlays/production/roles/team-backend/serviceaccount-backend-team.yaml",
      "foundation/overlays/production/roles/team-frontend/serviceaccount-frontend-team.yaml",
      "foundation/pruned/development/kustomization.yaml",
      "foundation/pruned/production/kustomization.yaml",
      "index.json",
    ]));

  it("labels each resource with owner, tier, environment and component", () =>
    expect(
      plan(examplePlatform(), [accounts]).files.find(({ path }) => path.includes("production/backend/checkout"))
        ?.resource?.metadata.labels,
    ).toEqual({
      "app.kubernetes.io/managed-by": "plinth",
      "app.kubernetes.io/name": "checkout",
      "app.kubernetes.io/part-of": "example-shop",
      "plinth.dev/component": "accounts",
      "plinth.dev/environment": "production",
      "plinth.dev/service": "checkout",
      "plinth.dev/team": "backend",
      "plinth.dev/tier": "critical",
    }));

  it("leaves out services in environments that they do not run in", () => {
    const input = examplePlatformInput();
    const services = input.services.map((service) =>
      service.name === "mailer" ? { ...service, environments: ["development"] } : service,
    );
    const mailers = paths([accounts], platformOf({ ...input, services })).filter((path) => path.includes("mailer"));
    expect(mailers).toEqual(["application/development/backend/mailer/serviceaccount-mailer.yaml"]);
  });

  it("has the same bytes in any order of the platform's parts and of the components", () => {
    const bytes = (platform = examplePlatform(), components = [accounts, roles]): string[] =>
      assemble(plan(platform, components).files).map(({ path, text }) => `${path}\n${text()}`);
    const expected = bytes();
    const input = examplePlatformInput();
    const shuffled = <Entry>(entries: readonly Entry[]): fc.Arbitrary<Entry[]> =>
      fc.shuffledSubarray([...entries], { minLength: entries.length });
    fc.assert(
      fc.property(
        shuffled(input.environments),
        shuffled(input.teams),
        shuffled(input.services),
        shuffled([accounts, roles]),
        (environments, teams, services, components) => {
          expect(bytes(platformOf({ ...input, environments, teams, services }), components)).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("renames nothing when an object is added", () => {
    const before = new Set(paths([roles]));
    const more: Component = {
      ...roles,
      shared: () => [
        role("viewer"),
        role("Viewer"),
        role("viewer:more"),
        buildUntypedResource({ apiVersion: "example.com/v1", kind: "ClusterRole", metadata: { name: "viewer" } }),
      ],
    };
    const after = new Set(paths([more]));
    expect([...before].filter((path) => !after.has(path))).toEqual([]);
    expect([...after].filter((path) => !before.has(path))).toEqual([
      "foundation/base/roles/clusterrole-%56iewer.yaml",
      "foundation/base/roles/clusterrole-viewer%3Amore.yaml",
      "foundation/base/roles/clusterrole.example.com-viewer.yaml",
    ]);
  });

  it("gives even the longest names a file name that file systems take, and keeps them apart", () => {
    const names = ["a".repeat(253), `${"a".repeat(252)}b`];
    const long = paths([{ name: "roles", layer: "foundation", shared: () => names.map(role) }]).filter((path) =>
      path.includes("clusterrole-"),
    );
    expect(new Set(long).size).toBe(2);
    for (const path of long) expect(path.split("/").at(-1)?.length).toBeLessThan(230);
  });
});

describe("a plan finds", () => {
  it("nothing wrong with what is right", () => expect(codes([accounts, roles])).toEqual([]));

  it("two components that make one object, once for all environments that share the base", () => {
    const other: Component = { name: "other", layer: "foundation", shared: () => [role("viewer")] };
    expect(plan(examplePlatform(), [roles, other]).findings).toMatchObject([
      { code: "duplicate-resource", resource: "rbac.authorization.k8s.io/v1/ClusterRole viewer" },
    ]);
  });

  it("one object under two versions", () => {
    const versions: Component = {
      name: "versions",
      layer: "foundation",
      shared: () =>
        ["v1", "v2"].map((version) =>
          buildUntypedResource({ apiVersion: `example.com/${version}`, kind: "Thing", metadata: { name: "a" } }),
        ),
    };
    expect(codes([versions])).toContain("duplicate-resource");
  });

  it("an object of an environment that the base has too", () => {
    const overlay: Component = { name: "overlay", layer: "foundation", perEnvironment: () => [role("viewer")] };
    expect(codes([roles, overlay])).toEqual(["duplicate-resource", "duplicate-resource"]);
  });

  it("a component that throws, and still all that others find", () => {
    const broken: Component = {
      name: "broken",
      layer: "application",
      perService: () => {
        throw new TypeError("boom");
      },
    };
    const invalid: Component = {
      name: "invalid",
      layer: "foundation",
      shared: () => [role("a/b"), account("x_y", "team")],
    };
    const { findings } = plan(examplePlatform(), [broken, invalid]);
    expect(findings.filter(({ code }) => code === "component-failed")).toHaveLength(6);
    expect(findings.filter(({ code }) => code === "invalid-resource")).toHaveLength(2);
    expect(findings.find(({ code }) => code === "component-failed")?.message).toContain(
      "broken failed for checkout in development: boom",
    );
  });

  it("a value that YAML cannot say, with its path", () => {
    const odd: Component = {
      name: "odd",
      layer: "foundation",
      shared: () => [
        buildUntypedResource({
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: "a", namespace: "b" },
          data: { at: new Date(0) },
        }),
      ],
    };
    expect(plan(examplePlatform(), [odd]).findings).toMatchObject([
      { code: "invalid-resource", path: "data.at", component: "odd" },
    ]);
  });

  it("two components of one name", () =>
    expect(codes([accounts, { ...roles, name: "accounts" }])).toContain("duplicate-name"));

  it("a document that would leave the folder, hide in it, or take a name of Plinth's own", () => {
    for (const path of [
      "../../etc/passwd",
      "/etc/passwd",
      "a/../b.md",
      ".hidden.md",
      "a//b.md",
      "index.json",
      "foundation/base/kustomization.yaml",
      "a\\b.md",
      "a\nb.md",
      "runbooks/page.html",
      "foundation/base/page.md",
      "argocd/production/extra.yaml",
    ]) {
      expect(codes([{ name: "pages", layer: "foundation", documents: () => [{ path, text: "x" }] }]), path).toContain(
        "unsafe-path",
      );
    }
  });

  it("but a page and the input of a tool are documents, each with the header of its language", () => {
    const documents = [
      { path: "access/production/cluster-config.yaml", text: "kind: ClusterConfig\n" },
      { path: "runbooks/A.md", text: "# A\n" },
    ];
    const { files, findings } = plan(examplePlatform(), [
      { name: "pages", layer: "foundation", documents: () => documents },
    ]);
    expect(findings).toEqual([]);
    expect(files.map(({ text }) => text().split("\n")[0])).toEqual([
      expect.stringMatching(/^# Generated by Plinth/),
      expect.stringMatching(/^<!--/),
    ]);
  });

  it("a namespace such as ../../etc before it is a path", () =>
    expect(codes([{ name: "evil", layer: "foundation", shared: () => [account("a", "../../etc")] }])).toEqual(
      expect.arrayContaining(["invalid-resource", "unsafe-path"]),
    ));

  it("paths that differ only in case", () => {
    const pages: Component = {
      name: "pages",
      layer: "foundation",
      documents: () => [
        { path: "runbooks/A.md", text: "x" },
        { path: "runbooks/a.md", text: "y" },
      ],
    };
    expect(codes([pages])).toEqual(["duplicate-path"]);
  });
});
