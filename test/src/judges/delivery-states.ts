import { isDeepStrictEqual } from "node:util";
import { describeResource, type Finding, identityOf, type Resource } from "@plinth/core";
import { refusal } from "./delivery-kubectl.ts";

export type LiveObjects = ReadonlyMap<string, Resource>;

// Controllers write the status of these between two looks.
const withStatus = new Set(["Namespace", "ResourceQuota", "ValidatingAdmissionPolicy"]);

/** Objects that a second apply has changed, made or removed. */
export function changedFindings(before: LiveObjects, after: LiveObjects): Finding[] {
  return [
    ...removedFrom(before, after).map((resource) =>
      refusal(`a second apply removes ${describeResource(resource)}`, "nothing"),
    ),
    ...removedFrom(after, before).map((resource) =>
      refusal(`a second apply makes ${describeResource(resource)}`, "nothing"),
    ),
    ...[...before].flatMap(([identity, old]) => {
      const now = after.get(identity);
      return now === undefined || isUntouched(old, now)
        ? []
        : [refusal(`a second apply changes ${describeResource(old)}`, "the same object")];
    }),
  ];
}

/** What went from a cluster, against what went from the tree. */
export function removalFindings(before: LiveObjects, after: LiveObjects, expected: ReadonlySet<string>): Finding[] {
  return [
    ...[...after].flatMap(([identity, resource]) =>
      expected.has(identity)
        ? [refusal(`${describeResource(resource)} stays, and belongs to nobody`, "gone with what it was made for")]
        : [],
    ),
    ...removedFrom(before, after)
      .filter((resource) => !expected.has(identityOf(resource)))
      .map((resource) => refusal(`${describeResource(resource)} is removed`, "only what the tree no longer holds")),
  ];
}

function removedFrom(before: LiveObjects, after: LiveObjects): Resource[] {
  return [...before].flatMap(([identity, resource]) => (after.has(identity) ? [] : [resource]));
}

function isUntouched(old: Resource, now: Resource): boolean {
  if (isDeepStrictEqual(old.metadata, now.metadata)) return true;
  return withStatus.has(old.kind) && isDeepStrictEqual(described(old), described(now));
}

/** The object without what the server keeps of it. */
function described({ metadata, ...rest }: Resource): Record<string, unknown> {
  const { name, namespace, labels, annotations } = metadata;
  return { ...rest, status: undefined, name, namespace, labels, annotations };
}
