import { type BreakGlassInput, type Finding, type Platform, plan, type Resource } from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { authorizerOf } from "../authorizer/authorizer.ts";
import { memberOf } from "../authorizer/subject.ts";
import { breakGlassAccess } from "./break-glass.ts";

const incident: BreakGlassInput = {
  name: "payment-incident",
  group: "break-glass-payment",
  role: "namespace-rescuer",
  environment: "production",
  team: "backend",
  because: "Orders are stuck, and delivery is down.",
  ticket: "INC-4711",
  approvedBy: "platform",
  until: "2026-12-31",
};

const platformWith = (...breakGlass: BreakGlassInput[]): Platform => examplePlatform({ breakGlass });

function rendered(platform: Platform, environment: string): Resource[] {
  return plan(platform, [breakGlassAccess]).files.flatMap(({ resource, entry }) =>
    resource !== undefined && entry.environment === environment ? [resource] : [],
  );
}

const findings = (changes: Partial<BreakGlassInput>, today?: string): readonly Finding[] =>
  breakGlassAccess.check?.(platformWith({ ...incident, ...changes }), today === undefined ? {} : { today }) ?? [];

describe("a break-glass", () => {
  it("is one binding that says why, and that Kyverno deletes when the last day is over", () => {
    expect(rendered(platformWith(incident), "production")).toContainEqual(
      expect.objectContaining({
        kind: "RoleBinding",
        metadata: expect.objectContaining({
          name: "break-glass-payment-incident",
          namespace: "team-backend",
          labels: expect.objectContaining({ "cleanup.kyverno.io/ttl": "2027-01-01" }),
          annotations: expect.objectContaining({
            "plinth.dev/because": incident.because,
            "plinth.dev/ticket": "INC-4711",
            "plinth.dev/approved-by": "platform",
            "plinth.dev/until": "2026-12-31",
          }),
        }),
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "namespace-rescuer" },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "break-glass-payment" }],
      }),
    );
  });

  it("holds in its environment alone, and brings Kyverno the permission to delete bindings there", () => {
    const platform = platformWith(incident);
    expect(rendered(platform, "development")).toEqual([]);
    const cleanup = rendered(platform, "production").find(({ metadata }) => metadata.name === "break-glass-cleanup");
    expect(cleanup).toMatchObject({
      metadata: { labels: { "rbac.kyverno.io/aggregate-to-cleanup-controller": "true" } },
      rules: [{ resources: ["clusterrolebindings", "rolebindings"], verbs: ["delete", "list", "watch"] }],
    });
  });

  it("lets a rescuer change workloads where only delivery writes, and neither read secrets nor enter pods", () => {
    const authorize = authorizerOf(rendered(platformWith(incident), "production"));
    const may = (verb: string, resource: string, apiGroup = "", namespace = "team-backend"): boolean =>
      authorize(memberOf("break-glass-payment"), { verb, resource, apiGroup, namespace }).allowed;
    expect(may("patch", "deployments", "apps")).toBe(true);
    expect(may("patch", "deployments", "apps", "team-frontend")).toBe(false);
    expect(may("get", "secrets")).toBe(false);
    expect(may("create", "pods/exec")).toBe(false);
    expect(may("create", "rolebindings", "rbac.authorization.k8s.io")).toBe(false);
  });

  it("may be the whole cluster's, with Kubernetes' own role", () => {
    const { team, ...everywhere } = incident;
    expect(team).toBeDefined();
    const platform = platformWith({ ...everywhere, role: "cluster-admin" });
    expect(breakGlassAccess.check?.(platform, {})).toEqual([]);
    expect(rendered(platform, "production").map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "ClusterRole break-glass-cleanup",
      "ClusterRoleBinding break-glass-payment-incident",
    ]);
  });

  it("is nothing without an entry", () => {
    expect(plan(platformWith(), [breakGlassAccess])).toEqual({ files: [], findings: [] });
  });
});

describe("the end of a break-glass", () => {
  it.each([
    ["2026-12-31", "warning", "ends today"],
    ["2026-12-30", "warning", "ends tomorrow"],
    ["2026-12-24", "warning", "ends in 7 days"],
  ])("is near on %s", (today, severity, message) => {
    expect(findings({}, today)).toMatchObject([
      { code: "expired", severity, message: expect.stringContaining(message) },
    ]);
  });

  it("is past on the day after, and stops the render", () => {
    expect(findings({}, "2027-01-01")).toMatchObject([
      {
        code: "expired",
        severity: "error",
        path: "breakGlass[payment-incident].until",
        hint: expect.stringContaining("remove the entry"),
      },
    ]);
  });

  it("is at most 90 days away", () => {
    expect(findings({}, "2026-10-02")).toEqual([]);
    expect(findings({}, "2026-10-01")).toMatchObject([
      { code: "invalid-field", severity: "error", message: "2026-12-31 is 91 days away" },
    ]);
  });

  it("counts days over a leap year and the change of clocks", () => {
    expect(findings({ until: "2028-03-01" }, "2028-02-28")).toMatchObject([
      { message: expect.stringContaining("in 2 days") },
    ]);
  });

  it("is nobody's to see without a day, and changes no file", () => {
    const texts = (today: string): string[] =>
      plan(platformWith(incident), [breakGlassAccess], { today }).files.map(({ text }) => text());
    expect(findings({})).toEqual([]);
    expect(texts("2026-11-21")).toEqual(texts("2027-06-01"));
  });
});

describe("what a break-glass may not give", () => {
  it.each([
    [{ role: "platform-admin" }, "conflicting-fields", "a role of the whole cluster"],
    [{ role: "cluster-admin" }, "conflicting-fields", "a role of the whole cluster"],
    [{ role: "admin" }, "invalid-field", "nobody may hold"],
    [{ role: "superuser" }, "unknown-reference", "there is no role"],
  ])("%o in a team's namespace", (changes, code, message) => {
    expect(findings(changes)).toMatchObject([
      { code, severity: "error", path: "breakGlass[payment-incident].role", message: expect.stringContaining(message) },
    ]);
  });

  it("a role of one namespace in the whole cluster", () => {
    const { team, ...everywhere } = incident;
    expect(team).toBeDefined();
    expect(breakGlassAccess.check?.(platformWith(everywhere), {})).toMatchObject([
      { code: "conflicting-fields", severity: "error", path: "breakGlass[payment-incident].role" },
    ]);
  });

  it("to a group that works in a team's namespace every day", () => {
    const guests = [{ group: "support", role: "namespace-viewer", because: "answers customers" }];
    const platform = examplePlatform({
      teams: [exampleTeam("backend", { tenancy: { bindings: guests } }), exampleTeam("frontend")],
      breakGlass: [{ ...incident, group: "support" }],
    });
    expect(breakGlassAccess.check?.(platform, {})).toMatchObject([
      { code: "conflicting-fields", severity: "error", path: "breakGlass[payment-incident].group" },
    ]);
  });

  it("where nothing deletes it, without a word", () => {
    const { components = [] } = examplePlatformInput();
    const platform = examplePlatform({
      breakGlass: [incident],
      components: components.filter(({ name }) => name !== "kyverno"),
    });
    expect(breakGlassAccess.check?.(platform, {})).toMatchObject([{ code: "without-effect", severity: "warning" }]);
    expect(rendered(platform, "production").map(({ metadata }) => metadata.name)).not.toContain("break-glass-cleanup");
  });
});
