import { plan } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { rbacComponents } from "./components.ts";

const platform = examplePlatform();
const { files, findings } = plan(platform, rbacComponents);

function roleReference(roleRef: unknown): { kind: unknown; name: unknown } {
  if (typeof roleRef !== "object" || roleRef === null || !("kind" in roleRef && "name" in roleRef))
    throw new TypeError("a binding without a role");
  return { kind: roleRef.kind, name: roleRef.name };
}

function subjectKinds(subjects: unknown): unknown[] {
  return Array.isArray(subjects) ? subjects.map((subject: { kind?: unknown }) => subject.kind) : [];
}

describe("everything together", () => {
  it("is planned without a finding", () => {
    expect(findings).toEqual([]);
  });

  it("gives each team in each environment its namespace with limits and bindings", () => {
    for (const environment of platform.environments) {
      for (const { namespace } of platform.teams) {
        const folder = `foundation/overlays/${environment.name}`;
        expect(files.map(({ path }) => path)).toEqual(
          expect.arrayContaining([
            `${folder}/tenancy/namespace-${namespace}.yaml`,
            `${folder}/tenancy/${namespace}/limitrange-${namespace}.yaml`,
            `${folder}/tenancy/${namespace}/resourcequota-${namespace}.yaml`,
            `${folder}/tenancy/${namespace}/serviceaccount-default.yaml`,
            ...["admin", "developer", "viewer"].map(
              (role) => `${folder}/team-access/${namespace}/rolebinding-namespace-${role}.yaml`,
            ),
          ]),
        );
      }
    }
  });

  it("binds only roles that it makes, to groups and to the accounts that Argo CD delivers as, never to users", () => {
    const roles = new Set(
      files.flatMap(({ resource }) =>
        resource?.kind.endsWith("Role")
          ? [`${resource.kind} ${resource.metadata.namespace} ${resource.metadata.name}`]
          : [],
      ),
    );
    const bindings = files.flatMap(({ resource }) => (resource?.kind.endsWith("Binding") ? [resource] : []));
    expect(bindings.length).toBeGreaterThan(0);
    for (const { metadata, roleRef, subjects } of bindings) {
      const { kind, name } = roleReference(roleRef);
      expect([...roles]).toContain(`${kind} ${kind === "Role" ? metadata.namespace : undefined} ${name}`);
      const delivers = subjectKinds(subjects).includes("ServiceAccount");
      expect(new Set(subjectKinds(subjects))).toEqual(new Set([delivers ? "ServiceAccount" : "Group"]));
      expect(metadata.labels?.["plinth.dev/component"] === "delivery-access").toBe(delivers);
    }
  });

  it("changes one file when one team's quota in one environment changes", () => {
    const team = platform.teams[0];
    if (team === undefined) throw new Error("no team");
    const quotas = new Map(
      [...team.quotas].map(([name, quota]) => [
        name,
        name === "production" ? { ...quota, pods: quota.pods + 1 } : quota,
      ]),
    );
    const changed = plan({ ...platform, teams: [{ ...team, quotas }, ...platform.teams.slice(1)] }, rbacComponents);
    const before = new Map(files.map((file) => [file.path, file.text()]));
    expect(changed.files.filter((file) => before.get(file.path) !== file.text()).map(({ path }) => path)).toEqual([
      `foundation/overlays/production/tenancy/${team.namespace}/resourcequota-${team.namespace}.yaml`,
    ]);
  });
});
