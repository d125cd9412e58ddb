import { fieldAt, type Resource, textMapAt } from "@plinth/core";
import type { ObjectChange, TreeComparison } from "../../comparison/tree-comparison.ts";
import { changesOf } from "../changed-objects.ts";
import { distinct, inWords } from "../words.ts";
import { canonical, contentKey, expressionChange, type PolicyContent, policyContent } from "./policy-content.ts";
import { describePlaces, namespacesFor, placesOf } from "./policy-scope.ts";
import type { ToldPolicy } from "./told-policy.ts";

interface WritingKind {
  readonly kind: string;
  readonly does: string;
  readonly doing: string;
  readonly begins: ToldPolicy["rule"];
  readonly ends: ToldPolicy["rule"];
  readonly changed: ToldPolicy["rule"];
}

/** Policies that do something themselves. */
const writingKinds: readonly WritingKind[] = [
  {
    kind: "MutatingPolicy",
    does: "write into",
    doing: "writing into",
    begins: "mutation-begins",
    ends: "mutation-ends",
    changed: "mutation-changed",
  },
  {
    kind: "GeneratingPolicy",
    does: "make objects for",
    doing: "making objects for",
    begins: "generation-begins",
    ends: "generation-ends",
    changed: "generation-changed",
  },
  {
    kind: "DeletingPolicy",
    does: "delete",
    doing: "deleting",
    begins: "clean-up-begins",
    ends: "clean-up-ends",
    changed: "clean-up-changed",
  },
];

/** What policies write, make and delete otherwise than before. */
export function writingChanges(comparison: TreeComparison, environment: string): readonly ToldPolicy[] {
  return writingKinds.flatMap((writing) => {
    const changes = changesOf(comparison, environment, `policies.kyverno.io/${writing.kind}`);
    if (changes.length === 0) return [];
    const renamed = renamedChanges(changes);
    return changes
      .filter((change) => !renamed.has(change))
      .flatMap((change) => changesOfPolicy(comparison, environment, writing, change));
  });
}

/** Both halves of each policy that only has another name. */
function renamedChanges(changes: readonly ObjectChange[]): ReadonlySet<ObjectChange> {
  const keyOf = (resource: Resource): string =>
    `${contentKey(policyContent(resource))} ${canonical(fieldAt(resource, "spec", "matchConstraints"))}`;
  const gone = new Map(
    changes.flatMap((change) =>
      change.before !== undefined && change.after === undefined
        ? [[keyOf(change.before.resource), change] as const]
        : [],
    ),
  );
  return new Set(
    changes.flatMap((change) => {
      if (change.before !== undefined || change.after === undefined) return [];
      const old = gone.get(keyOf(change.after.resource));
      return old === undefined ? [] : [change, old];
    }),
  );
}

function changesOfPolicy(
  comparison: TreeComparison,
  environment: string,
  { does, doing, begins, ends, changed }: WritingKind,
  change: ObjectChange,
): readonly ToldPolicy[] {
  const resource = (change.after ?? change.before)?.resource;
  if (resource === undefined) return [];
  const sides = {
    before: placesIn(comparison, environment, "before", change),
    after: placesIn(comparison, environment, "after", change),
  };
  const was = change.before === undefined ? undefined : policyContent(change.before.resource);
  const is = change.after === undefined ? undefined : policyContent(change.after.resource);
  const about = { policy: resource.metadata.name, changes: [change] };
  const what = inWords(distinct([...((is ?? was)?.match ?? [])].map((text) => text.replace(/^.* of /, ""))));
  const described = textMapAt(resource.metadata, "annotations")["policies.kyverno.io/description"];
  const timed = (content: PolicyContent | undefined): readonly string[] =>
    content === undefined || content.schedule === "" ? [] : [`on the schedule ${content.schedule}`];
  const newPlaces =
    isEverywhere(sides.before) && was !== undefined
      ? []
      : onlyIn(comparison, environment, sides.after, sides.before, was === undefined);
  const oldPlaces =
    isEverywhere(sides.after) && is !== undefined
      ? []
      : onlyIn(comparison, environment, sides.before, sides.after, is === undefined);
  const details = [...(described === undefined ? [] : [described])];
  return [
    ...(newPlaces.length === 0
      ? []
      : [
          {
            rule: begins,
            ...about,
            one: `begins to ${does} ${what}`,
            many: `begin to ${does} ${what}`,
            rest: describePlaces(newPlaces),
            details: [...details, ...timed(is)],
            places: newPlaces,
          },
        ]),
    ...(oldPlaces.length === 0
      ? []
      : [
          {
            rule: ends,
            ...about,
            one: `stops ${doing} ${what}`,
            many: `stop ${doing} ${what}`,
            rest: describePlaces(oldPlaces),
            details: [...details, ...timed(was)],
            places: oldPlaces,
          },
        ]),
    ...(was === undefined || is === undefined
      ? []
      : contentChanges(was, is, changed, { ...about, places: sides.after })),
  ];
}

function contentChanges(
  was: PolicyContent,
  is: PolicyContent,
  rule: ToldPolicy["rule"],
  about: Pick<ToldPolicy, "policy" | "changes" | "places">,
): readonly ToldPolicy[] {
  const expressions = expressionChange(was, is);
  const match = [
    ...distinct(is.match).flatMap((text) => (was.match.has(text) ? [] : [`looks at ${text}`])),
    ...distinct(was.match).flatMap((text) => (is.match.has(text) ? [] : [`looks no longer at ${text}`])),
  ];
  const values = expressions?.details ?? [];
  const parts = [...(expressions?.places ?? []), ...(match.length === 0 ? [] : ["match"])];
  return [
    ...(parts.length === 0
      ? []
      : [
          {
            rule,
            ...about,
            one: "does it otherwise",
            many: "do it otherwise",
            rest: `(${values.length > 0 && values.length <= 3 && match.length === 0 ? values.join(", ") : inWords(parts)})`,
            details: [...parts.map((part) => `in ${part}`), ...values, ...match],
          },
        ]),
    ...(was.schedule === is.schedule
      ? []
      : [
          {
            rule: "clean-up-rescheduled" as const,
            ...about,
            one: "deletes",
            many: "delete",
            rest: `at ${is.schedule} instead of ${was.schedule}`,
            details: [],
          },
        ]),
    ...(was.failurePolicy === is.failurePolicy
      ? []
      : [
          is.failurePolicy === "Fail"
            ? {
                rule: "policy-fails-closed" as const,
                ...about,
                one: "refuses everything while its webhook is away",
                many: "refuse everything while their webhooks are away",
                rest: "",
                details: [],
              }
            : {
                rule: "policy-fails-open" as const,
                ...about,
                one: "lets everything pass while its webhook is away",
                many: "let everything pass while their webhooks are away",
                rest: "",
                details: [],
              },
        ]),
  ];
}

function placesIn(
  comparison: TreeComparison,
  environment: string,
  side: "before" | "after",
  change: ObjectChange,
): readonly string[] {
  const selectorOf = (object: ObjectChange["before"]): unknown =>
    fieldAt(object?.resource, "spec", "matchConstraints", "namespaceSelector");
  const object = change[side];
  if (object === undefined) return [];
  const selectors = [selectorOf(change.before), selectorOf(change.after)];
  return placesOf([selectorOf(object)], namespacesFor(comparison[side], environment, selectors));
}

/** Where something is done that was not: where all of the policy comes or goes, everywhere; else in namespaces that are on both sides. */
function onlyIn(
  { before, after }: TreeComparison,
  environment: string,
  here: readonly string[],
  there: readonly string[],
  isWhole: boolean,
): readonly string[] {
  if (isWhole) return here;
  const others = new Set(there);
  const [was, is] = [before, after].map(
    (tree) => new Set(tree.objectsIn(environment, "Namespace").map(({ resource }) => resource.metadata.name)),
  );
  return here.filter((place) => !others.has(place) && was?.has(place) === is?.has(place));
}

function isEverywhere(places: readonly string[]): boolean {
  return places.includes("");
}
