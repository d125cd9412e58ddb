import { type PlatformInput, teamNamed } from "@plinth/core";
import { examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { lintDashboard } from "../lint/lint-dashboard.ts";
import type { Dashboard, Panel } from "../model/dashboard.ts";
import { panelOf, singleValue, titles, valuesOf, viewOf } from "../service/service-view.fixture.ts";
import { teamDashboard } from "./team-dashboard.ts";

const { components = [] } = examplePlatformInput();
const everything: Partial<PlatformInput> = {
  components: [...components, { name: "opencost", namespace: "opencost" }],
  policyExceptions: [
    {
      name: "checkout-host-path",
      policy: "disallow-host-path",
      for: { service: "checkout" },
      because: "Reads the node's certificates | for now.",
      ticket: "SEC-1",
      approvedBy: "security",
      owner: "backend",
      until: "2027-03-31",
    },
  ],
};

function dashboardOf(team: string, changes: Partial<PlatformInput> = {}, environmentName = "production"): Dashboard {
  const { platform, environment } = viewOf("checkout", {}, changes, environmentName);
  return teamDashboard({ platform, environment, team: teamNamed(platform, team) });
}

const panel = (row: string, id: string, changes: Partial<PlatformInput> = {}): Panel =>
  panelOf(dashboardOf("backend", changes), row, id);

describe("a team's dashboard", () => {
  it("has the uid that links expect, and is found beside the team's services", () =>
    expect(dashboardOf("backend")).toMatchObject({
      uid: "overview-backend",
      title: "Team / backend",
      tags: ["plinth", "team", "team:backend"],
    }));

  it("shows what the platform can tell", () => {
    expect(titles(dashboardOf("backend"))).toEqual([
      "Services at a glance",
      "Promises and error budgets",
      "Quota and pods",
      "Delivery",
      "Policies",
    ]);
    expect(
      titles(dashboardOf("backend", { components: components.filter(({ name }) => name === "prometheus") })),
    ).toEqual(["Services at a glance", "Promises and error budgets", "Quota and pods"]);
    expect(titles(dashboardOf("backend", everything))).toEqual([
      "Services at a glance",
      "Promises and error budgets",
      "Quota and pods",
      "Delivery",
      "Policies",
      "Cost",
    ]);
  });

  it.each(["development", "production"])("follows every rule but those about scrape jobs in %s", (environment) => {
    for (const dashboard of [dashboardOf("backend", everything, environment), dashboardOf("frontend", {}, environment)])
      expect(lintDashboard(dashboardJson(dashboard), { exclusions: dashboard.exclusions })).toEqual([]);
  });

  it("shows no services and no promises of a team that has none", () => {
    const services = examplePlatformInput().services.filter(({ name }) => name === "checkout");
    const alone = services.map((service) => ({ ...service, calls: [], stores: [], produces: [] }));
    expect(titles(dashboardOf("frontend", { services: alone }))).toEqual(["Quota and pods", "Delivery", "Policies"]);
  });
});

describe("the services of a team", () => {
  const call = (service: string, kind: string, status: string): string =>
    `traces_span_metrics_calls_total{deployment_environment_name="production",service_name="${service}",span_kind="SPAN_KIND_${kind}",status_code="STATUS_CODE_${status}"}`;
  const series = {
    [call("checkout", "SERVER", "OK")]: "0+540x60",
    [call("checkout", "SERVER", "ERROR")]: "0+60x60",
    [call("mailer", "CONSUMER", "OK")]: "0+120x60",
    // Neither is another team's, nor what they ask of others.
    [call("frontend", "SERVER", "ERROR")]: "0+600x60",
    [call("mailer", "CLIENT", "ERROR")]: "0+600x60",
    'slo:period_error_budget_remaining:ratio{environment="production",team="backend",sloth_service="checkout",sloth_slo="availability"}':
      "0.7x60",
    'slo:period_error_budget_remaining:ratio{environment="production",team="backend",sloth_service="checkout",sloth_slo="latency"}':
      "0.4x60",
    'ALERTS{alertname="HighErrorRate",alertstate="firing",team="backend",service="checkout"}': "1x60",
    'ALERTS{alertname="PodCrashLooping",alertstate="firing",team="backend"}': "1x60",
  };
  const table = valuesOf(panel("services", "services"), series);
  const byService = (query: string): Record<string, number> =>
    Object.fromEntries((table[query] ?? []).map(({ labels, value }) => [Object.values(labels).join(), value]));

  it("stand in one line each: those that answer by requests, those that read by messages", () => {
    expect(byService("rate")).toEqual({ checkout: expect.closeTo(10), mailer: expect.closeTo(2) });
    expect(byService("errors")).toEqual({ checkout: expect.closeTo(0.1), mailer: 0 });
  });

  it("show the least budget and the alerts of each", () => {
    expect(byService("left")).toEqual({ checkout: expect.closeTo(0.4) });
    expect(byService("alerts")).toEqual({ checkout: 1 });
  });
});

describe("the quota of a team", () => {
  it("is what is taken of what there is, the fullest first", () => {
    const quota = (resource: string, type: string): string =>
      `kube_resourcequota{namespace="team-backend",resourcequota="team",resource="${resource}",type="${type}"}`;
    const { A: shares = [] } = valuesOf(panel("resources", "quota-in-use"), {
      [quota("pods", "used")]: "10x60",
      [quota("pods", "hard")]: "100x60",
      [quota("requests.cpu", "used")]: "15x60",
      [quota("requests.cpu", "hard")]: "20x60",
      // Nothing of it is allowed: no share.
      [quota("services.loadbalancers", "used")]: "0x60",
      [quota("services.loadbalancers", "hard")]: "0x60",
    });
    expect(shares.map(({ labels, value }) => [labels["resource"], value])).toEqual([
      ["requests.cpu", 0.75],
      ["pods", 0.1],
    ]);
  });
});

describe("what a team costs", () => {
  it("is what its pods take on each node, at the node's price", () => {
    const series = {
      'container_cpu_allocation{namespace="team-backend",pod="a",container="app",node="n1"}': "2x60",
      'container_cpu_allocation{namespace="team-frontend",pod="b",container="app",node="n1"}': "9x60",
      'container_memory_allocation_bytes{namespace="team-backend",pod="a",container="app",node="n1"}': `${4 * 1024 ** 3}x60`,
      'node_cpu_hourly_cost{node="n1",instance_type="m"}': "0.03x60",
      'node_ram_hourly_cost{node="n1",instance_type="m"}': "0.01x60",
    };
    expect(singleValue(panel("cost", "cost-of-a-month", everything), series)).toBeCloseTo(0.1 * 730);
  });
});

describe("the policies of a team", () => {
  it("are counted whatever kind they are of", () => {
    const { A: violations = [] } = valuesOf(panel("policies", "violations-by-policy", everything), {
      'kyverno_policy_results_total{resource_namespace="team-backend",policy_name="old",rule_result="fail"}': "0+1x60",
      'kyverno_policy_results_total{resource_namespace="team-backend",policy_name="old",rule_result="pass"}': "0+9x60",
      'kyverno_validating_policy_results_total{resource_namespace="team-backend",policy_name="new",result="fail"}':
        "0+2x60",
      'kyverno_validating_policy_results_total{resource_namespace="team-data",policy_name="other",result="fail"}':
        "0+2x60",
    });
    expect(violations.map(({ labels }) => labels["policy_name"])).toEqual(["new", "old"]);
  });

  it("name each exception with its last day", () => {
    const exceptions = panel("policies", "exceptions", everything);
    expect(exceptions.kind === "text" && exceptions.markdown.split("\n").at(-1)).toBe(
      "| `disallow-host-path` | 2027-03-31 | Reads the node's certificates \\| for now. | SEC-1 | backend |",
    );
  });
});
