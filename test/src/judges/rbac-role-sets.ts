import type { Finding } from "@plinth/core";
import { type AccessRequest, authorizerOf, memberOf, type Subject, serviceAccountNamed } from "@plinth/rbac";
import fc from "fast-check";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { authorizerKnowsAll, rbacGroup, rbacObjectsIn, rbacVersion, stored } from "./rbac-cluster.ts";
import { compareAnswers, inParallel } from "./rbac-comparison.ts";
import { apiGroups, clusterRules, namespaceRules, paths, requestedResources } from "./rbac-random-rules.ts";

const namespaces = ["chance-a", "chance-b"];
const labels = ["x", "y", "z", "made"];
const questionCount = 600;

const label = fc.constantFrom(...labels);
const selector = fc.oneof(
  label.map((to) => ({ matchLabels: { to } })),
  fc
    .subarray(labels, { minLength: 1 })
    .map((values) => ({ matchExpressions: [{ key: "to", operator: "In", values }] })),
  fc.constantFrom("Exists", "DoesNotExist").map((operator) => ({
    matchLabels: { to: "x" },
    matchExpressions: [{ key: "more", operator }],
  })),
  fc.constant({
    matchExpressions: [
      { key: "more", operator: "NotIn", values: ["1"] },
      { key: "to", operator: "Exists" },
    ],
  }),
);
const subject = fc.oneof(
  fc
    .constantFrom("u1", "u2", "system:serviceaccount:chance-a:sa1")
    .map((name) => ({ kind: "User", apiGroup: rbacGroup, name })),
  fc
    .constantFrom("g1", "g2", "g3", "system:serviceaccounts", "system:serviceaccounts:chance-b")
    .map((name) => ({ kind: "Group", apiGroup: rbacGroup, name })),
  fc.record({
    kind: fc.constant("ServiceAccount"),
    name: fc.constantFrom("sa1", "sa2"),
    namespace: fc.constantFrom(...namespaces),
  }),
);
const subjects = fc.array(subject, { minLength: 1, maxLength: 2 });
const clusterRoleNames = [...numbered("chance", 20), ...numbered("made", 6), "missing"];
const clusterRoleReference = fc
  .constantFrom(...clusterRoleNames)
  .map((name) => ({ apiGroup: rbacGroup, kind: "ClusterRole", name }));
const roleReference = fc
  .constantFrom(...numbered("chance", 8), "missing")
  .map((name) => ({ apiGroup: rbacGroup, kind: "Role", name }));

/** Roles that select each other, bindings to roles that are not there, wildcards, names, paths: what no role of the platform needs. */
const roleSet: fc.Arbitrary<readonly KubernetesObject[]> = fc
  .tuple(
    ...numbered("chance", 20).map((name) =>
      fc.record({
        kind: fc.constant("ClusterRole"),
        metadata: fc
          .record({ to: label, more: fc.constantFrom("1", "2") }, { requiredKeys: ["to"] })
          .map((given) => ({ name, labels: given })),
        rules: clusterRules,
      }),
    ),
    ...numbered("made", 6).map((name, number) =>
      fc.record({
        kind: fc.constant("ClusterRole"),
        metadata: fc.constant({ name, labels: { to: number % 2 === 0 ? "x" : "made" } }),
        aggregationRule: fc.record({ clusterRoleSelectors: fc.array(selector, { minLength: 1, maxLength: 2 }) }),
      }),
    ),
    ...namespaces.flatMap((namespace) =>
      numbered("chance", 8).map((name) =>
        fc.record({ kind: fc.constant("Role"), metadata: fc.constant({ name, namespace }), rules: namespaceRules }),
      ),
    ),
    ...numbered("chance", 8).map((name) =>
      fc.record({
        kind: fc.constant("ClusterRoleBinding"),
        metadata: fc.constant({ name }),
        roleRef: clusterRoleReference,
        subjects,
      }),
    ),
    ...namespaces.flatMap((namespace) =>
      numbered("chance", 12).map((name) =>
        fc.record({
          kind: fc.constant("RoleBinding"),
          metadata: fc.constant({ name, namespace }),
          roleRef: fc.oneof(roleReference, clusterRoleReference),
          subjects,
        }),
      ),
    ),
  )
  .map((objects) => objects.map((object) => ({ apiVersion: rbacVersion, ...object })));

const asker: fc.Arbitrary<Subject> = fc.oneof(
  fc.constantFrom<Subject>(
    memberOf("g1"),
    memberOf("g2", "g3"),
    { user: "u1", groups: [] },
    { user: "u2", groups: ["g1"] },
  ),
  fc
    .tuple(fc.constantFrom("sa1", "sa2"), fc.constantFrom(...namespaces))
    .map(([name, namespace]) => serviceAccountNamed(name, namespace)),
);
const resourceRequest = fc.record(
  {
    verb: fc.constantFrom("get", "list", "create", "delete", "watch", "*"),
    apiGroup: fc.constantFrom(...apiGroups),
    resource: fc.constantFrom(...requestedResources),
    namespace: fc.constantFrom(...namespaces, "other"),
    name: fc.constantFrom("a", "c"),
  },
  { requiredKeys: ["verb", "resource"] },
);
const pathRequest = fc.record({ verb: fc.constantFrom("get", "post"), path: fc.constantFrom(...paths) });
const request: fc.Arbitrary<AccessRequest> = fc.oneof(
  { weight: 9, arbitrary: resourceRequest },
  { weight: 1, arbitrary: pathRequest },
);

/** Plinth's evaluator reads roles that chance makes as the API server does. The same seed makes the same roles. */
export async function roleSetFindings(
  cluster: Cluster,
  seed: number,
  signal: AbortSignal,
): Promise<{ asked: number; findings: readonly Finding[] }> {
  const before = await rbacObjectsIn(cluster);
  for (const name of namespaces) await stored(cluster, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  const [made = []] = fc.sample(roleSet, { seed, numRuns: 1 });
  await inParallel(made, signal, (object) => stored(cluster, object));
  await authorizerKnowsAll(cluster);
  const questions = fc.sample(fc.record({ subject: asker, request }), { seed, numRuns: questionCount });
  // As they were described, not as they are stored: aggregated roles are stored with the rules that the evaluator has to find by itself.
  const authorize = authorizerOf([...before, ...made]);
  const findings = await compareAnswers(cluster, authorize, questions, `roles by chance, seed ${seed}`, signal);
  return { asked: questions.length, findings };
}

function numbered(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) => `${name}-${number}`);
}
