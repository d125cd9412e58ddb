import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import { type DnsLabel, isLabelKey, isLabelValue } from "../names/names.ts";
import { dnsLabelField, lineField, portNumberField } from "./field.ts";

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
  readonly source?: SourceLocation;
}

/** A part that a platform component plays for the services. */
export type PlatformRole =
  | "ingress-gateway"
  | "dns"
  | "telemetry-agent"
  | "telemetry-gateway"
  | "metrics-scraper"
  | "alert-manager"
  | "dashboard-server"
  | "delivery"
  | "admission";

const platformRoles = [
  "ingress-gateway",
  "dns",
  "telemetry-agent",
  "telemetry-gateway",
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

export const platformComponentSchema: z.ZodType<PlatformComponent, PlatformComponentInput> = z
  .strictObject({
    name: dnsLabelField,
    namespace: dnsLabelField,
    podLabels: podLabelsSchema.optional(),
    ports: z.record(lineField, portNumberField).default({}),
    roles: z.array(z.enum(platformRoles)).default([]),
  })
  .transform(
    (component): PlatformComponent => ({
      ...component,
      podLabels: component.podLabels ?? { "app.kubernetes.io/name": component.name },
    }),
  );
