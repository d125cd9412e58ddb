import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

function budget(allows: { minAvailable?: number | string; maxUnavailable?: number | string }): ObjectFixture {
  return object(PodDisruptionBudget, {
    spec: { ...allows, selector: { matchLabels: { "app.kubernetes.io/name": "cart" } } },
  });
}

/** A disruption budget lets a node be drained. */
export const checkDisruptionBudgets: Policy<ObjectFixture> = definePolicy({
  name: "check-disruption-budgets",
  title: "Check disruption budgets",
  category: "Resources",
  severity: "high",
  why: "A budget that allows no disruption stops every drain: nodes are never updated, and the cluster's upgrade hangs until somebody deletes pods by hand.",
  fix: "Set maxUnavailable to 1, or to a percentage above zero, and leave minAvailable out.",
  match: objects(["PodDisruptionBudget"]),
  variables: {
    unavailable: cel`string(object.spec.?maxUnavailable.orValue('1'))`,
    available: cel`string(object.spec.?minAvailable.orValue(''))`,
  },
  offenders: cel`(variables.unavailable in ['0', '0%'] ? ['maxUnavailable is ' + variables.unavailable] : [])
    + (variables.available == '100%' ? ['minAvailable is 100%'] : [])`,
  good: [
    budget({ maxUnavailable: 1 }),
    budget({ maxUnavailable: "25%" }),
    budget({ minAvailable: 1 }),
    budget({ minAvailable: "50%" }),
  ],
  bad: [
    violation(budget({ maxUnavailable: 0 }), "maxUnavailable is 0"),
    violation(budget({ maxUnavailable: "0%" }), "maxUnavailable is 0%"),
    violation(budget({ minAvailable: "100%" }), "minAvailable is 100%"),
  ],
});
