import type { Component } from "@plinth/core";
import {
  cleanUp,
  createAdmissionPolicies,
  disallowHostPath,
  disallowHostPorts,
  disallowWildcardsInClusterRoles,
  generators,
  mutations,
  requirePodSecurityLevel,
  restrictSysctls,
  tenancyAdmission,
} from "@plinth/policies";
import { rbacComponents } from "@plinth/rbac";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTrees } from "../../comparison/compare-trees.ts";
import type { ConsequenceReader } from "../consequence.ts";
import {
  bothWays,
  editedTree,
  linesOf,
  type ModelEdit,
  type ModelInput,
  productionTree,
} from "../model-edit.fixture.ts";
import { policiesConsequences, policiesConsequencesOn } from "./policies-consequences.ts";

/** A part of the catalogue: what holds of these holds of all. */
const policies = [
  disallowHostPath,
  disallowHostPorts,
  disallowWildcardsInClusterRoles,
  requirePodSecurityLevel,
  restrictSysctls,
];
const components: readonly Component[] = [
  createAdmissionPolicies({ policies }),
  tenancyAdmission,
  mutations,
  cleanUp,
  generators,
  ...rbacComponents.filter(({ name }) => name === "tenancy"),
];
const unedited = editedTree("before", components);

const production = (input: ModelInput): ModelInput["environments"][number] => {
  const found = input.environments.find(({ name }) => name === "production");
  if (found === undefined) throw new Error("no production");
  return found;
};
type Exception = NonNullable<ModelInput["policyExceptions"]>[number];
type Rollout = NonNullable<ModelInput["policyRollouts"]>[number];
type Tenancy = NonNullable<ModelInput["teams"][number]["tenancy"]>;

const excepted =
  (changes: Partial<Exception> = {}): ModelEdit =>
  (input) => {
    input.policyExceptions = [
      {
        name: "legacy",
        policy: "disallow-host-path",
        for: { service: "checkout" },
        environments: ["production"],
        because: "The agent reads the logs of the node.",
        ticket: "T-1",
        approvedBy: "platform",
        owner: "backend",
        until: "2027-03-31",
        ...changes,
      },
    ];
  };
const rolledOut =
  (changes: Partial<Rollout> = {}): ModelEdit =>
  (input) => {
    input.policyRollouts = [
      {
        name: "later",
        policies: "disallow-host-path",
        action: "audit",
        environments: ["production"],
        owner: "backend",
        ...changes,
      },
    ];
  };
const tenant =
  (tenancy: Tenancy): ModelEdit =>
  (input) => {
    input.teams = input.teams.map((team) => (team.name === "backend" ? { ...team, tenancy } : team));
  };

interface EditCase {
  readonly what: string;
  readonly given?: ModelEdit;
  readonly edit: ModelEdit;
  readonly told: readonly string[];
}

const cases: readonly EditCase[] = [
  {
    what: "only the baseline is enforced",
    edit: (input) => {
      production(input).admission.enforce = "baseline";
    },
    told: [
      "production policy-stops-refusing | policy disallow-wildcards-in-cluster-roles stops refusing everywhere",
      "production policy-stops-refusing | policy require-pod-security-level stops refusing in team-backend and team-frontend",
    ],
  },
  {
    what: "a policy audits",
    edit: rolledOut(),
    told: [
      "production policy-stops-refusing | policy disallow-host-path stops refusing in team-backend and team-frontend",
    ],
  },
  {
    what: "a policy audits for a team",
    edit: rolledOut({ teams: ["backend"] }),
    told: ["production policy-stops-refusing | policy disallow-host-path stops refusing in team-backend"],
  },
  {
    what: "a policy warns that audited",
    given: rolledOut(),
    edit: rolledOut({ action: "warn" }),
    told: [
      "production policy-begins-to-warn | policy disallow-host-path begins to warn in team-backend and team-frontend",
    ],
  },
  {
    what: "a policy refuses that warned",
    given: rolledOut({ action: "warn", teams: ["backend"] }),
    edit: (input) => {
      input.policyRollouts = [];
    },
    told: ["production policy-begins-to-refuse | policy disallow-host-path begins to refuse in team-backend"],
  },
  {
    what: "a policy about the cluster audits",
    edit: rolledOut({ policies: "disallow-wildcards-in-cluster-roles" }),
    told: ["production policy-stops-refusing | policy disallow-wildcards-in-cluster-roles stops refusing everywhere"],
  },
  {
    what: "an exception is new",
    edit: excepted(),
    told: [
      "production exception-added | exception legacy lets pass what disallow-host-path finds fault with, until 2027-03-31",
    ],
  },
  {
    what: "an exception is gone",
    given: excepted(),
    edit: (input) => {
      input.policyExceptions = [];
    },
    told: [
      "production exception-removed | exception legacy no longer lets pass what disallow-host-path finds fault with, until 2027-03-31",
    ],
  },
  {
    what: "an exception holds longer",
    given: excepted(),
    edit: excepted({ until: "2027-04-30" }),
    told: ["production exception-extended | exception legacy holds until 2027-04-30 instead of until 2027-03-31"],
  },
  { what: "an exception has another name", given: excepted(), edit: excepted({ name: "other" }), told: [] },
  {
    what: "an exception is from another policy",
    given: excepted(),
    edit: excepted({ policy: "disallow-host-ports" }),
    told: [
      "production exception-moved | exception legacy holds also for disallow-host-ports and no longer for disallow-host-path",
    ],
  },
  {
    what: "an exception is for certain images",
    given: excepted(),
    edit: excepted({ images: ["registry.example.com/x:1"] }),
    told: ["production exception-narrowed | exception legacy holds only on the condition images"],
  },
  {
    what: "an exception is for an image more",
    given: excepted({ images: ["registry.example.com/x:1"] }),
    edit: excepted({ images: ["registry.example.com/x:1", "registry.example.com/y:1"] }),
    told: ["production exception-widened | exception legacy holds also for 'registry.example.com/y:1'"],
  },
  {
    what: "an exception is for a whole team",
    given: excepted(),
    edit: excepted({ for: { team: "backend" } }),
    told: ["production exception-widened | exception legacy holds without the condition object"],
  },
  {
    what: "an exception is for another service",
    given: excepted(),
    edit: excepted({ for: { service: "mailer" } }),
    told: ["production exception-moved | exception legacy holds also for 'mailer' and no longer for 'checkout'"],
  },
  {
    what: "an exception has another ticket",
    given: excepted(),
    edit: excepted({ ticket: "T-2" }),
    told: ["production exception-reason-changed | exception legacy has another ticket"],
  },
  {
    what: "a team has its storage classes",
    edit: tenant({ allowed: { storageClasses: ["gp3"] } }),
    told: [
      "development policy-begins-to-refuse | policy tenancy-storage-classes begins to refuse in team-backend",
      "production policy-begins-to-refuse | policy tenancy-storage-classes begins to refuse in team-backend",
    ],
  },
  {
    what: "a team has a storage class more",
    given: tenant({ allowed: { storageClasses: ["gp3"] } }),
    edit: tenant({ allowed: { storageClasses: ["gp3", "io2"] } }),
    told: [
      "development policy-judges-otherwise | policy tenancy-storage-classes judges otherwise (names 'io2')",
      "production policy-judges-otherwise | policy tenancy-storage-classes judges otherwise (names 'io2')",
    ],
  },
  {
    what: "a team is cordoned off",
    edit: tenant({ cordon: { because: "The team moves.", environments: ["production"] } }),
    told: ["production policy-begins-to-refuse | policy tenancy-cordon begins to refuse in team-backend"],
  },
  {
    what: "Pod Security enforces less",
    edit: (input) => {
      production(input).admission.podSecurity.enforce = "baseline";
    },
    told: [
      "production policy-looser | policy require-pod-security-level judges less strictly (names 'baseline')",
      "production mutation-ends | policy default-security-context stops writing into pods in team-backend and team-frontend",
    ],
  },
  {
    what: "Kubernetes has another version",
    edit: (input) => {
      production(input).cluster.kubernetes = "1.37";
    },
    told: [
      "production policy-looser | policy restrict-sysctls judges less strictly (names 'net.ipv4.tcp_notsent_lowat', names 'net.ipv4.tcp_slow_start_after_idle')",
    ],
  },
  {
    what: "a team is new",
    edit: (input) => {
      input.teams = [...input.teams, ...input.teams.slice(0, 1).map((team) => ({ ...team, name: "data" }))];
    },
    told: [
      "development mutation-changed | policy label-previews does it otherwise (names 'data', names 'team-data-preview-')",
      "development generation-begins | policy bootstrap-previews-of-data begins to make objects for namespaces everywhere",
      "development clean-up-changed | policy delete-expired-previews does it otherwise (names 'data', names 'team-data-preview-')",
    ],
  },
  {
    what: "a service has another tier",
    edit: (input) => {
      input.services = (input.services ?? []).map((service) =>
        service.name === "mailer" ? { ...service, tier: "high" as const } : service,
      );
    },
    told: [
      "production mutation-changed | policy default-priority-class does it otherwise (names 'tier-high', no longer names 'tier-low')",
    ],
  },
];

describe("what a change of the model means for policies", () => {
  it.each(cases)("$what", ({ given, edit, told }) => {
    const before = given === undefined ? unedited : editedTree("before", components, given);
    const after = editedTree("after", components, ...(given === undefined ? [] : [given]), edit);
    const comparison = compareTrees(before, after);
    expect(linesOf(policiesConsequences(comparison))).toEqual(told);
    const { forward, backward } = bothWays(policiesConsequences, comparison);
    expect(backward).toEqual(forward);
  });

  it("mirrors any of the changes together", () => {
    const edits = cases.filter(({ given }) => given === undefined).map(({ edit }) => edit);
    fc.assert(
      fc.property(fc.shuffledSubarray(edits, { maxLength: 3 }), (some) => {
        const comparison = compareTrees(unedited, editedTree("after", components, ...some));
        const { forward, backward } = bothWays(policiesConsequences, comparison);
        expect(backward).toEqual(forward);
      }),
      { numRuns: 2 },
    );
  });
});

const namespaces = ["team-data", "team-ml"].map((name) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { "plinth.dev/team": name.slice(5) } },
}));
const inNamespaces = (...names: readonly string[]): object => ({
  matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: names }],
});
const configMaps = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["configmaps"] };

interface NativeChanges {
  readonly selector?: object;
  readonly actions?: readonly string[];
  readonly rules?: readonly object[];
  readonly expression?: string;
  readonly message?: string;
  readonly failurePolicy?: string;
}

/** A rule of the API server's own, with its binding. */
const native = ({
  selector = {},
  actions = ["Deny"],
  rules = [configMaps],
  expression = "object.metadata.name != 'forbidden'",
  message = "Not this name.",
  failurePolicy = "Fail",
}: NativeChanges = {}): readonly object[] => [
  ...namespaces,
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: "guard-names", annotations: { "policies.kyverno.io/subject": "ConfigMap" } },
    spec: {
      failurePolicy,
      matchConstraints: { namespaceSelector: selector, resourceRules: rules },
      validations: [{ expression, message }],
    },
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name: "guard-names" },
    spec: { policyName: "guard-names", validationActions: actions },
  },
];

const told = (
  before: readonly object[],
  after: readonly object[],
  reader: ConsequenceReader = policiesConsequences,
): readonly string[] => {
  const comparison = compareTrees(productionTree("before", before), productionTree("after", after));
  const { forward, backward } = bothWays(reader, comparison);
  expect(backward).toEqual(forward);
  return linesOf(reader(comparison)).map((line) => line.replace("production ", ""));
};

describe("policies of the API server", () => {
  const here = inNamespaces("team-data");

  it("begin to refuse with their binding, in the namespaces that they select", () => {
    expect(told(native({ selector: here, actions: ["Audit"] }), native({ selector: here }))).toEqual([
      "policy-begins-to-refuse | policy guard-names begins to refuse in team-data",
    ]);
    expect(told(native({ selector: here }), native({ selector: inNamespaces("team-data", "team-ml") }))).toEqual([
      "policy-begins-to-refuse | policy guard-names begins to refuse in team-ml",
    ]);
    expect(told([...namespaces], native())).toEqual([
      "policy-begins-to-refuse | policy guard-names begins to refuse everywhere",
    ]);
  });

  it("say nothing when a selector is written otherwise", () => {
    const byLabel = { matchLabels: { "plinth.dev/team": "data" } };
    expect(told(native({ selector: here }), native({ selector: byLabel }))).toEqual([]);
  });

  it("look at more, or at less", () => {
    expect(told(native(), native({ rules: [{ ...configMaps, operations: ["CREATE", "UPDATE"] }] }))).toEqual([
      "policy-judges-more | policy guard-names looks also at UPDATE of configmaps",
    ]);
  });

  it("say it otherwise", () => {
    expect(told(native(), native({ message: "Another name, please." }))).toEqual([
      "policy-message-changed | policy guard-names says it otherwise",
    ]);
  });

  it("let pass or refuse what comes while they cannot be asked", () => {
    expect(told(native(), native({ failurePolicy: "Ignore" }))).toEqual([
      "policy-fails-open | policy guard-names lets everything pass while its webhook is away",
    ]);
  });

  it("judge more strictly where an object of the tree is refused from then on", () => {
    const one = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "one", namespace: "team-data" } };
    const stricter = native({ expression: "!(object.metadata.name in ['forbidden', 'one'])" });
    expect(told([...native(), one], [...stricter, one])).toEqual([
      "policy-stricter | policy guard-names judges more strictly (names 'one')",
    ]);
  });

  it("judge otherwise where nothing tells in which way", () => {
    expect(told(native(), native({ expression: "object.metadata.name != 'banned'" }))).toEqual([
      "policy-judges-otherwise | policy guard-names judges otherwise (names 'banned', no longer names 'forbidden')",
    ]);
    expect(told(native(), native({ expression: "object.metadata.name   !=\n 'forbidden'" }))).toEqual([]);
  });
});

describe("clean-ups", () => {
  const deleting = (name: string, schedule: string, condition = "true"): object => ({
    apiVersion: "policies.kyverno.io/v1",
    kind: "DeletingPolicy",
    metadata: { name },
    spec: {
      schedule,
      matchConstraints: {
        namespaceSelector: inNamespaces("team-data"),
        resourceRules: [{ apiGroups: ["batch"], apiVersions: ["v1"], operations: ["*"], resources: ["jobs"] }],
      },
      conditions: [{ name: "old", expression: condition }],
    },
  });
  const daily = deleting("delete-jobs", "0 2 * * *");

  it("are told when they begin, at another time, and of other objects", () => {
    expect(told(namespaces, [...namespaces, daily])).toEqual([
      "clean-up-begins | policy delete-jobs begins to delete jobs.batch in team-data",
    ]);
    expect(told([...namespaces, daily], [...namespaces, deleting("delete-jobs", "0 3 * * *")])).toEqual([
      "clean-up-rescheduled | policy delete-jobs deletes at 0 3 * * * instead of 0 2 * * *",
    ]);
    expect(told([...namespaces, daily], [...namespaces, deleting("delete-jobs", "0 2 * * *", "false")])).toEqual([
      "clean-up-changed | policy delete-jobs does it otherwise (conditions.old)",
    ]);
  });

  it("say nothing under another name", () => {
    expect(told([...namespaces, daily], [...namespaces, deleting("remove-jobs", "0 2 * * *")])).toEqual([]);
  });
});

it("tells that an exception is over where the day is known", () => {
  const exception = {
    apiVersion: "policies.kyverno.io/v1",
    kind: "PolicyException",
    metadata: { name: "late", namespace: "policy-exceptions" },
    spec: {
      policyRefs: [{ name: "require-labels-enforce", kind: "ValidatingPolicy" }],
      expiresAt: "2026-11-01T00:00:00Z",
    },
  };
  expect(told(namespaces, [...namespaces, exception], policiesConsequencesOn("2026-11-22"))).toEqual([
    "exception-added | exception late lets pass what require-labels finds fault with, which is over since 2026-10-31",
  ]);
});

it("asks for nothing where nothing of the domain changed", () => {
  const thing = (name: string): object => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: "team-data" },
  });
  expect(told([...native(), thing("one")], [...native(), thing("two")])).toEqual([]);
});
