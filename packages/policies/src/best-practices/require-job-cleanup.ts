import { Job } from "kubernetes-models/batch/v1/Job";
import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import { type MetadataFixture, type ObjectFixture, object } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly seconds: number } = { seconds: 604_800 };

function job(ttlSecondsAfterFinished?: number, metadata: MetadataFixture = {}): ObjectFixture {
  const container = { name: "import", image: "registry.example.com/shop/import:1.4.2" };
  return object(
    Job,
    {
      spec: {
        ...(ttlSecondsAfterFinished === undefined ? {} : { ttlSecondsAfterFinished }),
        template: { spec: { restartPolicy: "Never", containers: [container] } },
      },
    },
    metadata,
  );
}

/** A finished Job goes away. One that a CronJob made is counted by the CronJob, one that is a hook of Argo CD is deleted by it. */
export const requireJobCleanup: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: { seconds: "The longest time that a finished Job may stay." },
  tried: [{ seconds: 3600 }],
  policy: ({ seconds }) => ({
    name: "require-job-cleanup",
    title: "Require Jobs to be cleaned up",
    category: "Best Practices",
    severity: "low",
    why: "A finished Job and its pods stay until somebody deletes them: they count against the quota, and every list returns them.",
    fix: `Set ttlSecondsAfterFinished to at most ${seconds}.`,
    match: objects(["Job"], { operations: ["CREATE"] }),
    variables: {
      cleanedUp: cel`object.metadata.?ownerReferences.orValue([]).size() > 0
        || object.metadata.?annotations[?'argocd.argoproj.io/hook-delete-policy'].hasValue()`,
      stays: cel`object.spec.?ttlSecondsAfterFinished.orValue(-1)`,
    },
    offenders: cel`variables.cleanedUp ? []
      : variables.stays < 0 ? ['ttlSecondsAfterFinished is not set']
      : variables.stays > ${seconds} ? ['ttlSecondsAfterFinished is ' + string(variables.stays)]
      : []`,
    good: [
      job(undefined, { annotations: { "argocd.argoproj.io/hook-delete-policy": "HookSucceeded" } }),
      job(0),
      job(seconds),
      job(undefined, {
        ownerReferences: [
          { apiVersion: "batch/v1", kind: "CronJob", name: "import", uid: "6f0f5b1e-7c7a-4d55-8f44-3f0c4b0f9a01" },
        ],
      }),
    ],
    bad: [
      violation(job(), "ttlSecondsAfterFinished is not set"),
      violation(job(undefined, { ownerReferences: [], annotations: { a: "b" } }), "ttlSecondsAfterFinished is not set"),
      violation(job(seconds + 1), `ttlSecondsAfterFinished is ${seconds + 1}`),
    ],
  }),
});
