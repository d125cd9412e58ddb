import type { ExpressionMutant } from "./policy-mutants.ts";

/** A slip that no object can notice, and why. */
export interface EquivalentMutant extends Pick<ExpressionMutant, "policy" | "variable" | "change"> {
  readonly because: string;
}

/** Slips in the catalogue that mean the same for every object that the API server lets in. */
export const equivalentMutants: readonly EquivalentMutant[] = [
  {
    policy: "check-disruption-budgets",
    variable: "unavailable",
    change: "a constant becomes 'another text': '1'",
    because: "the value is compared with 0 and 0% only",
  },
  {
    policy: "check-disruption-budgets",
    variable: "available",
    change: "a constant becomes 'another text': ''",
    because: "the value is compared with 100% only",
  },
  {
    policy: "require-job-cleanup",
    variable: "stays",
    change: "a constant becomes 2: 1",
    because: "any number below zero says that the field is not there",
  },
  {
    policy: "require-pod-probes",
    variable: "ends",
    change: "a constant becomes true: false",
    because: "only the template of a Job may be without metadata, and the policy has no rule for Jobs",
  },
  {
    policy: "restrict-external-names",
    variable: "host",
    change: "a constant becomes 'another text': ''",
    because: "the API server refuses a Service of the type ExternalName without an externalName",
  },
];
