import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import { type DnsLabel, type DnsSubdomain, isLabelKey, isLabelValue } from "../names/names.ts";
import { cidrField, dnsLabelField, dnsSubdomainField, lineField, portNumberField, textField } from "./field.ts";
import { type MetricsEndpoint, type MetricsEndpointInput, metricsEndpointSchema } from "./metrics-endpoint.ts";
import { type PodSecurityLevel, podSecurityLevelField } from "./pod-security-level.ts";

/** Something that the platform itself runs: an operator, a gateway, a store of telemetry. */
export interface PlatformComponent {
  readonly name: DnsLabel;
  readonly namespace: DnsLabel;
  /** Labels of its pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Container ports by name. */
  readonly ports: Readonly<Record<string, number>>;
  /** The parts it plays for services. */
  readonly roles: readonly PlatformRole[];
  /** What it is, as tables about software know it: its network flows, its needs of the node. */
  readonly software: string;
  /** Pod Security level that its namespace enforces; from what is known of the software when left out. */
  readonly podSecurity?: PodSecurityLevel;
  /** Its pods share the node's network, so that no policy about pods holds for them. */
  readonly hostNetwork: boolean;
  /** Connections that it opens beside those that are known of the software. */
  readonly connects: readonly ComponentConnection[];
  /** Pages of metrics that are scraped because this says so; a component whose chart brings a monitor of its own has none. */
  readonly metrics: readonly MetricsEndpoint[];
  readonly source?: SourceLocation;
}

/** A connection that a platform component opens: to a port of another component, or to a host outside the cluster. */
export type ComponentConnection =
  | { readonly component: string; readonly port: string }
  | { readonly host: DnsSubdomain; readonly port: number; readonly cidrs: readonly string[] | "any-public" };

/** A part that a platform component plays for the services. */
export type PlatformRole =
  | "ingress-gateway"
  | "egress-gateway"
  | "dns"
  | "telemetry-agent"
  | "telemetry-gateway"
  | "telemetry-cluster"
  | "metrics-scraper"
  | "alert-manager"
  | "dashboard-server"
  | "delivery"
  | "admission";

const platformRoles = [
  "ingress-gateway",
  "egress-gateway",
  "dns",
  "telemetry-agent",
  "telemetry-gateway",
  "telemetry-cluster",
  "metrics-scraper",
  "alert-manager",
  "dashboard-server",
  "delivery",
  "admission",
] as const satisfies readonly PlatformRole[];

export interface PlatformComponentInput {
  /** A DNS label: `istio-ingress`. */
  name: string;
  namespace: string;
  /** Labels of its pods. @default `app.kubernetes.io/name: <name>` */
  podLabels?: Record<string, string>;
  /** Container ports by name. @default none */
  ports?: Record<string, number>;
  /** The parts it plays for services. @default none */
  roles?: PlatformRole[];
  /** What it is, where its name does not say so: `"kyverno"`. @default its name */
  software?: string;
  /** Pod Security level that its namespace enforces. @default from what is known of the software */
  podSecurity?: PodSecurityLevel;
  /** Its pods share the node's network. @default false */
  hostNetwork?: boolean;
  /** Connections beside those that are known of the software: `"tempo/otlp-grpc"`, or a host outside. @default none */
  connects?: (string | { host: string; port: number; cidrs: string[] | "any-public" })[];
  /** Pages of metrics to scrape: `[{ port: "metrics" }]`. @default none: its chart brings its own ServiceMonitor or PodMonitor */
  metrics?: MetricsEndpointInput[];
}

const podLabelsSchema = z
  .record(z.string(), z.string())
  .check((context) => {
    for (const [key, value] of Object.entries(context.value)) {
      if (!isLabelKey(key))
        context.issues.push({
          code: "custom",
          message: `${JSON.stringify(key)} is not a label key`,
          input: key,
          path: [key],
        });
      if (!isLabelValue(value))
        context.issues.push({
          code: "custom",
          message: `${JSON.stringify(value)} is not a label value`,
          input: value,
          path: [key],
        });
    }
  })
  .meta({
    expected: "labels as the API server accepts them",
    example: '{ "app.kubernetes.io/name": "istio-ingress" }',
  });

const connectionSchema = z
  .union([
    textField(
      (value) =>
        /^[a-z0-9-]+\/[a-z0-9-]+$/.test(value) ? undefined : `${JSON.stringify(value)} names no port of a component`,
      { expected: "a component's name, a slash and a port", example: '"tempo/otlp-grpc"' },
    ).transform((value): ComponentConnection => {
      const [component = "", port = ""] = value.split("/");
      return { component, port };
    }),
    z.strictObject({
      host: dnsSubdomainField,
      port: portNumberField,
      cidrs: z.union([z.array(cidrField).min(1), z.literal("any-public")]),
    }),
  ])
  .meta({
    expected: "a port of another component, or a host outside the cluster",
    example: '"tempo/otlp-grpc", or { host: "git.example.com", port: 443, cidrs: ["203.0.113.0/24"] }',
  });

export const platformComponentSchema: z.ZodType<PlatformComponent, PlatformComponentInput> = z
  .strictObject({
    name: dnsLabelField,
    namespace: dnsLabelField,
    podLabels: podLabelsSchema.optional(),
    ports: z.record(lineField, portNumberField).default({}),
    roles: z.array(z.enum(platformRoles)).default([]),
    software: dnsLabelField.optional(),
    podSecurity: podSecurityLevelField.exactOptional(),
    hostNetwork: z.boolean().default(false),
    connects: z.array(connectionSchema).default([]),
    metrics: z.array(metricsEndpointSchema).default([]),
  })
  .transform(
    (component): PlatformComponent => ({
      ...component,
      software: component.software ?? component.name,
      podLabels: component.podLabels ?? { "app.kubernetes.io/name": component.name },
    }),
  );
