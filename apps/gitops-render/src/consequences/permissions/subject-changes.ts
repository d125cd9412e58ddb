import { listAt, type Resource, textAt, textMapAt } from "@plinth/core";
import { describeSubject, type SubjectName } from "@plinth/rbac";
import type { ObjectChange } from "../../comparison/tree-comparison.ts";
import { subjectsOf } from "./holdings.ts";

/** For each subject the changed bindings that name them and the changed roles that those give, aggregated ones with what they are made of. */
export function subjectChanges(
  changes: readonly ObjectChange[],
  ...sides: readonly (readonly Resource[])[]
): (subject: SubjectName) => readonly ObjectChange[] {
  const byObject = new Map(
    changes.flatMap((change) => {
      const resource = (change.after ?? change.before)?.resource;
      return resource === undefined ? [] : [[keyOf(resource.kind, resource), change] as const];
    }),
  );
  const aggregated = changes.filter(
    ({ before, after }) =>
      Object.keys({
        ...textMapAt(before?.resource.metadata, "labels"),
        ...textMapAt(after?.resource.metadata, "labels"),
      }).length > 0 && (after ?? before)?.resource.kind === "ClusterRole",
  );
  const found = new Map<string, Set<ObjectChange>>();
  for (const resources of sides) {
    const aggregating = new Set(
      resources.flatMap((resource) =>
        listAt(resource, "aggregationRule", "clusterRoleSelectors").length === 0 ? [] : [resource.metadata.name],
      ),
    );
    for (const binding of resources) {
      if (!binding.kind.endsWith("Binding")) continue;
      const roleKind = textAt(binding, "roleRef", "kind");
      const roleName = textAt(binding, "roleRef", "name");
      const concerned = [
        byObject.get(keyOf(binding.kind, binding)),
        byObject.get(
          roleKind === "ClusterRole"
            ? `ClusterRole//${roleName}`
            : `Role/${binding.metadata.namespace ?? ""}/${roleName}`,
        ),
        ...(aggregating.has(roleName) ? aggregated : []),
      ].filter((change) => change !== undefined);
      if (concerned.length === 0) continue;
      for (const subject of subjectsOf(binding)) {
        const key = describeSubject(subject);
        const set = found.get(key) ?? new Set();
        for (const change of concerned) set.add(change);
        found.set(key, set);
      }
    }
  }
  return (subject) => [...(found.get(describeSubject(subject)) ?? changes)];
}

function keyOf(kind: string, { metadata }: Resource): string {
  return `${kind}/${metadata.namespace ?? ""}/${metadata.name}`;
}
