import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsLabel } from "../names/names.ts";
import { cidrField, dnsLabelField, portNumberField } from "./field.ts";
import {
  type NumberedMetricsEndpoint,
  type NumberedMetricsEndpointInput,
  numberedMetricsEndpointSchema,
} from "./metrics-endpoint.ts";

/** A database, cache or queue that services depend on. */
export interface DataStore {
  readonly name: DnsLabel;
  /** The owner. */
  readonly team: DnsLabel;
  readonly engine: DataStoreEngine;
  /** The TCP port that clients connect to. */
  readonly port: number;
  /** Topics or queues that services produce to and consume from; only of queues. */
  readonly topics: readonly DnsLabel[];
  /** Pages of metrics of its pods, where it runs in the cluster: its own, or those of an exporter beside it. */
  readonly metrics: readonly NumberedMetricsEndpoint[];
  /** Where it runs, by environment. */
  readonly placements: ReadonlyMap<string, Placement>;
  readonly source?: SourceLocation;
}

export type DataStoreEngine =
  | "postgresql"
  | "mysql"
  | "valkey"
  | "redis"
  | "mongodb"
  | "opensearch"
  | "kafka"
  | "rabbitmq";

/** Engines that carry topics or queues. */
export const queueEngines: ReadonlySet<DataStoreEngine> = new Set(["kafka", "rabbitmq"]);

/** `in-cluster`: pods in the owner's namespace. `managed`: outside the cluster, at these addresses. */
export type Placement =
  | { readonly kind: "in-cluster" }
  | { readonly kind: "managed"; readonly cidrs: readonly string[] };

export interface DataStoreInput {
  /** A DNS label: `valkey-cart`. */
  name: string;
  /** The owner. */
  team: string;
  engine: DataStoreEngine;
  /** The TCP port that clients connect to. */
  port: number;
  /** Topics or queues that services produce to and consume from. @default none */
  topics?: string[];
  /** Pages of metrics of its pods, where it runs in the cluster: `[{ port: 9187 }]`. @default none */
  metrics?: NumberedMetricsEndpointInput[];
  /** For each environment by its name: in the cluster, or the blocks of a managed service outside it. */
  placements: Record<string, "in-cluster" | { cidrs: string[] }>;
}

const placementSchema = z
  .union([z.literal("in-cluster"), z.strictObject({ cidrs: z.array(cidrField).min(1) })])
  .transform(
    (placement): Placement =>
      placement === "in-cluster" ? { kind: "in-cluster" } : { kind: "managed", cidrs: placement.cidrs },
  )
  .meta({
    expected: "in the cluster, or the blocks of a managed service",
    example: '"in-cluster", or { cidrs: ["10.30.64.0/20"] }',
  });

export const dataStoreSchema: z.ZodType<DataStore, DataStoreInput> = z
  .strictObject({
    name: dnsLabelField,
    team: dnsLabelField,
    engine: z.enum(["postgresql", "mysql", "valkey", "redis", "mongodb", "opensearch", "kafka", "rabbitmq"]),
    port: portNumberField,
    topics: z.array(dnsLabelField).default([]),
    metrics: z.array(numberedMetricsEndpointSchema).default([]),
    placements: z.record(z.string(), placementSchema).meta({
      expected: "a placement for each environment",
      example: '{ development: "in-cluster", production: { cidrs: ["10.30.64.0/20"] } }',
    }),
  })
  .transform(({ placements, ...store }): DataStore => ({ ...store, placements: new Map(Object.entries(placements)) }));
