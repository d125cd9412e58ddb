import { type Environment, emitYaml, type Platform, type Resource } from "@plinth/core";
import {
  controllerKinds,
  controllerResource,
  fitsTemplate,
  type PodFixture,
  podResource,
} from "../admission/pod-fixture.ts";
import { messageOf, type Policy } from "../admission/policy.ts";
import { type PolicyAction, rolloutOf, systemNamespaces } from "../admission/rollout.ts";
import { policyObjectName, validatingPolicies } from "../admission/validating-policy.ts";

/** What the Kyverno command line reads to judge one policy, and what it has to answer. */
export interface KyvernoCase {
  /** The policy's name: a folder for the files. */
  readonly name: string;
  /** `policy.yaml`, `resources.yaml` and `values.yaml`. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Arguments of `kyverno` in the folder of the files: its standard output holds a report. */
  readonly arguments: readonly string[];
  /** The whole report: a row for each object that is judged, and none for any other. */
  readonly expected: readonly ExpectedResult[];
}

/** A row of the report: what a policy object says about one object. */
export interface ExpectedResult {
  /** Name of the policy object: `disallow-host-path-enforce`. */
  readonly policy: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly result: "pass" | "fail";
  /** What is said about a failure. */
  readonly message?: string;
}

/**
 * The case of a policy in an environment: each good and bad object as a Pod and inside each controller, in a namespace of a team; and the first bad
 * object in every other namespace, so that a policy that judges too little or too much shows itself.
 *
 * Namespaces go into the values file: the command line knows no other labels of them.
 *
 * @see https://kyverno.io/docs/kyverno-cli/reference/kyverno_apply/
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * kyvernoCase(disallowHostPath, platform, production).files.map(({ path }) => path); // policy.yaml, resources.yaml, values.yaml
 */
export function kyvernoCase(policy: Policy, platform: Platform, environment: Environment): KyvernoCase {
  const rollout = rolloutOf(policy, platform, environment);
  const judged = (["audit", "enforce"] as const).flatMap((action) =>
    rollout[action].map((namespace) => ({ namespace, action })),
  );
  const unjudged = [...new Set([...systemNamespaces, ...platform.components.map(({ namespace }) => namespace)])].sort();
  const [home, ...others] = judged;
  const [firstBad] = policy.bad;
  const trials = [
    ...(home === undefined
      ? []
      : policy.good.flatMap((fixture, index) => trialsOf(policy, fixture, `good-${index + 1}`, home))),
    ...(home === undefined
      ? []
      : policy.bad.flatMap(({ fixture, offenders }, index) =>
          trialsOf(policy, fixture, `bad-${index + 1}`, home, messageOf(policy, offenders)),
        )),
    ...(firstBad === undefined
      ? []
      : others.flatMap((place) =>
          trialsOf(policy, firstBad.fixture, "bad-1", place, messageOf(policy, firstBad.offenders)),
        )),
  ];
  const outside =
    firstBad === undefined
      ? []
      : unjudged.map((namespace) => podResource(firstBad.fixture, { name: "bad-1", namespace }));
  return {
    name: policy.name,
    files: [
      { path: "policy.yaml", text: documents(validatingPolicies(policy, rollout)) },
      { path: "resources.yaml", text: documents([...trials.map(({ resource }) => resource), ...outside]) },
      { path: "values.yaml", text: emitYaml(valuesOf([...judged.map(({ namespace }) => namespace), ...unjudged])) },
    ],
    arguments: [
      "apply",
      "policy.yaml",
      "--resource",
      "resources.yaml",
      "--values-file",
      "values.yaml",
      "--policy-report",
      "--output-format",
      "json",
    ],
    expected: trials.map(({ expected }) => expected),
  };
}

interface Trial {
  readonly resource: Resource;
  readonly expected: ExpectedResult;
}

/** A fixture as a Pod, and inside each controller that Kyverno derives a rule for. */
function trialsOf(
  policy: Policy,
  fixture: PodFixture,
  name: string,
  { namespace, action }: { namespace: string; action: PolicyAction },
  message?: string,
): Trial[] {
  const place = { name, namespace };
  const expect = (kind: string): ExpectedResult => ({
    policy: policyObjectName(policy, action),
    kind,
    ...place,
    ...(message === undefined ? { result: "pass" } : { result: "fail", message }),
  });
  const controllers = fitsTemplate(fixture) ? policy.match.controllers : [];
  return [
    { resource: podResource(fixture, place), expected: expect("Pod") },
    ...controllers.map((controller) => ({
      resource: controllerResource(fixture, controller, place),
      expected: expect(controllerKinds[controller].kind),
    })),
  ];
}

function documents(resources: readonly Resource[]): string {
  return resources.map((resource) => emitYaml(resource)).join("---\n");
}

function valuesOf(namespaces: readonly string[]): unknown {
  return {
    apiVersion: "cli.kyverno.io/v1alpha1",
    kind: "Values",
    metadata: { name: "values" },
    namespaces: namespaces.map((name) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels: { "kubernetes.io/metadata.name": name } },
    })),
  };
}
