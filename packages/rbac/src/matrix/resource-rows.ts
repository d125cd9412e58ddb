import * as clusterGroups from "../roles/cluster-resource-groups.ts";
import type { ApiResources, PolicyRule } from "../roles/policy-rule.ts";
import type { ResourceGroup } from "../roles/resource-groups.ts";
import * as namespaceGroups from "../roles/resource-groups.ts";
import { verbsInWords } from "./verb-words.ts";

/** A line of a permission table: resources of one kind of thing that every column treats alike. */
export interface ResourceRow {
  /** What they are, for people. */
  readonly title: string;
  readonly resources: readonly string[];
  /** For each column what its role may, in words; empty for nothing. */
  readonly cells: readonly string[];
}

/** What roles may, by resource: one line for each group of resources in which they differ in nothing. Sorted by title. */
export function resourceRows(roles: readonly (readonly PolicyRule[])[]): ResourceRow[] {
  const columns = roles.map(verbsByKey);
  const keys = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort();
  const parents = new Set(keys.map(parentOf));
  const groupsOf = Map.groupBy(parents, nameOf);
  const lines = keys.map((key) => ({
    title: titleOf(key),
    // The API group only where two share a name.
    resource: (groupsOf.get(nameOf(parentOf(key)))?.length ?? 1) > 1 ? withGroup(key) : nameOf(key),
    cells: columns.map((column) => cellOf(nameOf(key), column.get(key))),
  }));
  return [...Map.groupBy(lines, ({ cells, title }) => JSON.stringify([title, cells])).values()]
    .flatMap((alike): ResourceRow[] => {
      const [first] = alike;
      return first === undefined ? [] : [{ ...first, resources: alike.map(({ resource }) => resource) }];
    })
    .sort((a, b) => (a.title === b.title ? 0 : a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
}

// A resource as `deployments/scale apps`; a path as `/healthz `.
function keysOf({ apiGroups = [], nonResourceURLs = [], resources = [] }: PolicyRule): string[] {
  return [
    ...apiGroups.flatMap((group) => resources.map((resource) => `${resource} ${group}`)),
    ...nonResourceURLs.map((path) => `${path} `),
  ];
}

function nameOf(key: string): string {
  return key.slice(0, key.indexOf(" "));
}

function withGroup(key: string): string {
  const [resource = "", group = ""] = key.split(" ");
  return group === "" ? resource : `${resource}.${group}`;
}

/** The key of what a subresource belongs to. */
function parentOf(key: string): string {
  return key.startsWith("/") ? key : key.replace(/\/[^ ]*/, "");
}

/** Verbs on all objects, and on those of a name. */
interface GivenVerbs {
  readonly all: Set<string>;
  readonly named: Map<string, Set<string>>;
}

function verbsByKey(rules: readonly PolicyRule[]): ReadonlyMap<string, GivenVerbs> {
  const given = new Map<string, GivenVerbs>();
  for (const rule of rules) {
    const { resourceNames = [], verbs } = rule;
    for (const key of keysOf(rule)) {
      const known = given.get(key) ?? { all: new Set<string>(), named: new Map<string, Set<string>>() };
      given.set(key, known);
      if (resourceNames.length === 0) for (const verb of verbs) known.all.add(verb);
      for (const name of resourceNames) known.named.set(name, new Set([...(known.named.get(name) ?? []), ...verbs]));
    }
  }
  return given;
}

function cellOf(resource: string, given: GivenVerbs | undefined): string {
  if (given === undefined) return "";
  return [
    verbsInWords(resource, given.all),
    ...[...given.named]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, verbs]) => `${verbsInWords(resource, verbs)} of ${name}`),
  ]
    .filter((text) => text !== "")
    .join("; ");
}

const groups: readonly ResourceGroup<string>[] = [...Object.values(clusterGroups), ...Object.values(namespaceGroups)];

/** Titles by `deployments apps`; the larger group speaks for what stands in two, and of two alike the one of namespaces. */
const titles: ReadonlyMap<string, string> = new Map(
  groups
    .map(({ resources, subresources, title }) => ({
      title,
      keys: new Set([resources, ...Object.values(subresources)].flatMap(keysIn)),
    }))
    .sort((a, b) => a.keys.size - b.keys.size)
    .flatMap(({ keys, title }) => [...keys].map((key) => [key, title] as const)),
);

function keysIn(resources: ApiResources): string[] {
  return Object.entries(resources).flatMap(([group, names]) => names.map((name) => `${name} ${group}`));
}

function titleOf(key: string): string {
  if (key.startsWith("/")) return "paths of the API server";
  return titles.get(parentOf(key)) ?? "other resources";
}
