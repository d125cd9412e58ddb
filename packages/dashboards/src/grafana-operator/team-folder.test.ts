import { resourceFindings } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { teamFolder, teamFolderUid } from "./team-folder.ts";

describe("a team's folder", () => {
  const [team] = examplePlatform().teams;

  it("lies in the team's namespace, where its dashboards look for it, with every default written out", () => {
    const folder = team === undefined ? undefined : teamFolder(team);
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
      },
    });
    expect(folder === undefined ? [] : resourceFindings(folder)).toEqual([]);
  });

  it("has a uid that Grafana takes, different for different teams however long their names", () => {
    const uids = ["a", "a".repeat(60), `${"a".repeat(59)}b`].map(teamFolderUid);
    expect(uids.every((uid) => /^[a-zA-Z0-9-_]{1,40}$/.test(uid))).toBe(true);
    expect(new Set(uids).size).toBe(3);
  });
});
