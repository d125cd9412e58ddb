import type { Resource } from "@plinth/core";
import { describePath, describeSubject, type EscalationPath, type SubjectName } from "@plinth/rbac";
import type { ObjectChange, Tree, TreeComparison } from "../../comparison/tree-comparison.ts";
import { changedObjects, changesOf, ownerOf } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { teamsByNamespace } from "../namespaces.ts";
import { counted, distinct, inWords } from "../words.ts";
import { openedPaths, type Risks, risksAmong } from "./carried-risks.ts";
import { changingCloudRoles } from "./cloud-roles.ts";
import { isEverybody } from "./dangers.ts";
import { isSubjectName, pathConsequences } from "./escalation-changes.ts";
import { foldHoldings, type HoldingGroup } from "./fold-holdings.ts";
import { comparedHoldings, describePermitted } from "./holdings.ts";
import { changesPaths, pathKinds } from "./path-objects.ts";
import { subjectChanges } from "./subject-changes.ts";
import { namedTogether, nameOf } from "./subject-names.ts";

const rbacKinds = ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"].map(
  (kind) => `rbac.authorization.k8s.io/${kind}`,
);

/** Who gains and loses what in an environment, and which ways to more than somebody holds open and close. */
export function rbacChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const changes = changesOf(comparison, environment, ...rbacKinds);
  const others = changesOf(comparison, environment, ...pathKinds).filter(changesPaths);
  if (changes.length === 0 && others.length === 0) return [];
  const objectsOf = (tree: Tree, ...kinds: readonly string[]): readonly Resource[] =>
    tree.objectsIn(environment, ...kinds).map(({ resource }) => resource);
  const sides = [comparison.before, comparison.after].map((tree) => {
    const rbac = objectsOf(tree, ...rbacKinds);
    return { rbac, all: [...rbac, ...objectsOf(tree, ...pathKinds)] };
  });
  const [was, is] = sides;
  if (was === undefined || is === undefined) return [];
  const teams = teamsByNamespace(comparison, environment);
  const concerning = subjectChanges(changes, was.rbac, is.rbac);
  const compared = changes.length === 0 ? { gained: [], lost: [] } : comparedHoldings(was.rbac, is.rbac);
  const risks = { before: risksAmong(was.all), after: risksAmong(is.all) };
  const context: Context = {
    environment,
    teams,
    concerning,
    changes: [...changes, ...others],
    cloudRoles: changingCloudRoles(comparison, environment),
  };
  return [
    ...told("gained", foldHoldings(compared.gained), openedPaths(risks.before, risks.after), context),
    ...told("lost", foldHoldings(compared.lost), openedPaths(risks.after, risks.before), context),
    ...aggregations("role-aggregated", "adds", risks.before, risks.after, context),
    ...aggregations("role-not-aggregated", "no longer adds", risks.after, risks.before, context),
  ];
}

interface Context {
  readonly environment: string;
  readonly teams: ReadonlyMap<string, string>;
  /** The changes that bring about what a subject gains or loses. */
  readonly concerning: (subject: SubjectName) => readonly ObjectChange[];
  readonly changes: readonly ObjectChange[];
  readonly cloudRoles: ReadonlySet<string>;
}

const sentences = {
  gained: { one: "gains", many: "gain" },
  lost: { one: "loses", many: "lose" },
} as const;

/** What is gained, or lost, with the ways that go along; then the ways that come from elsewhere. */
function told(
  side: "gained" | "lost",
  groups: readonly HoldingGroup[],
  paths: readonly EscalationPath[],
  context: Context,
): readonly Consequence[] {
  const escalating = new Set(
    groups.flatMap(({ danger, members }) =>
      danger === "escalating" ? members.map(({ subject }) => describeSubject(subject)) : [],
    ),
  );
  const changing = new Set(groups.flatMap(({ members }) => members.map(({ subject }) => describeSubject(subject))));
  const isTold = ({ from, to }: EscalationPath): boolean =>
    (to.kind === "CloudRole" && context.cloudRoles.has(to.name)) ||
    escalating.has(describeSubject(from)) ||
    (isSubjectName(to) && changing.has(describeSubject(to)));
  return [
    ...groups.map((group) => holdingConsequence(side, group, paths.filter(isTold), context)),
    ...pathConsequences(
      side,
      paths.filter((path) => !isTold(path)),
      context,
    ),
  ];
}

/** A sentence has so many permissions of so many kinds; the details have all. */
const mostSaid = 4;

function holdingConsequence(
  side: "gained" | "lost",
  { danger, what, others, except, members }: HoldingGroup,
  paths: readonly EscalationPath[],
  { environment, teams, concerning }: Context,
): Consequence {
  const subjects = distinct(members.map(({ subject }) => nameOf(subject)));
  const places = distinct(members.map(({ namespace = "" }) => namespace));
  const where = places.includes("") ? "the whole cluster" : inWords(places);
  const said = what.slice(0, mostSaid).map((each) => describePermitted(each, mostSaid));
  const unsaid = [...what.slice(mostSaid), ...others].reduce((count, { of }) => count + of.length, 0);
  const more = unsaid === 0 ? [] : [`with ${counted(unsaid, "other kind", "other kinds")}`];
  const all = [...what, ...others].map((each) => describePermitted(each));
  const [first] = members;
  const isAccount = first?.subject.kind === "ServiceAccount";
  const rule = members.some(({ subject }) => isEverybody(subject))
    ? (`permission-${side}-by-everybody` as const)
    : isAccount
      ? (`account-${side}-${danger}` as const)
      : (`permission-${side}-${danger}` as const);
  const changes = new Set(members.flatMap(({ subject }) => concerning(subject)));
  const owner = ownerOf(changes);
  const touched = distinct(places.flatMap((place) => teams.get(place) ?? []));
  const [only] = touched;
  const team = owner.team ?? (touched.length === 1 ? only : undefined);
  const concerns = touched.filter((name) => name !== team);
  const named = new Set(members.map(({ subject }) => describeSubject(subject)));
  const ways = paths.filter(
    ({ from, to }) => named.has(describeSubject(from)) || (isSubjectName(to) && named.has(describeSubject(to))),
  );
  return {
    rule,
    environment,
    ...(team === undefined ? {} : { team }),
    ...(owner.service === undefined ? {} : { service: owner.service }),
    ...(concerns.length === 0 ? {} : { concerns }),
    subject: namedTogether(subjects),
    text: `${sentences[side][subjects.length === 1 ? "one" : "many"]} ${[...said, ...more].join("; ")} in ${where}`,
    details: [
      ...(more.length === 0 && said.length === all.length && said.every((text, index) => text === all[index])
        ? []
        : all),
      ...(except.length === 0 ? [] : [`beside ${except.join("; ")}`]),
      ...(members.length === 1
        ? []
        : distinct(
            members.map(({ subject, namespace = "the whole cluster" }) => `${nameOf(subject)} in ${namespace}`),
          )),
      ...distinct(ways.map((path) => describePath(path).join(", then "))),
    ],
    ...changedObjects(changes),
  };
}

function aggregations(
  rule: "role-aggregated" | "role-not-aggregated",
  verb: string,
  { aggregated: was }: Risks,
  { aggregated: is }: Risks,
  { environment, changes }: Context,
): readonly Consequence[] {
  return [...is].flatMap(([key, { role, title }]): Consequence[] => {
    if (was.has(key)) return [];
    const own = changes.filter(({ before, after }) => (after ?? before)?.resource.metadata.name === role);
    return [
      {
        rule,
        environment,
        ...ownerOf(own),
        subject: `role ${role}`,
        text: title.replace(/^add /, `${verb} `),
        details: [],
        ...changedObjects(own),
      },
    ];
  });
}
