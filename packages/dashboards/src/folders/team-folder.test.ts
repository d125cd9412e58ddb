import { environmentNamed, fieldAt, resourceFindings } from "@plinth/core";
import { examplePlatformInput, platformOf } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { teamFolder } from "./team-folder.ts";
import { teamFolderUid } from "./team-folder-uid.ts";

type Input = ReturnType<typeof examplePlatformInput>;

function foldersOf(changes: Partial<Input>, teams: Record<string, number> = {}): ReturnType<typeof teamFolder> {
  const input = examplePlatformInput();
  const environments = input.environments.map((environment) => ({ ...environment, dashboards: { teams } }));
  const platform = platformOf({ ...input, environments, ...changes });
  const [team] = platform.teams;
  return team === undefined ? [] : teamFolder(platform, environmentNamed(platform, "production"), team);
}

const operator = { name: "grafana-operator", namespace: "monitoring" };
const components = [...(examplePlatformInput().components ?? []), operator];

describe("a team's folder", () => {
  it("lies in the team's namespace, where its dashboards look for it, with every default written out", () => {
    const [folder] = foldersOf({ dashboards: { delivery: "grafana-dashboard" } });
    expect(folder).toEqual({
      apiVersion: "grafana.integreatly.org/v1beta1",
      kind: "GrafanaFolder",
      metadata: { name: "backend", namespace: "team-backend" },
      spec: {
        allowCrossNamespaceImport: true,
        instanceSelector: { matchLabels: { dashboards: "grafana" } },
        resyncPeriod: "10m0s",
        title: "backend",
        uid: "team-backend",
        permissions: expect.stringContaining('{"role":"Viewer","permission":1}'),
      },
    });
    expect(folder === undefined ? [] : resourceFindings(folder)).toEqual([]);
  });

  const permissionsOf = (teams: Record<string, number>): unknown =>
    JSON.parse(String(fieldAt(foldersOf({ components }, teams)[0], "spec", "permissions")));

  it("is viewed by everybody and edited by its members, where Grafana's number of the team is known", () =>
    expect(permissionsOf({ backend: 7 })).toEqual({
      items: [
        { role: "Viewer", permission: 1 },
        { role: "Editor", permission: 1 },
        { teamId: 7, permission: 2 },
      ],
    }));

  it("is edited by every editor where it is not", () =>
    expect(permissionsOf({ frontend: 7 })).toEqual({
      items: [
        { role: "Viewer", permission: 1 },
        { role: "Editor", permission: 2 },
      ],
    }));

  it("is made by the sidecar where no operator runs, and is the sidecar's own where one does: known by its title", () => {
    expect(foldersOf({})).toEqual([]);
    const [folder] = foldersOf({ components });
    expect(fieldAt(folder, "spec", "title")).toBe("backend");
    expect(fieldAt(folder, "spec", "uid")).toBeUndefined();
  });

  it("has a uid that Grafana takes, different for different teams however long their names", () => {
    const uids = ["a", "a".repeat(60), `${"a".repeat(59)}b`].map(teamFolderUid);
    expect(uids.every((uid) => /^[a-zA-Z0-9-_]{1,40}$/.test(uid))).toBe(true);
    expect(new Set(uids).size).toBe(3);
  });
});
