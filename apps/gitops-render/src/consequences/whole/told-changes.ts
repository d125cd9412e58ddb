import type { ObjectChange, TreeComparison } from "../../comparison/tree-comparison.ts";
import { wholeIn } from "./whole.ts";

/**
 * What is told of, object by object, in an environment: what changed there, without what belongs to a service, a team or an environment that comes or goes as a
 * whole.
 *
 * @param kinds Of these kinds only, where some are named.
 */
export function toldChanges(
  comparison: TreeComparison,
  environment: string,
  ...kinds: readonly string[]
): readonly ObjectChange[] {
  const changes = comparison.changesIn(environment, ...kinds).filter(({ kind }) => kind !== "generated-only");
  if (changes.length === 0) return [];
  const whole = wholeIn(comparison, environment);
  if (whole.environment !== undefined) return [];
  return changes.filter(({ before, after }) =>
    [before, after].every((object) => object === undefined || !whole.owns(object)),
  );
}
