import type { PolicyRule } from "../roles/policy-rule.ts";
import { type Atom, atomKey, covers, isWild, type PathAtom, type ResourceAtom, ruleOf, wholeKey } from "./atom.ts";

/** The fewest rules that say exactly these atoms: none that another covers, one for each API group, names and set of verbs; everything sorted. */
export function joinAtoms(atoms: readonly Atom[]): PolicyRule[] {
  const distinct = new Map(atoms.map((atom) => [atomKey(atom), atom]));
  const wild = [...distinct.values()].filter(isWild).map((atom) => ({ atom, rule: ruleOf(atom) }));
  const needed = [...distinct.values()].filter(
    (atom) =>
      !wild.some((other) => other.atom !== atom && covers(other.rule, atom)) &&
      // One object is a part of all.
      ("path" in atom || atom.name === undefined || !distinct.has(wholeKey(atom))),
  );
  return [
    ...joinResources(needed.filter((atom): atom is ResourceAtom => !("path" in atom))),
    ...joinPaths(needed.filter((atom): atom is PathAtom => "path" in atom)),
  ];
}

function joinResources(atoms: readonly ResourceAtom[]): PolicyRule[] {
  const verbsOf = groupBy(atoms, ({ apiGroup, resource, name }) => [apiGroup, resource, nameKey(name)]);
  const namesOf = groupBy(
    verbsOf.map(({ key: [apiGroup = "", resource = "", name = ""], members }) => ({
      apiGroup,
      resource,
      name,
      verbs: sortedTexts(members.map(({ verb }) => verb)).join(),
    })),
    ({ apiGroup, resource, name, verbs }) => [apiGroup, resource, name === "" ? "" : "named", verbs],
  );
  const resourcesOf = groupBy(
    namesOf.map(({ key: [apiGroup = "", resource = "", , verbs = ""], members }) => ({
      apiGroup,
      resource,
      verbs,
      names: sortedTexts(members.map(({ name }) => name)).join(separator),
    })),
    ({ apiGroup, names, verbs }) => [apiGroup, names, verbs],
  );
  return resourcesOf
    .map(
      ({ key: [apiGroup = "", names = "", verbs = ""], members }): PolicyRule => ({
        apiGroups: [apiGroup],
        resources: sortedTexts(members.map(({ resource }) => resource)),
        ...(names === "" ? {} : { resourceNames: names.split(separator).map((name) => name.slice(1)) }),
        verbs: verbs.split(","),
      }),
    )
    .sort((a, b) => compare(sortKey(a), sortKey(b)));
}

function joinPaths(atoms: readonly PathAtom[]): PolicyRule[] {
  const verbsOf = groupBy(atoms, ({ path }) => [path]).map(({ key: [path = ""], members }) => ({
    path,
    verbs: sortedTexts(members.map(({ verb }) => verb)).join(),
  }));
  return groupBy(verbsOf, ({ verbs }) => [verbs])
    .map(
      ({ key: [verbs = ""], members }): PolicyRule => ({
        nonResourceURLs: sortedTexts(members.map(({ path }) => path)),
        verbs: verbs.split(","),
      }),
    )
    .sort((a, b) => compare(sortKey(a), sortKey(b)));
}

// Names of objects hold neither control characters nor spaces.
const separator = "\u0000";

/** Tells no name from an empty one. */
function nameKey(name: string | undefined): string {
  return name === undefined ? "" : `=${name}`;
}

function sortKey({
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
  verbs,
}: PolicyRule): string {
  return [apiGroups.join(), resources.join(), resourceNames.join(), nonResourceURLs.join(), verbs.join()].join(
    separator,
  );
}

interface Group<Member> {
  readonly key: readonly string[];
  readonly members: Member[];
}

function groupBy<Member>(members: readonly Member[], keyOfMember: (member: Member) => string[]): Group<Member>[] {
  const groups = new Map<string, Group<Member>>();
  for (const member of members) {
    const key = keyOfMember(member);
    const text = key.join("\u0001");
    const group = groups.get(text);
    if (group === undefined) groups.set(text, { key, members: [member] });
    else group.members.push(member);
  }
  return [...groups.values()];
}

function sortedTexts(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(compare);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
