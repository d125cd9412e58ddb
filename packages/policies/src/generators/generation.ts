import { emitYaml, type Resource } from "@plinth/core";
import type { CelExpression } from "../admission/cel.ts";
import type { SelectedKind } from "../mutations/mutation.ts";

/** An object in its place, and what is made because of it. */
export interface GenerationTrial {
  readonly trigger: Resource;
  readonly makes: readonly Resource[];
}

/** Objects that are made when another one is, and kept as they were made. */
export interface Generation {
  /** The name of the policy object. */
  readonly name: string;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  /** What triggers it. */
  readonly kinds: readonly SelectedKind[];
  /** Labels of the trigger. */
  readonly labels: Readonly<Record<string, string>>;
  /** Where the trigger is, by names; where its conditions hold when left out. */
  readonly namespaces?: readonly string[];
  readonly conditions: Readonly<Record<string, CelExpression>>;
  /** YAML of the objects, with CEL of the trigger between `((` and `))`. */
  readonly template: string;
  readonly trials: readonly GenerationTrial[];
  /** Objects of its kinds because of which nothing is made. */
  readonly ignores: readonly Resource[];
}

/** Stands for the trigger's own name where an object says its namespace. */
const triggerName = "(( object.metadata.name ))";

/**
 * Objects as the text of a template, in the namespace that triggers it. A literal `((` would begin an expression, so that it is escaped.
 *
 * @see https://kyverno.io/docs/policy-types/generating-policy/
 */
export function templateOf(resources: readonly Resource[]): string {
  return resources
    .map(({ apiVersion, kind, metadata, ...rest }) => {
      const text = emitYaml({ apiVersion, kind, metadata: { ...metadata, namespace: "" }, ...rest });
      return text.replaceAll("((", "\\((").replace('namespace: ""', `namespace: ${triggerName}`);
    })
    .join("---\n");
}
