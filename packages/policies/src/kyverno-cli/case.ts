import { type Environment, emitYaml, type Platform, type Resource } from "@plinth/core";
import { type Fixture, placedFixture } from "../admission/fixture.ts";
import { isClusterScoped, matchedKinds } from "../admission/match.ts";
import { controllerResource, fitsTemplate } from "../admission/pod-fixture.ts";
import { type AnyPolicy, messageOf, policyIn } from "../admission/policy.ts";
import {
  actionsIn,
  namespacesIn,
  type PolicyAction,
  type Rollout,
  rolloutOf,
  systemNamespaces,
} from "../admission/rollout.ts";
import { policyObjectName, validatingPolicies } from "../admission/validating-policy.ts";
import { kyvernoApply } from "./apply.ts";
import { kyvernoTest } from "./kyverno-test.ts";
import { kyvernoValues } from "./values.ts";

/** What the Kyverno command line reads to judge one policy, and what it has to answer. */
export interface KyvernoCase {
  /** The policy's name: a folder for the files. */
  readonly name: string;
  /** `policy.yaml`, `resources.yaml`, `values.yaml`, and `kyverno-test.yaml` for whoever runs `kyverno test`. */
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
  /** Empty for what lives in no namespace. */
  readonly namespace: string;
  readonly name: string;
  readonly result: "pass" | "fail" | "skip";
  /** What is said about a failure. */
  readonly message?: string;
}

/**
 * The case of a policy in an environment: each good and bad object, pods inside each controller, too, in a namespace of a team.
 *
 * Namespaces go into the values file: the command line knows no other labels of them.
 *
 * @see https://kyverno.io/docs/kyverno-cli/reference/kyverno_apply/
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * kyvernoCase(disallowHostPath, platform, production).files.map(({ path }) => path);
 */
export function kyvernoCase(policy: AnyPolicy, platform: Platform, environment: Environment): KyvernoCase {
  const resolved = policyIn(policy, platform, environment) ?? policy;
  const rollout = rolloutOf(resolved, platform, environment);
  const tried = [
    ...resolved.good.map((fixture, index) => ({ fixture, name: `good-${index + 1}`, message: undefined })),
    ...resolved.bad.map(({ fixture, offenders }, index) => ({
      fixture,
      name: `bad-${index + 1}`,
      message: messageOf(resolved, offenders),
    })),
  ];
  const [home] = placesOf(resolved, rollout);
  if (home === undefined) return caseOf(resolved, rollout, [], [], []);
  if (!isNamespacePolicy(resolved)) {
    const trials = tried.flatMap(({ fixture, name, message }, index) =>
      trialsOf(resolved, fixture, name, home, message, index),
    );
    return caseOf(resolved, rollout, trials, [], [home.namespace]);
  }
  // A Namespace is its own place, and there is one of a name: each object has a namespace to itself.
  const places = tried.map(({ name }) => ({ namespace: name, action: home.action }));
  const trials = tried.flatMap(({ fixture, name, message }, index) =>
    trialsOf(resolved, fixture, name, places[index] ?? home, message, index),
  );
  const names = { audit: [], enforce: [], [home.action]: places.map(({ namespace }) => namespace) };
  return caseOf(resolved, names, trials, [], []);
}

function isNamespacePolicy({ match }: AnyPolicy): boolean {
  return matchedKinds(match).some(({ kind }) => kind === "Namespace");
}

/**
 * Where a policy judges in an environment: its first bad object in every namespace, so that a policy that judges too little or too much shows itself.
 * An object in no namespace comes with names of the platform instead, which no policy may judge.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * placementCase(disallowHostPath, platform, production).expected.map(({ namespace }) => namespace);
 */
export function placementCase(policy: AnyPolicy, platform: Platform, environment: Environment): KyvernoCase {
  const resolved = policyIn(policy, platform, environment) ?? policy;
  const rollout = rolloutOf(resolved, platform, environment);
  const places = placesOf(resolved, rollout);
  const [bad] = resolved.bad;
  if (bad === undefined) return caseOf(resolved, rollout, [], [], []);
  const message = messageOf(resolved, bad.offenders);
  const judged = places.map((place): Trial => trialOf(resolved, bad.fixture, "bad-1", place, message));
  if (isClusterScoped(resolved.match)) {
    const skipped = (rollout.cluster?.exceptOwners ?? []).map(
      (owner): Trial => skippedTrial(resolved, bad.fixture, owner, rollout),
    );
    return caseOf(resolved, rollout, [...judged, ...skipped], [], []);
  }
  const others = unjudgedNamespaces(platform);
  const unjudged = others.map((namespace) => placedFixture(bad.fixture, { name: "bad-1", namespace }));
  const namespaces = [...places.map(({ namespace }) => namespace), ...others];
  return caseOf(resolved, rollout, judged, unjudged, isNamespacePolicy(resolved) ? [] : namespaces);
}

/** An object that belongs to the platform by its name: the match condition does not hold, which the command line reports as a skip. */
function skippedTrial(policy: AnyPolicy, fixture: Fixture, owner: string, { cluster }: Rollout): Trial {
  const resource = placedFixture(fixture, { name: `${owner}:bad-1`, namespace: "" });
  const { name } = resource.metadata;
  const action = cluster?.action ?? "audit";
  const row = { policy: policyObjectName(policy, action), kind: resource.kind, namespace: "", name };
  return { resource, expected: { ...row, result: "skip" } };
}

interface Place {
  readonly namespace: string;
  readonly action: PolicyAction;
}

function placesOf(policy: AnyPolicy, rollout: Rollout): Place[] {
  if (isClusterScoped(policy.match))
    return rollout.cluster === undefined ? [] : [{ namespace: "", action: rollout.cluster.action }];
  return actionsIn(rollout).flatMap((action) =>
    namespacesIn(rollout, action).map((namespace) => ({ namespace, action })),
  );
}

function unjudgedNamespaces(platform: Platform): string[] {
  const teams = new Set<string>(platform.teams.map(({ namespace }) => namespace));
  const others = new Set<string>([...systemNamespaces, ...platform.components.map(({ namespace }) => namespace)]);
  return [...others].filter((namespace) => !teams.has(namespace)).sort();
}

interface Trial {
  readonly resource: Resource;
  readonly expected: ExpectedResult;
}

function trialOf(policy: AnyPolicy, fixture: Fixture, name: string, place: Place, message?: string): Trial {
  return trial(policy, placedFixture(fixture, { name, namespace: place.namespace }), place, message);
}

/**
 * A fixture as it is, and a pod inside its controllers. Kyverno makes one rule for all controllers whose template stands at `spec.template`: the first good and the
 * first bad object are tried in all of them, the others in one after the other, and all of them in a CronJob, whose template stands elsewhere.
 */
function trialsOf(
  policy: AnyPolicy,
  fixture: Fixture,
  name: string,
  place: Place,
  message: string | undefined,
  index: number,
): Trial[] {
  const itself = trialOf(policy, fixture, name, place, message);
  if (fixture.kind !== "pod" || !fitsTemplate(fixture)) return [itself];
  const alike = policy.match.controllers.filter((controller) => controller !== "cronjobs");
  const chosen = policy.match.controllers.filter(
    (controller) =>
      name.endsWith("-1") || controller === "cronjobs" || controller === alike[index % Math.max(alike.length, 1)],
  );
  const inControllers = chosen.map((controller) =>
    trial(policy, controllerResource(fixture, controller, { name, namespace: place.namespace }), place, message),
  );
  return [itself, ...inControllers];
}

function trial(policy: AnyPolicy, resource: Resource, { action }: Place, message: string | undefined): Trial {
  const { name, namespace = "" } = resource.metadata;
  return {
    resource,
    expected: {
      policy: policyObjectName(policy, action),
      kind: resource.kind,
      namespace,
      name,
      ...(message === undefined ? { result: "pass" } : { result: "fail", message }),
    },
  };
}

function caseOf(
  policy: AnyPolicy,
  rollout: Rollout,
  trials: readonly Trial[],
  unjudged: readonly Resource[],
  namespaces: readonly string[],
): KyvernoCase {
  const resources = [...trials.map(({ resource }) => resource), ...unjudged];
  const expected = trials.map((each) => each.expected);
  return {
    name: policy.name,
    files: [
      { path: "policy.yaml", text: documents(validatingPolicies(policy, rollout)) },
      { path: "resources.yaml", text: documents(resources) },
      { path: "values.yaml", text: emitYaml(kyvernoValues(namespaces.filter((namespace) => namespace !== ""))) },
      { path: "kyverno-test.yaml", text: emitYaml(kyvernoTest(policy.name, expected)) },
    ],
    arguments: kyvernoApply("policy.yaml"),
    expected,
  };
}

function documents(resources: readonly Resource[]): string {
  return resources.map((resource) => emitYaml(resource)).join("---\n");
}
