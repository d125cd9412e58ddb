import {
  environmentNamed,
  type KubernetesApiUseInput,
  type Platform,
  plan,
  type Resource,
  serviceNamed,
} from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { authorizerOf } from "../authorizer/authorizer.ts";
import { serviceAccountNamed } from "../authorizer/subject.ts";
import { rbacComponents } from "../components.ts";
import { appRuntime, runtimeRules } from "./app-runtime.ts";

function platformWith(kubernetesApi?: KubernetesApiUseInput): Platform {
  const { services } = examplePlatformInput();
  return examplePlatform({
    services: services.map((service) =>
      service.name === "checkout" && kubernetesApi !== undefined ? { ...service, kubernetesApi } : service,
    ),
  });
}

function made(kubernetesApi?: KubernetesApiUseInput): readonly Resource[] {
  const platform = platformWith(kubernetesApi);
  return (
    appRuntime.perService?.(platform, environmentNamed(platform, "production"), serviceNamed(platform, "checkout")) ??
    []
  );
}

describe("a service's own role", () => {
  it("is not made where the service asks the API server for nothing", () => {
    expect(made()).toEqual([]);
    expect(made({})).toEqual([]);
  });

  it("reads all of a kind, or objects by their names", () => {
    expect(
      runtimeRules(
        serviceNamed(
          platformWith({ reads: ["endpointslices", "configmaps/flags", "configmaps/banner", "secrets/signing-key"] }),
          "checkout",
        ),
      ),
    ).toEqual([
      {
        apiGroups: [""],
        resources: ["configmaps"],
        resourceNames: ["banner", "flags"],
        verbs: ["get", "list", "watch"],
      },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["get", "list", "watch"] },
      { apiGroups: [""], resources: ["secrets"], resourceNames: ["signing-key"], verbs: ["get", "list", "watch"] },
    ]);
  });

  it("names nothing where it reads all of the kind anyway", () => {
    const platform = platformWith({ reads: ["pods", "pods/checkout-0"] });
    expect(runtimeRules(serviceNamed(platform, "checkout"))).toEqual([
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
    ]);
  });

  it("is bound to the service's ServiceAccount alone", () => {
    expect(
      made({ leaderElection: true }).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`),
    ).toEqual(["Role team-backend/checkout", "RoleBinding team-backend/checkout"]);
    expect(made({ leaderElection: true })[1]).toMatchObject({
      roleRef: { kind: "Role", name: "checkout" },
      subjects: [{ kind: "ServiceAccount", name: "checkout", namespace: "team-backend" }],
    });
  });

  it("lets replicas choose a leader by the Lease of the service's name, and touch no other Lease", () => {
    const authorize = authorizerOf(made({ leaderElection: true }));
    const checkout = serviceAccountNamed("checkout", "team-backend");
    const lease = { apiGroup: "coordination.k8s.io", resource: "leases", namespace: "team-backend" };
    expect(authorize(checkout, { ...lease, verb: "create" }).allowed).toBe(true);
    for (const verb of ["get", "update", "patch"]) {
      expect(authorize(checkout, { ...lease, verb, name: "checkout" }).allowed).toBe(true);
      expect(authorize(checkout, { ...lease, verb, name: "mailer" }).allowed).toBe(false);
    }
    expect(authorize(checkout, { ...lease, verb: "delete", name: "checkout" }).allowed).toBe(false);
    expect(authorize(serviceAccountNamed("mailer", "team-backend"), { ...lease, verb: "create" }).allowed).toBe(false);
  });

  it("lies in the foundation, where no project of Argo CD delivers", () => {
    const paths = plan(platformWith({ leaderElection: true }), [
      ...rbacComponents.filter(({ name }) => name !== "app-runtime"),
      appRuntime,
    ])
      .files.filter(({ resource }) => resource?.kind === "Role" && resource.metadata.name === "checkout")
      .map(({ path }) => path);
    expect(paths).toEqual([
      "foundation/overlays/development/app-runtime/team-backend/role-checkout.yaml",
      "foundation/overlays/production/app-runtime/team-backend/role-checkout.yaml",
    ]);
  });

  it("is missed where a token is mounted for nothing", () => {
    expect(appRuntime.check?.(platformWith({}), {})).toMatchObject([
      { code: "without-effect", severity: "warning", path: "services[checkout].kubernetesApi" },
    ]);
    expect(appRuntime.check?.(platformWith({ leaderElection: true }), {})).toEqual([]);
    expect(appRuntime.check?.(platformWith(), {})).toEqual([]);
  });
});
