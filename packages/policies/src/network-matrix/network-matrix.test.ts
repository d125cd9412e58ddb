import type { Environment, Platform, PlatformInput, Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { dataStoreNetwork } from "../network/data-store-network.ts";
import { networkBaseline } from "../network/network-baseline.ts";
import { networkPolicy } from "../network/network-policy.ts";
import { podsIn } from "../network/peer.ts";
import { allow, tcp } from "../network/rule.ts";
import { serviceNetwork } from "../network/service-network.ts";
import { policiesIn, sharedPolicies } from "../network-lints/rendered-policies.ts";
import { clusterOf } from "../reachability/cluster-of.ts";
import { describeConnection } from "../reachability/connection.ts";
import { connections } from "../reachability/connections.ts";
import { judgedBy } from "../reachability/judged-connections.ts";
import { networkMatrix } from "./network-matrix.ts";

const components = [networkBaseline, serviceNetwork, dataStoreNetwork];

function environmentOf(platform: Platform, name: string): Environment {
  const environment = platform.environments.find((each) => each.name === name);
  if (environment === undefined) throw new Error(`there is no ${name}`);
  return environment;
}

function pageOf(platform: Platform, name: string, more: readonly Resource[] = []): string {
  const environment = environmentOf(platform, name);
  const cluster = clusterOf(platform, environment);
  const policies = [...sharedPolicies(platform, components), ...policiesIn(platform, environment, components), ...more];
  return networkMatrix(platform, environment, { cluster, policies, open: connections(cluster, policies) });
}

/** The lines below a heading, up to the next one. */
function below(page: string, heading: string): readonly string[] {
  const lines = page.split("\n");
  const start = lines.indexOf(heading) + 1;
  expect(start, heading).toBeGreaterThan(0);
  const end = lines.findIndex((line, index) => index >= start && line.startsWith("#"));
  return lines.slice(start, end === -1 ? undefined : end).filter((line) => line !== "");
}

const rowsBelow = (page: string, heading: string): readonly string[] =>
  below(page, heading).filter((line) => line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| | "));

const platform = examplePlatform();
const production = pageOf(platform, "production");

describe("the page of an environment", () => {
  test("says of a service who may connect to it, where it may connect to, and why", () => {
    expect(rowsBelow(production, "### checkout")).toEqual([
      "| from | monitoring/prometheus | TCP 9464 | scrapes metrics |",
      "| from | team-frontend/frontend | TCP 5050 | it calls grpc |",
      "| to | api.payments.example.net (203.0.113.0/24) | TCP 443 | external host |",
      "| to | events (10.30.80.0/20) | TCP 9092 | produces in kafka |",
      "| to | orders-db (10.30.64.0/20) | TCP 5432 | stores in postgresql |",
    ]);
    expect(rowsBelow(production, "### frontend")).toEqual([
      "| from | istio-system/istio-ingress | TCP 8080 | public port http |",
      "| to | team-backend/checkout | TCP 5050 | calls grpc |",
    ]);
  });

  test("says once what every pod may", () => {
    expect(rowsBelow(production, "## What every pod of a team may")).toEqual([
      "| to | DNS on its node | TCP 53 | names |",
      "| to | DNS on its node | UDP 53 | names |",
      "| to | kube-system/coredns | TCP 53 | names |",
      "| to | kube-system/coredns | UDP 53 | names |",
      "| to | opentelemetry/otel-agent | TCP 4317-4318 | telemetry |",
    ]);
  });

  test("has the data stores of its cluster", () => {
    const development = pageOf(platform, "development");
    expect(rowsBelow(development, "### orders-db")).toEqual([
      "| from | team-backend/checkout | TCP 5432 | it uses the postgresql |",
    ]);
    expect(rowsBelow(development, "### checkout")).toContain(
      "| to | team-backend/orders-db | TCP 5432 | stores in postgresql |",
    );
    expect(production).not.toContain("### orders-db");
  });

  test("names the hosts behind addresses, each of several at the same ones", () => {
    const withHosts = examplePlatform({
      services: examplePlatformInput().services.map((service) =>
        service.name === "checkout"
          ? {
              ...service,
              external: ["one", "two"].map((name) => ({
                host: `${name}.example.net`,
                port: 443,
                cidrs: "any-public" as const,
              })),
            }
          : service,
      ),
    });
    expect(rowsBelow(pageOf(withHosts, "production"), "### checkout").filter((row) => row.includes("443"))).toEqual([
      "| to | one.example.net (any public address) | TCP 443 | external host |",
      "| to | two.example.net (any public address) | TCP 443 | external host |",
    ]);
  });

  test("tells who asks the API server", () => {
    const asking: Partial<PlatformInput> = {
      services: examplePlatformInput().services.map((service) =>
        service.name === "mailer" ? { ...service, kubernetesApi: {} } : service,
      ),
    };
    expect(rowsBelow(pageOf(examplePlatform(asking), "production"), "### mailer")).toContain(
      "| to | the API server | TCP 443 | kubernetesApi |",
    );
  });

  test("shows what no reason explains, too", () => {
    const stranger = networkPolicy({
      name: "stranger",
      namespace: "team-backend",
      pods: { labels: { "app.kubernetes.io/name": "checkout" } },
      ingress: allow([podsIn("kyverno", { "app.kubernetes.io/name": "kyverno" })], [tcp(5050)]),
    });
    const page = pageOf(platform, "production", [stranger]);
    expect(rowsBelow(page, "### checkout")).toContain("| from | kyverno/kyverno | TCP 5050 | the platform |");
    expect(below(page, "## Every connection")).toContain("kyverno/kyverno → team-backend/checkout TCP 5050");
  });

  test("sums up what the platform runs", () => {
    expect(rowsBelow(production, "## What the platform runs")).toContain(
      "| istio-system/istio-ingress |  | workloads of teams: TCP 8080 |",
    );
  });

  test("lists every connection that a policy judges, one on a line", () => {
    const environment = environmentOf(platform, "production");
    const cluster = clusterOf(platform, environment);
    const policies = policiesIn(platform, environment, components);
    expect(below(production, "## Every connection")).toEqual([
      "```text",
      ...connections(cluster, policies).filter(judgedBy(cluster, policies)).map(describeConnection),
      "```",
    ]);
  });

  test("says who enforces it, and what that leaves open", () => {
    const { network } = exampleProduction();
    const by = (cni: "vpc-cni" | "cilium"): string =>
      pageOf(
        examplePlatform({ environments: [exampleDevelopment(), exampleProduction({ network: { ...network, cni } })] }),
        "production",
      );
    expect(by("vpc-cni")).toContain("until its policies have reached its node");
    expect(by("cilium")).toContain("Cilium enforces them.");
  });

  test("is the same whatever order the platform was written in", () => {
    const { services, teams, dataStores = [], components: parts = [] } = examplePlatformInput();
    const reversed = examplePlatform({
      services: services.toReversed(),
      teams: teams.toReversed(),
      dataStores: dataStores.toReversed(),
      components: parts.toReversed(),
    });
    expect(pageOf(reversed, "production")).toBe(production);
  });

  test("changes by the lines of one call when one is added", () => {
    const calling = examplePlatform({
      services: examplePlatformInput().services.map((service) =>
        service.name === "mailer" ? { ...service, calls: ["checkout"] } : service,
      ),
    });
    const before = new Set(production.split("\n"));
    expect(
      pageOf(calling, "production")
        .split("\n")
        .filter((line) => !before.has(line)),
    ).toEqual(
      [
        "| from | team-backend/mailer | TCP 5050 | it calls grpc |",
        "| to | team-backend/checkout | TCP 5050 | calls grpc |",
        "team-backend/mailer → team-backend/checkout TCP 5050",
      ].filter((line) => !before.has(line)),
    );
  });
});
