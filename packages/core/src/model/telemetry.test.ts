import { describe, expect, it } from "vitest";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "../testing.ts";
import { buildPlatform } from "./build-platform.ts";
import { definePlatform } from "./define.ts";
import { environmentNamed, serviceNamed, trafficIn } from "./dependencies.ts";
import type { ServiceTrafficInput } from "./service-traffic.ts";
import type { TelemetryInput } from "./telemetry.ts";
import type { MetricBackendInput } from "./telemetry-backends.ts";

const telemetry = exampleProduction().telemetry;
const { backends } = telemetry;

/** What is said of a platform whose production has other telemetry: path and message. */
function said(changes: object, environment: Parameters<typeof exampleProduction>[0] = {}): readonly string[] {
  const input = examplePlatformInput();
  const production = exampleProduction(environment);
  const changed = { ...production, telemetry: { ...production.telemetry, ...changes } };
  return buildPlatform(definePlatform({ ...input, environments: [exampleDevelopment(), changed] })).findings.map(
    ({ code, path, message }) => `${code} ${path}: ${message}`,
  );
}

const at = "environments[production].telemetry";

describe("the telemetry of an environment", () => {
  it("goes to one back end for each signal, or to several that have names", () => {
    const several: Partial<TelemetryInput> = {
      cloudRole: "telemetry",
      backends: {
        traces: [
          { name: "tempo", kind: "otlp-grpc", endpoint: "tempo.monitoring.svc:4317" },
          { name: "x-ray", kind: "x-ray", region: "eu-west-1" },
        ],
        metrics: [
          {
            name: "mimir",
            kind: "remote-write",
            endpoint: "https://mimir.example.com/api/v1/push",
            headers: { "X-Scope-OrgID": "shop", authorization: { secret: "mimir", key: "authorization" } },
          },
        ],
        logs: "http://loki.monitoring.svc:3100/otlp",
      },
    };
    const platform = examplePlatform({
      environments: [exampleDevelopment(), exampleProduction({ telemetry: { ...telemetry, ...several } })],
    });
    const parsed = environmentNamed(platform, "production").telemetry;
    expect(parsed.backends.traces.map(({ name }) => name)).toEqual(["tempo", "x-ray"]);
    expect(parsed.backends.logs).toEqual([
      { kind: "otlp-http", name: "logs", endpoint: "http://loki.monitoring.svc:3100/otlp", headers: {} },
    ]);
    expect(environmentNamed(platform, "development").telemetry).toMatchObject({
      backends: {
        traces: [{ kind: "otlp-grpc", name: "traces" }],
        metrics: [{ kind: "remote-write", name: "metrics" }],
      },
      keep: [],
      accepts: [],
      scrapes: [],
      redaction: { keys: [], values: {}, allow: [] },
    });
  });

  it.each([
    ["a share above 1", { sampling: { ...telemetry.sampling, high: 150 } }, "invalid-field", ".sampling.high: is 150"],
    [
      "a tier that there is not",
      { sampling: { ...telemetry.sampling, gold: 10 } },
      "unknown-field",
      '.sampling.gold: there is no field "gold"',
    ],
    [
      "an exporter without an end point",
      { backends: { ...backends, traces: [{ name: "tempo", kind: "otlp-grpc" }] } },
      "invalid-field",
      ".backends.traces[0].endpoint: is missing",
    ],
    [
      "an end point that is none",
      { backends: { ...backends, traces: "tempo" } },
      "invalid-field",
      '.backends.traces: "tempo" is not host:port',
    ],
    ["no back end at all", { backends: { ...backends, logs: [] } }, "invalid-field", ".backends.logs: is []"],
    [
      "two back ends of one name",
      {
        backends: {
          ...backends,
          metrics: [
            { name: "mimir", kind: "remote-write", endpoint: "https://a.example.com/push" },
            { name: "mimir", kind: "remote-write", endpoint: "https://b.example.com/push" },
          ] satisfies MetricBackendInput[],
        },
      },
      "duplicate-name",
      '.backends.metrics[1].name: telemetry.backends.metrics[0] is named "mimir" too',
    ],
    [
      "a secret in a header",
      {
        backends: {
          ...backends,
          logs: [
            {
              name: "loki",
              kind: "otlp-http",
              endpoint: "https://logs.example.com/otlp",
              headers: { Authorization: "Bearer abc" },
            },
          ],
        },
      },
      "invalid-field",
      ".backends.logs[0].headers.Authorization: is a secret in clear",
    ],
    [
      "a password in a URL",
      { backends: { ...backends, metrics: "https://shop:hunter2@metrics.example.com/write" } },
      "invalid-field",
      ".backends.metrics: has a user or a password in clear",
    ],
    [
      "a token in a query",
      { backends: { ...backends, logs: "https://logs.example.com/otlp?api_key=abc" } },
      "invalid-field",
      '.backends.logs: has "api_key" in clear',
    ],
    ["a protocol that nobody speaks", { accepts: ["zipkn"] }, "invalid-field", '.accepts[0]: is "zipkn"'],
    [
      "a pattern that RE2 does not know",
      { redaction: { values: { order: "(?<=order )[0-9]+" } } },
      "invalid-field",
      '.redaction.values.order: "(?<=order )[0-9]+" looks around or refers back, which RE2 does not',
    ],
    [
      "a pattern that finds everything",
      { redaction: { keys: [".*"] } },
      "invalid-field",
      '.redaction.keys[0]: ".*" matches an empty text',
    ],
    [
      "two jobs of one name",
      {
        scrapes: [
          { job: "billing", targets: ["billing.legacy.svc:9100"] },
          { job: "billing", targets: ["old.legacy.svc:9100"] },
        ],
      },
      "duplicate-name",
      '.scrapes[1].job: two jobs are named "billing"',
    ],
  ])("is refused %s, where it is written", (_, changes, code, message) => {
    expect(said(changes)).toEqual([`${code} ${at}${message}`]);
  });

  it("needs a cloud role for services of the cloud, unless the cloud itself says which role an account has", () => {
    const inCloud = { backends: { ...backends, traces: [{ name: "x-ray", kind: "x-ray" }] } };
    const { cluster } = exampleProduction();
    expect(said(inCloud)).toEqual([
      `invalid-field ${at}.cloudRole: is missing, and x-ray takes nothing from somebody whom the cloud does not know`,
    ]);
    expect(said({ ...inCloud, cloudRole: "telemetry" })).toEqual([]);
    expect(said(inCloud, { cluster: { ...cluster, workloadIdentity: "pod-identity" } })).toEqual([]);
  });
});

describe("the traffic of a service", () => {
  const { services } = examplePlatformInput();
  const withTraffic = (traffic: ServiceTrafficInput): typeof services =>
    services.map((service) => (service.name === "checkout" ? { ...service, traffic } : service));

  it("is said everywhere or by environment, and makes a span for the request and for each thing that it needs", () => {
    const platform = examplePlatform({
      services: withTraffic({ requestsPerSecond: { development: 1, production: 50 } }),
    });
    const checkout = serviceNamed(platform, "checkout");
    // Its database, its queue, and the payment provider.
    expect(trafficIn(checkout, environmentNamed(platform, "production"))).toEqual({
      requestsPerSecond: 50,
      spansPerRequest: 4,
    });
    expect(trafficIn(serviceNamed(platform, "mailer"), environmentNamed(platform, "production"))).toBeUndefined();
  });

  it("is said for each environment that it runs in", () => {
    const { findings } = buildPlatform(
      definePlatform({ ...examplePlatformInput(), services: withTraffic({ requestsPerSecond: { prod: 50 } }) }),
    );
    expect(findings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "services[checkout].traffic.requestsPerSecond.development: is missing",
      'services[checkout].traffic.requestsPerSecond.prod: there is no environment "prod"',
      "services[checkout].traffic.requestsPerSecond.production: is missing",
    ]);
  });
});
