import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsSubdomain } from "../names/names.ts";
import { dateField, dnsLabelField, dnsSubdomainField, lineField } from "./field.ts";

/**
 * What happens to an object that a policy finds fault with: it is reported; it is reported and whoever sent it is warned; it is refused.
 */
export type PolicyAction = "audit" | "warn" | "enforce";

/** The actions, the mildest first. */
export const policyActions: readonly PolicyAction[] = ["audit", "warn", "enforce"];

/**
 * What policies do somewhere, instead of what the environment says of admission. What is rendered is `action`, on any day: `next` is a promise to people,
 * and a finding when its day has come.
 */
export interface PolicyRollout {
  readonly name: DnsSubdomain;
  /** A policy, a category, a level of it, or all: `disallow-host-path`, `best-practices`, `pod-security/baseline`, `*`. */
  readonly policies: string;
  readonly action: PolicyAction;
  /** All environments when left out. */
  readonly environments?: readonly string[];
  /** Teams in whose namespaces it holds; all when left out. */
  readonly teams?: readonly string[];
  /** The day since which the action holds. */
  readonly since?: string;
  /** What is to happen next, and on which day. */
  readonly next?: PlannedAction;
  /** A team, or a group of the platform. */
  readonly owner: string;
  readonly because?: string;
  readonly source?: SourceLocation;
}

/** An action that is to hold from a day on. */
export interface PlannedAction {
  readonly action: PolicyAction;
  readonly on: string;
}

export interface PolicyRolloutInput {
  /** Lower-case letters, digits, `-` and `.`: `pod-security-in-production`. */
  name: string;
  /** A policy, a category, a level of it, or all: `disallow-host-path`, `best-practices`, `pod-security/baseline`, `*`. */
  policies: string;
  action: PolicyAction;
  /** @default all */
  environments?: readonly string[];
  /** Teams in whose namespaces it holds. @default all */
  teams?: readonly string[];
  /** The day since which the action holds: `2026-12-01`. @default nobody says */
  since?: string;
  /** What is to happen next, and on which day. @default nothing */
  next?: { action: PolicyAction; on: string };
  /** A team, or a group of the platform: whom to ask. */
  owner: string;
  /** One sentence: why not what the environment says. @default nobody says */
  because?: string;
}

const actionField = z.enum(["audit", "warn", "enforce"]);

export const policyRolloutSchema: z.ZodType<PolicyRollout, PolicyRolloutInput> = z.strictObject({
  name: dnsSubdomainField,
  policies: lineField.meta({
    expected: "a policy, a category, a level of it, or *",
    example: '"pod-security/baseline"',
  }),
  action: actionField,
  environments: z.array(dnsLabelField).min(1).exactOptional(),
  teams: z.array(dnsLabelField).min(1).exactOptional(),
  since: dateField.exactOptional(),
  next: z
    .strictObject({ action: actionField, on: dateField })
    .meta({ expected: "an action and the day on which it is due", example: '{ action: "enforce", on: "2027-01-15" }' })
    .optional(),
  owner: lineField,
  because: lineField.exactOptional(),
});
