import { except } from "@plinth/core";
import { examplePlatform, examplePlatformInput, platformOf } from "@plinth/core/testing";
import { alertPanel, linkedPanels, panelNumber, platformDashboardTopics, promql, runbookUrl } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { lintDashboard } from "../lint/lint-dashboard.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { queryText } from "../model/query.ts";
import { badAbove } from "../model/thresholds.ts";
import type { AlertPanel } from "./alert-panel.ts";
import { platformDashboard } from "./platform-dashboard.ts";
import { platformDashboardsOf } from "./platform-dashboards.ts";
import { topicRows } from "./rows/all-rows.ts";
import { platformTopics } from "./topics/all-topics.ts";

const softwares = [
  ...new Set(platformTopics.flatMap(({ overview }) => overview.flatMap(({ software }) => software ?? []))),
];
const input = examplePlatformInput();
/** A platform that runs everything that a panel may be about. */
const full = platformOf({
  ...input,
  policyExceptions: [
    except("disallow-host-path", {
      for: { team: "backend", resource: { kind: "DaemonSet", name: "log-shipper" } },
      because: "It reads the $logs of the node.",
      ticket: "SEC-212",
      approvedBy: "platform",
      owner: "backend",
      until: "2027-03-31",
    }),
  ],
  components: [
    ...(input.components ?? []),
    ...softwares.map((software, index) => ({ name: `part-${index}`, namespace: "monitoring", software })),
  ],
});
const platform = examplePlatform();

const restarts: AlertPanel = {
  alert: "PodRestartsOften",
  topic: "workloads",
  expression: promql(
    "sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total[1h])) > 3 and on (namespace, pod) max by (namespace, pod) (kube_pod_status_ready) == 0",
  ),
  labels: ["namespace", "pod"],
  for: "15m",
  summary: "Pod {{ $labels.namespace }}/{{ $labels.pod }} restarts often",
  impact: "It serves nothing.",
};

function workloads(...alerts: readonly AlertPanel[]): Dashboard {
  const [dashboard] = platformDashboardsOf(platform, alerts);
  if (dashboard === undefined) throw new Error("no dashboard");
  return dashboard;
}

function alertsRow(dashboard: Dashboard) {
  return dashboard.rows.find(({ id }) => id === "alerts");
}

describe("the topics", () => {
  it("are those that alerts can name, each once", () => {
    expect(platformTopics.map(({ name }) => name).toSorted()).toEqual(platformDashboardTopics.toSorted());
  });

  it.each(platformTopics.map((topic) => [topic.name, topic] as const))(
    "have an overview without findings, whatever the platform runs: %s",
    (_, topic) => {
      const dashboard = platformDashboard(full, topic, []);
      const detailed = topicRows.filter((detail) => detail.topic === topic.name).map(({ id }) => id);
      expect(dashboard.rows.map(({ id }) => id)).toEqual(["overview", ...detailed]);
      expect(dashboard.rows[0]?.panels).toHaveLength(topic.overview.length);
      expect(lintDashboard(dashboardJson(dashboard), { exclusions: dashboard.exclusions })).toEqual([]);
    },
  );

  it("tell until when an exception holds, to the end of its last day", () => {
    const [policies] = platformTopics.filter(({ name }) => name === "policies");
    if (policies === undefined) throw new Error("no topic");
    const exceptions = platformDashboard(full, policies, []).rows.find(({ id }) => id === "exceptions");
    const [asked] = exceptions?.panels[0]?.queries ?? [];
    expect(asked).toMatchObject({ expr: expect.stringContaining('vector(1806537600) - time(), "exception"') });
    expect(platformDashboard(platform, policies, []).rows.map(({ id }) => id)).not.toContain("exceptions");
  });

  it("show only what the platform runs", () => {
    const [security] = platformTopics.filter(({ name }) => name === "security");
    if (security === undefined) throw new Error("no topic");
    const titles = platformDashboard(platform, security, []).rows.flatMap(({ panels }) =>
      panels.map(({ title }) => title),
    );
    expect(titles).toContain("Refused by the API");
    expect(titles).not.toContain("Detections");
  });
});

describe("the panel of an alert", () => {
  it("draws what the alert measures, narrowed to what is chosen, with its threshold and its runbook", () => {
    expect(alertsRow(workloads(restarts))?.panels).toMatchObject([
      {
        id: "alert-PodRestartsOften",
        title: "PodRestartsOften",
        unit: "short",
        thresholds: badAbove({ bad: 3 }),
        queries: [
          {
            name: "A",
            legend: "{{namespace}} {{pod}}",
            expr: 'sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total{namespace=~"$namespace"}[1h]))',
          },
        ],
        description:
          "Pod `namespace`/`pod` restarts often. It serves nothing. Fires when this is above 3 for 15m, and its other conditions hold.",
        links: [{ title: "Runbook", url: runbookUrl(platform, "PodRestartsOften") }],
      },
    ]);
  });

  it("has the number that links lead to", () => {
    const { row, panel } = alertPanel("PodRestartsOften");
    expect(dashboardJson(workloads(restarts))).toContain(`"id": ${panelNumber(row, panel)},`);
  });

  it("is one for alerts of a name that teams have otherwise, without a line that would be only one's", () => {
    const strict = {
      ...restarts,
      expression: promql("sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total[1h])) > 1"),
    };
    const panels = alertsRow(workloads(restarts, strict))?.panels ?? [];
    expect(panels).toHaveLength(1);
    expect(panels[0]?.queries.map(({ name }) => name)).toEqual(["A", "B"]);
    expect(panels[0]).not.toHaveProperty("thresholds");
  });

  it("leaves out only the rules that it cannot follow, and the rest finds nothing", () => {
    const slow = {
      ...restarts,
      alert: "DnsSlow",
      labels: [],
      expression: promql(
        "histogram_quantile(0.99, sum by (le) (rate(coredns_dns_request_duration_seconds_bucket[5m]))) > 1",
      ),
    };
    const dashboard = workloads(restarts, slow);
    expect(dashboard.exclusions.filter(({ panel }) => panel !== undefined)).toMatchObject([
      { rule: "target-rate-interval", panel: "DnsSlow" },
    ]);
    expect(lintDashboard(dashboardJson(dashboard), { exclusions: dashboard.exclusions })).toEqual([]);
  });
});

describe("a dashboard of the platform", () => {
  it("is made for topics that an alert or a promise is about, and for no other", () => {
    const uids = platformDashboardsOf(platform, [restarts], [{ topic: "dns", subject: "dns" }]).map(({ uid }) => uid);
    expect(uids).toEqual(["platform-dns", "platform-workloads"]);
  });

  it("shows how the platform keeps a promise, in the panel that links lead to", () => {
    const [dns] = platformDashboardsOf(platform, [], [{ topic: "dns", subject: "dns" }]);
    const row = dns?.rows.find(({ id }) => id === linkedPanels.burnRate.row);
    const panel = row?.panels.find(({ id }) => id === linkedPanels.burnRate.panel);
    expect(panel?.queries.map(queryText)).toContain('slo:current_burn_rate:ratio{sloth_service="dns"}');
  });
});
