import { buildResource, type Resource } from "@plinth/core";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { type AttemptPlace, deletes } from "./attempt.ts";
import { confirmation, deletionAnnotation, unconfirmedDeletion } from "./confirmed-deletion.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

const at = (name: string): AttemptPlace => ({ apiVersion: "v1", resource: "namespaces", name });
const leaving = "team-leaving";

/** Namespaces of the foundation, of teams and of the platform, take everything in them along. */
export function namespaceDeletionRail({ platform, keepers, teamNamespaces, deliveryNamespace }: Guarded): GuardRail {
  return {
    name: "guard-namespace-deletion",
    title: "Namespaces of the foundation are deleted only after somebody has said so",
    severity: "critical",
    why: "All that is in a namespace goes with it, and nothing brings the data back.",
    fix: confirmation("namespace", platform.groups.admins),
    spares: [],
    operations: ["DELETE"],
    resources: [{ group: "", versions: ["v1"], resources: ["namespaces"] }],
    scope: "Cluster",
    labels: {
      "app.kubernetes.io/managed-by": ["plinth"],
      "plinth.dev/component": ["platform-namespaces", "tenancy"],
    },
    offenders: unconfirmedDeletion(keepers),
    before: [foundationNamespace(leaving, { [deletionAnnotation]: leaving })],
    attempts: [
      ...[...teamNamespaces.slice(0, 1), deliveryNamespace].flatMap(
        (name) =>
          [
            {
              what: `deletes the namespace ${name}`,
              by: "cluster-admin",
              request: deletes(at(name)),
              offenders: [
                `Namespace ${name} is deleted by jane`,
                `Namespace ${name} does not say ${deletionAnnotation}=${name}`,
              ],
            },
            {
              what: `deletes the namespace ${name} by mistake`,
              by: "platform-admin",
              request: deletes(at(name)),
              offenders: [`Namespace ${name} does not say ${deletionAnnotation}=${name}`],
            },
          ] as const,
      ),
      {
        what: "deletes a namespace that somebody else gave free",
        by: "cluster-admin",
        request: deletes(at(leaving)),
        offenders: [`Namespace ${leaving} is deleted by jane`],
      },
      { what: "deletes a namespace that is given free", by: "platform-admin", request: deletes(at(leaving)) },
      {
        what: "deletes a namespace that is not the foundation's",
        by: "cluster-admin",
        request: deletes(at("kube-node-lease")),
      },
    ],
  };
}

function foundationNamespace(name: string, annotations: Readonly<Record<string, string>>): Resource {
  return buildResource(Namespace, {
    metadata: {
      name,
      labels: { "app.kubernetes.io/managed-by": "plinth", "plinth.dev/component": "tenancy" },
      annotations: { ...annotations },
    },
  });
}
