import { z } from "zod";
import { isLabelKey, isLabelValue } from "../names/names.ts";
import { dnsLabelField, dnsSubdomainField, lineField } from "./field.ts";

/**
 * What a team's namespaces may use, who else works in them, and whether they are closed: what Capsule's Tenant says, as plain data.
 *
 * @see https://projectcapsule.dev/docs/tenants/
 */
export interface Tenancy {
  /** Names that a team may use; everything where a list is left out. */
  readonly allowed: Allowed;
  /** Labels of the nodes that the team's pods run on; any node when empty. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Groups beside the team's own that hold a role in its namespace. */
  readonly bindings: readonly AdditionalBinding[];
  /** Why nothing may be created or changed in the namespace, where it is closed. */
  readonly cordon?: Cordon;
}

export interface Allowed {
  readonly storageClasses?: readonly string[];
  readonly ingressClasses?: readonly string[];
  readonly priorityClasses?: readonly string[];
  readonly runtimeClasses?: readonly string[];
  /** Registries, with a path or without: an image's name begins with one of them. */
  readonly registries?: readonly string[];
}

/** A group that is not the team's, and the name of the role that it holds in the team's namespace. */
export interface AdditionalBinding {
  readonly group: string;
  readonly role: string;
  /** Environments in which it holds; all when left out. */
  readonly environments?: readonly string[];
  /** One sentence: what for. */
  readonly because: string;
}

export interface Cordon {
  readonly because: string;
  /** Environments in which the namespace is closed; all when left out. */
  readonly environments?: readonly string[];
}

export interface TenancyInput {
  /** Names that the team may use; everything where a list is left out. @default everything */
  allowed?: {
    storageClasses?: string[];
    ingressClasses?: string[];
    priorityClasses?: string[];
    runtimeClasses?: string[];
    /** Registries, with a path or without: an image's name begins with one of them. */
    registries?: string[];
  };
  /** Labels of the nodes that the team's pods run on. @default any node */
  nodeSelector?: Record<string, string>;
  /** Groups beside the team's own that hold a role in its namespace. @default none */
  bindings?: { group: string; role: string; environments?: string[]; because: string }[];
  /** Closes the namespace: nothing in it is created or changed. @default open */
  cordon?: { because: string; environments?: string[] };
}

const classes = z.array(dnsSubdomainField).optional();

const nodeSelectorSchema = z
  .record(z.string(), z.string())
  .check((context) => {
    for (const [key, value] of Object.entries(context.value)) {
      if (isLabelKey(key) && isLabelValue(value)) continue;
      const message = `${JSON.stringify(key)}: ${JSON.stringify(value)} is no label`;
      context.issues.push({ code: "custom", message, input: value, path: [key] });
    }
  })
  .meta({ expected: "labels of nodes", example: '{ "karpenter.sh/nodepool": "general" }' });

export const tenancySchema: z.ZodType<Tenancy, TenancyInput> = z
  .strictObject({
    allowed: z
      .strictObject({
        storageClasses: classes,
        ingressClasses: classes,
        priorityClasses: classes,
        runtimeClasses: classes,
        registries: z.array(lineField).optional(),
      })
      .prefault({}),
    nodeSelector: nodeSelectorSchema.default({}),
    bindings: z
      .array(
        z.strictObject({
          group: lineField,
          role: dnsSubdomainField,
          environments: z.array(dnsLabelField).min(1).optional(),
          because: lineField,
        }),
      )
      .default([]),
    cordon: z.strictObject({ because: lineField, environments: z.array(dnsLabelField).min(1).optional() }).optional(),
  })
  .meta({
    expected: "what the team's namespace may use",
    example: '{ allowed: { registries: ["registry.example.com/backend"] } }',
  });
