import type { Resource } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexRbac, means } from "../../authorizer/rbac-index.ts";
import { subjectKey, subjectOf } from "../../authorizer/subject.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { identityKey, isSubject } from "./identity.ts";
import { type Powers, powersReader } from "./powers.ts";
import { identityReacher, stepsTo } from "./reach-identities.ts";
import { type Means, type Step, stepsFrom } from "./techniques.ts";

const namespaces = ["a", "b", "kube-system"];
const apiVersion = "rbac.authorization.k8s.io/v1";

const rule = fc.oneof(
  fc.constantFrom(
    { apiGroups: ["apps"], resources: ["deployments"], verbs: ["create"] },
    { apiGroups: [""], resources: ["pods", "secrets"], verbs: ["get", "create"] },
    { apiGroups: [""], resources: ["pods/exec", "serviceaccounts/token"], verbs: ["create"] },
    { apiGroups: [""], resources: ["serviceaccounts", "groups", "users"], verbs: ["impersonate"] },
    { apiGroups: [""], resources: ["serviceaccounts"], resourceNames: ["one"], verbs: ["impersonate"] },
    { apiGroups: [""], resources: ["namespaces"], verbs: ["update"] },
    { apiGroups: [""], resources: ["persistentvolumes", "persistentvolumeclaims", "pods"], verbs: ["create"] },
    { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["create"] },
    { apiGroups: ["rbac.authorization.k8s.io"], resources: ["*"], verbs: ["bind", "create"] },
    { apiGroups: ["rbac.authorization.k8s.io"], resources: ["*"], verbs: ["escalate", "update"] },
  ),
  { arbitrary: fc.constant({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }), weight: 1 },
);
const account = fc.record({
  kind: fc.constant("ServiceAccount"),
  name: fc.constantFrom("one", "two"),
  namespace: fc.constantFrom(...namespaces),
});
const subject = fc.oneof(
  account,
  fc.record({ kind: fc.constantFrom("Group", "User"), name: fc.constantFrom("x", "y") }),
);
const binding = fc.record({
  namespace: fc.constantFrom("", ...namespaces),
  rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
  subjects: fc.array(subject, { minLength: 1, maxLength: 2 }),
});
const cluster = fc
  .record({
    bindings: fc.array(binding, { maxLength: 6 }),
    accounts: fc.array(fc.record({ account, mounts: fc.boolean(), cloud: fc.boolean() }), { maxLength: 4 }),
    levels: fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("restricted", "privileged")),
  })
  .map(({ bindings, accounts, levels }): Resource[] => [
    ...bindings.flatMap(({ namespace, rules, subjects }, place): Resource[] => {
      const metadata = { name: `role-${place}`, ...(namespace === "" ? {} : { namespace }) };
      const kind = namespace === "" ? "ClusterRole" : "Role";
      return [
        { apiVersion, kind, metadata, rules },
        { apiVersion, kind: `${kind}Binding`, metadata, roleRef: { kind, name: metadata.name }, subjects },
      ];
    }),
    ...accounts.map(
      ({ account: { name, namespace }, mounts, cloud }): Resource => ({
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: {
          name,
          namespace,
          ...(cloud ? { annotations: { "eks.amazonaws.com/role-arn": `arn:${name}` } } : {}),
        },
        automountServiceAccountToken: mounts,
      }),
    ),
    ...Object.entries(levels).map(
      ([name, level]): Resource => ({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name, labels: { "pod-security.kubernetes.io/enforce": level } },
      }),
    ),
  ]);

/** The search without any shortcut: everything is asked of everybody, again in each round. */
function plainReach(
  facts: ReturnType<typeof clusterFacts>,
  powersOf: ReturnType<typeof powersReader>,
  source: Powers,
): ReadonlyMap<string, Step> {
  const reached = new Map<string, Step>();
  const controlled = [source];
  const all: Means["all"] = (ability, namespace) =>
    controlled
      .flatMap(({ byAbility }) => byAbility.get(ability) ?? [])
      .filter((power) => power.namespace === undefined || power.namespace === namespace);
  const asked: Means = {
    facts,
    all,
    has: () => true,
    isReached: () => false,
    find: (ability, namespace, name) =>
      all(ability, namespace).find(
        ({ rule: { resourceNames = [] } }) =>
          name === undefined || resourceNames.length === 0 || resourceNames.includes(name),
      ),
    isBound: (bound) =>
      controlled.some(
        ({ identity }) => isSubject(identity) && bound.subjects.some((name) => means(name, subjectOf(identity))),
      ),
  };
  const spread = (): Step | undefined => {
    for (let grown = true; grown; ) {
      grown = false;
      let last: Step | undefined;
      for (const step of [...stepsFrom(asked)]) {
        const key = identityKey(step.to);
        if (key === identityKey(source.identity) || reached.has(key)) continue;
        reached.set(key, step);
        const gained = powersOf(step.to);
        if (gained.everything) last ??= step;
        else if (gained.byAbility.size > 0) {
          controlled.push(gained);
          grown = true;
        }
      }
      if (last !== undefined) return last;
    }
    return undefined;
  };
  if (spread() !== undefined || !reached.has("Nodes")) return reached;
  const before = new Map(reached);
  let last: Step | undefined;
  for (const { runs, mountsToken, subject: to } of [...facts.serviceAccounts.values()].flat()) {
    const key = identityKey(to);
    if (!runs || !mountsToken || key === identityKey(source.identity) || reached.has(key)) continue;
    const step: Step = {
      technique: "enter-pods",
      act: "takes its token from a pod on a node",
      uses: [{ who: { kind: "Nodes" }, rule: { verbs: [] } }],
      to,
    };
    reached.set(key, step);
    if (powersOf(to).everything) last ??= step;
    else controlled.push(powersOf(to));
  }
  last ??= spread();
  if (last !== undefined) for (const step of stepsTo(last, reached)) before.set(identityKey(step.to), step);
  return before;
}

describe("whom somebody can become", () => {
  it("is what a search without shortcuts finds, step by step", () => {
    let onNodes = 0;
    fc.assert(
      fc.property(cluster, (resources) => {
        const index = indexRbac(resources);
        const facts = clusterFacts(resources, index, undefined);
        const powersOf = powersReader(index);
        const reach = identityReacher(facts, powersOf);
        const everybody = [
          ...index.subjects,
          ...[...facts.serviceAccounts.values()].flat().map((each) => each.subject),
        ];
        for (const from of new Map(everybody.map((each) => [subjectKey(each), each])).values()) {
          const reached = reach(powersOf(from));
          if (reached.has("Nodes")) onNodes++;
          expect([...reached]).toEqual([...plainReach(facts, powersOf, powersOf(from))]);
        }
      }),
      { numRuns: 50 },
    );
    expect(onNodes).toBeGreaterThan(0);
  });
});
