import type { ConsequenceReader } from "../consequence.ts";
import { applicationChanges } from "./application-changes.ts";
import { tierChanges } from "./tier-changes.ts";
import { together } from "./together.ts";
import { wholeChanges } from "./wholes.ts";

/** What a change means for what is delivered, from where and how; and what comes or goes as a whole. What projects allow is a matter of permissions. */
export const deliveryConsequences: ConsequenceReader = (comparison) =>
  comparison.environments.flatMap((environment) => [
    ...wholeChanges(comparison, environment),
    ...tierChanges(comparison, environment),
    // More than either side has are never said of.
    ...together(environment, applicationChanges(comparison, environment), () =>
      Math.max(
        ...[comparison.before, comparison.after].map(
          (tree) => tree.objectsIn(environment, "argoproj.io/Application").length,
        ),
      ),
    ),
  ]);
