import { markdownTable, type Platform } from "@plinth/core";
import { inWords } from "../analysis/describe-rule.ts";
import { type BoundRole, indexRbac } from "../authorizer/rbac-index.ts";
import type { ReviewedAccess } from "../risks/review.ts";
import type { RoleDefinition } from "../roles/define-role.ts";
import { rolesByPersona } from "../roles/namespace-roles.ts";
import type { PolicyRule } from "../roles/policy-rule.ts";
import { holders, isBreakGlass, rulesInWords } from "./holders.ts";
import { acceptedRisks, bindingTable, breakGlass, serviceAccounts } from "./page-sections.ts";
import { resourceRows } from "./resource-rows.ts";
import { legend } from "./verb-words.ts";

/**
 * Who may do what in an environment, as a page of Markdown for somebody who audits it: tables of role by resource, what differs from them, service
 * accounts, accepted risks, break-glass, and every binding. The same model gives the same bytes.
 */
export function permissionMatrix(platform: Platform, reviewed: ReviewedAccess): string {
  const { environment, resources } = reviewed.access;
  const index = indexRbac(resources);
  const daily = index.bindings.filter((bound) => !isBreakGlass(bound));
  const teamNamespaces = platform.teams.map(({ namespace }) => String(namespace));
  const inTeams = rolesInAll(daily, teamNamespaces);
  const inCluster = distinctRoles(daily.filter(({ namespace }) => namespace === ""));
  const sections: readonly (readonly [title: string, ...paragraphs: string[]])[] = [
    [
      "In the namespaces of teams",
      `The same in each of ${inWords([...teamNamespaces].sort(), 12)}. A team's viewers, developers and admins hold ${inWords(personas.map(({ name }) => `\`${name}\``))}; every other column is a role that somebody else holds in each of them, as the bindings below say.`,
      permissionTable(inTeams),
    ],
    ["In the whole cluster", "In every namespace, and for what belongs to none.", permissionTable(inCluster)],
    ["In single namespaces", ...singleNamespaces(daily, teamNamespaces, inTeams)],
    ["Service accounts", ...serviceAccounts(reviewed, index)],
    ["Accepted risks", ...acceptedRisks(platform, reviewed)],
    ["Break-glass", ...breakGlass(platform, reviewed)],
    ["Bindings", "Who holds which role where.", bindingTable(index.bindings)],
  ];
  return [
    `# Who may do what in ${environment.name}`,
    introduction(reviewed),
    legend,
    ...sections.flatMap(([title, ...paragraphs]) => [`## ${title}`, ...paragraphs.filter((text) => text !== "")]),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

function introduction({ access: { environment } }: ReviewedAccess): string {
  const { access, cluster, production } = environment;
  return [
    `The cluster \`${cluster.name}\` in the account ${cluster.account}${production ? ", which real users depend on" : ""}.`,
    access.writers === "developers"
      ? "Developers change workloads by hand here."
      : "Only delivery changes workloads here; people read, restart and scale.",
    access.exec && !production ? "Exec into pods is open." : "Nobody enters pods day by day.",
    "The group `system:masters` of Kubernetes itself passes every check; nothing here binds anybody to it.",
  ].join(" ");
}

const personas: readonly RoleDefinition[] = [rolesByPersona.viewers, rolesByPersona.developers, rolesByPersona.admins];

interface RoleColumn {
  readonly name: string;
  readonly rules: readonly PolicyRule[];
}

/** Roles that are bound in every one of the namespaces: those of the teams' own groups first, then what may least. */
function rolesInAll(bindings: readonly BoundRole[], namespaces: readonly string[]): RoleColumn[] {
  return distinctRoles(bindings).filter(
    ({ name }) =>
      namespaces.length > 0 &&
      namespaces.every((namespace) =>
        bindings.some(({ roleRef, namespace: place }) => place === namespace && roleRef.name === name),
      ),
  );
}

function distinctRoles(bindings: readonly BoundRole[]): RoleColumn[] {
  const roles = new Map<string, readonly PolicyRule[]>();
  for (const { role } of bindings)
    if (role?.resource.kind === "ClusterRole") roles.set(role.resource.metadata.name, role.rules);
  const isPersona = (name: string): boolean => personas.some((persona) => persona.name === name);
  return [...roles]
    .map(([name, rules]) => ({ name, rules, size: sizeOf(rules) }))
    .sort(
      (a, b) => Number(isPersona(b.name)) - Number(isPersona(a.name)) || a.size - b.size || (a.name < b.name ? -1 : 1),
    );
}

function sizeOf(rules: readonly PolicyRule[]): number {
  return rules.reduce((sum, { resources = [], verbs }) => sum + resources.length * verbs.length, 0);
}

function permissionTable(roles: readonly RoleColumn[]): string {
  const rows = resourceRows(roles.map(({ rules }) => rules));
  return markdownTable(
    ["", "Resources", ...roles.map(({ name }) => name)],
    rows.map(({ cells, resources, title }, position) => [
      rows[position - 1]?.title === title ? "" : title,
      resources.join(", "),
      ...cells,
    ]),
  );
}

/** What is bound in one namespace and not in every team's: others who work in it, Argo CD's own, what a team delivers itself. */
function singleNamespaces(
  bindings: readonly BoundRole[],
  teamNamespaces: readonly string[],
  inTeams: readonly RoleColumn[],
): string[] {
  const shown = new Set(inTeams.map(({ name }) => name));
  const single = bindings.filter(
    ({ binding, namespace, role, roleRef }) =>
      namespace !== "" &&
      !(role?.resource.kind === "Role" && isOwnRole(role.resource.metadata.name, bindings, namespace)) &&
      !(shown.has(roleRef.name) && teamNamespaces.includes(namespace) && binding.metadata.name === roleRef.name),
  );
  if (single.length === 0) return ["Nothing besides."];
  return [
    markdownTable(
      ["Namespace", "Role", "Held by", "May"],
      single.map(({ namespace, role, roleRef, subjects }) => [
        namespace,
        roleRef.name,
        holders(subjects),
        shown.has(roleRef.name) ? "as in the table of teams' namespaces" : rulesInWords(role?.rules ?? []),
      ]),
    ),
  ];
}

/** True for the Role of a service: bound to the ServiceAccount of its name. */
function isOwnRole(name: string, bindings: readonly BoundRole[], namespace: string): boolean {
  return bindings.some(
    ({ namespace: place, roleRef, subjects }) =>
      place === namespace &&
      roleRef.kind === "Role" &&
      roleRef.name === name &&
      subjects.every((subject) => subject.kind === "ServiceAccount" && subject.name === name),
  );
}
