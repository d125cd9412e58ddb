import { cel } from "../admission/cel.ts";
import { type MetadataFixture, type ObjectFixture, untypedObject } from "../admission/object-fixture.ts";
import { podKind } from "../mutations/mutation.ts";
import type { CleanUp } from "./clean-up.ts";
import { notDelivered, ownedByNobody } from "./delivered.ts";

/** How long a finished pod stays, in hours: its log and its exit code are all that is left to read. */
const stays = 24;

const uid = "6f0f5b1e-7c7a-4d55-8f44-3f0c4b0f9a01";
const replicaSet = [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "cart", uid }];

function pod(status: Readonly<Record<string, unknown>>, metadata: MetadataFixture = {}): ObjectFixture {
  return untypedObject(
    {
      apiVersion: "v1",
      kind: "Pod",
      spec: { restartPolicy: "Never", containers: [{ name: "app", image: "registry.example.com/shop/cart:1.4.2" }] },
      status,
    },
    metadata,
  );
}

function finished(phase: string, since: string, reason?: string): Readonly<Record<string, unknown>> {
  return {
    phase,
    ...(reason === undefined ? {} : { reason }),
    conditions: [{ type: "Ready", status: "False", lastTransitionTime: since }],
  };
}

/**
 * Pods that are done for a day: those that nobody owns, and those that a node evicted, whose ReplicaSet has put others in their place. What a Job made is the
 * Job's; StatefulSets and DaemonSets remove their own.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection
 */
export const deleteFinishedPods: CleanUp = {
  name: "delete-finished-pods",
  title: "Delete finished pods",
  what: `A pod that nobody owns, or that was evicted from a ReplicaSet, is deleted ${stays} hours after it finished.`,
  why: "Kubernetes itself begins at 12500 pods of a cluster; until then they count in every list and fill a team's quota of objects.",
  keepYourOwn: "Read what a finished pod has to say within a day, or let a Job with ttlSecondsAfterFinished run it.",
  kind: podKind,
  schedule: "17 * * * *",
  scope: "team-namespaces",
  variables: { latest: cel`time.now() - duration(${`${stays}h`})` },
  conditions: {
    finished: cel`object.?status.?phase.orValue('') in ['Succeeded', 'Failed']`,
    // The kubelet turns the condition Ready when the last container ends; without conditions nobody knows when that was.
    "long-ago": cel`object.?status.?conditions.orValue([]).size() > 0
      && object.status.conditions.all(condition, timestamp(condition.lastTransitionTime) < variables.latest)`,
    "nobody-counts-it": cel`${ownedByNobody}
      || (object.?status.?reason.orValue('') == 'Evicted'
        && object.metadata.ownerReferences.all(owner, owner.kind == 'ReplicaSet'))`,
    "not-delivered": notDelivered,
  },
  trials: (hoursAgo) => ({
    deletes: [
      pod(finished("Succeeded", hoursAgo(stays + 1))),
      pod(finished("Failed", hoursAgo(stays + 1))),
      pod(finished("Failed", hoursAgo(stays + 1), "Evicted"), { ownerReferences: replicaSet }),
    ],
    keeps: [
      pod(finished("Succeeded", hoursAgo(stays - 1))),
      pod(finished("Running", hoursAgo(stays + 1))),
      pod({ phase: "Succeeded" }),
      pod({
        phase: "Succeeded",
        conditions: [
          { type: "Initialized", status: "True", lastTransitionTime: hoursAgo(stays + 5) },
          { type: "Ready", status: "False", lastTransitionTime: hoursAgo(1) },
        ],
      }),
      pod(finished("Failed", hoursAgo(stays + 1)), { ownerReferences: replicaSet }),
      pod(finished("Failed", hoursAgo(stays + 1), "Evicted"), {
        ownerReferences: [{ apiVersion: "batch/v1", kind: "Job", name: "import", uid }],
      }),
      pod(finished("Failed", hoursAgo(stays + 1), "Evicted"), {
        ownerReferences: [...replicaSet, { apiVersion: "batch/v1", kind: "Job", name: "import", uid }],
      }),
      pod(finished("Succeeded", hoursAgo(stays + 1)), {
        annotations: { "argocd.argoproj.io/tracking-id": "cart:/Pod:team-example/smoke" },
      }),
      pod(finished("Succeeded", hoursAgo(stays + 1)), { labels: { "argocd.argoproj.io/instance": "cart" } }),
    ],
  }),
};
