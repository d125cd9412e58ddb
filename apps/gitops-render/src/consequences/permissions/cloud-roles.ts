import { listAt, type Resource, textAt, textMapAt } from "@plinth/core";
import type { ObjectChange, Tree, TreeComparison } from "../../comparison/tree-comparison.ts";
import { changedObjects, changesOf, ownerOf } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { teamsByNamespace } from "../namespaces.ts";
import { distinct } from "../words.ts";
import { accessFiles, changedAccessFiles } from "./access-files.ts";

const kinds = ["ServiceAccount", "eksctl.io/ClusterConfig"];

/** Which pods take which role of the cloud, by an annotation or by an association of the cluster, and which get a token unasked. */
export function cloudRoleChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const changes = changesOf(comparison, environment, ...kinds);
  const files = changedAccessFiles(comparison, environment);
  if (changes.length === 0 && files.length === 0) return [];
  const was = cloudRolesIn(comparison.before, environment);
  const is = cloudRolesIn(comparison.after, environment);
  const teams = teamsByNamespace(comparison, environment);
  const roles = distinct([...was.keys(), ...is.keys()]).flatMap((account): Consequence[] => {
    const before = was.get(account);
    const after = is.get(account);
    if (before === after) return [];
    const concerned = changes.filter((change) => isAbout(change, account));
    const changed = changedObjects(concerned);
    const team = teams.get(account.slice(0, account.indexOf("/")));
    const about = {
      environment,
      ...(team === undefined ? {} : { team }),
      ...ownerOf(concerned),
      subject: `service account ${account}`,
      details: [],
      objects: changed.objects,
      files: distinct([...changed.files, ...files]),
    };
    if (before === undefined) return [{ rule: "cloud-role-gained", ...about, text: `takes the cloud role ${after}` }];
    if (after === undefined)
      return [{ rule: "cloud-role-lost", ...about, text: `no longer takes the cloud role ${before}` }];
    return [{ rule: "cloud-role-changed", ...about, text: `takes the cloud role ${after} instead of ${before}` }];
  });
  return [...roles, ...tokenChanges(changes, environment)];
}

/** Roles that pods begin or cease to take: who reaches them by those pods is no news beside that. */
export function changingCloudRoles(comparison: TreeComparison, environment: string): ReadonlySet<string> {
  if (changesOf(comparison, environment, ...kinds).length + changedAccessFiles(comparison, environment).length === 0)
    return new Set();
  const was = cloudRolesIn(comparison.before, environment);
  const is = cloudRolesIn(comparison.after, environment);
  return new Set(
    [...was.keys(), ...is.keys()].flatMap((account) => {
      const [before, after] = [was.get(account), is.get(account)];
      return before === after ? [] : [before ?? "", after ?? ""];
    }),
  );
}

/** ARNs by `team-backend/checkout`. An annotation says so where both are there, as EKS' webhook has it. */
function cloudRolesIn(tree: Tree, environment: string): ReadonlyMap<string, string> {
  const roles = new Map<string, string>();
  const objects = tree.objectsIn(environment, ...kinds).map(({ resource }) => resource);
  for (const resource of [...objects, ...accessFiles(tree, environment)]) {
    for (const association of listAt(resource, "iam", "podIdentityAssociations"))
      roles.set(
        `${textAt(association, "namespace")}/${textAt(association, "serviceAccountName")}`,
        textAt(association, "roleARN"),
      );
  }
  for (const resource of objects) {
    if (resource.kind !== "ServiceAccount") continue;
    const role = textMapAt(resource.metadata, "annotations")["eks.amazonaws.com/role-arn"];
    if (role !== undefined && role !== "") roles.set(accountOf(resource), role);
  }
  return roles;
}

function isAbout({ before, after }: ObjectChange, account: string): boolean {
  const resource = (after ?? before)?.resource;
  return resource !== undefined && (resource.kind !== "ServiceAccount" || accountOf(resource) === account);
}

function accountOf({ metadata }: Resource): string {
  return `${metadata.namespace ?? "default"}/${metadata.name}`;
}

/** A new ServiceAccount changes nobody's pods, and one that goes leaves none. */
function tokenChanges(changes: readonly ObjectChange[], environment: string): readonly Consequence[] {
  return changes.flatMap((change): Consequence[] => {
    const { before, after } = change;
    if (before === undefined || after === undefined || after.resource.kind !== "ServiceAccount") return [];
    const was = before.resource["automountServiceAccountToken"] !== false;
    const is = after.resource["automountServiceAccountToken"] !== false;
    if (was === is) return [];
    return [
      {
        rule: is ? "token-mounted" : "token-not-mounted",
        environment,
        ...ownerOf([change]),
        subject: `service account ${accountOf(after.resource)}`,
        text: is
          ? "has its token in every pod that does not refuse it"
          : "has its token in no pod that does not ask for it",
        details: [],
        ...changedObjects([change]),
      },
    ];
  });
}
