import { describeResource, nearestName } from "@plinth/core";
import type { Explained, ExplainedObject, Explanation, NotAnswered } from "./explanation.ts";
import { placeOfObject } from "./places.ts";

/**
 * What makes a rendered object: its component, and the definition in the model that it follows from.
 *
 * @param asked A file below the output folder, or an object: `networkpolicy/team-backend/checkout-ingress`, `clusterrole/plinth-viewer`.
 * @param out The output folder, which a file's path may begin with.
 */
export function explainResource(explained: Explained, asked: string, out: string): Explanation | NotAnswered {
  const found = explained.objects.filter((object) => isAsked(object, asked, out));
  if (found.length === 0) {
    const names = explained.objects.flatMap((object) => [object.path, shortName(object)]);
    return {
      problem: `nothing in ${explained.environment.name} is ${JSON.stringify(asked)}`,
      expected: "a file below the output folder, or kind/namespace/name of an object",
      example: nearestName(asked, names) ?? names[0] ?? "networkpolicy/team-backend/checkout-ingress",
    };
  }
  return {
    answer: "told",
    summary: found.map((object) => sentence(object)).join("; "),
    reasons: found.flatMap((object) => describeOrigin(object)),
    places: found.map((object) => placeOfObject(explained, object)),
  };
}

function sentence({ resource, entry }: ExplainedObject): string {
  return `${describeResource(resource)} is made by the component ${entry.component}`;
}

function describeOrigin({ entry }: ExplainedObject): readonly string[] {
  const { service, team, environment } = entry;
  return [
    ...(service === undefined ? [] : [`for the service ${service}`]),
    ...(team === undefined ? [] : [`of the team ${team}`]),
    environment === undefined ? "equal in all environments" : `of the environment ${environment}`,
  ];
}

function isAsked(object: ExplainedObject, asked: string, out: string): boolean {
  const path = asked.startsWith(`${out}/`) ? asked.slice(out.length + 1) : asked;
  return object.path === path || shortName(object) === asked.toLowerCase();
}

/** As `kubectl get` would name it, with its namespace. */
function shortName({ resource: { kind, metadata } }: ExplainedObject): string {
  return [kind, metadata.namespace, metadata.name]
    .filter((part) => part !== undefined)
    .join("/")
    .toLowerCase();
}
