import { cel } from "../admission/cel.ts";
import { type MetadataFixture, type ObjectFixture, untypedObject } from "../admission/object-fixture.ts";
import { jobKind } from "../mutations/mutation.ts";
import type { CleanUp } from "./clean-up.ts";
import { notDelivered, ownedByNobody } from "./delivered.ts";

/** How long a finished Job stays that says nothing about it, in hours: a week, so that a failure of Friday is still there on Monday. */
const stays = 168;

function job(
  condition: Readonly<Record<string, string>> | undefined,
  metadata: MetadataFixture = {},
  ttlSecondsAfterFinished?: number,
): ObjectFixture {
  const container = { name: "import", image: "registry.example.com/shop/import:1.4.2" };
  return untypedObject(
    {
      apiVersion: "batch/v1",
      kind: "Job",
      spec: {
        ...(ttlSecondsAfterFinished === undefined ? {} : { ttlSecondsAfterFinished }),
        template: { spec: { restartPolicy: "Never", containers: [container] } },
      },
      ...(condition === undefined ? {} : { status: { conditions: [condition] } }),
    },
    metadata,
  );
}

function condition(type: string, status: string, lastTransitionTime: string): Readonly<Record<string, string>> {
  return { type, status, lastTransitionTime };
}

/**
 * Jobs that finished a week ago and say nothing about how long they stay: those from before the default, and those of environments that write no defaults.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#clean-up-finished-jobs-automatically
 */
export const deleteFinishedJobs: CleanUp = {
  name: "delete-finished-jobs",
  title: "Delete finished Jobs",
  what: `A Job that belongs to nobody and names no ttlSecondsAfterFinished is deleted, with its pods, ${stays} hours after it finished.`,
  why: "It would stay for ever, count against the team's quota of Jobs, and keep its pods.",
  keepYourOwn: "Set ttlSecondsAfterFinished: the Job then goes when it says.",
  kind: jobKind,
  schedule: "23 2 * * *",
  scope: "team-namespaces",
  variables: { latest: cel`time.now() - duration(${`${stays}h`})` },
  conditions: {
    "long-finished": cel`object.?status.?conditions.orValue([]).exists(condition,
      condition.type in ['Complete', 'Failed']
        && condition.status == 'True'
        && timestamp(condition.lastTransitionTime) < variables.latest)`,
    "says-nothing": cel`!has(object.spec.ttlSecondsAfterFinished)`,
    "belongs-to-nobody": ownedByNobody,
    "not-delivered": notDelivered,
  },
  trials: (hoursAgo) => {
    const long = hoursAgo(stays + 1);
    return {
      deletes: [job(condition("Complete", "True", long)), job(condition("Failed", "True", long))],
      keeps: [
        job(condition("Complete", "True", hoursAgo(stays - 1))),
        job(condition("Complete", "False", long)),
        job(condition("Suspended", "True", long)),
        job(undefined),
        job(condition("Complete", "True", long), {}, 9_000_000),
        job(condition("Complete", "True", long), {
          ownerReferences: [
            { apiVersion: "batch/v1", kind: "CronJob", name: "import", uid: "6f0f5b1e-7c7a-4d55-8f44-3f0c4b0f9a01" },
          ],
        }),
        job(condition("Complete", "True", long), { annotations: { "argocd.argoproj.io/hook": "PreSync" } }),
        job(condition("Complete", "True", long), { labels: { "argocd.argoproj.io/instance": "cart" } }),
      ],
    };
  },
};
