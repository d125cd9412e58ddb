import { type Environment, environmentNamed, plan, type Resource } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { authorizerOf } from "../authorizer/authorizer.ts";
import { uncoveredRules } from "../authorizer/coverage.ts";
import { memberOf } from "../authorizer/subject.ts";
import { rbacComponents } from "../components.ts";
import { rulesOf } from "./define-role.ts";
import { developerBase } from "./developer-base.ts";
import { namespaceAdmin } from "./namespace-admin.ts";
import { namespaceRescuer } from "./namespace-rescuer.ts";
import { namespaceViewer } from "./namespace-viewer.ts";
import { platformAdmin } from "./platform-admin.ts";
import { platformOperator } from "./platform-operator.ts";
import { platformViewer } from "./platform-viewer.ts";
import { threeEnvironments } from "./three-environments.fixture.ts";

const platform = threeEnvironments();
const { files } = plan(platform, rbacComponents);
const names = platform.environments.map(({ name }) => String(name));

function rendered(environment: string): Resource[] {
  return files.flatMap(({ resource, entry }) =>
    resource !== undefined && (entry.environment === undefined || entry.environment === environment) ? [resource] : [],
  );
}

const authorizers = new Map(names.map((name) => [name, authorizerOf(rendered(name))]));
const groups = { b: "backend-developers", v: "platform-viewers", o: "platform-operators", a: "platform-admins" };

/** `deployments.apps/scale`, as kubectl writes it. */
function whoMay(environment: string, verb: string, text: string, namespace?: string): string {
  const [, plural = "", apiGroup = "", subresource = ""] = /^([^./]+)\.?([^/]*)(\/.*)?$/.exec(text) ?? [];
  const request = {
    verb,
    apiGroup,
    resource: `${plural}${subresource}`,
    ...(namespace === undefined ? {} : { namespace }),
  };
  return Object.entries(groups)
    .filter(([, group]) => authorizers.get(environment)?.(memberOf(group), request).allowed)
    .map(([letter]) => letter)
    .join("");
}

// Who may do what in a namespace of the platform's: a developer of some team (b), platform viewers, operators, admins.
const inNamespace: readonly (readonly [
  verb: string,
  resource: string,
  development: string,
  staging: string,
  production: string,
])[] = [
  ["list", "pods", "voa", "voa", "voa"],
  ["list", "configmaps", "voa", "voa", "voa"],
  ["get", "pods/log", "oa", "oa", "oa"],
  ["delete", "pods", "oa", "oa", "oa"],
  ["create", "pods/eviction", "oa", "oa", "oa"],
  ["patch", "deployments.apps/scale", "oa", "oa", "oa"],
  ["patch", "rollouts.argoproj.io/status", "oa", "oa", "oa"],
  ["patch", "deployments.apps", "a", "a", "a"],
  ["create", "pods", "a", "a", "a"],
  ["patch", "rollouts.argoproj.io", "oa", "oa", "a"],
  ["update", "opentelemetrycollectors.opentelemetry.io", "oa", "oa", "a"],
  ["update", "prometheusrules.monitoring.coreos.com", "oa", "oa", "oa"],
  ["create", "servicemonitors.monitoring.coreos.com", "oa", "oa", "oa"],
  ["create", "prometheusservicelevels.sloth.slok.dev", "oa", "oa", "oa"],
  ["create", "grafanadashboards.grafana.integreatly.org", "oa", "oa", "oa"],
  ["patch", "certificates.cert-manager.io", "oa", "oa", "oa"],
  ["delete", "policyreports.wgpolicyk8s.io", "oa", "oa", "oa"],
  ["get", "secrets", "a", "a", "a"],
  ["list", "secrets", "a", "a", "a"],
  ["create", "externalsecrets.external-secrets.io", "a", "a", "a"],
  ["create", "rolebindings.rbac.authorization.k8s.io", "a", "a", "a"],
  ["bind", "roles.rbac.authorization.k8s.io", "a", "a", "a"],
  ["create", "networkpolicies.networking.k8s.io", "a", "a", "a"],
  ["update", "resourcequotas", "a", "a", "a"],
  ["create", "policyexceptions.policies.kyverno.io", "a", "a", "a"],
  ["create", "applications.argoproj.io", "a", "a", "a"],
  ["update", "prometheuses.monitoring.coreos.com", "a", "a", "a"],
  ["create", "pods/exec", "a", "", ""],
  ["create", "pods/portforward", "a", "", ""],
  ["patch", "pods/ephemeralcontainers", "oa", "", ""],
  ["create", "pods/attach", "oa", "", ""],
  ["create", "serviceaccounts/token", "", "", ""],
  ["impersonate", "serviceaccounts", "", "", ""],
  ["deletecollection", "pods", "", "", ""],
];

describe("who may do what in a namespace of the platform's", () => {
  it.each(inNamespace)("%s %s", (verb, resource, development, staging, production) => {
    expect(Object.fromEntries(names.map((name) => [name, whoMay(name, verb, resource, "monitoring")]))).toEqual({
      development,
      staging,
      production,
    });
  });
});

// What belongs to no namespace is equal in every environment.
const inCluster: readonly (readonly [verb: string, resource: string, who: string])[] = [
  ["list", "namespaces", "bvoa"],
  ["get", "storageclasses.storage.k8s.io", "bvoa"],
  ["get", "priorityclasses.scheduling.k8s.io", "bvoa"],
  ["get", "ingressclasses.networking.k8s.io", "bvoa"],
  ["get", "gatewayclasses.gateway.networking.k8s.io", "bvoa"],
  ["get", "runtimeclasses.node.k8s.io", "bvoa"],
  ["list", "customresourcedefinitions.apiextensions.k8s.io", "bvoa"],
  ["get", "validatingpolicies.policies.kyverno.io", "bvoa"],
  ["get", "validatingadmissionpolicies.admissionregistration.k8s.io", "bvoa"],
  ["get", "nodes", "voa"],
  ["list", "clusterpolicyreports.wgpolicyk8s.io", "voa"],
  ["list", "clusterroles.rbac.authorization.k8s.io", "voa"],
  ["get", "clustersecretstores.external-secrets.io", "voa"],
  ["list", "pods", "voa"],
  ["patch", "nodes", "oa"],
  ["update", "nodes", "a"],
  ["create", "namespaces", "a"],
  ["patch", "namespaces", "a"],
  ["create", "customresourcedefinitions.apiextensions.k8s.io", "a"],
  ["create", "validatingpolicies.policies.kyverno.io", "a"],
  ["create", "validatingwebhookconfigurations.admissionregistration.k8s.io", "a"],
  ["create", "clusterrolebindings.rbac.authorization.k8s.io", "a"],
  ["escalate", "clusterroles.rbac.authorization.k8s.io", "a"],
  ["list", "secrets", "a"],
  ["create", "nodes/proxy", ""],
  ["get", "nodes/proxy", ""],
  ["impersonate", "users", ""],
  ["impersonate", "groups", ""],
  ["update", "certificatesigningrequests.certificates.k8s.io/approval", ""],
];

describe("who may do what outside of namespaces", () => {
  it.each(inCluster)("%s %s", (verb, resource, who) => {
    for (const name of names) expect(whoMay(name, verb, resource)).toBe(who);
  });
});

describe("the platform's viewers, operators and admins", () => {
  const rules = (role: Parameters<typeof rulesOf>[0], environment: Environment): ReturnType<typeof rulesOf> =>
    rulesOf(role, environment);

  it.each(names)("may each more than the one before in %s", (name) => {
    const environment = environmentNamed(platform, name);
    const chain = [developerBase, platformViewer, platformOperator, platformAdmin];
    for (const [index, stronger] of chain.entries()) {
      const weaker = chain[index - 1];
      if (weaker === undefined) continue;
      expect(uncoveredRules(rules(stronger, environment), rules(weaker, environment))).toEqual([]);
      expect(uncoveredRules(rules(weaker, environment), rules(stronger, environment))).not.toEqual([]);
    }
  });

  it.each(names)("have in the admin what every role of a namespace has in %s", (name) => {
    const environment = environmentNamed(platform, name);
    for (const role of [namespaceViewer, namespaceAdmin, namespaceRescuer])
      expect(uncoveredRules(rules(platformAdmin, environment), rules(role, environment))).toEqual([]);
  });

  it("make no pod by hand in production unless they are admins: what an operator writes there becomes none", () => {
    const written = rulesOf(platformOperator, environmentNamed(platform, "production"))
      .filter(({ verbs }) => verbs.includes("create") || verbs.includes("patch"))
      .flatMap(({ apiGroups = [], resources = [] }) =>
        resources.map((resource) => `${resource}.${apiGroups[0] ?? ""}`),
      );
    for (const made of [
      "pods.",
      "deployments.apps",
      "jobs.batch",
      "rollouts.argoproj.io",
      "opentelemetrycollectors.opentelemetry.io",
    ])
      expect(written).not.toContain(made);
  });
});

describe("a rescuer", () => {
  it("may in production what a namespace's admin may where people write, but for roles and accounts", () => {
    const production = environmentNamed(platform, "production");
    const staging = environmentNamed(platform, "staging");
    const missing = uncoveredRules(rulesOf(namespaceRescuer, production), rulesOf(namespaceAdmin, staging));
    const named = missing.flatMap(({ resources = [] }) => resources);
    expect(new Set(named)).toEqual(new Set(["serviceaccounts", "roles", "rolebindings"]));
  });
});
