import { type BreakGlass, markdownTable, type Platform, teamNamed } from "@plinth/core";
import type { BoundRole, RbacIndex } from "../authorizer/rbac-index.ts";
import { subjectKey } from "../authorizer/subject.ts";
import type { ReviewedAccess } from "../risks/review.ts";
import { risks } from "../risks/risks.ts";
import { holders, isBreakGlass, rulesInWords } from "./holders.ts";

/** ServiceAccounts that may something in the cluster, or are a cloud role. */
export function serviceAccounts({ access }: ReviewedAccess, { bindings }: RbacIndex): string[] {
  const cloudRoles = new Map(access.running.map((account) => [subjectKey(account), account.cloudRole]));
  const rows = access.resources
    .filter(({ apiVersion, kind }) => apiVersion === "v1" && kind === "ServiceAccount")
    .map((account) => {
      const { annotations = {}, name, namespace = "default" } = account.metadata;
      const key = subjectKey({ kind: "ServiceAccount", name, namespace });
      const held = bindings.filter(({ subjects }) => subjects.some((subject) => subjectKey(subject) === key));
      return {
        namespace,
        name,
        may: held.map(({ namespace: place, role, roleRef }) =>
          role?.resource.kind === "Role"
            ? rulesInWords(role.rules)
            : `${roleRef.name} in ${place === "" ? "the whole cluster" : place}`,
        ),
        cloudRole: cloudRoles.get(key) ?? annotations["eks.amazonaws.com/role-arn"] ?? "",
      };
    });
  const more = rows.filter(({ cloudRole, may }) => may.length > 0 || cloudRole !== "");
  const rest = rows.length - more.length;
  return [
    rest === 0
      ? ""
      : `${rest} ${rest === 1 ? "service account" : "service accounts"} may nothing in the cluster and ${rest === 1 ? "is" : "are"} no cloud role. The others:`,
    markdownTable(
      ["Namespace", "Service account", "May", "Cloud role"],
      more
        .sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1))
        .map(({ cloudRole, may, name, namespace }) => [namespace, name, may.join("; "), cloudRole]),
    ),
  ];
}

/** Risks of permissions that are carried on purpose: by which roles, why, and what each is. */
export function acceptedRisks(platform: Platform, { open, standard }: ReviewedAccess): string[] {
  const own = platform.acceptedRisks.filter(({ risk, role }) =>
    open.some((hit) => hit.risk.id === risk && hit.role === role),
  );
  const standing = Map.groupBy(standardReasons(standard), ({ because, risks }) => JSON.stringify([because, risks]));
  const rows = [
    ...own.map(({ approvedBy, because, risk, role, until }) => [role, risk, because, approvedBy, until ?? ""]),
    ...[...standing.values()].map((alike) => [
      alike
        .map(({ role }) => role)
        .sort()
        .join(", "),
      alike[0]?.risks.join(", ") ?? "",
      alike[0]?.because ?? "",
      "",
      "",
    ]),
  ].sort((a, b) => (`${a[0]}\u0000${a[1]}` < `${b[0]}\u0000${b[1]}` ? -1 : 1));
  if (rows.length === 0) return ["None."];
  const named = new Set(rows.flatMap(([, risks = ""]) => risks.split(", ")));
  return [
    "What roles carry because of what they are for. An entry without an approver comes with the role.",
    markdownTable(["Roles", "Risks", "Why", "Approved by", "Until"], rows),
    "What each of these risks is:",
    markdownTable(
      ["Risk", "Severity", "Its holder may"],
      risks.filter(({ id }) => named.has(id)).map(({ id, severity, title }) => [id, severity, title]),
    ),
  ];
}

/** For each role and reason the risks. */
function standardReasons(
  standard: ReviewedAccess["standard"],
): { readonly role: string; readonly because: string; readonly risks: readonly string[] }[] {
  const byReason = Map.groupBy(standard, ({ acceptance, hit }) => JSON.stringify([hit.role, acceptance.because]));
  return [...byReason.values()].flatMap((carried) => {
    const [first] = carried;
    return first === undefined
      ? []
      : [
          {
            role: first.hit.role,
            because: first.acceptance.because,
            risks: [...new Set(carried.map(({ hit }) => hit.risk.id))].sort(),
          },
        ];
  });
}

/** Permissions that end on a day. */
export function breakGlass(platform: Platform, { access: { environment } }: ReviewedAccess): string[] {
  const entries = platform.breakGlass.filter((entry) => entry.environment === environment.name);
  if (entries.length === 0) return ["None."];
  return [
    markdownTable(
      ["Group", "Role", "Where", "Until", "Why", "Ticket", "Approved by"],
      [...entries]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((entry) => [
          entry.group,
          entry.role,
          placeOf(platform, entry),
          entry.until,
          entry.because,
          entry.ticket,
          entry.approvedBy,
        ]),
    ),
  ];
}

function placeOf(platform: Platform, { team }: BreakGlass): string {
  return team === undefined ? "the whole cluster" : teamNamed(platform, team).namespace;
}

/** Every binding, by role. */
export function bindingTable(bindings: readonly BoundRole[]): string {
  const rows = bindings.map((bound) => ({
    role: bound.roleRef.name,
    where: bound.namespace === "" ? "the whole cluster" : bound.namespace,
    who: `${holders(bound.subjects)}${isBreakGlass(bound) ? " (break-glass)" : ""}`,
  }));
  return markdownTable(
    ["Role", "Where", "Held by"],
    rows
      .sort((a, b) => (`${a.role}\u0000${a.where}\u0000${a.who}` < `${b.role}\u0000${b.where}\u0000${b.who}` ? -1 : 1))
      .map(({ role, where, who }, position) => [rows[position - 1]?.role === role ? "" : role, where, who]),
  );
}
