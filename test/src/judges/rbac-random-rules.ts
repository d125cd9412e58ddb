import type { PolicyRule } from "@plinth/rbac";
import fc from "fast-check";

const verbs = ["get", "list", "create", "delete", "watch", "*"];
const resources = [
  "pods",
  "pods/log",
  "pods/exec",
  "pods/*",
  "pods/log/deep",
  "deployments",
  "deployments/scale",
  "jobs",
  "secrets",
  "nodes",
  "*/scale",
  "*/log",
  "*",
];
const patterns = ["/healthz", "/healthz/*", "/logs/*", "/a*", "/metrics", "*"];

/** API groups that rules and questions share; rules have `*` besides. */
export const apiGroups: readonly string[] = ["", "apps", "batch", "example.com"];
/** Resources to ask for: without the patterns, and with one that only a pattern means. */
export const requestedResources: readonly string[] = [
  ...resources.filter((resource) => !resource.includes("*")),
  "replicas/scale",
];
/** Paths to ask for: with and without a slash at the end, below and beside what the patterns mean. */
export const paths: readonly string[] = [
  "/",
  "/healthz",
  "/healthz/etcd",
  "/logs",
  "/logs/",
  "/logs/x",
  "/abc",
  "/metrics",
  "/metrics/x",
];

const some = (values: readonly string[]): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

/** A rule about resources. */
export const resourceRule: fc.Arbitrary<PolicyRule> = fc.record(
  {
    apiGroups: some([...apiGroups, "*"]),
    resources: some(resources),
    resourceNames: some(["a", "b"]),
    verbs: some(verbs),
  },
  { requiredKeys: ["apiGroups", "resources", "verbs"] },
);
const pathRule: fc.Arbitrary<PolicyRule> = fc.record({
  nonResourceURLs: some(patterns),
  verbs: some(["get", "post", "*"]),
});

/** A rule of a ClusterRole, now and then about paths. */
export const clusterRule: fc.Arbitrary<PolicyRule> = fc.oneof(
  { weight: 3, arbitrary: resourceRule },
  { weight: 1, arbitrary: pathRule },
);
/** Rules of a ClusterRole; it may have none. */
export const clusterRules: fc.Arbitrary<PolicyRule[]> = fc.array(clusterRule, { maxLength: 2 });
/** Rules of a Role, which knows no paths. */
export const namespaceRules: fc.Arbitrary<PolicyRule[]> = fc.array(resourceRule, { maxLength: 2 });
