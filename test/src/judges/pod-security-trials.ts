import type { Environment, Platform, Resource } from "@plinth/core";
import {
  type Policy,
  podSecurityPolicies,
  pods,
  policyIn,
  policyObjectName,
  validatingPolicies,
} from "@plinth/policies";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import {
  podSecurityControllers,
  podSecurityLevels,
  podSecurityMinors,
  podSecurityNamespace,
  podSecurityTestPods,
} from "./pod-security-pods.ts";
import { type PodSecurityTrial, podSecurityOf, type TriedPod, type TriedPolicy } from "./pod-security-verdicts.ts";

/** What the command line reads in one run. */
export interface PodSecurityRun {
  readonly name: string;
  readonly policies: readonly Resource[];
  readonly objects: readonly KubernetesObject[];
}

/** What is tried, and the runs that try it: policies and pods that are equal at several minors run once. */
export interface PodSecurityTrials {
  readonly trials: readonly PodSecurityTrial[];
  readonly runs: readonly PodSecurityRun[];
}

/** The namespaces that test pods are put into. */
export const podSecurityNamespaces: readonly string[] = podSecurityLevels.flatMap((level) =>
  (["pass", "fail"] as const).map((verdict) => podSecurityNamespace({ level, verdict })),
);

/**
 * Every pod that Kubernetes tests a minor with, and the policies as an environment with that minor has them. The command line compiles a policy anew for
 * each object and each controller, so that pods are tried on policies without rules for controllers, and those rules on what is about them: the pods of
 * a check at the newest minor, inside controllers, on the policy of that check.
 */
export async function podSecurityTrials(
  moduleFolder: string,
  platform: Platform,
  environment: Environment,
): Promise<PodSecurityTrials> {
  const minors = await podSecurityMinors(moduleFolder);
  const policies = new FirstOfItsKind<TriedPolicy & { readonly resources: readonly Resource[] }>();
  const objects = new FirstOfItsKind<KubernetesObject>();
  const trials: PodSecurityTrial[] = [];
  for (const kubernetes of minors) {
    const suffix = kubernetes.replace(".", "-");
    trials.push({
      kubernetes,
      policies: policiesAt(kubernetes, platform, environment).map((policy) =>
        policies.of(render({ ...policy, match: pods({ controllers: [] }) }), () => {
          const renamed = { ...policy, name: `${policy.name}-${suffix}`, match: pods({ controllers: [] }) };
          return { policy, objectName: policyObjectName(renamed, "enforce"), resources: render(renamed) };
        }),
      ),
      pods: (await podSecurityTestPods(moduleFolder, kubernetes)).map((test) => ({
        test,
        object: objects.of(test.pod, () => renamedObject(test.pod, suffix)),
      })),
    });
  }
  const levels = podSecurityLevels.map(
    (level): PodSecurityRun => ({
      name: level,
      policies: policies.all
        .filter(({ policy }) => level === "restricted" || podSecurityOf(policy).level === "baseline")
        .flatMap(({ resources }) => resources),
      objects: objects.all.filter(({ metadata }) => metadata.namespace?.startsWith(level)),
    }),
  );
  const newest = trials.at(-1);
  const controllers = newest === undefined ? [] : controllerTrials(newest, platform, environment);
  return {
    trials: [...trials, ...controllers.map(({ trial }) => trial)],
    runs: [...levels, ...controllers.map(({ run }) => run)],
  };
}

/** The pods of each check inside controllers, on the policy of the check as it is rendered. */
function controllerTrials(
  { kubernetes, pods: tried }: PodSecurityTrial,
  platform: Platform,
  environment: Environment,
): readonly { readonly trial: PodSecurityTrial; readonly run: PodSecurityRun }[] {
  return policiesAt(kubernetes, platform, environment).map((policy) => {
    const { level, check } = podSecurityOf(policy);
    const inControllers = tried
      .filter(({ test }) => test.level === level && test.check === check.toLowerCase())
      .flatMap(({ test }): TriedPod[] => podSecurityControllers(test).map((object) => ({ test, object })));
    return {
      trial: {
        kubernetes,
        policies: [{ policy, objectName: policyObjectName(policy, "enforce") }],
        pods: inControllers,
      },
      run: { name: policy.name, policies: render(policy), objects: inControllers.map(({ object }) => object) },
    };
  });
}

/** The policies of an environment whose cluster has this minor. */
function policiesAt(kubernetes: string, platform: Platform, environment: Environment): readonly Policy[] {
  const there: Environment = { ...environment, cluster: { ...environment.cluster, kubernetes } };
  return podSecurityPolicies.flatMap((policy) => policyIn(policy, platform, there) ?? []);
}

function render(policy: Policy): readonly Resource[] {
  return validatingPolicies(policy, { audit: [], enforce: podSecurityNamespaces });
}

function renamedObject(object: KubernetesObject, suffix: string): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-${suffix}` } };
}

/** Keeps the first of things that are equal. */
class FirstOfItsKind<Thing> {
  readonly #things = new Map<string, Thing>();

  of(content: unknown, make: () => Thing): Thing {
    const key = JSON.stringify(content);
    const known = this.#things.get(key) ?? make();
    this.#things.set(key, known);
    return known;
  }

  get all(): readonly Thing[] {
    return [...this.#things.values()];
  }
}
