import {
  type EnvironmentInput,
  environmentNamed,
  type Finding,
  inspectSignature,
  type Platform,
  plan,
} from "@plinth/core";
import {
  exampleDevelopment,
  examplePlatform,
  examplePlatformInput,
  exampleProduction,
  exampleTeam,
} from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { clusterConfig } from "./access-entries.ts";
import { awsAuth } from "./aws-auth.ts";
import { clusterAccess } from "./cluster-access.ts";

type Authentication = NonNullable<EnvironmentInput["access"]["authentication"]>;

function platformWith(authentication: Authentication, cluster: Partial<EnvironmentInput["cluster"]> = {}): Platform {
  const { cluster: production } = exampleProduction();
  return examplePlatform({
    environments: [
      exampleDevelopment(),
      exampleProduction({ access: { writers: "delivery", authentication }, cluster: { ...production, ...cluster } }),
    ],
    teams: [
      exampleTeam("backend", {
        tenancy: {
          bindings: [
            { group: "support", role: "namespace-viewer", because: "answers customers" },
            { group: "trainees", role: "namespace-viewer", because: "learn", environments: ["development"] },
          ],
        },
      }),
      exampleTeam("frontend"),
    ],
    services: examplePlatformInput().services.map((service) =>
      service.name === "checkout" ? { ...service, cloudRole: "shop/checkout" } : service,
    ),
    breakGlass: [
      {
        name: "night",
        group: "break-glass-night",
        role: "platform-admin",
        environment: "production",
        because: "The cluster is being moved.",
        ticket: "OPS-1",
        approvedBy: "platform",
        until: "2026-12-31",
      },
    ],
  });
}

const configOf = (platform: Platform, environment = "production"): ReturnType<typeof clusterConfig> =>
  clusterConfig(platform, environmentNamed(platform, environment));
const findings = (authentication: Authentication): readonly Finding[] =>
  clusterAccess.check?.(platformWith(authentication), {}) ?? [];

const groups = [
  "backend-admins",
  "backend-developers",
  "backend-viewers",
  "break-glass-night",
  "frontend-admins",
  "frontend-developers",
  "frontend-viewers",
  "platform-admins",
  "platform-operators",
  "platform-viewers",
  "support",
];

describe("access entries", () => {
  it("give each group that something is bound to an IAM role, guests and break-glass too", () => {
    expect(configOf(platformWith({ by: "access-entries" }))).toEqual({
      apiVersion: "eksctl.io/v1alpha5",
      kind: "ClusterConfig",
      metadata: { name: "shop-production", region: "eu-central-1" },
      accessConfig: {
        authenticationMode: "API",
        accessEntries: groups.map((group) => ({
          principalARN: `arn:aws:iam::444455556666:role/${group}`,
          type: "STANDARD",
          kubernetesGroups: [group],
        })),
      },
    });
  });

  it("keep the path of a role, and the partition of the region", () => {
    const config = configOf(
      platformWith(
        { by: "access-entries", roles: { support: "external/support-engineers" }, nodeRoles: ["karpenter"] },
        { region: "cn-north-1" },
      ),
    );
    expect(config?.accessConfig?.accessEntries).toContainEqual({
      principalARN: "arn:aws-cn:iam::444455556666:role/external/support-engineers",
      type: "STANDARD",
      kubernetesGroups: ["support"],
    });
    expect(config?.accessConfig?.accessEntries).toContainEqual({
      principalARN: "arn:aws-cn:iam::444455556666:role/karpenter",
      type: "EC2_LINUX",
    });
  });

  it("are none where the identity provider says the groups", () => {
    expect(configOf(platformWith({ by: "oidc" }))).toBeUndefined();
    expect(configOf(platformWith({ by: "access-entries" }), "development")).toBeUndefined();
  });
});

describe("associations of Pod Identity", () => {
  it("join a service's ServiceAccount with its cloud role", () => {
    expect(configOf(platformWith({ by: "oidc" }, { workloadIdentity: "pod-identity" }))).toEqual({
      apiVersion: "eksctl.io/v1alpha5",
      kind: "ClusterConfig",
      metadata: { name: "shop-production", region: "eu-central-1" },
      iam: {
        podIdentityAssociations: [
          {
            namespace: "team-backend",
            serviceAccountName: "checkout",
            roleARN: "arn:aws:iam::444455556666:role/shop/checkout",
          },
        ],
      },
    });
  });
});

describe("the aws-auth map", () => {
  const platform = platformWith({
    by: "aws-auth",
    roles: { support: "external/support-engineers" },
    nodeRoles: ["nodes/general"],
  });
  const { data } = awsAuth(platform, environmentNamed(platform, "production"));

  it("keeps the nodes, drops the paths of roles, and tells sessions apart", () => {
    expect(data).toEqual({
      mapRoles: expect.stringMatching(
        /^- rolearn: arn:aws:iam::444455556666:role\/general\n {2}username: system:node:\{\{EC2PrivateDNSName\}\}\n {2}groups:\n {4}- system:bootstrappers\n {4}- system:nodes\n/,
      ),
    });
    expect(data).toMatchObject({
      mapRoles: expect.stringContaining(
        "- rolearn: arn:aws:iam::444455556666:role/support-engineers\n  username: support-engineers:{{SessionName}}\n  groups:\n    - support\n",
      ),
    });
  });
});

describe("the files", () => {
  it("lie outside of every layer, signed, one for each environment that needs one", () => {
    const { files } = plan(
      platformWith({ by: "aws-auth", nodeRoles: ["nodes"] }, { workloadIdentity: "pod-identity" }),
      [clusterAccess],
    );
    expect(files.map(({ path }) => path)).toEqual([
      "access/production/aws-auth.yaml",
      "access/production/cluster-config.yaml",
    ]);
    for (const { text } of files) expect(inspectSignature(text())).toBe("intact");
  });
});

describe("what stands between a group and its people", () => {
  it("is nothing in a map that is whole", () => {
    expect(findings({ by: "access-entries", roles: { support: "external/support" } })).toEqual([]);
    expect(findings({ by: "aws-auth", nodeRoles: ["nodes"] })).toEqual([]);
    expect(findings({ by: "oidc" })).toEqual([]);
  });

  it("is a group that nothing is bound to there", () => {
    expect(findings({ by: "access-entries", roles: { trainees: "trainees" } })).toMatchObject([
      { code: "unknown-reference", path: "environments[production].access.authentication.roles.trainees" },
    ]);
  });

  it("is a role that IAM cannot name", () => {
    expect(
      findings({ by: "access-entries", roles: { support: "arn:aws:iam::1:role/x" }, nodeRoles: ["two words"] }),
    ).toMatchObject([
      { code: "invalid-field", path: "environments[production].access.authentication.roles.support" },
      { code: "invalid-field", path: "environments[production].access.authentication.nodeRoles[0]" },
    ]);
  });

  it("is a role for two groups; without paths two roles of one name are one", () => {
    const roles = { "backend-viewers": "a/viewers", "frontend-viewers": "b/viewers" };
    expect(findings({ by: "access-entries", roles })).toEqual([]);
    expect(findings({ by: "aws-auth", roles, nodeRoles: ["nodes"] })).toMatchObject([
      { code: "conflicting-fields", path: "environments[production].access.authentication.roles.frontend-viewers" },
    ]);
    expect(findings({ by: "access-entries", roles: { support: "backend-viewers" } })).toMatchObject([
      { code: "conflicting-fields" },
    ]);
  });

  it("is a map without the nodes", () => {
    expect(findings({ by: "aws-auth" })).toMatchObject([
      { code: "invalid-field", severity: "error", path: "environments[production].access.authentication.nodeRoles" },
    ]);
  });

  it("is a role where the identity provider says the groups", () => {
    expect(findings({ by: "oidc", roles: { support: "support" } })).toMatchObject([
      { code: "without-effect", severity: "warning" },
    ]);
  });

  it.each(["eks:admins", "aws:admins", "amazon:admins", "iam:admins"])("is a group that EKS refuses: %s", (admins) => {
    const platform = platformWith({ by: "access-entries", roles: { [admins]: "shop-admins" } });
    const renamed = { ...platform, groups: { ...platform.groups, admins } };
    expect(clusterAccess.check?.(renamed, {})).toMatchObject([
      { code: "invalid-field", severity: "error", message: expect.stringContaining("access entry") },
    ]);
  });
});
