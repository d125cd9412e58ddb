import {
  buildUntypedResource,
  type Environment,
  emitYaml,
  type Platform,
  type PolicyException,
  type Resource,
} from "@plinth/core";
import type { PodController } from "../admission/autogen.ts";
import { placedFixture } from "../admission/fixture.ts";
import { matchedKinds } from "../admission/match.ts";
import {
  controllerKinds,
  controllerResource,
  fitsTemplate,
  type PodFixture,
  podResource,
} from "../admission/pod-fixture.ts";
import { type AnyPolicy, messageOf, policyIn, type Violation } from "../admission/policy.ts";
import { actionsIn, namespacesIn, rolloutOf } from "../admission/rollout.ts";
import { policyObjectName, validatingPolicies } from "../admission/validating-policy.ts";
import { kyvernoApply } from "../kyverno-cli/apply.ts";
import type { ExpectedResult, KyvernoCase } from "../kyverno-cli/case.ts";
import { kyvernoValues } from "../kyverno-cli/values.ts";
import { type ExceptedObjects, exceptedObjects } from "./exception-scope.ts";
import { holdsIn, policyExceptions } from "./policy-exceptions.ts";

/**
 * What shows that an exception is needed and no wider than it says: the object that it names, and the pods that this makes, fail without it and are let pass
 * with it; an object of another name, and one in another team's namespace, fail all the same. Two cases for each environment in which it holds. Without a row, no
 * bad object of the policy is of the kind.
 *
 * @example
 * import type { Environment, Platform, PolicyException } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * declare const exception: PolicyException;
 * exceptionCases(exception, policyCatalog, platform, production).map(({ name }) => name);
 */
export function exceptionCases(
  exception: PolicyException,
  policies: readonly AnyPolicy[],
  platform: Platform,
  environment: Environment,
): readonly KyvernoCase[] {
  const policy = policies.find(({ name }) => name === exception.policy);
  const resolved = policy === undefined ? undefined : policyIn(policy, platform, environment);
  if (resolved === undefined || !holdsIn(exception, resolved, platform, environment)) return [];
  const trials = trialsOf(exception, resolved, platform, environment);
  const alone = { ...platform, policyExceptions: [exception] };
  const files = [
    { path: "policy.yaml", text: documents(validatingPolicies(resolved, rolloutOf(resolved, platform, environment))) },
    { path: "resources.yaml", text: documents(trials.map(({ resource }) => resource)) },
    { path: "values.yaml", text: emitYaml(kyvernoValues(namespacesFor(resolved, platform))) },
  ];
  const exceptions = policyExceptions([resolved], alone, environment).filter(({ kind }) => kind === "PolicyException");
  return [
    {
      name: `${exception.name} in ${environment.name}`,
      files: [...files, { path: "exceptions.yaml", text: documents(exceptions) }],
      arguments: kyvernoApply("policy.yaml", "--exception", "exceptions.yaml"),
      expected: trials.map(({ excepted, failure }) => (excepted ? skipped(failure) : failure)),
    },
    {
      name: `${exception.name} in ${environment.name}, taken away`,
      files,
      arguments: kyvernoApply("policy.yaml"),
      expected: trials.map(({ failure }) => failure),
    },
  ];
}

/** Namespaces that are judged come with their own labels: the values would say them a second time. */
function namespacesFor(policy: AnyPolicy, { teams }: Platform): readonly string[] {
  return isNamespacePolicy(policy) ? [] : teams.map(({ namespace }) => namespace);
}

function isNamespacePolicy({ match }: AnyPolicy): boolean {
  return matchedKinds(match).some(({ kind }) => kind === "Namespace");
}

interface Trial {
  readonly resource: Resource;
  readonly excepted: boolean;
  readonly failure: ExpectedResult;
}

function skipped({ message: _, ...row }: ExpectedResult): ExpectedResult {
  return { ...row, result: "skip" };
}

function trialsOf(
  exception: PolicyException,
  policy: AnyPolicy,
  platform: Platform,
  environment: Environment,
): readonly Trial[] {
  const objects = exceptedObjects(exception, policy, platform);
  const rollout = rolloutOf(policy, platform, environment);
  const actionAt = (namespace: string | undefined) =>
    actionsIn(rollout).find((action) => namespace === undefined || namespacesIn(rollout, action).includes(namespace));
  const elsewhere = platform.teams.find(({ namespace }) => namespace !== objects.namespace)?.namespace;
  const { namespace, name = "example" } = objects;
  const isNamespace = isNamespacePolicy(policy);
  return badObjects(policy, objects, exception.images).flatMap(({ kind, make, message }): Trial[] => {
    const trial = (resource: Resource, excepted: boolean): Trial[] => {
      const action = actionAt(isNamespace ? resource.metadata.name : resource.metadata.namespace);
      if (action === undefined) return [];
      const row = {
        policy: policyObjectName(policy, action),
        kind: resource.kind,
        namespace: resource.metadata.namespace ?? "",
        name: resource.metadata.name,
      };
      return [
        { resource, excepted, failure: { ...row, result: "fail", ...(message === undefined ? {} : { message }) } },
      ];
    };
    // A Namespace is its own place: its neighbour is the one of another team.
    if (isNamespace)
      return [
        ...make(kind, name, name).flatMap((resource) => trial(resource, true)),
        ...(elsewhere === undefined ? [] : make(kind, elsewhere, elsewhere)).flatMap((resource) =>
          trial(resource, false),
        ),
      ];
    return [
      ...make(kind, name, namespace).flatMap((resource) => trial(resource, true)),
      // A name that begins alike is another name; of a whole team there is no neighbour.
      ...(objects.name === undefined
        ? []
        : make(kind, `${name}-2`, namespace).flatMap((resource) => trial(resource, false))),
      ...(elsewhere === undefined || namespace === undefined
        ? []
        : make(kind, name, elsewhere).flatMap((resource) => trial(resource, false))),
    ];
  });
}

/** How to make objects that a policy finds fault with: of a kind, the object of a name and those that it makes. */
interface BadObject {
  readonly kind: string;
  readonly make: (kind: string, name: string, namespace: string | undefined) => readonly Resource[];
  /** Left out where it names an image that the object does not run. */
  readonly message?: string;
}

function badObjects(
  policy: AnyPolicy,
  objects: ExceptedObjects,
  images: readonly string[] | undefined,
): readonly BadObject[] {
  const kinds: readonly (string | undefined)[] = objects.kinds ?? [
    policy.match.kind === "pods" ? "Deployment" : undefined,
  ];
  return kinds.flatMap((kind): BadObject[] => {
    const bad = policy.bad.find((violation) => isOfKind(violation, kind));
    if (bad === undefined) return [];
    const { fixture } = bad;
    const made = fixture.kind === "pod" ? running(fixture, images) : fixture;
    return [
      {
        kind: kind ?? (made.kind === "pod" ? "Pod" : made.resource.kind),
        make: (wanted, name, namespace) =>
          made.kind === "pod"
            ? withPods(made, wanted, { name, namespace: namespace ?? "" })
            : [renamed(placedFixture(made, { name, namespace: namespace ?? "" }), name)],
        ...(images === undefined ? { message: messageOf(policy, bad.offenders) } : {}),
      },
    ];
  });
}

function isOfKind({ fixture }: Violation<AnyPolicy["bad"][number]["fixture"]>, kind: string | undefined): boolean {
  if (fixture.kind === "object") return kind === undefined || fixture.resource.kind === kind;
  return kind === "Pod" || fitsTemplate(fixture);
}

/** The same pod, with an image of the exception in every container. */
function running(fixture: PodFixture, images: readonly string[] | undefined): PodFixture {
  const image = images?.[0]?.replace(/\*$/, "app:1");
  if (image === undefined) return fixture;
  const { initContainers, containers, ...rest } = fixture.spec;
  const withImage = <Container extends object>(container: Container): Container & { image: string } => ({
    ...container,
    image,
  });
  return {
    ...fixture,
    spec: {
      ...rest,
      containers: containers.map(withImage),
      ...(initContainers === undefined ? {} : { initContainers: initContainers.map(withImage) }),
    },
  };
}

function renamed(resource: Resource, name: string): Resource {
  return buildUntypedResource({ ...resource, metadata: { ...resource.metadata, name } });
}

interface Place {
  readonly name: string;
  readonly namespace: string;
}

const hash = "6d4cf56db6";

/** Who owns the pods of a controller, and what that is called. */
const makers: Readonly<Record<string, (name: string) => { readonly kind: string; readonly name: string }>> = {
  Deployment: (name) => ({ kind: "ReplicaSet", name: `${name}-${hash}` }),
  StatefulSet: (name) => ({ kind: "StatefulSet", name }),
  DaemonSet: (name) => ({ kind: "DaemonSet", name }),
  Job: (name) => ({ kind: "Job", name }),
  CronJob: (name) => ({ kind: "Job", name: `${name}-29384570` }),
};

/** A pod, or a controller with the pod that it makes. */
function withPods(fixture: PodFixture, kind: string, place: Place): readonly Resource[] {
  const controller = controllerOf(kind);
  if (controller === undefined) return [podResource(fixture, place)];
  const owner = makers[kind]?.(place.name);
  return [
    controllerResource(fixture, controller, place),
    ...(owner === undefined
      ? []
      : [
          podResource(
            {
              ...fixture,
              labels: { ...fixture.labels, "pod-template-hash": hash },
              ownerReferences: [{ apiVersion: "apps/v1", uid: "5d0b4c0e-0000-4000-8000-000000000000", ...owner }],
            },
            { ...place, name: `${owner.name}-x7k2p` },
          ),
        ]),
  ];
}

function controllerOf(kind: string): PodController | undefined {
  const controllers: readonly PodController[] = ["deployments", "statefulsets", "daemonsets", "jobs", "cronjobs"];
  return controllers.find((controller) => controllerKinds[controller].kind === kind);
}

function documents(resources: readonly Resource[]): string {
  return resources.map((resource) => emitYaml(resource)).join("---\n");
}
