import type { PathEnd } from "../analysis/escalation/escalation-paths.ts";
import type { Permission } from "../roles/policy-rule.ts";

/** A permission that can be turned into more than it says: what it is, what somebody does with it, and how it is recognised. */
export interface Risk {
  /** How findings and acceptances name it: `create-workloads`. */
  readonly id: string;
  /** What its holder may, after "may". */
  readonly title: string;
  /** One sentence: what somebody with bad intentions does with it. */
  readonly why: string;
  readonly severity: RiskSeverity;
  /** Where it is described publicly. */
  readonly source: string;
  readonly pattern: RiskPattern;
}

/** `critical`: the cluster is theirs. `high`: another identity, or every secret of a namespace. `medium`: a protection or a service. `low`: a step on the way. */
export type RiskSeverity = "critical" | "high" | "medium" | "low";

/** How a risk is recognised: in a rule, in whom a binding names, in the role that it names, in labels of a role, or at the end of an escalation path. */
export type RiskPattern =
  | RulePattern
  | WildcardPattern
  | SubjectPattern
  | RoleReferencePattern
  | AggregationPattern
  | PathPattern;

/** A rule that allows any of these. */
export interface RulePattern {
  readonly in: "rule";
  readonly anyOf: readonly Permission[];
  /**
   * Where it matters. `cluster`: the resources belong to no namespace, so that a RoleBinding gives nothing of them. Names: only in these namespaces.
   *
   * @default anywhere
   */
  readonly place?: "cluster" | readonly string[];
  /**
   * Which rules with `resourceNames` count. `never`: none of them. `only`: no others. Names: those that name one of these, and rules without names.
   *
   * @default all
   */
  readonly named?: "never" | "only" | readonly string[];
}

/** A `*` in a field of a rule; `everything` is one in verbs, groups and resources at once, which stands for every other risk. */
export interface WildcardPattern {
  readonly in: "wildcard";
  readonly field: "everything" | "verbs" | "apiGroups" | "resources" | "nonResourceURLs";
}

/** A binding that names one of these, whatever it gives. */
export interface SubjectPattern {
  readonly in: "subjects";
  readonly anyOf: readonly { readonly kind: "Group" | "User" | "ServiceAccount"; readonly name: RegExp }[];
}

/** A binding of one of Kubernetes' own ClusterRoles. */
export interface RoleReferencePattern {
  readonly in: "role-reference";
  readonly names: readonly string[];
}

/** A ClusterRole that adds its rules to others by a label. */
export interface AggregationPattern {
  readonly in: "aggregation";
  readonly labels: readonly string[];
  /** Verbs that may be added without risk. @default none */
  readonly harmless?: readonly string[];
}

/** An escalation path that ends so. */
export interface PathPattern {
  readonly in: "path";
  readonly reaches: PathEnd;
}
