import { environmentNamed, type OverrideOptions, override, type Platform, plan } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { greaterThan, max, metric, printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import { alertFindings } from "../alert/alert-findings.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";
import { platformGroups } from "../alert-groups.ts";
import { alerting } from "../alerting.ts";
import { nodeNotReady } from "../cluster/node-not-ready.ts";
import { effectiveAlerts } from "./effective-alerts.ts";
import { readThreshold } from "./threshold.ts";

const restarts = metric("kube_pod_container_status_restarts_total");
const where = { namespace: "team-backend", pod: "cart-1", container: "cart" };

/** Restarts of a container, more than are allowed: an alert about namespaces that can be set. */
const manyRestarts: Alert = defineTunableAlert({ value: 5, unit: "count" }, (limit) =>
  defineAlert({
    name: "ManyRestarts",
    category: "workloads",
    severity: "warning",
    owner: "namespace",
    labels: ["namespace"],
    expr: greaterThan(max(restarts, { by: ["namespace"] }), limit),
    for: "10m",
    summary: ({ namespace }) => `Restarts in ${namespace}`,
    description: ({ namespace }) => `More than ${limit} restarts in ${namespace} for 10 minutes.`,
    impact: "Requests fail.",
    runbook: { meaning: "m", impact: "i", diagnosis: [{ text: "d" }], mitigation: [{ text: "m" }] },
    fires: [
      {
        name: "there are more",
        labels: { namespace: "team-backend" },
        after: "1m",
        until: "20m",
        series: [series(restarts, where, steady(0, "1m"), steady(limit + 1, "19m"), steady(0))],
      },
    ],
    quiet: [{ name: "there are none", series: [series(restarts, where, growing({ from: 0, perMinute: 0 }))] }],
  }),
);

function platformWith(...overrides: readonly (readonly [string, OverrideOptions])[]): Platform {
  return examplePlatform({ alertOverrides: overrides.map(([alert, options]) => override(alert, options)) });
}

function inProduction(alert: Alert, ...overrides: readonly OverrideOptions[]): readonly Alert[] {
  const platform = platformWith(...overrides.map((options): [string, OverrideOptions] => [alert.name, options]));
  return effectiveAlerts(platform, environmentNamed(platform, "production"), alert, "platform");
}

const because = "It is known.";

describe("an alert of an environment", () => {
  it("is the alert itself where nothing is said of it", () => {
    expect(inProduction(manyRestarts)).toEqual([manyRestarts]);
    expect(inProduction(manyRestarts, { in: "development", off: true, because })[0]).toBe(manyRestarts);
  });

  it("has another threshold in expression, texts and scenarios", () => {
    const [alert] = inProduction(manyRestarts, { threshold: 9, because });
    expect(alert && printPromqlLine(alert.expr)).toContain("> 9");
    expect(alert?.description).toContain("More than 9 restarts");
    expect(alert?.fires[0]?.series[0]?.samples[1]).toEqual({ value: 10, lasts: "19m" });
    expect(alert && alertFindings(alert)).toEqual([]);
  });

  it("has another duration, of which the text tells, and a scenario that lasts", () => {
    const [alert] = inProduction(manyRestarts, { for: "1h", because });
    expect(alert).toMatchObject({ for: "1h", description: expect.stringContaining("for 1 hour") });
    expect(alert?.fires[0]).not.toHaveProperty("until");
    expect(alert?.fires[0]?.series[0]?.samples).toEqual([{ value: 0, lasts: "1m" }, { value: 6 }]);
    expect(inProduction(manyRestarts, { for: "15m", because })[0]?.fires[0]).toMatchObject({ until: "20m" });
  });

  it("is not there where it is off, and is milder where that is said", () => {
    expect(inProduction(manyRestarts, { in: "production", off: true, because })).toEqual([]);
    expect(inProduction(manyRestarts, { severity: "info", because })).toMatchObject([{ severity: "info" }]);
  });

  it("does not look at namespaces that are left out, and a scenario proves it", () => {
    const [alert] = inProduction(manyRestarts, { excludedNamespaces: ["team-backend"], because });
    expect(alert && printPromqlLine(alert.expr)).toContain('{namespace!="team-backend"}');
    expect(alert?.fires[0]?.labels).toEqual({ namespace: "elsewhere" });
    expect(alert?.quiet.at(-1)?.series[0]?.labels["namespace"]).toBe("team-backend");
    const [two] = inProduction(manyRestarts, { excludedNamespaces: ["b", "a"], because });
    expect(two && printPromqlLine(two.expr)).toContain('{namespace!~"a|b"}');
  });

  it("is one for a team that has it otherwise, and one for the rest", () => {
    const alerts = inProduction(manyRestarts, { teams: ["backend"], threshold: 50, because });
    expect(alerts.map(({ expr }) => printPromqlLine(expr))).toEqual([
      'max by (namespace) (kube_pod_container_status_restarts_total{namespace!="team-backend"}) > 5',
      'max by (namespace) (kube_pod_container_status_restarts_total{namespace="team-backend"}) > 50',
    ]);
    expect(alerts.map(({ owner }) => owner)).toEqual(["namespace", { team: "backend" }]);
  });

  it("takes of two overrides what the narrower one says", () => {
    const general = { threshold: 7, severity: "info" as const, because };
    expect(inProduction(manyRestarts, { in: "production", threshold: 8, because }, general)).toMatchObject([
      { threshold: { value: 8 }, severity: "info" },
    ]);
  });
});

describe("the rules", () => {
  it("say in an annotation what is otherwise and why, and so does the runbook", () => {
    const platform = platformWith(["NodeNotReady", { in: "production", for: "30m", because }]);
    const { files, findings } = plan(platform, alerting({ alerts: [nodeNotReady], serviceAlerts: [] }));
    expect(findings).toEqual([]);
    const rules = files.find(({ path }) => path.includes("production") && path.includes("platform-alerts-cluster"));
    expect(rules?.text()).toContain('override: "for 30m: It is known."');
    const runbook = files.find(({ path }) => path === "runbooks/NodeNotReady.md");
    expect(runbook?.text()).toContain("| production | everything | for 30m: It is known. |");
  });

  it("of environments in which nothing is otherwise are the same object", () => {
    const platform = platformWith(["NodeNotReady", { in: "production", off: true, because }]);
    const groups = (name: string): readonly object[] =>
      platformGroups(platform, environmentNamed(platform, name), selection);
    const selection = { alerts: [nodeNotReady, manyRestarts] };
    expect(groups("development")).toHaveLength(2);
    expect(groups("production")).toEqual([groups("development")[1]]);
    expect(groups("production")[0]).toBe(groups("development")[1]);
  });
});

describe("a threshold", () => {
  it.each([
    ["5%", "ratio", 0.05],
    [0.05, "ratio", 0.05],
    ["10m", "seconds", 600],
    ["2d", "timestamp", 172_800],
    ["2Gi", "bytes", 2_147_483_648],
    ["500m", "cores", 0.5],
    [3, "count", 3],
  ] as const)("of %s in %s is %d", (written, unit, value) => {
    expect(readThreshold(written, { unit, value: 0.5 })).toEqual({ value });
  });

  it.each([
    ["5%", "seconds"],
    ["10m", "ratio"],
    ["10m", "count"],
    ["2Gi", "ratio"],
    [5, "ratio"],
  ] as const)("of %s is none in %s", (written, unit) => {
    expect(readThreshold(written, { unit, value: 0.5 })).toHaveProperty("problem");
  });
});

describe("an override is found fault with", () => {
  const found = (...overrides: readonly (readonly [string, OverrideOptions])[]): readonly unknown[] =>
    plan(
      platformWith(...overrides),
      alerting({ alerts: [nodeNotReady, manyRestarts], serviceAlerts: [] }),
    ).findings.map(({ code, path }) => `${code} ${path?.replace(/^alertOverrides\[.*?\]\./, "")}`);

  it("when there is no such alert, with the nearest", () => {
    const { findings } = plan(platformWith(["NodeNotRaedy", { off: true, because }]), alerting());
    expect(findings).toMatchObject([
      {
        code: "unknown-reference",
        message: 'there is no alert "NodeNotRaedy"',
        example: 'override("NodeNotReady", { … })',
      },
    ]);
  });

  it("when the threshold is of another unit, or may not be set", () => {
    expect(found(["ManyRestarts", { threshold: "5%", because }])).toEqual(["invalid-field threshold"]);
    expect(found(["NodeNotReady", { threshold: 5, because }])).toEqual(["conflicting-fields threshold"]);
  });

  it("when the alert is not about namespaces, or not of the team", () => {
    expect(found(["NodeNotReady", { excludedNamespaces: ["x"], because }])).toEqual([
      "conflicting-fields excludedNamespaces",
    ]);
    expect(found(["NodeNotReady", { teams: ["backend"], off: true, because }])).toEqual(["without-effect teams"]);
  });

  it("when it changes nothing", () => {
    expect(found(["ManyRestarts", { threshold: 5, because }])).toEqual(["without-effect threshold"]);
    expect(found(["ManyRestarts", { for: "10m", severity: "warning", because }])).toEqual([
      "without-effect for",
      "without-effect severity",
    ]);
  });

  it("when two say different things of one place, and neither is the exception", () => {
    expect(
      found(
        ["ManyRestarts", { in: ["production", "development"], for: "20m", because }],
        ["ManyRestarts", { in: "production", for: "30m", because }],
      ),
    ).toEqual(["conflicting-fields for"]);
    expect(
      found(["ManyRestarts", { for: "20m", because }], ["ManyRestarts", { in: "production", for: "30m", because }]),
    ).toEqual([]);
  });
});
