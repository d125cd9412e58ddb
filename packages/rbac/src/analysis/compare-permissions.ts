import type { Resource } from "@plinth/core";
import { type Atom, atomsOf, intersection } from "../authorizer/atom.ts";
import { uncoveredAtoms } from "../authorizer/coverage.ts";
import { joinAtoms } from "../authorizer/join-atoms.ts";
import { heldBy, indexRbac, type RbacIndex } from "../authorizer/rbac-index.ts";
import { type Subject, type SubjectName, subjectKey, subjectOf } from "../authorizer/subject.ts";
import type { PolicyRule } from "../roles/policy-rule.ts";

/** Everything that `rules` allow and `except` does not: what rules alone cannot say once one of them has a wildcard. */
export interface PermissionSet {
  /** The fewest, sorted. */
  readonly rules: readonly PolicyRule[];
  readonly except: readonly PolicyRule[];
}

/** What somebody gains and loses in a place. */
export interface PermissionChange {
  readonly subject: SubjectName;
  /** The whole cluster when left out: every namespace, and what belongs to none. */
  readonly namespace?: string;
  readonly gained: PermissionSet;
  readonly lost: PermissionSet;
}

/**
 * What each subject gains and loses from one set of RBAC objects to another, by namespace and cluster-wide; sorted, and nothing for who keeps what they
 * have. What counts is what holds: a role that is renamed, split, aggregated or bound anew with the same rules changes nothing; a binding whose role
 * vanishes takes everything away.
 *
 * What changes in the whole cluster is said once, and holds in each namespace unless it was, or stays, given there.
 *
 * @example
 * const before = [clusterRole(namespaceViewer), bindInNamespace(namespaceViewer, "support", "team-backend")];
 * const after = [...before, clusterRole(platformViewer), bindInCluster(platformViewer, "support")];
 * for (const { subject, gained } of comparePermissions(before, after)) console.log(describeSubject(subject), gained.rules);
 */
export function comparePermissions(before: Iterable<Resource>, after: Iterable<Resource>): PermissionChange[] {
  const was = indexRbac(before);
  const is = indexRbac(after);
  const subjects = new Map([...was.subjects, ...is.subjects].map((subject) => [subjectKey(subject), subject]));
  return [...subjects]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, subject]) => {
      const asked = subjectOf(subject);
      return changesOf(placesOf(was, asked), placesOf(is, asked)).map((change) => ({ subject, ...change }));
    });
}

/** Rules by namespace; `""` is the whole cluster. */
type Places = ReadonlyMap<string, readonly PolicyRule[]>;

function placesOf(index: RbacIndex, subject: Subject): Places {
  const places = new Map<string, PolicyRule[]>();
  for (const { rule, namespace = "" } of heldBy(index, subject)) {
    const rules = places.get(namespace);
    if (rules === undefined) places.set(namespace, [rule]);
    else rules.push(rule);
  }
  return places;
}

function changesOf(was: Places, is: Places): Omit<PermissionChange, "subject">[] {
  const clusterBefore = was.get("") ?? [];
  const clusterAfter = is.get("") ?? [];
  const namespaces = [...new Set([...was.keys(), ...is.keys()])].sort();
  return namespaces.flatMap((namespace) => {
    const before = was.get(namespace) ?? [];
    const after = is.get(namespace) ?? [];
    // In a namespace, what the cluster gave before and gives after is no change of the namespace.
    const everywhere = namespace === "" ? [] : [...clusterBefore, ...clusterAfter];
    const gained = difference(after, [...before, ...everywhere]);
    const lost = difference(before, [...after, ...everywhere]);
    if (gained.rules.length === 0 && lost.rules.length === 0) return [];
    return [{ ...(namespace === "" ? {} : { namespace }), gained, lost }];
  });
}

/** What `rules` allow and `others` do not. */
function difference(rules: readonly PolicyRule[], others: readonly PolicyRule[]): PermissionSet {
  const left = uncoveredAtoms(others, rules);
  if (left.length === 0) return { rules: [], except: [] };
  const shared = left.some(isOpen)
    ? others.flatMap(atomsOf).flatMap((other) =>
        left.flatMap((atom) => {
          const both = intersection(atom, other);
          return both === undefined ? [] : [both];
        }),
      )
    : [];
  return { rules: joinAtoms(left), except: joinAtoms(shared) };
}

/** True for an atom of which a part can be held elsewhere. */
function isOpen(atom: Atom): boolean {
  if (atom.verb === "*") return true;
  if ("path" in atom) return atom.path.endsWith("*");
  return atom.apiGroup === "*" || atom.resource.startsWith("*") || atom.name === undefined;
}
