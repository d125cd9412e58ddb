import type { Resource } from "@plinth/core";
import type { WorkloadServiceAccount } from "../analysis/escalation/cluster-facts.ts";
import { type EscalationPath, escalationPaths } from "../analysis/escalation/escalation-paths.ts";
import { type BoundRole, type EffectiveRole, indexRbac } from "../authorizer/rbac-index.ts";
import type { SubjectName } from "../authorizer/subject.ts";
import type { PolicyRule } from "../roles/policy-rule.ts";
import type { Risk } from "./risk.ts";
import { risks } from "./risks.ts";
import { ruleRisks } from "./rule-risks.ts";

/** A risk that is there: in which role, by which rule, and who holds it where. */
export interface RiskHit {
  readonly risk: Risk;
  /** Name of the role. */
  readonly role: string;
  /** The role; left out for one that a binding names and the resources do not hold. */
  readonly resource?: Resource;
  /** Left out where whom a binding names is the risk, or which role. */
  readonly rule?: PolicyRule;
  /** Bindings that give it; empty for a role that is bound nowhere. */
  readonly bound: readonly RiskyBinding[];
  /** The steps, for a risk that is an escalation path. */
  readonly path?: EscalationPath;
}

export interface RiskyBinding {
  readonly binding: Resource;
  /** In the whole cluster when left out. */
  readonly namespace?: string;
  readonly subjects: readonly SubjectName[];
}

/**
 * Every risk of the table that Roles, ClusterRoles and their bindings carry, with escalation paths; of any tree, whoever wrote it. A rule that allows
 * everything with everything is told once, as that.
 *
 * @param workloadServiceAccounts those that pods run with; every one when left out
 *
 * @example
 * for (const { risk, role, bound } of riskHits([clusterRole(namespaceDeveloper), bindInNamespace(namespaceDeveloper, "backend", "team-backend")]))
 *   console.log(risk.id, role, bound.length);
 */
export function riskHits(
  resources: Iterable<Resource>,
  workloadServiceAccounts?: readonly WorkloadServiceAccount[],
): RiskHit[] {
  const given = [...resources];
  const { bindings, roles } = indexRbac(given);
  const boundBy = Map.groupBy(bindings, ({ role }) => role);
  return [
    ...roles.flatMap((role) => roleHits(role, boundBy.get(role) ?? [])),
    ...bindings.flatMap(bindingHits),
    ...escalationPaths(given, workloadServiceAccounts).map(pathHit),
  ];
}

const aggregationRisks = risks.flatMap((risk) =>
  risk.pattern.in === "aggregation" ? [{ risk, pattern: risk.pattern }] : [],
);
const subjectRisks = risks.flatMap((risk) => (risk.pattern.in === "subjects" ? [{ risk, pattern: risk.pattern }] : []));
const referenceRisks = risks.flatMap((risk) =>
  risk.pattern.in === "role-reference" ? [{ risk, names: risk.pattern.names }] : [],
);
const pathRisks = new Map(
  risks.flatMap((risk) => (risk.pattern.in === "path" ? [[risk.pattern.reaches, risk] as const] : [])),
);

function roleHits({ resource, rules }: EffectiveRole, bindings: readonly BoundRole[]): RiskHit[] {
  const hit = (risk: Risk, rule: PolicyRule, bound: readonly BoundRole[]): RiskHit => ({
    risk,
    role: resource.metadata.name,
    resource,
    rule,
    bound: bound.map((entry) => riskyBinding(entry)),
  });
  return rules.flatMap((rule): RiskHit[] => {
    const { labels = {} } = resource.metadata;
    return [
      ...ruleRisks(rule).flatMap((risk) => {
        const bound = effective(risk, resource, bindings);
        return bound === undefined ? [] : [hit(risk, rule, bound)];
      }),
      ...aggregationRisks
        .filter(
          ({ pattern }) =>
            pattern.labels.some((label) => labels[label] === "true") &&
            rule.verbs.some((verb) => pattern.harmless?.includes(verb) !== true),
        )
        .map(({ risk }) => hit(risk, rule, bindings)),
    ];
  });
}

/** The bindings by which a risk is real; `undefined` where the role cannot carry it: nodes in a namespace, kube-system's objects in another. */
function effective(
  { pattern }: Risk,
  { kind, metadata }: Resource,
  bindings: readonly BoundRole[],
): readonly BoundRole[] | undefined {
  const place = pattern.in === "rule" ? pattern.place : undefined;
  if (place === undefined) return bindings;
  if (kind === "Role" && (place === "cluster" || !place.includes(metadata.namespace ?? "default"))) return undefined;
  if (bindings.length === 0) return place === "cluster" ? [] : undefined;
  const real = bindings.filter(
    ({ namespace }) => namespace === "" || (place !== "cluster" && place.includes(namespace)),
  );
  return real.length === 0 ? undefined : real;
}

function bindingHits(bound: BoundRole): RiskHit[] {
  const { role, roleRef, subjects } = bound;
  const about = { role: roleRef.name, ...(role === undefined ? {} : { resource: role.resource }) };
  return [
    ...subjectRisks.flatMap(({ risk, pattern }) => {
      const named = subjects.filter(({ kind, name }) =>
        pattern.anyOf.some((match) => match.kind === kind && match.name.test(name)),
      );
      return named.length === 0 ? [] : [{ risk, ...about, bound: [riskyBinding(bound, named)] }];
    }),
    ...referenceRisks.flatMap(({ risk, names }) =>
      roleRef.kind === "ClusterRole" && names.includes(roleRef.name)
        ? [{ risk, ...about, bound: [riskyBinding(bound)] }]
        : [],
    ),
  ];
}

/** A path is a risk of the role that its first step uses. */
function pathHit(path: EscalationPath): RiskHit {
  const first = path.steps[0]?.uses.find(({ role }) => role !== undefined);
  const risk = pathRisks.get(path.end);
  if (risk === undefined) throw new RangeError(`no risk is described for paths that end at ${path.end}`);
  const { binding, namespace, role, rule } = first ?? {};
  return {
    risk,
    role: role?.metadata.name ?? "",
    ...(role === undefined ? {} : { resource: role }),
    ...(rule === undefined ? {} : { rule }),
    bound:
      binding === undefined
        ? []
        : [{ binding, ...(namespace === undefined ? {} : { namespace }), subjects: [path.from] }],
    path,
  };
}

function riskyBinding({ binding, namespace, subjects }: BoundRole, named = subjects): RiskyBinding {
  return { binding, ...(namespace === "" ? {} : { namespace }), subjects: named };
}
