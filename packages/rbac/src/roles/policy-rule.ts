/**
 * One rule of a Role or ClusterRole, as the API server reads it: every verb on every resource of every group that it names.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/cluster-role-v1/
 */
export interface PolicyRule {
  /** `""` is the core group, `"*"` every group. */
  readonly apiGroups?: readonly string[];
  /** Plural names, with a subresource behind a slash: `pods/log`. `"*"` is everything; a `*` before the slash, that subresource of everything. */
  readonly resources?: readonly string[];
  /** Only objects of these names; every object when left out. */
  readonly resourceNames?: readonly string[];
  /** Paths outside the API's resources, `*` at the end stands for the rest: `/healthz/*`. */
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** Verbs on resources: resource names by API group. The exact pairs, not the product that a rule with two groups would grant. */
export interface Permission {
  readonly verbs: readonly string[];
  readonly resources: ApiResources;
}

/** Resource names (`pods`, `pods/log`) by API group; `""` is the core group. */
export type ApiResources = Readonly<Record<string, readonly string[]>>;

/**
 * The fewest rules that grant exactly these permissions, one for each API group and set of verbs; groups, resources and verbs sorted. What several
 * permissions say of one resource is joined, so that the order in which they are given never shows.
 *
 * @example
 * policyRules([
 *   { verbs: ["get", "list", "watch"], resources: { "": ["pods", "services"] } },
 *   { verbs: ["delete"], resources: { "": ["pods"] } },
 * ]);
 * // [{ apiGroups: [""], resources: ["pods"], verbs: ["delete", "get", "list", "watch"] },
 * //  { apiGroups: [""], resources: ["services"], verbs: ["get", "list", "watch"] }]
 */
export function policyRules(permissions: readonly Permission[]): PolicyRule[] {
  const verbsOf = new Map<string, Map<string, Set<string>>>();
  for (const { verbs, resources } of permissions) {
    for (const [apiGroup, names] of Object.entries(resources)) {
      const group = entry(verbsOf, apiGroup, () => new Map<string, Set<string>>());
      for (const name of names) {
        const known = entry(group, name, () => new Set<string>());
        for (const verb of verbs) known.add(verb);
      }
    }
  }
  return [...verbsOf].sort(byKey).flatMap(([apiGroup, group]) => {
    const resourcesOf = new Map<string, string[]>();
    for (const [name, verbs] of [...group].sort(byKey)) {
      if (verbs.size > 0) entry(resourcesOf, [...verbs].sort().join(), () => []).push(name);
    }
    return [...resourcesOf].map(
      ([verbs, resources]): PolicyRule => ({ apiGroups: [apiGroup], resources, verbs: verbs.split(",") }),
    );
  });
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
