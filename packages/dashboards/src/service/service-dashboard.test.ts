import { languages, type ServiceInput } from "@plinth/core";
import { exampleDevelopment, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { increase, linkedPanels, metric, type PanelPlace } from "@plinth/metrics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { lintDashboard } from "../lint/lint-dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { row } from "../model/row.ts";
import { redRow } from "./red-row.ts";
import { serviceDashboard, standardRows } from "./service-dashboard.ts";
import type { ServiceRow } from "./service-row.ts";
import { expressions, panelOf, titles, viewOf } from "./service-view.fixture.ts";

describe("a service's dashboard", () => {
  it.each([
    [
      "checkout",
      ["Golden signals", "Promises and error budget", "Dependencies", "Traces", "Logs", "Resources", "Runtime"],
    ],
    ["mailer", ["Messages", "Promises and error budget", "Traces", "Logs", "Resources"]],
  ])("shows what %s is: %j", (name, rows) =>
    expect(titles(serviceDashboard(viewOf(name)))).toEqual(["Is it broken, since when?", ...rows]),
  );

  it("shows both sides of a service that answers requests and consumes messages", () =>
    expect(
      titles(serviceDashboard(viewOf("mailer", { ports: { http: { port: 80, protocol: "http" } } }))).slice(1, 3),
    ).toEqual(["Golden signals", "Messages"]));

  it.each<[string, PanelPlace]>([
    ["checkout", linkedPanels.requestRate],
    ["checkout", linkedPanels.requestErrors],
    ["checkout", linkedPanels.requestDuration],
    ["checkout", linkedPanels.callErrors],
    ["checkout", linkedPanels.burnRate],
    ["mailer", linkedPanels.messageRate],
    ["mailer", linkedPanels.messageErrors],
    ["mailer", linkedPanels.messageDuration],
  ])("of %s has the panel that links lead to: %j", (name, { row: rowId, panel }) =>
    expect(panelOf(serviceDashboard(viewOf(name)), rowId, panel).id).toBe(panel),
  );

  it("shows what is counted elsewhere, too, of a service that serves nobody", () => {
    const promises = [
      { kind: "raw", name: "batches", objective: 99, errorRatio: "batch_errors:ratio_rate{{.window}}" },
    ] as const;
    const dashboard = serviceDashboard(viewOf("mailer", { consumes: [], promises: [...promises] }));
    expect(titles(dashboard)).toContain("Promises and error budget");
  });

  it("shows no golden signals of a service that has no spans of its own work", () =>
    expect(
      titles(serviceDashboard(viewOf("mailer", { consumes: [], ports: { raw: { port: 9000, protocol: "tcp" } } }))),
    ).toEqual(["Is it broken, since when?", "Traces", "Logs", "Resources"]));

  it("shows neither traces nor a runtime of a service that sends nothing", () =>
    expect(titles(serviceDashboard(viewOf("checkout", { instrumentation: "none" }))).slice(-2)).toEqual([
      "Logs",
      "Resources",
    ]));

  it("shows no budget for a service that promises nothing", () =>
    expect(titles(serviceDashboard(viewOf("checkout", { promises: [] })))).not.toContain("Promises and error budget"));

  it("has the uid that links to it expect, says whose it is, and is found by team and tier", () =>
    expect(serviceDashboard(viewOf("checkout"))).toMatchObject({
      uid: "service-checkout",
      title: "Service / checkout",
      description: "Takes the order. Tier critical, owned by the team backend (#team-backend).",
      tags: ["plinth", "service", "team:backend", "tier:critical"],
    }));

  it("leads to traces, logs, runbooks and the team's other dashboards", () =>
    expect(serviceDashboard(viewOf("checkout")).links).toMatchObject([
      { title: "Traces" },
      { title: "Logs" },
      { title: "Runbooks", url: "https://git.example.com/shop/platform/blob/main/rendered/runbooks/" },
      { title: "Team backend", url: "/d/overview-backend" },
      { title: "Other services", tags: ["team:backend"] },
    ]));

  it("takes rows of the service's own beside those that are made for any", () => {
    const restarts = timeseries(
      "Restarts",
      increase(metric("kube_pod_container_status_restarts_total"), "$__rate_interval"),
      {
        unit: "short",
        description: "d",
      },
    );
    expect(titles(serviceDashboard(viewOf("checkout"), [redRow(), row("Mine", [restarts])]))).toEqual([
      "Golden signals",
      "Mine",
    ]);
  });
});

describe("the golden signals", () => {
  const dashboard = serviceDashboard(viewOf("checkout"));

  it("count requests that the service answered, not those that it made", () =>
    expect(expressions(panelOf(dashboard, "requests", "rate"))).toEqual([
      'sum(rate(traces_span_metrics_calls_total{deployment_environment_name="production",service_name="checkout",span_kind="SPAN_KIND_SERVER",span_name=~"$operation"}[$__rate_interval]))',
    ]));

  it("show no errors as 0 and no traffic as nothing", () => {
    const all =
      'sum(rate(traces_span_metrics_calls_total{deployment_environment_name="production",service_name="checkout",span_kind="SPAN_KIND_SERVER",span_name=~"$operation"}[$__rate_interval]))';
    const failed = all.replace('"$operation"', '"$operation",status_code="STATUS_CODE_ERROR"');
    expect(expressions(panelOf(dashboard, "requests", "errors"))).toEqual([`(${failed} or ${all} * 0) / ${all}`]);
  });

  it("show latency as quantiles in seconds, with exemplars", () =>
    expect(panelOf(dashboard, "requests", "duration")).toMatchObject({
      unit: "s",
      queries: [
        { name: "p50", exemplars: false },
        { name: "p95", exemplars: true },
        { name: "p99", exemplars: false },
      ],
    }));

  it("lead from errors to failed traces, and from latency to what the environment calls slow", () => {
    const slow = viewOf(
      "checkout",
      {},
      {
        environments: [
          exampleDevelopment(),
          exampleProduction({ telemetry: { ...exampleProduction().telemetry, slowerThan: "1m30s" } }),
        ],
      },
    );
    const queries = (id: string) =>
      panelOf(serviceDashboard(slow), "requests", id).links.map(({ url }) => decodeURIComponent(url));
    expect(queries("errors")).toEqual([expect.stringContaining("kind = server && status = error")]);
    expect(queries("duration")).toEqual([expect.stringContaining("kind = server && duration > 90000ms")]);
  });

  it("judge by the service's promises, and by nothing else", () => {
    const promised = serviceDashboard(
      viewOf("checkout", {
        promises: [
          { kind: "availability", objective: 99.9 },
          { kind: "latency", objective: 95, below: "200ms" },
        ],
      }),
    );
    expect(panelOf(promised, "requests", "errors")).toHaveProperty("thresholds", {
      lowest: "good",
      steps: [
        { from: 0.001, state: "warning" },
        { from: 0.0144, state: "bad" },
      ],
    });
    expect(panelOf(promised, "requests", "duration")).toHaveProperty("thresholds", {
      lowest: "good",
      steps: [{ from: 0.2, state: "bad" }],
    });
    const silent = serviceDashboard(viewOf("checkout", { promises: [] }));
    expect(panelOf(silent, "requests", "errors")).not.toHaveProperty("thresholds");
    expect(panelOf(silent, "requests", "duration")).not.toHaveProperty("thresholds");
  });

  it("judge by the promises of the tier where the service says nothing", () => {
    expect(panelOf(dashboard, "requests", "errors")).toMatchObject({ thresholds: { steps: [{ from: 0.001 }, {}] } });
    expect(panelOf(dashboard, "requests", "duration")).toMatchObject({ thresholds: { steps: [{ from: 0.2 }] } });
  });

  it("draw the quantile that is promised, and a panel for each route that has a promise of its own", () => {
    const promised = serviceDashboard(
      viewOf("checkout", {
        promises: [
          { kind: "latency", name: "pay", objective: 99.9, below: "1s", route: "/pay/**" },
          { kind: "availability", name: "paid", objective: 99.99, route: "/pay/*/done" },
          { kind: "latency", objective: 90, below: "300ms" },
        ],
      }),
    );
    expect(panelOf(promised, "requests", "duration")).toMatchObject({
      thresholds: { steps: [{ from: 0.3 }] },
      queries: [{ legend: "p50" }, { legend: "p95" }, { legend: "p99" }, { name: "p90", legend: "p90" }],
    });
    expect(panelOf(promised, "requests", "errors")).not.toHaveProperty("thresholds");
    const pay = panelOf(promised, "requests", "promise-pay");
    expect(pay).toMatchObject({ title: "Latency of /pay/**, p99.9", thresholds: { steps: [{ from: 1 }] } });
    expect(expressions(pay)[0]).toContain('span_name=~"([A-Z]+ )?/pay(/.*)?"');
    const paid = panelOf(promised, "requests", "promise-paid");
    expect(paid).toMatchObject({ thresholds: { steps: [{ from: 0.0001 }, { from: 0.00144 }] } });
    expect(expressions(paid)[0]).toContain('span_name=~"([A-Z]+ )?/pay/[^/]*/done"');
  });

  it.each<[string, Partial<ServiceInput>, readonly string[] | undefined]>([
    ["Go that speaks gRPC", { language: "go" }, ["grpc", "grpc_number"]],
    ["Java that speaks HTTP", { language: "java", ports: { http: { port: 80, protocol: "http" } } }, ["http"]],
    ["C++, whose instrumentation counts no answers", { language: "cpp" }, undefined],
    ["Go that is not instrumented", { language: "go", instrumentation: "none" }, undefined],
  ])("tell errors by kind for %s: %j", (_, changes, names) => {
    const shown = serviceDashboard(viewOf("checkout", changes))
      .rows.flatMap(({ panels }) => panels)
      .find(({ id }) => id === "errors-by-kind");
    expect(shown?.queries.map(({ name }) => name)).toEqual(names);
  });
});

describe("the dependencies", () => {
  it("are the service's own calls, and lead to the dashboards of those that it calls", () => {
    const panel = panelOf(serviceDashboard(viewOf("frontend")), "dependencies", "errors-by-name");
    expect(expressions(panel)[0]).toContain('span_kind=~"SPAN_KIND_CLIENT|SPAN_KIND_PRODUCER"');
    expect(panel.links).toMatchObject([
      { title: "Failed traces" },
      { title: "checkout", url: "/d/service-checkout", keepTime: true },
    ]);
  });
});

describe("the resources", () => {
  it("are those of the pods that carry the service's label: names do not tell flagd's from flagd-ui's", () => {
    const [used] = expressions(panelOf(serviceDashboard(viewOf("checkout")), "resources", "cpu"));
    expect(used).toBe(
      'sum(rate(container_cpu_usage_seconds_total{container!="",namespace="team-backend"}[$__rate_interval]) * on (namespace, pod) group_left () ' +
        'group by (namespace, pod) (kube_pod_labels{label_app_kubernetes_io_name="checkout",namespace="team-backend"}))',
    );
  });
});

describe("every service's dashboard", () => {
  const port = fc.constantFrom("http", "grpc", "tcp", "prometheus");
  const service = fc.record({
    name: fc
      .stringMatching(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/)
      .filter((name) => !["frontend", "checkout", "mailer"].includes(name)),
    description: fc.option(fc.constantFrom("Pays.", 'Says "hello"', "50 % of $all ${work}", "Ünïcode — 日本"), {
      nil: undefined,
    }),
    tier: fc.constantFrom("critical", "high", "medium", "low"),
    ports: fc.uniqueArray(port, { maxLength: 3 }),
    calls: fc.subarray(["frontend", "checkout/grpc"]),
    language: fc.constantFrom(...languages),
    instrumentation: fc.constantFrom("automatic", "manual", "none"),
    consumes: fc.subarray(["events/orders"]),
    produces: fc.subarray(["events/orders"]),
    stores: fc.subarray(["orders-db"]),
    promises: fc.option(
      fc.subarray([
        { kind: "availability", objective: 99.99 } as const,
        { kind: "latency", objective: 95, below: "1d" } as const,
        {
          kind: "latency",
          name: "tail",
          objective: 99.95,
          below: "2s",
          route: "/a.b/{id}/**",
          calendar: "month",
        } as const,
        { kind: "availability", name: "mesh", objective: 99, period: "7d", from: "istio" } as const,
        { kind: "saturation", objective: 99, below: 80, of: "memory" } as const,
      ]),
      { nil: undefined },
    ),
  });

  it("follows every rule but those about scrape jobs, whatever the service is", () => {
    fc.assert(
      fc.property(service, ({ ports, description, promises, ...fields }) => {
        const input: ServiceInput = {
          ...fields,
          team: "backend",
          ports: Object.fromEntries(ports.map((protocol, index) => [protocol, { port: 8000 + index, protocol }])),
          ...(description === undefined ? {} : { description }),
          ...(promises === undefined ? {} : { promises }),
        };
        const example = examplePlatformInput();
        const view = viewOf(fields.name, {}, { services: [...example.services, input] }, "development");
        const dashboard = serviceDashboard(view);
        expect(lintDashboard(dashboardJson(dashboard), { exclusions: dashboard.exclusions })).toEqual([]);
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it("is made of rows that are functions of the view alone", () => {
    const view = viewOf("checkout");
    const made = (rows: readonly ServiceRow[]) => rows.map((make) => make(view));
    expect(made(standardRows())).toEqual(made(standardRows()));
  });
});
