import { isDeepStrictEqual } from "node:util";
import { buildPlatform, definePlatform, type Finding, type Platform, type PlatformInput, plan } from "@plinth/core";
import { components, type Tree, treeOfFiles } from "@plinth/gitops-render";

// Pages say nothing of what is applied, and take most of the time.
const withoutPages = components.map(({ documents: _, ...component }) => component);

/** What a definition renders to, or what is wrong with it. */
export type EditedTree =
  | { readonly tree: Tree; readonly platform: Platform; readonly findings?: never }
  | { readonly tree?: never; readonly findings: readonly Finding[] };

/**
 * Renders a definition.
 *
 * @param base The platform before the edit: what is equal in both is one object, so that nothing is made of it twice.
 */
export function treeOf(name: string, input: PlatformInput, base?: Platform): EditedTree {
  const built = buildPlatform(definePlatform(input));
  if (built.platform === undefined) return { findings: built.findings };
  const platform = base === undefined ? built.platform : withEntriesOf(base, built.platform);
  const { files, findings } = plan(platform, withoutPages);
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return { findings: errors };
  const texts = files.filter(({ resource }) => resource !== undefined).map(({ path, text }) => [path, text()] as const);
  return { platform, tree: treeOfFiles(name, new Map(texts)) };
}

function withEntriesOf(base: Platform, edited: Platform): Platform {
  return Object.freeze({
    ...edited,
    environments: reused(base.environments, edited.environments),
    teams: reused(base.teams, edited.teams),
    services: reused(base.services, edited.services),
    dataStores: reused(base.dataStores, edited.dataStores),
    components: reused(base.components, edited.components),
  });
}

function reused<Entry extends { readonly name: string }>(
  before: readonly Entry[],
  after: readonly Entry[],
): readonly Entry[] {
  const known = new Map(before.map((entry) => [entry.name, entry]));
  // Where an edited entry was written is where the edit is, which says nothing of what it means.
  const same = (one: Entry, other: Entry): boolean =>
    isDeepStrictEqual({ ...one, source: undefined }, { ...other, source: undefined });
  return after.map((entry) => {
    const old = known.get(entry.name);
    return old !== undefined && same(old, entry) ? old : entry;
  });
}
