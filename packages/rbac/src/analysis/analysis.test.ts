import type { Resource } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccessRequest } from "../authorizer/access-request.ts";
import { authorizerOf } from "../authorizer/authorizer.ts";
import { ruleAllows } from "../authorizer/rule-matching.ts";
import { memberOf, type SubjectName, subjectKey, subjectOf } from "../authorizer/subject.ts";
import { comparePermissions, type PermissionSet } from "./compare-permissions.ts";
import { permissionsOf } from "./permissions-of.ts";
import {
  accessRequests,
  clusterRole,
  clusterRoleBinding,
  group,
  rbacObjects,
  role,
  roleBinding,
  rule,
  serviceAccount,
  user,
} from "./rbac-objects.fixture.ts";
import { whoCan } from "./who-can.ts";

const readPods = rule("get list", "pods");
const everybody: readonly SubjectName[] = [
  { kind: "Group", name: "team" },
  { kind: "Group", name: "others" },
  { kind: "Group", name: "system:authenticated" },
  { kind: "User", name: "anne" },
  { kind: "ServiceAccount", name: "web", namespace: "shop" },
  { kind: "ServiceAccount", name: "api", namespace: "bank" },
];
const isNamed = (resources: readonly Resource[], subject: SubjectName): boolean =>
  permissionsNaming(resources).has(subjectKey(subject));

/** Everybody whom a binding of these resources names. */
function permissionsNaming(resources: readonly Resource[]): ReadonlySet<string> {
  return new Set(
    resources.flatMap(({ subjects }) =>
      Array.isArray(subjects)
        ? subjects.map(({ kind, name, namespace }: SubjectName) =>
            name === "system:serviceaccount:shop:web"
              ? "ServiceAccount shop/web"
              : subjectKey({ kind, name, ...(namespace === undefined ? {} : { namespace }) }),
          )
        : [],
    ),
  );
}

describe("who can", () => {
  it("names groups, users and ServiceAccounts with binding, role and rule", () => {
    const granted = clusterRole("reader", readPods);
    const binding = roleBinding(
      "shop",
      "ClusterRole",
      "reader",
      group("team"),
      user("anne"),
      serviceAccount("web", "shop"),
    );
    const others = clusterRoleBinding("writer", group("others"));
    const answer = whoCan([granted, binding, others], { verb: "get", resource: "pods", namespace: "shop" });
    expect(answer.map(({ subject }) => subjectKey(subject))).toEqual([
      "Group team",
      "ServiceAccount shop/web",
      "User anne",
    ]);
    expect(answer[0]?.because).toMatchObject({ rule: readPods, role: granted, binding, namespace: "shop" });
    expect(whoCan([granted, binding, others], { verb: "get", resource: "pods", namespace: "bank" })).toEqual([]);
  });

  it("leaves out system:masters, which may everything", () => {
    const resources = [clusterRole("reader", readPods), clusterRoleBinding("reader", group("system:masters"))];
    expect(whoCan(resources, { verb: "get", resource: "pods" })).toEqual([]);
  });

  it("agrees with canI about everybody whom a binding names", () => {
    fc.assert(
      fc.property(rbacObjects(), accessRequests, (resources, request) => {
        const authorize = authorizerOf(resources);
        const answer = new Map(whoCan(resources, request).map((entry) => [subjectKey(entry.subject), entry.because]));
        for (const subject of everybody.filter((candidate) => isNamed(resources, candidate))) {
          const decision = authorize(subjectOf(subject), request);
          expect(answer.has(subjectKey(subject))).toBe(decision.allowed);
          if (decision.allowed && decision.because !== "system:masters")
            expect(answer.get(subjectKey(subject))).toMatchObject(decision.because);
        }
        for (const known of answer.keys()) expect(permissionsNaming(resources)).toContain(known);
      }),
    );
  });
});

describe("the permissions of a subject", () => {
  const resources = [
    clusterRole("reader", readPods),
    roleBinding("shop", "ClusterRole", "reader", group("team")),
    role("bank", "logs", rule("get", "pods/log")),
    roleBinding("bank", "Role", "logs", group("team")),
    clusterRole("nodes", rule("list", "nodes")),
    clusterRoleBinding("nodes", group("team")),
  ];

  it("are those of a namespace and of the cluster, or all of them", () => {
    const placed = (namespace?: string): string[] =>
      permissionsOf(resources, memberOf("team"), namespace).map(
        (held) => `${held.role.metadata.name} ${held.namespace ?? "everywhere"}`,
      );
    expect(placed("shop")).toEqual(["nodes everywhere", "reader shop"]);
    expect(placed("elsewhere")).toEqual(["nodes everywhere"]);
    expect(placed()).toEqual(["nodes everywhere", "logs bank", "reader shop"]);
  });

  it("allow exactly what canI allows", () => {
    fc.assert(
      fc.property(rbacObjects(), accessRequests, fc.constantFrom(...everybody), (given, request, subject) => {
        const namespace = "path" in request ? undefined : request.namespace;
        const held = permissionsOf(given, subjectOf(subject), namespace ?? "").filter(
          (entry) => entry.namespace === undefined || !("path" in request),
        );
        expect(held.some((entry) => ruleAllows(entry.rule, request))).toBe(
          authorizerOf(given)(subjectOf(subject), request).allowed,
        );
      }),
    );
  });
});

const none: PermissionSet = { rules: [], except: [] };

describe("a comparison of permissions", () => {
  it("says what a group gains and loses, each in the fewest rules", () => {
    const before = [
      clusterRole("r", rule("get list", "pods services")),
      roleBinding("shop", "ClusterRole", "r", group("team")),
    ];
    const after = [
      clusterRole("r", rule("get list watch", "pods"), rule("watch", "configmaps"), rule("get", "services")),
      roleBinding("shop", "ClusterRole", "r", group("team")),
    ];
    expect(comparePermissions(before, after)).toEqual([
      {
        subject: { kind: "Group", name: "team" },
        namespace: "shop",
        gained: { rules: [rule("watch", "configmaps pods")], except: [] },
        lost: { rules: [rule("list", "services")], except: [] },
      },
    ]);
  });

  it("says nothing of a role that is renamed, split or bound once more", () => {
    const before = [clusterRole("r", rule("get list", "pods services")), clusterRoleBinding("r", group("team"))];
    const after = [
      clusterRole("s", rule("get list", "pods")),
      clusterRole("t", rule("list get", "services")),
      clusterRoleBinding("s", group("team")),
      clusterRoleBinding("t", group("team")),
      roleBinding("shop", "ClusterRole", "t", group("team")),
    ];
    expect(comparePermissions(before, after)).toEqual([]);
  });

  it("takes everything away when the role of a binding vanishes", () => {
    const binding = clusterRoleBinding("r", group("team"));
    expect(comparePermissions([clusterRole("r", readPods), binding], [binding])).toEqual([
      { subject: { kind: "Group", name: "team" }, gained: none, lost: { rules: [readPods], except: [] } },
    ]);
  });

  it("sees what an aggregated role gains by a label", () => {
    const outer: Resource = {
      ...clusterRole("outer"),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: "outer" } }] },
    };
    const part = clusterRole("part", readPods);
    const labelled: Resource = { ...part, metadata: { name: "part", labels: { to: "outer" } } };
    const binding = clusterRoleBinding("outer", group("team"));
    expect(comparePermissions([outer, part, binding], [outer, labelled, binding])).toMatchObject([
      { gained: { rules: [readPods] }, lost: none },
    ]);
  });

  it("says of a wildcard what of it was held before", () => {
    const before = [clusterRole("r", readPods), clusterRoleBinding("r", group("team"))];
    const after = [clusterRole("r", rule("*", "*")), clusterRoleBinding("r", group("team"))];
    expect(comparePermissions(before, after)).toMatchObject([
      { gained: { rules: [rule("*", "*")], except: [readPods] }, lost: none },
    ]);
    expect(comparePermissions(after, before)).toMatchObject([
      { gained: none, lost: { rules: [rule("*", "*")], except: [readPods] } },
    ]);
  });

  it("says of all objects which were held by name before", () => {
    const before = [clusterRole("r", rule("get", "configmaps", "", "web")), clusterRoleBinding("r", group("team"))];
    const after = [clusterRole("r", rule("get", "configmaps")), clusterRoleBinding("r", group("team"))];
    expect(comparePermissions(before, after)).toMatchObject([
      { gained: { rules: [rule("get", "configmaps")], except: [rule("get", "configmaps", "", "web")] } },
    ]);
  });

  it("says once what is gained everywhere, and nothing of a namespace that had it", () => {
    const role = clusterRole("r", readPods);
    const before = [role, roleBinding("shop", "ClusterRole", "r", group("team"))];
    const after = [role, clusterRoleBinding("r", group("team"))];
    expect(comparePermissions(before, after)).toMatchObject([{ gained: { rules: [readPods] }, lost: none }]);
    expect(comparePermissions(before, after)[0]?.namespace).toBeUndefined();
  });

  it("agrees with canI: gained is what was refused and is allowed, lost the other way round", () => {
    fc.assert(
      fc.property(
        rbacObjects(),
        rbacObjects(),
        accessRequests,
        fc.constantFrom(...everybody),
        (before, after, request, subject) => {
          const asked = subjectOf(subject);
          const was = authorizerOf(before)(asked, request).allowed;
          const is = authorizerOf(after)(asked, request).allowed;
          const changes = comparePermissions(before, after).filter(
            (change) => subjectKey(change.subject) === subjectKey(subject),
          );
          // Somebody whom no binding names is not compared; what they hold, their groups hold.
          if (!isNamed([...before, ...after], subject)) return;
          const place = "path" in request ? undefined : request.namespace;
          const cluster = changes.find(({ namespace }) => namespace === undefined);
          const local = place === undefined ? undefined : changes.find(({ namespace }) => namespace === place);
          expect(holds(local?.gained, request) || (!was && holds(cluster?.gained, request))).toBe(!was && is);
          expect(holds(local?.lost, request) || (!is && holds(cluster?.lost, request))).toBe(was && !is);
          if (place !== undefined) return;
          expect(holds(cluster?.gained, request)).toBe(!was && is);
          expect(holds(cluster?.lost, request)).toBe(was && !is);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is empty between a set and itself, and turns around with its sides", () => {
    fc.assert(
      fc.property(rbacObjects(), rbacObjects(), (before, after) => {
        expect(comparePermissions(before, before)).toEqual([]);
        expect(
          comparePermissions(after, before).map(({ gained, lost, ...rest }) => ({
            ...rest,
            gained: lost,
            lost: gained,
          })),
        ).toEqual(comparePermissions(before, after));
      }),
    );
  });
});

function holds(set: PermissionSet | undefined, request: AccessRequest): boolean {
  return (
    set?.rules.some((candidate) => ruleAllows(candidate, request)) === true &&
    !set.except.some((candidate) => ruleAllows(candidate, request))
  );
}
