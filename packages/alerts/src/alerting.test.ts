import {
  type Component,
  environmentNamed,
  hasErrors,
  labelKeys,
  type PlannedFile,
  type Platform,
  plan,
  type Resource,
} from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleTeam } from "@plinth/core/testing";
import { platformDashboardTopics, platformDashboardUid, runbookUrl, serviceDashboardUid } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { alertGroups } from "./alert-groups.ts";
import { alertComponents, alerting } from "./alerting.ts";
import { platformAlerts, serviceAlerts } from "./catalogue.ts";
import { nodeNotReady } from "./cluster/node-not-ready.ts";
import { clusterWideAlerts } from "./routing/inhibition-rules.ts";

const platform = examplePlatform();

function filesOf(
  components: readonly Component[] = alertComponents,
  about: Platform = platform,
): readonly PlannedFile[] {
  return plan(about, components).files;
}

function rulesIn(files: readonly PlannedFile[]): readonly Readonly<Record<string, unknown>>[] {
  return files.flatMap(({ resource }) =>
    resource?.kind === "PrometheusRule" ? rulesOf(resource).filter((rule) => "alert" in rule) : [],
  );
}

function rulesOf({ spec }: Resource): readonly Readonly<Record<string, unknown>>[] {
  const isRules = (
    value: unknown,
  ): value is { readonly groups: readonly { readonly rules: readonly Readonly<Record<string, unknown>>[] }[] } =>
    typeof value === "object" && value !== null && "groups" in value;
  return isRules(spec) ? spec.groups.flatMap(({ rules }) => rules) : [];
}

describe("the alerts of a platform", () => {
  it("have names of their own", () => {
    const names = [...platformAlerts, ...serviceAlerts].map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it("lead to dashboards that the platform has, or each service", () => {
    const uids = new Set([
      ...platformDashboardTopics.map(platformDashboardUid),
      ...platform.services.map(({ name }) => serviceDashboardUid(name)),
    ]);
    const groups = platform.environments.flatMap((environment) => alertGroups(platform, environment));
    const linked = groups.flatMap(({ alerts }) => alerts.flatMap(({ dashboard }) => dashboard ?? []));
    expect(linked.filter((uid) => !uids.has(uid))).toEqual([]);
    expect(linked.length).toBeGreaterThan(0);
  });

  it("include those that say that the cluster itself does not work", () => {
    const names = new Set(platformAlerts.map(({ name }) => name));
    expect(clusterWideAlerts.filter((name) => !names.has(name))).toEqual([]);
  });

  it("have no finding", () => {
    expect(plan(platform, alertComponents).findings).toEqual([]);
  });

  it("are one PrometheusRule for each category and each service, where Prometheus is", () => {
    const folder = "foundation/overlays/production/alert-rules/monitoring/prometheusrule-";
    const rendered = filesOf().flatMap(({ path }) => (path.startsWith(folder) ? [path.slice(folder.length)] : []));
    const groups = alertGroups(platform, environmentNamed(platform, "production")).map(({ name }) => `${name}.yaml`);
    expect(rendered.toSorted()).toEqual(groups.toSorted());
    expect(rendered).toContain("platform-alerts-cluster.yaml");
    expect(rendered).toContain("service-alerts-checkout.yaml");
  });

  it("each lead to a runbook that is rendered with them, and no runbook is without an alert", () => {
    const files = filesOf();
    const rendered = files
      .filter(({ path }) => path.startsWith("runbooks/"))
      .map(({ path }) => path.replace(/^runbooks\/(.*)\.md$/, "$1"));
    const linked = rulesIn(files).map(({ annotations }) =>
      typeof annotations === "object" && annotations !== null ? Reflect.get(annotations, "runbook_url") : undefined,
    );
    expect(new Set(linked)).toEqual(new Set(rendered.map((name) => runbookUrl(platform, name))));
  });

  it("are labelled as their Prometheus selects them", () => {
    const rules = filesOf(alerting({ ruleLabels: { release: "kube-prometheus-stack" } })).filter(
      ({ resource }) => resource?.kind === "PrometheusRule",
    );
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.every(({ resource }) => resource?.metadata.labels?.["release"] === "kube-prometheus-stack")).toBe(
      true,
    );
  });

  it("of a service belong to its team and its tier", () => {
    const checkout = filesOf().find(({ path }) =>
      path.endsWith("production/alert-rules/monitoring/prometheusrule-service-alerts-checkout.yaml"),
    );
    expect(checkout?.resource?.metadata.labels).toMatchObject({
      [labelKeys.team]: "backend",
      [labelKeys.tier]: "critical",
    });
  });

  it("of a service are made where it runs", () => {
    const [frontend, checkout, mailer] = examplePlatformInput().services;
    const partial = examplePlatform({
      services: [frontend, checkout, mailer].flatMap((service) =>
        service === undefined
          ? []
          : service.name === "mailer"
            ? [{ ...service, environments: ["development"] }]
            : [service],
      ),
    });
    const mailers = filesOf(alertComponents, partial).filter(({ path }) => path.includes("mailer"));
    expect(mailers.map(({ entry }) => entry.environment)).toEqual(["development"]);
    const runbook = filesOf(alertComponents, partial).find(({ path }) => path === "runbooks/HighErrorRate.md");
    expect(runbook?.text()).toContain("| mailer | null | not there |");
  });

  it("are none on a platform where nothing scrapes and nothing routes", () => {
    const bare = filesOf(alertComponents, examplePlatform({ components: [] }));
    expect(bare.filter(({ resource }) => resource !== undefined)).toEqual([]);
  });

  it("may be others, and are then checked", () => {
    const wrong = alerting({ alerts: [{ ...nodeNotReady, summary: "{{ $labels.instance }}" }], serviceAlerts: [] });
    const { files, findings } = plan(platform, wrong);
    expect(findings).toMatchObject([
      { code: "unknown-reference", component: "alert-rules", path: "alerts[NodeNotReady].summary" },
    ]);
    expect(rulesIn(files)).toHaveLength(platform.environments.length);
  });

  it("belong to the team that is said to run the platform", () => {
    const own = alerting({ platformTeam: "backend" });
    expect(rulesIn(filesOf(own)).find(({ alert }) => alert === "NodeNotReady")).toMatchObject({
      labels: { team: "backend" },
    });
    expect(hasErrors(plan(platform, alerting({ platformTeam: "nobody" })).findings)).toBe(true);
  });
});

describe("the Secret of the routing", () => {
  it("is what the Alertmanager of an environment reads", () => {
    const secret = filesOf().find(
      ({ path }) =>
        path === "foundation/overlays/development/alert-routing/monitoring/secret-alertmanager-platform.yaml",
    );
    const data = secret?.resource?.["stringData"];
    expect(secret?.resource).toMatchObject({
      type: "Opaque",
      metadata: { name: "alertmanager-platform", namespace: "monitoring" },
    });
    expect(Object.keys(typeof data === "object" && data !== null ? data : {})).toEqual([
      "alertmanager.yaml",
      "plinth.tmpl",
    ]);
  });

  it("has every template that the receivers name", () => {
    for (const { resource } of filesOf().filter(({ resource }) => resource?.kind === "Secret")) {
      const data = JSON.stringify(resource?.["stringData"]);
      const named = [...data.matchAll(/template \\+"(plinth[\w.]*)\\+"/g)].map(([, name]) => name);
      const defined = [...data.matchAll(/define \\+"(plinth[\w.]*)\\+"/g)].map(([, name]) => name);
      expect(named.filter((name) => !defined.includes(name))).toEqual([]);
    }
  });

  it("reaches the team of each alert that a namespace owns", () => {
    const production = environmentNamed(platform, "production");
    expect(production.paging).toMatchObject({ critical: "pagerduty", warning: "chat", info: "email" });
    expect(
      platformAlerts.filter(({ owner }) => owner === "namespace").every(({ labels }) => labels.includes("namespace")),
    ).toBe(true);
  });

  it("tells a team that runs the platform and its own services through one receiver", () => {
    const input = examplePlatformInput();
    const quota = exampleTeam("platform").quotas;
    const owned = examplePlatform({
      teams: [
        ...input.teams,
        exampleTeam("platform", { quotas: quota, groups: { admins: "a-admins", viewers: "a-viewers" } }),
      ],
    });
    const receivers = filesOf(alertComponents, owned)
      .filter(({ path }) => path.includes("production/alert-routing"))
      .map(({ text }) => text());
    expect(receivers.join("").match(/name: platform-chat/g)).toHaveLength(1);
  });
});
