import {
  type Component,
  defineAcceptedRisk,
  type Finding,
  type FoundationComponent,
  type Platform,
  type PlatformInput,
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
import { clusterRole, clusterRoleBinding, group, role, roleBinding, rule } from "../analysis/rbac-objects.fixture.ts";
import { canI } from "../authorizer/authorizer.ts";
import { memberOf } from "../authorizer/subject.ts";
import { rbacComponents } from "../components.ts";
import { accessReview } from "./access-review.ts";
import { rbacResources, renderedAccess } from "./rbac-resources.ts";
import { reviewAccess } from "./review.ts";
import { standardAcceptances } from "./standard-acceptances.ts";

/** A role that some other component makes: it reads every Secret. */
const snooping: FoundationComponent = {
  name: "snooping",
  layer: "foundation",
  shared: () => [clusterRole("snoop", rule("list", "secrets")), clusterRoleBinding("snoop", group("snoopers"))],
};
const findingsOf = (platform: Platform, today?: string, ...more: Component[]): Finding[] => [
  ...(accessReview(() => [...rbacComponents, ...more]).check?.(platform, today === undefined ? {} : { today }) ?? []),
];
const accepted = {
  name: "snoop-read-secrets",
  risk: "read-secrets",
  role: "snoop",
  because: "It backs Secrets up.",
  approvedBy: "security",
};

/** Every type of environment: who writes, whether exec is open, what Pod Security refuses. */
const environmentTypes = [exampleDevelopment, exampleProduction].flatMap((make) =>
  (["developers", "delivery"] as const).flatMap((writers) =>
    [false, true].flatMap((exec) =>
      (["privileged", "restricted"] as const).map((enforce) =>
        make({
          access: { writers, exec },
          admission: { enforce: "baseline", podSecurity: { enforce, audit: "restricted", warn: "restricted" } },
        }),
      ),
    ),
  ),
);
const everyType = environmentTypes.filter(
  ({ access, admission, production = false }) =>
    !production || (access.exec !== true && admission.podSecurity.enforce !== "privileged"),
);
/** A platform that uses everything that makes roles: cloud roles, the API server, repositories of a team. */
const busy = (changes: Partial<PlatformInput>): Platform => {
  const { services } = examplePlatformInput();
  return examplePlatform({
    services: services.map((service) =>
      service.name === "checkout"
        ? {
            ...service,
            cloudRole: "shop-checkout",
            kubernetesApi: { reads: ["secrets/checkout", "configmaps/flags"], leaderElection: true },
          }
        : service,
    ),
    teams: [exampleTeam("backend", { repositories: ["https://git.example.com/backend/app"] }), exampleTeam("frontend")],
    ...changes,
  });
};
/** Two environments, of which the first is of a type. */
const withType = (type: (typeof everyType)[number]): Platform =>
  busy({ environments: [type, type.production === true ? exampleDevelopment() : exampleProduction()] });

describe("a new platform", () => {
  it("has no finding, in any type of environment", () => {
    expect(findingsOf(examplePlatform())).toEqual([]);
    for (const type of everyType) expect(findingsOf(withType(type))).toEqual([]);
  });

  it("carries the same risks whether a cloud role is an annotation or an association", () => {
    const carried = (workloadIdentity: "irsa" | "pod-identity"): string[] => {
      const { cluster, ...rest } = exampleProduction();
      const platform = busy({
        environments: [exampleDevelopment(), { ...rest, cluster: { ...cluster, workloadIdentity } }],
      });
      return renderedAccess(platform, platform.environments, rbacComponents)
        .filter(({ environment }) => environment.production)
        .flatMap((access) => reviewAccess(access).standard.map(({ hit }) => `${hit.role} ${hit.risk.id}`));
    };
    expect(carried("pod-identity")).toEqual(carried("irsa"));
    expect(carried("irsa")).toContain("platform-delivery escalate-to-cloud-role");
  });

  it("needs every justification that comes with the roles", () => {
    const used = new Set(
      everyType.flatMap((type) => {
        const platform = withType(type);
        return renderedAccess(platform, platform.environments, rbacComponents).flatMap((access) =>
          reviewAccess(access).standard.map(
            ({ acceptance, hit }) => `${standardAcceptances.indexOf(acceptance)} ${hit.risk.id}`,
          ),
        );
      }),
    );
    expect(
      standardAcceptances.flatMap(({ risks, role: name }, position) =>
        risks.filter((risk) => !used.has(`${position} ${risk}`)).map((risk) => `${name} ${risk}`),
      ),
    ).toEqual([]);
  });

  it("is told when production lets pods be privileged where people write", () => {
    const production = exampleProduction({
      access: { writers: "developers" },
      admission: { enforce: "all", podSecurity: { enforce: "privileged", audit: "restricted", warn: "restricted" } },
    });
    expect(findingsOf(busy({ environments: [exampleDevelopment(), production] }))).toContainEqual(
      expect.objectContaining({
        code: "risky-permission",
        message: expect.stringContaining("namespace-developer may come to control nodes"),
      }),
    );
  });
});

describe("a risk that nobody has accepted", () => {
  it("is an error that shows what to type, and is none once that is typed", () => {
    const [finding, ...rest] = findingsOf(examplePlatform(), undefined, snooping);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      code: "risky-permission",
      severity: "error",
      path: "acceptedRisks",
      message:
        "in development and production, snoop may read Secrets (list secrets), held by the group snoopers in the whole cluster: A list or a watch shows what is in them as a get does: passwords, keys, and tokens of other identities.",
      example:
        'defineAcceptedRisk({ name: "snoop-read-secrets", risk: "read-secrets", role: "snoop", because: "Why it has to be, and what keeps it small.", approvedBy: "security" })',
    });
    expect(findingsOf(examplePlatform({ acceptedRisks: [defineAcceptedRisk(accepted)] }), undefined, snooping)).toEqual(
      [],
    );
  });

  it("stays one in another role, and under the name of a role that this package justifies", () => {
    const other: FoundationComponent = {
      name: "other",
      layer: "foundation",
      shared: () => [
        role("team-backend", "namespace-developer", rule("delete", "pods")),
        roleBinding("team-backend", "Role", "namespace-developer", group("snoopers")),
      ],
    };
    expect(findingsOf(examplePlatform({ acceptedRisks: [accepted] }), undefined, snooping, other)).toMatchObject([
      { code: "risky-permission", message: expect.stringContaining("namespace-developer may delete workloads") },
    ]);
  });

  it("stops the render", () => {
    const components = [...rbacComponents.filter(({ name }) => name !== "access-review"), snooping];
    const { findings } = plan(examplePlatform(), [...components, accessReview(() => components)]);
    expect(findings).toMatchObject([{ code: "risky-permission", component: "access-review" }]);
  });
});

describe("an acceptance", () => {
  const at = (until: string, today?: string): Finding[] =>
    findingsOf(examplePlatform({ acceptedRisks: [{ ...accepted, until }] }), today, snooping);

  it("ends with its last day, and says so two weeks before", () => {
    expect(at("2026-12-31")).toEqual([]);
    expect(at("2026-12-31", "2026-12-16")).toEqual([]);
    expect(at("2026-12-31", "2026-12-17")).toMatchObject([
      { code: "expired", severity: "warning", path: "acceptedRisks[snoop-read-secrets].until" },
    ]);
    expect(at("2026-12-31", "2026-12-31")).toMatchObject([{ code: "expired", severity: "warning" }]);
    expect(at("2026-12-31", "2027-01-01")).toMatchObject([{ code: "expired", severity: "error" }]);
  });

  it.each([
    ["of a role that does not carry the risk", { ...accepted, risk: "write-secrets" }],
    ["of a role that is not there", { ...accepted, role: "nobody" }],
    ["of what comes with a role of this package", { ...accepted, role: "platform-admin" }],
  ])("%s is without effect", (_what, acceptance) => {
    expect(
      findingsOf(examplePlatform({ acceptedRisks: [accepted, { ...acceptance, name: "other" }] }), undefined, snooping),
    ).toMatchObject([{ code: "without-effect", severity: "error", path: "acceptedRisks[other]" }]);
  });

  it("of a risk that there is not names the nearest", () => {
    expect(
      findingsOf(
        examplePlatform({ acceptedRisks: [accepted, { ...accepted, name: "other", risk: "read-secret" }] }),
        undefined,
        snooping,
      ),
    ).toMatchObject([
      {
        code: "unknown-reference",
        path: "acceptedRisks[other].risk",
        example: '"read-secrets"',
        hint: "did you mean read-secrets?",
      },
    ]);
  });
});

describe("break-glass", () => {
  it("answers for itself: it says who approved it, and ends", () => {
    const entry = {
      name: "outage",
      group: "on-call",
      environment: "production",
      because: "The control plane does not answer.",
      ticket: "INC-1",
      approvedBy: "security",
      until: "2026-12-31",
    };
    for (const name of ["platform-admin", "cluster-admin"])
      expect(findingsOf(examplePlatform({ breakGlass: [{ ...entry, role: name }] }))).toEqual([]);
    expect(
      findingsOf(examplePlatform({ breakGlass: [{ ...entry, team: "backend", role: "namespace-rescuer" }] })),
    ).toEqual([]);
  });
});

describe("what does not fit", () => {
  it("is a finding for the environments in which it does not", () => {
    const dangling: FoundationComponent = {
      name: "dangling",
      layer: "foundation",
      perEnvironment: (_platform, { name }) =>
        name === "production" ? [clusterRoleBinding("nothing", group("team"))] : [],
    };
    expect(findingsOf(examplePlatform(), undefined, dangling)).toMatchObject([
      {
        code: "unknown-reference",
        component: "dangling",
        message: expect.stringMatching(/^in production, there is no ClusterRole "nothing"/),
      },
    ]);
  });
});

describe("the RBAC objects of an environment", () => {
  it("are those that components make, and answer questions", () => {
    const platform = examplePlatform();
    const [development, production] = platform.environments;
    if (development === undefined || production === undefined) throw new Error("no environments");
    const request = { verb: "create", resource: "pods/exec", namespace: "team-backend" };
    const developer = memberOf("backend-developers");
    expect(canI(rbacResources(platform, development, rbacComponents), developer, request).allowed).toBe(true);
    expect(canI(rbacResources(platform, production, rbacComponents), developer, request).allowed).toBe(false);
  });
});

describe("a component that throws", () => {
  it("is reported by the plan alone", () => {
    const broken: FoundationComponent = {
      name: "broken",
      layer: "foundation",
      shared: () => {
        throw new Error("it is broken");
      },
    };
    const components = [...rbacComponents.filter(({ name }) => name !== "access-review"), broken];
    expect(plan(examplePlatform(), [...components, accessReview(() => components)]).findings).toMatchObject([
      { code: "component-failed", component: "broken" },
    ]);
  });
});
