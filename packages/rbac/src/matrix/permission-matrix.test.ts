import { defineAcceptedRisk, type FoundationComponent, markdownTable, type Platform } from "@plinth/core";
import { examplePlatform, exampleTeam } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterRole, clusterRoleBinding, group, rule } from "../analysis/rbac-objects.fixture.ts";
import { rbacComponents } from "../components.ts";
import { accessReview } from "../risks/access-review.ts";
import { resourceRows } from "./resource-rows.ts";
import { verbsInWords } from "./verb-words.ts";

const snooping: FoundationComponent = {
  name: "snooping",
  layer: "foundation",
  shared: () => [clusterRole("snoop", rule("list", "secrets")), clusterRoleBinding("snoop", group("snoopers"))],
};
const pageOf = (platform: Platform, environment: string, ...more: FoundationComponent[]): string =>
  accessReview(() => [...rbacComponents, ...more])
    .documents?.(platform)
    .find(({ path }) => path === `docs/permissions/${environment}.md`)?.text ?? "";
/** The cells of the row of a table that begins so. */
const cells = (page: string, heading: string, resource: string): string[] => {
  const section = page.slice(page.indexOf(`## ${heading}`)).split("\n## ")[0] ?? "";
  const row = section.split("\n").find((line) =>
    line
      .split("|")[2]
      ?.split(",")
      .some((each) => each.trim() === resource),
  );
  return (row ?? "")
    .split("|")
    .slice(3, -1)
    .map((cell) => cell.trim());
};

describe("the page of an environment", () => {
  const platform = examplePlatform();
  const development = pageOf(platform, "development");
  const production = pageOf(platform, "production");

  it("says what each persona may in the namespaces of teams", () => {
    const teams = "In the namespaces of teams";
    expect(cells(development, teams, "Resources").slice(0, 3)).toEqual([
      "namespace-viewer",
      "namespace-developer",
      "namespace-admin",
    ]);
    expect(cells(development, teams, "deployments").slice(0, 3)).toEqual(["read", "read, change", "read, change"]);
    expect(cells(production, teams, "deployments").slice(0, 3)).toEqual(["read", "read", "read"]);
    expect(cells(development, teams, "pods/exec").slice(0, 3)).toEqual(["", "yes", "yes"]);
    expect(production).not.toContain("pods/exec");
    expect(cells(production, teams, "secrets")).toEqual([]);
  });

  it("says what the platform's groups may, and who holds what", () => {
    expect(cells(production, "In the whole cluster", "nodes").at(-1)).toContain("change");
    expect(production).toMatch(/\| platform-viewer +\| the whole cluster +\| platform-viewers +\|/);
    expect(production).toMatch(/\| namespace-viewer +\| team-backend +\| backend-viewers +\|/);
  });

  it("has as many cells in each line of a table as in its head, and ends with one line break", () => {
    for (const page of [development, production]) {
      for (const table of page.split("\n\n").filter((paragraph) => paragraph.startsWith("|")))
        expect(
          new Set(
            table
              .trimEnd()
              .split("\n")
              .map((line) => line.replaceAll("\\|", "").split("|").length),
          ).size,
        ).toBe(1);
      expect(page).toMatch(/[^\n]\n$/);
      expect(page).not.toMatch(/\n{3}/);
    }
  });

  it("is the same for the same model, in any order of its parts", () => {
    const turned = { ...platform, teams: [...platform.teams].reverse(), services: [...platform.services].reverse() };
    expect(pageOf(turned, "production")).toBe(production);
  });

  it("lists who else works in a namespace apart from what all teams share", () => {
    const because = "Answers questions of customers.";
    const teams = [
      exampleTeam("backend", { tenancy: { bindings: [{ group: "support", role: "namespace-viewer", because }] } }),
      exampleTeam("frontend"),
    ];
    expect(pageOf(examplePlatform({ teams }), "production")).toMatch(
      /\| team-backend +\| namespace-viewer +\| support +\| as in the table of teams' namespaces +\|/,
    );
  });

  it("shows accepted risks with reason, approver and end, and break-glass with its day", () => {
    const acceptedRisks = [
      defineAcceptedRisk({
        name: "snoop",
        risk: "read-secrets",
        role: "snoop",
        because: "It backs Secrets up.",
        approvedBy: "security",
        until: "2026-12-31",
      }),
    ];
    const breakGlass = [
      {
        name: "outage",
        group: "on-call",
        role: "platform-admin",
        environment: "production",
        because: "The control plane does not answer.",
        ticket: "INC-1",
        approvedBy: "security",
        until: "2026-11-30",
      },
    ];
    const page = pageOf(examplePlatform({ acceptedRisks, breakGlass }), "production", snooping);
    expect(page).toMatch(/\| snoop +\| read-secrets +\| It backs Secrets up\. +\| security +\| 2026-12-31 \|/);
    expect(page).toMatch(/\| on-call \| platform-admin \| the whole cluster \| 2026-11-30 \|/);
    expect(page).toContain("on-call (break-glass)");
    expect(production).toContain("## Break-glass\n\nNone.");
  });
});

describe("verbs in words", () => {
  it.each([
    ["pods", ["get", "list", "watch"], "read"],
    ["pods", ["get", "list", "watch", "create", "update", "patch", "delete"], "read, change"],
    ["pods", ["get"], "get"],
    ["pods", ["patch", "get", "list", "watch"], "read, edit"],
    ["pods", ["update", "patch"], "edit"],
    ["pods", ["create", "delete"], "create, delete"],
    ["pods", ["deletecollection"], "delete all at once"],
    ["pods", ["*"], "everything"],
    ["pods/exec", ["create"], "yes"],
    ["deployments/scale", ["get", "patch", "update"], "read, edit"],
    ["clusterroles", ["bind", "escalate"], "bind, escalate"],
    ["pods", [], ""],
  ])("%s %j: %s", (resource, verbs, expected) => {
    expect(verbsInWords(resource, new Set(verbs))).toBe(expected);
  });

  it("lose no verb", () => {
    const verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "bind"];
    const meant: Readonly<Record<string, readonly string[]>> = {
      read: ["get", "list", "watch"],
      change: ["create", "delete", "patch", "update"],
      "delete all at once": ["deletecollection"],
    };
    fc.assert(
      fc.property(fc.subarray(verbs), (given) => {
        const said = verbsInWords("pods", new Set(given));
        const back = said === "" ? [] : said.split(", ").flatMap((word) => meant[word] ?? [word]);
        // Patch and update are one word: edit.
        const edited = (list: readonly string[]): string[] =>
          [...new Set(list.map((verb) => (verb === "patch" || verb === "update" ? "edit" : verb)))].sort();
        expect(edited(back)).toEqual(edited(given));
      }),
    );
  });
});

describe("rows of resources", () => {
  it("join what all columns treat alike, and name the group where two share a name", () => {
    const rows = resourceRows([
      [rule("get list watch", "pods configmaps"), rule("get list watch", "pods", "metrics.k8s.io")],
      [rule("get list watch", "configmaps")],
    ]);
    expect(rows).toMatchObject([
      { resources: ["configmaps"], cells: ["read", "read"] },
      { resources: ["pods"], cells: ["read", ""] },
      { resources: ["pods.metrics.k8s.io"], cells: ["read", ""] },
    ]);
  });

  it("say of which objects, and what stands beside the API's resources", () => {
    expect(
      resourceRows([[rule("get", "configmaps", "", "one", "two"), { nonResourceURLs: ["/healthz"], verbs: ["get"] }]]),
    ).toMatchObject([
      { resources: ["configmaps"], cells: ["get of one; get of two"] },
      { title: "paths of the API server", resources: ["/healthz"], cells: ["get"] },
    ]);
  });
});

describe("a Markdown table", () => {
  it("escapes what would end a cell, and is nothing without rows", () => {
    expect(markdownTable(["a", "b"], [["1|2", "x"]])).toBe("| a | b |\n| --- | --- |\n| 1\\|2 | x |");
    expect(markdownTable(["a"], [])).toBe("");
  });
});
