import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsLabel, DnsSubdomain } from "../names/names.ts";
import { tieredPromises } from "./build-promises.ts";
import { cidrField, dnsLabelField, dnsSubdomainField, lineField, portNumberField, textField } from "./field.ts";
import {
  type Instrumentation,
  type InstrumentationInput,
  instrumentationOf,
  instrumentationSchema,
} from "./instrumentation.ts";
import { type KubernetesApiUse, type KubernetesApiUseInput, kubernetesApiUseSchema } from "./kubernetes-api-use.ts";
import { type Language, languageField } from "./language.ts";
import { type MetricsEndpoint, type MetricsEndpointInput, metricsEndpointSchema } from "./metrics-endpoint.ts";
import type { ServicePromise, ServicePromiseInput } from "./promise.ts";
import { servicePromiseSchema } from "./promise-schema.ts";
import { type ServiceNeeds, type ServiceNeedsInput, serviceNeedsSchema } from "./service-needs.ts";
import { type ServiceTraffic, type ServiceTrafficInput, serviceTrafficSchema } from "./service-traffic.ts";
import { type Tier, tiers } from "./tier.ts";

/** Something that a team runs: its ports, what it depends on, what it promises. */
export interface Service {
  readonly name: DnsLabel;
  /** The owner. */
  readonly team: DnsLabel;
  readonly description?: string;
  readonly tier: Tier;
  readonly lifecycle: Lifecycle;
  readonly language: Language;
  /** How it comes to its traces, metrics and logs. */
  readonly instrumentation: Instrumentation;
  /** Container ports by name. Empty for a consumer. */
  readonly ports: Readonly<Record<string, ServicePort>>;
  /** Pages of metrics that it says something about; `metricsEndpointsOf` has all. */
  readonly metrics: readonly MetricsEndpoint[];
  readonly calls: readonly Call[];
  readonly stores: readonly DnsLabel[];
  readonly produces: readonly TopicReference[];
  readonly consumes: readonly TopicReference[];
  readonly external: readonly ExternalHost[];
  /** Reached from the ingress gateway: the port's name. */
  readonly publicPort?: string;
  /** What it asks of the Kubernetes API server; left out when it never talks to it. */
  readonly kubernetesApi?: KubernetesApiUse;
  /** The cloud role's name that its ServiceAccount takes, if any. */
  readonly cloudRole?: string;
  /** Environments that it runs in; all when left out. */
  readonly environments?: readonly DnsLabel[];
  /** What it needs to run, by environment; not known when left out. */
  readonly needs?: ServiceNeeds;
  /** How much it is asked; not known when left out. */
  readonly traffic?: ServiceTraffic;
  /** What it promises; the tier's own promises when left out. */
  readonly promises?: readonly ServicePromise[];
  readonly source?: SourceLocation;
}

export type Lifecycle = "experimental" | "production" | "deprecated";

export interface ServicePort {
  readonly port: number;
  readonly protocol: PortProtocol;
}

/** `prometheus` is a port that is scraped and that no service calls. */
export type PortProtocol = "http" | "grpc" | "tcp" | "prometheus";

/** A call to a port of another service; without a port, to the only one that can be called. */
export interface Call {
  readonly service: string;
  readonly port?: string;
}

export interface TopicReference {
  readonly store: string;
  readonly topic: string;
}

/** Something outside the platform that a service talks to. */
export interface ExternalHost {
  readonly host: DnsSubdomain;
  readonly port: number;
  /** Blocks of its addresses, or every public address. Empty when it is reached through the egress gateway. */
  readonly cidrs: readonly string[] | "any-public";
}

export interface ServiceInput {
  /** A DNS label: `checkout`. */
  name: string;
  /** The owner's name. */
  team: string;
  /** One line: what it does. */
  description?: string;
  /** How much depends on it: promises, sampling and paging follow. */
  tier: Tier;
  /** @default "production" */
  lifecycle?: Lifecycle;
  language: Language;
  /** How it comes to its traces, metrics and logs. @default by language: `"automatic"` for the JVM, .NET, Python and Node.js, else `"manual"` */
  instrumentation?: InstrumentationInput;
  /** Container ports by name. @default none */
  ports?: Record<string, { port: number; protocol: PortProtocol }>;
  /** How its metrics are scraped: `[{ port: "metrics", interval: "15s" }]`. @default each port with the protocol `prometheus`, at `/metrics` */
  metrics?: MetricsEndpointInput[];
  /** Services that it calls: `"cart"`, or `"flagd/grpc"` where the target has several ports. @default none */
  calls?: string[];
  /** Data stores that it reads and writes. @default none */
  stores?: string[];
  /** Topics that it writes: `"kafka/orders"`. @default none */
  produces?: string[];
  /** Topics that it reads: `"kafka/orders"`. @default none */
  consumes?: string[];
  /** Hosts outside the platform that it talks to. @default none */
  external?: {
    host: string;
    port: number;
    /** Blocks of its addresses; `"any-public"` where those change. @default through the egress gateway */
    cidrs?: string[] | "any-public";
  }[];
  /** Name of the port that the ingress gateway reaches. @default not public */
  publicPort?: string;
  /** What it asks of the Kubernetes API server. @default nothing: it never talks to it */
  kubernetesApi?: KubernetesApiUseInput;
  /** Name of the cloud role that its ServiceAccount takes. @default none */
  cloudRole?: string;
  /** Environments that it runs in. @default all */
  environments?: string[];
  /** What it needs to run: checked against the team's quota. @default not known */
  needs?: ServiceNeedsInput;
  /** How much it is asked: what telemetry costs is estimated from it. @default not known */
  traffic?: ServiceTrafficInput;
  /** What it promises. @default by tier */
  promises?: ServicePromiseInput[];
}

const callSchema = textField(
  (value) => (/^[a-z0-9-]+(\/[a-z0-9-]+)?$/.test(value) ? undefined : `${JSON.stringify(value)} is not a call`),
  {
    expected: "a service's name, or name/port",
    example: '"cart", or "flagd/grpc"',
  },
).transform((value): Call => {
  const [service = "", port] = value.split("/");
  return port === undefined ? { service } : { service, port };
});

const topicSchema = textField(
  (value) => (/^[a-z0-9-]+\/[a-z0-9-]+$/.test(value) ? undefined : `${JSON.stringify(value)} is not a topic`),
  {
    expected: "a queue's name, a slash and the topic",
    example: '"kafka/orders"',
  },
).transform((value): TopicReference => {
  const [store = "", topic = ""] = value.split("/");
  return { store, topic };
});

// A port's name is an IANA service name: k8s.io/apimachinery validation.IsValidPortName.
const portNameField = textField(
  (value) =>
    /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 15
      ? undefined
      : `${JSON.stringify(value)} is not a port name`,
  {
    expected: "at most 15 lower-case letters, digits and single '-', with at least one letter",
    example: '"grpc"',
  },
);

const externalBlocksSchema = z
  .union([z.array(cidrField), z.literal("any-public")])
  .meta({ expected: 'blocks of addresses, or "any-public"', example: '["203.0.113.0/24"]' });

export const serviceSchema: z.ZodType<Service, ServiceInput> = z
  .strictObject({
    name: dnsLabelField,
    team: dnsLabelField,
    description: lineField.optional(),
    tier: z.enum(tiers),
    lifecycle: z.enum(["experimental", "production", "deprecated"]).default("production"),
    language: languageField,
    instrumentation: instrumentationSchema.optional(),
    ports: z
      .record(
        portNameField,
        z.strictObject({ port: portNumberField, protocol: z.enum(["http", "grpc", "tcp", "prometheus"]) }),
      )
      .default({})
      .meta({ expected: "ports by name", example: '{ grpc: { port: 5050, protocol: "grpc" } }' }),
    metrics: z.array(metricsEndpointSchema).default([]),
    calls: z.array(callSchema).default([]),
    stores: z.array(dnsLabelField).default([]),
    produces: z.array(topicSchema).default([]),
    consumes: z.array(topicSchema).default([]),
    external: z
      .array(
        z.strictObject({ host: dnsSubdomainField, port: portNumberField, cidrs: externalBlocksSchema.default([]) }),
      )
      .default([]),
    publicPort: portNameField.optional(),
    kubernetesApi: kubernetesApiUseSchema.optional(),
    cloudRole: lineField.optional(),
    environments: z.array(dnsLabelField).min(1).optional(),
    needs: serviceNeedsSchema.optional(),
    traffic: serviceTrafficSchema.optional(),
    promises: z.array(servicePromiseSchema).optional(),
  })
  .transform(
    ({ promises, instrumentation, ...service }): Service => ({
      ...service,
      instrumentation: instrumentationOf(service.language, instrumentation),
      ...(promises === undefined ? {} : { promises: tieredPromises(promises, service.tier) }),
    }),
  );
