import { type Environment, emitYaml, type Platform } from "@plinth/core";
import { controllerKinds, controllerResource, type PodFixture, pod, podResource } from "../admission/pod-fixture.ts";
import { kyvernoApply } from "../kyverno-cli/apply.ts";
import type { ExpectedResult, KyvernoCase } from "../kyverno-cli/case.ts";
import { kyvernoValues } from "../kyverno-cli/values.ts";
import { type ImageVerification, imageVerificationPolicies } from "./image-verification.ts";

/**
 * What the Kyverno command line can say of an image verification without a registry: images of other names pass, images of these names without a digest fail, as Pods
 * and in controllers, and nothing is judged in namespaces of the cluster. Signatures themselves need a registry.
 *
 * `image` is an image that is looked at, without a digest.
 */
export function imageVerificationCase(
  verification: ImageVerification,
  platform: Platform,
  environment: Environment,
  image: string,
): KyvernoCase {
  const policies = imageVerificationPolicies(verification, platform, environment);
  const policy = policies[0]?.metadata.name ?? "";
  const namespace = platform.teams.map((team) => team.namespace).sort()[0] ?? "";
  const message = `image ${image} does not have a digest`;
  const trials: readonly { readonly name: string; readonly fixture: PodFixture; readonly message?: string }[] = [
    { name: "other", fixture: pod({ containers: [{ image: "other.example.net/tool:1.0.0" }] }) },
    { name: "tagged", fixture: pod({ containers: [{ image }] }), message },
    {
      name: "tagged-init",
      fixture: pod({ initContainers: [{ image }], containers: [{ image: "a.example.net/b:1" }] }),
      message,
    },
  ];
  const row = (kind: string, trial: (typeof trials)[number]): ExpectedResult => ({
    policy,
    kind,
    namespace,
    name: trial.name,
    ...(trial.message === undefined ? { result: "pass" } : { result: "fail", message: trial.message }),
  });
  const judged = trials.flatMap((trial) => [
    { resource: podResource(trial.fixture, { name: trial.name, namespace }), expected: row("Pod", trial) },
    ...(["deployments", "cronjobs"] as const).map((controller) => ({
      resource: controllerResource(trial.fixture, controller, { name: trial.name, namespace }),
      expected: row(controllerKinds[controller].kind, trial),
    })),
  ]);
  const elsewhere = podResource(pod({ containers: [{ image }] }), { name: "tagged", namespace: "kube-system" });
  return {
    name: "verify-images",
    files: [
      { path: "policy.yaml", text: policies.map((each) => emitYaml(each)).join("---\n") },
      {
        path: "resources.yaml",
        text: [...judged.map(({ resource }) => resource), elsewhere].map((each) => emitYaml(each)).join("---\n"),
      },
      { path: "values.yaml", text: emitYaml(kyvernoValues([namespace, "kube-system"])) },
    ],
    arguments: kyvernoApply("policy.yaml"),
    expected: judged.map(({ expected }) => expected),
  };
}
