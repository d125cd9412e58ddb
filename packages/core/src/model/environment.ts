import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsLabel } from "../names/names.ts";
import { type Access, type AccessInput, accessSchema } from "./access.ts";
import {
  type EnvironmentDashboards,
  type EnvironmentDashboardsInput,
  environmentDashboardsSchema,
} from "./dashboards.ts";
import { dnsLabelField, durationField, lineField, textField, timeZoneField } from "./field.ts";
import { type Network, type NetworkInput, networkSchema } from "./network.ts";
import { type Paging, type PagingInput, pagingSchema } from "./paging.ts";
import { type PodSecurityLevel, podSecurityLevelField } from "./pod-security-level.ts";
import { type Telemetry, type TelemetryInput, telemetrySchema } from "./telemetry.ts";

/** A place where the platform runs: one cluster with its network, telemetry, admission and paging. */
export interface Environment {
  readonly name: DnsLabel;
  /** Real users depend on it. Exec and port-forward are never granted there. */
  readonly production: boolean;
  readonly cluster: Cluster;
  readonly network: Network;
  readonly access: Access;
  readonly delivery: Delivery;
  readonly admission: Admission;
  readonly telemetry: Telemetry;
  readonly paging: Paging;
  readonly dashboards: EnvironmentDashboards;
  readonly source?: SourceLocation;
}

export interface Cluster {
  /** The cluster's name in Argo CD and in the `cluster` label of metrics. */
  readonly name: DnsLabel;
  /** Minor version of Kubernetes: `1.36`. */
  readonly kubernetes: string;
  /** The cloud account, as text: leading zeros count. */
  readonly account: string;
  readonly region: string;
  /** How a pod's ServiceAccount becomes a cloud role. */
  readonly workloadIdentity: WorkloadIdentityKind;
}

/**
 * `irsa`: the ServiceAccount is annotated, and the pod's token is changed at STS. `pod-identity`: an association in the cloud, and an agent on the node.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
 */
export type WorkloadIdentityKind = "irsa" | "pod-identity";

export interface Delivery {
  /** `automatic`: a merge is deployed. `approval`: somebody presses sync. */
  readonly sync: "automatic" | "approval";
  /** Times at which a sync is allowed; none means always. */
  readonly windows: readonly SyncWindow[];
}

export interface SyncWindow {
  /** Five cron fields, UTC unless `timeZone` says otherwise. */
  readonly schedule: string;
  /** A Prometheus duration: `8h`. */
  readonly duration: string;
  /** IANA name: `Europe/Berlin`. */
  readonly timeZone: string;
}

export interface Admission {
  /** Which policies refuse; the rest only report. */
  readonly enforce: "none" | "baseline" | "all";
  /** Levels of the Pod Security admission labels on team namespaces. */
  readonly podSecurity: {
    readonly enforce: PodSecurityLevel;
    readonly audit: PodSecurityLevel;
    readonly warn: PodSecurityLevel;
  };
}

export interface EnvironmentInput {
  /** A DNS label: `production`. */
  name: string;
  /** Real users depend on it. Exec and port-forward are never granted there. @default false */
  production?: boolean;
  cluster: {
    /** The cluster's name in Argo CD and in the `cluster` label of metrics. */
    name: string;
    /** Minor version of Kubernetes: `1.36`. */
    kubernetes: string;
    /** The cloud account, as text: leading zeros count. */
    account: string;
    /** `eu-central-1` */
    region: string;
    /** How a pod's ServiceAccount becomes a cloud role. @default "irsa" */
    workloadIdentity?: WorkloadIdentityKind;
  };
  network: NetworkInput;
  access: AccessInput;
  delivery: {
    /** `automatic`: a merge is deployed. `approval`: somebody presses sync. */
    sync: Delivery["sync"];
    /** Times at which a sync is allowed. @default always */
    windows?: { schedule: string; duration: string; timeZone?: string }[];
  };
  admission: {
    /** Which policies refuse; the rest only report. */
    enforce: Admission["enforce"];
    /** Levels of the Pod Security admission labels on team namespaces. */
    podSecurity: { enforce: PodSecurityLevel; audit: PodSecurityLevel; warn: PodSecurityLevel };
  };
  telemetry: TelemetryInput;
  /** Where an alert of each severity goes, and when. */
  paging: PagingInput;
  /** What the Grafana of this environment is told about it. @default what follows from telemetry and components */
  dashboards?: EnvironmentDashboardsInput;
}

const kubernetesVersionField = textField(
  (value) => (/^1\.\d{2}$/.test(value) ? undefined : `${JSON.stringify(value)} is not a minor version of Kubernetes`),
  {
    expected: "the minor version, without a patch",
    example: '"1.36"',
  },
);
const accountField = textField(
  (value) => (/^\d{12}$/.test(value) ? undefined : `${JSON.stringify(value)} is not an AWS account`),
  {
    expected: "twelve digits, as text",
    example: '"111122223333"',
  },
);
const cronField = textField(
  (value) => (/^(\S+ ){4}\S+$/.test(value) ? undefined : `${JSON.stringify(value)} is not a cron schedule`),
  {
    expected: "five cron fields",
    example: '"0 8 * * 1-4"',
  },
);

export const environmentSchema: z.ZodType<Environment, EnvironmentInput> = z.strictObject({
  name: dnsLabelField,
  production: z.boolean().default(false),
  cluster: z
    .strictObject({
      name: dnsLabelField,
      kubernetes: kubernetesVersionField,
      account: accountField,
      region: lineField,
      workloadIdentity: z.enum(["irsa", "pod-identity"]).default("irsa"),
    })
    .meta({
      expected: "the cluster that the environment runs on",
      example: '{ name: "shop-production", kubernetes: "1.36", account: "111122223333", region: "eu-central-1" }',
    }),
  network: networkSchema,
  access: accessSchema,
  delivery: z
    .strictObject({
      sync: z.enum(["automatic", "approval"]),
      windows: z
        .array(z.strictObject({ schedule: cronField, duration: durationField, timeZone: timeZoneField.default("UTC") }))
        .default([]),
    })
    .meta({ expected: "how a merge reaches the cluster", example: '{ sync: "automatic" }' }),
  admission: z
    .strictObject({
      enforce: z.enum(["none", "baseline", "all"]),
      podSecurity: z.strictObject({
        enforce: podSecurityLevelField,
        audit: podSecurityLevelField,
        warn: podSecurityLevelField,
      }),
    })
    .meta({
      expected: "what admission refuses",
      example: '{ enforce: "baseline", podSecurity: { enforce: "baseline", audit: "restricted", warn: "restricted" } }',
    }),
  telemetry: telemetrySchema,
  paging: pagingSchema,
  dashboards: environmentDashboardsSchema,
});
