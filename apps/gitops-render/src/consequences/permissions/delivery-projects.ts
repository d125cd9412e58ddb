import { fieldAt, listAt, type Resource, textAt, textsAt } from "@plinth/core";
import type { TreeComparison } from "../../comparison/tree-comparison.ts";
import { changedObjects, changesOf } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { teamsByNamespace } from "../namespaces.ts";
import { distinct, inWords } from "../words.ts";

/**
 * What Argo CD may deliver for a project, and who may ask it to.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export function deliveryChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const told = changesOf(comparison, environment, "argoproj.io/AppProject").flatMap((change): Consequence[] => {
    const { before, after } = change;
    const project = (after ?? before)?.resource.metadata.name ?? "";
    const was = readProject(before?.resource);
    const is = readProject(after?.resource);
    const team = teamOf(after?.resource ?? before?.resource, () => teamsByNamespace(comparison, environment));
    const about = {
      environment,
      ...(team === undefined ? {} : { team }),
      subject: `project ${project}`,
      ...changedObjects([change]),
    };
    const windows = (lines: readonly string[]): string => (lines.length === 0 ? "at any time" : inWords(lines));
    return [
      ...allowances(was, is, "gained", about),
      ...allowances(is, was, "lost", about),
      ...(before === undefined || after === undefined || sameTexts(was.windows, is.windows)
        ? []
        : [
            {
              rule: "delivery-windows-changed" as const,
              ...about,
              text: `is delivered ${windows(is.windows)}, not ${windows(was.windows)}`,
              details: [],
            },
          ]),
    ];
  });
  return [
    ...told.filter(({ rule }) => rule !== windowsRule),
    ...together(told.filter(({ rule }) => rule === windowsRule)),
  ];
}

const windowsRule = "delivery-windows-changed";

/** The times of several projects are said once. */
function together(told: readonly Consequence[]): readonly Consequence[] {
  return [...Map.groupBy(told, ({ text }) => text).values()].flatMap((group): readonly Consequence[] => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    const { team: _, ...rest } = first;
    return [
      {
        ...rest,
        subject: `${group.length} projects`,
        concerns: distinct(group.flatMap(({ team }) => team ?? [])),
        text: first.text.replace(/^is /, "are "),
        details: group.map(({ subject }) => subject),
        objects: group.flatMap(({ objects }) => objects),
        files: group.flatMap(({ files }) => files),
      },
    ];
  });
}

/** The team into whose namespace alone a project delivers. */
function teamOf(project: Resource | undefined, teams: () => ReadonlyMap<string, string>): string | undefined {
  const namespaces = distinct(
    listAt(project?.spec, "destinations").map((destination) => textAt(destination, "namespace")),
  );
  const [namespace] = namespaces;
  return namespaces.length === 1 && namespace !== undefined ? teams().get(namespace) : undefined;
}

interface Project {
  /** `Role.rbac.authorization.k8s.io`, `into team-backend`, `from https://…`: what it may, each by a sentence's end. */
  readonly bounded: ReadonlySet<string>;
  readonly unbounded: ReadonlySet<string>;
  /** What it may not, whatever the others say: an entry more is one thing less. */
  readonly forbidden: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  readonly windows: readonly string[];
}

type About = Omit<Consequence, "rule" | "text" | "details">;

const words = {
  gained: { may: "may deliver", rules: ["delivery-widened", "delivery-unbounded", "delivery-role-gained"] },
  lost: { may: "may no longer deliver", rules: ["delivery-narrowed", "delivery-bounded", "delivery-role-lost"] },
} as const;

function allowances(was: Project, is: Project, side: "gained" | "lost", about: About): readonly Consequence[] {
  const { may, rules } = words[side];
  const more = (which: "bounded" | "unbounded" | "roles"): readonly string[] =>
    distinct(is[which]).filter((text) => !was[which].has(text));
  const said = (rule: Consequence["rule"], verb: string, texts: readonly string[]): readonly Consequence[] =>
    texts.length === 0
      ? []
      : [{ rule, ...about, text: `${verb} ${inWords(texts, 8)}`, details: texts.length > 8 ? texts : [] }];
  return [
    ...said(rules[0], may, [...more("bounded"), ...distinct(was.forbidden).filter((text) => !is.forbidden.has(text))]),
    ...said(rules[1], may, more("unbounded")),
    ...rolesTold(rules[2], side === "gained" ? "lets" : "no longer lets", more("roles"), about),
  ];
}

const fewActions = 5;

/** `lets group backend-developers sync its applications`; each act in the details. */
function rolesTold(
  rule: Consequence["rule"],
  verb: string,
  roles: readonly string[],
  about: About,
): readonly Consequence[] {
  if (roles.length === 0) return [];
  const project = about.subject.slice("project ".length);
  const acts = Map.groupBy(
    roles.map((role) => {
      const [, group = "", action = "", resource = "", object = ""] = role.split(" ");
      const what =
        resource === "applications" && object === `${project}/*` ? "its applications" : `${resource} ${object}`;
      return { group, action, what };
    }),
    ({ group, what }) => `${group} ${what}`,
  );
  const clauses = [...acts.values()].flatMap((several) => {
    const [first] = several;
    const actions = distinct(several.map(({ action }) => action));
    if (first === undefined) return [];
    const does = actions.length > fewActions ? `do ${actions.length} things with` : inWords(actions);
    return [{ group: first.group, text: `${does} ${first.what}` }];
  });
  const alike = Map.groupBy(clauses, ({ text }) => text);
  const texts = [...alike].map(([text, several]) => {
    const groups = distinct(several.map(({ group }) => group));
    return `${groups.length === 1 ? "group" : "groups"} ${inWords(groups)} ${text}`;
  });
  return [{ rule, ...about, text: `${verb} ${inWords(texts.toSorted(), 8)}`, details: roles }];
}

const nothing: Project = {
  bounded: new Set(),
  unbounded: new Set(),
  forbidden: new Set(),
  roles: new Set(),
  windows: [],
};

function readProject(resource: Resource | undefined): Project {
  if (resource === undefined) return nothing;
  const { spec } = resource;
  const bounded = new Set<string>();
  const unbounded = new Set<string>();
  const add = (text: string, isUnbounded: boolean): void => {
    (isUnbounded ? unbounded : bounded).add(text);
  };
  for (const repository of textsAt(spec, "sourceRepos")) add(`from ${repository}`, repository === "*");
  for (const destination of listAt(spec, "destinations")) {
    const namespace = textAt(destination, "namespace");
    const server = textAt(destination, "server") || textAt(destination, "name");
    const place = server === inCluster ? namespace : `${namespace} of ${server}`;
    add(`into ${place}`, namespace === "*" || server === "*");
  }
  for (const account of listAt(spec, "destinationServiceAccounts"))
    add(`as ${textAt(account, "defaultServiceAccount")} in ${textAt(account, "namespace")}`, false);
  for (const kind of listAt(spec, "clusterResourceWhitelist")) add(`${kindOf(kind)} of the cluster`, true);
  // Without a list of a project every namespaced kind may be delivered; an empty one allows none.
  const namespaced = fieldAt(spec, "namespaceResourceWhitelist");
  if (namespaced === undefined) add("every namespaced kind", true);
  for (const kind of listAt(namespaced))
    add(kindOf(kind), textAt(kind, "kind") === "*" || textAt(kind, "group") === "*");
  const forbidden = new Set(
    ["namespaceResourceBlacklist", "clusterResourceBlacklist"].flatMap((field) => listAt(spec, field).map(kindOf)),
  );
  const roles = new Set(
    listAt(spec, "roles").flatMap((role) =>
      textsAt(role, "groups").flatMap((group) =>
        textsAt(role, "policies").flatMap((policy) => {
          const [, , resource = "", action = "", object = "", effect = ""] = policy
            .split(",")
            .map((part) => part.trim());
          return effect === "allow" || effect === "" ? [`group ${group} ${action} ${resource} ${object}`] : [];
        }),
      ),
    ),
  );
  return { bounded, unbounded, forbidden, roles, windows: listAt(spec, "syncWindows").map(windowOf) };
}

const inCluster = "https://kubernetes.default.svc";

function kindOf(entry: unknown): string {
  const group = textAt(entry, "group");
  return group === "" ? textAt(entry, "kind") : `${textAt(entry, "kind")}.${group}`;
}

function windowOf(window: unknown): string {
  const zone = textAt(window, "timeZone");
  const applications = textsAt(window, "applications");
  return [
    textAt(window, "kind") === "deny" ? "not" : "",
    `${textAt(window, "schedule")} for ${textAt(window, "duration")}`,
    zone === "" ? "" : `(${zone})`,
    applications.length === 0 || applications.includes("*") ? "" : `of ${inWords(applications)}`,
    fieldAt(window, "manualSync") === true ? "and by hand at any time" : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(distinct(one)) === JSON.stringify(distinct(other));
}
