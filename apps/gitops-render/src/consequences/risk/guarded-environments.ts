import { fieldAt, listAt, type Resource, textAt } from "@plinth/core";
import type { Tree, TreeComparison } from "../../comparison/tree-comparison.ts";

/**
 * Environments that a person delivers to: what is merged waits there for somebody, or for a window. It is read from what delivers, and not from the name: an
 * Argo CD Application that does not sync by itself, a project with sync windows, a Flux Kustomization that is suspended, a source that is pinned or that
 * follows a branch of its own. Where nothing in the tree tells, the environment counts as guarded: its risk is told whole.
 *
 * Either side counts, so that two trees in the other order give the same.
 */
export function guardedEnvironments({ before, after, environments }: TreeComparison): ReadonlySet<string> {
  const sides = [before, after].map((tree) => ({ tree, branches: branchesOf(tree, environments) }));
  return new Set(
    environments.filter((environment) => {
      const told = sides.flatMap(({ tree, branches }) => {
        const delivering = tree.environments.includes(environment)
          ? tree.objectsIn(environment, ...delivererKinds).map(({ resource }) => resource)
          : [];
        return delivering.length === 0 ? [] : [delivering.some((resource) => waits(resource, environment, branches))];
      });
      return told.length === 0 || told.some((guarded) => guarded);
    }),
  );
}

const delivererKinds = [
  "argoproj.io/Application",
  "argoproj.io/ApplicationSet",
  "argoproj.io/AppProject",
  "kustomize.toolkit.fluxcd.io/Kustomization",
  "source.toolkit.fluxcd.io/GitRepository",
] as const;

/** How many environments follow each branch. */
type Branches = ReadonlyMap<string, number>;

function waits(resource: Resource, environment: string, branches: Branches): boolean {
  switch (resource.kind) {
    case "Application":
      return !syncsItself(fieldAt(resource, "spec"));
    case "ApplicationSet":
      return !syncsItself(fieldAt(resource, "spec", "template", "spec"));
    case "AppProject":
      return listAt(resource, "spec", "syncWindows").length > 0;
    case "Kustomization":
      return fieldAt(resource, "spec", "suspend") === true;
    case "GitRepository":
      return isHeldBack(resource, environment, branches);
    default:
      return false;
  }
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/ */
function syncsItself(spec: unknown): boolean {
  const automated = fieldAt(spec, "syncPolicy", "automated");
  return automated !== undefined && automated !== null && fieldAt(automated, "enabled") !== false;
}

/** @see https://fluxcd.io/flux/components/source/gitrepositories/#reference */
function isHeldBack(source: Resource, environment: string, branches: Branches): boolean {
  if (fieldAt(source, "spec", "suspend") === true) return true;
  const branch = branchOf(source);
  if (branch === undefined) return true;
  const others = [...branches].some(([other, followers]) => other !== branch && followers > 1);
  return branch === environment || (others && branches.get(branch) === 1);
}

/** The branch that a source follows; nothing where it is pinned to a tag, a version or a commit. */
function branchOf(source: Resource): string | undefined {
  const reference = fieldAt(source, "spec", "ref");
  if (["tag", "semver", "commit"].some((field) => fieldAt(reference, field) !== undefined)) return undefined;
  const name = textAt(reference, "name");
  if (name !== "") return /^refs\/heads\/(.+)$/.exec(name)?.[1];
  const branch = textAt(reference, "branch");
  // Flux's own default.
  return branch === "" ? "master" : branch;
}

function branchesOf(tree: Tree, environments: readonly string[]): Branches {
  const branches = new Map<string, number>();
  for (const environment of environments) {
    if (!tree.environments.includes(environment)) continue;
    const followed = new Set(
      tree
        .objectsIn(environment, "source.toolkit.fluxcd.io/GitRepository")
        .flatMap(({ resource }) => branchOf(resource) ?? []),
    );
    for (const branch of followed) branches.set(branch, (branches.get(branch) ?? 0) + 1);
  }
  return branches;
}
