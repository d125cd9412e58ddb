import { namespaceOf, type Platform, type PolicyException, serviceNamed, teamNamed } from "@plinth/core";
import { matchedKinds } from "../admission/match.ts";
import { controllerKinds } from "../admission/pod-fixture.ts";
import type { AnyPolicy } from "../admission/policy.ts";

/** The objects that an exception holds for. */
export interface ExceptedObjects {
  /** Left out for what lives in no namespace. */
  readonly namespace?: string;
  /** Kinds of which the object may be one; everything in the namespace when left out. */
  readonly kinds?: readonly string[];
  /** Name of the object. */
  readonly name?: string;
}

/** Kinds that a policy judges, those that Kyverno derives rules for, too. */
export function judgedKinds({ match }: AnyPolicy): readonly string[] {
  return [
    ...matchedKinds(match).map(({ kind }) => kind),
    ...match.controllers.map((controller) => controllerKinds[controller].kind),
  ];
}

/** What an exception from a policy is for. A service runs as a Deployment of its name where nothing else is said. */
export function exceptedObjects(exception: PolicyException, policy: AnyPolicy, platform: Platform): ExceptedObjects {
  const { service, team, resource } = exception.for;
  const namespace =
    service !== undefined
      ? namespaceOf(platform, serviceNamed(platform, service))
      : team === undefined
        ? undefined
        : teamNamed(platform, team).namespace;
  const place = namespace === undefined ? {} : { namespace };
  // A team has one Namespace, and no exception is for that of another.
  if (namespace !== undefined && matchedKinds(policy.match).some(({ kind }) => kind === "Namespace"))
    return { namespace, kinds: ["Namespace"], name: namespace };
  if (resource !== undefined) return { ...place, kinds: [resource.kind], name: resource.name };
  if (service === undefined) return place;
  const kinds = policy.match.kind === "pods" ? ["Deployment"] : judgedKinds(policy);
  return { ...place, kinds, name: service };
}
