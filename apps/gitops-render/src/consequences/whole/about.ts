import type { ObjectChange, TreeObject } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";

/** The part of a consequence that follows from the objects that bring it about. */
export type About = Pick<Consequence, "environment" | "team" | "service" | "objects" | "files">;

/** Where a change happens, and whose it is. Team and service are left out where the changes are of several. */
export function about(environment: string, ...changes: readonly ObjectChange[]): About {
  return aboutObjects(
    environment,
    changes.flatMap(({ before, after }) => after ?? before ?? []),
  );
}

/** The same of objects, each of the later side where it is there. */
export function aboutObjects(environment: string, objects: readonly TreeObject[]): About {
  const team = onlyOne(objects.map(({ entry }) => entry.team));
  const service = onlyOne(objects.map(({ entry }) => entry.service));
  return {
    environment,
    ...(team === undefined ? {} : { team }),
    ...(service === undefined ? {} : { service }),
    objects: [...new Set(objects.map(({ identity }) => identity))],
    files: [...new Set(objects.map(({ path }) => path))],
  };
}

function onlyOne(values: readonly (string | undefined)[]): string | undefined {
  const distinct = new Set(values);
  return distinct.size === 1 ? values[0] : undefined;
}
