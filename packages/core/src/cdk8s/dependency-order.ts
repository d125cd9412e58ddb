import { ApiObject } from "cdk8s";
import type { IConstruct } from "constructs";

/** The ApiObjects below a construct. */
export interface DependencyOrder {
  /** What an object depends on comes before it; else in the order in which they were made. */
  readonly objects: readonly ApiObject[];
  /** For each circle one sentence that names it; the objects are all there nevertheless. */
  readonly circle: readonly string[];
}

/**
 * Puts the objects below a construct in an order in which each can be applied after what it depends on. A dependency between two constructs is one between
 * all of their objects. Each object is visited once: cdk8s's own sort visits it once for each way that leads there.
 */
export function dependencyOrder(scope: IConstruct): DependencyOrder {
  const made = objectsOf(scope);
  const known = new Set(made);
  const after = dependenciesOf(scope, known);
  const objects = new Set<ApiObject>();
  const circle: string[] = [];
  const way: ApiObject[] = [];
  const visit = (object: ApiObject): void => {
    if (objects.has(object)) return;
    const seen = way.indexOf(object);
    if (seen !== -1) {
      circle.push(`depends on itself: ${[...way.slice(seen), object].map(({ node }) => node.path).join(" after ")}`);
      return;
    }
    way.push(object);
    for (const dependency of after.get(object) ?? []) visit(dependency);
    way.pop();
    objects.add(object);
  };
  for (const object of made) visit(object);
  return { objects: [...objects], circle };
}

function objectsOf(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
}

function dependenciesOf(
  scope: IConstruct,
  known: ReadonlySet<ApiObject>,
): ReadonlyMap<ApiObject, ReadonlySet<ApiObject>> {
  const after = new Map<ApiObject, Set<ApiObject>>();
  for (const construct of scope.node.findAll()) {
    for (const dependency of construct.node.dependencies) {
      // What belongs to another chart is not ours to order.
      const targets = objectsOf(dependency).filter((object) => known.has(object));
      for (const source of objectsOf(construct)) {
        const own = after.get(source) ?? new Set<ApiObject>();
        for (const target of targets) if (target !== source) own.add(target);
        after.set(source, own);
      }
    }
  }
  return after;
}
