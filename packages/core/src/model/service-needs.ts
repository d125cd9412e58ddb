import { z } from "zod";
import { quantityField } from "./field.ts";

/** What a service needs to run. */
export interface ServiceNeeds {
  /** The most pods that run at once, everywhere or by environment: of an autoscaled service its maximum. */
  readonly replicas: number | ReadonlyMap<string, number>;
  /** What each pod requests. */
  readonly cpu: string;
  /** What each pod requests and may use: memory cannot be taken back. */
  readonly memory: string;
}

/** What a service needs in one environment: so many pods, each of which requests these Kubernetes quantities. */
export interface Needs {
  readonly replicas: number;
  readonly cpu: string;
  readonly memory: string;
}

export interface ServiceNeedsInput {
  /** The most pods that run at once, everywhere or for each environment by its name: of an autoscaled service its maximum. @default 1 */
  replicas?: number | Record<string, number>;
  /** What each pod requests: `"100m"`. */
  cpu: string;
  /** What each pod requests and may use: `"256Mi"`. */
  memory: string;
}

const countField = z.int().min(0).max(10_000);

const replicasSchema = z
  .union([countField, z.record(z.string(), countField).transform((counts) => new Map(Object.entries(counts)))])
  .meta({
    expected: "a number of pods, or one for each environment",
    example: "{ development: 1, production: 3 }",
  });

export const serviceNeedsSchema: z.ZodType<ServiceNeeds, ServiceNeedsInput> = z
  .strictObject({ replicas: replicasSchema.default(1), cpu: quantityField, memory: quantityField })
  .meta({
    expected: "what a pod requests, and how many there are",
    example: '{ cpu: "100m", memory: "256Mi", replicas: { development: 1, production: 3 } }',
  });
