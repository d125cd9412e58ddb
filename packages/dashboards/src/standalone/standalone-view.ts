import {
  buildPlatform,
  buildPromises,
  definePlatform,
  environmentNamed,
  type Finding,
  hasErrors,
  nameFindings,
  type PlatformInput,
  type ServiceInput,
  serviceNamed,
} from "@plinth/core";
import type { ServiceView } from "../service/service-row.ts";
import { placeholders } from "./choices.ts";
import type { DescribedService, DescribedServiceOptions } from "./described-service.ts";

/** A view for rows, or what is wrong with the description. */
export interface StandaloneView {
  /** There exactly when no finding is an error. */
  readonly view?: ServiceView;
  readonly findings: readonly Finding[];
}

/**
 * The platform around a service that stands alone: the service, those that it calls, and one environment. Rows ask it what they ask any platform; of what nobody
 * said it has nothing, so that no row shows what is not known.
 */
export function standaloneView(service: DescribedService, options: DescribedServiceOptions): StandaloneView {
  const described = [
    ...nameFindings({ name: service.name, team: service.team }),
    ...buildPromises(service.promises, service.tier ?? "high").findings,
  ];
  if (hasErrors(described)) return { findings: described };
  const { platform, findings: all } = buildPlatform(definePlatform(platformAround(service, options)));
  const findings = all.flatMap((finding) => aboutDescription(finding, service.name));
  if (platform === undefined) return { findings };
  const view = {
    platform,
    environment: environmentNamed(platform, environmentOf(options)),
    service: serviceNamed(platform, service.name),
  };
  return { view, findings };
}

/** Which part of the description a finding about the platform around it means; a warning about another part is about nothing that anybody wrote. */
function aboutDescription({ source: _, ...finding }: Finding, service: string): readonly Finding[] {
  const { path = "", severity } = finding;
  const said: readonly (readonly [string, string])[] = [
    [`services[${service}].`, ""],
    ["services[", "calls"],
    ["environments[", "environment"],
    ["teams[", "namespace"],
    ["dataStores[", "consumes"],
  ];
  const found = said.find(([begin]) => path.startsWith(begin));
  if (severity === "warning" && found?.[1] !== "") return [];
  if (found === undefined) return [finding];
  const [begin, field] = found;
  return [{ ...finding, path: field === "" ? path.slice(begin.length) : field }];
}

function environmentOf({ environment = placeholders.environment }: DescribedServiceOptions): string {
  return environment;
}

// Queues of services that stand alone are those of one Kafka.
const queue = "kafka";
// A language about whose runtime nothing is known to any panel.
const unknownLanguage = "rust";

function platformAround(service: DescribedService, options: DescribedServiceOptions): PlatformInput {
  const { name, team } = service;
  const { description, namespace = placeholders.namespace, consumes = [], calls = [] } = options;
  const answers = options.answers ?? (consumes.length > 0 ? [] : ["http" as const]);
  const own: ServiceInput = {
    name,
    team,
    tier: service.tier ?? "high",
    language: options.language ?? unknownLanguage,
    ports: Object.fromEntries(answers.map((protocol, index) => [protocol, { port: 8080 + index, protocol }])),
    calls: [...calls],
    consumes: consumes.map((topic) => `${queue}/${topic}`),
    promises: [...service.promises],
    ...(description === undefined ? {} : { description }),
  };
  return {
    ...nowhere,
    environments: [{ ...anyEnvironment, name: environmentOf(options) }],
    teams: [
      {
        name: team,
        namespace,
        contact: { chat: `#${team}`, email: `${team}@example.com` },
        quotas: { [environmentOf(options)]: anyQuota },
      },
    ],
    services: [own, ...calls.filter((called) => called !== name).map((called) => neighbour(called, team))],
    dataStores:
      consumes.length === 0
        ? []
        : [
            {
              name: queue,
              team,
              engine: "kafka",
              port: 9092,
              topics: [...consumes],
              placements: { [environmentOf(options)]: "in-cluster" },
            },
          ],
  };
}

function neighbour(name: string, team: string): ServiceInput {
  return {
    name,
    team,
    tier: "low",
    language: unknownLanguage,
    ports: { http: { port: 8080, protocol: "http" } },
  };
}

// No panel shows any of this: addresses are those that RFC 5737 keeps for examples.
const nowhere = {
  name: "standalone",
  domain: "example.com",
  repository: { url: "https://git.example.com/standalone" },
} as const;
const anyQuota = {
  cpu: "1000",
  memory: "1000Gi",
  storage: "1000Gi",
  pods: 1000,
  services: 1000,
  loadBalancers: 1,
  persistentVolumeClaims: 1000,
};
const anyEnvironment: Omit<PlatformInput["environments"][number], "name"> = {
  cluster: { name: "standalone", kubernetes: "1.36", account: "000000000000", region: "none" },
  network: {
    vpc: ["192.0.2.0/24"],
    services: "198.51.100.0/24",
    clusterDns: "198.51.100.10",
    apiServer: ["192.0.2.1/32"],
  },
  access: { writers: "delivery" },
  delivery: { sync: "approval" },
  admission: { enforce: "none", podSecurity: { enforce: "baseline", audit: "baseline", warn: "baseline" } },
  telemetry: {
    sampling: { critical: 100, high: 100, medium: 100, low: 100 },
    retention: "30d",
    backends: {
      traces: "tempo.example.com:4317",
      metrics: "https://prometheus.example.com/api/v1/write",
      logs: "https://loki.example.com/otlp",
    },
  },
  paging: { critical: "none", warning: "none", info: "none" },
};
