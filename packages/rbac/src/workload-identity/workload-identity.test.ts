import { environmentNamed, type Resource, type ServiceInput, serviceNamed } from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { roleArn } from "./role-arn.ts";
import { workloadIdentity } from "./workload-identity.ts";

function platformWith(changes: Partial<ServiceInput>) {
  const { services } = examplePlatformInput();
  return examplePlatform({
    services: services.map((service) => (service.name === "checkout" ? { ...service, ...changes } : service)),
  });
}

function serviceAccount(changes: Partial<ServiceInput>, environmentName: string): Resource | undefined {
  const platform = platformWith(changes);
  return workloadIdentity.perService?.(
    platform,
    environmentNamed(platform, environmentName),
    serviceNamed(platform, "checkout"),
  )[0];
}

describe("a service's ServiceAccount", () => {
  it("is named after it, lives in its team's namespace and mounts no token", () => {
    expect(serviceAccount({}, "production")).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "checkout", namespace: "team-backend" },
      automountServiceAccountToken: false,
    });
  });

  it("mounts one where the service calls the API server", () => {
    expect(serviceAccount({ kubernetesApi: {} }, "production")).toMatchObject({
      automountServiceAccountToken: true,
    });
  });

  it("takes the cloud role of the environment's own account, and no token for it", () => {
    const annotationOf = (environment: string): string | undefined =>
      serviceAccount({ cloudRole: "shop-checkout" }, environment)?.metadata.annotations?.["eks.amazonaws.com/role-arn"];
    expect(annotationOf("development")).toBe(`arn:aws:iam::${exampleDevelopment().cluster.account}:role/shop-checkout`);
    expect(annotationOf("production")).toBe(`arn:aws:iam::${exampleProduction().cluster.account}:role/shop-checkout`);
    expect(serviceAccount({ cloudRole: "shop-checkout" }, "production")).toMatchObject({
      automountServiceAccountToken: false,
    });
  });
});

describe("a cloud role with Pod Identity", () => {
  it("is no annotation: the association says it", () => {
    const platform = examplePlatform({
      environments: [
        exampleDevelopment(),
        exampleProduction({ cluster: { ...exampleProduction().cluster, workloadIdentity: "pod-identity" } }),
      ],
      services: examplePlatformInput().services.map((service) => ({ ...service, cloudRole: `shop-${service.name}` })),
    });
    const annotationsIn = (environment: string): unknown =>
      workloadIdentity.perService?.(
        platform,
        environmentNamed(platform, environment),
        serviceNamed(platform, "checkout"),
      )[0]?.metadata.annotations;
    expect(annotationsIn("production")).toBeUndefined();
    expect(annotationsIn("development")).toBeDefined();
  });
});

describe("a cloud role", () => {
  it.each([
    ["eu-central-1", "arn:aws:iam::111122223333:role/web"],
    ["cn-north-1", "arn:aws-cn:iam::111122223333:role/web"],
    ["us-gov-west-1", "arn:aws-us-gov:iam::111122223333:role/web"],
    ["us-iso-east-1", "arn:aws-iso:iam::111122223333:role/web"],
    ["us-isob-east-1", "arn:aws-iso-b:iam::111122223333:role/web"],
  ])("of %s is %s", (region, arn) => {
    expect(roleArn("web", { account: "111122223333", region })).toBe(arn);
  });

  it.each(["shop-checkout", "shop/checkout", "A+=,.@_-9", "x".repeat(64)])("may be named %s", (cloudRole) => {
    expect(workloadIdentity.check?.(platformWith({ cloudRole }), {})).toEqual([]);
  });

  it.each(["arn:aws:iam::111122223333:role/checkout", "/checkout", "two words", "x".repeat(65)])(
    "may not be named %s",
    (cloudRole) => {
      expect(workloadIdentity.check?.(platformWith({ cloudRole }), {})).toMatchObject([
        { code: "invalid-field", severity: "error", path: "services[checkout].cloudRole", example: '"shop-checkout"' },
      ]);
    },
  );
});
