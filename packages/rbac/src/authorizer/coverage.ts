import type { PolicyRule } from "../roles/policy-rule.ts";
import { type Atom, atomKey, atomsOf, covers, isWild, ruleOf, wholeKey } from "./atom.ts";

/**
 * What is wanted and not held: when it is empty, whoever holds the one may everything that the other allows. A wildcard is covered by a wildcard only, as a
 * later resource or verb would be in it. The API server asks the same before it lets somebody write a role or a binding. Each rule of the answer has one
 * verb and one resource or path.
 *
 * @example
 * const gained: PolicyRule[] = uncoveredRules(rulesOf(namespaceViewer), rulesOf(platformViewer));
 *
 * @see https://pkg.go.dev/k8s.io/component-helpers/auth/rbac/validation#Covers
 */
export function uncoveredRules(held: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] {
  return uncoveredAtoms(held, wanted).map(ruleOf);
}

/** The same, as atoms. */
export function uncoveredAtoms(held: readonly PolicyRule[], wanted: readonly PolicyRule[]): Atom[] {
  return uncoveredBy(held)(wanted);
}

/** The same, for many questions about what is held. */
export function uncoveredBy(held: readonly PolicyRule[]): (wanted: readonly PolicyRule[]) => Atom[] {
  const keys = new Set<string>();
  const wild: PolicyRule[] = [];
  for (const rule of held) {
    const read = readRule(rule);
    for (const key of read.keys) keys.add(key);
    if (read.wild) wild.push(rule);
  }
  return (wanted) =>
    wanted.flatMap((rule) => {
      const read = readRule(rule);
      return read.atoms.filter((atom, position) => {
        const key = read.keys[position];
        if (key !== undefined && keys.has(key)) return false;
        // One object is a part of all, and what is no wildcard covers nothing else.
        if (!("path" in atom) && atom.name !== undefined && keys.has(wholeKey(atom))) return false;
        return !wild.some((candidate) => covers(candidate, atom));
      });
    });
}

interface ReadRule {
  readonly atoms: readonly Atom[];
  readonly keys: readonly string[];
  /** One of its atoms stands for more than it names. */
  readonly wild: boolean;
}

// A rule is not changed once it is read: the same ones are compared again and again.
const knownRules = new WeakMap<PolicyRule, ReadRule>();

function readRule(rule: PolicyRule): ReadRule {
  const known = knownRules.get(rule);
  if (known !== undefined) return known;
  const atoms = atomsOf(rule);
  const read = { atoms, keys: atoms.map(atomKey), wild: atoms.some(isWild) };
  knownRules.set(rule, read);
  return read;
}
