import { type Finding, type Platform, type Team, tiers } from "@plinth/core";

/** What teams may use and cannot, and what would leave them without any pod. */
export function tenancyFindings({ teams }: Platform): readonly Finding[] {
  return teams.flatMap((team) => [
    ...priorityClasses(team),
    ...registries(team),
    ...nothingLeft(team),
    ...storageQuotas(team),
  ]);
}

type Problem = Pick<Finding, "code" | "severity" | "message" | "expected"> & Pick<Partial<Finding>, "example" | "hint">;

function about({ name, source }: Team, path: string, problem: Problem): Finding {
  return { ...problem, ...(source === undefined ? {} : { source }), path: `teams[${name}].tenancy.${path}` };
}

// Named as the component `priority-classes` names them.
const ownClasses: readonly string[] = tiers.map((tier) => `tier-${tier}`);
const defaultClass = "tier-medium";

function priorityClasses(team: Team): readonly Finding[] {
  return (team.tenancy.allowed.priorityClasses ?? []).flatMap((name, index): Finding[] => {
    const path = `allowed.priorityClasses[${index}]`;
    const expected = `one of ${ownClasses.join(", ")}`;
    if (name.startsWith("system-"))
      return [
        about(team, path, {
          code: "conflicting-fields",
          severity: "error",
          message: `${JSON.stringify(name)} is Kubernetes' own, and the quota of each team forbids it`,
          expected,
          example: '["tier-critical", "tier-medium"]',
        }),
      ];
    if (ownClasses.includes(name)) return [];
    return [
      about(team, path, {
        code: "unknown-reference",
        severity: "warning",
        message: `nothing here renders the PriorityClass ${JSON.stringify(name)}`,
        expected,
        hint: "if something else installs it, all is well; else no pod can name it",
      }),
    ];
  });
}

function registries(team: Team): readonly Finding[] {
  return (team.tenancy.allowed.registries ?? []).flatMap((registry, index): Finding[] =>
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(registry)
      ? []
      : [
          about(team, `allowed.registries[${index}]`, {
            code: "invalid-field",
            severity: "error",
            message: `${JSON.stringify(registry)} is the beginning of no image's name`,
            expected: "a host, with a port and a path or without: no scheme, no tag, no slash at the end",
            example: '"registry.example.com/backend"',
          }),
        ],
  );
}

/** Without a registry, or without any priority class, no pod starts. The other lists may be empty: no volumes, no ingress. */
function nothingLeft(team: Team): readonly Finding[] {
  return (["registries", "priorityClasses"] as const).flatMap((list): Finding[] => {
    const allowed = team.tenancy.allowed[list];
    if (allowed === undefined) return [];
    if (allowed.length === 0)
      return [
        about(team, `allowed.${list}`, {
          code: "conflicting-fields",
          severity: "error",
          message: `an empty list allows nothing: no pod of ${team.name} could start`,
          expected: "at least one name, or no list at all, which allows everything",
        }),
      ];
    if (list === "registries" || allowed.includes(defaultClass)) return [];
    return [
      about(team, `allowed.${list}`, {
        code: "conflicting-fields",
        severity: "warning",
        message: `a pod that names no priority class gets ${defaultClass}, which ${team.name} may not use: each pod has to name one of ${allowed.join(", ")}`,
        expected: `${defaultClass} among them, or pods that all name a class`,
      }),
    ];
  });
}

/** A quota for a class that the team may not use. */
function storageQuotas(team: Team): readonly Finding[] {
  const allowed = team.tenancy.allowed.storageClasses;
  if (allowed === undefined) return [];
  return [...team.quotas].flatMap(([environment, { storageByClass }]) =>
    Object.keys(storageByClass)
      .filter((storageClass) => !allowed.includes(storageClass))
      .map(
        (storageClass): Finding => ({
          ...about(team, "", {
            code: "without-effect",
            severity: "warning",
            message: `${team.name} has a quota for the storage class ${storageClass}, which it may not use`,
            expected: allowed.length === 0 ? "no quota by class" : `quotas for ${allowed.join(", ")}`,
          }),
          path: `teams[${team.name}].quotas.${environment}.storageByClass.${storageClass}`,
        }),
      ),
  );
}
