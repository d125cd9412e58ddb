import type { Resource } from "@plinth/core";
import { type CelExpression, cel } from "../admission/cel.ts";
import { describeControl, type PolicyControl } from "../admission/control.ts";
import type { PolicySeverity } from "../admission/policy.ts";
import { type AdmissionPolicyInput, admissionPolicy } from "../native-admission/admission-policy.ts";
import { isRequestedBy, type Requesters } from "../native-admission/requesters.ts";
import type { Attempt } from "./attempt.ts";

/**
 * A rule of the cluster that holds whoever may do what, and while Kyverno is down: RBAC says who may change a kind, a rail says which changes nobody makes by
 * the way. It says what offends as the policies of Kyverno do, so that one expression serves both.
 */
export interface GuardRail
  extends Pick<AdmissionPolicyInput, "operations" | "resources" | "scope" | "namespaces" | "labels" | "variables"> {
  /** Of the policy and its binding: `guard-cluster-admin`. */
  readonly name: string;
  readonly title: string;
  readonly severity: PolicySeverity;
  readonly control?: readonly PolicyControl[];
  /** What goes wrong without it: one sentence. */
  readonly why: string;
  /** What to do instead: a sentence with its full stop, the end of each message. */
  readonly fix: string;
  /** Requesters who are never asked. */
  readonly spares: readonly Requesters[];
  /** Conditions on which it is asked, beside those about who asks. @default always */
  readonly when?: Readonly<Record<string, CelExpression>>;
  /** A CEL list of clauses, empty when the request may pass: `Namespace team-data is deleted by jane`. */
  readonly offenders: CelExpression;
  /** What is there before somebody tries. @default nothing */
  readonly before?: readonly Resource[];
  /** What is refused, and what is not. */
  readonly attempts: readonly Attempt[];
}

/** The policy of the API server, and the binding that refuses and records. */
export function guardRailPolicy(rail: GuardRail): readonly Resource[] {
  const { name, title, severity, control = [], why, fix, spares, when = {}, variables = {}, offenders } = rail;
  const { operations, resources, scope, namespaces, labels } = rail;
  const spared = allOf(spares);
  return admissionPolicy({
    name,
    description: `${title}. ${why} ${fix}`,
    // What Kyverno's reports take from policies of the API server, too.
    annotations: {
      "policies.kyverno.io/title": title,
      "policies.kyverno.io/category": "Guard Rails",
      "policies.kyverno.io/severity": severity,
      ...(control.length === 0 ? {} : { "plinth.dev/controls": control.map(describeControl).join("; ") }),
    },
    operations,
    resources,
    ...(scope === undefined ? {} : { scope }),
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(labels === undefined ? {} : { labels }),
    when: {
      ...(spared.groups.length + spared.users.length === 0 ? {} : { "not-spared": cel`!${isRequestedBy(spared)}` }),
      ...when,
    },
    variables: { ...variables, offenders },
    validations: [
      {
        holds: cel`variables.offenders.size() == 0`,
        message: cel`variables.offenders.join(', ') + ${`. ${fix}`}`,
      },
    ],
  });
}

function allOf(requesters: readonly Requesters[]): Requesters {
  return {
    groups: [...new Set(requesters.flatMap(({ groups }) => groups))],
    users: [...new Set(requesters.flatMap(({ users }) => users))],
  };
}
