import type { PolicyRule } from "../roles/policy-rule.ts";
import { pathMatches, resourceMatches } from "./rule-matching.ts";

/** The smallest piece of a rule: one verb on one resource, narrowed to one name or to none, or one verb on one path. Any part may be a wildcard. */
export type Atom = ResourceAtom | PathAtom;

export interface ResourceAtom {
  readonly verb: string;
  readonly apiGroup: string;
  readonly resource: string;
  /** Every object when left out. */
  readonly name?: string;
}

export interface PathAtom {
  readonly verb: string;
  readonly path: string;
}

/** Everything that a rule says, piece by piece. */
export function atomsOf({
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
  verbs,
}: PolicyRule): Atom[] {
  const names = resourceNames.length === 0 ? [{}] : resourceNames.map((name) => ({ name }));
  return verbs.flatMap((verb): Atom[] => [
    ...apiGroups.flatMap((apiGroup) =>
      resources.flatMap((resource) => names.map((named) => ({ verb, apiGroup, resource, ...named }))),
    ),
    // Any number of stars at the end means what one does.
    ...nonResourceURLs.map((path) => ({ verb, path: path.replace(/\*+$/, "*") })),
  ]);
}

/**
 * True when a rule allows everything that an atom means. A wildcard is covered by a wildcard only. As verbs, groups, names and paths are endless, an atom
 * that several rules cover together is covered by one of them alone.
 */
export function covers(
  { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs }: PolicyRule,
  atom: Atom,
): boolean {
  if (!verbs.includes("*") && !verbs.includes(atom.verb)) return false;
  if ("path" in atom) return nonResourceURLs.some((pattern) => pathMatches(pattern, atom.path));
  const named = resourceNames.length === 0 || (atom.name !== undefined && resourceNames.includes(atom.name));
  return (
    named && (apiGroups.includes("*") || apiGroups.includes(atom.apiGroup)) && resourceMatches(resources, atom.resource)
  );
}

/** The rule that says one atom. */
export function ruleOf(atom: Atom): PolicyRule {
  if ("path" in atom) return { nonResourceURLs: [atom.path], verbs: [atom.verb] };
  return {
    apiGroups: [atom.apiGroup],
    resources: [atom.resource],
    ...(atom.name === undefined ? {} : { resourceNames: [atom.name] }),
    verbs: [atom.verb],
  };
}

/** What two atoms both mean; `undefined` when that is nothing. */
export function intersection(a: Atom, b: Atom): Atom | undefined {
  const verb = common(a.verb, b.verb);
  if (verb === undefined) return undefined;
  if ("path" in a || "path" in b) {
    if (!("path" in a && "path" in b)) return undefined;
    if (pathMatches(a.path, b.path)) return { verb, path: b.path };
    return pathMatches(b.path, a.path) ? { verb, path: a.path } : undefined;
  }
  const apiGroup = common(a.apiGroup, b.apiGroup);
  const resource = commonResource(a.resource, b.resource);
  if (apiGroup === undefined || resource === undefined) return undefined;
  if (a.name !== undefined && b.name !== undefined && a.name !== b.name) return undefined;
  const name = a.name ?? b.name;
  return { verb, apiGroup, resource, ...(name === undefined ? {} : { name }) };
}

function common(a: string, b: string): string | undefined {
  if (a === b || b === "*") return a;
  return a === "*" ? b : undefined;
}

function commonResource(a: string, b: string): string | undefined {
  if (resourceMatches([a], b)) return b;
  return resourceMatches([b], a) ? a : undefined;
}

/** True for what stands for more than it names. */
export function isWild(atom: Atom): boolean {
  if ("path" in atom) return atom.verb === "*" || atom.path.endsWith("*");
  return atom.verb === "*" || atom.apiGroup === "*" || atom.resource.startsWith("*");
}

// Verbs, groups, resources and names hold no control characters.
const separator = "\u0000";

/** Tells atoms apart. */
export function atomKey(atom: Atom): string {
  if ("path" in atom) return `${atom.verb}${separator}${atom.path}`;
  return atom.name === undefined ? wholeKey(atom) : `${wholeKey(atom)}=${atom.name}`;
}

/** The key of the atom that means every object where this one means one. */
export function wholeKey({ apiGroup, resource, verb }: ResourceAtom): string {
  return `${verb}${separator}${apiGroup}${separator}${resource}${separator}`;
}
