import { z } from "zod";
import { dnsSubdomainField, quantityField } from "./field.ts";

/** Limits of a team's namespace in one environment: Kubernetes quantities and counts. */
export interface Quota {
  readonly cpu: string;
  readonly memory: string;
  /** Sum of the storage that claims may request. */
  readonly storage: string;
  /** The same for single storage classes: `{ "gp3": "500Gi" }`. A class that is not here is bounded by `storage` alone. */
  readonly storageByClass: Readonly<Record<string, string>>;
  readonly pods: number;
  readonly services: number;
  readonly loadBalancers: number;
  readonly persistentVolumeClaims: number;
  // What etcd holds: a loop that makes objects stops here, and not when the API server does.
  readonly configMaps: number;
  readonly secrets: number;
  readonly jobs: number;
  readonly cronJobs: number;
}

export interface QuotaInput {
  cpu: string;
  memory: string;
  /** Sum of the storage that claims may request. */
  storage: string;
  /** The same for single storage classes: `{ "gp3": "500Gi" }`. @default bounded by `storage` alone */
  storageByClass?: Record<string, string>;
  pods: number;
  services: number;
  loadBalancers: number;
  persistentVolumeClaims: number;
  /** @default 200 */
  configMaps?: number;
  /** @default 200 */
  secrets?: number;
  /** @default 200 */
  jobs?: number;
  /** @default 50 */
  cronJobs?: number;
}

const countField = z.int().min(0).meta({ expected: "a whole number, zero or more", example: "100" });

export const quotaSchema: z.ZodType<Quota, QuotaInput> = z
  .strictObject({
    cpu: quantityField,
    memory: quantityField,
    storage: quantityField,
    storageByClass: z.record(dnsSubdomainField, quantityField).default({}),
    pods: countField,
    services: countField,
    loadBalancers: countField,
    persistentVolumeClaims: countField,
    configMaps: countField.default(200),
    secrets: countField.default(200),
    jobs: countField.default(200),
    cronJobs: countField.default(50),
  })
  .meta({
    expected: "the limits of the team's namespace",
    example:
      '{ cpu: "20", memory: "40Gi", storage: "500Gi", pods: 100, services: 50, loadBalancers: 2, persistentVolumeClaims: 20 }',
  });
