import { type PlannedFile, type Platform, plan, type ServiceInput } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { dashboardUrl, linkedPanels, promqlFindings, sloDashboardUids, spanMetricBuckets } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { objectivesOf } from "./objectives/objectives-of.ts";
import { availability } from "./promises/availability.ts";
import { latency } from "./promises/latency.ts";
import { objectiveRules } from "./rules/objective-rules.ts";
import { serviceLevels, sloComponents } from "./service-levels.ts";
import { prometheusServiceLevelSpec } from "./sloth/prometheus-service-level.ts";
import { slothRuleGroups } from "./sloth/rule-groups.ts";

const input = examplePlatformInput();

function shopWith(changes: Partial<ServiceInput>): Platform {
  return examplePlatform({
    services: input.services.map((service) => (service.name === "checkout" ? { ...service, ...changes } : service)),
  });
}

function fileOf(files: readonly PlannedFile[], path: string): PlannedFile {
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new Error(`${path} is not among ${files.map((file) => file.path).join(", ")}`);
  return found;
}

describe("the service level objectives of a platform", () => {
  const platform = shopWith({
    promises: [
      availability(99.9),
      latency({ percentile: 95, below: "200ms" }),
      latency({ name: "tail", percentile: 99.5, below: "350ms", alerts: "ticket" }),
    ],
  });
  const { files, findings } = plan(platform, sloComponents);

  it("have no findings", () => expect(findings).toEqual([]));

  it("are Sloth's resource and the rules, for each service with promises, in its team's namespace", () => {
    expect(files.map(({ path }) => path).filter((path) => path.startsWith("application/production"))).toEqual([
      "application/production/backend/checkout/prometheusrule-checkout-slo.yaml",
      "application/production/backend/checkout/prometheusservicelevel-checkout-slo.yaml",
      "application/production/backend/mailer/prometheusrule-mailer-slo.yaml",
      "application/production/backend/mailer/prometheusservicelevel-mailer-slo.yaml",
      "application/production/frontend/frontend/prometheusrule-frontend-slo.yaml",
      "application/production/frontend/frontend/prometheusservicelevel-frontend-slo.yaml",
    ]);
    const level = fileOf(
      files,
      "application/production/backend/checkout/prometheusservicelevel-checkout-slo.yaml",
    ).resource;
    expect(level?.metadata).toMatchObject({ namespace: "team-backend", labels: { "plinth.dev/rules": "rendered" } });
  });

  it("say one thing: the rules are those of the resource beside them", () => {
    for (const environment of platform.environments) {
      for (const service of platform.services) {
        const objectives = objectivesOf(platform, environment, service);
        const spec = prometheusServiceLevelSpec(service.name, objectives);
        const folder = `application/${environment.name}/${service.team}/${service.name}`;
        expect(fileOf(files, `${folder}/prometheusservicelevel-${service.name}-slo.yaml`).resource?.["spec"]).toEqual(
          spec,
        );
        const groups = groupsOf(fileOf(files, `${folder}/prometheusrule-${service.name}-slo.yaml`).resource?.["spec"]);
        expect(groups.filter(({ name }) => name.startsWith("sloth-"))).toEqual(slothRuleGroups(spec));
        expect(groups).toEqual(objectives.flatMap((objective) => objectiveRules(objective)));
      }
    }
  });

  it("use only metrics and labels that the platform has", () => {
    const rules = files.flatMap(({ resource }) => groupsOf(resource?.["spec"])).flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(100);
    expect(rules.flatMap(({ expr }) => promqlFindings(expr))).toEqual([]);
  });

  it("count a latency promise in a bucket that the collectors are told to have", () => {
    const thresholds = platform.services.flatMap(({ promises = [] }) =>
      promises.flatMap((promise) => (promise.kind === "latency" ? [promise.below] : [])),
    );
    expect(thresholds).toEqual(["200ms", "350ms"]);
    for (const threshold of thresholds) expect(spanMetricBuckets(platform)).toContain(threshold);
  });

  it("explain each alert in a runbook, and no alert that nobody has", () => {
    const paths = files.map(({ path }) => path).filter((path) => path.startsWith("runbooks/"));
    expect(paths).toEqual([
      "runbooks/AvailabilityBudgetBurn.md",
      "runbooks/ErrorBudgetExhausted.md",
      "runbooks/ErrorBudgetLow.md",
      "runbooks/EventsBudgetBurn.md",
      "runbooks/LatencyBudgetBurn.md",
      "runbooks/SloMetricAbsent.md",
    ]);
    const named = files
      .flatMap(({ resource }) => groupsOf(resource?.["spec"]))
      .flatMap((group) => group.rules.flatMap((rule) => ("alert" in rule ? [rule] : [])));
    for (const rule of named) {
      expect(rule.annotations?.["runbook_url"]).toBe(
        `https://git.example.com/shop/platform/blob/main/rendered/runbooks/${rule.alert}.md`,
      );
      expect(paths).toContain(`runbooks/${rule.alert}.md`);
    }
    expect(fileOf(files, "runbooks/LatencyBudgetBurn.md").text()).toContain(
      "99.5 % of requests take at most 350ms, over 30 days | ticket |",
    );
    const quiet = plan(shopWith({ tier: "low" }), sloComponents).files.filter(
      ({ path }) => path === "runbooks/LatencyBudgetBurn.md",
    );
    expect(quiet[0]?.text()).not.toContain("checkout");
  });

  it("ask only about metrics that the platform has, in the runbooks, too", () => {
    const queries = files
      .filter(({ path }) => path.startsWith("runbooks/"))
      .flatMap((file) => [...file.text().matchAll(/```promql\n(.*?)```/gs)].map(([, query = ""]) => query));
    expect(queries.length).toBeGreaterThan(8);
    expect(queries.flatMap((query) => promqlFindings(query))).toEqual([]);
  });
});

interface AnyGroup {
  readonly name: string;
  readonly rules: readonly AnyRule[];
}

interface AnyRule {
  readonly alert?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

function isGroups(value: unknown): value is { readonly groups: readonly AnyGroup[] } {
  return typeof value === "object" && value !== null && "groups" in value;
}

function groupsOf(spec: unknown): readonly AnyGroup[] {
  return isGroups(spec) ? spec.groups : [];
}

describe("the alerts of a promise", () => {
  const alertsOf = (changes: Partial<ServiceInput>): readonly AnyRule[] =>
    plan(shopWith(changes), sloComponents)
      .files.filter(({ path }) => path === "application/production/backend/checkout/prometheusrule-checkout-slo.yaml")
      .flatMap(({ resource }) =>
        groupsOf(resource?.["spec"])
          .filter(({ name }) => name.startsWith("sloth-slo-alerts"))
          .flatMap(({ rules }) => rules),
      );

  it.each([
    ["page-and-ticket", ["critical", "warning"]],
    ["ticket", ["warning"]],
    ["none", []],
  ] as const)("%s", (alerts, severities) => {
    expect(
      alertsOf({ promises: [availability({ objective: 99.9, alerts })] }).map(({ labels }) => labels?.["severity"]),
    ).toEqual(severities);
  });

  it("say whose they are, what happens, and where to look", () => {
    const [page, ticket] = alertsOf({ promises: [availability(99.95)] });
    expect(page).toMatchObject({
      alert: "AvailabilityBudgetBurn",
      labels: {
        severity: "critical",
        sloth_severity: "page",
        service: "checkout",
        slo: "availability",
        team: "backend",
      },
      annotations: {
        summary: "{{ $value | humanizePercentage }} of the requests of checkout end in an error; 0.05 % may",
        description: "At this rate the error budget of 30 days lasts 5 days at most.",
        impact: "checkout is about to break its promise: 99.95 % of requests end without an error.",
        dashboard_url: dashboardUrl(examplePlatform(), "service-checkout", { panel: linkedPanels.burnRate }),
      },
    });
    expect(ticket).toMatchObject({
      alert: "AvailabilityBudgetBurn",
      labels: { severity: "warning", sloth_severity: "ticket" },
      annotations: {
        description: "At this rate the error budget of 30 days lasts 30 days at most.",
        // A ticket is about days: it leads to the dashboard of the one promise, which shows seven.
        dashboard_url: dashboardUrl(examplePlatform(), sloDashboardUids.detail, {
          variables: { environment: "production", service: "checkout", slo: "availability" },
        }),
      },
    });
  });

  it("differ in their labels where two promises of a kind have alerts of one name", () => {
    const alerts = alertsOf({
      promises: [latency({ percentile: 95, below: "200ms" }), latency({ name: "tail", percentile: 99, below: "1s" })],
    });
    expect(new Set(alerts.map(({ alert, labels }) => JSON.stringify([alert, labels]))).size).toBe(4);
  });
});

describe("what is counted", () => {
  const queriesOf = (platform: Platform, name: string): readonly unknown[] => {
    const [environment] = platform.environments.filter(({ production }) => production);
    const [service] = platform.services.filter((each) => each.name === name);
    if (environment === undefined || service === undefined) throw new Error("not in the example platform");
    return prometheusServiceLevelSpec(name, objectivesOf(platform, environment, service)).slos.map(
      ({ sli }) => sli.events,
    );
  };
  const spans = 'deployment_environment_name="production",service_name="checkout",span_kind="SPAN_KIND_SERVER"';

  it("requests that end in an error, and 0 of them before the first; nothing without traffic", () => {
    expect(queriesOf(shopWith({ promises: [availability(99.9)] }), "checkout")).toEqual([
      {
        errorQuery: `sum(rate(traces_span_metrics_calls_total{${spans},status_code="STATUS_CODE_ERROR"}[{{.window}}])) or vector(0)`,
        totalQuery: `sum(rate(traces_span_metrics_calls_total{${spans}}[{{.window}}])) > 0`,
      },
    ]);
  });

  it("requests that are not in the bucket of the promised time", () => {
    const count = `sum(rate(traces_span_metrics_duration_seconds_count{${spans}}[{{.window}}]))`;
    expect(queriesOf(shopWith({ promises: [latency({ percentile: 95, below: "200ms" })] }), "checkout")).toEqual([
      {
        errorQuery: `${count} - sum(rate(traces_span_metrics_duration_seconds_bucket{deployment_environment_name="production",le="0.2",service_name="checkout",span_kind="SPAN_KIND_SERVER"}[{{.window}}]))`,
        totalQuery: `${count} > 0`,
      },
    ]);
  });

  it("messages, for a consumer", () => {
    expect(JSON.stringify(queriesOf(examplePlatform(), "mailer"))).toContain("SPAN_KIND_CONSUMER");
  });
});

describe("options and mistakes", () => {
  it("labels that Prometheus selects rules by stand on the rules, not on Sloth's resource", () => {
    const { files } = plan(examplePlatform(), serviceLevels({ ruleLabels: { release: "kube-prometheus-stack" } }));
    const labelsOf = (kind: string): readonly unknown[] =>
      files
        .filter(({ resource }) => resource?.kind === kind)
        .map(({ resource }) => resource?.metadata.labels?.["release"]);
    expect(new Set(labelsOf("PrometheusRule"))).toEqual(new Set(["kube-prometheus-stack"]));
    expect(new Set(labelsOf("PrometheusServiceLevel"))).toEqual(new Set([undefined]));
  });

  it("Sloth's rules and nothing else, where that is asked for: no additions, and no page about them", () => {
    const { files, findings } = plan(examplePlatform(), serviceLevels({ mode: "sloth" }));
    expect(findings).toEqual([]);
    const groups = files.flatMap(({ resource }) => groupsOf(resource?.["spec"]));
    expect(groups.length).toBeGreaterThan(10);
    // The platform's own syncs wait for twenty of them: that Sloth cannot say.
    expect(groups.filter(({ name }) => !name.startsWith("sloth-slo-"))).toEqual([]);
    expect(files.map(({ path }) => path).filter((path) => path.startsWith("runbooks/"))).toEqual([
      "runbooks/AvailabilityBudgetBurn.md",
      "runbooks/EventsBudgetBurn.md",
      "runbooks/LatencyBudgetBurn.md",
    ]);
  });

  it("a promise that nothing counts is found", () => {
    const { findings, files } = plan(
      shopWith({ ports: { line: { port: 4000, protocol: "tcp" } }, promises: [availability(99)] }),
      sloComponents,
    );
    expect(findings).toMatchObject([
      { code: "conflicting-fields", path: "promises[availability]", component: "service-level-objectives" },
    ]);
    expect(files.some(({ path }) => path.includes("/checkout/"))).toBe(false);
  });

  it("a name that Sloth does not take is found, and no rules are made of it", () => {
    const { findings, files } = plan(
      shopWith({ promises: [availability({ objective: 99, name: "a" })] }),
      sloComponents,
    );
    expect(findings[0]).toMatchObject({ code: "invalid-field", path: "spec.slos[0].name" });
    expect(files.some(({ path }) => path.endsWith("prometheusrule-checkout-slo.yaml"))).toBe(false);
  });
});
