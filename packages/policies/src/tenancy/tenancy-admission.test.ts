import { environmentNamed, type Finding, type Platform, plan, type Resource, type TenancyInput } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { readCel } from "../admission/cel-text.ts";
import { tenancyAdmission } from "./tenancy-admission.ts";

function platformWith(backend: TenancyInput, frontend: TenancyInput = {}): Platform {
  return examplePlatform({
    teams: [exampleTeam("backend", { tenancy: backend }), exampleTeam("frontend", { tenancy: frontend })],
  });
}

function rendered(platform: Platform, environment = "production"): readonly Resource[] {
  return tenancyAdmission.perEnvironment?.(platform, environmentNamed(platform, environment)) ?? [];
}

function policiesOf(resources: readonly Resource[]): string[] {
  return resources
    .filter(({ kind }) => kind.endsWith("Policy"))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

function policyNamed(resources: readonly Resource[], name: string, kind = "ValidatingAdmissionPolicy"): Resource {
  const found = resources.find((resource) => resource.kind === kind && resource.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

const everything: TenancyInput = {
  allowed: {
    storageClasses: ["gp3"],
    ingressClasses: ["internal"],
    priorityClasses: ["tier-medium"],
    runtimeClasses: ["gvisor"],
    registries: ["registry.example.com/backend"],
  },
  nodeSelector: { "example.com/pool": "backend" },
  cordon: { because: "it's moving" },
};

describe("policies about tenancies", () => {
  it("are none where no team says anything", () => expect(policiesOf(rendered(examplePlatform()))).toEqual([]));

  it("are one for each concern that a team has, each with a binding that refuses and records", () => {
    const resources = rendered(platformWith(everything));
    expect(policiesOf(resources)).toEqual([
      "ValidatingAdmissionPolicy tenancy-registries",
      "ValidatingAdmissionPolicy tenancy-priority-classes",
      "ValidatingAdmissionPolicy tenancy-runtime-classes",
      "ValidatingAdmissionPolicy tenancy-storage-classes",
      "ValidatingAdmissionPolicy tenancy-ingress-classes",
      "MutatingAdmissionPolicy tenancy-node-selection",
      "ValidatingAdmissionPolicy tenancy-node-selection",
      "ValidatingAdmissionPolicy tenancy-cordon",
    ]);
    const policies = resources.filter(({ kind }) => kind === "ValidatingAdmissionPolicy");
    const bindings = resources.filter(({ kind }) => kind === "ValidatingAdmissionPolicyBinding");
    expect(bindings.map((binding) => binding["spec"])).toEqual(
      policies.map(({ metadata }) => ({ policyName: metadata.name, validationActions: ["Deny", "Audit"] })),
    );
    for (const policy of policies) expect(policy["spec"]).toMatchObject({ failurePolicy: "Fail" });
  });

  it("are a valid plan", () => expect(plan(platformWith(everything), [tenancyAdmission]).findings).toEqual([]));

  it("are CEL whose words are right", () => {
    for (const resource of rendered(platformWith(everything, everything))) {
      const text = JSON.stringify(resource["spec"]);
      const declared = [...text.matchAll(/"name":"(\w+)","expression"/g)].map(([, name]) => name);
      for (const [, quoted = ""] of text.matchAll(/"(?:expression|messageExpression)":("(?:[^"\\]|\\.)*")/g)) {
        const { problems, variables } = readCel(String(JSON.parse(quoted)));
        expect(problems).toEqual([]);
        expect(variables.filter((variable) => !declared.includes(variable))).toEqual([]);
      }
    }
  });

  it("hold in the namespaces of the teams that say something, with a line for each", () => {
    const policy = policyNamed(
      rendered(
        platformWith(
          { allowed: { registries: ["registry.example.com/b", "registry.example.com/a"] } },
          { allowed: { registries: ["registry.example.com/frontend"], runtimeClasses: ["gvisor"] } },
        ),
      ),
      "tenancy-registries",
    );
    expect(policy["spec"]).toMatchObject({
      matchConstraints: {
        namespaceSelector: {
          matchExpressions: [
            { key: "kubernetes.io/metadata.name", operator: "In", values: ["team-backend", "team-frontend"] },
          ],
        },
      },
      variables: [
        {
          name: "allowed",
          expression: [
            "{",
            "  'team-backend': ['registry.example.com/a', 'registry.example.com/b'],",
            "  'team-frontend': ['registry.example.com/frontend'],",
            "}[request.namespace]",
          ].join("\n"),
        },
        { name: "podSpec" },
        { name: "names" },
        { name: "used" },
        { name: "refused" },
      ],
    });
  });
});

describe("the nodes of a team", () => {
  const platform = (kubernetes: string): Platform => {
    const cluster = { name: "shop", kubernetes, account: "111122223333", region: "eu-central-1" };
    return examplePlatform({
      environments: [exampleDevelopment({ cluster }), exampleProduction()],
      teams: [exampleTeam("backend", { tenancy: { nodeSelector: { pool: "backend" } } }), exampleTeam("frontend")],
    });
  };

  it("are given to its pods", () =>
    expect(
      policyNamed(rendered(platform("1.36"), "development"), "tenancy-node-selection", "MutatingAdmissionPolicy")[
        "spec"
      ],
    ).toMatchObject({
      variables: [{ name: "labels", expression: "{\n  'team-backend': {'pool': 'backend'},\n}[request.namespace]" }],
      mutations: [{ patchType: "JSONPatch" }],
    }));

  it("are asked for where Kubernetes cannot give them yet", () =>
    expect(policiesOf(rendered(platform("1.35"), "development"))).toEqual([
      "ValidatingAdmissionPolicy tenancy-node-selection",
    ]));
});

describe("a closed namespace", () => {
  const closed = { cordon: { because: "it's moving", environments: ["production"] } };

  it("is closed in the environments that are named", () => {
    expect(policiesOf(rendered(platformWith(closed)))).toContain("ValidatingAdmissionPolicy tenancy-cordon");
    expect(policiesOf(rendered(platformWith(closed), "development"))).not.toContain(
      "ValidatingAdmissionPolicy tenancy-cordon",
    );
  });

  it("is closed to delivery, and open to the controllers of the cluster and of the platform", () => {
    const text = JSON.stringify(policyNamed(rendered(platformWith(closed)), "tenancy-cordon"));
    for (const exempt of [
      "system:nodes",
      "system:serviceaccounts:kube-system",
      "system:serviceaccounts:kyverno",
      "platform-admins",
    ])
      expect(text).toContain(`'${exempt}'`);
    expect(text).not.toContain("argocd");
    expect(text).toContain("'team-backend': 'it\\\\'s moving'");
    expect(text).not.toContain('"DELETE"');
  });
});

describe("what is wrong with a tenancy", () => {
  const findingsOf = (tenancy: TenancyInput): readonly Finding[] =>
    tenancyAdmission.check?.(platformWith(tenancy), {}) ?? [];

  it("is nothing in a tenancy that uses every field well", () => expect(findingsOf(everything)).toEqual([]));

  it("is a priority class that is Kubernetes' own, or that nobody renders", () => {
    expect(
      findingsOf({ allowed: { priorityClasses: ["tier-medium", "system-node-critical", "batch"] } }),
    ).toMatchObject([
      {
        code: "conflicting-fields",
        severity: "error",
        path: "teams[backend].tenancy.allowed.priorityClasses[1]",
        example: expect.any(String),
      },
      { code: "unknown-reference", severity: "warning", path: "teams[backend].tenancy.allowed.priorityClasses[2]" },
    ]);
  });

  it("is a list of priority classes without that which a pod gets by itself", () =>
    expect(findingsOf({ allowed: { priorityClasses: ["tier-high"] } })).toMatchObject([
      { severity: "warning", message: expect.stringContaining("gets tier-medium") },
    ]));

  it.each([
    "https://registry.example.com",
    "registry.example.com/",
    "registry.example.com/app:1",
    "Registry.example.com",
  ])("is a registry that no image's name begins with: %s", (registry) =>
    expect(findingsOf({ allowed: { registries: [registry] } })).toMatchObject([
      { code: "invalid-field", severity: "error", path: "teams[backend].tenancy.allowed.registries[0]" },
    ]),
  );

  it.each(["registry.example.com", "registry.example.com:5000/a/b_c", "localhost/app", "docker.io/library"])(
    "is not a registry like %s",
    (registry) => expect(findingsOf({ allowed: { registries: [registry] } })).toEqual([]),
  );

  it("is a list that leaves no pod", () =>
    expect(findingsOf({ allowed: { registries: [], priorityClasses: [] } })).toMatchObject([
      { path: "teams[backend].tenancy.allowed.registries", severity: "error" },
      { path: "teams[backend].tenancy.allowed.priorityClasses", severity: "error" },
    ]));

  it("is not a list that leaves no volume or ingress", () =>
    expect(findingsOf({ allowed: { storageClasses: [], ingressClasses: [], runtimeClasses: [] } })).toEqual([]));

  it("is a quota for a storage class that the team may not use", () => {
    const { quotas } = exampleTeam("backend");
    const production = { ...quotas["production"], storageByClass: { io2: "1Ti" } };
    const platform = examplePlatform({
      teams: [
        exampleTeam("backend", {
          quotas: {
            ...quotas,
            production: {
              cpu: "1",
              memory: "1Gi",
              storage: "1Ti",
              pods: 1,
              services: 1,
              loadBalancers: 1,
              persistentVolumeClaims: 1,
              ...production,
            },
          },
          tenancy: { allowed: { storageClasses: ["gp3"] } },
        }),
        exampleTeam("frontend"),
      ],
    });
    expect(tenancyAdmission.check?.(platform, {})).toMatchObject([
      { code: "without-effect", path: "teams[backend].quotas.production.storageByClass.io2" },
    ]);
  });
});
