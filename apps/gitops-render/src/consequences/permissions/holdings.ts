import { listAt, type Resource, textAt } from "@plinth/core";
import { comparePermissions, describeRule, type PermissionSet, type PolicyRule, type SubjectName } from "@plinth/rbac";
import { inWords } from "../words.ts";
import { type Danger, dangerOf, upstreamRoles } from "./dangers.ts";

/** `create pods/exec`: what may be done with what. */
export interface Permitted {
  readonly verbs: readonly string[];
  readonly of: readonly string[];
  /** Only these objects; all when empty. */
  readonly named: readonly string[];
}

/** A permission in words; of many resources the first ones, unless all are asked for. */
export function describePermitted({ verbs, of, named }: Permitted, most: number = Number.POSITIVE_INFINITY): string {
  return `${verbs.join(", ")} ${inWords(of, most)}${named.length === 0 ? "" : ` named ${inWords(named, most)}`}`;
}

/** What somebody comes to hold in a place, of one danger. */
export interface Holding {
  readonly subject: SubjectName;
  /** The whole cluster when left out. */
  readonly namespace?: string;
  readonly danger: Danger;
  readonly what: readonly Permitted[];
  /** What of it was held before: a wildcard is more than the rest. */
  readonly except: readonly string[];
}

/** What is held after and was not before, by subject, place and danger; and the other way round. */
export function comparedHoldings(
  before: readonly Resource[],
  after: readonly Resource[],
): { readonly gained: readonly Holding[]; readonly lost: readonly Holding[] } {
  const changes = comparePermissions(before, after);
  const upstream = { before: upstreamHoldings(before), after: upstreamHoldings(after) };
  const side = (which: "gained" | "lost"): readonly Holding[] =>
    changes.flatMap(({ subject, namespace, [which]: set }) =>
      holdingsOf(set, namespace).map((held) => ({
        subject,
        ...(namespace === undefined ? {} : { namespace }),
        ...held,
      })),
    );
  return {
    gained: [...side("gained"), ...missingFrom(upstream.before, upstream.after)],
    lost: [...side("lost"), ...missingFrom(upstream.after, upstream.before)],
  };
}

function holdingsOf(
  { rules, except }: PermissionSet,
  namespace: string | undefined,
): Pick<Holding, "danger" | "what" | "except">[] {
  const pieces = rules.flatMap(piecesOf).map((rule) => ({ rule, danger: dangerOf(rule, namespace) }));
  return [...Map.groupBy(pieces, ({ danger }) => danger)].map(([danger, members]) => ({
    danger,
    what: joined(members.map(({ rule }) => rule)),
    except: except.map((rule) => describeRule(rule)),
  }));
}

/** One rule for each resource: what is dangerous about a rule is told of that resource and not of its neighbours. */
function piecesOf(rule: PolicyRule): readonly PolicyRule[] {
  const { apiGroups = [], resources = [], nonResourceURLs = [], ...rest } = rule;
  return [
    ...apiGroups.flatMap((group) =>
      resources.map((resource) => ({ ...rest, apiGroups: [group], resources: [resource] })),
    ),
    ...(nonResourceURLs.length === 0 ? [] : [{ nonResourceURLs, verbs: rule.verbs }]),
  ];
}

/** Rules in words: those with the same verbs and names as one. */
function joined(rules: readonly PolicyRule[]): readonly Permitted[] {
  const groups = Map.groupBy(rules, ({ verbs, resourceNames = [] }) => JSON.stringify([verbs, resourceNames]));
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { verbs, resourceNames = [] } = first;
    const of = members.flatMap(({ apiGroups: [group = ""] = [], resources: [resource] = [], nonResourceURLs = [] }) => [
      ...(resource === undefined ? [] : [group === "" ? resource : `${resource}.${group}`]),
      ...nonResourceURLs,
    ]);
    return [{ verbs, of, named: resourceNames }];
  });
}

/** What bindings give of Kubernetes' own roles, which the tree does not hold, by what tells them apart. */
function upstreamHoldings(resources: readonly Resource[]): ReadonlyMap<string, Holding> {
  const roles = new Set(resources.flatMap(({ kind, metadata }) => (kind === "ClusterRole" ? [metadata.name] : [])));
  return new Map(
    resources.flatMap((binding) => {
      const { kind, metadata } = binding;
      const role = textAt(binding, "roleRef", "name");
      const danger = upstreamRoles.get(role);
      if (danger === undefined || textAt(binding, "roleRef", "kind") !== "ClusterRole" || roles.has(role)) return [];
      const namespace = kind === "RoleBinding" ? (metadata.namespace ?? "default") : undefined;
      return subjectsOf(binding).map((subject): [string, Holding] => [
        JSON.stringify([subject, namespace, role]),
        {
          subject,
          ...(namespace === undefined ? {} : { namespace }),
          danger,
          what: [{ verbs: ["everything"], of: [`that Kubernetes' own role ${role} allows`], named: [] }],
          except: [],
        },
      ]);
    }),
  );
}

function missingFrom(held: ReadonlyMap<string, Holding>, now: ReadonlyMap<string, Holding>): readonly Holding[] {
  return [...now].flatMap(([key, holding]) => (held.has(key) ? [] : [holding]));
}

/** Whom a binding names; a ServiceAccount without a namespace is of the binding's. */
export function subjectsOf(binding: Resource): readonly SubjectName[] {
  return listAt(binding, "subjects").flatMap((subject): SubjectName[] => {
    const kind = textAt(subject, "kind");
    const name = textAt(subject, "name");
    if (name === "") return [];
    if (kind === "Group") return [{ kind, name }];
    if (kind === "User") {
      const [, namespace, account] = serviceAccountUser.exec(name) ?? [];
      return namespace === undefined || account === undefined
        ? [{ kind, name }]
        : [{ kind: "ServiceAccount", name: account, namespace }];
    }
    const namespace = textAt(subject, "namespace") || binding.metadata.namespace;
    return kind === "ServiceAccount" && namespace !== undefined ? [{ kind, name, namespace }] : [];
  });
}

const serviceAccountUser = /^system:serviceaccount:([^:]+):([^:]+)$/;
