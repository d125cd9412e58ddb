import { listAt, readYamlDocuments, textAt, textsAt } from "@plinth/core";
import type { Tree, TreeComparison } from "../../comparison/tree-comparison.ts";
import { changedObjects, changesOf } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { distinct, inWords } from "../words.ts";
import { accessFiles, changedAccessFiles } from "./access-files.ts";

const kinds = ["eksctl.io/ClusterConfig", "ConfigMap"];

/** Groups and policies that no check of the cluster stops. https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const unlimited: ReadonlySet<string> = new Set([
  "system:masters",
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminPolicy",
]);

/** Which roles and users of the cloud get into the cluster, and as members of which groups: access entries of EKS, or the older map. */
export function clusterEntryChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const changes = changesOf(comparison, environment, ...kinds).filter(({ before, after }) =>
    isEntryObject((after ?? before)?.resource),
  );
  const files = changedAccessFiles(comparison, environment);
  if (changes.length === 0 && files.length === 0) return [];
  const changed = changedObjects(changes);
  const was = entriesIn(comparison.before, environment);
  const is = entriesIn(comparison.after, environment);
  const side = (before: Entries, after: Entries, verb: "gained" | "lost"): readonly Consequence[] =>
    [...after].flatMap(([principal, groups]) =>
      [true, false].flatMap((isUnlimited): Consequence[] => {
        const others = distinct(
          [...groups].filter(
            (group) => before.get(principal)?.has(group) !== true && unlimited.has(group) === isUnlimited,
          ),
        );
        if (others.length === 0) return [];
        const gets = verb === "gained" ? "gets into the cluster as" : "no longer gets into the cluster as";
        return [
          {
            rule: isUnlimited ? `cluster-entry-${verb}-unlimited` : `cluster-entry-${verb}`,
            environment,
            subject: principal,
            text: `${gets} ${inWords(others)}`,
            details: others.length > 6 ? others : [],
            objects: changed.objects,
            files: distinct([...changed.files, ...files]),
          },
        ];
      }),
    );
  return [...side(was, is, "gained"), ...side(is, was, "lost")];
}

type Entries = ReadonlyMap<string, ReadonlySet<string>>;

function isEntryObject(
  resource: { readonly kind: string; readonly metadata: { readonly name: string } } | undefined,
): boolean {
  return resource !== undefined && (resource.kind === "ClusterConfig" || resource.metadata.name === "aws-auth");
}

/** Groups and policies by who has them. */
function entriesIn(tree: Tree, environment: string): Entries {
  const entries = new Map<string, Set<string>>();
  const add = (principal: string, groups: readonly string[]): void => {
    if (principal === "") return;
    const known = entries.get(principal) ?? new Set();
    for (const group of groups) known.add(group);
    entries.set(principal, known);
  };
  const objects = tree
    .objectsIn(environment, ...kinds)
    .flatMap(({ resource }) => (isEntryObject(resource) ? [resource] : []));
  for (const resource of [...objects, ...accessFiles(tree, environment)]) {
    for (const entry of listAt(resource, "accessConfig", "accessEntries")) {
      const type = textAt(entry, "type");
      add(textAt(entry, "principalARN"), [
        ...textsAt(entry, "kubernetesGroups"),
        ...(type === "" || type === "STANDARD" ? [] : [`node (${type})`]),
        ...listAt(entry, "accessPolicies").map((policy) => textAt(policy, "policyARN").replace(/^.*\//, "")),
      ]);
    }
    for (const [field, principal] of [
      ["mapRoles", "rolearn"],
      ["mapUsers", "userarn"],
    ] as const) {
      const { documents = [] } = readYamlDocuments(textAt(resource, "data", field));
      for (const entry of documents.flatMap((document) => listAt(document)))
        add(textAt(entry, principal), textsAt(entry, "groups"));
    }
  }
  return entries;
}
