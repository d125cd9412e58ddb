import type { Resource } from "@plinth/core";
import { type Fixture, placedFixture } from "../admission/fixture.ts";
import { controllerResource, fitsTemplate } from "../admission/pod-fixture.ts";
import { type AnyPolicy, messageOf } from "../admission/policy.ts";
import { evaluatorOf } from "./evaluate-policy.ts";
import type { PolicyVerdict } from "./policy-evaluator.ts";

/** An object that a policy is tried on, and what it has to say. */
export interface PolicyTrial {
  readonly object: Resource;
  readonly expected: PolicyVerdict;
}

/** Something that a policy says otherwise than its fixtures have it. */
export interface PolicyDisagreement extends PolicyTrial {
  readonly verdict: PolicyVerdict;
}

/** Where fixtures are tried. */
export const trialPlace: { readonly name: string; readonly namespace: string } = {
  name: "tried",
  namespace: "team-example",
};

/** The fixtures of a policy as they are: what it is tried on before controllers. */
export function ownTrials(policy: AnyPolicy): readonly PolicyTrial[] {
  return expectations(policy).map(({ fixture, expected }) => ({
    object: placedFixture(fixture, trialPlace),
    expected,
  }));
}

/** The pods among the fixtures of a policy inside each controller for which Kyverno derives a rule. */
export function controllerTrials(policy: AnyPolicy): readonly PolicyTrial[] {
  return expectations(policy).flatMap(({ fixture, expected }) =>
    fixture.kind !== "pod" || !fitsTemplate(fixture)
      ? []
      : policy.match.controllers.map((controller) => ({
          object: controllerResource(fixture, controller, trialPlace),
          expected,
        })),
  );
}

/**
 * Tries a policy, without a cluster, on all of its fixtures and on its pods inside each controller: the trials in which it says something else than they have it,
 * none when all is well. Its variants are policies of their own.
 *
 * @example
 * policyDisagreements(disallowHostPath); // []
 */
export function policyDisagreements(policy: AnyPolicy): readonly PolicyDisagreement[] {
  const ask = evaluatorOf(policy, trialPlace.namespace);
  return [...ownTrials(policy), ...controllerTrials(policy)]
    .map((trial) => ({ ...trial, verdict: ask(trial.object) }))
    .filter(({ expected, verdict }) => !isSaid(expected, verdict));
}

/** True for verdicts that say the same. */
export function isSaid(expected: PolicyVerdict, verdict: PolicyVerdict): boolean {
  if (expected.result !== "fail" || verdict.result !== "fail") return expected.result === verdict.result;
  return expected.messages.join("\n") === verdict.messages.join("\n");
}

function expectations(policy: AnyPolicy): { fixture: Fixture; expected: PolicyVerdict }[] {
  return [
    ...policy.good.map((fixture) => ({ fixture, expected: { result: "pass" } as const })),
    ...policy.bad.map(({ fixture, offenders }) => ({
      fixture,
      expected: { result: "fail", messages: [messageOf(policy, offenders)] } as const,
    })),
  ];
}
