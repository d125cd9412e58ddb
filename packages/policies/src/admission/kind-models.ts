import { DaemonSet } from "kubernetes-models/apps/v1/DaemonSet";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { CronJob } from "kubernetes-models/batch/v1/CronJob";
import { Job } from "kubernetes-models/batch/v1/Job";
import { Ingress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { ClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { Role } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { Pod } from "kubernetes-models/v1/Pod";
import { Secret } from "kubernetes-models/v1/Secret";
import { Service } from "kubernetes-models/v1/Service";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";

/** What is asked of a model here: something that says what is wrong with an object. */
type Validator = (object: object) => void;

const models = {
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  CronJob,
  DaemonSet,
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  Job,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  Role,
  RoleBinding,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
};

const validators: ReadonlyMap<string, Validator> = new Map(
  Object.entries(models).map(([kind, model]): [string, Validator] => [
    kind,
    (object) => {
      Reflect.construct(model, [object]).validate();
    },
  ]),
);

/** A path to a field of an object; 0 is any member of a list. */
export type FieldPath = readonly (string | 0)[];

/** What a field of an object is; `undefined` when the kind has no such field. */
export type FieldShape = "list" | "value";

/** True when the fields of a kind are known: of those of the Kubernetes API itself they are. */
export function hasModel(kind: string): boolean {
  return validators.has(kind);
}

const shapes = new Map<string, FieldShape | undefined>();

/**
 * What the schema of a kind says about a field. The schemas of the models are compiled, so that they are asked: a field that is there complains about a value that it
 * cannot have, at its own place; one that is not there does not.
 */
export function shapeOfField(kind: string, path: FieldPath): FieldShape | undefined {
  const key = `${kind} ${pointerOf(path)}`;
  if (!shapes.has(key)) shapes.set(key, probe(kind, path));
  return shapes.get(key);
}

function probe(kind: string, path: FieldPath): FieldShape | undefined {
  const validate = validators.get(kind);
  if (validate === undefined) return undefined;
  const pointer = pointerOf(path);
  // No field takes both.
  const complaints = [true, "\u0000"].flatMap((wrong) => complaintsAbout(validate, objectWith(path, wrong)));
  const own = complaints.filter(({ instancePath }) => instancePath === pointer);
  if (own.length === 0) return undefined;
  return own.some(({ type }) => type === "array") ? "list" : "value";
}

function pointerOf(path: FieldPath): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function objectWith(path: FieldPath, value: unknown): object {
  const made = path.reduceRight<unknown>((inner, step) => (step === 0 ? [inner] : { [step]: inner }), value);
  return typeof made === "object" && made !== null ? made : {};
}

interface Complaint {
  readonly instancePath: string;
  readonly type: string;
}

function complaintsAbout(validate: Validator, object: object): Complaint[] {
  try {
    validate(object);
    return [];
  } catch (error) {
    const errors: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "errors") : undefined;
    if (!Array.isArray(errors)) throw error;
    return errors.flatMap((each: unknown): Complaint[] => {
      if (typeof each !== "object" || each === null) return [];
      const parameters: unknown = Reflect.get(each, "params");
      const type: unknown =
        typeof parameters === "object" && parameters !== null ? Reflect.get(parameters, "type") : "";
      return [{ instancePath: String(Reflect.get(each, "instancePath")), type: String(type) }];
    });
  }
}
