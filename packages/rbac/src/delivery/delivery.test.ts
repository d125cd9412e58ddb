import { environmentNamed, type Platform, plan, type Resource, teamNamed } from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { type Authorizer, authorizerOf } from "../authorizer/authorizer.ts";
import { uncoveredRules } from "../authorizer/coverage.ts";
import { serviceAccountNamed } from "../authorizer/subject.ts";
import { rulesOf } from "../roles/define-role.ts";
import { namespaceDeveloper } from "../roles/namespace-developer.ts";
import { ownProject, renderedProject, rootProject } from "./app-project.ts";
import { deliveryKinds, ownKinds, platformKinds } from "./delivered-kinds.ts";
import { deliveryAccess } from "./delivery-access.ts";
import { applicationDelivery, namespaceDelivery, platformDelivery } from "./delivery-roles.ts";

const platformWith = (...repositories: string[]): Platform =>
  examplePlatform({ teams: [exampleTeam("backend", { repositories }), exampleTeam("frontend")] });
const platform = platformWith("https://git.example.com/backend/deployments");
const production = environmentNamed(platform, "production");
const backend = teamNamed(platform, "backend");

const rendered: readonly Resource[] = plan(platform, [deliveryAccess]).files.flatMap(({ resource, entry }) =>
  resource !== undefined && (entry.environment === undefined || entry.environment === "production") ? [resource] : [],
);

describe("what Argo CD delivers as", () => {
  it("is an account of the project's name beside Argo CD, bound where the project delivers to", () => {
    expect(
      rendered
        .filter(({ kind }) => kind !== "ClusterRole")
        .map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)
        .sort(),
    ).toEqual([
      "Role argocd/delivery-impersonation",
      "RoleBinding argocd/application-delivery",
      "RoleBinding argocd/delivery-impersonation",
      "RoleBinding team-backend/namespace-delivery",
      "RoleBinding team-backend/platform-delivery",
      "RoleBinding team-frontend/platform-delivery",
      "ServiceAccount argocd/plinth",
      "ServiceAccount argocd/plinth-backend",
      "ServiceAccount argocd/plinth-frontend",
      "ServiceAccount argocd/team-backend",
    ]);
  });

  it("mounts no token, and no pod of a team can take it", () => {
    const accounts = rendered.filter(({ kind }) => kind === "ServiceAccount");
    expect(accounts.every((account) => account["automountServiceAccountToken"] === false)).toBe(true);
    expect(new Set(accounts.map(({ metadata }) => metadata.namespace))).toEqual(new Set(["argocd"]));
  });

  const authorize: Authorizer = authorizerOf(rendered);
  const may = (
    project: string,
    verb: string,
    apiGroup: string,
    resource: string,
    namespace = "team-backend",
  ): boolean => authorize(serviceAccountNamed(project, "argocd"), { verb, apiGroup, resource, namespace }).allowed;

  it("is somebody whom Argo CD may act as, and nobody else is", () => {
    const authorize = authorizerOf(rendered);
    const mayActAs = (who: string, name: string): boolean =>
      authorize(serviceAccountNamed(who, "argocd"), {
        verb: "impersonate",
        resource: "serviceaccounts",
        namespace: "argocd",
        name,
      }).allowed;
    for (const name of ["plinth", "plinth-backend", "plinth-frontend", "team-backend"]) {
      expect(mayActAs("argocd-server", name)).toBe(true);
      expect(mayActAs("plinth-backend", name)).toBe(false);
    }
    expect(mayActAs("argocd-server", "argocd-application-controller")).toBe(false);
    expect(mayActAs("argocd-server", "team-frontend")).toBe(false);
  });

  it("may do in its namespace what the project allows, and nothing elsewhere", () => {
    for (const { group, resource } of ownKinds)
      for (const verb of ["create", "patch", "update", "delete", "get"]) {
        expect(may("team-backend", verb, group, resource)).toBe(true);
        expect(may("plinth-backend", verb, group, resource)).toBe(true);
        expect(may("team-backend", verb, group, resource, "team-frontend")).toBe(false);
        expect(may("plinth-backend", verb, group, resource, "kube-system")).toBe(false);
      }
    for (const { group, resource } of platformKinds) {
      expect(may("plinth-backend", "patch", group, resource)).toBe(true);
      expect(may("team-backend", "patch", group, resource)).toBe(false);
    }
    for (const { group, resource } of deliveryKinds(platform))
      expect(may("plinth", "patch", group, resource, "argocd")).toBe(true);
  });

  it.each([
    ["", "secrets"],
    ["", "namespaces"],
    ["", "resourcequotas"],
    ["", "limitranges"],
    ["rbac.authorization.k8s.io", "roles"],
    ["rbac.authorization.k8s.io", "rolebindings"],
    ["policies.kyverno.io", "policyexceptions"],
    ["", "pods"],
    ["", "pods/exec"],
  ])("may not change %s %s, whatever a project allows", (apiGroup, resource) => {
    for (const project of ["team-backend", "plinth-backend", "plinth"])
      for (const namespace of ["team-backend", "argocd"])
        for (const verb of ["create", "patch", "update", "delete"])
          expect(may(project, verb, apiGroup, resource, namespace)).toBe(false);
  });

  it("reads no secret", () => {
    for (const project of ["team-backend", "plinth-backend", "plinth"])
      expect(may(project, "get", "", "secrets")).toBe(false);
  });
});

describe("what a team delivers", () => {
  it("is what its developers change by hand where people write: the table of kinds and the role agree", () => {
    const development = environmentNamed(platform, "development");
    const changes = (rules: ReturnType<typeof rulesOf>): string[] =>
      rules
        .filter(({ verbs }) => verbs.includes("create") && verbs.includes("patch"))
        .flatMap(({ apiGroups = [], resources = [] }) =>
          resources.map((resource) => `${resource}.${apiGroups[0] ?? ""}`),
        )
        .sort();
    expect(changes(rulesOf(namespaceDelivery))).toEqual(changes(rulesOf(namespaceDeveloper, development)));
    expect(changes(rulesOf(namespaceDelivery))).toEqual(
      ownKinds.map(({ group, resource }) => `${resource}.${group}`).sort(),
    );
  });

  it("is less than what the platform delivers", () => {
    expect(uncoveredRules(rulesOf(platformDelivery), rulesOf(namespaceDelivery))).toEqual([]);
    expect(uncoveredRules(rulesOf(namespaceDelivery), rulesOf(platformDelivery))).not.toEqual([]);
    expect(JSON.stringify(rulesOf(applicationDelivery(platform)))).not.toContain("secrets");
  });

  it("names each kind once, by group and plural", () => {
    const all = [...ownKinds, ...platformKinds].map(({ group, resource }) => `${group}/${resource}`);
    expect(new Set(all).size).toBe(all.length);
    const kinds = [...ownKinds, ...platformKinds].map(({ group, kind }) => `${group}/${kind}`);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

describe("the project of a team's own repositories", () => {
  const project = ownProject(platform, production, backend);

  it("takes those repositories, into the team's namespace alone, and nothing of the cluster", () => {
    expect(project).toMatchObject({
      metadata: { name: "team-backend", namespace: "argocd" },
      spec: {
        sourceRepos: ["https://git.example.com/backend/deployments"],
        destinations: [{ server: "https://kubernetes.default.svc", namespace: "team-backend" }],
        destinationServiceAccounts: [
          {
            server: "https://kubernetes.default.svc",
            namespace: "team-backend",
            defaultServiceAccount: "argocd:team-backend",
          },
        ],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: ownKinds.map(({ group, kind }) => ({ group, kind })),
      },
    });
  });

  it.each([
    "Namespace",
    "ResourceQuota",
    "LimitRange",
    "NetworkPolicy",
    "Role",
    "RoleBinding",
    "ServiceAccount",
    "PolicyException",
    "Secret",
    "ExternalSecret",
  ])("allows no %s", (kind) => {
    expect(JSON.stringify(project["spec"])).not.toContain(`"kind":"${kind}"`);
  });

  it("opens in production's windows, to the hand as to the machine", () => {
    expect(project).toMatchObject({ spec: { syncWindows: [{ kind: "allow", schedule: "0 8 * * 1-4" }] } });
    expect(ownProject(platform, environmentNamed(platform, "development"), backend)["spec"]).not.toHaveProperty(
      "syncWindows",
    );
  });

  it("lets admins sync where approval is asked for, developers restart, and viewers look", () => {
    const policy = (role: string, resource: string, action: string): string =>
      `p, proj:team-backend:${role}, ${resource}, ${action}, team-backend/*, allow`;
    expect(project).toMatchObject({
      spec: {
        roles: [
          {
            name: "deliverer",
            groups: ["backend-admins"],
            policies: expect.arrayContaining([policy("deliverer", "applications", "sync")]),
          },
          {
            name: "developer",
            groups: ["backend-developers"],
            policies: [
              policy("developer", "applications", "get"),
              ...["DaemonSet", "Deployment", "StatefulSet"].map((kind) =>
                policy("developer", "applications", `action/apps/${kind}/restart`),
              ),
              policy("developer", "logs", "get"),
            ],
          },
          { name: "viewer", groups: ["backend-viewers"], policies: [policy("viewer", "applications", "get")] },
        ],
      },
    });
  });

  it("names a group once, and quotes one with a comma: Argo CD refuses the project otherwise", () => {
    const team = { ...backend, groups: { admins: "CN=admins,OU=shop", developers: "CN=admins,OU=shop", viewers: "v" } };
    expect(ownProject(platform, environmentNamed(platform, "development"), team)).toMatchObject({
      spec: { roles: [{ groups: ['"CN=admins,OU=shop"'] }, { groups: ['"CN=admins,OU=shop"'] }, { groups: ["v"] }] },
    });
  });
});

describe("the other projects", () => {
  it("take the platform's repository, for the kinds that are rendered and for Argo CD's own", () => {
    const kinds = [{ group: "", kind: "ServiceAccount" }];
    const folders = [{ path: "application/production/backend/checkout", team: backend, kinds }];
    expect(renderedProject(platform, production, backend, folders)).toMatchObject({
      metadata: { name: "plinth-backend" },
      spec: {
        sourceRepos: ["https://git.example.com/shop/platform"],
        namespaceResourceWhitelist: kinds,
        clusterResourceWhitelist: [],
        destinationServiceAccounts: [{ namespace: "team-backend", defaultServiceAccount: "argocd:plinth-backend" }],
      },
    });
    expect(rootProject(platform, production)).toMatchObject({
      metadata: { name: "plinth" },
      spec: {
        destinations: [{ namespace: "argocd" }],
        destinationServiceAccounts: [{ namespace: "argocd", defaultServiceAccount: "argocd:plinth" }],
        namespaceResourceWhitelist: deliveryKinds(platform).map(({ group, kind }) => ({ group, kind })),
      },
    });
  });
});

describe("a repository of a team", () => {
  it.each([
    ["https://git.example.com/backend/*", "invalid-field"],
    ["https://git.example.com/shop/platform", "conflicting-fields"],
    ["https://git.example.com/Shop/platform.git", "conflicting-fields"],
  ])("is not %s", (url, code) => {
    expect(deliveryAccess.check?.(platformWith(url), {})).toMatchObject([
      { code, severity: "error", path: "teams[backend].repositories[0]" },
    ]);
  });

  it("stands once", () => {
    const url = "https://git.example.com/backend/deployments";
    expect(deliveryAccess.check?.(platformWith(url, `${url}.git`), {})).toMatchObject([
      { code: "duplicate-name", path: "teams[backend].repositories[1]" },
    ]);
    expect(deliveryAccess.check?.(platformWith(url), {})).toEqual([]);
    expect(deliveryAccess.check?.(examplePlatform(examplePlatformInput()), {})).toEqual([]);
  });
});
