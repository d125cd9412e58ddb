import { type Environment, environmentNamed, plan, type Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import type { ResourceRequest } from "../authorizer/access-request.ts";
import { authorizerOf } from "../authorizer/authorizer.ts";
import { uncoveredRules } from "../authorizer/coverage.ts";
import { memberOf } from "../authorizer/subject.ts";
import { rbacComponents } from "../components.ts";
import { execIsOpen } from "./condition.ts";
import { defineRole, rulesOf } from "./define-role.ts";
import { exec, where } from "./intention.ts";
import { namespaceAdmin } from "./namespace-admin.ts";
import { namespaceDeveloper } from "./namespace-developer.ts";
import { namespaceRoles } from "./namespace-roles.ts";
import { namespaceViewer } from "./namespace-viewer.ts";
import { platformViewer } from "./platform-viewer.ts";
import { pods } from "./resource-groups.ts";
import { threeEnvironments } from "./three-environments.fixture.ts";

const platform = threeEnvironments();
const { files } = plan(platform, rbacComponents);

function rendered(environment: string): Resource[] {
  return files.flatMap(({ resource, entry }) =>
    resource !== undefined && (entry.environment === undefined || entry.environment === environment) ? [resource] : [],
  );
}

/** `deployments.apps/scale`, as kubectl writes it. */
function resourceOf(text: string): Pick<ResourceRequest, "apiGroup" | "resource"> {
  const [, name = "", apiGroup = "", subresource = ""] = /^([^./]+)\.?([^/]*)(\/.*)?$/.exec(text) ?? [];
  return { apiGroup, resource: `${name}${subresource}` };
}

const groups = { v: "backend-viewers", d: "backend-developers", a: "backend-admins" };

/** Who may: `v`iewers, `d`evelopers, `a`dmins. */
function whoMay(environment: string, request: ResourceRequest): string {
  const authorize = authorizerOf(rendered(environment));
  return Object.entries(groups)
    .filter(([, group]) => authorize(memberOf(group), request).allowed)
    .map(([letter]) => letter)
    .join("");
}

// Who may do what in the team's own namespace: viewers, developers, admins.
const matrix: readonly (readonly [
  verb: string,
  resource: string,
  development: string,
  staging: string,
  production: string,
])[] = [
  ["get", "pods", "vda", "vda", "vda"],
  ["watch", "deployments.apps", "vda", "vda", "vda"],
  ["list", "configmaps", "vda", "vda", "vda"],
  ["list", "events.events.k8s.io", "vda", "vda", "vda"],
  ["get", "namespaces", "vda", "vda", "vda"],
  ["get", "resourcequotas", "vda", "vda", "vda"],
  ["get", "rollouts.argoproj.io", "vda", "vda", "vda"],
  ["get", "certificates.cert-manager.io", "vda", "vda", "vda"],
  ["get", "externalsecrets.external-secrets.io", "vda", "vda", "vda"],
  ["get", "prometheusrules.monitoring.coreos.com", "vda", "vda", "vda"],
  ["get", "prometheusservicelevels.sloth.slok.dev", "vda", "vda", "vda"],
  ["list", "policyreports.wgpolicyk8s.io", "vda", "vda", "vda"],
  ["get", "pods/log", "da", "da", "da"],
  ["delete", "pods", "da", "da", "da"],
  ["create", "pods/eviction", "da", "da", "da"],
  ["get", "roles.rbac.authorization.k8s.io", "a", "a", "a"],
  ["patch", "deployments.apps", "da", "da", ""],
  ["create", "jobs.batch", "da", "da", ""],
  ["update", "rollouts.argoproj.io", "da", "da", ""],
  ["update", "configmaps", "da", "da", ""],
  ["create", "services", "da", "da", ""],
  ["patch", "horizontalpodautoscalers.autoscaling", "da", "da", ""],
  ["create", "prometheusrules.monitoring.coreos.com", "da", "da", ""],
  ["patch", "deployments.apps/scale", "da", "da", "a"],
  ["patch", "rollouts.argoproj.io/status", "da", "da", "a"],
  ["create", "rolebindings.rbac.authorization.k8s.io", "a", "a", ""],
  ["create", "serviceaccounts", "a", "a", ""],
  ["create", "analysistemplates.argoproj.io", "da", "da", ""],
  ["create", "certificates.cert-manager.io", "a", "a", ""],
  ["patch", "certificates.cert-manager.io/status", "a", "a", "a"],
  ["create", "issuers.cert-manager.io", "", "", ""],
  ["get", "issuers.cert-manager.io", "vda", "vda", "vda"],
  ["get", "instrumentations.opentelemetry.io", "vda", "vda", "vda"],
  ["list", "policyexceptions.policies.kyverno.io", "vda", "vda", "vda"],
  ["patch", "opentelemetrycollectors.opentelemetry.io", "", "", ""],
  ["create", "pods/exec", "da", "", ""],
  ["get", "pods/exec", "da", "", ""],
  ["create", "pods/portforward", "da", "", ""],
  ["create", "pods", "", "", ""],
  ["patch", "namespaces", "", "", ""],
  ["update", "resourcequotas", "", "", ""],
  ["delete", "limitranges", "", "", ""],
  ["create", "networkpolicies.networking.k8s.io", "", "", ""],
  ["create", "externalsecrets.external-secrets.io", "", "", ""],
  ["create", "servicemonitors.monitoring.coreos.com", "", "", ""],
  ["create", "policyexceptions.policies.kyverno.io", "", "", ""],
];

describe("who may do what in the team's namespace", () => {
  it.each(matrix)("%s %s", (verb, resource, development, staging, production) => {
    const request = { verb, ...resourceOf(resource), namespace: "team-backend" };
    expect({
      development: whoMay("development", request),
      staging: whoMay("staging", request),
      production: whoMay("production", request),
    }).toEqual({ development, staging, production });
  });

  it("ends at the namespace: nobody reads another team's, and a list over all is nobody's", () => {
    for (const { name } of platform.environments) {
      expect(whoMay(name, { verb: "get", resource: "pods", namespace: "team-frontend" })).toBe("");
      expect(whoMay(name, { verb: "list", resource: "pods" })).toBe("");
      expect(whoMay(name, { verb: "get", resource: "nodes" })).toBe("");
    }
  });
});

// What scanners of RBAC flag (KubiScan, rbac-police, kubescape) and what no role here holds, in any environment.
const refused: readonly (readonly [verb: string, resource: string])[] = [
  ...["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"].map(
    (verb) => [verb, "secrets"] as const,
  ),
  ...["get", "create", "patch"].map((verb) => [verb, "nodes/proxy"] as const),
  ["create", "serviceaccounts/token"],
  ["get", "services/proxy"],
  ["get", "pods/proxy"],
  ["create", "pods/attach"],
  ["patch", "pods/ephemeralcontainers"],
  ["impersonate", "users"],
  ["impersonate", "groups"],
  ["impersonate", "serviceaccounts"],
  ["bind", "clusterroles.rbac.authorization.k8s.io"],
  ["bind", "roles.rbac.authorization.k8s.io"],
  ["escalate", "roles.rbac.authorization.k8s.io"],
  ["escalate", "clusterroles.rbac.authorization.k8s.io"],
  ["create", "clusterrolebindings.rbac.authorization.k8s.io"],
  ["create", "persistentvolumes"],
  ["update", "certificatesigningrequests.certificates.k8s.io/approval"],
  ["create", "mutatingwebhookconfigurations.admissionregistration.k8s.io"],
  ["deletecollection", "pods"],
];

describe("every role", () => {
  const holders = [...Object.values(groups), platform.groups.viewers];

  it.each(refused)("is refused to %s %s", (verb, resource) => {
    for (const { name } of platform.environments) {
      const authorize = authorizerOf(rendered(name));
      for (const namespace of ["team-backend", "kube-system", undefined]) {
        const request = { verb, ...resourceOf(resource), ...(namespace === undefined ? {} : { namespace }) };
        expect(holders.filter((group) => authorize(memberOf(group), request).allowed)).toEqual([]);
      }
    }
  });

  it("names what it grants: no wildcard, and no label that another role aggregates", () => {
    const roles = files.flatMap(({ resource }) => (resource?.kind === "ClusterRole" ? [resource] : []));
    expect(roles.length).toBeGreaterThan(0);
    for (const role of roles) {
      expect(JSON.stringify(role["rules"])).not.toContain("*");
      expect(
        Object.keys(role.metadata.labels ?? {}).filter((key) => key.startsWith("rbac.authorization.k8s.io/")),
      ).toEqual([]);
    }
  });
});

describe("a namespace's viewers, developers and admins", () => {
  const names = platform.environments.map((environment): [string, Environment] => [environment.name, environment]);

  it.each(names)("may each more than the one before in %s", (_name, environment) => {
    const [viewer, developer, admin] = [namespaceViewer, namespaceDeveloper, namespaceAdmin].map((role) =>
      rulesOf(role, environment),
    );
    expect(uncoveredRules(developer ?? [], viewer ?? [])).toEqual([]);
    expect(uncoveredRules(admin ?? [], developer ?? [])).toEqual([]);
    expect(uncoveredRules(viewer ?? [], developer ?? [])).not.toEqual([]);
    expect(uncoveredRules(developer ?? [], admin ?? [])).not.toEqual([]);
  });

  it.each(names)("see no more than a platform viewer does, in %s", (_name, environment) => {
    expect(uncoveredRules(rulesOf(platformViewer, environment), rulesOf(namespaceViewer, environment))).toEqual([]);
    expect(
      rulesOf(platformViewer, environment)
        .flatMap(({ verbs }) => verbs)
        .filter((verb) => !["get", "list", "watch"].includes(verb)),
    ).toEqual([]);
  });
});

describe("the roles' files", () => {
  it("stand in the base where no condition decides, and in each overlay where one does", () => {
    expect(files.filter(({ entry }) => entry.component === "namespace-roles").map(({ path }) => path)).toEqual([
      "foundation/base/namespace-roles/clusterrole-namespace-viewer.yaml",
      ...["development", "production", "staging"].flatMap((name) => [
        `foundation/overlays/${name}/namespace-roles/clusterrole-namespace-admin.yaml`,
        `foundation/overlays/${name}/namespace-roles/clusterrole-namespace-developer.yaml`,
      ]),
    ]);
  });
});

describe("exec in production", () => {
  const open = examplePlatform({
    environments: [exampleDevelopment(), exampleProduction({ access: { writers: "delivery", exec: true } })],
  });

  it("is never granted, whatever the environment says", () => {
    const role = defineRole("enters-pods", { title: "Enters pods.", may: [where(execIsOpen, exec(pods))] });
    expect(rulesOf(role, environmentNamed(open, "production"))).toEqual([]);
    expect(rulesOf(role, environmentNamed(open, "development"))).toEqual([
      { apiGroups: [""], resources: ["pods/exec"], verbs: ["create", "get"] },
    ]);
  });

  it("is an error of the environment that asks for it", () => {
    expect(namespaceRoles.check?.(open, {})).toMatchObject([
      { code: "conflicting-fields", severity: "error", path: "environments[production].access.exec" },
    ]);
    expect(namespaceRoles.check?.(platform, {})).toEqual([]);
  });
});
