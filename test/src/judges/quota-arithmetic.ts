import {
  describeResource,
  type Environment,
  type Finding,
  fieldAt,
  isRecord,
  type Platform,
  parseQuantity,
  printQuantity,
  type Resource,
  servicesIn,
} from "@plinth/core";

/**
 * What the workloads of an environment take at most, object by object, against the quota of their namespace: every autoscaler at its maximum, and a
 * rolling update of everything at once. It reads objects and nothing of the model, so that it agrees with no formula but Kubernetes' own.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotaArithmeticFindings(
  platform: Platform,
  environment: Environment,
  objects: readonly Resource[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const report = (message: string, expected: string, resource?: Resource): void => {
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      ...(resource === undefined ? {} : { resource: describeResource(resource) }),
      message: `${message} (${environment.name})`,
      expected,
    });
  };
  for (const { name } of servicesIn(platform, environment))
    if (!objects.some((object) => object.kind === "Deployment" && object.metadata.name === name))
      report(`no workload of ${name} was read`, "a Deployment of each service");
  for (const team of platform.teams) {
    const own = objects.filter(({ metadata }) => metadata.namespace === team.namespace);
    const quotas = own.filter(({ kind }) => kind === "ResourceQuota");
    if (!quotas.some((quota) => fieldAt(quota, "spec", "scopeSelector") === undefined))
      report(`no ResourceQuota of ${team.namespace} was read`, "a quota of each team");
    for (const quota of quotas) {
      const limits = fieldAt(quota, "spec", "hard");
      for (const [name, hard] of Object.entries(isRecord(limits) ? limits : {})) {
        const used = usage(name, own, fieldAt(quota, "spec", "scopeSelector"));
        if (used === undefined) {
          report(`limits ${name}, which this judge cannot add up`, "a resource that it knows", quota);
          continue;
        }
        const limit = nanosOf(hard);
        if (used > limit)
          report(
            `the workloads of ${team.namespace} take ${said(used)} of ${name}`,
            `at most ${printed(hard)}: an update of all of them, with every autoscaler at its maximum`,
            quota,
          );
      }
    }
  }
  return findings;
}

/** What objects take of a resource of a quota; `undefined` for one that is not known here. */
function usage(name: string, objects: readonly Resource[], scope: unknown): bigint | undefined {
  const sets = podSets(objects).filter(({ template }) => isInScope(template, scope));
  const sum = (each: (set: PodSet) => bigint): bigint => sets.reduce((total, set) => total + each(set), 0n);
  const counted = (kind: string): bigint => one * BigInt(objects.filter((object) => object.kind === kind).length);
  const [, storageClass] = /^(.+)\.storageclass\.storage\.k8s\.io\/requests\.storage$/.exec(name) ?? [];
  if (storageClass !== undefined) return storageOf(objects, storageClass);
  switch (name) {
    case "pods":
      return sum(({ pods }) => one * BigInt(pods));
    case "requests.cpu":
    case "requests.memory":
    case "limits.memory": {
      const [part = "", resource = ""] = name.split(".");
      return sum(({ template, pods }) => perPod(template, part, resource) * BigInt(pods));
    }
    case "requests.storage":
      return storageOf(objects);
    case "persistentvolumeclaims":
      return one * BigInt(claimsOf(objects).length);
    case "services":
      return counted("Service");
    case "services.loadbalancers":
      return one * BigInt(objects.filter((object) => serviceType(object) === "LoadBalancer").length);
    case "services.nodeports":
      return one * BigInt(objects.filter((object) => serviceType(object) === "NodePort").length);
    case "count/configmaps":
      // The controller manager puts the cluster's certificate authority into each namespace.
      return counted("ConfigMap") + one;
    case "count/secrets":
      return counted("Secret");
    case "count/jobs.batch":
      return counted("Job");
    case "count/cronjobs.batch":
      return counted("CronJob");
    default:
      return undefined;
  }
}

/** Pods of one workload, at the most. */
interface PodSet {
  readonly template: unknown;
  readonly pods: number;
}

function podSets(objects: readonly Resource[]): readonly PodSet[] {
  return objects.flatMap((object): PodSet[] => {
    if (object.kind !== "Deployment" && object.kind !== "StatefulSet") return [];
    const replicas = mostReplicas(object, objects);
    const surge = object.kind === "Deployment" ? surgeOf(object, replicas) : 0;
    return [{ template: fieldAt(object, "spec", "template", "spec"), pods: replicas + surge }];
  });
}

/** The replicas that an autoscaler allows, or those that the workload says. */
export function mostReplicas(workload: Resource, objects: readonly Resource[]): number {
  const autoscaler = objects.find(
    (object) =>
      object.kind === "HorizontalPodAutoscaler" &&
      object.metadata.namespace === workload.metadata.namespace &&
      fieldAt(object, "spec", "scaleTargetRef", "kind") === workload.kind &&
      fieldAt(object, "spec", "scaleTargetRef", "name") === workload.metadata.name,
  );
  const said = fieldAt(autoscaler, "spec", "maxReplicas") ?? fieldAt(workload, "spec", "replicas") ?? 1;
  return Number(said);
}

/** `maxSurge` is 25 % where a Deployment does not say it; a share is rounded up. */
function surgeOf(deployment: Resource, replicas: number): number {
  if (fieldAt(deployment, "spec", "strategy", "type") === "Recreate") return 0;
  const surge = fieldAt(deployment, "spec", "strategy", "rollingUpdate", "maxSurge") ?? "25%";
  return typeof surge === "number" ? surge : Math.ceil((replicas * Number.parseInt(String(surge), 10)) / 100);
}

/** A pod takes the sum of its containers, or of its largest init container where that is more. */
function perPod(template: unknown, part: string, resource: string): bigint {
  const amounts = (list: string): bigint[] => {
    const containers = fieldAt(template, list);
    return (Array.isArray(containers) ? containers : []).map((container) =>
      nanosOf(fieldAt(container, "resources", part, resource)),
    );
  };
  const together = amounts("containers").reduce((sum, amount) => sum + amount, 0n);
  const [most = 0n] = [together, ...amounts("initContainers")].sort((a, b) => (a < b ? 1 : -1));
  return most;
}

interface Claim {
  readonly storageClass: unknown;
  readonly storage: bigint;
}

function claimsOf(objects: readonly Resource[]): readonly Claim[] {
  return objects.flatMap((object): Claim[] => {
    if (object.kind === "PersistentVolumeClaim") return [claim(object)];
    const templates = fieldAt(object, "spec", "volumeClaimTemplates");
    if (object.kind !== "StatefulSet" || !Array.isArray(templates)) return [];
    const each = templates.map(claim);
    return Array.from({ length: mostReplicas(object, objects) }, () => each).flat();
  });
}

function claim(object: unknown): Claim {
  return {
    storageClass: fieldAt(object, "spec", "storageClassName"),
    storage: nanosOf(fieldAt(object, "spec", "resources", "requests", "storage")),
  };
}

function storageOf(objects: readonly Resource[], storageClass?: string): bigint {
  return claimsOf(objects)
    .filter((each) => storageClass === undefined || each.storageClass === storageClass)
    .reduce((sum, { storage }) => sum + storage, 0n);
}

function serviceType(object: Resource): unknown {
  return object.kind === "Service" ? fieldAt(object, "spec", "type") : undefined;
}

/** A quota with a scope counts pods of these priority classes; one without counts all. */
function isInScope(template: unknown, scope: unknown): boolean {
  const expressions = fieldAt(scope, "matchExpressions");
  if (!Array.isArray(expressions)) return true;
  return expressions.every((expression) => {
    const values = fieldAt(expression, "values");
    return Array.isArray(values) && values.includes(fieldAt(template, "priorityClassName"));
  });
}

const one = 1_000_000_000n;

function nanosOf(quantity: unknown): bigint {
  if (quantity === undefined) return 0n;
  const parsed = parseQuantity(String(quantity));
  if (parsed === undefined) throw new RangeError(`${JSON.stringify(quantity)} is not a Kubernetes quantity`);
  return parsed.nanos;
}

function said(nanos: bigint): string {
  return printQuantity({ nanos, format: nanos >= one * 1024n * 1024n ? "binary" : "decimal" });
}

function printed(quantity: unknown): string {
  return String(quantity);
}
