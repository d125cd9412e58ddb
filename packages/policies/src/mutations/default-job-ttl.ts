import { Job } from "kubernetes-models/batch/v1/Job";
import { cel } from "../admission/cel.ts";
import { type MetadataFixture, type ObjectFixture, object } from "../admission/object-fixture.ts";
import { write } from "./json-patch.ts";
import { jobKind, type Mutation } from "./mutation.ts";

/** A day: long enough to read the logs of last night. */
const ttl = 86_400;

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

/**
 * A Job that somebody starts by hand goes away a day after it finished. Not one that a CronJob made, whose history it would shorten, and not one that Argo CD
 * delivers: that one would be missing from then on, and be made and run again.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
 */
export const defaultJobTtl: Mutation = {
  name: "default-job-ttl",
  title: "Default lifetime of finished Jobs",
  category: "Resources",
  what: `A Job that belongs to nobody and names no ttlSecondsAfterFinished is deleted ${ttl} seconds after it finished.`,
  why: "A finished Job and its pods stay until somebody deletes them: they count against the quota, and every list returns them.",
  keepYourOwn: "Set ttlSecondsAfterFinished; a Job that must stay longer says for how long.",
  kinds: [jobKind],
  conditions: {
    "says-nothing": cel`!has(object.spec.ttlSecondsAfterFinished)`,
    "belongs-to-nobody": cel`object.metadata.?ownerReferences.orValue([]).size() == 0`,
    "not-delivered": cel`!object.metadata.?annotations.orValue({}).exists(key, key.startsWith('argocd.argoproj.io/'))
      && !object.metadata.?labels[?'argocd.argoproj.io/instance'].hasValue()`,
  },
  variables: {},
  patches: [write("/spec/ttlSecondsAfterFinished", ttl)],
  changes: [{ before: job(), after: job(ttl) }],
  keeps: [
    job(0),
    job(600_000),
    job(undefined, {
      ownerReferences: [
        { apiVersion: "batch/v1", kind: "CronJob", name: "import", uid: "6f0f5b1e-7c7a-4d55-8f44-3f0c4b0f9a01" },
      ],
    }),
    job(undefined, { annotations: { "argocd.argoproj.io/tracking-id": "cart:batch/Job:team-example/import" } }),
    job(undefined, { annotations: { "argocd.argoproj.io/hook": "PreSync" } }),
    job(undefined, { labels: { "argocd.argoproj.io/instance": "cart" } }),
  ],
};
