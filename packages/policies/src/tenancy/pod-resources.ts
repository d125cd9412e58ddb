import { type CelExpression, cel } from "../admission/cel.ts";
import type { MatchedResources } from "../native-admission/admission-policy.ts";

/** Pods, and what makes them: a Deployment is refused at the desk of who applies it, not in an event of its ReplicaSet. */
export const podsAndTemplates: readonly MatchedResources[] = [
  { group: "", versions: ["v1"], resources: ["pods", "pods/ephemeralcontainers", "replicationcontrollers"] },
  { group: "apps", versions: ["v1"], resources: ["daemonsets", "deployments", "replicasets", "statefulsets"] },
  { group: "batch", versions: ["v1"], resources: ["cronjobs", "jobs"] },
];

/** The description of the pod, wherever it stands in the object. */
export const podSpec: CelExpression = cel`object.kind == 'Pod' ? object.spec
  : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec
  : object.spec.template.spec`;
