export { hostileStrings } from "./yaml/hostile-strings.ts";

import { formatFinding } from "./finding.ts";
import { buildPlatform } from "./model/build-platform.ts";
import type { DataStoreInput } from "./model/data-store.ts";
import { definePlatform } from "./model/define.ts";
import type { EnvironmentInput } from "./model/environment.ts";
import type { Platform, PlatformInput } from "./model/platform.ts";
import type { PlatformComponentInput } from "./model/platform-component.ts";
import type { QuotaInput } from "./model/quota.ts";
import type { ServiceInput } from "./model/service.ts";
import type { TeamInput } from "./model/team.ts";

/** A small platform that is complete: two environments, two teams, three services, a database and a queue. For tests and for trying things out. */
export function examplePlatform(changes: Partial<PlatformInput> = {}): Platform {
  return platformOf({ ...examplePlatformInput(), ...changes });
}

/** The platform that an input means. Throws an Error that lists every finding when it means none. */
export function platformOf(input: PlatformInput): Platform {
  const { platform, findings } = buildPlatform(definePlatform(input));
  if (platform === undefined) throw new Error(findings.map(formatFinding).join("\n"));
  return platform;
}

/** The input of `examplePlatform`, made anew at each call: change it freely. */
export function examplePlatformInput(): PlatformInput {
  return {
    name: "example-shop",
    domain: "shop.example.com",
    repository: { url: "https://git.example.com/shop/platform" },
    environments: [exampleDevelopment(), exampleProduction()],
    teams: [exampleTeam("backend"), exampleTeam("frontend")],
    services: exampleServices(),
    dataStores: exampleDataStores(),
    components: exampleComponents(),
  };
}

/** A development environment: open, automatic, nobody is paged. */
export function exampleDevelopment(changes: Partial<EnvironmentInput> = {}): EnvironmentInput {
  return {
    name: "development",
    cluster: { name: "shop-development", kubernetes: "1.36", account: "111122223333", region: "eu-central-1" },
    network: {
      vpc: ["10.10.0.0/16"],
      services: "172.20.0.0/16",
      clusterDns: "172.20.0.10",
      apiServer: ["10.10.0.0/24"],
    },
    access: { writers: "developers", exec: true },
    delivery: { sync: "automatic" },
    admission: { enforce: "none", podSecurity: { enforce: "privileged", audit: "restricted", warn: "restricted" } },
    telemetry: {
      sampling: { critical: 100, high: 100, medium: 100, low: 100 },
      retention: "7d",
      backends: exampleBackends,
    },
    paging: { critical: "none", warning: "none", info: "none" },
    ...changes,
  };
}

/** A production environment: closed, on approval, somebody is paged. */
export function exampleProduction(changes: Partial<EnvironmentInput> = {}): EnvironmentInput {
  return {
    name: "production",
    production: true,
    cluster: { name: "shop-production", kubernetes: "1.36", account: "444455556666", region: "eu-central-1" },
    network: {
      vpc: ["10.30.0.0/16"],
      services: "172.20.0.0/16",
      clusterDns: "172.20.0.10",
      nodeLocalDns: "169.254.20.10",
      apiServer: ["10.30.0.0/24"],
    },
    access: { writers: "delivery" },
    delivery: { sync: "approval", windows: [{ schedule: "0 8 * * 1-4", duration: "8h", timeZone: "Europe/Berlin" }] },
    admission: { enforce: "all", podSecurity: { enforce: "restricted", audit: "restricted", warn: "restricted" } },
    telemetry: {
      sampling: { critical: 20, high: 15, medium: 10, low: 10 },
      retention: "30d",
      backends: exampleBackends,
    },
    paging: { critical: "pagerduty", warning: "chat", info: "email" },
    ...changes,
  };
}

const exampleBackends = {
  traces: "tempo-distributor.monitoring.svc:4317",
  metrics: "http://prometheus-operated.monitoring.svc:9090/api/v1/write",
  logs: "http://loki-gateway.monitoring.svc/otlp",
};

/** Limits that suit a team of a few services. */
export const exampleQuota: QuotaInput = {
  cpu: "20",
  memory: "40Gi",
  storage: "500Gi",
  pods: 100,
  services: 50,
  loadBalancers: 2,
  persistentVolumeClaims: 20,
};

/** A team with the same quota in development and production. */
export function exampleTeam(name: string, changes: Partial<TeamInput> = {}): TeamInput {
  return {
    name,
    contact: { chat: `#team-${name}`, email: `${name}@example.com` },
    onCall: { pagerduty: name },
    quotas: { development: exampleQuota, production: exampleQuota },
    ...changes,
  };
}

function exampleServices(): ServiceInput[] {
  return [
    {
      name: "frontend",
      team: "frontend",
      description: "The web shop",
      tier: "critical",
      language: "nodejs",
      ports: { http: { port: 8080, protocol: "http" } },
      publicPort: "http",
      calls: ["checkout"],
    },
    {
      name: "checkout",
      team: "backend",
      description: "Takes the order",
      tier: "critical",
      language: "go",
      ports: { grpc: { port: 5050, protocol: "grpc" }, metrics: { port: 9464, protocol: "prometheus" } },
      stores: ["orders-db"],
      produces: ["events/orders"],
      external: [{ host: "api.payments.example.net", port: 443, cidrs: ["203.0.113.0/24"] }],
    },
    {
      name: "mailer",
      team: "backend",
      description: "Confirms orders by mail",
      tier: "low",
      language: "ruby",
      consumes: ["events/orders"],
    },
  ];
}

function exampleDataStores(): DataStoreInput[] {
  return [
    {
      name: "orders-db",
      team: "backend",
      engine: "postgresql",
      port: 5432,
      placements: { development: "in-cluster", production: { cidrs: ["10.30.64.0/20"] } },
    },
    {
      name: "events",
      team: "backend",
      engine: "kafka",
      port: 9092,
      topics: ["orders"],
      placements: { development: "in-cluster", production: { cidrs: ["10.30.80.0/20"] } },
    },
  ];
}

function exampleComponents(): PlatformComponentInput[] {
  return [
    {
      name: "istio-ingress",
      namespace: "istio-system",
      podLabels: { istio: "ingress" },
      ports: { http: 8080, https: 8443 },
      roles: ["ingress-gateway"],
    },
    {
      name: "coredns",
      namespace: "kube-system",
      podLabels: { "k8s-app": "kube-dns" },
      ports: { dns: 53, metrics: 9153 },
      roles: ["dns"],
    },
    {
      name: "otel-agent",
      namespace: "opentelemetry",
      ports: { "otlp-grpc": 4317, "otlp-http": 4318, metrics: 8888 },
      roles: ["telemetry-agent"],
    },
    {
      name: "otel-gateway",
      namespace: "opentelemetry",
      ports: { "otlp-grpc": 4317, "otlp-http": 4318, metrics: 8888 },
      roles: ["telemetry-gateway"],
    },
    { name: "otel-cluster", namespace: "opentelemetry", ports: { metrics: 8888 }, roles: ["telemetry-cluster"] },
    { name: "prometheus", namespace: "monitoring", ports: { web: 9090 }, roles: ["metrics-scraper"] },
    { name: "alertmanager", namespace: "monitoring", ports: { web: 9093 }, roles: ["alert-manager"] },
    { name: "grafana", namespace: "monitoring", ports: { http: 3000 }, roles: ["dashboard-server"] },
    {
      name: "argocd",
      namespace: "argocd",
      ports: { server: 8080 },
      roles: ["delivery"],
      connects: [{ host: "git.example.com", port: 443, cidrs: ["192.0.2.0/28"] }],
    },
    { name: "kyverno", namespace: "kyverno", ports: { https: 9443, metrics: 8000 }, roles: ["admission"] },
  ];
}
