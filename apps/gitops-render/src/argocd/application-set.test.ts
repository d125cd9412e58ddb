import { environmentNamed, teamNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { teamApplicationSet } from "./application-set.ts";

const platform = examplePlatform();
const setIn = (environment: string): unknown =>
  teamApplicationSet(platform, environmentNamed(platform, environment), teamNamed(platform, "backend"));

describe("the ApplicationSet of a team", () => {
  it("finds the team's folders, and writes its project out: no folder chooses whose permissions it is delivered with", () =>
    expect(setIn("production")).toMatchObject({
      metadata: { name: "production-backend", namespace: "argocd" },
      spec: {
        goTemplate: true,
        goTemplateOptions: ["missingkey=error"],
        generators: [{ git: { directories: [{ path: "rendered/application/production/backend/*" }] } }],
        template: {
          spec: {
            project: "plinth-backend",
            source: { path: "rendered/application/production/backend/{{.path.basename}}" },
            destination: { namespace: "team-backend" },
          },
        },
      },
    }));

  it("removes nothing by itself where delivery is by hand", () => {
    expect(setIn("production")).toMatchObject({
      spec: { syncPolicy: { applicationsSync: "create-update", preserveResourcesOnDeletion: true } },
    });
    expect(setIn("development")).toMatchObject({ spec: { syncPolicy: { applicationsSync: "sync" } } });
  });
});
