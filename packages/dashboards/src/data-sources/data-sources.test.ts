import { environmentNamed, fieldAt, listAt, plan, readYamlDocuments, resourceFindings, textAt } from "@plinth/core";
import { examplePlatform, examplePlatformInput, platformOf } from "@plinth/core/testing";
import { spanMetrics } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { logqlFindings } from "../lint/languages/logql-findings.ts";
import { lokiLabels } from "../lint/languages/loki-labels.ts";
import type { DataSource } from "./data-source.ts";
import { grafanaDataSources } from "./data-source-component.ts";
import { dataSourcesOf } from "./data-sources-of.ts";
import { grafanaDatasource } from "./grafana-datasource.ts";
import { dataSourceConfigMap } from "./provisioning-config-map.ts";
import { logTags, metricTags } from "./settings.ts";

type Input = ReturnType<typeof examplePlatformInput>;
type EnvironmentChanges = Partial<Input["environments"][number]>;

const tempo = { name: "tempo", namespace: "monitoring", ports: { http: 3200 } };

function platformWith(changes: EnvironmentChanges = {}, delivery: "config-map" | "grafana-dashboard" = "config-map") {
  const input = examplePlatformInput();
  return platformOf({
    ...input,
    dashboards: { delivery },
    components: [...(input.components ?? []), tempo],
    environments: input.environments.map((environment) => ({ ...environment, ...changes })),
  });
}

function sourcesWith(changes: EnvironmentChanges = {}): ReadonlyMap<string, DataSource> {
  const platform = platformWith(changes);
  const sources = dataSourcesOf(platform, environmentNamed(platform, "production"));
  return new Map(sources.map((source) => [source.uid, source]));
}

function telemetryWith(backends: Partial<Input["environments"][number]["telemetry"]["backends"]>): EnvironmentChanges {
  const [environment] = examplePlatformInput().environments;
  if (environment === undefined) return {};
  const { telemetry } = environment;
  return { telemetry: { ...telemetry, cloudRole: "telemetry", backends: { ...telemetry.backends, ...backends } } };
}

describe("what Grafana asks", () => {
  it("answers under the uids by which alerts and other packages know it", () =>
    expect([...sourcesWith().keys()].filter((uid) => uid !== "alertmanager")).toEqual(["prometheus", "loki", "tempo"]));

  it.each([
    ["Prometheus", "http://prometheus.monitoring.svc:9090/api/v1/write", "http://prometheus.monitoring.svc:9090"],
    ["Mimir", "https://mimir.example.com/api/v1/push", "https://mimir.example.com/prometheus"],
    ["Grafana Cloud", "https://cloud.example.com/api/prom/push", "https://cloud.example.com/api/prom"],
  ])("is a %s where that is written to", (_, endpoint, url) =>
    expect(sourcesWith(telemetryWith({ metrics: endpoint })).get("prometheus")?.url).toBe(url),
  );

  it("is Amazon's Prometheus by signed requests", () => {
    const workspace = "ws-12345678-abcd-1234-abcd-123456789012";
    const metrics = [{ name: "amp", kind: "amp" as const, workspace, region: "eu-west-1" }];
    expect(sourcesWith({ ...telemetryWith({ metrics }) }).get("prometheus")).toMatchObject({
      url: `https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/${workspace}`,
      settings: { sigV4Auth: true, sigV4Region: "eu-west-1" },
    });
  });

  it("is what the model says where nothing follows from where telemetry is written", () => {
    const url = "http://tempo-query-frontend.monitoring.svc:3200";
    expect(sourcesWith({ dashboards: { dataSources: { traces: { url } } } }).get("tempo")?.url).toBe(url);
  });

  it("leads from each to the others: from a number to its trace, from a span to its logs and numbers, from a line to its trace", () => {
    const sources = sourcesWith();
    expect(fieldAt(sources.get("prometheus"), "settings", "exemplarTraceIdDestinations", 0)).toMatchObject({
      name: "trace_id",
      datasourceUid: "tempo",
    });
    expect(fieldAt(sources.get("loki"), "settings", "derivedFields", 0)).toMatchObject({
      matcherRegex: "trace_id",
      datasourceUid: "tempo",
      url: "${__value.raw}",
    });
    expect(sources.get("tempo")?.settings).toMatchObject({
      tracesToLogsV2: { datasourceUid: "loki" },
      tracesToMetrics: { datasourceUid: "prometheus" },
      serviceMap: { datasourceUid: "prometheus" },
    });
    expect(sources.get("tempo")?.correlations.map(({ targetUID }) => targetUID)).toEqual([
      "loki",
      "loki",
      "prometheus",
      "prometheus",
      "prometheus",
    ]);
  });

  it("leads nowhere that is not there", () => {
    const cloud = [{ name: "watch", kind: "cloudwatch-logs" as const, logGroup: "shop", logStream: "all" }];
    const sources = sourcesWith({ ...telemetryWith({ logs: cloud }) });
    expect(sources.has("loki")).toBe(false);
    expect(JSON.stringify([...sources.values()])).not.toContain('"loki"');
  });

  it("asks by labels that are there", () => {
    expect(logTags.filter(({ value }) => !lokiLabels.has(value))).toEqual([]);
    const names = new Set<string>(Object.values(spanMetrics.labels));
    expect(metricTags.filter(({ value }) => !names.has(value))).toEqual([]);
    const questions = sourcesWith().get("tempo")?.correlations ?? [];
    const logql = questions.filter(({ targetUID }) => targetUID === "loki");
    expect(logql.flatMap(({ config }) => logqlFindings(textAt(config.target, "expr")))).toEqual([]);
  });

  it("finds the attributes of a span's service in what Grafana makes of them, in either order", () => {
    const [logs] = sourcesWith().get("tempo")?.correlations ?? [];
    const expression = new RegExp(logs?.config.transformations[0]?.expression ?? "");
    const tags = [
      { key: "service.namespace", value: "shop" },
      { value: "checkout", key: "service.name" },
    ];
    expect(expression.exec(JSON.stringify(tags))?.[1]).toBe("checkout");
    expect(expression.exec(JSON.stringify(tags.toReversed()))?.[1]).toBe("checkout");
    expect(expression.exec(JSON.stringify([{ key: "service.named", value: "other" }]))).toBeNull();
  });
});

describe("a file of data sources", () => {
  const headers = { "X-Scope-OrgID": "shop$1", Authorization: { secret: "loki-reader", key: "token" } };
  const logs = [
    { name: "loki", kind: "otlp-http" as const, endpoint: "http://loki.monitoring.svc:3100/otlp", headers },
  ];
  const sources = [...sourcesWith(telemetryWith({ logs })).values()];
  const configMap = dataSourceConfigMap("monitoring", sources);
  const text = textAt(configMap, "data", "plinth.yaml");
  const file = readYamlDocuments(text).documents?.[0];

  it("is found by the sidecar", () =>
    expect(configMap).toMatchObject({
      kind: "ConfigMap",
      metadata: { name: "grafana-data-sources", namespace: "monitoring", labels: { grafana_datasource: "1" } },
    }));

  it("says what the sources are, once Grafana has filled in the environment", () => {
    const read = listAt(filledIn(file), "datasources");
    expect(read.map((source) => textAt(source, "uid"))).toEqual(sources.map(({ uid }) => uid));
    for (const [index, { uid, url, settings, correlations }] of sources.entries())
      expect(read[index]).toMatchObject({
        uid,
        url,
        jsonData: settings,
        ...(correlations.length === 0 ? {} : { correlations }),
      });
  });

  it("holds no secret: Grafana finds it in its environment", () => {
    const loki = listAt(file, "datasources").find((source) => textAt(source, "uid") === "loki");
    expect(fieldAt(loki, "jsonData")).toMatchObject({
      httpHeaderName1: "X-Scope-OrgID",
      httpHeaderName2: "Authorization",
    });
    expect(fieldAt(loki, "secureJsonData")).toEqual({
      httpHeaderValue1: "shop$$1",
      httpHeaderValue2: "$__env{LOKI_READER_TOKEN}",
    });
  });

  it("is an object of the operator for each source under the operator, which takes secrets from a Secret", () => {
    const loki = sources.find(({ uid }) => uid === "loki");
    const resource = loki === undefined ? undefined : grafanaDatasource("monitoring", loki);
    expect(resource).toMatchObject({
      kind: "GrafanaDatasource",
      metadata: { name: "loki" },
      spec: {
        uid: "loki",
        datasource: { secureJsonData: { httpHeaderValue1: "shop$1", httpHeaderValue2: "${token}" } },
        valuesFrom: [
          {
            targetPath: "secureJsonData.httpHeaderValue2",
            valueFrom: { secretKeyRef: { name: "loki-reader", key: "token" } },
          },
        ],
      },
    });
    expect(resource === undefined ? [] : resourceFindings(resource)).toEqual([]);
  });

  it("is rendered beside Grafana, one for each environment, or the operator's objects", () => {
    const paths = (delivery: "config-map" | "grafana-dashboard"): string[] => {
      const { files, findings } = plan(platformWith({}, delivery), [grafanaDataSources]);
      expect(findings).toEqual([]);
      const folder = "foundation/overlays/production/grafana-data-sources/";
      return files.flatMap(({ path }) => (path.startsWith(`${folder}monitoring/`) ? [path.slice(folder.length)] : []));
    };
    expect(paths("config-map")).toEqual(["monitoring/configmap-grafana-data-sources.yaml"]);
    expect(paths("grafana-dashboard")).toContain("monitoring/grafanadatasource-tempo.yaml");
  });

  it("is not rendered where Grafana is elsewhere", () => {
    const components = (examplePlatformInput().components ?? []).filter(
      ({ roles }) => !roles?.includes("dashboard-server"),
    );
    expect(
      plan(examplePlatform({ components }), [grafanaDataSources]).files.filter(({ resource }) => resource),
    ).toEqual([]);
  });
});

/** As Grafana reads a text of the file: two `$` are one, and one would begin a variable. */
function filledIn(value: unknown): unknown {
  if (typeof value === "string") {
    const parts = value.split("$$");
    return parts.some((part) => part.includes("$") && !part.startsWith("$__env{")) ? "a variable" : parts.join("$");
  }
  if (Array.isArray(value)) return value.map(filledIn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filledIn(member)]));
}
