import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";
import { deployment, statefulSet } from "./workload-fixture.ts";

const defaults: { readonly most: number } = { most: 10 };

/** A workload keeps the revision that worked, and not all that ever were. */
export const limitRevisionHistory: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: { most: "The most revisions that a workload may keep." },
  tried: [{ most: 3 }],
  policy: ({ most }) => ({
    name: "limit-revision-history",
    title: "Limit the revision history",
    category: "Best Practices",
    severity: "low",
    why: "Without a revision nothing can be rolled back in an emergency; each one kept is an object in etcd that every list returns.",
    fix: `Set revisionHistoryLimit to a number from 1 to ${most}.`,
    match: objects(["Deployment", "StatefulSet"]),
    // The API server's default.
    variables: { kept: cel`object.spec.?revisionHistoryLimit.orValue(10)` },
    offenders: cel`variables.kept < 1 || variables.kept > ${most}
      ? ['revisionHistoryLimit is ' + string(variables.kept)]
      : []`,
    good: [
      ...(most < 10 ? [] : [deployment()]),
      deployment({ revisionHistoryLimit: 1 }),
      statefulSet({ revisionHistoryLimit: most }),
    ],
    bad: [
      ...(most < 10 ? [violation(deployment(), "revisionHistoryLimit is 10")] : []),
      violation(deployment({ revisionHistoryLimit: 0 }), "revisionHistoryLimit is 0"),
      violation(statefulSet({ revisionHistoryLimit: most + 1 }), `revisionHistoryLimit is ${most + 1}`),
    ],
  }),
});
