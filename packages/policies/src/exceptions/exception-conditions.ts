import { type CelExpression, cel } from "../admission/cel.ts";
import type { ExceptedObjects } from "./exception-scope.ts";

/** A condition of an exception: Kyverno asks all of them of the object as it came, controller or pod, and rewrites nothing in them. */
export interface ExceptionCondition {
  readonly name: string;
  readonly expression: string;
}

/**
 * Conditions that hold for the objects of an exception and for no others. None of them can fail to be evaluated: with a policy that refuses, that would refuse
 * every object that the policy judges.
 */
export function exceptionConditions(
  objects: ExceptedObjects,
  images: readonly string[] | undefined,
): readonly ExceptionCondition[] {
  const { namespace, kinds, name } = objects;
  return [
    // A Namespace is in none: its name says which it is.
    ...(namespace === undefined || kinds?.includes("Namespace")
      ? []
      : [condition("namespace", cel`object.metadata.?namespace.orValue('') == ${namespace}`)]),
    ...(kinds === undefined || name === undefined ? [] : [condition("object", objectOrItsPods(kinds, name))]),
    ...(images === undefined ? [] : [condition("images", onlyImages(images))]),
  ];
}

function condition(name: string, { expression }: CelExpression): ExceptionCondition {
  return { name, expression };
}

function objectOrItsPods(kinds: readonly string[], name: string): CelExpression {
  const itself = cel`object.?kind.orValue('') in ${kinds} && object.metadata.?name.orValue('') == ${name}`;
  const made = kinds.flatMap((kind) => madeBy[kind]?.(name) ?? []);
  return { expression: [itself, ...made].map(({ expression }) => `(${expression})`).join("\n  || ") };
}

/**
 * What controllers make is known by its owner, which no name can be mistaken for: the pods of `cart` are not those of `cart-cache`. The ReplicaSet of a Deployment
 * has the hash of its template behind the name, and its pods have it as a label; the Jobs of a CronJob have a number.
 */
const madeBy: Readonly<Record<string, (name: string) => readonly CelExpression[]>> = {
  Deployment: (name) => [
    cel`object.?kind.orValue('') == 'Pod' && ${owners}.exists(o,
      o.kind == 'ReplicaSet' && o.name == ${`${name}-`} + object.metadata.?labels[?'pod-template-hash'].orValue(''))`,
  ],
  StatefulSet: (name) => [ownedPods("StatefulSet", name)],
  DaemonSet: (name) => [ownedPods("DaemonSet", name)],
  Job: (name) => [ownedPods("Job", name)],
  CronJob: (name) => [
    cel`object.?kind.orValue('') == 'Job' && ${owners}.exists(o, o.kind == 'CronJob' && o.name == ${name})`,
    cel`object.?kind.orValue('') == 'Pod' && ${owners}.exists(o,
      o.kind == 'Job' && o.name.matches(${`^${name.replaceAll(".", "[.]")}-[0-9]+$`}))`,
  ],
};

const owners: CelExpression = { expression: "object.metadata.?ownerReferences.orValue([])" };

function ownedPods(kind: string, name: string): CelExpression {
  return cel`object.?kind.orValue('') == 'Pod' && ${owners}.exists(o, o.kind == ${kind} && o.name == ${name})`;
}

const podSpecs = ["object.?spec", "object.?spec.?template.?spec", "object.?spec.?jobTemplate.?spec.?template.?spec"];
const containerLists = ["containers", "initContainers", "ephemeralContainers"];

/** Every container runs one of the images. */
function onlyImages(images: readonly string[]): CelExpression {
  const exact = images.filter((image) => !image.endsWith("*"));
  const beginnings = images.filter((image) => image.endsWith("*")).map((image) => image.slice(0, -1));
  const lists: CelExpression = {
    expression: podSpecs.flatMap((spec) => containerLists.map((list) => `${spec}.?${list}.orValue([])`)).join("\n  + "),
  };
  return cel`${lists}.all(c,
    c.?image.orValue('') in ${exact} || ${beginnings}.exists(beginning, c.?image.orValue('').startsWith(beginning)))`;
}
