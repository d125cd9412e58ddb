import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsSubdomain } from "../names/names.ts";
import { dnsLabelField, dnsSubdomainField, durationField, lineField, textField } from "./field.ts";
import { type PagedSeverity, pagedSeverityField } from "./paging.ts";

/** What an alert does otherwise somewhere, and why. */
export interface AlertOverride {
  readonly name: DnsSubdomain;
  /** The alert's name: `NodeFilesystemAlmostFull`. */
  readonly alert: string;
  /** Environments in which it holds; all when left out. */
  readonly environments?: readonly string[];
  /** Teams whose namespaces or services it holds for; everything when left out. */
  readonly teams?: readonly string[];
  /** What the alert compares with, in its own unit: `0.05`, or with the unit: `5%`, `10m`, `2Gi`. */
  readonly threshold?: number | string;
  /** How long the expression must hold. */
  readonly for?: string;
  readonly severity?: PagedSeverity;
  /** Namespaces that the alert does not look at. */
  readonly excludedNamespaces: readonly string[];
  /** The alert is not there at all. */
  readonly off: boolean;
  readonly because: string;
  readonly source?: SourceLocation;
}

export interface AlertOverrideInput {
  /** Lower-case letters, digits, `-` and `.`: `nodefilesystemalmostfull-staging`. */
  name: string;
  /** The alert's name: `NodeFilesystemAlmostFull`. */
  alert: string;
  /** @default all */
  environments?: readonly string[];
  /** Teams whose namespaces or services it holds for. @default everything */
  teams?: readonly string[];
  /** What the alert compares with: a number in the alert's own unit, or one with its unit: `5%`, `10m`, `2Gi`. @default the alert's own */
  threshold?: number | string;
  /** How long the expression must hold: `30m`. @default the alert's own */
  for?: string;
  /** @default the alert's own */
  severity?: PagedSeverity;
  /** Namespaces that the alert does not look at. @default none */
  excludedNamespaces?: readonly string[];
  /** The alert is not there at all. @default false */
  off?: boolean;
  /** One sentence: why not what everybody has. */
  because: string;
}

const thresholdField = z
  .union([
    z.number(),
    textField(
      (value) =>
        /^\d+(?:\.\d+)?(?:%|[A-Za-z]+)(?:\d+[a-z]+)*$/.test(value)
          ? undefined
          : `${JSON.stringify(value)} is not a number with a unit`,
      { expected: "a number with its unit", example: '"5%"' },
    ),
  ])
  .meta({ expected: "a number in the alert's unit, or one with a unit", example: '"5%"' });

const changes = ["threshold", "for", "severity"] as const;

export const alertOverrideSchema: z.ZodType<AlertOverride, AlertOverrideInput> = z
  .strictObject({
    name: dnsSubdomainField,
    alert: lineField.meta({ expected: "the name of an alert", example: '"NodeFilesystemAlmostFull"' }),
    environments: z.array(dnsLabelField).min(1).readonly().exactOptional(),
    teams: z.array(dnsLabelField).min(1).readonly().exactOptional(),
    threshold: thresholdField.exactOptional(),
    for: durationField.exactOptional(),
    severity: pagedSeverityField.exactOptional(),
    excludedNamespaces: z.array(dnsLabelField).default([]),
    off: z.boolean().default(false),
    because: lineField,
  })
  .check((context) => {
    const { off, excludedNamespaces, ...entry } = context.value;
    const changed = [
      ...changes.filter((field) => entry[field] !== undefined),
      ...(excludedNamespaces.length > 0 ? ["excludedNamespaces"] : []),
    ];
    const problem =
      off && changed.length > 0
        ? `is off, and says ${changed.join(" and ")}`
        : !off && changed.length === 0
          ? "changes nothing"
          : undefined;
    if (problem !== undefined)
      context.issues.push({ code: "custom", message: problem, input: context.value, path: ["off"] });
  })
  .meta({
    expected: "a threshold, a duration, a severity, namespaces, or off",
    example: '{ alert: "NodeFilesystemAlmostFull", threshold: "5%", because: "…" }',
  });
