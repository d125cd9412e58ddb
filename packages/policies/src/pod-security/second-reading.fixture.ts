import { containersOf, type PodFixture } from "../admission/pod-fixture.ts";
import type { Policy } from "../admission/policy.ts";

/** A place where the pod or one of its containers sets its security, with the words that messages have for it. */
export interface SecuritySetting {
  readonly of: string;
  readonly sets: NonNullable<PodFixture["spec"]["securityContext"]>;
}

/** What the pod and then each container sets in its security context. */
export function securitySettings(fixture: PodFixture): readonly SecuritySetting[] {
  return [
    { of: "the pod", sets: fixture.spec.securityContext ?? {} },
    ...containersOf(fixture).map(({ name, securityContext }) => ({
      of: `container ${name}`,
      sets: securityContext ?? {},
    })),
  ];
}

/**
 * Compares what a policy says of its fixtures with a second reading of the control, in TypeScript: the fixtures on which the two do not agree, none when
 * all is well. Which fixtures the CEL itself agrees with is for the Kyverno command line to say.
 */
export function disagreements(
  policy: Policy,
  offendersOf: (fixture: PodFixture) => readonly string[],
): readonly { readonly fixture: PodFixture; readonly says: readonly string[]; readonly reads: readonly string[] }[] {
  const said = [
    ...policy.good.map((fixture) => ({ fixture, says: [] })),
    ...policy.bad.map(({ fixture, offenders }) => ({ fixture, says: offenders })),
  ];
  return said
    .map(({ fixture, says }) => ({ fixture, says, reads: offendersOf(fixture) }))
    .filter(({ says, reads }) => says.join("\n") !== reads.join("\n"));
}

/** The kinds of containers on which a policy is tried with something that offends. */
export function offendingContainerKinds(policy: Policy): ReadonlySet<string> {
  return new Set(
    policy.bad.flatMap(({ fixture: { spec }, offenders }) =>
      (["containers", "initContainers", "ephemeralContainers"] as const).filter((kind) =>
        (spec[kind] ?? []).some(({ name }) => offenders.some((offender) => offender.startsWith(`container ${name} `))),
      ),
    ),
  );
}

/** Every kind of container that a pod may have. */
export const containerKinds: ReadonlySet<string> = new Set(["containers", "initContainers", "ephemeralContainers"]);
