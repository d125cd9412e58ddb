import { fieldAt, listAt, type Resource, textAt, textsAt } from "@plinth/core";
import type { Tree, TreeObject } from "../../comparison/tree-comparison.ts";
import { contentKey, type PolicyContent, policyContent } from "./policy-content.ts";
import { type Namespaces, placesOf } from "./policy-scope.ts";

export const kyvernoKinds = [
  "policies.kyverno.io/ValidatingPolicy",
  "policies.kyverno.io/ImageValidatingPolicy",
] as const;
export const nativeKind = "admissionregistration.k8s.io/ValidatingAdmissionPolicy";
export const bindingKind = "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding";

/** What is done about an object that breaks a policy, the strictest last. */
export const actions = ["nothing", "Audit", "Warn", "Deny"] as const;

export type Action = (typeof actions)[number];

/** A policy as one thing, however many objects say it. */
export interface JudgingPolicy {
  /** Without what Plinth puts behind it for an action: `require-labels` for `require-labels-enforce`. */
  readonly name: string;
  readonly kind: string;
  readonly objects: readonly TreeObject[];
  /** By namespace, where it does anything. */
  readonly actionIn: ReadonlyMap<string, Action>;
  /** The object that does the most. */
  readonly strictest: Resource;
  readonly strictestAction: Action;
  readonly content: PolicyContent;
}

/** The name of a policy without its action. */
export function policyName(objectName: string): string {
  return objectName.replace(/-(?:enforce|warn)$/, "");
}

interface Acting {
  readonly object: TreeObject;
  readonly name: string;
  readonly action: Action;
  readonly selectors: readonly unknown[];
}

/** The policies of an environment that a caller asks for, by kind and name. */
export function judgingPolicies(
  tree: Tree,
  environment: string,
  isAsked: (kind: string, name: string) => boolean,
  namespaces: Namespaces,
): ReadonlyMap<string, JudgingPolicy> {
  const policies = new Map<string, Acting[]>();
  for (const acting of actingObjects(tree, environment)) {
    const { kind } = acting.object.resource;
    if (!isAsked(kind, acting.name)) continue;
    const key = `${kind} ${acting.name}`;
    policies.set(key, [...(policies.get(key) ?? []), acting]);
  }
  return new Map(
    [...policies].flatMap(([key, members]) => {
      const policy = policyOf(members, namespaces);
      return policy === undefined ? [] : [[key, policy] as const];
    }),
  );
}

/** The selectors of namespaces of policies, which name namespaces that no object says. */
export function selectorsIn(tree: Tree, environment: string): readonly unknown[] {
  return actingObjects(tree, environment).flatMap(({ selectors }) => selectors);
}

function actingObjects(tree: Tree, environment: string): readonly Acting[] {
  const kyverno = tree.objectsIn(environment, ...kyvernoKinds).map((object): Acting => {
    const { spec, metadata } = object.resource;
    const judges = fieldAt(spec, "evaluation", "admission", "enabled") !== false;
    const action = actionOf(textsAt(spec, "validationActions"));
    return {
      object,
      name: policyName(metadata.name),
      // Without admission it reads what is there, and refuses nothing.
      action: judges || action === "nothing" ? action : "Audit",
      selectors: [fieldAt(spec, "matchConstraints", "namespaceSelector")],
    };
  });
  const bindings = Map.groupBy(tree.objectsIn(environment, bindingKind), ({ resource }) =>
    textAt(resource, "spec", "policyName"),
  );
  const native = tree.objectsIn(environment, nativeKind).flatMap((object): Acting[] => {
    const { spec, metadata } = object.resource;
    const own = fieldAt(spec, "matchConstraints", "namespaceSelector");
    return (bindings.get(metadata.name) ?? []).map(({ resource }) => ({
      object,
      name: metadata.name,
      action: actionOf(textsAt(resource, "spec", "validationActions")),
      selectors: [own, fieldAt(resource, "spec", "matchResources", "namespaceSelector")],
    }));
  });
  return [...kyverno, ...native];
}

function actionOf(validationActions: readonly string[]): Action {
  return actions.findLast((action) => validationActions.includes(action)) ?? "nothing";
}

function policyOf(members: readonly Acting[], namespaces: Namespaces): JudgingPolicy | undefined {
  const sorted = [...members].sort((a, b) => actions.indexOf(b.action) - actions.indexOf(a.action));
  const [strictest] = sorted;
  if (strictest === undefined) return undefined;
  const actionIn = new Map<string, Action>();
  for (const { action, selectors } of sorted)
    for (const place of placesOf(selectors, namespaces))
      if (!actionIn.has(place) && action !== "nothing") actionIn.set(place, action);
  const { resource } = strictest.object;
  return {
    name: strictest.name,
    kind: resource.kind,
    objects: members.map(({ object }) => object),
    actionIn,
    strictest: resource,
    strictestAction: strictest.action,
    content: policyContent(resource),
  };
}

/** What two policies that differ in nothing but their names have in common. */
export function samenessKey({ kind, actionIn, content, strictest }: JudgingPolicy): string {
  return JSON.stringify([
    kind,
    [...actionIn].sort(),
    contentKey(content),
    listAt(strictest, "spec", "validationActions"),
  ]);
}
